import { CAP_SYS_ADMIN, CAP_SYS_NICE, ns_capable } from './capability.ts';
import { err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { find_vpid } from './pid_lookup.ts';
import type { task_struct } from './task.ts';
import { make_kuid } from './uidgid.ts';

const PRIO_PROCESS = 0;
const PRIO_PGRP = 1;
const PRIO_USER = 2;
const RLIMIT_NICE = 13;
const SCHED_RR = 2;
const POLICIES: ReadonlySet<number> = new Set([0, 1, 2, 3, 5]);

/** The tasks that (which, who) means. Errors: EINVAL; ESRCH when there is none. */
function tasks_of(k: Kernel, which: number, who: number): task_struct[] | number {
  if (which < PRIO_PROCESS || which > PRIO_USER) return err('EINVAL');
  const { current } = k;
  let found: task_struct[] = [];
  if (which === PRIO_PROCESS) {
    const task = who === 0 ? current : find_vpid(k, who)?.pid_task;
    if (task) found = [task];
  } else if (which === PRIO_PGRP) {
    const group = who === 0 ? current.signal.pgrp : find_vpid(k, who);
    if (group) found = [...group.pgrp.values()].flatMap((leader) => [...leader.signal.threads.values()]);
  } else {
    const uid = who === 0 ? current.cred.uid : make_kuid(current.cred.user_ns, who);
    found = [...k.tasks.values()].filter((task) => task.cred.uid === uid && task !== k.init_task);
  }
  return found.length > 0 ? found : err('ESRCH');
}

/** getpriority(2), as the system call tells it: 20 less the nice value. Errors: EINVAL, ESRCH. */
export function sys_getpriority(k: Kernel, which: number, who: number): number {
  const found = tasks_of(k, which, who);
  return typeof found === 'number' ? found : Math.max(...found.map(({ nice }) => 20 - nice));
}

/** setpriority(2). Errors: EINVAL, ESRCH, EPERM (another user's), EACCES (more important than one may). */
export function sys_setpriority(k: Kernel, which: number, who: number, value: number): number {
  const found = tasks_of(k, which, who);
  if (typeof found === 'number') return found;
  const nice = Math.min(Math.max(value, -20), 19);
  let result = 0;
  for (const task of found) {
    if (!may_set(k, task)) result = err('EPERM');
    else if (nice < task.nice && 20 - nice > (task.signal.rlimit.get(RLIMIT_NICE)?.cur ?? 0) && !ns_capable(k, k.init_user_ns, CAP_SYS_NICE)) result = err('EACCES');
    else k.trace.write(task, 'nice', nice);
  }
  return result;
}

function may_set(k: Kernel, task: task_struct): boolean {
  const { euid } = k.current.cred;
  return task.cred.uid === euid || task.cred.euid === euid || ns_capable(k, task.cred.user_ns, CAP_SYS_NICE);
}

const IOPRIO_CLASS_SHIFT = 13;
const IOPRIO_LEVELS = 8;
const IOPRIO_WHO_PROCESS = 1;

/** ioprio_set(2): kept and told; there is no disk to wait for. Its `which` is one more than that of setpriority. Errors: EINVAL, ESRCH, EPERM. */
export function sys_ioprio_set(k: Kernel, which: number, who: number, ioprio: number): number {
  const [kind, level] = [(ioprio >> IOPRIO_CLASS_SHIFT) & 7, ioprio & (IOPRIO_LEVELS - 1)];
  if (kind > 3 || (kind === 0 && level !== 0)) return err('EINVAL');
  if (kind === 1 && !ns_capable(k, k.init_user_ns, CAP_SYS_ADMIN) && !ns_capable(k, k.init_user_ns, CAP_SYS_NICE)) return err('EPERM');
  const found = tasks_of(k, which - 1, who);
  if (typeof found === 'number') return found;
  for (const task of found) {
    if (!may_set(k, task)) return err('EPERM');
    k.trace.write(task, 'ioprio', ioprio);
  }
  return 0;
}

/** Best effort, and how much by the nice value. */
const by_nice = (nice: number): number => 2 << IOPRIO_CLASS_SHIFT | Math.trunc((nice + 20) / 5);

/** ioprio_get(2): of several the most important, by the nice value where none was set. Errors: EINVAL, ESRCH. */
export function sys_ioprio_get(k: Kernel, which: number, who: number): number {
  const found = tasks_of(k, which - 1, who);
  return typeof found === 'number' ? found : which === IOPRIO_WHO_PROCESS ? found[0]?.ioprio ?? 0 : Math.min(...found.map(({ ioprio, nice }) => ioprio || by_nice(nice)));
}

/** The task with that number; 0 is the caller. Errors: EINVAL, ESRCH. */
export function sched_task(k: Kernel, nr: number): task_struct | number {
  if (nr < 0) return err('EINVAL');
  return nr === 0 ? k.current : find_vpid(k, nr)?.pid_task ?? err('ESRCH');
}

/** sched_setscheduler(2): kept and told; the model's one processor takes turns all the same. Errors: EINVAL, ESRCH, EPERM. */
export function sys_sched_setscheduler(k: Kernel, nr: number, policy: number, priority: number): number {
  const task = sched_task(k, nr);
  if (typeof task === 'number') return task;
  if (!POLICIES.has(policy)) return err('EINVAL');
  const realtime = policy === 1 || policy === SCHED_RR;
  if (realtime ? priority < 1 || priority > 99 : priority !== 0) return err('EINVAL');
  if (!may_set(k, task) || (realtime && !ns_capable(k, k.init_user_ns, CAP_SYS_NICE))) return err('EPERM');
  k.trace.write(task, 'policy', policy);
  k.trace.write(task, 'rt_priority', priority);
  return 0;
}

/** sched_get_priority_max(2) and _min. Errors: EINVAL. */
export function sched_priority(policy: number, most: boolean): number {
  if (policy === 1 || policy === SCHED_RR) return most ? 99 : 1;
  return POLICIES.has(policy) || policy === 6 || policy === 7 ? 0 : err('EINVAL');
}

/** sched_setaffinity(2): the model has one processor, number 0. Errors: ESRCH, EPERM, EINVAL. */
export function sys_sched_setaffinity(k: Kernel, nr: number, mask: Uint8Array): number {
  const task = sched_task(k, nr);
  if (typeof task === 'number') return err('ESRCH');
  if (!may_set(k, task)) return err('EPERM');
  return ((mask[0] ?? 0) & 1) !== 0 ? 0 : err('EINVAL');
}
