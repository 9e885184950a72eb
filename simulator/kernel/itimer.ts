import { CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID } from './clock.ts';
import { cputime_ticks, TICK_NSEC } from './cputime.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { send_sig_priv } from './signal.ts';
import { SIGALRM, SIGPROF, SIGVTALRM } from './signals.ts';
import { signal_struct } from './task.ts';
import type { task_struct } from './task.ts';
import { hrtimer, hrtimer_active, hrtimer_cancel, hrtimer_get_remaining, hrtimer_start, register_timer, timer_now } from './timer.ts';

export const ITIMER_REAL = 0;

/** The three, by their numbers: where they are kept, what is sent, and whether processor time is what counts. */
const TIMERS = [
  { slot: 'real_timer', action: 'itimer', signal: SIGALRM, cpu: false },
  { slot: 'virtual_timer', action: 'virtual itimer', signal: SIGVTALRM, cpu: true },
  { slot: 'prof_timer', action: 'profiling itimer', signal: SIGPROF, cpu: true },
] as const;

/** Nanoseconds until the next signal (0: none), and from one to the next (0: only once). */
export interface itimerspec { readonly value: bigint; readonly interval: bigint }

/** getitimer(2). Errors: EINVAL. */
export function sys_getitimer(k: Kernel, which: number): itimerspec | Err {
  const kind = TIMERS[which];
  if (!kind) return err('EINVAL');
  const timer = k.current.signal[kind.slot];
  if (!timer) return { value: 0n, interval: 0n };
  const late = kind.cpu && hrtimer_active(k, timer) && timer.expires <= timer_now(k, timer);
  return { value: late ? TICK_NSEC : hrtimer_get_remaining(k, timer), interval: timer.interval };
}

/** setitimer(2): what was set before. Errors: as getitimer. */
export function sys_setitimer(k: Kernel, which: number, { value, interval }: itimerspec): itimerspec | Err {
  const before = sys_getitimer(k, which);
  const kind = TIMERS[which];
  if (typeof before === 'number' || !kind) return err('EINVAL');
  const { signal } = k.current;
  let timer = signal[kind.slot];
  if (!timer) {
    timer = k.trace.alloc(new hrtimer(kind.action, signal, kind.cpu ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, kind.cpu ? signal : null));
    k.trace.write(signal, kind.slot, timer);
  }
  // the tick that is under way does not count
  if (value > 0n) hrtimer_start(k, timer, timer_now(k, timer) + value + (kind.cpu ? TICK_NSEC : 0n), interval);
  else {
    hrtimer_cancel(k, timer);
    // ITIMER_REAL forgets it
    k.trace.write(timer, 'interval', kind.cpu ? interval : 0n);
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
  for (const { slot } of TIMERS) {
    const timer = signal[slot];
    if (!timer) continue;
    hrtimer_cancel(k, timer);
    k.trace.free(timer);
    k.trace.write(signal, slot, null);
  }
}

for (const { action, signal, cpu } of TIMERS) {
  register_timer(action, (k, { owner }) => {
    const leader = owner instanceof signal_struct ? [...owner.threads.values()].find((task) => task.state !== 'dead') : undefined;
    if (leader) send_sig_priv(k, signal, leader, true);
  }, cpu ? (k, { owner }) => (owner instanceof signal_struct ? cputime_ticks(k, owner) : 0n) : undefined);
}
