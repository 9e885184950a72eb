import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { k_sigaction, siginfo, task_struct } from './task.ts';
import type { Blocked } from './sched.ts';

/** What the machine must do before the running task goes on in user mode. */
export type Delivery =
  | { readonly what: 'none' }
  /** Call the handler; `oldset` is the mask to restore when it returns (sys_rt_sigreturn). */
  | { readonly what: 'handler'; readonly signo: number; readonly info: siginfo; readonly action: k_sigaction; readonly oldset: bigint }
  /** The task stopped, or ended (or is ending and blocked): someone else must run. */
  | { readonly what: 'stopped' | 'dead' };

/** Is a signal waiting that get_signal would take? Cheap: asked before each return to user mode. */
export function signal_pending(_task: task_struct): boolean { return false; }
/** Takes the running task's next signal, and does what the kernel does itself about it. */
export function get_signal(_k: Kernel): Delivery { return { what: 'none' }; }
/**
 * The running task's call was interrupted by a signal (`task.interrupted`), and `action` (null: no handler) was delivered: what the call
 * returns, or 'again' when it is to be made again.
 */
export function interrupted_result(_k: Kernel, _action: k_sigaction | null): number | 'again' { return 'again'; }
export function sys_kill(_k: Kernel, _pid: number, _sig: number): 0 | Err { return err('ENOSYS'); }
export function sys_tgkill(_k: Kernel, _tgid: number, _pid: number, _sig: number): 0 | Err { return err('ENOSYS'); }
export function sys_tkill(_k: Kernel, _pid: number, _sig: number): 0 | Err { return err('ENOSYS'); }
/** rt_sigaction(2): the action before, or an error. `act` null: only asked for. */
export function sys_rt_sigaction(_k: Kernel, _sig: number, _act: k_sigaction | null): k_sigaction | Err { return err('ENOSYS'); }
/** rt_sigprocmask(2): the mask before, or an error. `set` null: only asked for. */
export function sys_rt_sigprocmask(_k: Kernel, _how: number, _set: bigint | null): bigint | Err { return err('ENOSYS'); }
export function sys_rt_sigpending(_k: Kernel): bigint { return 0n; }
export function sys_rt_sigreturn(_k: Kernel, _oldset: bigint): void { /* restores the mask */ }
export function sys_rt_sigsuspend(_k: Kernel, _set: bigint): number | Blocked { return err('ENOSYS'); }
export function sys_pause(_k: Kernel): number | Blocked { return err('ENOSYS'); }
/** A fault of the program itself (SIGSEGV, SIGFPE, SIGILL …): not even an init ignores it. */
export function force_sig_fault(_k: Kernel, _sig: number, _address: number): void { /* sends */ }
