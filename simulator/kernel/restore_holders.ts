import { alloc_file, fd_install } from './files.ts';
import type { HostState } from './host_state.ts';
import type { Kernel } from './kernel.ts';
import { ns_get_path } from './nsfs.ts';
import type { RestoredNamespaces } from './restore_namespaces.ts';
import { switch_to } from './sched.ts';
import type { task_struct } from './task.ts';

/** Opens the files of namespaces that tasks had open, under the numbers that they had. */
export function restore_holders(k: Kernel, state: HostState, namespaces: RestoredNamespaces, tasks: ReadonlyMap<number, task_struct>): void {
  for (const { pid, holds } of state.tasks) {
    const task = tasks.get(pid);
    if (!task?.files) continue;
    switch_to(k, task);
    for (const { fd, type, inode } of holds) {
      const ns = namespaces.find(type, inode);
      if (!ns || task.files.fd.has(fd)) continue;
      const of = alloc_file(k, ns_get_path(k, ns), 0, 'nsfs');
      k.trace.write(of, 'private_data', ns);
      fd_install(k, fd, of, true);
    }
  }
}
