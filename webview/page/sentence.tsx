import type { ComponentChildren } from 'preact';
import type { Messages } from '../messages.ts';
import { fill } from '../messages.ts';
import { place } from '../picture/columns.ts';
import { taskName } from '../picture/describe.ts';
import { Filled, Listed } from '../picture/rich.tsx';
import { COLUMN_TYPES, sharing } from '../picture/sharing.ts';
import type { Subject, Task } from '../picture/subject.ts';

/** The one sentence that the table proves, as a template with values that are names of things (`ref`) or numbers. */
export interface Statement {
  readonly template: string;
  readonly values: readonly (string | number | readonly Token[])[];
}
export interface Token {
  readonly text: string;
  readonly ref: string;
}

/** What the living processes of a comparison share; threads are rows but not partners. */
export function statementsOf(subject: Subject, m: Messages): { main: Statement; notes: Statement[] } {
  const all = subject.tasks.filter((task) => task.tid === null);
  const tasks = comparable(subject);
  const notes: Statement[] = [];
  const ended = all.filter((task) => task.ended);
  const unread = all.filter((task) => !task.ended && !tasks.includes(task));
  if (all.length === 0) return { main: { template: m.nothing, values: [] }, notes };
  if (ended.length === all.length) return { main: { template: m.onlyEnded, values: [] }, notes };
  if (tasks.length === 0) return { main: { template: m.unreadableTasks, values: [unread.flatMap((task) => ({ text: taskName(task, m), ref: task.key }))] }, notes };
  const [first, second] = tasks;
  const alone = tasks.length === 1;
  const shared = sharing(alone ? [subject.host.ns, ...tasks.map((t) => t.ns)] : tasks.map((t) => t.ns));
  const n = shared.same.length;
  const types = shared.same.map((type) => ({ text: type, ref: `column:${type}` }));
  const name = (task: Task | undefined): Token[] => (task ? [{ text: taskName(task, m), ref: task.key }] : []);
  let main: Statement;
  if (alone) {
    main = n === 0 ? { template: m.oneSharesNone, values: [name(first)] } : n === 8 ? { template: m.oneSharesAll, values: [name(first)] }
      : { template: m.oneShares, values: [name(first), n, types] };
  } else if (tasks.length === 2) {
    main = n === 0 ? { template: m.twoShareNone, values: [name(first), name(second)] } : n === 8 ? { template: m.twoShareAll, values: [name(first), name(second)] }
      : { template: m.twoShare, values: [name(first), name(second), n, types] };
  } else {
    main = n === 0 ? { template: m.manyShareNone, values: [tasks.length] } : n === 8 ? { template: m.manyShareAll, values: [tasks.length] }
      : { template: m.manyShare, values: [tasks.length, n, types] };
  }
  if (shared.unknown.length > 0) notes.push({ template: m.unknownTypes, values: [shared.unknown.map((type) => ({ text: type, ref: `column:${type}` }))] });
  if (!alone && tasks.length <= 4) {
    notes.push({ template: m.withHost, values: [tasks.map((task) => {
      const host = sharing([subject.host.ns, task.ns]);
      return { text: fill(host.unknown.length > 0 ? m.withHostAtLeast : m.withHostItem, taskName(task, m), host.same.length), ref: task.key };
    })] });
  }
  if (unread.length > 0) notes.push({ template: m.unreadableTasks, values: [unread.flatMap(name)] });
  if (ended.length > 0) notes.push({ template: ended.length === 1 ? m.endedSentence : m.endedMany, values: [ended.flatMap(name)] });
  return { main, notes };
}

/** Processes that live and of which at least one namespace could be read. */
function comparable(subject: Subject): Task[] {
  return subject.tasks.filter((task) => task.tid === null && !task.ended && COLUMN_TYPES.some((type) => task.ns[place(type)] != null));
}

/** A statement as plain text: for the clipboard and for tests. */
export function plain(statement: Statement, language: string): string {
  const list = new Intl.ListFormat(language, { type: 'unit', style: 'short' });
  return fill(statement.template, ...statement.values.map((value) => (typeof value === 'object' ? list.format(value.map((token) => token.text)) : value)));
}

interface LinkProps {
  readonly linked: string | null;
  readonly onLink: (ref: string | null) => void;
}

export function Sentence(props: { readonly subject: Subject; readonly messages: Messages; readonly language: string } & LinkProps) {
  const { main, notes } = statementsOf(props.subject, props.messages);
  const tasks = comparable(props.subject);
  const shared = sharing(tasks.length === 1 ? [props.subject.host.ns, ...tasks.map((t) => t.ns)] : tasks.map((t) => t.ns));
  const m = props.messages;
  return <div class="sentence">
    <div>
      <h1><Said statement={main} {...props} /></h1>
      {notes.length > 0 && <p>{notes.map((note, i) => <span class="note" key={i}><Said statement={note} {...props} /></span>)}</p>}
    </div>
    {tasks.length > 0 && <ul class="chips">
      {COLUMN_TYPES.map((type) => {
        const [mark, word] = shared.same.includes(type) ? ['=', m.same] as const : shared.different.includes(type) ? ['≠', m.different] as const : ['?', m.notKnown] as const;
        return <li key={type}><Pointer {...props} class={mark === '=' ? 'chip same' : 'chip'} token={{ text: type, ref: `column:${type}` }} title={fill(m.chip, type, word)}
          before={<span class="mark" aria-hidden="true">{mark}</span>} after={<span class="spoken">{`, ${word}`}</span>} /></li>;
      })}
    </ul>}
  </div>;
}

function Said({ statement, language, linked, onLink }: { readonly statement: Statement; readonly language: string } & LinkProps) {
  return <Filled template={statement.template} values={statement.values.map((value) => (typeof value === 'object'
    ? <Listed language={language} items={value.map((token) => <Pointer token={token} linked={linked} onLink={onLink} />)} /> : value))} />;
}

/** A word that is the name of something in the picture: pointing at one lights up the other. */
function Pointer(props: { readonly token: Token; readonly class?: string; readonly title?: string; readonly before?: ComponentChildren; readonly after?: ComponentChildren } & LinkProps) {
  const { token, linked, onLink } = props;
  return <span class={`${props.class ?? 'token'}${linked === token.ref ? ' linked' : ''}`} data-ref={token.ref} title={props.title}
    onMouseEnter={() => { onLink(token.ref); }} onMouseLeave={() => { onLink(null); }}>{props.before}{token.text}{props.after}</span>;
}
