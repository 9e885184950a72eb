import { err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { Blocked } from './sched.ts';

/** The running task ends. Blocked when the init of a pid namespace waits for the others to end: it is called again when woken. */
export function do_exit(_k: Kernel, _code: number): number | Blocked { return err('ENOSYS'); }
/** exit(2): the calling thread ends, with `code` & 0xff. */
export function sys_exit(k: Kernel, code: number): number | Blocked { return do_exit(k, (code & 0xff) << 8); }
/** exit_group(2): all threads end. */
export function sys_exit_group(k: Kernel, code: number): number | Blocked { return do_exit(k, (code & 0xff) << 8); }
