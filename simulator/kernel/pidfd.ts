import { err, isErr, type Err } from './errno.ts';
import { POLLHUP, READABLE, register_file_ops } from './file_ops.ts';
import { alloc_file, fd_install, fget, get_unused_fd } from './files.ts';
import type { Kernel } from './kernel.ts';
import { check_kill_permission } from './kill.ts';
import { listing } from './listing.ts';
import { O_NONBLOCK, O_RDWR } from './mode.ts';
import { open_namespace } from './nsfs.ts';
import type { ns_common } from './ns_common.ts';
import { pid, task_active_pid_ns } from './pid.ts';
import { get_pid, put_pid } from './pid_alloc.ts';
import { find_vpid, pid_tgid_task, pid_vnr } from './pid_lookup.ts';
import { PTRACE_MODE_READ_FSCREDS, PTRACE_MODE_READ_REALCREDS, ptrace_may_access } from './ptrace.ts';
import { send_signal, send_signal_from } from './signal.ts';
import { SI_USER } from './signals.ts';
import type { siginfo, task_struct } from './task.ts';
import { atLeast } from './version.ts';
import type { file } from './vfs.ts';

export const PIDFD_NONBLOCK = O_NONBLOCK;
/** Same bit as O_EXCL: it stands for a thread, not for a process. */
export const PIDFD_THREAD = 0o200;
export const PIDFD_SIGNAL_THREAD = 1;
export const PIDFD_SIGNAL_THREAD_GROUP = 2;
export const PIDFD_SIGNAL_PROCESS_GROUP = 4;

export interface prepared_pidfd { readonly fd: number; readonly file: file }

/** A descriptor number and an open file for a process or thread; installed by the caller when all went well. Errors: EMFILE. */
export function pidfd_prepare(k: Kernel, of: pid, what: 'process' | 'thread', flags: number): prepared_pidfd | Err {
  const fd = get_unused_fd(k);
  if (isErr(fd)) return fd;
  const made = alloc_file(k, null, O_RDWR | (flags & PIDFD_NONBLOCK) | (what === 'thread' ? PIDFD_THREAD : 0), 'pidfd');
  k.trace.write(made, 'private_data', get_pid(k, of));
  return { fd, file: made };
}

const OPEN = listing('__x64_sys_pidfd_open', 'kernel/pid.c', [
  ['flags', 0, 'if (flags & ~(PIDFD_NONBLOCK | PIDFD_THREAD)) return -EINVAL', 'An unknown flag: EINVAL.', 'It may mean something in a newer kernel.', { since: '5.7' }],
  ['number', 0, 'if (pid <= 0) return -EINVAL', '{nr} is not a pid: EINVAL.', 'Pids are greater than 0.', { since: '5.7' }],
  ['find', 0, 'p = find_get_pid(pid); if (!p) return -ESRCH', 'There is no process {nr}: ESRCH.', 'It ended, or is not visible in the caller\'s pid namespace.', { since: '5.7' }],
  ['leader', 0, 'if (it is not the leader of a process) return an error', '{nr} is a mere thread.', 'Without PIDFD_THREAD a pidfd stands for a process.', { since: '5.7' }],
  ['open', 0, 'fd = pidfd_create(p, flags)', 'Descriptor {fd} stands for process {nr}.', 'It goes on meaning this one, even if the number is used again.', { since: '5.7' }],
]);

/** pidfd_open(2). Errors: EINVAL, ESRCH, EMFILE; for a mere thread ENOENT (EINVAL until 6.12); ENOSYS before 5.3. */
export function sys_pidfd_open(k: Kernel, nr: number, flags: number): number | Err {
  if (!k.features.pidfd) return err('ENOSYS');
  k.enter(OPEN, { nr, flags });
  const { at } = OPEN;
  const known = (atLeast(k.version, '6.1') ? PIDFD_NONBLOCK : 0) | (k.features.pidfd_thread ? PIDFD_THREAD : 0);
  const found = nr > 0 ? find_vpid(k, nr) : null;
  const thread = (flags & PIDFD_THREAD) !== 0;
  const [line, failed] = (flags & ~known) !== 0 ? [at.flags, err('EINVAL')] as const
    : nr <= 0 ? [at.number, err('EINVAL')] as const
      : !found?.pid_task ? [at.find, err('ESRCH')] as const
        : !thread && !pid_tgid_task(found) ? [at.leader, err(atLeast(k.version, '6.18') ? 'ENOENT' : 'EINVAL')] as const : [null, 0] as const;
  if (line || !found) {
    if (line) k.at(line, { nr });
    return k.leave(OPEN, failed);
  }
  const prepared = pidfd_prepare(k, found, thread ? 'thread' : 'process', flags);
  if (isErr(prepared)) return k.leave(OPEN, prepared);
  k.at(at.open, { nr, fd: prepared.fd });
  fd_install(k, prepared.fd, prepared.file, true);
  return k.leave(OPEN, prepared.fd);
}

function pidfd_of(k: Kernel, fd: number): pid | Err {
  const found = fget(k, fd)?.private_data;
  return found instanceof pid ? found : err('EBADF');
}

