import type { Kernel } from './kernel.ts';
import { KObject } from './object.ts';
import type { task_struct } from './task.ts';
import { Table } from './trace.ts';

/** What a system call returns when it cannot go on yet: `task.wait` says what it waits for. It is called again when woken. */
export const Blocked = 'blocked';
export type Blocked = typeof Blocked;

/** One processor's queue: tasks that could run, in the order in which they became able to; and those who wait, by what they wait for. */
export class run_queue extends KObject {
  override readonly kind = 'run queue';
  /** Without the one that runs. Replaced, never changed in place, so that its order comes back with a step back. */
  queue: readonly task_struct[] = [];
  /** Who waits for an object, in order of arrival. */
  readonly waiters = new Table<KObject, readonly task_struct[]>(this, 'waiters');
  /** Objects whose wake-ups are counted, for those who ask for changes only (EPOLLET). */
  readonly watched = new Table<KObject, Wakes>(this, 'watched');
  /** How often any of them was woken. */
  wakes = 0;
}

/** Kinds of wait that only a fatal signal ends; every other is ended by any signal that is not blocked or ignored. */
const KILLABLE: ReadonlySet<string> = new Set(['vfork', 'de_thread', 'seccomp killable']);
/** Kinds of wait that no signal ends. */
const UNINTERRUPTIBLE: ReadonlySet<string> = new Set(['zap_pid_ns']);

/**
 * The running task sleeps until `wake_up(on)`, or until the machine's clock shows `deadline`; `kind` names the call that will be made again, with `args`.
 * Returns `Blocked`.
 */
export function wait_on(k: Kernel, on: KObject, kind: string, args: readonly unknown[] = [], deadline: bigint | null = null): Blocked {
  const { current } = k;
  k.trace.write(current, 'wait', deadline === null ? { kind, args: [on, ...args] } : { kind, args: [on, ...args], deadline });
  k.trace.write(current, 'state', KILLABLE.has(kind) || UNINTERRUPTIBLE.has(kind) ? 'uninterruptible' : 'interruptible');
  k.trace.insert(k.rq.waiters, on, [...k.rq.waiters.get(on) ?? [], current]);
  return Blocked;
}

/** As `wait_on`, but whichever of several objects is woken first ends the wait (poll). With none, only time or a signal does. */
export function wait_on_any(k: Kernel, on: readonly KObject[], kind: string, args: readonly unknown[], deadline: bigint | null): Blocked {
  const { current } = k;
  const [first = k.timekeeper, ...also] = new Set(on);
  wait_on(k, first, kind, args, deadline);
  if (current.wait && also.length > 0) {
    k.trace.write(current, 'wait', { ...current.wait, also });
    for (const other of also) k.trace.insert(k.rq.waiters, other, [...k.rq.waiters.get(other) ?? [], current]);
  }
  return Blocked;
}

/** Wake-ups of an object that is watched: how many, and which of all the last ones were. */
export interface Wakes { readonly count: number; readonly last: readonly number[] }

/** What is ready is reported in the order of its first wake-up since; with more than so many since, an earlier one is taken for it. */
const REMEMBERED = 32;

/** Wakes every task that waits on this object; each then makes its call again. */
export function wake_up(k: Kernel, on: KObject): void {
  const wakes = k.rq.watched.get(on);
  if (wakes !== undefined) {
    k.trace.write(k.rq, 'wakes', k.rq.wakes + 1);
    k.trace.insert(k.rq.watched, on, { count: wakes.count + 1, last: [...wakes.last.slice(1 - REMEMBERED), k.rq.wakes] });
  }
  for (const task of k.rq.waiters.get(on) ?? []) wake_up_process(k, task);
}

/** From now on the wake-ups of this object are counted. */
export function watch_wakes(k: Kernel, on: KObject): void {
  if (!k.rq.watched.has(on)) k.trace.insert(k.rq.watched, on, { count: 0, last: [] });
}

/** How often it was woken since it is watched. */
export function wakes_of(k: Kernel, on: KObject): number {
  return k.rq.watched.get(on)?.count ?? 0;
}

/** Which of all wake-ups (`rq.wakes`) was this object's first after one of them; Infinity: none. */
export function first_wake_after(k: Kernel, on: KObject, after: number): number {
  return k.rq.watched.get(on)?.last.find((wake) => wake > after) ?? Infinity;
}

/** Ends a task's wait, whatever for; it joins the end of the queue. */
export function wake_up_process(k: Kernel, task: task_struct): void {
  const on = task.wait?.args[0];
  if (!(on instanceof KObject)) return;
  for (const object of [on, ...task.wait?.also ?? []]) {
    const left = (k.rq.waiters.get(object) ?? []).filter((other) => other !== task);
    if (left.length > 0) k.trace.insert(k.rq.waiters, object, left);
    else k.trace.remove(k.rq.waiters, object);
  }
  k.trace.write(task, 'wait', null);
  set_running(k, task);
}

/** Can a signal end this wait? `fatal`: the signal will end the task. */
export function wait_is_interruptible(task: task_struct, fatal: boolean): boolean {
  const kind = task.wait?.kind;
  return kind !== undefined && !UNINTERRUPTIBLE.has(kind) && (fatal || !KILLABLE.has(kind));
}

/** The task may run: it joins the end of the queue, unless it is the one that runs. */
export function set_running(k: Kernel, task: task_struct): void {
  k.trace.write(task, 'state', 'running');
  if (task !== k.current && !k.rq.queue.includes(task)) k.trace.write(k.rq, 'queue', [...k.rq.queue, task]);
}

/** The task is not to be run any more: it stopped, or ended. */
export function dequeue_task(k: Kernel, task: task_struct): void {
  if (k.rq.queue.includes(task)) k.trace.write(k.rq, 'queue', k.rq.queue.filter((other) => other !== task));
}

/**
 * Chooses who runs: the first of the queue, or `next` (which must be in it). The one that ran until now, if it still can, joins the end.
 * Makes it `k.current` and returns it; null when nobody can run: then only time or input can go on (and `k.current` stays).
 */
export function schedule(k: Kernel, next: task_struct | null = k.rq.queue[0] ?? null): task_struct | null {
  const before = k.current;
  const able = before !== k.init_task && before.state === 'running';
  if (!next) return able ? before : null;
  const rest = k.rq.queue.filter((other) => other !== next);
  k.trace.write(k.rq, 'queue', able && before !== next ? [...rest, before] : rest);
  switch_to(k, next);
  return next;
}

/** From here on, what happens is done by `next`. */
export function switch_to(k: Kernel, next: task_struct): void {
  k.trace.run(k, next);
}
