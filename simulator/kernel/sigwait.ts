import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { poll_deadline } from './poll.ts';
import type { Blocked} from './sched.ts';
import { wait_on_any } from './sched.ts';
import { dequeue_signal_from } from './sigqueue.ts';
import { UNMASKABLE } from './signals.ts';
import type { Wait, siginfo } from './task.ts';

/**
 * rt_sigtimedwait(2): takes a signal of `set` instead of its action. While it waits, those signals are not blocked, so that they wake it, but do not count as
 * deliverable either (`real_blocked`). `timeout`: nanoseconds, null for ever. Errors: EAGAIN (time is over), EINTR (another signal).
 */
export function sys_rt_sigtimedwait(k: Kernel, set: bigint, timeout: bigint | null, waited: Wait | null): siginfo | Err | Blocked {
  const { current } = k;
  const wanted = set & ~UNMASKABLE;
  if (current.real_blocked !== null) {
    k.trace.write(current, 'blocked', current.real_blocked);
    k.trace.write(current, 'real_blocked', null);
  }
  const info = dequeue_signal_from(k, current, wanted);
  if (info) return info;
  const deadline = poll_deadline(k, timeout, waited);
  if (deadline !== null && deadline <= k.timekeeper.monotonic) return err('EAGAIN');
  if (waited) return err('EINTR');
  k.trace.write(current, 'real_blocked', current.blocked);
  k.trace.write(current, 'blocked', current.blocked & ~wanted);
  return wait_on_any(k, [current], SIGTIMEDWAIT, [], deadline);
}

/** The kind of its wait: a signal that ends it is taken by the call itself. */
export const SIGTIMEDWAIT = 'sigtimedwait';