/** pidfd_getfd(2): a duplicate of another process' descriptor. Errors: EINVAL, EBADF, ESRCH, EPERM, EMFILE; ENOSYS before 5.6. */
export function sys_pidfd_getfd(k: Kernel, pidfd: number, fd: number, flags: number): number | Err {
  if (!k.features.pidfd) return err('ENOSYS');
  if (flags !== 0) return err('EINVAL');
  const of = pidfd_of(k, pidfd);
  if (isErr(of)) return of;
  const task = of.pid_task;
  if (!task) return err('ESRCH');
  if (!ptrace_may_access(k, task, PTRACE_MODE_READ_REALCREDS)) return err('EPERM');
  if (!task.files) return err('ESRCH');
  const theirs = task.files.fd.get(fd);
  if (!theirs) return err('EBADF');
  const own = get_unused_fd(k);
  if (isErr(own)) return own;
  fd_install(k, own, k.trace.get(theirs), true);
  return own;
}

/** pidfd_send_signal(2). `info` null: as kill(2). Errors: EINVAL, EBADF, ESRCH, EPERM; ENOSYS before 5.1. */
export function sys_pidfd_send_signal(k: Kernel, pidfd: number, sig: number, info: siginfo | null, flags: number): 0 | Err {
  if (!k.features.pidfd) return err('ENOSYS');
  const known = k.features.pidfd_thread ? PIDFD_SIGNAL_THREAD | PIDFD_SIGNAL_THREAD_GROUP | PIDFD_SIGNAL_PROCESS_GROUP : 0;
  if ((flags & ~known) !== 0 || (flags & (flags - 1)) !== 0) return err('EINVAL');
  const opened = fget(k, pidfd);
  const of = pidfd_of(k, pidfd);
  if (!opened || isErr(of)) return err('EBADF');
  if (!visible(k, of)) return err('EINVAL');
  const task = of.pid_task;
  if (!task) return err('ESRCH');
  if (info && info.signo !== sig) return err('EINVAL');
  if (info && task !== k.current && (info.code >= 0 || info.code === -6)) return err('EPERM');
  const denied = check_kill_permission(k, sig, task);
  if (denied || sig === 0) return denied;
  const group = flags === 0 ? (opened.f_flags & PIDFD_THREAD) === 0 : flags !== PIDFD_SIGNAL_THREAD;
  const targets = flags === PIDFD_SIGNAL_PROCESS_GROUP && task.signal.pgrp ? [...task.signal.pgrp.pgrp.values()] : [task];
  for (const t of targets) {
    if (info) send_signal(k, info, t, group, false);
    else send_signal_from(k, sig, SI_USER, t, group);
  }
  return 0;
}

/** Is the process in the caller's pid namespace, or below it? */
function visible(k: Kernel, of: pid): boolean {
  const ns = task_active_pid_ns(k.current);
  return of.numbers[ns.level]?.ns === ns;
}

const PIDFS_MAGIC = 0xff00;

/** Namespaces by the number of the ioctl, from 1 on: each type by name, pid and time for children too. */
const GET: readonly ((task: task_struct) => ns_common | null)[] = [
  (task) => task.nsproxy?.cgroup_ns ?? null,
  (task) => task.nsproxy?.ipc_ns ?? null,
  (task) => task.nsproxy?.mnt_ns ?? null,
  (task) => task.nsproxy?.net_ns ?? null,
  (task) => task_active_pid_ns(task),
  (task) => task.nsproxy?.pid_ns_for_children ?? null,
  (task) => task.nsproxy?.time_ns ?? null,
  (task) => task.nsproxy?.time_ns_for_children ?? null,
  (task) => task.cred.user_ns,
  (task) => task.nsproxy?.uts_ns ?? null,
];

/** PIDFD_GET_…_NAMESPACE: a descriptor for a namespace of the process. Errors: ENOTTY, EINVAL, ESRCH (zombie or gone), EACCES. [N1–N5] */
function pidfd_ioctl(k: Kernel, of: file, cmd: number, arg: unknown): number {
  const get = (cmd & 0xff00) === PIDFS_MAGIC ? GET[(cmd & 0xff) - 1] : undefined;
  if (!get || !k.features.pidfd_ioctl) return err('ENOTTY');
  if (arg !== 0 && arg !== null && arg !== undefined) return err('EINVAL');
  const task = of.private_data instanceof pid ? of.private_data.pid_task : null;
  if (!task?.nsproxy) return err('ESRCH');
  if (!ptrace_may_access(k, task, PTRACE_MODE_READ_FSCREDS)) return err('EACCES');
  const ns = get(task);
  if (!ns) return err('EOPNOTSUPP');
  return open_namespace(k, ns);
}

register_file_ops('pidfd', {
  stream: true,
  release(k, of) {
    if (of.private_data instanceof pid) put_pid(k, of.private_data);
  },
  poll(_, of) {
    const task = of.private_data instanceof pid ? of.private_data.pid_task : null;
    if (!task) return READABLE | (of.private_data instanceof pid ? POLLHUP : 0);
    const ended = (task.state === 'zombie' && ((of.f_flags & PIDFD_THREAD) !== 0 || task.signal.threads.size === 1));
    return ended ? READABLE : 0;
  },
  ioctl: pidfd_ioctl,
  name: () => 'anon_inode:[pidfd]',
  fdinfo(k, of) {
    const { private_data } = of;
    if (!(private_data instanceof pid)) return '';
    const gone = !private_data.pid_task;
    const own = pid_vnr(k, private_data);
    const below = own === 0 ? [] : private_data.numbers.slice(task_active_pid_ns(k.current).level + 1).map(({ nr }) => nr);
    const all = [gone ? -1 : own, ...(gone ? [] : below)];
    return `Pid:\t${all[0]}\nNSpid:\t${all.join('\t')}\n`;
  },
});
