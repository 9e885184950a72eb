import type { NsLink, NsType } from '../../helper/protocol.ts';
import type { Column } from './columns.ts';
import { columnsOf, place } from './columns.ts';
import type { Letters } from './letters.ts';
import { assignLetters, indexOfLetter } from './letters.ts';
import type { NamespaceFacts, Subject, Task } from './subject.ts';
import type { Values } from './seriate.ts';
import { breaks, insert, seriate } from './seriate.ts';

/** A row, top to bottom: the host first (if shown), then tasks. */
export interface Row {
  /** `host`, or the task's key. */
  readonly key: string;
  readonly task: Task | null;
  readonly ns: readonly (number | null)[];
}

/** A namespace as the picture shows it. */
export interface Shown {
  readonly ref: string;
  readonly type: NsType;
  readonly letter: string;
  readonly inode: number;
  /** One of the host row's. */
  readonly ofHost: boolean;
  readonly facts: NamespaceFacts | null;
  /** Keys of the rows whose task is in it now (a for-children slot does not count, nor a task that has ended). */
  readonly users: readonly string[];
}

/** A block of the table: equal neighbours in one column, joined. */
export interface Cell {
  readonly column: number;
  /** First row and the row after the last one. */
  readonly from: number;
  readonly to: number;
  /** Null: not readable, or none; `why` tells. */
  readonly shown: Shown | null;
  readonly why: string | null;
  readonly ended: boolean;
}

/** The whole picture. Pure data: the renderer, the spoken text and the copied text all come from it. */
export interface Table {
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  /** Column by column, from top to bottom. Every place of the grid lies in exactly one of them. */
  readonly cells: readonly Cell[];
  /** By ref. */
  readonly namespaces: ReadonlyMap<string, Shown>;
  readonly letters: Letters;
  /** Task keys in the order shown. */
  readonly order: readonly string[];
  /** Another order would have fewer breaks. */
  readonly canSort: boolean;
}

/** What people chose, and what must stay as they know it. */
export interface TableOptions {
  readonly hostRow: boolean;
  readonly onlyDifferent: boolean;
  /** Letters and order of the picture before. */
  readonly letters?: Letters;
  readonly order?: readonly string[];
}

export function tableOf(subject: Subject, options: TableOptions): Table {
  const letters = assignLetters(subject, options.letters);
  const facts = new Map(subject.namespaces.map((n) => [`${n.type}:${n.inode}`, n]));
  const host: Row = { key: 'host', task: null, ns: subject.host.ns };
  const all: Row[] = [host, ...subject.tasks.map((task) => ({ key: task.key, task, ns: task.ns }))];

  const every = columnsOf(subject, all);
  // a row that has ended does not join any more, but stays beside those it was with
  const values = all.map((row) => every.map((column) => { const inode = row.ns[place(column.link)]; return inode == null ? null : String(inode); }));
  const { order, canSort } = orderOf(all, values, options.order ?? []);
  const rows = order.flatMap((i) => all[i] ?? []).filter((row) => options.hostRow || row.task !== null);
  const mine = columnsOf(subject, rows);
  const columns = options.onlyDifferent ? mine.filter((column) => column.differs) : mine;

  const namespaces = new Map<string, Shown>();
  const show = (row: Row, column: Column): Shown | null => {
    const inode = row.ns[place(column.link)] ?? null;
    if (inode === null) return null;
    const fact = facts.get(`${column.type}:${inode}`) ?? null;
    const ref = fact?.key ?? `${column.type}:${inode}`;
    let shown = namespaces.get(ref);
    if (!shown) {
      const at = place(column.type);
      const users = rows.filter((r) => r.ns[at] === inode && r.task?.ended !== true).map((r) => r.key);
      shown = { ref, type: column.type, letter: letters[ref] ?? '?', inode, ofHost: subject.host.ns[at] === inode, facts: fact, users };
      namespaces.set(ref, shown);
    }
    return shown;
  };
  const cells = columns.flatMap((column, c) => spans(rows.map((row) => token(row, column.link))).map(([from, to]): Cell => {
    const row = rows[from] ?? host;
    const shown = show(row, column);
    return { column: c, from, to, shown, why: shown ? null : reason(row, column.link), ended: row.task?.ended === true };
  }));
  return { rows, columns, cells, namespaces, letters, order: rows.filter((r) => r.task).map((r) => r.key), canSort };
}

/** Runs of equal neighbours as `[from, to)`; null never joins. */
export function spans(values: Values): [number, number][] {
  const found: [number, number][] = [];
  for (const [i, value] of values.entries()) {
    const last = found.at(-1);
    if (last && value !== null && values[i - 1] === value) last[1] = i + 1;
    else found.push([i, i + 1]);
  }
  return found;
}

/** Two neighbours join when their tokens are equal. What has ended is not in the namespace any more: it joins only with its like. */
function token(row: Row, link: NsLink): string | null {
  const inode = row.ns[place(link)] ?? null;
  if (inode === null) return null;
  return row.task?.ended === true ? `ended ${inode}` : String(inode);
}

function reason(row: Row, link: NsLink): string {
  return row.task?.unread[link] ?? row.task?.unread['ns'] ?? 'EUNKNOWN';
}

/** Known rows stay in order, new ones are put where they fit best; with nothing known, the best order there is. */
function orderOf(all: readonly Row[], values: readonly Values[], known: readonly string[]): { order: number[]; canSort: boolean } {
  const at = new Map(all.map((row, i) => [row.key, i]));
  const kept = known.flatMap((key) => (key === 'host' ? [] : at.get(key) ?? []));
  const best = seriate(values);
  if (kept.length === 0) return { order: best, canSort: false };
  const have = new Set([0, ...kept]);
  const order = insert(values, [...have], all.map((_, i) => i).filter((i) => !have.has(i)));
  const cost = (o: readonly number[]): number => breaks(o.map((i) => values[i] ?? []));
  return { order, canSort: cost(best) < cost(order) };
}

/** Background of a letter: 0 (none) for A, then six patterns that repeat. It only helps the eye; the letter is what tells. */
export function patternOf(letter: string): number {
  const index = indexOfLetter(letter);
  return index < 1 ? 0 : 1 + ((index - 1) % 6);
}

/** The task of this block has the namespace to itself on the whole host. */
export function isOwn(cell: Cell): boolean {
  return cell.shown !== null && !cell.ended && !cell.shown.ofHost && cell.shown.facts?.processes === 1 && cell.shown.users.length === 1;
}
