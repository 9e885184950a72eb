import { err, isErr, type Err } from './errno.ts';
import { anon_inode_getfd } from './eventfd.ts';
import { POLLHUP, READABLE, WRITABLE, register_file_ops, type IoctlResult } from './file_ops.ts';
import { fget_raw, receive_fd } from './files.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { O_CLOEXEC } from './mode.ts';
import { KObject } from './object.ts';
import { task_active_pid_ns } from './pid.ts';
import { task_pid_nr_ns } from './pid_lookup.ts';
import { wait_on, wake_up, wake_up_process, type Blocked } from './sched.ts';
import type { seccomp_filter } from './seccomp.ts';
import type { task_struct, Wait } from './task.ts';
import { Table } from './trace.ts';
import { Reader, Writer } from './uaccess.ts';
import { atLeast } from './version.ts';
import type { file } from './vfs.ts';

/** One call that waits for an answer: `init` until somebody read of it, `sent` until it is answered. */
export class seccomp_knotif extends KObject {
  override readonly kind = 'seccomp notification';
  readonly nr: bigint;
  readonly task: task_struct;
  readonly data: Uint8Array;
  state: 'init' | 'sent' | 'replied' = 'init';
  /** What the call has for its result, in place of being made: `error`, or when that is 0 `val`. */
  error = 0;
  val = 0;
  /** SECCOMP_USER_NOTIF_FLAG_CONTINUE: it is made after all. */
  flags = 0;
  constructor(nr: bigint, task: task_struct, data: Uint8Array) {
    super();
    this.nr = nr;
    this.task = task;
    this.data = data;
  }
}

/** What a filter asks when it decides SECCOMP_RET_USER_NOTIF; read and answered through a descriptor. */
export class seccomp_listener extends KObject {
  override readonly kind = 'seccomp listener';
  /** The descriptor was closed everywhere: calls fail with ENOSYS. */
  closed = false;
  /** The number that the next call gets. The real kernel begins with a random one. */
  next_id = 0x1000000000001n;
  /** Calls that were made and not read of, and those that ended before they were. */
  requests = 0;
  /** SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV: once it was read of, only what ends the task ends its wait. */
  readonly wait_killable: boolean;
  readonly notifications = new Table<bigint, seccomp_knotif>(this, 'notifications');
  constructor(wait_killable: boolean) {
    super();
    this.wait_killable = wait_killable;
  }
}

/** Kinds of wait of a call that was asked about: before it was read of, or without wait_killable; after it. */
const ASKED = 'seccomp', SENT = 'seccomp killable';
const CONTINUE = 1;
const ADDFD_SETFD = 1, ADDFD_SEND = 2;
const IOCTL = { RECV: 0xc0502100, SEND: 0xc0182101, ID_VALID: 0x40082102, ADDFD: 0x40182103, SET_FLAGS: 0x40082104 } as const;

const DO = listing('seccomp_do_user_notification', 'kernel/seccomp.c', [
  ['nobody', 0, 'if (!match->notif) return -ENOSYS', 'Nobody listens: {call} fails with ENOSYS.', 'The filter was set without a listener, or its descriptor was closed.'],
  ['ask', 0, 'list_add_tail(&n.list, &match->notif->notifications); wake_up_poll(&match->wqh, EPOLLIN | EPOLLRDNORM)', 'Whoever holds the listener is asked about {call}.', 'It sees what the filter sees, and the number of {task}.'],
  ['wait', 0, 'err = wait_for_completion_interruptible(&n.ready)', '{task} waits for the answer.', 'Until then {call} is neither made nor refused.'],
  ['interrupted', 0, 'interrupted: list_del(&n.list)', '{task} no longer waits for an answer.', 'A signal came first. If the call is made again, it is asked about anew.'],
  ['go_on', 0, 'if (flags & SECCOMP_USER_NOTIF_FLAG_CONTINUE) return 0', '{call} is made after all.', 'The answer says so. What it points to may have been changed since, so that is no protection.'],
  ['answer', 0, 'syscall_set_return_value(current, current_pt_regs(), err, ret)', '{call} has the result {ret}.', 'Whoever listens decided it, and may have done something else in its place.'],
]);

/** The chain's listeners. */
function* listeners(filter: seccomp_filter | null): Generator<seccomp_listener> {
  for (let f = filter; f; f = f.prev) if (f.notif instanceof seccomp_listener) yield f.notif;
}

/** Does a filter below have one already? There may be one only. */
export function has_duplicate_listener(filter: seccomp_filter | null): boolean {
  return !listeners(filter).next().done;
}

/** A new listener and the descriptor for it. Errors: EMFILE. */
export function init_listener(k: Kernel, wait_killable: boolean): { readonly fd: number; readonly notif: seccomp_listener } | Err {
  const notif = new seccomp_listener(wait_killable);
  const fd = anon_inode_getfd(k, 'seccomp notify', notif, O_CLOEXEC);
  return isErr(fd) ? fd : { fd, notif };
}

