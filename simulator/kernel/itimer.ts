import { CLOCK_MONOTONIC } from './clock.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { send_sig_priv } from './signal.ts';
import { SIGALRM } from './signals.ts';
import { signal_struct } from './task.ts';
import type { task_struct } from './task.ts';
import { hrtimer, hrtimer_cancel, hrtimer_get_remaining, hrtimer_start, register_timer } from './timer.ts';

export const ITIMER_REAL = 0;
const ITIMER_PROF = 2;

/** Nanoseconds until the next SIGALRM (0: none), and from one to the next (0: only once). */
export interface itimerspec { readonly value: bigint; readonly interval: bigint }

/** getitimer(2). Errors: EINVAL; ENOSYS for timers of processor time, which the model does not count. */
export function sys_getitimer(k: Kernel, which: number): itimerspec | Err {
  if (which < ITIMER_REAL || which > ITIMER_PROF) return err('EINVAL');
  if (which !== ITIMER_REAL) return err('ENOSYS');
  const { real_timer } = k.current.signal;
  return { value: real_timer ? hrtimer_get_remaining(k, real_timer) : 0n, interval: real_timer?.interval ?? 0n };
}

/** setitimer(2): what was set before. Errors: as getitimer. */
export function sys_setitimer(k: Kernel, which: number, { value, interval }: itimerspec): itimerspec | Err {
  const before = sys_getitimer(k, which);
  if (typeof before === 'number') return before;
  const { signal } = k.current;
  let timer = signal.real_timer;
  if (!timer) {
    timer = k.trace.alloc(new hrtimer('itimer', signal, CLOCK_MONOTONIC));
    k.trace.write(signal, 'real_timer', timer);
  }
  if (value > 0n) hrtimer_start(k, timer, k.timekeeper.monotonic + value, interval);
  else {
    hrtimer_cancel(k, timer);
    k.trace.write(timer, 'interval', 0n);
  }
  return before;
}

const NSEC_PER_SEC = 1_000_000_000n;

/** alarm(2): the seconds that were left of the alarm before, rounded, but never to 0. */
export function sys_alarm(k: Kernel, seconds: number): number {
  const before = sys_setitimer(k, ITIMER_REAL, { value: BigInt(seconds) * NSEC_PER_SEC, interval: 0n });
  if (typeof before === 'number') return before;
  const rounded = (before.value + NSEC_PER_SEC / 2n) / NSEC_PER_SEC;
  return Number(rounded === 0n && before.value > 0n ? 1n : rounded);
}

/** The process ends. */
export function exit_itimers(k: Kernel, { signal }: task_struct): void {
  if (!signal.real_timer) return;
  hrtimer_cancel(k, signal.real_timer);
  k.trace.free(signal.real_timer);
  k.trace.write(signal, 'real_timer', null);
}

register_timer('itimer', (k, { owner }) => {
  const leader = owner instanceof signal_struct ? [...owner.threads.values()].find((task) => task.state !== 'dead') : undefined;
  if (leader) send_sig_priv(k, SIGALRM, leader, true);
});
