import { CAP_SYS_CHROOT, ns_capable } from './capability.ts';
import { prepend_path } from './dcache.ts';
import { err, isErr, type Err } from './errno.ts';
import { fdget_path } from './files.ts';
import { set_fs_pwd, set_fs_root } from './fs_struct.ts';
import type { Kernel } from './kernel.ts';
import { AT_FDCWD, MAY_EXEC, is_dir } from './mode.ts';
import { LOOKUP_DIRECTORY, LOOKUP_FOLLOW, filename_lookup, root_of } from './namei.ts';
import { inode_permission } from './permission.ts';

/** chroot(2). Errors: those of the walk; ENOTDIR, EACCES, EPERM. */
export function sys_chroot(k: Kernel, name: string): number {
  const at = filename_lookup(k, AT_FDCWD, name, LOOKUP_FOLLOW | LOOKUP_DIRECTORY);
  if (isErr(at)) return at;
  const denied = inode_permission(k, at.dentry.d_inode, MAY_EXEC);
  if (denied) return denied;
  if (!ns_capable(k, k.current.cred.user_ns, CAP_SYS_CHROOT)) return err('EPERM');
  if (k.current.fs) set_fs_root(k, k.current.fs, at);
  return 0;
}

/** chdir(2). Errors: those of the walk; ENOTDIR, EACCES. */
export function sys_chdir(k: Kernel, name: string): number {
  const at = filename_lookup(k, AT_FDCWD, name, LOOKUP_FOLLOW | LOOKUP_DIRECTORY);
  if (isErr(at)) return at;
  const denied = inode_permission(k, at.dentry.d_inode, MAY_EXEC);
  if (denied) return denied;
  if (k.current.fs) set_fs_pwd(k, k.current.fs, at);
  return 0;
}

/** fchdir(2). Errors: EBADF, ENOTDIR, EACCES. */
export function sys_fchdir(k: Kernel, fd: number): number {
  const at = fd === AT_FDCWD ? err('EBADF') : fdget_path(k, fd);
  if (isErr(at)) return at;
  if (!is_dir(at.dentry.d_inode.i_mode)) return err('ENOTDIR');
  const denied = inode_permission(k, at.dentry.d_inode, MAY_EXEC);
  if (denied) return denied;
  if (k.current.fs) set_fs_pwd(k, k.current.fs, at);
  return 0;
}

/** getcwd(2), without the NUL. Errors: ENOENT when the directory was removed. */
export function sys_getcwd(k: Kernel): string | Err {
  const { fs } = k.current;
  if (!fs || fs.pwd.dentry.d_unlinked) return err('ENOENT');
  const { text, reachable } = prepend_path(fs.pwd, root_of(k));
  return reachable ? text : `(unreachable)${text}`;
}

/** umask(2): the old mask. */
export function sys_umask(k: Kernel, mask: number): number {
  const { fs } = k.current;
  if (!fs) return 0;
  const old = fs.umask;
  k.trace.write(fs, 'umask', mask & 0o777);
  return old;
}
