import { err } from './errno.ts';
import { DEFAULT_POLLMASK, POLLERR, POLLHUP, POLLNVAL, f_op } from './file_ops.ts';
import { fget_raw } from './files.ts';
import type { Kernel } from './kernel.ts';
import { O_PATH } from './mode.ts';
import { KObject } from './object.ts';
import { Blocked, wait_on_any } from './sched.ts';
import { signal_pending } from './signal.ts';
import { UNMASKABLE } from './signals.ts';
import type { Wait } from './task.ts';
import type { file } from './vfs.ts';

/** One entry of poll(2): a negative descriptor is passed over. */
export interface pollfd { readonly fd: number; readonly events: number }

/** What poll(2) sees on an open file now. Files that never block are always ready. */
export function vfs_poll(k: Kernel, of: file): number {
  return of.f_flags & O_PATH ? POLLNVAL : f_op(of).poll?.(k, of) ?? DEFAULT_POLLMASK;
}

/** What must be woken for what vfs_poll says to change. */
export function poll_queues(k: Kernel, of: file): readonly KObject[] {
  return f_op(of).wait_queues?.(k, of) ?? (of.private_data instanceof KObject ? [of.private_data] : []);
}

/** When a call that waits for `timeout` nanoseconds (null: for ever) gives up; a call that is made again keeps the time of the first. */
export function poll_deadline(k: Kernel, timeout: bigint | null, waited: Wait | null): bigint | null {
  if (waited) return waited.deadline ?? null;
  return timeout === null ? null : k.timekeeper.monotonic + timeout;
}

/** Nanoseconds that are left of a wait. */
export function time_left(k: Kernel, deadline: bigint): bigint {
  return deadline > k.timekeeper.monotonic ? deadline - k.timekeeper.monotonic : 0n;
}

/**
 * Waits until one of the descriptors is ready, at most until `deadline`: the events of each that happened, all 0 when the time is over. A signal that
 * is there already ends it at once. `kind`: poll or select.
 */
export function do_poll(k: Kernel, fds: readonly pollfd[], deadline: bigint | null, kind: 'poll' | 'select'): readonly number[] | Blocked {
  const files = fds.map(({ fd }) => (fd < 0 ? null : fget_raw(k, fd)));
  const ready = fds.map(({ fd, events }, n) => {
    const of = files[n];
    return fd < 0 ? 0 : of ? vfs_poll(k, of) & (events | POLLERR | POLLHUP | POLLNVAL) : POLLNVAL;
  });
  if (ready.some((events) => events !== 0) || (deadline !== null && deadline <= k.timekeeper.monotonic)) return ready;
  if (signal_pending(k.current)) {
    k.trace.write(k.current, 'interrupted', { kind, result: null });
    return Blocked;
  }
  return wait_on_any(k, files.flatMap((of) => (of ? poll_queues(k, of) : [])), kind, [], deadline);
}

/** ppoll and pselect: the mask of signals while the call lasts. Restored by `restore_user_sigmask`, or by the delivery of a signal. */
export function set_user_sigmask(k: Kernel, mask: bigint | null): void {
  const { current } = k;
  if (mask === null || current.saved_sigmask !== null) return;
  k.trace.write(current, 'saved_sigmask', current.blocked);
  k.trace.write(current, 'blocked', mask & ~UNMASKABLE);
}

/** The call ended without a signal. */
export function restore_user_sigmask(k: Kernel, mask: bigint | null): void {
  const { current } = k;
  if (mask === null || current.saved_sigmask === null) return;
  k.trace.write(current, 'blocked', current.saved_sigmask);
  k.trace.write(current, 'saved_sigmask', null);
}

/** A time of at most 63 bits of nanoseconds. Errors: EINVAL. */
export function valid_time(seconds: number, nanoseconds: number): bigint | number {
  if (seconds < 0 || nanoseconds < 0 || nanoseconds >= 1_000_000_000) return err('EINVAL');
  const all = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
  return all > MOST ? MOST : all;
}
const MOST = (1n << 62n) - 1n;
