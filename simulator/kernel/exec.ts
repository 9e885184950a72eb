import { err } from './errno.ts';
import type { bprm_file } from './exec_cred.ts';
import type { Kernel } from './kernel.ts';
import type { Blocked } from './sched.ts';
import type { path } from './vfs.ts';

/** The program that replaces the running one, found and checked already. */
export interface linux_binprm {
  readonly exe: path;
  readonly comm: string;
  readonly cmdline: readonly string[];
  readonly environ: readonly string[];
  readonly file: bprm_file;
  /** The caller may not read the program file: the process is not dumpable. */
  readonly unreadable?: boolean;
}

/** exec, from the point of no return on: other threads end (blocks until they have), memory, descriptors, signals, credentials, time namespace. */
export function begin_new_exec(_k: Kernel, _bprm: linux_binprm): number | Blocked { return err('ENOSYS'); }
