import { NSEC_PER_SEC } from '../clock.ts';
import { sys_clone3 } from '../clone3.ts';
import type { clone_args } from '../clone3.ts';
import { err, isErr, type Err } from '../errno.ts';
import { sys_exit, sys_exit_group } from '../exit.ts';
import { CLONE_CHILD_SETTID, has } from '../flags.ts';
import { sys_clone, sys_fork, sys_vfork } from '../fork.ts';
import { task_active_pid_ns } from '../pid.ts';
import { pid_nr } from '../pid_nr.ts';
import { sys_kcmp } from '../kcmp.ts';
import { sys_pidfd_getfd, sys_pidfd_open } from '../pidfd.ts';
import { sys_prctl } from '../prctl.ts';
import { prctl_set_seccomp } from '../seccomp.ts';
import { sys_reboot } from '../reboot.ts';
import { sys_prlimit64 } from '../rlimit.ts';
import type { rlimit } from '../rlimit.ts';
import { Blocked } from '../sched.ts';
import { sys_getpgid, sys_getpgrp, sys_getpid, sys_getppid, sys_getsid, sys_gettid, sys_setpgid, sys_setsid } from '../session.ts';
import { decode, encode } from '../text.ts';
import { Reader, Writer, strnlen_user } from '../uaccess.ts';
import type { kernel_clone_args } from '../clone_args.ts';
import { sys_wait4, sys_waitid } from '../wait.ts';
import type { wait_result } from '../wait.ts';
import { program_at } from './seccomp_rows.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, long, nothing, pointer, row, uint } from './table.ts';

/** Stores a number for clone in the caller's memory. */
function put_user(call: Call): NonNullable<kernel_clone_args['put_user']> {
  return (address, value) => call.user.write(address, new Writer().u32(value >>> 0).done());
}

/** CLONE_CHILD_SETTID: the child's number in its own pid namespace goes to its own memory; that it can not be stored is nobody's error. */
function child_settid(call: Call, result: Result, flags: number, address: number): Result {
  const { k, waited } = call;
  if (!has(flags, CLONE_CHILD_SETTID) || waited || (result !== Blocked && result <= 0)) return result;
  const child = result === Blocked ? k.current.vfork_wait?.child : task_active_pid_ns(k.current).idr.get(result)?.pid_task;
  const nr = child?.thread_pid?.numbers.at(-1)?.nr;
  if (child && nr !== undefined) call.memory(child).write(address, new Writer().u32(nr).done());
  return result;
}

const CLONE_ARGS_WORDS = 11;

/** struct clone_args of `size` bytes: what is missing reads 0, and what is beyond must be 0. */
function clone_args_of(call: Call, address: number, size: number): clone_args | 'E2BIG' | null {
  const bytes = given(call, address, size);
  if (isErr(bytes)) return null;
  const known = CLONE_ARGS_WORDS * 8;
  if (bytes.subarray(known).some((byte) => byte !== 0)) return 'E2BIG';
  const reader = new Reader(new Writer().fixed(bytes, known).done());
  const [flags = 0, pidfd = 0, child_tid = 0, parent_tid = 0, exit_signal = 0, stack = 0, stack_size = 0, tls = 0, set_tid = 0, set_tid_size = 0, cgroup = 0] =
    Array.from({ length: CLONE_ARGS_WORDS }, () => reader.u64());
  return { flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup };
}

function clone3(call: Call, address: number, size: number): Result {
  const result = sys_clone3(call.k, size, (bytes) => clone_args_of(call, address, bytes), (at, count) => {
    const bytes = given(call, at, count * 4);
    if (isErr(bytes)) return null;
    const reader = new Reader(bytes);
    return Array.from({ length: count }, () => reader.i32());
  }, put_user(call));
  const args = isErr(result) ? null : clone_args_of(call, address, size);
  return args && args !== 'E2BIG' ? child_settid(call, result, args.flags, args.child_tid) : result;
}

/** The status word and struct rusage (144 bytes), of which the time in user mode is modelled. */
function wait4(call: Call, pid: number, status: number, options: number, rusage: number): Result {
  const found = sys_wait4(call.k, pid, options);
  if (typeof found !== 'object') return found;
  if (status !== 0) {
    const failed = answer(call, status, new Writer().u32(found.stat).done());
    if (failed !== 0) return failed;
  }
  const { runtime } = found;
  return rusage === 0 ? found.pid : answer(call, rusage, new Writer().u64(runtime / NSEC_PER_SEC).u64(runtime % NSEC_PER_SEC / 1000n).zeros(128).done(), found.pid);
}

const SIGCHLD = 17;

