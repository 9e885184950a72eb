import { set_fs_root } from '../../../simulator/kernel/fs_struct.ts';
import { alloc_vfsmnt, mntput } from '../../../simulator/kernel/mount.ts';
import { get_super } from '../../../simulator/kernel/super.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import type { Processes } from './processes.ts';

/** Gives a task another root directory than its mount namespace's, without a path to it. */
export function chroot_to_other(p: Processes, task: task_struct): void {
  p.as(task, (k) => {
    const { fs } = task;
    if (!fs) return;
    const sb = fs.root.mnt.mnt_sb;
    const mnt = alloc_vfsmnt(k, get_super(k, sb), sb.s_root, 'other');
    set_fs_root(k, fs, { mnt, dentry: mnt.mnt_root });
    mntput(k, mnt);
  });
}
