import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { Blocked, wait_on } from './sched.ts';
import { action_of, flush, send_signal, signal_pending } from './signal.ts';
import { SIGNAL_UNKILLABLE, SIGSYS, SYS_SECCOMP, UNMASKABLE, _NSIG, sig_kernel_ignore, sig_kernel_only, sigmask } from './signals.ts';
import type { k_sigaction, siginfo } from './task.ts';

/** rt_sigaction(2): the action before, or an error. `act` null: only asked for. Errors: EINVAL. */
export function sys_rt_sigaction(k: Kernel, sig: number, act: k_sigaction | null): k_sigaction | Err {
  const { current } = k;
  if (sig < 1 || sig > _NSIG || (act && sig_kernel_only(sig)) || !current.sighand) return err('EINVAL');
  const old = action_of(current, sig);
  if (!act) return old;
  k.trace.insert(current.sighand.action, sig, { ...act, mask: act.mask & ~UNMASKABLE });
  if (act.handler === 'ignore' || (act.handler === 'default' && sig_kernel_ignore(sig))) flush(k, current, (other) => other === sig);
  return old;
}

export const SIG_BLOCK = 0;
export const SIG_UNBLOCK = 1;
export const SIG_SETMASK = 2;

/** rt_sigprocmask(2): the mask before, or an error. `set` null: only asked for. Errors: EINVAL. */
export function sys_rt_sigprocmask(k: Kernel, how: number, set: bigint | null): bigint | Err {
  const { current } = k;
  const old = current.blocked;
  if (set === null) return old;
  const wanted = set & ~UNMASKABLE;
  switch (how) {
    case SIG_BLOCK: k.trace.write(current, 'blocked', old | wanted); return old;
    case SIG_UNBLOCK: k.trace.write(current, 'blocked', old & ~wanted); return old;
    case SIG_SETMASK: k.trace.write(current, 'blocked', wanted); return old;
    default: return err('EINVAL');
  }
}

/** rt_sigpending(2): signals that wait because they are blocked. */
export function sys_rt_sigpending(k: Kernel): bigint {
  const { pending, signal, blocked } = k.current;
  let all = 0n;
  for (const sig of [...pending.map.keys(), ...signal.shared_pending.map.keys()]) all |= sigmask(sig);
  return all & blocked;
}

/** A handler returned: the mask from before is back. */
export function sys_rt_sigreturn(k: Kernel, oldset: bigint): void {
  k.trace.write(k.current, 'blocked', oldset & ~UNMASKABLE);
}

/** rt_sigsuspend(2): waits for a signal with another mask. When one is waiting already, the task does not sleep, but is at once as if woken by it. */
export function sys_rt_sigsuspend(k: Kernel, set: bigint): number | Blocked {
  const { current } = k;
  if (current.saved_sigmask === null) {
    k.trace.write(current, 'saved_sigmask', current.blocked);
    k.trace.write(current, 'blocked', set & ~UNMASKABLE);
  }
  if (signal_pending(current)) {
    k.trace.write(current, 'interrupted', { kind: 'sigsuspend', result: null });
    return Blocked;
  }
  return wait_on(k, current, 'sigsuspend');
}

/** pause(2): waits for a signal. */
export function sys_pause(k: Kernel): number | Blocked {
  return wait_on(k, k.current, 'pause');
}

/** A fault of the program itself (SIGSEGV, SIGFPE, SIGILL …): not even an init ignores it. `code`: si_code. [M28] */
export function force_sig_fault(k: Kernel, sig: number, address: number, code = 1): void {
  force_sig_info(k, { signo: sig, code, sender: null, value: address }, false);
}

/** SIGSYS for a call that a filter does not allow. `exits`: no handler is asked. */
export function force_sig_seccomp(k: Kernel, syscall: Required<siginfo>['syscall'], exits: boolean): void {
  force_sig_info(k, { signo: SIGSYS, code: SYS_SECCOMP, sender: null, syscall }, exits);
}

function force_sig_info(k: Kernel, info: siginfo, exits: boolean): void {
  const { current } = k;
  const { signo: sig } = info;
  const { handler } = action_of(current, sig);
  const blocked = (current.blocked & sigmask(sig)) !== 0n;
  if (current.sighand && (blocked || exits || handler === 'ignore')) k.trace.insert(current.sighand.action, sig, { handler: 'default', flags: 0, mask: 0n });
  if (blocked) k.trace.write(current, 'blocked', current.blocked & ~sigmask(sig));
  if (action_of(current, sig).handler === 'default') k.trace.write(current.signal, 'flags', current.signal.flags & ~SIGNAL_UNKILLABLE);
  send_signal(k, info, current, false, true);
}
