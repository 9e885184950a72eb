import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { Counted } from './object.ts';
import { wake_up } from './sched.ts';
import type { sem_array } from './sem.ts';
import type { task_struct } from './task.ts';
import { Table } from './trace.ts';

/** What has to be added to the semaphores of one set to take back what a process did to them with SEM_UNDO: by number. */
export interface sem_undo { readonly sma: sem_array; readonly semadj: readonly number[] }

/** The adjustments of a process, by id of the set (object id). Shared with CLONE_SYSVSEM: `count` is the number of tasks. */
export class sem_undo_list extends Counted {
  override readonly kind = 'sem_undo_list';
  readonly undo = new Table<number, sem_undo>(this, 'undo');
}

/** The list of a task, if it has one. */
export function undo_list_of(task: task_struct): sem_undo_list | null {
  return task.sysvsem as sem_undo_list | null;
}

/** clone(CLONE_SYSVSEM): the child shares the list, which is made now if there is none. */
export function copy_semundo(k: Kernel, shared: boolean, p: task_struct): 0 {
  k.trace.write(p, 'sysvsem', shared ? k.trace.get(get_undo_list(k)) : null);
  return 0;
}

/** The caller's list, made when it is first needed. */
export function get_undo_list(k: Kernel): sem_undo_list {
  const { current } = k;
  const found = undo_list_of(current);
  if (found) return found;
  const made = k.trace.alloc(new sem_undo_list());
  k.trace.write(current, 'sysvsem', made);
  return made;
}

const EXIT = listing('exit_sem', 'ipc/sem.c', [
  ['none', 0, 'if (!tsk->sysvsem.undo_list) return', 'Has {tsk} a list of semaphore adjustments?', 'It has, if it ever used SEM_UNDO.'],
  ['shared', 0, 'tsk->sysvsem.undo_list = NULL; if (--ulp->refcnt != 0) return', '{tsk} lets go of {list}.', 'Others may share it (CLONE_SYSVSEM): the last one applies it.'],
  ['apply', 0, 'for each set: semval += semadj, not below 0 and not above SEMVMX', 'The semaphores of {sma} change by {semadj}.', 'What the process took with SEM_UNDO is given back, and what it gave is taken.'],
]);

/** The task lets go of its adjustments; the last one that shares them applies them. [M22 M23 M23b] */
export function exit_sem(k: Kernel, tsk: task_struct): void {
  k.enter(EXIT, { tsk });
  const list = undo_list_of(tsk);
  k.at(EXIT.at.none, { tsk });
  if (!list) { k.leave(EXIT, undefined); return; }
  k.at(EXIT.at.shared, { tsk, list });
  k.trace.write(tsk, 'sysvsem', null);
  if (!k.trace.put(list)) { k.leave(EXIT, undefined); return; }
  for (const { sma, semadj } of list.undo.values()) {
    if (sma.deleted || sma.freed) continue;
    k.at(EXIT.at.apply, { sma, semadj });
    const values = sma.semvals.map((value, n) => Math.min(Math.max(value + (semadj[n] ?? 0), 0), 32767));
    k.trace.write(sma, 'semvals', values);
    wake_up(k, sma);
  }
  k.trace.free(list);
  k.leave(EXIT, undefined);
}

/** semctl(SETVAL, SETALL) and IPC_RMID forget every process' adjustments of these semaphores. */
export function clear_undo(k: Kernel, sma: sem_array, semnum: number | null): void {
  for (const object of k.trace.live.get('sem_undo_list') ?? []) {
    const list = object instanceof sem_undo_list ? object : null;
    const found = list?.undo.get(sma.id);
    if (!list || !found) continue;
    if (semnum === null) k.trace.remove(list.undo, sma.id);
    else k.trace.insert(list.undo, sma.id, { sma, semadj: found.semadj.map((adj, n) => (n === semnum ? 0 : adj)) });
  }
}
