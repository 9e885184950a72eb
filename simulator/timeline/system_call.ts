import type { Kernel } from '../kernel/kernel.ts';
import type { RunningCall } from '../kernel/task.ts';

/** Where the system call began that the running task is in at that moment: the number of the event; null: it is in none. */
export function callBegan(k: Kernel, at: number): { readonly event: number; readonly call: string } | null {
  const { events } = k.trace;
  const task = k.current.id;
  for (let n = at - 1; n >= 0; n--) {
    const event = events[n];
    if (!event || event.subject !== k.calls || event.name !== task) continue;
    if (event.op === 'remove') return null;
    // a call that slept is written again when it goes on: the first time is where it began
    const call = event.after as RunningCall;
    if (event.op === 'entry' && call.waited === null) return { event: n, call: call.name };
  }
  return null;
}
