import { CLOCK_BOOTTIME, CLOCK_MONOTONIC, CLOCK_REALTIME, ktime_get } from './clock.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { wait_on, wake_up_process } from './sched.ts';
import type { Blocked } from './sched.ts';
import { hrtimer_run } from './timer.ts';

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
  return monotonic >= deadline ? 0 : wait_on(k, k.timekeeper, 'nanosleep', [deadline], deadline);
}

/**
 * When somebody who waits for a time is to wake next, or a timer expires, on the machine's monotonic clock; null when neither. The machine moves its clock
 * there when nobody can run.
 */
export function next_timer(k: Kernel): bigint | null {
  let first: bigint | null = null;
  for (const { wait } of k.tasks.values()) {
    const deadline = wait?.deadline;
    if (deadline !== undefined && (first === null || deadline < first)) first = deadline;
  }
  for (const { expires } of k.timers.values()) if (first === null || expires < first) first = expires;
  return first;
}

/** Wakes whose time has come, and lets timers expire, earliest first. To be called when the clock was moved. */
export function run_timers(k: Kernel): void {
  const { monotonic } = k.timekeeper;
  const due: { readonly at: bigint; readonly run: () => void }[] = [];
  for (const task of k.tasks.values()) {
    const deadline = task.wait?.deadline;
    if (deadline !== undefined && deadline <= monotonic) due.push({ at: deadline, run: () => { wake_up_process(k, task); } });
  }
  for (const timer of k.timers.values()) if (timer.expires <= monotonic) due.push({ at: timer.expires, run: () => { hrtimer_run(k, timer); } });
  due.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  for (const { run } of due) run();
}
