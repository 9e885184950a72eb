import type { Kernel } from './kernel.ts';
import { SIGRTMIN, sigmask } from './signals.ts';
import type { siginfo, task_struct } from './task.ts';
import type { Table } from './trace.ts';

/**
 * Adds a signal to those that wait. Of each number one is kept; of real-time signals (from 32 on) all, in the order in which they were sent: the first
 * holds the next.
 */
export function sigqueue(k: Kernel, pending: Table<number, siginfo>, info: siginfo): void {
  const first = pending.get(info.signo);
  k.trace.insert(pending, info.signo, first && info.signo >= SIGRTMIN ? behind(first, info) : info);
}

function behind(first: siginfo, last: siginfo): siginfo {
  return { ...first, next: first.next ? behind(first.next, last) : last };
}

/** How many signals wait: /proc/PID/status counts them (SigQ). */
export function queued(pending: Table<number, siginfo>): number {
  let count = 0;
  for (const first of pending.values()) for (let one: siginfo | undefined = first; one; one = one.next) count++;
  return count;
}

/** Takes the waiting signal of `set` with the lowest number, those for the thread before those for its process; null when there is none. */
export function dequeue_signal_from(k: Kernel, task: task_struct, set: bigint): siginfo | null {
  for (const table of [task.pending, task.signal.shared_pending]) {
    let first = 0;
    for (const sig of table.map.keys()) if ((set & sigmask(sig)) !== 0n && (first === 0 || sig < first)) first = sig;
    const found = table.get(first);
    if (!found) continue;
    const { next, ...info } = found;
    if (next) k.trace.insert(table, first, next);
    else k.trace.remove(table, first);
    return info;
  }
  return null;
}
