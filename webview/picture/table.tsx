import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Messages } from '../messages.ts';
import { fill } from '../messages.ts';
import type { Column } from './columns.ts';
import { contents, isNotYet, rowName, sayCell, sayRow, taskFacts, whyNot } from './describe.ts';
import { Icon } from './icons.tsx';
import type { Cell, Row, Table } from './model.ts';
import { isOwn, patternOf } from './model.ts';
import type { Place } from './navigate.ts';
import { cellAt, navigate } from './navigate.ts';
import { visible } from '../../helper/model/text.ts';

/** The *Table*: one row per task, one column per namespace type, equal neighbours joined into one block. */
export interface TablePictureProps {
  readonly table: Table;
  readonly hostName: string;
  /** Second line under the host's name. */
  readonly hostNote: string;
  readonly hostNs: readonly (number | null)[];
  readonly messages: Messages;
  /** Ref of the chosen namespace. */
  readonly selected: string | null;
  /** Ref of the object that is pointed at, here or elsewhere on the page. */
  readonly linked: string | null;
  /** `row link` of places that changed a moment ago. */
  readonly changed: ReadonlySet<string>;
  /** Where the keyboard is: the one tab stop of the grid. */
  readonly focus: Place;
  readonly onFocus: (place: Place) => void;
  readonly onLink: (ref: string | null) => void;
  /** A block, or a row's name, was chosen (click, Enter, Space); null: Escape. */
  readonly onChoose: (chosen: { readonly cell: Cell } | { readonly row: Row } | null) => void;
  readonly onRemove: (row: Row) => void;
}

