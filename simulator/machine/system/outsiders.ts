import type { Kernel } from '../../kernel/kernel.ts';
import { switch_to } from '../../kernel/sched.ts';
import type { task_struct } from '../../kernel/task.ts';
import { WNOHANG, sys_wait4 } from '../../kernel/wait.ts';
import type { wait_result } from '../../kernel/wait.ts';
import { run_work } from '../../kernel/worker.ts';

/**
 * init and shells run no program here; what they do about their children they do as soon as nobody else runs: they wait for those that ended. Returns what they
 * found out.
 */
export function reap(k: Kernel, task: task_struct): readonly wait_result[] {
  const found: wait_result[] = [];
  if (![...task.children.values()].some((child) => child.state === 'zombie')) return found;
  const { current } = k;
  switch_to(k, task);
  for (let next = sys_wait4(k, -1, WNOHANG); typeof next === 'object'; next = sys_wait4(k, -1, WNOHANG)) {
    found.push(next);
    run_work(k);
  }
  switch_to(k, current);
  return found;
}
