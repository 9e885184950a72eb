import type { kernel_clone_args } from './clone_args.ts';
import { err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { Blocked } from './sched.ts';

/** fork, vfork, clone, clone3: the child's number in the caller's pid namespace, or an error. vfork blocks, and is then called again. */
export function kernel_clone(_k: Kernel, _args: kernel_clone_args): number | Blocked {
  return err('ENOSYS');
}
export function sys_fork(k: Kernel): number | Blocked { return kernel_clone(k, { flags: 0, exit_signal: 17 }); }
export function sys_vfork(k: Kernel): number | Blocked { return kernel_clone(k, { flags: 0x4100, exit_signal: 17 }); }
/** clone(2) as the system call is: the low byte of `flags` is the exit signal; `parent_tid` is the place for the pidfd too. */
export function sys_clone(k: Kernel, _flags: number, _stack: number, _parent_tid: number, _child_tid: number, _tls: number, _put_user?: kernel_clone_args['put_user']): number | Blocked {
  return kernel_clone(k, { flags: 0, exit_signal: 17 });
}
