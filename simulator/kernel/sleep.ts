import { CLOCK_BOOTTIME, CLOCK_MONOTONIC, CLOCK_REALTIME, ktime_get } from './clock.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { wait_on, wake_up_process } from './sched.ts';
import type { Blocked } from './sched.ts';

const CLOCKS: ReadonlySet<number> = new Set([CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME]);

/**
 * clock_nanosleep(2), in nanoseconds; `absolute`: until the clock shows that, as the caller's time namespace shows it. `waited`: the deadline that
 * the call waited for already (first of the further arguments of its wait), when it is made again. Errors: EINVAL.
 */
export function sys_clock_nanosleep(k: Kernel, clock: number, absolute: boolean, nanoseconds: bigint, waited: bigint | null = null): 0 | Err | Blocked {
  if (!CLOCKS.has(clock) || nanoseconds < 0n) return err('EINVAL');
  const { monotonic } = k.timekeeper;
  let deadline = waited;
  if (deadline === null && !absolute) deadline = monotonic + nanoseconds;
  if (deadline === null) {
    const shown = ktime_get(k, clock);
    if (shown === null) return err('EINVAL');
    deadline = monotonic + nanoseconds - shown;
  }
  return monotonic >= deadline ? 0 : wait_on(k, k.timekeeper, 'nanosleep', [deadline]);
}

/** When the next sleeper is to wake, on the machine's monotonic clock; null when nobody sleeps. The machine moves its clock there when nobody can run. */
export function next_timer(k: Kernel): bigint | null {
  let first: bigint | null = null;
  for (const { wait } of k.rq.waiters.get(k.timekeeper) ?? []) {
    const deadline = wait?.args[1] as bigint;
    if (first === null || deadline < first) first = deadline;
  }
  return first;
}

/** Wakes who has slept long enough, earliest first. To be called when the clock was moved. */
export function run_timers(k: Kernel): void {
  const due = [...k.rq.waiters.get(k.timekeeper) ?? []]
    .map((task) => ({ task, deadline: task.wait?.args[1] as bigint }))
    .filter(({ deadline }) => deadline <= k.timekeeper.monotonic)
    .sort((a, b) => (a.deadline < b.deadline ? -1 : a.deadline > b.deadline ? 1 : 0));
  for (const { task } of due) wake_up_process(k, task);
}
