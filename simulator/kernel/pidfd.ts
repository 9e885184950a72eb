import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { siginfo } from './task.ts';

export function sys_pidfd_open(_k: Kernel, _pid: number, _flags: number): number | Err { return err('ENOSYS'); }
export function sys_pidfd_getfd(_k: Kernel, _pidfd: number, _fd: number, _flags: number): number | Err { return err('ENOSYS'); }
export function sys_pidfd_send_signal(_k: Kernel, _pidfd: number, _sig: number, _info: siginfo | null, _flags: number): 0 | Err { return err('ENOSYS'); }
