import type { Kernel } from './kernel.ts';
import { KObject } from './object.ts';

/** A timer that runs: what it does when its time comes is found by `action`, and belongs to `owner`. Times of the machine's monotonic clock. */
export class hrtimer extends KObject {
  override readonly kind = 'timer';
  readonly action: string;
  readonly owner: KObject;
  /** Its clock: a timer of the clock of day follows when that is set. */
  readonly clock: number;
  expires = 0n;
  /** Nanoseconds from one expiry to the next; 0: only once. */
  interval = 0n;
  constructor(action: string, owner: KObject, clock: number) {
    super();
    this.action = action;
    this.owner = owner;
    this.clock = clock;
  }
}

type Action = (k: Kernel, timer: hrtimer, times: bigint) => void;
const ACTIONS = new Map<string, Action>();

/** Says what timers of a kind do: `times` is how often the time came since it was looked at last. Called once by its module. */
export function register_timer(action: string, fn: Action): void {
  ACTIONS.set(action, fn);
}

/** Starts it, or starts it anew. */
export function hrtimer_start(k: Kernel, timer: hrtimer, expires: bigint, interval: bigint): void {
  k.trace.write(timer, 'expires', expires);
  k.trace.write(timer, 'interval', interval);
  k.trace.insert(k.timers, timer.id, timer);
}

export function hrtimer_cancel(k: Kernel, timer: hrtimer): void {
  k.trace.remove(k.timers, timer.id);
}

export function hrtimer_active(k: Kernel, timer: hrtimer): boolean {
  return k.timers.has(timer.id);
}

/** Nanoseconds until it expires; 0 when it does not run. */
export function hrtimer_get_remaining(k: Kernel, timer: hrtimer): bigint {
  if (!hrtimer_active(k, timer)) return 0n;
  const left = timer.expires - k.timekeeper.monotonic;
  return left > 0n ? left : 1n;
}

/** A timer whose time came does what it is for, and is set to its next time if it has one. */
export function hrtimer_run(k: Kernel, timer: hrtimer): void {
  const { interval, expires } = timer;
  const times = interval > 0n ? (k.timekeeper.monotonic - expires) / interval + 1n : 1n;
  if (interval > 0n) k.trace.write(timer, 'expires', expires + times * interval);
  else hrtimer_cancel(k, timer);
  ACTIONS.get(timer.action)?.(k, timer, times);
}
