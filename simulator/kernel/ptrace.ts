import { CAP_SYS_PTRACE, cap_issubset, ns_capable } from './capability.ts';
import type { Kernel } from './kernel.ts';
import type { task_struct } from './task.ts';
import { atLeast } from './version.ts';

/** Which ids of the caller count: those for files (/proc) or the real ones (setns, pidfd_getfd). */
export type PtraceMode = 'fscreds' | 'realcreds';
export const PTRACE_MODE_READ_FSCREDS: PtraceMode = 'fscreds';
export const PTRACE_MODE_READ_REALCREDS: PtraceMode = 'realcreds';

/**
 * May the running task look into another (KERNEL.md 3, end)? Threads of one process may; else all ids of the target must be the caller's,
 * the target dumpable, and its capabilities no more than the caller's; CAP_SYS_PTRACE in the right user namespace stands in for each.
 */
export function ptrace_may_access(k: Kernel, task: task_struct, mode: PtraceMode): boolean {
  const { current } = k;
  if (task.signal === current.signal) return true;
  const own = current.cred;
  const target = task.cred;
  const [uid, gid] = mode === 'fscreds' ? [own.fsuid, own.fsgid] : [own.uid, own.gid];
  const same = uid === target.euid && uid === target.suid && uid === target.uid && gid === target.egid && gid === target.sgid && gid === target.gid;
  if (!same && !ns_capable(k, target.user_ns, CAP_SYS_PTRACE)) return false;
  if (!task_still_dumpable(k, task)) return false;
  const held = mode === 'fscreds' ? own.cap_effective : own.cap_permitted;
  if (own.user_ns === target.user_ns && cap_issubset(target.cap_permitted, held)) return true;
  return ns_capable(k, target.user_ns, CAP_SYS_PTRACE);
}

/** Seen on 6.18.44: a zombie stays as dumpable as it was; before, nobody asked once the memory was gone. */
function task_still_dumpable(k: Kernel, { mm, user_dumpable }: task_struct): boolean {
  if (mm) return mm.dumpable === 1 || ns_capable(k, mm.user_ns, CAP_SYS_PTRACE);
  return user_dumpable || !atLeast(k.version, '6.18') || ns_capable(k, k.init_user_ns, CAP_SYS_PTRACE);
}
