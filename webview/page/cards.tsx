import type { Messages } from '../messages.ts';
import { fill } from '../messages.ts';
import { contents, rowName, taskName } from '../picture/describe.ts';
import { Icon } from '../picture/icons.tsx';
import { levelsOf } from '../picture/levels.ts';
import type { Table } from '../picture/model.ts';
import { isOwn } from '../picture/model.ts';
import type { Subject } from '../picture/subject.ts';

interface CardProps {
  readonly subject: Subject;
  readonly table: Table;
  readonly messages: Messages;
}

/** Who is in the chosen namespace, here and in the rest of the host. */
export function WhoCard({ subject, table, messages: m, selected, linked, onLink, onReveal }: CardProps & {
  readonly selected: string | null; readonly linked: string | null; readonly onLink: (ref: string | null) => void; readonly onReveal: (ref: string) => void;
}) {
  const shown = selected === null ? undefined : table.namespaces.get(selected);
  if (!shown) return <section class="card"><p class="dim">{m.selectHint}</p></section>;
  const rows = table.rows.filter((row) => row.task && shown.users.includes(row.key));
  const facts = shown.facts;
  // threads are rows too, but the host counts processes
  const others = (facts?.processes ?? 0) - rows.filter((row) => row.task?.tid === null).length;
  const owner = facts?.owner === null || facts === null ? undefined : subject.namespaces.find((n) => n.type === 'user' && n.inode === facts.owner);
  return <section class="card" aria-label={fill(m.whoIsIn, shown.type, shown.letter)}>
    <h2><span class={shown.letter === 'A' ? 'letter first' : 'letter'}>{shown.letter}</span>{fill(m.whoIsIn, shown.type, shown.letter)}</h2>
    <p class="facts"><code>{shown.type}:[{shown.inode}]</code>{facts && <span>{contents(facts, m)}</span>}
      {owner && <span class="dim">{fill(m.ownerIs, table.letters[owner.key] ?? owner.inode)}</span>}</p>
    <ul>{rows.map((row) => <li key={row.key} data-ref={row.key} class={linked === row.key ? 'linked' : ''}
      onMouseEnter={() => { onLink(row.key); }} onMouseLeave={() => { onLink(null); }}>{rowName(row, subject.host.name, m)}</li>)}</ul>
    {facts?.gone === true ? <p>{m.goneNote}</p> : <p class="dim">{others > 0 ? fill(m.moreHere, others) : m.nobodyElse}</p>}
    {facts && !facts.gone && <button type="button" class="button secondary" onClick={() => { onReveal(shown.ref); }}><Icon name="list" />{m.reveal}</button>}
  </section>;
}

/** One task, many numbers: its pid in each pid namespace from which it can be seen. */
export function LevelsCard({ subject, table, messages: m }: CardProps) {
  const levels = levelsOf(subject, table);
  if (!levels) return null;
  return <section class="card">
    <h2>{m.pidLevels}</h2>
    <table class="levels">
      <thead><tr><th scope="col">{m.processHeader}</th>{levels.columns.map((c) => <th scope="col" key={c.ref}>{fill(m.pidColumn, c.letter)}</th>)}</tr></thead>
      <tbody>{levels.rows.map(({ task, numbers }) => <tr key={task.key}><th scope="row" title={taskName(task, m)}>{taskName(task, m)}</th>
        {numbers.map((number, i) => <td key={levels.columns[i]?.ref} class={number == null ? 'dim' : ''}>{number === null ? m.hidden : number ?? m.unknownNumber}</td>)}</tr>)}</tbody>
    </table>
  </section>;
}

/** What the marks mean, and why the rows are in this order. */
export function MarksCard({ subject, table, messages: m }: CardProps) {
  const ended = table.rows.some((row) => row.task?.ended === true);
  const own = table.cells.some((cell) => isOwn(cell));
  const unread = table.cells.some((cell) => !cell.shown);
  return <section class="card">
    <h2>{m.marks}</h2>
    <ul class="legend">
      <li><span class="swatch"><b>A</b>{subject.host.initial && <Icon name="home" size={12} />}</span>{subject.host.initial ? m.markInitial : m.markHost}</li>
      <li><span class="swatch pattern1"><b>B</b></span>{m.markLater}</li>
      <li><span class="swatch joined" />{m.markJoined}</li>
      {own && <li><span class="swatch bare">{m.own}</span>{m.markOwn}</li>}
      {ended && <li><span class="swatch ended" />{m.markEnded}</li>}
      {unread && <li><span class="swatch none"><Icon name="lock" size={12} /></span>{m.markUnread}</li>}
    </ul>
    <h2>{m.order}</h2>
    <p>{m.orderRule}</p>
  </section>;
}
