import { CAP_IPC_LOCK, ns_capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import { IPC_RMID, IPC_SET, IPC_STAT, ipc_addid, ipc_obtain, ipc_rmid, ipcctl_may_change, ipcget, ipcperms, kern_ipc_perm, seconds } from './ipc_ids.ts';
import type { Kernel } from './kernel.ts';
import { current_ipc_ns, ipc_update } from './sem.ts';
import type { task_struct } from './task.ts';

/** A shared memory segment. Its bytes belong to the machine; the kernel knows where it is attached. */
export class shmid_kernel extends kern_ipc_perm {
  override readonly kind = 'shared memory';
  override readonly what = 'shm';
  readonly size: number;
  /** How many attachments there are, in all address spaces. */
  attaches = 0;
  /** Removed once nobody has it attached. */
  dest = false;
  atime = 0;
  dtime = 0;
  /** Task that made it, and that attached or detached last, by task id of the kernel. */
  readonly cprid: number;
  lprid = 0;
  /** Its maker, while that is in the ipc namespace; then null. */
  creator: task_struct | null;
  constructor(k: Kernel, key: number, mode: number, size: number) {
    super(k, key, mode);
    this.size = size;
    this.cprid = k.current.id;
    this.creator = k.current;
  }
}

/** One attachment: which segment, for reading only or not. */
export interface shm_attachment { readonly shm: shmid_kernel; readonly readonly: boolean }

export const SHM_RDONLY = 0o10000;
export const SHM_RND = 0o20000;
export const SHM_REMAP = 0o40000;
export const SHM_EXEC = 0o100000;
export const SHM_LOCK = 11;
export const SHM_UNLOCK = 12;
const READ = 0o444;
const READ_WRITE = 0o666;

/** shmget(2): the id. Errors: EINVAL (size), ENOENT, EEXIST, EACCES, ENOSPC. */
export function sys_shmget(k: Kernel, key: number, size: number, flags: number): number {
  const { shm_ids, limits } = current_ipc_ns(k);
  return ipcget(k, shm_ids, key, flags, (found) => (found instanceof shmid_kernel && found.size < size ? err('EINVAL') : 0), () => {
    if (size < 1 || BigInt(size) > limits.shm_ctlmax) return err('EINVAL');
    return ipc_addid(k, shm_ids, new shmid_kernel(k, key, flags, size), limits.shm_ctlmni);
  });
}

function find(k: Kernel, shmid: number): shmid_kernel | Err {
  const found = ipc_obtain(current_ipc_ns(k).shm_ids, shmid);
  return found instanceof shmid_kernel ? found : err('EINVAL');
}

/** The kernel's part of shmat(2): may the caller attach it? The machine then maps it. Errors: EINVAL, EACCES. */
export function do_shmat(k: Kernel, shmid: number, flags: number): shm_attachment | Err {
  if (shmid < 0) return err('EINVAL');
  const shm = find(k, shmid);
  if (isErr(shm)) return shm;
  const readonly = (flags & SHM_RDONLY) !== 0;
  const denied = ipcperms(k, current_ipc_ns(k).shm_ids, shm, readonly ? READ : READ_WRITE);
  if (denied) return denied;
  shm_open(k, shm);
  return { shm, readonly };
}

/** One attachment more: shmat, and fork for each that the parent has. */
export function shm_open(k: Kernel, shm: shmid_kernel): void {
  k.trace.write(shm, 'attaches', shm.attaches + 1);
  k.trace.write(shm, 'atime', seconds(k));
  k.trace.write(shm, 'lprid', k.current.id);
}

/** One attachment less: shmdt, exec, exit. A removed segment ends with the last. */
export function shm_close(k: Kernel, shm: shmid_kernel): void {
  k.trace.write(shm, 'attaches', shm.attaches - 1);
  k.trace.write(shm, 'dtime', seconds(k));
  k.trace.write(shm, 'lprid', k.current.id);
  if (shm.attaches > 0) return;
  if (shm.deleted) k.trace.free(shm);
  else if (shm.dest) destroy(k, shm);
}

function destroy(k: Kernel, shm: shmid_kernel): void {
  for (const object of k.trace.live.get('ipc') ?? []) {
    const { shm_ids } = object as unknown as ReturnType<typeof current_ipc_ns>;
    if (ipc_obtain(shm_ids, shm.ipc_id) !== shm) continue;
    ipc_rmid(k, shm_ids, shm);
    k.trace.free(shm);
    return;
  }
}

/** shmctl(2): 0, the segment itself for IPC_STAT, or an error. */
export function sys_shmctl(k: Kernel, shmid: number, cmd: number, arg: { readonly uid: number; readonly gid: number; readonly mode: number } | null): number | shmid_kernel {
  const { shm_ids } = current_ipc_ns(k);
  if (cmd < 0 || shmid < 0) return err('EINVAL');
  const shm = find(k, shmid);
  if (isErr(shm)) return shm;
  switch (cmd) {
    case IPC_STAT: return ipcperms(k, shm_ids, shm, READ) || shm;
    case IPC_SET: return ipcctl_may_change(k, shm_ids, shm) || (arg ? ipc_update(k, shm, arg) : err('EFAULT'));
    case IPC_RMID: {
      const denied = ipcctl_may_change(k, shm_ids, shm);
      if (denied) return denied;
      if (shm.attaches === 0) {
        ipc_rmid(k, shm_ids, shm);
        k.trace.free(shm);
      } else k.trace.write(shm, 'dest', true);
      return 0;
    }
    case SHM_LOCK: case SHM_UNLOCK: {
      const { euid } = k.current.cred;
      return euid === shm.uid || euid === shm.cuid || ns_capable(k, shm_ids.ns.user_ns, CAP_IPC_LOCK) ? 0 : err('EPERM');
    }
    default: return err('EINVAL');
  }
}

/** The task leaves its ipc namespace (or ends): segments that it made are nobody's from now on. They stay. */
export function exit_shm(k: Kernel, tsk: task_struct): void {
  for (const object of k.trace.live.get('shared memory') ?? []) {
    if (object instanceof shmid_kernel && object.creator === tsk) k.trace.write(object, 'creator', null);
  }
}
