import type { kernel_clone_args } from './clone_args.ts';
import { err, isErr, type Err } from './errno.ts';
import {
  CLONE_CLEAR_SIGHAND, CLONE_DETACHED, CLONE_INTO_CGROUP, CLONE_NEWTIME, CLONE_PARENT, CLONE_SIGHAND, CLONE_THREAD, CSIGNAL, has,
} from './flags.ts';
import { kernel_clone } from './fork.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import type { Blocked } from './sched.ts';
import { _NSIG } from './signals.ts';

/** struct clone_args as it stands in memory: 8 (64 bytes), 10 (80) or 11 (88) numbers of 64 bits, each here as a number. */
export interface clone_args {
  readonly flags: number; readonly pidfd: number; readonly child_tid: number; readonly parent_tid: number; readonly exit_signal: number; readonly stack: number;
  readonly stack_size: number; readonly tls: number; readonly set_tid: number; readonly set_tid_size: number; readonly cgroup: number;
}

const PAGE_SIZE = 4096;
const CLONE_ARGS_SIZE_VER0 = 64;
const CLONE_ARGS_SIZE_VER2 = 88;
const MAX_PID_NS_LEVEL = 32;
const INT_MAX = 0x7fffffff;
/** Every bit that means something in clone3 (all of the low 32; two above). */
const KNOWN = 2 ** 34 - 1;

const FROM_USER = listing('copy_clone_args_from_user', 'kernel/fork.c', [
  ['big', 0, 'if (usize > PAGE_SIZE) return -E2BIG', 'The structure is larger than a page: E2BIG.', 'No kernel will ever know that many members.'],
  ['small', 0, 'if (usize < CLONE_ARGS_SIZE_VER0) return -EINVAL', 'The structure is smaller than the first version of it: EINVAL.', 'It must have at least the members up to tls.'],
  ['copy', 0, 'copy_struct_from_user(&args, uargs, usize)', 'The structure is read; members that this kernel does not know must be 0.', 'A program may have been built for a newer kernel; what it leaves 0 it does not need.'],
  ['tail', 1, 'return -E2BIG', 'A member that this kernel does not know is not 0: E2BIG.', 'The program asks for something that cannot be had here.'],
  ['fault', 1, 'return -EFAULT', 'The structure cannot be read: EFAULT.', 'The address is bad.'],
  ['size', 0, 'if (args.set_tid_size > MAX_PID_NS_LEVEL) return -EINVAL', 'More pids are asked for than there can be levels: EINVAL.', 'Pid namespaces nest 32 deep.'],
  ['tid', 0, 'if (!args.set_tid != !args.set_tid_size) return -EINVAL', 'The pids and their number do not go together: EINVAL.', 'One is given without the other.'],
  ['signal', 0, 'if ((args.exit_signal & ~CSIGNAL) || !valid_signal(args.exit_signal)) return -EINVAL', 'There is no signal {signal}: EINVAL.', 'The exit signal is 0 to 64.'],
  ['cgroup', 0, 'if ((args.flags & CLONE_INTO_CGROUP) && (args.cgroup > INT_MAX || usize < CLONE_ARGS_SIZE_VER2)) return -EINVAL', 'No usable descriptor of a cgroup: EINVAL.', 'CLONE_INTO_CGROUP needs the member cgroup.'],
  ['tids', 0, 'copy_from_user(kset_tid, args.set_tid)', 'The wanted pids are read.', 'They are used by alloc_pid().'],
]);

const VALID = listing('clone3_args_valid', 'kernel/fork.c', [
  ['unknown', 0, 'if (kargs->flags & ~(CLONE_LEGACY_FLAGS | CLONE_CLEAR_SIGHAND | CLONE_INTO_CGROUP)) return false', 'A flag that does not exist: EINVAL.', 'It may mean something in a newer kernel.'],
  ['legacy', 0, 'if (kargs->flags & (CLONE_DETACHED | (CSIGNAL & (~CLONE_NEWTIME)))) return false', 'A flag that means nothing any more: EINVAL.', 'The low byte was the exit signal of clone(); here it is a member of its own.'],
  ['sighand', 0, 'if ((kargs->flags & (CLONE_SIGHAND | CLONE_CLEAR_SIGHAND)) == both) return false', 'Handlers cannot be shared and cleared: EINVAL.', 'Clearing them would clear those of the caller.'],
  ['signal', 0, 'if ((kargs->flags & (CLONE_THREAD | CLONE_PARENT)) && kargs->exit_signal) return false', 'An exit signal with CLONE_THREAD or CLONE_PARENT: EINVAL.', 'A thread sends none, a sibling that of the caller.'],
  ['stack', 0, 'if (!clone3_stack_valid(kargs)) return false', 'A stack without a size, or a size without a stack: EINVAL.', 'Both or neither.'],
  ['ok', 0, 'return true', 'The arguments are possible.', 'kernel_clone() goes on.'],
]);