/** Asks the filter's listener about a call that is not made yet. `data`: struct seccomp_data. */
export function seccomp_do_user_notification(k: Kernel, notif: KObject | null, call: string, data: Uint8Array): number | Blocked {
  const { at } = DO;
  const { current: task } = k;
  k.enter(DO, { task });
  if (!(notif instanceof seccomp_listener) || notif.closed) {
    k.at(at.nobody, { call });
    return k.leave(DO, err('ENOSYS'));
  }
  k.at(at.ask, { call, task });
  const asked = k.trace.alloc(new seccomp_knotif(notif.next_id, task, data));
  k.trace.write(notif, 'next_id', notif.next_id + 1n);
  k.trace.insert(notif.notifications, asked.nr, asked);
  k.trace.write(notif, 'requests', notif.requests + 1);
  wake_up(k, notif);
  k.at(at.wait, { task, call });
  return k.leave(DO, wait_on(k, asked, ASKED, [notif]));
}

/** Was this the wait for a listener's answer? */
export function waits_for_listener(waited: Wait | null): waited is Wait {
  return waited !== null && (waited.kind === ASKED || waited.kind === SENT);
}

function asked_of({ args: [asked, notif] }: Wait): { readonly asked: seccomp_knotif; readonly notif: seccomp_listener } {
  if (!(asked instanceof seccomp_knotif) || !(notif instanceof seccomp_listener)) throw new Error('a wait for a listener does not name it');
  return { asked, notif };
}

/** The running task, which waited for an answer, goes on: the result of its call; null: it is made; `again`: it is to be asked about once more. */
export function notification_answered(k: Kernel, waited: Wait, call: string): number | null | 'again' {
  const { at } = DO;
  const { asked, notif } = asked_of(waited);
  if (asked.freed) return 'again';
  k.enter(DO, { task: k.current });
  forget(k, notif, asked);
  if ((asked.flags & CONTINUE) !== 0) {
    k.at(at.go_on, { call });
    return k.leave(DO, null);
  }
  const ret = asked.error !== 0 ? asked.error : asked.val;
  k.at(at.answer, { call, ret });
  return k.leave(DO, ret);
}

/** A signal ended the running task's wait. */
export function notification_interrupted(k: Kernel, waited: Wait): void {
  const { asked, notif } = asked_of(waited);
  if (asked.freed) return;
  k.enter(DO, { task: k.current });
  k.at(DO.at.interrupted, { task: k.current });
  forget(k, notif, asked);
  k.leave(DO, undefined);
}

function forget(k: Kernel, notif: seccomp_listener, asked: seccomp_knotif): void {
  k.trace.remove(notif.notifications, asked.nr);
  k.trace.free(asked);
}

/** Does anybody still run under the listener's filter? */
function has_users(k: Kernel, notif: seccomp_listener): boolean {
  return [...k.tasks.values()].some(({ seccomp }) => seccomp !== null && [...listeners(seccomp.filter)].includes(notif));
}

/** A task that ended lets go of its filters. Whoever listens to one that nobody is left under is told. */
export function seccomp_filter_release(k: Kernel, task: task_struct): void {
  const { seccomp } = task;
  if (!seccomp?.filter) return;
  const all = [...listeners(seccomp.filter)];
  k.trace.write(task, 'seccomp', { mode: seccomp.mode, filter: null });
  for (const notif of all) if (!has_users(k, notif)) over(k, notif);
}

/** Nobody is left under the listener's filter. */
function over(k: Kernel, notif: seccomp_listener): void {
  if (notif.closed) k.trace.free(notif);
  else wake_up(k, notif);
}

function listener_of(of: file): seccomp_listener {
  return of.private_data as seccomp_listener;
}

function in_state(notif: seccomp_listener, state: seccomp_knotif['state']): seccomp_knotif | undefined {
  return [...notif.notifications.values()].find((asked) => asked.state === state);
}

/** SECCOMP_IOCTL_NOTIF_RECV. Errors: EINVAL (not all zero), ENOENT (it ended meanwhile; nobody is left). */
function recv(k: Kernel, notif: seccomp_listener, given: Uint8Array): IoctlResult {
  if (given.some((byte) => byte !== 0)) return err('EINVAL');
  const left = !atLeast(k.version, '6.12') || has_users(k, notif);
  if (left && notif.requests === 0) return wait_on(k, notif, atLeast(k.version, '6.12') ? 'ioctl' : 'seccomp recv');
  if (left) k.trace.write(notif, 'requests', notif.requests - 1);
  const asked = in_state(notif, 'init');
  if (!asked) return err('ENOENT');
  k.trace.write(asked, 'state', 'sent');
  const { task } = asked;
  if (notif.wait_killable && task.wait) k.trace.write(task, 'wait', { ...task.wait, kind: SENT });
  wake_up(k, notif);
  const pid = task_pid_nr_ns(task, task_active_pid_ns(k.current));
  return { value: 0, out: new Writer().u64(asked.nr).u32(pid).u32(0).fixed(asked.data).done() };
}

