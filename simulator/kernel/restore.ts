import type { HostState, LeftOut } from './host_state.ts';
import type { Kernel } from './kernel.ts';
import { restore_holders } from './restore_holders.ts';
import { restore_mounts } from './restore_mounts.ts';
import { restore_namespaces } from './restore_namespaces.ts';
import { restore_tasks } from './restore_tasks.ts';
import { switch_to } from './sched.ts';
import type { task_struct } from './task.ts';

/** What came of a state. `tasks`: the ones that were made; they sleep, and have no program that could run. */
export interface Restored { readonly tasks: readonly task_struct[]; readonly left_out: readonly LeftOut[] }

/**
 * Brings a machine that has just booted into the state that another was in: by the kernel's own functions wherever there is one, so that every count is
 * what it would be had programs made all that. `init` is the machine's process 1 and runs; it stays the running task.
 */
export function restore_state(k: Kernel, init: task_struct, state: HostState): Restored {
  const left_out: LeftOut[] = [];
  const namespaces = restore_namespaces(k, init, state, left_out);
  const tasks = restore_tasks(k, init, state, namespaces, left_out);
  restore_mounts(k, init, state, namespaces, tasks, left_out);
  restore_holders(k, state, namespaces, tasks);
  namespaces.release(left_out);
  switch_to(k, init);
  return { tasks: [...tasks.values()].filter((task) => task !== init), left_out };
}
