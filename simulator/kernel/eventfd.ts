import { err, type Err } from './errno.ts';
import { POLLERR, POLLIN, POLLOUT, register_file_ops } from './file_ops.ts';
import { alloc_file, fd_install, get_unused_fd } from './files.ts';
import type { Kernel } from './kernel.ts';
import { O_CLOEXEC, O_NONBLOCK, O_RDWR } from './mode.ts';
import { KObject } from './object.ts';
import type { Blocked } from './sched.ts';
import { wait_on, wake_up } from './sched.ts';
import { Reader, Writer } from './uaccess.ts';
import type { file } from './vfs.ts';

const EFD_SEMAPHORE = 1;
/** One less than the largest number of 64 bits. */
const MOST = (1n << 64n) - 2n;
const SIZE = 8;

/** A counter that can be waited for. */
export class eventfd_ctx extends KObject {
  override readonly kind = 'eventfd';
  readonly semaphore: boolean;
  counter: bigint;
  constructor(counter: bigint, semaphore: boolean) {
    super();
    this.counter = counter;
    this.semaphore = semaphore;
  }
}

/** A descriptor for something without a name. Errors: EMFILE. */
export function anon_inode_getfd(k: Kernel, op: string, made: KObject, flags: number): number {
  const fd = get_unused_fd(k);
  if (fd < 0) return fd;
  k.trace.alloc(made);
  const of = alloc_file(k, null, O_RDWR | (flags & O_NONBLOCK), op);
  k.trace.write(of, 'private_data', made);
  fd_install(k, fd, of, (flags & O_CLOEXEC) !== 0);
  return fd;
}

/** eventfd2(2). Errors: EINVAL, EMFILE. */
export function sys_eventfd2(k: Kernel, count: number, flags: number): number {
  if ((flags & ~(O_CLOEXEC | O_NONBLOCK | EFD_SEMAPHORE)) !== 0) return err('EINVAL');
  return anon_inode_getfd(k, 'eventfd', new eventfd_ctx(BigInt(count), (flags & EFD_SEMAPHORE) !== 0), flags);
}

function ctx_of(of: file): eventfd_ctx {
  return of.private_data as eventfd_ctx;
}

function eventfd_read(k: Kernel, of: file, count: number): Uint8Array | Err | Blocked {
  const ctx = ctx_of(of);
  if (count < SIZE) return err('EINVAL');
  if (ctx.counter === 0n) return of.f_flags & O_NONBLOCK ? err('EAGAIN') : wait_on(k, ctx, 'read');
  const taken = ctx.semaphore ? 1n : ctx.counter;
  k.trace.write(ctx, 'counter', ctx.counter - taken);
  wake_up(k, ctx);
  return new Writer().u64(taken).done();
}

function eventfd_write(k: Kernel, of: file, data: Uint8Array): number | Err | Blocked {
  const ctx = ctx_of(of);
  if (data.length < SIZE) return err('EINVAL');
  const value = new Reader(data).big();
  if (value > MOST) return err('EINVAL');
  if (ctx.counter + value > MOST) return of.f_flags & O_NONBLOCK ? err('EAGAIN') : wait_on(k, ctx, 'write');
  k.trace.write(ctx, 'counter', ctx.counter + value);
  wake_up(k, ctx);
  return SIZE;
}

register_file_ops('eventfd', {
  read: eventfd_read,
  write: eventfd_write,
  stream: true,
  release: (k, of) => { k.trace.free(ctx_of(of)); },
  poll(_, of) {
    const { counter } = ctx_of(of);
    return (counter > 0n ? POLLIN : 0) | (counter < MOST ? POLLOUT : 0) | (counter > MOST ? POLLERR : 0);
  },
  name: () => 'anon_inode:[eventfd]',
});
