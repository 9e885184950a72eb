import type { Kernel } from './kernel.ts';
import { task_active_pid_ns } from './pid.ts';
import type { pid, pid_namespace } from './pid.ts';
import type { task_struct } from './task.ts';

/** Number of a struct pid in a pid namespace; 0 when it is not visible there. */
export function pid_nr_ns(of: pid | null, ns: pid_namespace): number {
  const upid = of?.numbers[ns.level];
  return upid?.ns === ns ? upid.nr : 0;
}

/** Its number as the running task sees it; 0 when it does not. */
export function pid_vnr(k: Kernel, of: pid | null): number {
  return pid_nr_ns(of, task_active_pid_ns(k.current));
}

/** Thread id, process id, process group and session of a task in a pid namespace; 0: not visible, or the task was reaped. */
export function task_pid_nr_ns(task: task_struct, ns: pid_namespace): number { return pid_nr_ns(task.thread_pid, ns); }
export function task_tgid_nr_ns(task: task_struct, ns: pid_namespace): number { return task.thread_pid ? pid_nr_ns(task.signal.tgid, ns) : 0; }
export function task_pgrp_nr_ns(task: task_struct, ns: pid_namespace): number { return task.thread_pid ? pid_nr_ns(task.signal.pgrp, ns) : 0; }
export function task_session_nr_ns(task: task_struct, ns: pid_namespace): number { return task.thread_pid ? pid_nr_ns(task.signal.session, ns) : 0; }

/** The struct pid that a number means in a pid namespace. */
export function find_pid_ns(nr: number, ns: pid_namespace): pid | null {
  return ns.idr.get(nr) ?? null;
}

export function find_vpid(k: Kernel, nr: number): pid | null {
  return find_pid_ns(nr, task_active_pid_ns(k.current));
}

/** The thread that a number means in a pid namespace. */
export function find_task_by_pid_ns(nr: number, ns: pid_namespace): task_struct | null {
  return find_pid_ns(nr, ns)?.pid_task ?? null;
}

/** The thread that a number means to the running task. */
export function find_task_by_vpid(k: Kernel, nr: number): task_struct | null {
  return find_task_by_pid_ns(nr, task_active_pid_ns(k.current));
}

/** The process (its leading thread) that has this struct pid as its thread group id; null if it is a mere thread's, or nobody's. */
export function pid_tgid_task(of: pid): task_struct | null {
  const task = of.pid_task;
  return task && task.signal.tgid === of ? task : null;
}

/** Is this task the init of its pid namespace (any thread of it)? */
export function is_child_reaper(of: pid): boolean {
  return of.numbers[of.level]?.nr === 1;
}
