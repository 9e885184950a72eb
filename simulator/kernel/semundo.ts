import type { Kernel } from './kernel.ts';
import type { task_struct } from './task.ts';

/** The task lets go of its list of semaphore adjustments; the last one that shares it applies them. */
export function exit_sem(k: Kernel, tsk: task_struct): void {
  if (tsk.sysvsem) k.trace.write(tsk, 'sysvsem', null);
}
