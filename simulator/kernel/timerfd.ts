import { CLOCK_BOOTTIME, CLOCK_MONOTONIC, CLOCK_REALTIME } from './clock.ts';
import { err, isErr, type Err } from './errno.ts';
import { POLLIN, register_file_ops } from './file_ops.ts';
import { anon_inode_getfd } from './eventfd.ts';
import { fget } from './files.ts';
import type { itimerspec } from './itimer.ts';
import type { Kernel } from './kernel.ts';
import { O_CLOEXEC, O_NONBLOCK } from './mode.ts';
import { KObject } from './object.ts';
import { timer_expiry } from './posix_timer.ts';
import { wait_on, wake_up } from './sched.ts';
import { hrtimer, hrtimer_cancel, hrtimer_get_remaining, hrtimer_start, register_timer } from './timer.ts';
import { Writer } from './uaccess.ts';
import type { file } from './vfs.ts';

const TFD_TIMER_ABSTIME = 1;
const TFD_TIMER_CANCEL_ON_SET = 2;
const CLOCKS: ReadonlySet<number> = new Set([CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME]);
const SIZE = 8;

/** A timer that is read: how often it expired since. */
export class timerfd_ctx extends KObject {
  override readonly kind = 'timerfd';
  readonly timer: hrtimer;
  ticks = 0n;
  constructor(clock: number) {
    super();
    this.timer = new hrtimer('timerfd', this, clock);
  }
}

/** timerfd_create(2). Errors: EINVAL, EMFILE. */
export function sys_timerfd_create(k: Kernel, clock: number, flags: number): number {
  if ((flags & ~(O_CLOEXEC | O_NONBLOCK)) !== 0 || !CLOCKS.has(clock)) return err('EINVAL');
  const made = new timerfd_ctx(clock);
  const fd = anon_inode_getfd(k, 'timerfd', made, flags);
  if (fd >= 0) k.trace.alloc(made.timer);
  return fd;
}

function timerfd_of(k: Kernel, fd: number): timerfd_ctx | Err {
  const of = fget(k, fd);
  if (!of) return err('EBADF');
  return of.private_data instanceof timerfd_ctx ? of.private_data : err('EINVAL');
}

/** timerfd_gettime(2). Errors: EBADF, EINVAL. */
export function sys_timerfd_gettime(k: Kernel, fd: number): itimerspec | Err {
  const ctx = timerfd_of(k, fd);
  return isErr(ctx) ? ctx : { value: hrtimer_get_remaining(k, ctx.timer), interval: ctx.timer.interval };
}

/** timerfd_settime(2): what was set before. Errors: EINVAL, EBADF. */
export function sys_timerfd_settime(k: Kernel, fd: number, flags: number, { value, interval }: itimerspec): itimerspec | Err {
  if ((flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)) !== 0) return err('EINVAL');
  const ctx = timerfd_of(k, fd);
  if (isErr(ctx)) return ctx;
  const before = { value: hrtimer_get_remaining(k, ctx.timer), interval: ctx.timer.interval };
  k.trace.write(ctx, 'ticks', 0n);
  hrtimer_cancel(k, ctx.timer);
  k.trace.write(ctx.timer, 'interval', interval);
  if (value > 0n) hrtimer_start(k, ctx.timer, timer_expiry(k, ctx.timer.clock, (flags & TFD_TIMER_ABSTIME) !== 0, value), interval);
  return before;
}

function ctx_of(of: file): timerfd_ctx {
  return of.private_data as timerfd_ctx;
}

register_timer('timerfd', (k, { owner }, times) => {
  if (!(owner instanceof timerfd_ctx)) return;
  k.trace.write(owner, 'ticks', owner.ticks + times);
  wake_up(k, owner);
});

register_file_ops('timerfd', {
  read(k, of, count) {
    const ctx = ctx_of(of);
    if (count < SIZE) return err('EINVAL');
    if (ctx.ticks === 0n) return of.f_flags & O_NONBLOCK ? err('EAGAIN') : wait_on(k, ctx, 'read');
    const { ticks } = ctx;
    k.trace.write(ctx, 'ticks', 0n);
    return new Writer().u64(ticks).done();
  },
  stream: true,
  release(k, of) {
    const ctx = ctx_of(of);
    hrtimer_cancel(k, ctx.timer);
    for (const object of [ctx.timer, ctx]) k.trace.free(object);
  },
  poll: (_, of) => (ctx_of(of).ticks > 0n ? POLLIN : 0),
  name: () => 'anon_inode:[timerfd]',
});
