import { err, type Err } from './errno.ts';
import { fget } from './files.ts';
import type { Kernel } from './kernel.ts';
import { mqueue_inode } from './mqueue.ts';
import { netlink_unicast } from './netlink.ts';
import { task_active_pid_ns } from './pid.ts';
import { task_tgid_nr_ns } from './pid_lookup.ts';
import { send_signal } from './signal.ts';
import { SI_MESGQ, _NSIG } from './signals.ts';
import { AF_NETLINK, socket } from './socket.ts';
import { from_kuid_munged } from './uidgid.ts';

const SIGEV_SIGNAL = 0, SIGEV_NONE = 1, SIGEV_THREAD = 2;
/** The last byte of what a thread is told: that a message came, or that it will not be told any more. */
const NOTIFY_WOKENUP = 1, NOTIFY_REMOVED = 2;
const NOTIFY_COOKIE_LEN = 32;

/** How the process wants to be told; `cookie`: what it gets back, through the socket whose descriptor is `signo` (SIGEV_THREAD). */
export interface mq_sigevent { readonly notify: number; readonly signo: number; readonly value: number; readonly cookie: () => Uint8Array | Err }

/**
 * mq_notify(2): the process is told once of a message that comes while the queue is empty and nobody waits; null: not any more. Errors: EBADF, EINVAL, EFAULT,
 * EBUSY (somebody is told already).
 */
export function sys_mq_notify(k: Kernel, fd: number, event: mq_sigevent | null): 0 | Err {
  if (event && (![SIGEV_SIGNAL, SIGEV_NONE, SIGEV_THREAD].includes(event.notify) || (event.notify === SIGEV_SIGNAL && (event.signo < 0 || event.signo > _NSIG)))) return err('EINVAL');
  const threaded = event?.notify === SIGEV_THREAD ? thread_of(k, event) : null;
  if (typeof threaded === 'number') return threaded;
  const queue = fget(k, fd)?.private_data;
  if (!(queue instanceof mqueue_inode)) return err('EBADF');
  const { signal, cred, self_exec_id } = k.current;
  if (!event) {
    if (queue.notify?.owner === signal) remove_notification(k, queue);
    return 0;
  }
  if (queue.notify) return err('EBUSY');
  k.trace.write(queue, 'notify', { owner: signal, user_ns: cred.user_ns, exec_id: self_exec_id, notify: event.notify, signo: event.signo, value: event.value, ...threaded });
  return 0;
}

function thread_of(k: Kernel, { signo: fd, cookie }: mq_sigevent): { readonly sock: socket; readonly cookie: Uint8Array } | Err {
  const bytes = cookie();
  if (typeof bytes === 'number') return bytes;
  const of = fget(k, fd);
  if (!of) return err('EBADF');
  if (!(of.private_data instanceof socket)) return err('ENOTSOCK');
  return of.private_data.family === AF_NETLINK ? { sock: of.private_data, cookie: bytes } : err('EINVAL');
}

/** A message came into a queue that was empty: who wants to know is told, and then not again. */
export function __do_notify(k: Kernel, queue: mqueue_inode): void {
  const { notify } = queue;
  if (!notify) return;
  const { owner, user_ns, signo, value, exec_id } = notify;
  const task = owner.tgid?.pid_task;
  if (notify.notify === SIGEV_THREAD) tell_thread(k, queue, NOTIFY_WOKENUP);
  else if (notify.notify === SIGEV_SIGNAL && signo !== 0 && task && task.self_exec_id === exec_id) {
    const { current } = k;
    const pid = task_tgid_nr_ns(current, task_active_pid_ns(task));
    send_signal(k, { signo, code: SI_MESGQ, sender: current, pid, uid: from_kuid_munged(user_ns, current.cred.uid), value }, task, true, false);
  }
  k.trace.write(queue, 'notify', null);
}

function tell_thread(k: Kernel, { notify }: mqueue_inode, code: number): void {
  if (!notify?.sock || !notify.cookie || notify.sock.freed) return;
  const data = notify.cookie.slice(0, NOTIFY_COOKIE_LEN);
  data[NOTIFY_COOKIE_LEN - 1] = code;
  netlink_unicast(k, notify.sock, data);
}

function remove_notification(k: Kernel, queue: mqueue_inode): void {
  tell_thread(k, queue, NOTIFY_REMOVED);
  k.trace.write(queue, 'notify', null);
}

/** A process closes a descriptor of the queue: it is not told any more. */
export function mqueue_flush_file(k: Kernel, queue: mqueue_inode): void {
  if (queue.notify?.owner === k.current.signal) remove_notification(k, queue);
}

/** What a queue's file tells of this: how, by which signal, and whom. */
export function notify_text(k: Kernel, { notify }: mqueue_inode): string {
  const leader = notify?.owner.tgid?.pid_task;
  const pid = leader ? task_tgid_nr_ns(leader, task_active_pid_ns(k.current)) : 0;
  const shown = (value: number, width: number): string => String(value).padEnd(width);
  return `NOTIFY:${shown(notify?.notify ?? 0, 5)} SIGNO:${shown(notify?.notify === SIGEV_SIGNAL ? notify.signo : 0, 5)} NOTIFY_PID:${shown(pid, 6)}\n`;
}
