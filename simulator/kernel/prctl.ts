import { err } from './errno.ts';
import type { Kernel } from './kernel.ts';

/** prctl(2): a number, or what is to be written to the caller's memory at `arg2`. `name`: the text at `arg2`, for PR_SET_NAME. */
export function sys_prctl(_k: Kernel, _option: number, _arg2: number, _arg3: number, _arg4: number, _arg5: number, _name?: string): number | { readonly int: number } | { readonly name: string } { return err('ENOSYS'); }
