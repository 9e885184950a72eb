import type { Kernel } from './kernel.ts';
import { mntns_root } from './mnt.ts';
import { path_get, path_put } from './mount.ts';
import { fs_struct } from './task.ts';
import type { path } from './vfs.ts';
import { path_equal } from './vfs.ts';

/** A new one, with one user. */
export function alloc_fs_struct(k: Kernel, root: path, pwd: path): fs_struct {
  return k.trace.alloc(new fs_struct(path_get(k, root), path_get(k, pwd)));
}

/** A private copy, with one user. */
export function copy_fs_struct(k: Kernel, old: fs_struct): fs_struct {
  const fs = new fs_struct(path_get(k, old.root), path_get(k, old.pwd));
  fs.umask = old.umask;
  return k.trace.alloc(fs);
}

/** Frees one that has no user left. */
export function free_fs_struct(k: Kernel, fs: fs_struct): void {
  path_put(k, fs.root);
  path_put(k, fs.pwd);
  k.trace.free(fs);
}

/** Changes the root directory; takes its own reference. */
export function set_fs_root(k: Kernel, fs: fs_struct, to: path): void {
  const old = fs.root;
  path_get(k, to);
  k.trace.write(fs, 'root', to);
  path_put(k, old);
}

/** Changes the working directory; takes its own reference. */
export function set_fs_pwd(k: Kernel, fs: fs_struct, to: path): void {
  const old = fs.pwd;
  path_get(k, to);
  k.trace.write(fs, 'pwd', to);
  path_put(k, old);
}

/** pivot_root: every task whose root or working directory was the old root now has the new one. */
export function chroot_fs_refs(k: Kernel, old_root: path, new_root: path): void {
  const seen = new Set<fs_struct>();
  for (const { fs } of k.tasks.values()) {
    if (!fs || seen.has(fs)) continue;
    seen.add(fs);
    if (path_equal(fs.root, old_root)) set_fs_root(k, fs, new_root);
    if (path_equal(fs.pwd, old_root)) set_fs_pwd(k, fs, new_root);
  }
}

/** Has the running task another root directory than its mount namespace's? The rule that keeps a chrooted task from making user namespaces. */
export function current_chrooted(k: Kernel): boolean {
  const { fs, nsproxy } = k.current;
  const first = nsproxy?.mnt_ns?.root;
  return fs !== null && first !== null && first !== undefined && !path_equal(fs.root, mntns_root(first));
}
