import { err, isErr, type Err } from '../errno.ts';
import { IPC_SET, IPC_STAT, ipc_obtain } from '../ipc_ids.ts';
import type { kern_ipc_perm } from '../ipc_ids.ts';
import type { Kernel } from '../kernel.ts';
import { poll_deadline } from '../poll.ts';
import { sys_msgctl, sys_msgget, sys_msgrcv, sys_msgsnd, msg_queue } from '../msg.ts';
import { pid_nr } from '../pid_nr.ts';
import { GETALL, SETALL, SETVAL, current_ipc_ns, sem_array, sys_semctl, sys_semget, sys_semop } from '../sem.ts';
import { shmid_kernel, sys_shmctl, sys_shmget } from '../shm.ts';
import { Reader, Writer } from '../uaccess.ts';
import { timeout_from } from './poll_rows.ts';
import { from_kgid_munged, from_kuid_munged } from '../uidgid.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, long, pointer, row } from './table.ts';

/** struct ipc64_perm: 48 bytes, ids as the caller sees them. */
function perm(k: Kernel, to: Writer, of: kern_ipc_perm): Writer {
  const { user_ns } = k.current.cred;
  const SHM_DEST = 0o1000;
  const mode = of.mode | (of instanceof shmid_kernel && of.dest ? SHM_DEST : 0);
  return to.u32(of.key >>> 0).u32(from_kuid_munged(user_ns, of.uid)).u32(from_kgid_munged(user_ns, of.gid)).u32(from_kuid_munged(user_ns, of.cuid))
    .u32(from_kgid_munged(user_ns, of.cgid)).u32(mode).u16(of.ipc_id >> 15 & 0xffff).u16(0).u32(0).zeros(16);
}

/** The new owner and mode of IPC_SET: fields of the struct ipc64_perm that every *_ds begins with. */
function new_perm(bytes: Uint8Array): { readonly uid: number; readonly gid: number; readonly mode: number } {
  const reader = new Reader(bytes).skip(4);
  const uid = reader.u32();
  const gid = reader.u32();
  return { uid, gid, mode: reader.skip(8).u32() };
}

const MSQID_DS = 120;
const SEMID_DS = 104;
const SHMID_DS = 112;

function msgsnd(call: Call, msqid: number, address: number, size: number, flags: number): Result {
  if (size < 0) return err('EINVAL');
  const bytes = given(call, address, size + 8);
  if (isErr(bytes)) return bytes;
  const waited = call.waited?.args[0];
  return sys_msgsnd(call.k, msqid, { type: new Reader(bytes).i64(), data: bytes.subarray(8) }, flags, waited instanceof msg_queue ? waited : null);
}

function msgrcv(call: Call, msqid: number, address: number, size: number, type: number, flags: number): Result {
  const waited = call.waited?.args[0];
  const got = sys_msgrcv(call.k, msqid, size, type, flags, waited instanceof msg_queue ? waited : null);
  if (typeof got !== 'object') return got;
  return answer(call, address, new Writer().u64(got.type).fixed(got.data).done(), got.data.length);
}

function msgctl(call: Call, msqid: number, cmd: number, address: number): Result {
  const { k } = call;
  const bytes = cmd === IPC_SET ? given(call, address, MSQID_DS) : null;
  if (isErr(bytes)) return bytes;
  const result = sys_msgctl(k, msqid, cmd, bytes && { ...new_perm(bytes), qbytes: new Reader(bytes).skip(88).u64() });
  if (!(result instanceof msg_queue)) return result;
  const ds = perm(k, new Writer(), result).u64(result.stime).u64(result.rtime).u64(result.ctime).u64(result.cbytes).u64(result.messages.length).u64(result.qbytes)
    .u32(pid_nr(k, result.lspid)).u32(pid_nr(k, result.lrpid)).zeros(16);
  return answer(call, address, ds.done());
}

