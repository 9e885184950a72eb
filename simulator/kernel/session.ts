import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { task_active_pid_ns } from './pid.ts';
import { find_vpid, pid_vnr, task_tgid_nr_ns } from './pid_lookup.ts';
import { change_pid } from './release.ts';
import { will_become_orphaned_pgrp } from './reparent.ts';
import { PF_FORKNOEXEC } from './signals.ts';
import type { task_struct } from './task.ts';

/** The number of the process in its own pid namespace. */
export function sys_getpid(k: Kernel): number { return pid_vnr(k, k.current.signal.tgid); }
export function sys_gettid(k: Kernel): number { return pid_vnr(k, k.current.thread_pid); }

/** The parent's number in the caller's pid namespace; 0 when the parent lives outside of it. [E4 N6 N7] */
export function sys_getppid(k: Kernel): number {
  const parent = k.current.real_parent;
  return parent ? task_tgid_nr_ns(parent, task_active_pid_ns(k.current)) : 0;
}

/** setpgid(2). Errors: EINVAL, ESRCH, EPERM, EACCES. */
export function sys_setpgid(k: Kernel, nr: number, group: number): 0 | Err {
  const { group_leader: own } = k.current;
  const pgid = group === 0 ? (nr === 0 ? pid_vnr(k, own.thread_pid) : nr) : group;
  if (pgid < 0) return err('EINVAL');
  const p = nr === 0 ? own : find_vpid(k, nr)?.pid_task;
  if (!p) return err('ESRCH');
  if (p.group_leader !== p) return err('EINVAL');
  if (p.real_parent?.signal === own.signal) {
    if (p.signal.session !== own.signal.session) return err('EPERM');
    if ((p.flags & PF_FORKNOEXEC) === 0) return err('EACCES');
  } else if (p !== own) return err('ESRCH');
  if (p.signal.leader) return err('EPERM');
  let to = p.thread_pid;
  if (pgid !== pid_vnr(k, p.thread_pid)) {
    to = find_vpid(k, pgid);
    const member = to && [...to.pgrp.values()][0];
    if (!member || member.signal.session !== own.signal.session) return err('EPERM');
  }
  if (to && p.signal.pgrp !== to) change_pid(k, p, 'pgrp', to);
  return 0;
}

function process(k: Kernel, nr: number): task_struct | null {
  return nr === 0 ? k.current : find_vpid(k, nr)?.pid_task ?? null;
}

/** getpgid(2): 0 for a group that the caller does not see. Errors: ESRCH. */
export function sys_getpgid(k: Kernel, nr: number): number {
  const p = process(k, nr);
  return p ? pid_vnr(k, p.signal.pgrp) : err('ESRCH');
}

export function sys_getpgrp(k: Kernel): number { return sys_getpgid(k, 0); }

/** getsid(2): 0 for a session that the caller does not see. Errors: ESRCH. */
export function sys_getsid(k: Kernel, nr: number): number {
  const p = process(k, nr);
  return p ? pid_vnr(k, p.signal.session) : err('ESRCH');
}

/** setsid(2): the caller leads a new session and process group. Errors: EPERM (it leads a process group). */
export function sys_setsid(k: Kernel): number {
  const { group_leader } = k.current;
  const { signal, thread_pid } = group_leader;
  if (!thread_pid || signal.leader || thread_pid.pgrp.size > 0) return err('EPERM');
  k.trace.write(signal, 'leader', true);
  change_pid(k, group_leader, 'session', thread_pid);
  change_pid(k, group_leader, 'pgrp', thread_pid);
  return pid_vnr(k, thread_pid);
}

/** Nobody of its session is above the caller's process group who could let it go on once stopped. */
export function is_current_pgrp_orphaned(k: Kernel): boolean {
  const { pgrp } = k.current.signal;
  return pgrp !== null && will_become_orphaned_pgrp(k, pgrp, null);
}
