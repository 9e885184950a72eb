import type { kernel_clone_args } from './clone_args.ts';
import { cgroup, task_cgroup } from './cgroup.ts';
import { cgroup_attach_permissions } from './cgroup_fs.ts';
import { err, type Err } from './errno.ts';
import { fget_raw } from './files.ts';
import { CLONE_INTO_CGROUP, has } from './flags.ts';
import type { Kernel } from './kernel.ts';
import { nsproxy_of } from './nsproxy.ts';
import type { file } from './vfs.ts';

/** The group whose directory is open; null for any other file. */
export function cgroup_of_file(of: file): cgroup | null {
  if (of.private_data instanceof cgroup) return of.private_data;
  const object = of.f_path?.dentry.d_inode.i_private?.object;
  return object instanceof cgroup ? object : null;
}

/** The group in which a new task will be: that of its parent, or the one of CLONE_INTO_CGROUP. Errors: EBADF (no group's directory), EACCES, ENOENT. */
export function cgroup_can_fork(k: Kernel, args: kernel_clone_args): cgroup | Err {
  const src = task_cgroup(k.current);
  if (!has(args.flags, CLONE_INTO_CGROUP)) return src;
  const opened = fget_raw(k, args.cgroup ?? -1);
  const dst = opened && cgroup_of_file(opened);
  if (!opened || !dst) return err('EBADF');
  const { cgroup_ns } = nsproxy_of(k.current);
  if (!cgroup_ns || dst === src) return dst;
  return cgroup_attach_permissions(k, { f_cred: k.current.cred }, cgroup_ns, src, dst) || dst;
}
