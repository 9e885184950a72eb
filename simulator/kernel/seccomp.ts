import { CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import { do_exit } from './exit.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { task_active_pid_ns } from './pid.ts';
import { task_pid_nr_ns } from './pid_lookup.ts';
import { BPF_MAXINSNS, run_filter, seccomp_check_filter, type sock_filter } from './seccomp_bpf.ts';
import { force_sig_seccomp } from './sigaction.ts';
import { SIGKILL, SIGSYS } from './signals.ts';
import { get_unused_fd } from './files.ts';
import type { KObject } from './object.ts';
import type { Blocked } from './sched.ts';
import { has_duplicate_listener, init_listener, seccomp_do_user_notification } from './seccomp_notify.ts';
import type { task_struct } from './task.ts';
import { Writer } from './uaccess.ts';
import { atLeast } from './version.ts';

export const SECCOMP_MODE_STRICT = 1;
export const SECCOMP_MODE_FILTER = 2;

const SECCOMP_SET_MODE_STRICT = 0;
const SECCOMP_SET_MODE_FILTER = 1;
const SECCOMP_GET_ACTION_AVAIL = 2;
const SECCOMP_GET_NOTIF_SIZES = 3;

const FLAG_TSYNC = 1, FLAG_NEW_LISTENER = 8, FLAG_TSYNC_ESRCH = 16, FLAG_WAIT_KILLABLE_RECV = 32;
/** Each version knows some more, from the lowest bit on. */
const flags_of = (k: Kernel): number => (atLeast(k.version, '6.1') ? 0x3f : atLeast(k.version, '5.7') ? 0x1f : atLeast(k.version, '4.19') ? 0x7 : FLAG_TSYNC);

/** What a filter decides, the high half of its result; the less, the stronger, as signed numbers. */
const ACTION = {
  KILL_PROCESS: 0x80000000 | 0, KILL_THREAD: 0, TRAP: 0x00030000, ERRNO: 0x00050000, USER_NOTIF: 0x7fc00000, TRACE: 0x7ff00000, LOG: 0x7ffc0000, ALLOW: 0x7fff0000,
} as const;
const KNOWN: ReadonlySet<number> = new Set(Object.values(ACTION));
const DATA = 0xffff;
const MAX_ERRNO = 4095;

/** All filters of a task may have so many instructions, each counted with some more. */
const MAX_INSNS_PER_PATH = 32768;
const PENALTY = 4;

/** x86-64, for struct seccomp_data. */
export const AUDIT_ARCH_X86_64 = 0xc000003e;
/** read, write, exit, rt_sigreturn: all that strict mode leaves. */
const STRICT: ReadonlySet<number> = new Set([0, 1, 60, 15]);

/** A filter, and the one that was there before it. Never changed; shared by all whom it was inherited by. */
export interface seccomp_filter {
  readonly program: readonly sock_filter[];
  readonly prev: seccomp_filter | null;
  /** Who is asked when it says so. */
  readonly notif: KObject | null;
}

/** What a task may call. Null in its place: everything. */
export interface seccomp { readonly mode: number; readonly filter: seccomp_filter | null }

const SET = listing('seccomp_set_mode_filter', 'kernel/seccomp.c', [
  ['flags', 0, 'if (flags & ~SECCOMP_FILTER_FLAG_MASK) return -EINVAL', 'There is no such flag: EINVAL.', 'Or two of them do not go together.'],
  ['length', 0, 'if (fprog->len == 0 || fprog->len > BPF_MAXINSNS) return -EINVAL', 'The filter is empty or too long: EINVAL.', 'It may have 4096 instructions.'],
  ['right', 0, 'if (!task_no_new_privs(current) && !ns_capable_noaudit(current_user_ns(), CAP_SYS_ADMIN)) return -EACCES', '{task} could still get more rights by exec: EACCES.', 'A filter must not mislead a set-user-id program. prctl(PR_SET_NO_NEW_PRIVS, 1) rules that out.'],
  ['check', 0, 'ret = seccomp_check_filter(fp)', 'The filter is not one that surely ends and looks at the call only: EINVAL.', 'It jumps forwards only, ends with a return, and reads nothing but struct seccomp_data.'],
  ['room', 0, 'if (total_insns > MAX_INSNS_PER_PATH) return -ENOMEM', 'All filters together are too long: ENOMEM.', 'Each system call runs all of them.'],
  ['listener', 0, 'if (has_duplicate_listener(prepared)) return -EBUSY', 'An older filter of {task} has a listener already: EBUSY.', 'Nobody could say which of the two decides.'],
  ['sync', 0, 'if (flags & SECCOMP_FILTER_FLAG_TSYNC): seccomp_can_sync_threads()', 'Another thread has filters of its own: it is named.', 'Its filters can not be replaced by ones that do not hold them.'],
  ['attach', 0, 'filter->prev = current->seccomp.filter; current->seccomp.filter = filter', '{task} has one more filter.', 'The older ones stay in force: the strongest answer counts. Children and programs that it becomes inherit them.'],
  ['threads', 0, 'if (flags & SECCOMP_FILTER_FLAG_TSYNC): seccomp_sync_threads()', 'The other threads have the same filters now.', 'They were asked for by SECCOMP_FILTER_FLAG_TSYNC.'],
]);

const RUN = listing('__seccomp_filter', 'kernel/seccomp.c', [
  ['run', 0, 'filter_ret = seccomp_run_filters(sd, &match)', 'The filters of {task} look at {call}: {ret}.', 'They see the number of the call, the registers and nothing behind a pointer.'],
  ['errno', 0, 'case SECCOMP_RET_ERRNO: syscall_set_return_value(current, current_pt_regs(), -data, 0)', '{call} is not made: it fails with error {data}.', 'That is what the filter returned.'],
  ['trap', 0, 'case SECCOMP_RET_TRAP: force_sig_seccomp(this_syscall, data, false)', '{call} is not made: {task} gets SIGSYS.', 'A handler may do in its place what it likes.'],
  ['trace', 0, 'case SECCOMP_RET_TRACE: if (!ptrace_event_enabled(current, PTRACE_EVENT_SECCOMP)) -ENOSYS', '{call} is not made: no tracer is there to decide about it.', 'It would be asked.'],
  ['notify', 0, 'case SECCOMP_RET_USER_NOTIF: seccomp_do_user_notification(this_syscall, match, sd)', '{call} is not made yet: the listener of the filter decides.', 'It may be another process, with other rights.'],
  ['allow', 0, 'case SECCOMP_RET_ALLOW, SECCOMP_RET_LOG: return 0', '{call} goes on.', 'No filter objects.'],
  ['kill', 0, 'case SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_KILL_THREAD: force_sig_seccomp(this_syscall, data, true)', '{call} is not made: it ends {task} with SIGSYS.', 'That is what the filter returned.'],
]);

/** Asks what the running task has against a call, before it is made. Null: nothing; else the call's result in its place. */
export function __secure_computing(k: Kernel, nr: number, call: string, args: readonly number[]): number | null | Blocked {
  const { seccomp } = k.current;
  if (seccomp === null) return null;
  if (seccomp.mode === SECCOMP_MODE_FILTER) return __seccomp_filter(k, seccomp, nr, call, args);
  if (STRICT.has(nr)) return null;
  do_exit(k, SIGKILL);
  return err('EINTR');
}

function __seccomp_filter(k: Kernel, { filter }: seccomp, nr: number, call: string, args: readonly number[]): number | null | Blocked {
  const { at } = RUN;
  const task = k.current;
  k.enter(RUN, { task });
  const sd = seccomp_data(nr, args);
  const { ret, match } = run_filters(filter, sd);
  const action = ret & ~DATA, data = ret & DATA;
  k.at(at.run, { task, call, ret: `0x${(ret >>> 0).toString(16)}` });
  switch (action) {
    case ACTION.ALLOW: case ACTION.LOG:
      k.at(at.allow, { call });
      return k.leave(RUN, null);
    case ACTION.ERRNO:
      k.at(at.errno, { call, data });
      return k.leave(RUN, -Math.min(data, MAX_ERRNO));
    case ACTION.TRAP:
      k.at(at.trap, { call, task });
      force_sig_seccomp(k, { nr, errno: data, args }, false);
      // the register that holds the number of the call is the one for its result
      return k.leave(RUN, nr);
    case ACTION.TRACE:
      k.at(at.trace, { call });
      return k.leave(RUN, err('ENOSYS'));
    case ACTION.USER_NOTIF:
      k.at(at.notify, { call });
      return k.leave(RUN, seccomp_do_user_notification(k, match?.notif ?? null, call, sd));
    default:
      k.at(at.kill, { call, task });
      if (action !== ACTION.KILL_THREAD || task.signal.threads.size === 1) force_sig_seccomp(k, { nr, errno: data, args }, true);
      else do_exit(k, SIGSYS);
      return k.leave(RUN, nr);
  }
}

/** struct seccomp_data: the number of a call, what the machine is, where the call is made (the model has no such place), its registers. */
function seccomp_data(nr: number, args: readonly number[]): Uint8Array {
  const to = new Writer().u32(nr >>> 0).u32(AUDIT_ARCH_X86_64).u64(0);
  for (let n = 0; n < 6; n++) to.u64(BigInt.asUintN(64, BigInt(args[n] ?? 0)));
  return to.done();
}

/** All filters, the newest first; of equally strong answers the first counts. `match`: whose it is. */
function run_filters(filter: seccomp_filter | null, sd: Uint8Array): { readonly ret: number; readonly match: seccomp_filter | null } {
  const data = new DataView(sd.buffer, sd.byteOffset);
  let ret: number = ACTION.ALLOW;
  let match: seccomp_filter | null = null;
  for (let f = filter; f; f = f.prev) {
    const found = run_filter(f.program, data) | 0;
    if ((found & ~DATA) < (ret & ~DATA)) [ret, match] = [found, f];
  }
  return { ret, match };
}

/** Reads what the caller points at: the program; null stands for a pointer of 0. */
export type ReadProgram = () => { readonly length: number; readonly read: () => readonly sock_filter[] | Err } | Err;

/** What seccomp(2) takes and gives through memory. */
export interface SeccompMemory {
  readonly program: ReadProgram;
  /** The action that SECCOMP_GET_ACTION_AVAIL asks about. */
  readonly action: () => number | Err;
  /** Writes struct seccomp_notif_sizes. */
  readonly sizes: (sizes: readonly number[]) => number;
}

/** sizeof of struct seccomp_notif, struct seccomp_notif_resp and struct seccomp_data. */
const NOTIF_SIZES = [80, 24, 64] as const;

/** seccomp(2). Errors: EINVAL, EFAULT, EACCES, ENOMEM, EOPNOTSUPP; the number of a thread that could not be synchronised, or ESRCH. */
export function sys_seccomp(k: Kernel, op: number, flags: number, uargs: number, memory: SeccompMemory): number {
  switch (op) {
    case SECCOMP_SET_MODE_STRICT: return flags !== 0 || uargs !== 0 ? err('EINVAL') : set_mode_strict(k);
    case SECCOMP_SET_MODE_FILTER: return set_mode_filter(k, flags, memory.program);
    case SECCOMP_GET_ACTION_AVAIL: {
      if (flags !== 0) return err('EINVAL');
      const action = memory.action();
      return isErr(action) ? action : KNOWN.has(action | 0) ? 0 : err('EOPNOTSUPP');
    }
    case SECCOMP_GET_NOTIF_SIZES: return flags !== 0 ? err('EINVAL') : memory.sizes(NOTIF_SIZES);
    default: return err('EINVAL');
  }
}

/** prctl(PR_SET_SECCOMP). Errors: as seccomp(2). */
export function prctl_set_seccomp(k: Kernel, mode: number, program: ReadProgram): number {
  if (mode === SECCOMP_MODE_STRICT) return set_mode_strict(k);
  return mode === SECCOMP_MODE_FILTER && atLeast(k.version, '3.8') ? set_mode_filter(k, 0, program) : err('EINVAL');
}

function set_mode_strict(k: Kernel): number {
  const task = k.current;
  if (task.seccomp?.mode === SECCOMP_MODE_FILTER) return err('EINVAL');
  k.trace.write(task, 'seccomp', { mode: SECCOMP_MODE_STRICT, filter: null });
  return 0;
}

function set_mode_filter(k: Kernel, flags: number, given: ReadProgram): number {
  k.enter(SET, { flags });
  return k.leave(SET, attach(k, flags, given));
}

function attach(k: Kernel, flags: number, given: ReadProgram): number {
  const { at } = SET;
  const task = k.current;
  const clash = (flags & FLAG_TSYNC) !== 0 && (flags & FLAG_NEW_LISTENER) !== 0 && (flags & FLAG_TSYNC_ESRCH) === 0;
  if ((flags & ~flags_of(k)) !== 0 || clash || ((flags & FLAG_WAIT_KILLABLE_RECV) !== 0 && (flags & FLAG_NEW_LISTENER) === 0)) {
    k.at(at.flags);
    return err('EINVAL');
  }
  const program = read_program(k, given);
  if (isErr(program)) return program;
  // in strict mode the call itself would have ended the task
  const prev = task.seccomp?.filter ?? null;
  const listens = (flags & FLAG_NEW_LISTENER) !== 0;
  if (listens) {
    const fd = get_unused_fd(k);
    if (isErr(fd)) return fd;
    if (has_duplicate_listener(prev)) {
      k.at(at.listener, { task });
      return err('EBUSY');
    }
  }
  let total = program.length;
  for (let f = prev; f; f = f.prev) total += f.program.length + PENALTY;
  if (total > MAX_INSNS_PER_PATH) {
    k.at(at.room);
    return err('ENOMEM');
  }
  const others = (flags & FLAG_TSYNC) === 0 ? [] : [...task.signal.threads.values()].filter((thread) => thread !== task && thread.state !== 'zombie');
  const failed = others.find((thread) => !can_follow(thread, prev));
  if (failed) {
    k.at(at.sync);
    return (flags & FLAG_TSYNC_ESRCH) !== 0 ? err('ESRCH') : task_pid_nr_ns(failed, task_active_pid_ns(task));
  }
  const listener = listens ? init_listener(k, (flags & FLAG_WAIT_KILLABLE_RECV) !== 0) : null;
  if (isErr(listener)) return listener;
  k.at(at.attach, { task });
  const now: seccomp = { mode: SECCOMP_MODE_FILTER, filter: { program, prev, notif: listener?.notif ?? null } };
  k.trace.write(task, 'seccomp', now);
  if (others.length > 0) k.at(at.threads);
  for (const thread of others) {
    if (task.no_new_privs) k.trace.write(thread, 'no_new_privs', true);
    k.trace.write(thread, 'seccomp', now);
  }
  return listener?.fd ?? 0;
}

/** seccomp_prepare_filter(). Errors: EFAULT, EINVAL, EACCES. */
function read_program(k: Kernel, given: ReadProgram): readonly sock_filter[] | Err {
  const { at } = SET;
  const task = k.current;
  const found = given();
  if (isErr(found)) return found;
  if (found.length === 0 || found.length > BPF_MAXINSNS) {
    k.at(at.length);
    return err('EINVAL');
  }
  if (!task.no_new_privs && !ns_capable(k, task.cred.user_ns, CAP_SYS_ADMIN)) {
    k.at(at.right, { task });
    return err('EACCES');
  }
  const program = found.read();
  if (isErr(program) || seccomp_check_filter(program)) return program;
  k.at(at.check);
  return err('EINVAL');
}

/** May a thread's filters be replaced by ones that begin with `prev`: has it none, or some of these? */
function can_follow({ seccomp }: task_struct, prev: seccomp_filter | null): boolean {
  if (seccomp === null) return true;
  if (seccomp.mode !== SECCOMP_MODE_FILTER) return false;
  for (let f = prev; f; f = f.prev) if (f === seccomp.filter) return true;
  return false;
}

/** How many filters a task has, as /proc/PID/status tells. */
export function filter_count({ seccomp }: task_struct): number {
  let count = 0;
  for (let f = seccomp?.filter ?? null; f; f = f.prev) count++;
  return count;
}
