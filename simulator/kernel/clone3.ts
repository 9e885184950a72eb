import type { kernel_clone_args } from './clone_args.ts';
import { err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { Blocked } from './sched.ts';

/** struct clone_args as it stands in memory: 8 (64 bytes), 10 or 11 numbers, or more. Words after the known ones only matter by being 0 or not. */
export interface clone_args {
  readonly flags: number; readonly pidfd: number; readonly child_tid: number; readonly parent_tid: number; readonly exit_signal: number; readonly stack: number;
  readonly stack_size: number; readonly tls: number; readonly set_tid: number; readonly set_tid_size: number; readonly cgroup: number;
}

/**
 * clone3(2). `read(size)`: struct clone_args of that size from the caller's memory, filled up with 0; 'E2BIG' when what is beyond the known
 * members is not 0; null for a bad address. `read_tids`: the array of pids, null for a bad address. Errors: KERNEL.md 5.1, 5.2.
 */
export function sys_clone3(_k: Kernel, _size: number, _read: (size: number) => clone_args | 'E2BIG' | null, _read_tids: (address: number, count: number) => readonly number[] | null, _put_user?: kernel_clone_args['put_user']): number | Blocked {
  return err('ENOSYS');
}
