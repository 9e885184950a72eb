import { err, isErr, type Err } from './errno.ts';
import { IPC_NOWAIT, IPC_RMID, IPC_SET, IPC_STAT, ipc_addid, ipc_obtain, ipc_rmid, ipcctl_may_change, ipcget, ipcperms, kern_ipc_perm, seconds } from './ipc_ids.ts';
import type { ipc_namespace } from './ipc.ts';
import type { Kernel } from './kernel.ts';
import { nsproxy_of } from './nsproxy.ts';
import { pid_nr } from './pid_nr.ts';
import { wait_on, wake_up } from './sched.ts';
import type { Blocked } from './sched.ts';
import { clear_undo, get_undo_list } from './semundo.ts';
import { INVALID_ID, make_kgid, make_kuid } from './uidgid.ts';

/** A set of semaphores. */
export class sem_array extends kern_ipc_perm {
  override readonly kind = 'semaphores';
  override readonly what = 'sem';
  semvals: readonly number[];
  /** Task that changed each last, by task id of the kernel (0: none). */
  sempids: readonly number[];
  otime = 0;
  constructor(k: Kernel, key: number, mode: number, nsems: number) {
    super(k, key, mode);
    this.semvals = Array.from({ length: nsems }, () => 0);
    this.sempids = Array.from({ length: nsems }, () => 0);
  }
}

export interface sembuf { readonly sem_num: number; readonly sem_op: number; readonly sem_flg: number }

export const SEM_UNDO = 0x1000;
export const GETPID = 11;
export const GETVAL = 12;
export const GETALL = 13;
export const GETNCNT = 14;
export const GETZCNT = 15;
export const SETVAL = 16;
export const SETALL = 17;
/** Greatest value of a semaphore. */
export const SEMVMX = 32767;
const READ = 0o444;
const WRITE = 0o222;

/** The ipc namespace of the running task. */
export function current_ipc_ns(k: Kernel): ipc_namespace {
  const { ipc_ns } = nsproxy_of(k.current);
  if (!ipc_ns) throw new Error('the task has no ipc namespace');
  return ipc_ns;
}

/** semget(2): the id. Errors: EINVAL, ENOENT, EEXIST, EACCES, ENOSPC. */
export function sys_semget(k: Kernel, key: number, nsems: number, flags: number): number {
  const { sem_ids, limits } = current_ipc_ns(k);
  const [semmsl, semmns, , semmni] = limits.sem_ctls;
  if (nsems < 0 || nsems > semmsl) return err('EINVAL');
  return ipcget(k, sem_ids, key, flags, (found) => (found instanceof sem_array && nsems > found.semvals.length ? err('EINVAL') : 0), () => {
    if (nsems === 0) return err('EINVAL');
    let used = 0;
    for (const set of sem_ids.entries.values()) used += set instanceof sem_array ? set.semvals.length : 0;
    return used + nsems > semmns ? err('ENOSPC') : ipc_addid(k, sem_ids, new sem_array(k, key, flags, nsems), semmni);
  });
}

function find(k: Kernel, semid: number): sem_array | Err {
  const found = ipc_obtain(current_ipc_ns(k).sem_ids, semid);
  return found instanceof sem_array ? found : err('EINVAL');
}

/**
 * semop(2): all operations or none. Blocks until they are possible, unless IPC_NOWAIT. Retried with the set it waits for as `waited`: gone, EIDRM. `deadline`: when
 * it gives up with EAGAIN, on the monotonic clock.
 * Errors: EINVAL, E2BIG, EFBIG, EACCES, ERANGE, EAGAIN, EIDRM.
 */
export function sys_semop(k: Kernel, semid: number, sops: readonly sembuf[], waited: sem_array | null = null, deadline: bigint | null = null): number | Blocked {
  if (waited && (waited.deleted || waited.freed)) return err('EIDRM');
  const ns = current_ipc_ns(k);
  if (sops.length < 1 || semid < 0) return err('EINVAL');
  if (sops.length > ns.limits.sem_ctls[2]) return err('E2BIG');
  const sma = waited ?? find(k, semid);
  if (isErr(sma)) return sma;
  if (sops.some(({ sem_num }) => sem_num >= sma.semvals.length)) return err('EFBIG');
  const alters = sops.some(({ sem_op }) => sem_op !== 0);
  const denied = ipcperms(k, ns.sem_ids, sma, alters ? WRITE : READ);
  if (denied) return denied;
  const done = perform(k, sma, sops);
  if (done !== 'wait') return done;
  return deadline !== null && deadline <= k.timekeeper.monotonic ? err('EAGAIN') : wait_on(k, sma, 'semop', [semid, sops], deadline);
}