/** struct siginfo of waitid: 128 bytes; all 0 when there was nothing to tell. */
function waitid(call: Call, which: number, pid: number, address: number, options: number): Result {
  const found: wait_result | number | Blocked = sys_waitid(call.k, which, pid, options);
  if (found === Blocked || isErr(found)) return found;
  if (address === 0) return 0;
  const to = typeof found === 'object'
    ? new Writer().u32(SIGCHLD).u32(0).u32(found.code).u32(0).u32(found.pid).u32(found.uid).u32(found.status)
    : new Writer().zeros(28);
  return answer(call, address, to.zeros(100).done());
}

const PR_SET_NAME = 15;
const PR_SET_SECCOMP = 22;
const TASK_COMM_LEN = 16;

function prctl(call: Call, option: number, arg2: number, arg3: number, arg4: number, arg5: number): Result {
  let name: string | undefined;
  if (option === PR_SET_NAME) {
    const bytes = strnlen_user(call.user, arg2, TASK_COMM_LEN - 1) ?? given(call, arg2, TASK_COMM_LEN - 1);
    if (isErr(bytes)) return bytes;
    name = decode(bytes);
  }
  if (option === PR_SET_SECCOMP) return prctl_set_seccomp(call.k, arg2, program_at(call, arg3));
  const result = sys_prctl(call.k, option, arg2, arg3, arg4, arg5, name);
  if (typeof result === 'number') return result;
  return answer(call, arg2, 'int' in result ? new Writer().u32(result.int >>> 0).done() : new Writer().fixed(encode(result.name), TASK_COMM_LEN).done());
}

const RLIM64_INFINITY = 0xffffffffffffffffn;
/** Two 64-bit numbers: the soft and the hard limit. */
const RLIMIT_BYTES = 16;

function rlimit_from(call: Call, address: number): rlimit | Err {
  const bytes = given(call, address, RLIMIT_BYTES);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const [cur = 0, max = 0] = [reader.big(), reader.big()].map((value) => (value === RLIM64_INFINITY ? Infinity : Number(value)));
  return { cur, max };
}

/** `to` and `from`: addresses of the new and of the old limits; 0 for neither. */
function prlimit64(call: Call, pid: number, resource: number, to: number, from: number): Result {
  const wanted = to === 0 ? null : rlimit_from(call, to);
  if (isErr(wanted)) return wanted;
  const was = sys_prlimit64(call.k, pid, resource, wanted);
  if (isErr(was)) return was;
  if (from === 0) return 0;
  const bytes = new Writer();
  for (const value of [was.cur, was.max]) bytes.u64(Number.isFinite(value) ? value : RLIM64_INFINITY);
  return answer(call, from, bytes.done());
}

export const PROCESS_CALLS: readonly SyscallRow[] = [
  row('fork', [], sys_fork),
  row('vfork', [], sys_vfork),
  filled('clone', [long, pointer, pointer, pointer, pointer], (call, flags, stack, parent_tid, child_tid, tls) =>
    child_settid(call, sys_clone(call.k, flags, stack, parent_tid, child_tid, tls, put_user(call)), flags, child_tid)),
  filled('clone3', [pointer, long], clone3),
  row('exit', [int], sys_exit),
  row('exit_group', [int], sys_exit_group),
  filled('wait4', [int, pointer, int, pointer], wait4),
  filled('waitid', [int, int, pointer, int], waitid),
  row('getpid', [], sys_getpid),
  row('gettid', [], sys_gettid),
  row('getppid', [], sys_getppid),
  row('getpgrp', [], sys_getpgrp),
  row('getpgid', [int], sys_getpgid),
  row('setpgid', [int, int], sys_setpgid),
  row('getsid', [int], sys_getsid),
  row('setsid', [], sys_setsid),
  filled('prctl', [int, long, long, long, long], prctl),
  row('pidfd_open', [int, uint], sys_pidfd_open),
  row('pidfd_getfd', [int, int, uint], sys_pidfd_getfd),
  row('kcmp', [int, int, int, long, long], sys_kcmp),
  row('reboot', [uint, uint, uint], sys_reboot),
  row('set_tid_address', [pointer], (k, address) => {
    k.trace.write(k.current, 'clear_child_tid', address);
    return pid_nr(k, k.current.id);
  }),
  filled('getrlimit', [uint, pointer], (call, resource, from) => prlimit64(call, 0, resource, 0, from) || (from === 0 ? err('EFAULT') : 0)),
  filled('setrlimit', [uint, pointer], (call, resource, to) => (to === 0 ? err('EFAULT') : prlimit64(call, 0, resource, to, 0))),
  filled('prlimit64', [int, uint, pointer, pointer], prlimit64),
  nothing('sched_yield'),
];