/** semtimedop(2), and semop(2) without a time. */
function semtimedop(call: Call, semid: number, address: number, count: number, timeout_at: number): Result {
  const timeout = timeout_at === 0 ? null : timeout_from(call, timeout_at, 1n);
  if (typeof timeout === 'number') return timeout;
  const deadline = poll_deadline(call.k, timeout, call.waited);
  if (count < 1) return err('EINVAL');
  if (count > current_ipc_ns(call.k).limits.sem_ctls[2]) return err('E2BIG');
  const bytes = given(call, address, count * 6);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const sops = Array.from({ length: count }, () => ({ sem_num: reader.u16(), sem_op: reader.i16(), sem_flg: reader.i16() }));
  const waited = call.waited?.args[0];
  return sys_semop(call.k, semid, sops, waited instanceof sem_array ? waited : null, deadline);
}

function semctl(call: Call, semid: number, semnum: number, cmd: number, arg: number): Result {
  const { k } = call;
  const given_arg = semctl_arg(call, semid, cmd, arg);
  if (isErr(given_arg) && cmd !== SETVAL) return given_arg;
  const result = sys_semctl(k, semid, semnum, cmd, given_arg);
  if (typeof result === 'number') return result;
  if (cmd === GETALL) {
    const to = new Writer();
    for (const value of result as readonly number[]) to.u16(value);
    return answer(call, arg, to.done());
  }
  const ds = result as Exclude<typeof result, readonly number[]>;
  return answer(call, arg, perm(k, new Writer(), ds.perm).u64(ds.otime).u64(0).u64(ds.ctime).u64(0).u64(ds.nsems).zeros(16).done());
}

/** The fourth argument of semctl: a value, or what it points to. */
function semctl_arg(call: Call, semid: number, cmd: number, arg: number): Parameters<typeof sys_semctl>[4] | Err {
  if (cmd === SETVAL) return arg | 0;
  if (cmd === IPC_SET) {
    const bytes = given(call, arg, SEMID_DS);
    return isErr(bytes) ? bytes : new_perm(bytes);
  }
  if (cmd !== SETALL) return null;
  const sma = ipc_obtain(current_ipc_ns(call.k).sem_ids, semid);
  if (!(sma instanceof sem_array)) return err('EINVAL');
  const bytes = given(call, arg, sma.semvals.length * 2);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  return sma.semvals.map(() => reader.u16());
}

function shmctl(call: Call, shmid: number, cmd: number, address: number): Result {
  const { k } = call;
  const bytes = cmd === IPC_SET ? given(call, address, SHMID_DS) : null;
  if (isErr(bytes)) return bytes;
  const result = sys_shmctl(k, shmid, cmd, bytes && new_perm(bytes));
  if (!(result instanceof shmid_kernel)) return result;
  const ds = perm(k, new Writer(), result).u64(result.size).u64(result.atime).u64(result.dtime).u64(result.ctime).u32(pid_nr(k, result.cprid))
    .u32(pid_nr(k, result.lprid)).u64(result.attaches).zeros(16);
  return cmd === IPC_STAT ? answer(call, address, ds.done()) : 0;
}

/** shmat and shmdt map memory: they are the machine's, by `do_shmat` and `shm_close`. */
export const IPC_CALLS: readonly SyscallRow[] = [
  row('msgget', [int, int], sys_msgget),
  filled('msgsnd', [int, pointer, long, int], msgsnd),
  filled('msgrcv', [int, pointer, long, long, int], msgrcv),
  filled('msgctl', [int, int, pointer], msgctl),
  row('semget', [int, int, int], sys_semget),
  filled('semop', [int, pointer, int], (call, semid, sops, count) => semtimedop(call, semid, sops, count, 0)),
  filled('semtimedop', [int, pointer, int, pointer], semtimedop),
  filled('semctl', [int, int, int, long], semctl),
  row('shmget', [int, long, int], sys_shmget),
  filled('shmctl', [int, int, pointer], shmctl),
];
