import type { Kernel } from './kernel.ts';

/** The thread group id, as the running task's pid namespace numbers it, of a task that may be gone (0 then), by task id of the kernel. */
export function pid_nr(k: Kernel, task_id: number): number {
  const own = k.current.thread_pid;
  const tgid = k.tasks.get(task_id)?.signal.tgid;
  const ns = own?.numbers[own.level]?.ns;
  return tgid?.numbers.find((upid) => upid.ns === ns)?.nr ?? 0;
}
