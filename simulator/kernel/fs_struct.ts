// The vfs part's file: the agreed names, and the least that makes them work.
import type { Kernel } from './kernel.ts';
import { fs_struct } from './task.ts';

/** A private copy, with one user. */
export function copy_fs_struct(k: Kernel, old: fs_struct): fs_struct {
  const fs = new fs_struct(old.root, old.pwd);
  fs.umask = old.umask;
  return k.trace.alloc(fs);
}

/** Frees one that has no user left. */
export function free_fs_struct(k: Kernel, fs: fs_struct): void {
  k.trace.free(fs);
}

/** Has the running task another root directory than its mount namespace's? The rule that keeps a chrooted task from making user namespaces. */
export function current_chrooted(k: Kernel): boolean {
  const { fs, nsproxy } = k.current;
  const root = nsproxy?.mnt_ns?.root;
  if (!fs || !root) return false;
  let { mnt, dentry } = { mnt: root, dentry: root.mnt_root };
  for (;;) {
    const over = [...mnt.mnt_mounts.values()].find((child) => child.mnt_mountpoint === dentry);
    if (!over) break;
    ({ mnt, dentry } = { mnt: over, dentry: over.mnt_root });
  }
  return fs.root.mnt !== mnt || fs.root.dentry !== dentry;
}
