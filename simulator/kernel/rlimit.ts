import { CAP_SYS_RESOURCE, capable, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { find_task_by_vpid } from './pid_lookup.ts';
import type { task_struct } from './task.ts';

export const RLIMIT_NOFILE = 7;
const RLIMITS = 16;
/** Most descriptors that anybody can be allowed (fs.nr_open). */
const NR_OPEN = 1048576;

/** Soft and hard limit; Infinity for none. */
export interface rlimit { readonly cur: number; readonly max: number }

/**
 * prlimit(2), and getrlimit and setrlimit with pid 0: the limits as they were. Limits belong to the process. `to` null: only asked for.
 * Errors: EINVAL (resource, soft above hard), ESRCH, EPERM (somebody else's; raising a hard limit without CAP_SYS_RESOURCE).
 */
export function sys_prlimit64(k: Kernel, pid: number, resource: number, to: rlimit | null): rlimit | Err {
  const task = pid === 0 ? k.current : find_task_by_vpid(k, pid);
  if (!task) return err('ESRCH');
  if (!may_prlimit(k, task)) return err('EPERM');
  if (resource < 0 || resource >= RLIMITS) return err('EINVAL');
  const { rlimit: limits } = task.signal;
  const was = limits.get(resource) ?? { cur: Infinity, max: Infinity };
  if (!to) return was;
  if (to.cur > to.max) return err('EINVAL');
  if (resource === RLIMIT_NOFILE && to.max > NR_OPEN) return err('EPERM');
  if (to.max > was.max && !capable(k, CAP_SYS_RESOURCE)) return err('EPERM');
  k.trace.insert(limits, resource, to);
  return was;
}

/** One's own process; one of the same user, whose ids are all alike; or with CAP_SYS_RESOURCE over it. */
function may_prlimit(k: Kernel, task: task_struct): boolean {
  if (task.signal === k.current.signal) return true;
  const { uid, gid } = k.current.cred;
  const their = task.cred;
  const same = [their.uid, their.euid, their.suid].every((id) => id === uid) && [their.gid, their.egid, their.sgid].every((id) => id === gid);
  return same || ns_capable(k, their.user_ns, CAP_SYS_RESOURCE);
}
