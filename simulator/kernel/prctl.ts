import { err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { cap_task_prctl } from './securebits.ts';
import { _NSIG } from './signals.ts';
import type { task_struct } from './task.ts';
import { atLeast } from './version.ts';

export const PR_SET_PDEATHSIG = 1;
export const PR_GET_PDEATHSIG = 2;
export const PR_GET_DUMPABLE = 3;
export const PR_SET_DUMPABLE = 4;
export const PR_SET_NAME = 15;
export const PR_GET_NAME = 16;
export const PR_SET_TIMERSLACK = 29;
export const PR_GET_TIMERSLACK = 30;
export const PR_SET_CHILD_SUBREAPER = 36;
export const PR_GET_CHILD_SUBREAPER = 37;
export const PR_GET_SECCOMP = 21;
export const PR_SET_NO_NEW_PRIVS = 38;
export const PR_GET_NO_NEW_PRIVS = 39;
export const PR_GET_TID_ADDRESS = 40;

/** prctl(2): a number, or what is to be written to the caller's memory at `arg2`. `name`: the text at `arg2`, for PR_SET_NAME. Errors: EINVAL, EPERM. */
export function sys_prctl(k: Kernel, option: number, arg2: number, arg3: number, arg4: number, arg5: number, name?: string): number | { readonly int: number } | { readonly name: string } {
  const handled = cap_task_prctl(k, option, arg2, arg3, arg4, arg5);
  if (handled !== null) return handled;
  const me = k.current;
  switch (option) {
    case PR_SET_PDEATHSIG:
      if (arg2 < 0 || arg2 > _NSIG) return err('EINVAL');
      k.trace.write(me, 'pdeath_signal', arg2);
      return 0;
    case PR_GET_PDEATHSIG: return { int: me.pdeath_signal };
    case PR_GET_DUMPABLE: return me.mm?.dumpable ?? 0;
    case PR_SET_DUMPABLE:
      if (arg2 !== 0 && arg2 !== 1) return err('EINVAL');
      if (me.mm) k.trace.write(me.mm, 'dumpable', arg2);
      return 0;
    case PR_SET_NAME:
      k.trace.write(me, 'comm', (name ?? '').slice(0, 15));
      return 0;
    case PR_GET_NAME: return { name: me.comm };
    case PR_GET_SECCOMP: return me.seccomp?.mode ?? 0;
    case PR_SET_TIMERSLACK: return 0;
    case PR_GET_TIMERSLACK: return 50000;
    case PR_GET_TID_ADDRESS: return { int: me.clear_child_tid };
    default: return later(k, option, arg2, arg3, arg4, arg5);
  }
}

/** What came with 3.4 and 3.5. */
function later(k: Kernel, option: number, arg2: number, arg3: number, arg4: number, arg5: number): number | { readonly int: number } {
  const me = k.current;
  if (!atLeast(k.version, '3.8')) return err('EINVAL');
  switch (option) {
    case PR_SET_CHILD_SUBREAPER:
      k.trace.write(me.signal, 'is_child_subreaper', arg2 !== 0);
      if (arg2 !== 0) mark_descendants(k, me);
      return 0;
    case PR_GET_CHILD_SUBREAPER: return { int: me.signal.is_child_subreaper ? 1 : 0 };
    case PR_SET_NO_NEW_PRIVS:
      if (arg2 !== 1 || arg3 !== 0 || arg4 !== 0 || arg5 !== 0) return err('EINVAL');
      k.trace.write(me, 'no_new_privs', true);
      return 0;
    case PR_GET_NO_NEW_PRIVS:
      if (arg2 !== 0 || arg3 !== 0 || arg4 !== 0 || arg5 !== 0) return err('EINVAL');
      return me.no_new_privs ? 1 : 0;
    default: return err('EINVAL');
  }
}

/** Everybody below knows that a subreaper is above. Those who have one already, and inits of pid namespaces, end the walk downwards. */
function mark_descendants(k: Kernel, top: task_struct): void {
  const left = [...top.signal.threads.values()].flatMap((t) => [...t.children.values()]);
  for (let p = left.pop(); p; p = left.pop()) {
    const { signal } = p;
    const own_ns = p.thread_pid?.numbers[p.thread_pid.level]?.nr === 1;
    if (signal.has_child_subreaper || own_ns) continue;
    k.trace.write(signal, 'has_child_subreaper', true);
    for (const t of signal.threads.values()) left.push(...t.children.values());
  }
}