export function TablePicture(props: TablePictureProps) {
  const { table, messages: m } = props;
  const grid = useRef<HTMLTableElement>(null);
  // asked before the children change: the focus goes where the tab stop goes, also when its block is split, joined or gone
  const hadFocus = grid.current?.contains(document.activeElement) ?? false;
  const focus = clamp(table, props.focus);
  useLayoutEffect(() => {
    const stop = grid.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (hadFocus && stop !== document.activeElement) stop?.focus();
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const row = table.rows[focus.row];
    if (!row) return;
    const cell = cellAt(table, focus);
    if (event.key === 'Enter' || event.key === ' ') props.onChoose(cell ? { cell } : { row });
    else if (event.key === 'Escape') props.onChoose(null);
    else if (event.key === 'Delete' && row.task && focus.column === -1) props.onRemove(row);
    else {
      const to = navigate(table, focus, event.key, event.ctrlKey);
      if (!to) return;
      props.onFocus(to);
    }
    event.preventDefault();
  };

  return <table class="table" role="grid" ref={grid} onKeyDown={onKeyDown} onMouseLeave={() => { props.onLink(null); }}
    onFocusOut={() => { props.onLink(null); }}
    aria-label={fill(m.tableName, table.rows.length, table.columns.length)} aria-rowcount={table.rows.length + 1} aria-colcount={table.columns.length + 1}>
    <colgroup><col class="names" />{table.columns.map((column) => <col key={column.link} />)}</colgroup>
    <thead><tr>
      <th scope="col"><span class="spoken">{m.processHeader}</span></th>
      {table.columns.map((column) => <Head key={column.link} column={column} linked={props.linked} messages={m} />)}
    </tr></thead>
    <tbody>
      {table.rows.map((row, r) => <tr key={row.key} aria-rowindex={r + 2}>
        <Name {...props} row={row} at={r} stop={focus.row === r && focus.column === -1} />
        {table.cells.filter((cell) => cell.from === r).map((cell) => {
          const column = table.columns[cell.column];
          return column && <Block key={column.link} {...props} cell={cell} column={column}
            stop={focus.column === cell.column && cell.from <= focus.row && focus.row < cell.to} />;
        })}
      </tr>)}
    </tbody>
  </table>;
}

function Head({ column, linked, messages: m }: { readonly column: Column; readonly linked: string | null; readonly messages: Messages }) {
  const ref = `column:${column.link}`;
  return <th scope="col" class={classes('head', column.type === 'user' && 'apart', linked === ref && 'linked')} data-ref={ref}>
    <code>{column.type}</code><small>{column.forChildren ? m.forChildren : m[column.type]}</small>
  </th>;
}

function Name(props: TablePictureProps & { readonly row: Row; readonly at: number; readonly stop: boolean }) {
  const { row, at, messages: m, linked } = props;
  const task = row.task;
  // a task lights up with each namespace that it is in, and they with it
  const refs = [row.key, ...(task?.ended === true ? [] : [...props.table.namespaces.values()].filter((n) => n.users.includes(row.key)).map((n) => n.ref))];
  const name = rowName(row, props.hostName, m);
  const second = task ? taskFacts(task, m).join(' · ') : props.hostNote;
  const labelled = task ? visible(task.name, 64) : name;
  return <th scope="row" role="rowheader" tabIndex={props.stop ? 0 : -1} data-ref={refs.join(' ')} title={second ? `${name}\n${second}` : name}
    class={classes('name', !task && 'host', task?.ended === true && 'ended', linked !== null && refs.includes(linked) && 'linked', props.selected === row.key && 'selected')}
    aria-colindex={1} aria-selected={props.selected === row.key} aria-keyshortcuts={task ? 'Enter Delete' : 'Enter'}
    onClick={() => { props.onFocus({ row: at, column: -1 }); props.onChoose({ row }); }}
    onFocus={() => { if (!props.stop) props.onFocus({ row: at, column: -1 }); props.onLink(row.key); }} onMouseEnter={() => { props.onLink(row.key); }}>
    <span class="spoken">{sayRow(row, props.hostNs, props.hostName, m)}</span>
    <div class="two" aria-hidden="true">
      <span class="first">{!task && <Icon name="home" />}<b>{labelled}</b>{task && <span class="number">{task.tid ?? task.pid}</span>}
        {task?.ended === true && <span class="tag">{m.ended}</span>}</span>
      <span class="second">{task?.ended === true ? taskFacts(task, m).slice(1).join(' · ') : second}</span>
    </div>
    {task && <button type="button" class="remove" tabIndex={-1} aria-hidden="true" title={fill(m.remove, name)}
      onClick={(event) => { event.stopPropagation(); props.onRemove(row); }}><Icon name="close" size={14} /></button>}
  </th>;
}

function Block(props: TablePictureProps & { readonly cell: Cell; readonly column: Column; readonly stop: boolean }) {
  const { cell, column, table, messages: m, linked } = props;
  const { shown } = cell;
  const rows = table.rows.slice(cell.from, cell.to);
  const own = isOwn(cell);
  const inside = shown?.facts ? contents(shown.facts, m) : '';
  // one process of its own: that number would only say it again
  const text = own ? (inside === m.processesOne ? m.own : `${m.own} · ${inside}`) : inside;
  const refs = [...(shown ? [shown.ref] : []), `column:${column.link}`];
  const lit = linked !== null && (refs.includes(linked) || (rows.some((row) => row.key === linked)));
  const changed = rows.some((row) => props.changed.has(`${row.key} ${column.link}`));
  return <td role="gridcell" rowSpan={cell.to - cell.from} tabIndex={props.stop ? 0 : -1} data-ref={refs.join(' ')}
    class={classes('block', shown ? `pattern${patternOf(shown.letter)}` : 'none', cell.ended && 'ended', lit && 'linked', changed && 'changed',
      shown?.facts?.gone === true && 'gone', shown !== null && props.selected === shown.ref && 'selected')}
    aria-colindex={cell.column + 2} aria-selected={shown !== null && props.selected === shown.ref}
    onClick={() => { props.onFocus({ row: cell.from, column: cell.column }); props.onChoose({ cell }); }}
    onFocus={() => { if (!props.stop) props.onFocus({ row: cell.from, column: cell.column }); props.onLink(shown?.ref ?? null); }} onMouseEnter={() => { props.onLink(shown?.ref ?? null); }}>
    <span class="spoken">{sayCell(table, cell, props.hostName, m)}</span>
    {shown
      ? <div class="inner" aria-hidden="true"><span class="top"><b>{shown.letter}</b>{shown.facts?.initial === true
        ? <Icon name="home" size={14} /> : <code title={String(shown.inode)}>…{String(shown.inode).slice(-4)}</code>}</span>
      {text !== '' && <small title={text}>{text}</small>}</div>
      : <div class="inner" aria-hidden="true">{isNotYet(cell, column) ? <small><i>{m.notYet}</i></small> : <><Icon name="lock" size={14} /><small>{whyNot(cell.why, m)}</small></>}</div>}
  </td>;
}

/** The nearest place that exists: rows and columns may have gone. */
function clamp(table: Table, place: Place): Place {
  return { row: Math.max(0, Math.min(place.row, table.rows.length - 1)), column: Math.max(-1, Math.min(place.column, table.columns.length - 1)) };
}

function classes(...names: readonly (string | false)[]): string {
  return names.filter((name) => name !== false).join(' ');
}
