import { CLOCK_BOOTTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_REALTIME, CLOCK_TAI, CLOCK_THREAD_CPUTIME_ID, timens_ktime_to_host } from './clock.ts';
import { cpu_clock } from './cputime.ts';
import { err, isErr, type Err } from './errno.ts';
import type { itimerspec } from './itimer.ts';
import type { Kernel } from './kernel.ts';
import { KObject } from './object.ts';
import { send_signal } from './signal.ts';
import { SI_TIMER, _NSIG } from './signals.ts';
import type { signal_struct, task_struct } from './task.ts';
import { hrtimer, hrtimer_cancel, hrtimer_get_remaining, hrtimer_start, register_timer } from './timer.ts';

/** Who is told by which signal: `thread` null is any of the process; signal 0: nobody. */
export interface sigevent { readonly signo: number; readonly value: number; readonly thread: task_struct | null }

/** A timer made by timer_create(2). */
export class k_itimer extends KObject {
  override readonly kind = 'posix timer';
  readonly nr: number;
  readonly signal: signal_struct;
  readonly event: sigevent;
  readonly timer: hrtimer;
  /** How often it expired while its signal was still on its way. */
  overrun = 0;
  constructor(nr: number, signal: signal_struct, event: sigevent, clock: number, whose: task_struct | signal_struct | null) {
    super();
    this.nr = nr;
    this.signal = signal;
    this.event = event;
    this.timer = new hrtimer('posix timer', this, clock, whose);
  }
}

const CLOCKS: ReadonlySet<number> = new Set([CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME, CLOCK_TAI, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID]);

/** Whose processor time a clock counts; null: it is another clock. */
function cpu_clock_of({ current }: Kernel, clock: number): task_struct | signal_struct | null {
  return clock === CLOCK_PROCESS_CPUTIME_ID ? current.signal : clock === CLOCK_THREAD_CPUTIME_ID ? current : null;
}

/** timer_create(2): its number. Errors: EINVAL; EOPNOTSUPP for a clock without timers. */
export function sys_timer_create(k: Kernel, clock: number, event: sigevent | null): number {
  if (!CLOCKS.has(clock)) return err('EINVAL');
  const { signal } = k.current;
  if (event && (event.signo < 0 || event.signo > _NSIG)) return err('EINVAL');
  const key = `posix timer of ${signal.id}`;
  const nr = k.counters.get(key) ?? 0;
  k.trace.insert(k.counters, key, nr + 1);
  const made = k.trace.alloc(new k_itimer(nr, signal, event ?? { signo: 14, value: nr, thread: null }, clock, cpu_clock_of(k, clock)));
  k.trace.alloc(made.timer);
  k.trace.insert(signal.posix_timers, nr, made);
  return nr;
}

function timer_of(k: Kernel, nr: number): k_itimer | Err {
  return k.current.signal.posix_timers.get(nr) ?? err('EINVAL');
}

/** timer_gettime(2). Errors: EINVAL. */
export function sys_timer_gettime(k: Kernel, nr: number): itimerspec | Err {
  const found = timer_of(k, nr);
  return isErr(found) ? found : { value: hrtimer_get_remaining(k, found.timer), interval: found.timer.interval };
}

/** When, on the machine's monotonic clock, a time of `clock` (or from now) is. */
export function timer_expiry(k: Kernel, clock: number, absolute: boolean, value: bigint): bigint {
  return absolute ? timens_ktime_to_host(k, clock, value) ?? value : k.timekeeper.monotonic + value;
}

/** timer_settime(2): what was set before. Errors: EINVAL. */
export function sys_timer_settime(k: Kernel, nr: number, absolute: boolean, { value, interval }: itimerspec): itimerspec | Err {
  const found = timer_of(k, nr);
  const before = sys_timer_gettime(k, nr);
  if (isErr(found) || isErr(before)) return err('EINVAL');
  k.trace.write(found, 'overrun', 0);
  if (value === 0n) hrtimer_cancel(k, found.timer);
  else hrtimer_start(k, found.timer, found.timer.whose ? (absolute ? 0n : cpu_clock(k, found.timer.whose)) + value : timer_expiry(k, found.timer.clock, absolute, value), interval);
  if (value === 0n) k.trace.write(found.timer, 'interval', interval);
  return before;
}

/** timer_getoverrun(2). Errors: EINVAL. */
export function sys_timer_getoverrun(k: Kernel, nr: number): number {
  const found = timer_of(k, nr);
  return isErr(found) ? found : found.overrun;
}

/** timer_delete(2). Errors: EINVAL. */
export function sys_timer_delete(k: Kernel, nr: number): number {
  const found = timer_of(k, nr);
  if (isErr(found)) return found;
  hrtimer_cancel(k, found.timer);
  k.trace.remove(found.signal.posix_timers, nr);
  for (const object of [found.timer, found]) k.trace.free(object);
  return 0;
}

/** exec and the end of a process: none is left. */
export function exit_posix_timers(k: Kernel): void {
  for (const nr of [...k.current.signal.posix_timers.map.keys()]) sys_timer_delete(k, nr);
}

register_timer('posix timer', (k, { owner }, times) => {
  if (!(owner instanceof k_itimer)) return;
  const { event, signal } = owner;
  const to = event.thread ?? [...signal.threads.values()].find((task) => task.state !== 'dead');
  if (!to || event.signo === 0) return;
  const pending = (event.thread ? to.pending : signal.shared_pending).has(event.signo);
  k.trace.write(owner, 'overrun', pending ? owner.overrun + Number(times) : Number(times) - 1);
  if (!pending) send_signal(k, { signo: event.signo, code: SI_TIMER, sender: null, value: event.value }, to, event.thread === null, false);
}, (k, { whose }) => (whose ? cpu_clock(k, whose) : k.timekeeper.monotonic));
