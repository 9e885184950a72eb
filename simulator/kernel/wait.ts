import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { Blocked } from './sched.ts';

export const WNOHANG = 1;
export const WUNTRACED = 2;
export const WSTOPPED = 2;
export const WEXITED = 4;
export const WCONTINUED = 8;
export const WNOWAIT = 0x01000000;
export const __WNOTHREAD = 0x20000000;
export const __WALL = 0x40000000;
export const __WCLONE = 0x80000000;
export const P_ALL = 0;
export const P_PID = 1;
export const P_PGID = 2;
export const P_PIDFD = 3;

/** What was found out about a child: its pid, and the status word of wait4 or code and status of waitid. */
export interface wait_result { readonly pid: number; readonly uid: number; readonly status: number; readonly code: number; readonly stat: number }

/** wait4(2). 0: WNOHANG and nothing to tell. Errors: EINVAL, ECHILD, ESRCH. */
export function sys_wait4(_k: Kernel, _upid: number, _options: number): wait_result | 0 | Err | Blocked { return err('ENOSYS'); }
/** waitid(2). */
export function sys_waitid(_k: Kernel, _which: number, _upid: number, _options: number): wait_result | 0 | Err | Blocked { return err('ENOSYS'); }
