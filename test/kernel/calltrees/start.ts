import { boot } from '../../../simulator/kernel/boot.ts';
import { kernel_clone } from '../../../simulator/kernel/fork.ts';
import type { Kernel } from '../../../simulator/kernel/kernel.ts';
import { mm_alloc } from '../../../simulator/kernel/mm.ts';
import { init_mount_tree, prepare_namespace } from '../../../simulator/kernel/rootfs.ts';
import { schedule } from '../../../simulator/kernel/sched.ts';
import { files_struct } from '../../../simulator/kernel/task.ts';
import type { Level } from '../../../simulator/kernel/trace.ts';
import type { Version } from '../../../simulator/kernel/version.ts';

const SIGCHLD = 17;

/** A computer as the recorder's: init has one child, which runs (`k.current`) as root in the initial namespaces. Traced from here on. */
export function start(version: Version, level: Level): Kernel {
  const k = boot(version);
  init_mount_tree(k);
  prepare_namespace(k);
  k.trace.write(k.init_task, 'files', k.trace.alloc(new files_struct()));
  k.trace.write(k.init_task, 'mm', mm_alloc(k, k.init_user_ns));
  for (let made = 0; made < 2; made++) {
    const nr = kernel_clone(k, { flags: 0, exit_signal: SIGCHLD });
    if (typeof nr !== 'number' || nr <= 0) throw new Error(`no process can be made: ${nr}`);
    schedule(k, k.rq.queue.at(-1));
  }
  k.trace.level = level;
  return k;
}
