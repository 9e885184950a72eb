import type { Kernel } from './kernel.ts';
import { KObject } from './object.ts';
import type { signal_struct, task_struct } from './task.ts';
import type { Table } from './trace.ts';

/**
 * A timer that runs: what it does when its time comes is found by `action`, and belongs to `owner`. Times are of the machine's monotonic clock; or, with
 * `whose`, of the processor time of a thread or a process, which passes only while that runs.
 */
export class hrtimer extends KObject {
  override readonly kind = 'timer';
  readonly action: string;
  readonly owner: KObject;
  /** Its clock: a timer of the clock of day follows when that is set. */
  readonly clock: number;
  readonly whose: task_struct | signal_struct | null;
  expires = 0n;
  /** Nanoseconds from one expiry to the next; 0: only once. */
  interval = 0n;
  constructor(action: string, owner: KObject, clock: number, whose: task_struct | signal_struct | null = null) {
    super();
    this.action = action;
    this.owner = owner;
    this.clock = clock;
    this.whose = whose;
  }
}

type Action = (k: Kernel, timer: hrtimer, times: bigint) => void;
type Now = (k: Kernel, timer: hrtimer) => bigint;
interface Kind { readonly fn: Action; readonly now: Now }
const KINDS = new Map<string, Kind>();

const monotonic: Now = (k) => k.timekeeper.monotonic;

/**
 * Says what timers of a kind do: `times` is how often the time came since it was looked at last; `now` what their clock shows, absent: the monotonic one.
 * Called once by its module.
 */
export function register_timer(action: string, fn: Action, now: Now = monotonic): void {
  KINDS.set(action, { fn, now });
}

/** What the timer's clock shows. */
export function timer_now(k: Kernel, timer: hrtimer): bigint {
  return KINDS.get(timer.action)?.now(k, timer) ?? 0n;
}

/** Where it is while it runs. */
function table(k: Kernel, { whose }: hrtimer): Table<number, hrtimer> {
  return whose ? k.cpu_timers : k.timers;
}

/** Starts it, or starts it anew. */
export function hrtimer_start(k: Kernel, timer: hrtimer, expires: bigint, interval: bigint): void {
  k.trace.write(timer, 'expires', expires);
  k.trace.write(timer, 'interval', interval);
  k.trace.insert(table(k, timer), timer.id, timer);
}

export function hrtimer_cancel(k: Kernel, timer: hrtimer): void {
  k.trace.remove(table(k, timer), timer.id);
}

export function hrtimer_active(k: Kernel, timer: hrtimer): boolean {
  return table(k, timer).has(timer.id);
}

/** Nanoseconds until it expires; 0 when it does not run. */
export function hrtimer_get_remaining(k: Kernel, timer: hrtimer): bigint {
  if (!hrtimer_active(k, timer)) return 0n;
  const left = timer.expires - timer_now(k, timer);
  return left > 0n ? left : 1n;
}

/** A timer whose time came does what it is for, and is set to its next time if it has one. */
export function hrtimer_run(k: Kernel, timer: hrtimer): void {
  const { interval, expires } = timer;
  const times = interval > 0n ? (timer_now(k, timer) - expires) / interval + 1n : 1n;
  if (interval > 0n) k.trace.write(timer, 'expires', expires + times * interval);
  else hrtimer_cancel(k, timer);
  KINDS.get(timer.action)?.fn(k, timer, times);
}