/**
 * clone3(2). `read(size)`: struct clone_args of that size from the caller's memory, filled up with 0; 'E2BIG' when what is beyond the known
 * members is not 0; null for a bad address. `read_tids`: the array of pids, null for a bad address. Errors: KERNEL.md 5.1, 5.2; ENOSYS before 5.3.
 */
export function sys_clone3(k: Kernel, size: number, read: (size: number) => clone_args | 'E2BIG' | null, read_tids: (address: number, count: number) => readonly number[] | null, put_user?: kernel_clone_args['put_user']): number | Blocked {
  if (!k.features.pidfd) return err('ENOSYS');
  if (k.current.vfork_wait) return kernel_clone(k, { flags: 0, exit_signal: 0 });
  const given = copy_clone_args_from_user(k, size, read, read_tids);
  if (isErr(given)) return given;
  if (!clone3_args_valid(k, given)) return err('EINVAL');
  return kernel_clone(k, put_user ? { ...given, put_user } : given);
}

function copy_clone_args_from_user(k: Kernel, size: number, read: (size: number) => clone_args | 'E2BIG' | null, read_tids: (address: number, count: number) => readonly number[] | null): kernel_clone_args | Err {
  k.enter(FROM_USER, { size });
  const { at } = FROM_USER;
  const refuse = (line: (typeof FROM_USER.lines)[number], name: 'E2BIG' | 'EINVAL' | 'EFAULT', signal = 0): Err => {
    k.at(line, { signal });
    return k.leave(FROM_USER, err(name));
  };
  if (size > PAGE_SIZE) return refuse(at.big, 'E2BIG');
  if (size < CLONE_ARGS_SIZE_VER0) return refuse(at.small, 'EINVAL');
  k.at(at.copy);
  const args = read(size);
  if (args === 'E2BIG') return refuse(at.tail, 'E2BIG');
  if (args === null) return refuse(at.fault, 'EFAULT');
  if (args.set_tid_size > MAX_PID_NS_LEVEL) return refuse(at.size, 'EINVAL');
  if ((args.set_tid === 0) !== (args.set_tid_size === 0)) return refuse(at.tid, 'EINVAL');
  if (args.exit_signal > _NSIG) return refuse(at.signal, 'EINVAL', args.exit_signal);
  if (has(args.flags, CLONE_INTO_CGROUP) && (args.cgroup > INT_MAX || size < CLONE_ARGS_SIZE_VER2)) return refuse(at.cgroup, 'EINVAL');
  k.at(at.tids);
  const set_tid = args.set_tid_size === 0 ? [] : read_tids(args.set_tid, args.set_tid_size);
  if (!set_tid) return refuse(at.fault, 'EFAULT');
  return k.leave(FROM_USER, { ...args, set_tid });
}

function clone3_args_valid(k: Kernel, args: kernel_clone_args): boolean {
  const { flags, exit_signal, stack = 0, stack_size = 0 } = args;
  k.enter(VALID, { flags });
  const { at } = VALID;
  const line = flags > KNOWN ? at.unknown
    : has(flags, CLONE_DETACHED | (CSIGNAL & ~CLONE_NEWTIME)) || (has(flags, CLONE_NEWTIME) && !k.features.types.includes('time')) ? at.legacy
      : has(flags, CLONE_SIGHAND) && has(flags, CLONE_CLEAR_SIGHAND) ? at.sighand
        : has(flags, CLONE_THREAD | CLONE_PARENT) && exit_signal !== 0 ? at.signal
          : (stack === 0) !== (stack_size === 0) ? at.stack : at.ok;
  k.at(line);
  return k.leave(VALID, line === at.ok);
}
