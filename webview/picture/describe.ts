import { visible } from '../../helper/model/text.ts';
import type { MessageId, Messages } from '../messages.ts';
import { ENGLISH, fill } from '../messages.ts';
import type { Cell, Row, Shown, Table } from './model.ts';
import { isOwn } from './model.ts';
import type { Column } from './columns.ts';
import { sharing } from './sharing.ts';
import type { NamespaceFacts, Task } from './subject.ts';

/** Words for the objects of a picture: on the page, in its labels for screen readers and in the copied text. */

const NAME_LENGTH = 64;

/** `postgres 2417`; the name's control characters are visible, and it is not endless. */
export function taskName(task: Task, m: Messages): string {
  const name = visible(task.name, NAME_LENGTH);
  return task.tid === null ? fill(m.process, name, task.pid) : fill(m.thread, name, task.tid, task.pid);
}

export function rowName(row: Row, hostName: string, m: Messages): string {
  return row.task ? taskName(row.task, m) : fill(m.hostName, visible(hostName, NAME_LENGTH));
}

/** User, container, pid inside, state: what is worth a second line under the name. */
export function taskFacts(task: Task, m: Messages): string[] {
  const facts: string[] = [];
  if (task.ended) facts.push(m.ended);
  else if (task.zombie) facts.push(m.zombie);
  else if (task.kernelThread) facts.push(m.kernelThread);
  if (task.pids && task.pids.length > 1) facts.push(fill(m.inside, task.pids.at(-1) ?? 0));
  if (task.user !== null) facts.push(visible(task.user, NAME_LENGTH));
  else if (task.uid !== null) facts.push(fill(m.uid, task.uid));
  if (task.container) facts.push(fill(m.container, visible(task.container.name, NAME_LENGTH), visible(task.container.engine, NAME_LENGTH)));
  return facts;
}

/** What is in a namespace, in a few words. */
export function contents(facts: NamespaceFacts, m: Messages): string {
  switch (facts.type) {
    case 'uts': if (facts.hostname !== undefined) return `“${visible(facts.hostname, NAME_LENGTH)}”`; break;
    case 'user': if (facts.uidMap) {
      const [first] = facts.uidMap;
      return first ? fill(m.mapped, first.inside, first.outside) : m.notMapped;
    } break;
    case 'pid': if (facts.level !== null) return fill(m.level, facts.level); break;
    case 'time': if (facts.boottimeOffset !== undefined) return offset(facts.boottimeOffset, m); break;
    case 'net': if (facts.interfaces) return facts.interfaces.map((name) => visible(name, 32)).join(', '); break;
    case 'mnt': if (facts.mounts !== undefined) return facts.mounts === 1 ? m.mountsOne : fill(m.mountsMany, facts.mounts); break;
    case 'cgroup': if (facts.cgroupRoot !== undefined) return fill(m.root, visible(facts.cgroupRoot, 256)); break;
    case 'ipc': break;
  }
  return processes(facts.processes, m);
}

export function processes(count: number, m: Messages): string {
  return count === 0 ? m.processesNone : count === 1 ? m.processesOne : fill(m.processesMany, count);
}

/** Nanoseconds as `+1 d`, `-90 s`: the largest unit that loses nothing, else seconds. */
function offset(nanoseconds: string, m: Messages): string {
  const seconds = Math.round(Number(nanoseconds) / 1e9);
  if (!Number.isFinite(seconds) || seconds === 0) return m.noOffset;
  const [size, unit] = ([[86_400, 'd'], [3600, 'h'], [60, 'min']] as const).find(([s]) => seconds % s === 0) ?? [1, 's'];
  return fill(m.offset, `${seconds > 0 ? '+' : '−'}${Math.abs(seconds / size)} ${unit}`);
}

/** `C`, or where a name stands alone `uts C`. */
export function shownName(shown: Shown): string {
  return `${shown.type} ${shown.letter}`;
}

/** Why a cell is empty, in two or three words. */
export function whyNot(errno: string | null, m: Messages): string {
  return errno !== null && Object.hasOwn(ENGLISH, errno) ? m[errno as MessageId] : fill(m.other, errno ?? '?');
}

/** A for-children link that leads nowhere yet: not an error, there just is no child. */
export function isNotYet(cell: Cell, column: Column): boolean {
  return column.forChildren && cell.shown === null && cell.why === 'ENOENT';
}

/** `uts namespace B, inode 4026532601, contains “db”. Used by outer 410, probe 455.` */
export function sayCell(table: Table, cell: Cell, hostName: string, m: Messages): string {
  const column = table.columns[cell.column];
  const rows = table.rows.slice(cell.from, cell.to);
  const names = rows.map((row) => rowName(row, hostName, m)).join(m.comma);
  if (!column) return names;
  const type = column.forChildren ? `${column.type} ${m.sayForChildren}` : column.type;
  if (!cell.shown) return isNotYet(cell, column) ? fill(m.sayNotYet, type, names) : fill(m.sayNotReadable, type, names, whyNot(cell.why, m));
  const { shown } = cell;
  const parts = [fill(m.sayCell, type, shown.letter)];
  if (shown.facts?.initial) parts.push(m.initial);
  parts.push(fill(m.sayInode, shown.inode));
  if (shown.facts?.gone) parts.push(m.sayGone);
  if (shown.facts) parts.push(fill(m.sayContents, contents(shown.facts, m)));
  const users = table.rows.filter((row) => shown.users.includes(row.key)).map((row) => rowName(row, hostName, m));
  const used = cell.ended ? `${names}, ${m.ended}` : users.length > 0 ? fill(m.sayUsedBy, users.join(m.comma)) : m.sayUsedByNone;
  return `${parts.join(m.comma)}. ${used}${isOwn(cell) ? `${m.comma}${m.sayOwn}` : ''}.`;
}

/** `postgres 2417, 1 inside, docker web, 2 of 8 shared with the host`. */
export function sayRow(row: Row, hostNs: readonly (number | null)[], hostName: string, m: Messages): string {
  if (!row.task) return rowName(row, hostName, m);
  const name = [taskName(row.task, m), ...taskFacts(row.task, m)].join(m.comma);
  return fill(m.sayRow, name, sharing([hostNs, row.ns]).same.length);
}
