import { CAP_SYS_RESOURCE, capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import { READABLE, WRITABLE, register_file_ops } from './file_ops.ts';
import { alloc_file, fd_install, fget, get_unused_fd } from './files.ts';
import type { Kernel } from './kernel.ts';
import { MAY_READ, MAY_WRITE, O_ACCMODE, O_CLOEXEC, O_CREAT, O_EXCL, O_NONBLOCK, f_readable, f_writable } from './mode.ts';
import { __do_notify, mqueue_flush_file, notify_text } from './mq_notify.ts';
import { mqueue_inode, put_mqueue } from './mqueue.ts';
import { in_group_p } from './permission.ts';
import { wait_on, wake_up } from './sched.ts';
import type { Blocked } from './sched.ts';
import { current_ipc_ns } from './sem.ts';
import { encode } from './text.ts';
import { is_rlimit_overlimit, dec_rlimit_ucounts, inc_rlimit_ucounts } from './ucount.ts';
import type { ucounts } from './ucount.ts';
import type { file } from './vfs.ts';

export interface mq_attr { readonly flags: number; readonly maxmsg: number; readonly msgsize: number; readonly curmsgs: number }

/** Priorities are below this. */
const MQ_PRIO_MAX = 32768;
const RLIMIT_MSGQUEUE = 12;

/**
 * mq_open(2): a descriptor. `name` has no slash (the C library takes it off). Queues are found in the caller's ipc namespace, now; a
 * descriptor goes on to work when the caller leaves it [E2b]. Errors: EINVAL, EACCES, ENOENT, EEXIST, ENAMETOOLONG, ENOSPC, EMFILE.
 */
export function sys_mq_open(k: Kernel, name: string, flags: number, mode: number, attr: { readonly maxmsg: number; readonly msgsize: number } | null): number {
  const ns = current_ipc_ns(k);
  if (name === '') return err('ENOENT');
  if (name.includes('/')) return err('EACCES');
  if (name.length > 255) return err('ENAMETOOLONG');
  const fd = get_unused_fd(k);
  if (isErr(fd)) return fd;
  let queue = ns.mqueues.get(name);
  if (queue) {
    if ((flags & O_CREAT) !== 0 && (flags & O_EXCL) !== 0) return err('EEXIST');
    const wanted = [MAY_READ, MAY_WRITE, MAY_READ | MAY_WRITE][flags & O_ACCMODE];
    if (wanted === undefined) return err('EINVAL');
    if (!permitted(k, queue, wanted)) return err('EACCES');
  } else {
    if ((flags & O_CREAT) === 0) return err('ENOENT');
    const made = create(k, name, mode & ~(k.current.fs?.umask ?? 0), attr);
    if (isErr(made)) return made;
    queue = made;
  }
  const of = alloc_file(k, null, flags & (O_ACCMODE | O_NONBLOCK), 'mqueue');
  k.trace.write(of, 'private_data', k.trace.get(queue));
  fd_install(k, fd, of, (flags & O_CLOEXEC) !== 0);
  return fd;
}

function permitted(k: Kernel, queue: mqueue_inode, wanted: number): boolean {
  const { fsuid } = k.current.cred;
  const bits = fsuid === queue.uid ? queue.mode >> 6 : in_group_p(k.current.cred, queue.gid) ? queue.mode >> 3 : queue.mode;
  return (wanted & ~bits & 7) === 0 || fsuid === 0;
}

function create(k: Kernel, name: string, mode: number, attr: { readonly maxmsg: number; readonly msgsize: number } | null): mqueue_inode | Err {
  const ns = current_ipc_ns(k);
  const { limits } = ns;
  const privileged = capable(k, CAP_SYS_RESOURCE);
  if (ns.mqueues.size >= limits.mq_queues_max && !privileged) return err('ENOSPC');
  const maxmsg = attr?.maxmsg ?? Math.min(limits.mq_msg_max, limits.mq_msg_default);
  const msgsize = attr?.msgsize ?? Math.min(limits.mq_msgsize_max, limits.mq_msgsize_default);
  if (maxmsg <= 0 || msgsize <= 0) return err('EINVAL');
  if (privileged ? maxmsg > 65536 || msgsize > 16 * 1024 * 1024 : maxmsg > limits.mq_msg_max || msgsize > limits.mq_msgsize_max) return err('EINVAL');
  const { fsuid, fsgid, ucounts: counters } = k.current.cred;
  const queue = new mqueue_inode(name, maxmsg, msgsize, fsuid, fsgid, mode & 0o777);
  if (counters && !charge(k, counters, queue)) return err('EMFILE');
  k.trace.alloc(queue);
  k.trace.insert(ns.mqueues, name, queue);
  return queue;
}

/** Queues are counted in bytes by user: the messages, and what the kernel needs for each. */
function charge(k: Kernel, counters: ucounts, queue: mqueue_inode): boolean {
  const bytes = queue.maxmsg * (queue.msgsize + 48);
  const limit = k.current.signal.rlimit.get(RLIMIT_MSGQUEUE)?.cur ?? Infinity;
  inc_rlimit_ucounts(k, counters, 'msgqueue', bytes);
  const over = is_rlimit_overlimit(counters, 'msgqueue', limit);
  if (over) dec_rlimit_ucounts(k, counters, 'msgqueue', bytes);
  else queue.charged = { ucounts: k.trace.get(counters), bytes };
  return !over;
}

/** mq_unlink(2): the name goes; those who have it open keep it. Errors: ENOENT, EACCES. */
export function sys_mq_unlink(k: Kernel, name: string): 0 | Err {
  const { mqueues } = current_ipc_ns(k);
  const queue = mqueues.get(name);
  if (!queue) return err('ENOENT');
  // The directory is sticky: only the owner of a queue may remove its name.
  const { fsuid } = k.current.cred;
  if (fsuid !== queue.uid && fsuid !== 0) return err('EPERM');
  k.trace.remove(mqueues, name);
  put_mqueue(k, queue);
  return 0;
}

function queue_of(of: file | null): mqueue_inode | null {
  return of?.private_data instanceof mqueue_inode ? of.private_data : null;
}

/** mq_timedsend(2); `expired`: the time limit is over. Blocks while the queue is full. Errors: EBADF, EINVAL, EMSGSIZE, EAGAIN, ETIMEDOUT. */
export function sys_mq_timedsend(k: Kernel, fd: number, data: Uint8Array, priority: number, expired = false): number | Blocked {
  if (priority >= MQ_PRIO_MAX) return err('EINVAL');
  const of = fget(k, fd);
  const queue = queue_of(of);
  if (!of || !queue || !f_writable(of.f_flags)) return err('EBADF');
  if (data.length > queue.msgsize) return err('EMSGSIZE');
  if (queue.messages.length >= queue.maxmsg) {
    if ((of.f_flags & O_NONBLOCK) !== 0) return err('EAGAIN');
    return expired ? err('ETIMEDOUT') : wait_on(k, queue, 'mq_timedsend');
  }
  // who waits for a message gets it, and nobody else is told
  const awaited = (k.rq.waiters.get(queue) ?? []).some(({ wait }) => wait?.kind === 'mq_timedreceive');
  const first = queue.messages.length === 0 && !awaited;
  const at = queue.messages.findIndex((other) => other.priority < priority);
  k.trace.write(queue, 'messages', queue.messages.toSpliced(at < 0 ? queue.messages.length : at, 0, { priority, data }));
  if (first) __do_notify(k, queue);
  wake_up(k, queue);
  return 0;
}

/** mq_timedreceive(2): the oldest message of the highest priority. Errors: EBADF, EMSGSIZE, EAGAIN, ETIMEDOUT. */
export function sys_mq_timedreceive(k: Kernel, fd: number, size: number, expired = false): { readonly priority: number; readonly data: Uint8Array } | Err | Blocked {
  const of = fget(k, fd);
  const queue = queue_of(of);
  if (!of || !queue || !f_readable(of.f_flags)) return err('EBADF');
  if (size < queue.msgsize) return err('EMSGSIZE');
  const [first, ...rest] = queue.messages;
  if (!first) {
    if ((of.f_flags & O_NONBLOCK) !== 0) return err('EAGAIN');
    return expired ? err('ETIMEDOUT') : wait_on(k, queue, 'mq_timedreceive');
  }
  k.trace.write(queue, 'messages', rest);
  wake_up(k, queue);
  return first;
}

/** mq_getsetattr(2): attributes as they were; `flags` (O_NONBLOCK or 0) are set when given. Errors: EBADF, EINVAL. */
export function sys_mq_getsetattr(k: Kernel, fd: number, flags: number | null): mq_attr | Err {
  if (flags !== null && (flags & ~O_NONBLOCK) !== 0) return err('EINVAL');
  const of = fget(k, fd);
  const queue = queue_of(of);
  if (!of || !queue) return err('EBADF');
  const was = { flags: of.f_flags & O_NONBLOCK, maxmsg: queue.maxmsg, msgsize: queue.msgsize, curmsgs: queue.messages.length };
  if (flags !== null) k.trace.write(of, 'f_flags', (of.f_flags & ~O_NONBLOCK) | flags);
  return was;
}

/** What reading a queue's file in /dev/mqueue shows. */
export function mqueue_show(k: Kernel, queue: mqueue_inode): string {
  const size = queue.messages.reduce((sum, { data }) => sum + data.length, 0);
  return `QSIZE:${String(size).padEnd(10)} ${notify_text(k, queue)}`;
}

register_file_ops('mqueue', {
  release: (k, of) => {
    const queue = queue_of(of);
    if (queue) put_mqueue(k, queue);
  },
  flush: (k, of) => {
    const queue = queue_of(of);
    if (queue) mqueue_flush_file(k, queue);
  },
  read: (k, of, count, pos) => {
    const queue = queue_of(of);
    return queue ? encode(mqueue_show(k, queue)).slice(pos, pos + count) : new Uint8Array(0);
  },
  poll: (_k, of) => {
    const queue = queue_of(of);
    return queue ? (queue.messages.length > 0 ? READABLE : 0) | (queue.messages.length < queue.maxmsg ? WRITABLE : 0) : 0;
  },
  name: (_k, of) => `/${queue_of(of)?.name ?? ''}`,
});