/** Tries all operations on a copy of the values. */
function perform(k: Kernel, sma: sem_array, sops: readonly sembuf[]): 0 | Err | 'wait' {
  const values = [...sma.semvals];
  const pids = [...sma.sempids];
  const undo = sops.some(({ sem_flg }) => (sem_flg & SEM_UNDO) !== 0);
  const adjusted = undo ? [...get_undo_list(k).undo.get(sma.id)?.semadj ?? values.map(() => 0)] : [];
  for (const { sem_num, sem_op, sem_flg } of sops) {
    const value = values[sem_num] ?? 0;
    const stuck = sem_op === 0 ? value !== 0 : value + sem_op < 0;
    if (stuck) return (sem_flg & IPC_NOWAIT) !== 0 ? err('EAGAIN') : 'wait';
    if (value + sem_op > SEMVMX) return err('ERANGE');
    if ((sem_flg & SEM_UNDO) !== 0) {
      const adjust = (adjusted[sem_num] ?? 0) - sem_op;
      if (adjust < -SEMVMX - 1 || adjust > SEMVMX) return err('ERANGE');
      adjusted[sem_num] = adjust;
    }
    values[sem_num] = value + sem_op;
    pids[sem_num] = k.current.id;
  }
  k.trace.write(sma, 'otime', seconds(k));
  if (undo) k.trace.insert(get_undo_list(k).undo, sma.id, { sma, semadj: adjusted });
  k.trace.write(sma, 'sempids', pids);
  if (values.some((value, n) => value !== sma.semvals[n])) {
    k.trace.write(sma, 'semvals', values);
    wake_up(k, sma);
  }
  return 0;
}

/** struct semid_ds, as the caller's namespaces number ids. */
export interface semid_ds { readonly perm: sem_array; readonly nsems: number; readonly otime: number; readonly ctime: number }

/** semctl(2). `arg`: the value (SETVAL), values (SETALL), or new owner and mode (IPC_SET). Arrays and structures are returned. */
export function sys_semctl(k: Kernel, semid: number, semnum: number, cmd: number, arg: number | readonly number[] | { readonly uid: number; readonly gid: number; readonly mode: number } | null): number | readonly number[] | semid_ds {
  const { sem_ids } = current_ipc_ns(k);
  const sma = find(k, semid);
  if (isErr(sma)) return sma;
  switch (cmd) {
    case IPC_STAT: return ipcperms(k, sem_ids, sma, READ) || { perm: sma, nsems: sma.semvals.length, otime: sma.otime, ctime: sma.ctime };
    case GETALL: return ipcperms(k, sem_ids, sma, READ) || sma.semvals;
    case GETVAL: case GETPID: case GETNCNT: case GETZCNT: {
      const denied = ipcperms(k, sem_ids, sma, READ);
      if (denied) return denied;
      if (semnum < 0 || semnum >= sma.semvals.length) return err('EINVAL');
      if (cmd === GETVAL) return sma.semvals[semnum] ?? 0;
      return cmd === GETPID ? pid_nr(k, sma.sempids[semnum] ?? 0) : waiters(k, sma, semnum, cmd === GETZCNT);
    }
    case SETVAL: {
      const value = typeof arg === 'number' ? arg : 0;
      if (value < 0 || value > SEMVMX) return err('ERANGE');
      const denied = ipcperms(k, sem_ids, sma, WRITE);
      if (denied) return denied;
      if (semnum < 0 || semnum >= sma.semvals.length) return err('EINVAL');
      clear_undo(k, sma, semnum);
      return set_values(k, sma, sma.semvals.map((old, n) => (n === semnum ? value : old)));
    }
    case SETALL: {
      const denied = ipcperms(k, sem_ids, sma, WRITE);
      if (denied) return denied;
      const values = (arg as readonly number[]).slice(0, sma.semvals.length);
      if (values.some((value) => value > SEMVMX)) return err('ERANGE');
      for (const n of values.keys()) clear_undo(k, sma, n);
      return set_values(k, sma, values);
    }
    case IPC_SET: return ipcctl_may_change(k, sem_ids, sma) || ipc_update(k, sma, arg as { readonly uid: number; readonly gid: number; readonly mode: number });
    case IPC_RMID: {
      const denied = ipcctl_may_change(k, sem_ids, sma);
      if (denied) return denied;
      clear_undo(k, sma, null);
      ipc_rmid(k, sem_ids, sma);
      k.trace.free(sma);
      return 0;
    }
    default: return err('EINVAL');
  }
}

function set_values(k: Kernel, sma: sem_array, values: readonly number[]): 0 {
  k.trace.write(sma, 'semvals', values);
  k.trace.write(sma, 'sempids', sma.sempids.map(() => k.current.id));
  k.trace.write(sma, 'ctime', seconds(k));
  wake_up(k, sma);
  return 0;
}

function waiters(k: Kernel, sma: sem_array, semnum: number, zero: boolean): number {
  let n = 0;
  for (const { wait } of k.tasks.values()) {
    if (wait?.args[0] !== sma) continue;
    const sops = wait.args[2] as readonly sembuf[];
    const stuck = sops.find(({ sem_num, sem_op }) => (sem_op === 0 ? sma.semvals[sem_num] !== 0 : (sma.semvals[sem_num] ?? 0) + sem_op < 0));
    if (stuck?.sem_num === semnum && (stuck.sem_op === 0) === zero) n++;
  }
  return n;
}

/** IPC_SET: owner and permission bits. Errors: EINVAL (id not mapped). */
export function ipc_update(k: Kernel, perm: kern_ipc_perm, to: { readonly uid: number; readonly gid: number; readonly mode: number }): 0 | Err {
  const { user_ns } = k.current.cred;
  const uid = make_kuid(user_ns, to.uid);
  const gid = make_kgid(user_ns, to.gid);
  if (uid === INVALID_ID || gid === INVALID_ID) return err('EINVAL');
  k.trace.write(perm, 'uid', uid);
  k.trace.write(perm, 'gid', gid);
  k.trace.write(perm, 'mode', to.mode & 0o777);
  k.trace.write(perm, 'ctime', seconds(k));
  return 0;
}
