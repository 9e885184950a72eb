import { place } from './columns.ts';
import type { Table } from './model.ts';
import type { NamespaceFacts, Subject, Task } from './subject.ts';

/** Each task's number in each pid namespace of the table: null where it is hidden from that namespace, undefined where that is not known. */
export interface Levels {
  /** Outermost first. */
  readonly columns: readonly { readonly ref: string; readonly letter: string }[];
  readonly rows: readonly { readonly task: Task; readonly numbers: readonly (number | null | undefined)[] }[];
}

/**
 * Undefined where every task has one number only: then there is nothing to tell. A task's `pids` end with its own pid namespace;
 * the ones before belong to that one's parent, grandparent … as far as the parents are known.
 */
export function levelsOf(subject: Subject, table: Table): Levels | undefined {
  const tasks = table.rows.flatMap((row) => (row.task && row.task.tid === null ? [row.task] : []));
  if (!tasks.some((task) => (task.pids?.length ?? 0) > 1)) return undefined;
  const byInode = new Map(subject.namespaces.filter((n) => n.type === 'pid').map((n) => [n.inode, n]));
  const depths = new Map<NamespaceFacts, number>();
  const here = byInode.get(subject.host.ns[place('pid')] ?? -1);
  const numbers = tasks.map((task) => {
    const mine = new Map<NamespaceFacts, number>();
    if (here) mine.set(here, task.pid);
    let namespace = byInode.get(task.ns[place('pid')] ?? -1);
    const pids = task.pids ?? [];
    for (let i = pids.length - 1; i >= 0 && namespace; i--) {
      mine.set(namespace, pids[i] ?? 0);
      depths.set(namespace, i);
      namespace = byInode.get(namespace.parent ?? -1);
    }
    return mine;
  });
  const columns = [...depths].sort(([a, x], [b, y]) => x - y || a.inode - b.inode).map(([namespace]) => namespace);
  return {
    columns: columns.map((n) => ({ ref: n.key, letter: table.letters[n.key] ?? '?' })),
    rows: tasks.map((task, i) => ({ task, numbers: columns.map((n) => numbers[i]?.get(n) ?? (task.ns[place('pid')] == null ? undefined : null)) })),
  };
}
