import { CAP_SYS_RESOURCE, ns_capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import { IPC_NOWAIT, IPC_RMID, IPC_SET, IPC_STAT, ipc_addid, ipc_obtain, ipc_rmid, ipcctl_may_change, ipcget, ipcperms, kern_ipc_perm, seconds } from './ipc_ids.ts';
import type { Kernel } from './kernel.ts';
import { wait_on, wake_up } from './sched.ts';
import type { Blocked } from './sched.ts';
import { current_ipc_ns, ipc_update } from './sem.ts';

export interface msg_msg { readonly type: number; readonly data: Uint8Array }

/** A message queue. */
export class msg_queue extends kern_ipc_perm {
  override readonly kind = 'message queue';
  override readonly what = 'msg';
  messages: readonly msg_msg[] = [];
  /** Most bytes it holds. */
  qbytes: number;
  stime = 0;
  rtime = 0;
  /** Tasks that sent and received last, by task id of the kernel. */
  lspid = 0;
  lrpid = 0;
  constructor(k: Kernel, key: number, mode: number, qbytes: number) {
    super(k, key, mode);
    this.qbytes = qbytes;
  }
  get cbytes(): number { return this.messages.reduce((sum, { data }) => sum + data.length, 0); }
}

export const MSG_NOERROR = 0o10000;
export const MSG_EXCEPT = 0o20000;
export const MSG_COPY = 0o40000;
const READ = 0o444;
const WRITE = 0o222;

/** msgget(2): the id. Errors: ENOENT, EEXIST, EACCES, ENOSPC. */
export function sys_msgget(k: Kernel, key: number, flags: number): number {
  const { msg_ids, limits } = current_ipc_ns(k);
  return ipcget(k, msg_ids, key, flags, () => 0, () => ipc_addid(k, msg_ids, new msg_queue(k, key, flags, limits.msg_ctlmnb), limits.msg_ctlmni));
}

function find(k: Kernel, msqid: number): msg_queue | Err {
  const found = ipc_obtain(current_ipc_ns(k).msg_ids, msqid);
  return found instanceof msg_queue ? found : err('EINVAL');
}

/** msgsnd(2). Blocks while the queue is full. `waited`: the queue it waits for. Errors: EINVAL, EACCES, EAGAIN, EIDRM. */
export function sys_msgsnd(k: Kernel, msqid: number, message: msg_msg, flags: number, waited: msg_queue | null = null): number | Blocked {
  if (waited && (waited.deleted || waited.freed)) return err('EIDRM');
  const ns = current_ipc_ns(k);
  if (message.data.length > ns.limits.msg_ctlmax || msqid < 0 || message.type < 1) return err('EINVAL');
  const queue = waited ?? find(k, msqid);
  if (isErr(queue)) return queue;
  const denied = ipcperms(k, ns.msg_ids, queue, WRITE);
  if (denied) return denied;
  if (queue.cbytes + message.data.length > queue.qbytes || queue.messages.length + 1 > queue.qbytes) {
    return (flags & IPC_NOWAIT) !== 0 ? err('EAGAIN') : wait_on(k, queue, 'msgsnd', [msqid, message, flags]);
  }
  k.trace.write(queue, 'messages', [...queue.messages, message]);
  k.trace.write(queue, 'lspid', k.current.id);
  k.trace.write(queue, 'stime', seconds(k));
  wake_up(k, queue);
  return 0;
}

/**
 * msgrcv(2): the message, or an error. `msgtyp`: 0 the first, > 0 the first of that type (MSG_EXCEPT: of another), < 0 the lowest type up to it.
 * Blocks until there is one. Errors: EINVAL, EACCES, ENOMSG, E2BIG, EIDRM.
 */
export function sys_msgrcv(k: Kernel, msqid: number, size: number, msgtyp: number, flags: number, waited: msg_queue | null = null): msg_msg | Err | Blocked {
  if (waited && (waited.deleted || waited.freed)) return err('EIDRM');
  if (msqid < 0 || size < 0) return err('EINVAL');
  if ((flags & MSG_COPY) !== 0) return (flags & MSG_EXCEPT) !== 0 || (flags & IPC_NOWAIT) === 0 ? err('EINVAL') : err('ENOSYS');
  const queue = waited ?? find(k, msqid);
  if (isErr(queue)) return queue;
  const denied = ipcperms(k, current_ipc_ns(k).msg_ids, queue, READ);
  if (denied) return denied;
  const index = choose(queue.messages, msgtyp, (flags & MSG_EXCEPT) !== 0);
  const found = queue.messages[index];
  if (!found) return (flags & IPC_NOWAIT) !== 0 ? err('ENOMSG') : wait_on(k, queue, 'msgrcv', [msqid, size, msgtyp, flags]);
  if (found.data.length > size && (flags & MSG_NOERROR) === 0) return err('E2BIG');
  k.trace.write(queue, 'messages', queue.messages.toSpliced(index, 1));
  k.trace.write(queue, 'lrpid', k.current.id);
  k.trace.write(queue, 'rtime', seconds(k));
  wake_up(k, queue);
  return { type: found.type, data: found.data.slice(0, size) };
}

function choose(messages: readonly msg_msg[], msgtyp: number, except: boolean): number {
  if (msgtyp === 0) return messages.length > 0 ? 0 : -1;
  if (msgtyp > 0) return messages.findIndex(({ type }) => (type === msgtyp) !== except);
  let best = -1;
  for (const [index, { type }] of messages.entries()) {
    if (type <= -msgtyp && (best < 0 || type < (messages[best]?.type ?? 0))) best = index;
  }
  return best;
}

/** msgctl(2): 0, the queue itself for IPC_STAT, or an error. */
export function sys_msgctl(k: Kernel, msqid: number, cmd: number, arg: { readonly uid: number; readonly gid: number; readonly mode: number; readonly qbytes: number } | null): number | msg_queue {
  const { msg_ids, limits } = current_ipc_ns(k);
  const queue = find(k, msqid);
  if (isErr(queue)) return queue;
  switch (cmd) {
    case IPC_STAT: return ipcperms(k, msg_ids, queue, READ) || queue;
    case IPC_SET: {
      const denied = ipcctl_may_change(k, msg_ids, queue);
      if (denied || !arg) return denied || err('EFAULT');
      if (arg.qbytes > limits.msg_ctlmnb && !ns_capable(k, k.init_user_ns, CAP_SYS_RESOURCE)) return err('EPERM');
      const failed = ipc_update(k, queue, arg);
      if (failed) return failed;
      k.trace.write(queue, 'qbytes', arg.qbytes);
      wake_up(k, queue);
      return 0;
    }
    case IPC_RMID: {
      const denied = ipcctl_may_change(k, msg_ids, queue);
      if (denied) return denied;
      ipc_rmid(k, msg_ids, queue);
      k.trace.free(queue);
      return 0;
    }
    default: return err('EINVAL');
  }
}
