import { CAP_IPC_OWNER, CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import type { ipc_namespace } from './ipc.ts';
import type { Kernel } from './kernel.ts';
import { KObject } from './object.ts';
import { wake_up } from './sched.ts';
import { Table } from './trace.ts';
import { atLeast } from './version.ts';

export const IPC_PRIVATE = 0;
export const IPC_CREAT = 0o1000;
export const IPC_EXCL = 0o2000;
export const IPC_NOWAIT = 0o4000;
export const IPC_RMID = 0;
export const IPC_SET = 1;
export const IPC_STAT = 2;

/** What every System V object has: whose it is, its key and its id. Ids are kernel-wide (kuid, kgid). */
export abstract class kern_ipc_perm extends KObject {
  abstract readonly what: 'sem' | 'msg' | 'shm';
  readonly key: number;
  /** What the program uses; `index + 32768 * seq`. Set when it is entered into its namespace. */
  ipc_id = -1;
  uid: number;
  gid: number;
  readonly cuid: number;
  readonly cgid: number;
  /** Permission bits. */
  mode: number;
  /** Removed: those who still wait for it get EIDRM. */
  deleted = false;
  /** Seconds since 1970: last change (IPC_SET, semctl, creation). */
  ctime: number;
  constructor(k: Kernel, key: number, mode: number) {
    super();
    const { euid, egid } = k.current.cred;
    this.key = key;
    this.uid = this.cuid = euid;
    this.gid = this.cgid = egid;
    this.mode = mode & 0o777;
    this.ctime = seconds(k);
  }
}

/** The clock in whole seconds since 1970. */
export function seconds(k: Kernel): number {
  return Number((k.timekeeper.monotonic + k.timekeeper.realtime_offset) / 1_000_000_000n);
}

const IPCMNI = 32768;

/** The objects of one kind in one namespace, by index. */
export class ipc_ids {
  readonly ns: ipc_namespace;
  readonly entries: Table<number, kern_ipc_perm>;
  /** `seq`: number of times that indexes were used again (each time, before 5.1); `last`: index given out last. */
  readonly counters: Table<'seq' | 'last', number>;
  constructor(ns: ipc_namespace, name: string) {
    this.ns = ns;
    this.entries = new Table(ns, name);
    this.counters = new Table(ns, `${name}.counters`);
  }
}

/** Enters a new object at the lowest free index; its id, or ENOSPC when there are `limit` of the kind. */
export function ipc_addid(k: Kernel, ids: ipc_ids, made: kern_ipc_perm, limit: number): number | Err {
  if (ids.entries.size >= Math.min(limit, IPCMNI)) return err('ENOSPC');
  let index = 0;
  while (ids.entries.has(index)) index++;
  let seq = ids.counters.get('seq') ?? 0;
  if (!atLeast(k.version, '5.7')) {
    made.ipc_id = seq * IPCMNI + index;
    seq = (seq + 1) % IPCMNI;
  } else {
    if (index <= (ids.counters.get('last') ?? -1)) seq = (seq + 1) % IPCMNI;
    made.ipc_id = seq * IPCMNI + index;
  }
  k.trace.alloc(made);
  k.trace.insert(ids.counters, 'seq', seq);
  k.trace.insert(ids.counters, 'last', index);
  k.trace.insert(ids.entries, index, made);
  return made.ipc_id;
}

/** Takes an object out of its namespace, wakes who waits on it, frees it. */
export function ipc_rmid(k: Kernel, ids: ipc_ids, gone: kern_ipc_perm): void {
  k.trace.write(gone, 'deleted', true);
  k.trace.remove(ids.entries, gone.ipc_id % IPCMNI);
  wake_up(k, gone);
}

/** The object with this id; EINVAL when there is none. */
export function ipc_obtain(ids: ipc_ids, id: number): kern_ipc_perm | Err {
  const found = id >= 0 ? ids.entries.get(id % IPCMNI) : undefined;
  return found && found.ipc_id === id ? found : err('EINVAL');
}

/** The permission bits that the caller has, of those in `flag` (0o400 read, 0o200 write, for owner, group or others alike). EACCES. */
export function ipcperms(k: Kernel, ids: ipc_ids, perm: kern_ipc_perm, flag: number): 0 | Err {
  const { euid, egid, group_info } = k.current.cred;
  const wanted = (flag >> 6 | flag >> 3 | flag) & 7;
  let granted = perm.mode;
  if (euid === perm.cuid || euid === perm.uid) granted >>= 6;
  else if (egid === perm.gid || egid === perm.cgid || group_info.includes(perm.gid) || group_info.includes(perm.cgid)) granted >>= 3;
  return (wanted & ~granted & 7) !== 0 && !ns_capable(k, ids.ns.user_ns, CAP_IPC_OWNER) ? err('EACCES') : 0;
}

/** May the caller change or remove it: owner, creator, or CAP_SYS_ADMIN in the namespace's owner. EPERM. */
export function ipcctl_may_change(k: Kernel, ids: ipc_ids, perm: kern_ipc_perm): 0 | Err {
  const { euid } = k.current.cred;
  return euid === perm.cuid || euid === perm.uid || ns_capable(k, ids.ns.user_ns, CAP_SYS_ADMIN) ? 0 : err('EPERM');
}

/**
 * The common part of shmget, msgget, semget: find by key or make. `check` says whether what was found fits (its size), `make` makes.
 * Errors: ENOENT, EEXIST, EACCES, those of `check` and `make`.
 */
export function ipcget(k: Kernel, ids: ipc_ids, key: number, flags: number, check: (found: kern_ipc_perm) => 0 | Err, make: () => number | Err): number | Err {
  if (key === IPC_PRIVATE) return make();
  for (const found of ids.entries.values()) {
    if (found.key !== key) continue;
    if ((flags & IPC_CREAT) !== 0 && (flags & IPC_EXCL) !== 0) return err('EEXIST');
    const failed = check(found) || ipcperms(k, ids, found, flags & 0o777);
    return failed || found.ipc_id;
  }
  return (flags & IPC_CREAT) !== 0 ? make() : err('ENOENT');
}

/** sysctls of an ipc namespace: kernel.sem (semmsl semmns semopm semmni), msgmax, msgmnb, msgmni, shmmax, shmall, shmmni; fs.mqueue.*. */
export interface ipc_limits {
  readonly sem_ctls: readonly [semmsl: number, semmns: number, semopm: number, semmni: number];
  readonly msg_ctlmax: number; readonly msg_ctlmnb: number; readonly msg_ctlmni: number;
  readonly shm_ctlmax: bigint; readonly shm_ctlall: bigint; readonly shm_ctlmni: number;
  readonly mq_queues_max: number; readonly mq_msg_max: number; readonly mq_msgsize_max: number; readonly mq_msg_default: number; readonly mq_msgsize_default: number;
}

export const default_ipc_limits: ipc_limits = {
  sem_ctls: [32000, 1024000000, 500, 32000], msg_ctlmax: 8192, msg_ctlmnb: 16384, msg_ctlmni: 32000,
  shm_ctlmax: 18446744073692774399n, shm_ctlall: 18446744073692774399n, shm_ctlmni: 4096,
  mq_queues_max: 256, mq_msg_max: 10, mq_msgsize_max: 8192, mq_msg_default: 10, mq_msgsize_default: 8192,
};

/** The namespace ends: its objects are removed. A segment that is attached somewhere stays until it is detached (sysv shm). */
export function free_ipc_objects(k: Kernel, kinds: readonly ipc_ids[]): void {
  for (const ids of kinds) {
    for (const gone of [...ids.entries.values()]) {
      ipc_rmid(k, ids, gone);
      if (!(gone.what === 'shm' && 'attaches' in gone && (gone.attaches as number) > 0)) k.trace.free(gone);
    }
  }
}
