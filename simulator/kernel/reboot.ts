import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { Blocked } from './sched.ts';

/** reboot(2). In a pid namespace other than the first it ends that namespace. */
export function sys_reboot(_k: Kernel, _magic1: number, _magic2: number, _cmd: number): number | Err | Blocked { return err('ENOSYS'); }
