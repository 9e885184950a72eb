import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { KObject } from './object.ts';
import { find_task_by_vpid } from './pid_lookup.ts';
import { PTRACE_MODE_READ_REALCREDS, ptrace_may_access } from './ptrace.ts';
import type { task_struct } from './task.ts';

const KCMP_FILE = 0;
/** What two tasks may have in common, by its number from 1 on; an I/O context nobody has. */
const SHARED: readonly ((task: task_struct) => KObject | null)[] = [(task) => task.mm, (task) => task.files, (task) => task.fs, (task) => task.sighand, () => null, (task) => task.sysvsem];

/**
 * kcmp(2): 0 when two tasks have something in common, else 1 or 2, an order of such things. Errors: ESRCH, EPERM, EBADF, EINVAL; EOPNOTSUPP for what epoll looks at.
 */
export function sys_kcmp(k: Kernel, pid1: number, pid2: number, type: number, idx1: number, idx2: number): number | Err {
  const [one, two] = [find_task_by_vpid(k, pid1), find_task_by_vpid(k, pid2)];
  if (!one || !two) return err('ESRCH');
  if (!ptrace_may_access(k, one, PTRACE_MODE_READ_REALCREDS) || !ptrace_may_access(k, two, PTRACE_MODE_READ_REALCREDS)) return err('EPERM');
  if (type === KCMP_FILE) {
    const [a, b] = [one.files?.fd.get(idx1), two.files?.fd.get(idx2)];
    return a && b ? order(a, b) : err('EBADF');
  }
  const what = SHARED[type - 1];
  if (what) return order(what(one), what(two));
  if (type !== SHARED.length + 1) return err('EINVAL');
  k.not_modelled?.('kcmp(KCMP_EPOLL_TFD)');
  return err('EOPNOTSUPP');
}

/** The real kernel's order is one of scrambled addresses. */
function order(a: KObject | null, b: KObject | null): number {
  return a === b ? 0 : (a?.id ?? 0) < (b?.id ?? 0) ? 1 : 2;
}
