import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';

export function sys_getpid(_k: Kernel): number { return 0; }
export function sys_gettid(_k: Kernel): number { return 0; }
export function sys_getppid(_k: Kernel): number { return 0; }
export function sys_setpgid(_k: Kernel, _pid: number, _pgid: number): 0 | Err { return err('ENOSYS'); }
export function sys_getpgid(_k: Kernel, _pid: number): number { return err('ENOSYS'); }
export function sys_getpgrp(k: Kernel): number { return sys_getpgid(k, 0); }
export function sys_getsid(_k: Kernel, _pid: number): number { return err('ENOSYS'); }
export function sys_setsid(_k: Kernel): number { return err('ENOSYS'); }