/** SECCOMP_IOCTL_NOTIF_SEND. Errors: EINVAL, ENOENT (nobody waits for it any more), EINPROGRESS (not read of, or answered already). */
function send(k: Kernel, notif: seccomp_listener, given: Uint8Array): number {
  const read = new Reader(given);
  const [nr, val, error, flags] = [read.big(), read.i64(), read.i32(), read.u32()];
  if ((flags & ~CONTINUE) !== 0 || ((flags & CONTINUE) !== 0 && (error !== 0 || val !== 0))) return err('EINVAL');
  const asked = sent(notif, nr);
  if (isErr(asked)) return asked;
  reply(k, asked, { val, error, flags });
  return 0;
}

/** A call that was read of and not answered. Errors: ENOENT, EINPROGRESS. */
function sent(notif: seccomp_listener, nr: bigint): seccomp_knotif | Err {
  const asked = notif.notifications.get(nr);
  if (!asked) return err('ENOENT');
  return asked.state === 'sent' ? asked : err('EINPROGRESS');
}

function reply(k: Kernel, asked: seccomp_knotif, { val, error, flags }: { readonly val: number; readonly error: number; readonly flags: number }): void {
  k.trace.write(asked, 'val', val);
  k.trace.write(asked, 'error', error);
  k.trace.write(asked, 'flags', flags);
  k.trace.write(asked, 'state', 'replied');
  wake_up_process(k, asked.task);
}

/** SECCOMP_IOCTL_NOTIF_ADDFD: gives whoever waits a descriptor; its number. Errors: EINVAL, EBADF, ENOENT, EINPROGRESS, EMFILE. */
function addfd(k: Kernel, notif: seccomp_listener, given: Uint8Array): number {
  const read = new Reader(given);
  const [nr, flags, srcfd, newfd, newfd_flags] = [read.big(), read.u32(), read.u32(), read.u32(), read.u32()];
  if ((newfd_flags & ~O_CLOEXEC) !== 0 || (flags & ~(ADDFD_SETFD | ADDFD_SEND)) !== 0 || (newfd !== 0 && (flags & ADDFD_SETFD) === 0)) return err('EINVAL');
  const of = fget_raw(k, srcfd);
  if (!of) return err('EBADF');
  const asked = sent(notif, nr);
  if (isErr(asked)) return asked;
  const fd = receive_fd(k, asked.task, of, (flags & ADDFD_SETFD) !== 0 ? newfd : null, (newfd_flags & O_CLOEXEC) !== 0);
  if (!isErr(fd) && (flags & ADDFD_SEND) !== 0) reply(k, asked, { val: fd, error: 0, flags: 0 });
  return fd;
}

function seccomp_notify_ioctl(k: Kernel, of: file, cmd: number, arg: unknown): IoctlResult {
  const notif = listener_of(of);
  if (!Object.values<number>(IOCTL).includes(cmd)) return err('EINVAL');
  if (cmd === IOCTL.SET_FLAGS) return atLeast(k.version, '6.12') && (Number(arg) === 0 || Number(arg) === 1) ? 0 : err('EINVAL');
  if (!(arg instanceof Uint8Array)) return err('EFAULT');
  switch (cmd) {
    case IOCTL.RECV: return recv(k, notif, arg);
    case IOCTL.SEND: return send(k, notif, arg);
    case IOCTL.ADDFD: return atLeast(k.version, '6.1') ? addfd(k, notif, arg) : err('EINVAL');
    default: return notif.notifications.get(new Reader(arg).big())?.state === 'sent' ? 0 : err('ENOENT');
  }
}

register_file_ops('seccomp notify', {
  stream: true,
  ioctl: seccomp_notify_ioctl,
  poll(k, of) {
    const notif = listener_of(of);
    const nobody = atLeast(k.version, '6.1') && !has_users(k, notif);
    return (in_state(notif, 'init') ? READABLE : 0) | (in_state(notif, 'sent') ? WRITABLE : 0) | (nobody ? POLLHUP : 0);
  },
  release(k, of) {
    const notif = listener_of(of);
    k.trace.write(notif, 'closed', true);
    for (const asked of notif.notifications.values()) if (asked.state !== 'replied') reply(k, asked, { val: 0, error: err('ENOSYS'), flags: 0 });
    if (!has_users(k, notif)) over(k, notif);
  },
  name: () => 'anon_inode:seccomp notify',
});
