import { err, type Err } from './errno.ts';
import { anon_inode_getfd } from './eventfd.ts';
import { POLLIN, register_file_ops } from './file_ops.ts';
import { fget } from './files.ts';
import type { Kernel } from './kernel.ts';
import { O_CLOEXEC, O_NONBLOCK } from './mode.ts';
import { KObject } from './object.ts';
import { wait_on } from './sched.ts';
import { dequeue_signal_from } from './sigqueue.ts';
import { UNMASKABLE, sigmask } from './signals.ts';
import type { siginfo } from './task.ts';
import { Writer } from './uaccess.ts';
import type { file } from './vfs.ts';

const SIGINFO_SIZE = 128;

/** Signals that are read instead of delivered. Whoever reads gets its own. */
export class signalfd_ctx extends KObject {
  override readonly kind = 'signalfd';
  sigmask: bigint;
  constructor(mask: bigint) {
    super();
    this.sigmask = mask;
  }
}

/** signalfd4(2): a new one, or other signals for `fd`. Errors: EINVAL, EBADF, EMFILE. */
export function sys_signalfd4(k: Kernel, fd: number, mask: bigint, flags: number): number {
  if ((flags & ~(O_CLOEXEC | O_NONBLOCK)) !== 0) return err('EINVAL');
  const wanted = mask & ~UNMASKABLE;
  if (fd === -1) return anon_inode_getfd(k, 'signalfd', new signalfd_ctx(wanted), flags);
  const of = fget(k, fd);
  if (!of) return err('EBADF');
  if (!(of.private_data instanceof signalfd_ctx)) return err('EINVAL');
  k.trace.write(of.private_data, 'sigmask', wanted);
  return fd;
}

/** struct signalfd_siginfo */
function siginfo_bytes({ signo, code, pid = 0, uid = 0, status = 0, value = 0 }: siginfo): Uint8Array {
  const int = BigInt.asIntN(32, BigInt(value));
  return new Writer().u32(signo).u32(0).u32(code >>> 0).u32(pid).u32(uid).u32(0).u32(0).u32(0).u32(0).u32(0).u32(status).u32(Number(BigInt.asUintN(32, int)))
    .u64(BigInt.asUintN(64, BigInt(value))).zeros(SIGINFO_SIZE - 56).done();
}

function ctx_of(of: file): signalfd_ctx {
  return of.private_data as signalfd_ctx;
}

function signalfd_read(k: Kernel, of: file, count: number): Uint8Array | Err | ReturnType<typeof wait_on> {
  const ctx = ctx_of(of);
  const { current } = k;
  const room = Math.floor(count / SIGINFO_SIZE);
  if (room === 0) return err('EINVAL');
  const all = new Writer();
  let n = 0;
  for (let info = dequeue_signal_from(k, current, ctx.sigmask); info; info = n < room ? dequeue_signal_from(k, current, ctx.sigmask) : null) {
    all.fixed(siginfo_bytes(info));
    n++;
  }
  if (n > 0) return all.done();
  return of.f_flags & O_NONBLOCK || !current.sighand ? err('EAGAIN') : wait_on(k, current.sighand, 'read');
}

register_file_ops('signalfd', {
  read: signalfd_read,
  stream: true,
  release: (k, of) => { k.trace.free(ctx_of(of)); },
  poll(k, of) {
    const { pending, signal } = k.current;
    for (const sig of [...pending.map.keys(), ...signal.shared_pending.map.keys()]) if ((ctx_of(of).sigmask & sigmask(sig)) !== 0n) return POLLIN;
    return 0;
  },
  // a signal for whoever waits wakes it, though it is blocked
  wait_queues: (k) => (k.current.sighand ? [k.current.sighand] : []),
  name: () => 'anon_inode:[signalfd]',
});
