// The process part's file: the agreed names, and the least that makes them work.
import type { Kernel } from './kernel.ts';
import type { KObject } from './object.ts';

/** What a system call returns when it cannot go on yet: `task.wait` says what it waits for. It is called again when woken. */
export const Blocked = 'blocked';
export type Blocked = typeof Blocked;

/** The running task sleeps until `wake_up(on)`; `kind` names the call that will be made again, with `args`. Returns `Blocked`. */
export function wait_on(k: Kernel, on: KObject, kind: string, args: readonly unknown[] = []): Blocked {
  k.trace.write(k.current, 'wait', { kind, args: [on, ...args] });
  k.trace.write(k.current, 'state', 'interruptible');
  return Blocked;
}

/** Wakes every task that waits on this object; each then makes its call again. */
export function wake_up(k: Kernel, on: KObject): void {
  for (const task of k.tasks.values()) {
    if (task.wait?.args[0] !== on) continue;
    k.trace.write(task, 'wait', null);
    k.trace.write(task, 'state', 'running');
  }
}
