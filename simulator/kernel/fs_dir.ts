import { CAP_MKNOD, capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import { fsnotify_create, fsnotify_delete, fsnotify_link, fsnotify_move } from './fsnotify.ts';
import { i_op } from './inode_ops.ts';
import type { NewNode } from './inode_ops.ts';
import type { Kernel } from './kernel.ts';
import {
  AT_EMPTY_PATH, AT_REMOVEDIR, AT_SYMLINK_FOLLOW, MAY_WRITE, S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK, is_dir, is_link,
} from './mode.ts';
import { is_subdir, umount_mnt } from './mount.ts';
import { LOOKUP_EMPTY, LOOKUP_FOLLOW, d_lookup, filename_lookup, path_parentat } from './namei.ts';
import type { Parent } from './namei.ts';
import { inode_permission, may_create, may_delete, may_linkat, mnt_want_write, vfs_prepare_mode } from './permission.ts';
import { byte_length } from './text.ts';
import { umount_tree } from './umount_tree.ts';
import type { dentry } from './vfs.ts';

/** Makes a name that must not exist yet. Errors: those of the walk; EEXIST, ENOENT, EROFS, EOVERFLOW, EACCES, EPERM. */
function create_at(k: Kernel, dfd: number, name: string, node: NewNode, permitted = true): number {
  const to = path_parentat(k, dfd, name);
  if (isErr(to)) return to;
  if (to.kind !== 'name') return err('EEXIST');
  const exists = lookup_last(k, to);
  if (isErr(exists)) return exists;
  if (exists) return err('EEXIST');
  if (to.slash && !is_dir(node.mode)) return err('ENOENT');
  const dir = to.parent.dentry;
  const failed = mnt_want_write(to.parent.mnt) || may_create(k, dir, exists);
  if (failed) return failed;
  if (!permitted) return err('EPERM');
  const made = i_op(dir.d_inode).create?.(k, dir, to.last, is_link(node.mode) ? node : { ...node, mode: vfs_prepare_mode(k, dir.d_inode, node.mode) }) ?? err('EPERM');
  if (isErr(made)) return made;
  fsnotify_create(k, dir, to.last, made.d_inode);
  return 0;
}

function lookup_last(k: Kernel, to: Parent): dentry | null | Err {
  if (byte_length(to.last) > 255) return err('ENAMETOOLONG');
  return d_lookup(k, to.parent.dentry, to.last);
}

/** mkdirat(2). */
export function sys_mkdirat(k: Kernel, dfd: number, name: string, mode: number): number {
  return create_at(k, dfd, name, { mode: S_IFDIR | (mode & 0o1777) });
}

/** mknodat(2): device `rdev` is major << 8 | minor. Errors also: EPERM without CAP_MKNOD over the machine, EINVAL. */
export function sys_mknodat(k: Kernel, dfd: number, name: string, mode: number, rdev: number): number {
  const type = mode & S_IFMT || S_IFREG;
  if (type === S_IFDIR) return err('EPERM');
  if (![S_IFREG, S_IFCHR, S_IFBLK, S_IFIFO, S_IFSOCK].includes(type)) return err('EINVAL');
  // A device 0:0 is a whiteout, which anybody may make.
  const permitted = type === S_IFBLK || (type === S_IFCHR && rdev !== 0) ? capable(k, CAP_MKNOD) : true;
  return create_at(k, dfd, name, { mode: type | (mode & 0o7777), rdev }, permitted);
}

/** symlinkat(2). */
export function sys_symlinkat(k: Kernel, target: string, dfd: number, name: string): number {
  if (target === '') return err('ENOENT');
  if (byte_length(target) >= 4096) return err('ENAMETOOLONG');
  return create_at(k, dfd, name, { mode: S_IFLNK | 0o777, link: target });
}

/** linkat(2). Errors also: EXDEV, EPERM. */
export function sys_linkat(k: Kernel, olddfd: number, oldname: string, newdfd: number, newname: string, flags: number): number {
  if ((flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH)) !== 0) return err('EINVAL');
  const old = filename_lookup(k, olddfd, oldname, (flags & AT_SYMLINK_FOLLOW ? LOOKUP_FOLLOW : 0) | (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0));
  if (isErr(old)) return old;
  const to = path_parentat(k, newdfd, newname);
  if (isErr(to)) return to;
  if (to.kind !== 'name') return err('EEXIST');
  const exists = lookup_last(k, to);
  if (isErr(exists)) return exists;
  if (exists) return err('EEXIST');
  if (to.slash) return err('ENOENT');
  const ro = mnt_want_write(to.parent.mnt);
  if (ro) return ro;
  if (old.mnt !== to.parent.mnt) return err('EXDEV');
  const dir = to.parent.dentry;
  const failed = may_linkat(k, old.dentry.d_inode) || may_create(k, dir, exists);
  if (failed) return failed;
  if (is_dir(old.dentry.d_inode.i_mode)) return err('EPERM');
  if (old.dentry.d_inode.i_nlink === 0 && !old.dentry.d_inode.i_linkable) return err('ENOENT');
  const linked = i_op(dir.d_inode).link?.(k, old.dentry, dir, to.last) ?? err('EPERM');
  if (linked === 0) fsnotify_link(k, dir, to.last, old.dentry.d_inode);
  return linked;
}

/** unlinkat(2): unlink, or rmdir with AT_REMOVEDIR. Errors also: EBUSY, EISDIR, ENOTDIR, ENOTEMPTY. */
export function sys_unlinkat(k: Kernel, dfd: number, name: string, flags: number): number {
  if ((flags & ~AT_REMOVEDIR) !== 0) return err('EINVAL');
  return flags & AT_REMOVEDIR ? do_rmdir(k, dfd, name) : do_unlink(k, dfd, name);
}

function do_rmdir(k: Kernel, dfd: number, name: string): number {
  const to = path_parentat(k, dfd, name);
  if (isErr(to)) return to;
  if (to.kind !== 'name') return err(to.kind === 'dot' ? 'EINVAL' : to.kind === 'dotdot' ? 'ENOTEMPTY' : 'EBUSY');
  const found = lookup_last(k, to);
  if (isErr(found)) return found;
  const ro = mnt_want_write(to.parent.mnt);
  if (ro) return ro;
  if (!found) return err('ENOENT');
  const denied = may_delete(k, to.parent.dentry.d_inode, found, true);
  if (denied) return denied;
  const ops = i_op(to.parent.dentry.d_inode);
  if (!ops.rmdir) return err('EPERM');
  if (is_local_mountpoint(k, found)) return err('EBUSY');
  return ops.rmdir(k, found) || removed(k, to.parent.dentry, found);
}

function do_unlink(k: Kernel, dfd: number, name: string): number {
  const to = path_parentat(k, dfd, name);
  if (isErr(to)) return to;
  if (to.kind !== 'name') return err('EISDIR');
  const found = lookup_last(k, to);
  if (isErr(found)) return found;
  const ro = mnt_want_write(to.parent.mnt);
  if (ro) return ro;
  if (!found) return err('ENOENT');
  if (to.slash) return err(is_dir(found.d_inode.i_mode) ? 'EISDIR' : 'ENOTDIR');
  const denied = may_delete(k, to.parent.dentry.d_inode, found, false);
  if (denied) return denied;
  const ops = i_op(to.parent.dentry.d_inode);
  if (!ops.unlink) return err('EPERM');
  if (is_local_mountpoint(k, found)) return err('EBUSY');
  return ops.unlink(k, found) || removed(k, to.parent.dentry, found);
}

/** Is something mounted on this name in the caller's mount namespace? Elsewhere it does not matter. */
export function is_local_mountpoint(k: Kernel, of: dentry): boolean {
  if (of.d_mounted === 0) return false;
  for (const mnt of k.current.nsproxy?.mnt_ns?.mounts.values() ?? []) if (mnt.mnt_mountpoint === of) return true;
  return false;
}

function removed(k: Kernel, dir: dentry, of: dentry): 0 {
  fsnotify_delete(k, dir, of);
  return detach_mounts(k, of);
}

/** A name is gone: what other mount namespaces had mounted on it goes too, lazily. */
function detach_mounts(k: Kernel, of: dentry): 0 {
  if (of.d_mounted === 0) return 0;
  for (const mnt of [...k.mount_ids.values()]) {
    if (mnt.mnt_mountpoint !== of) continue;
    if (mnt.umounted) umount_mnt(k, mnt);
    else umount_tree(k, mnt, { propagate: false, sync: false });
  }
  return 0;
}

export const RENAME_NOREPLACE = 1;
const RENAME_EXCHANGE = 2;

/** renameat2(2). Errors also: EXDEV, EINVAL (into itself; flags that exclude each other), EBUSY, ENOTEMPTY, EEXIST, ENOENT (nothing to exchange with). */
export function sys_renameat2(k: Kernel, olddfd: number, oldname: string, newdfd: number, newname: string, flags: number): number {
  const exchange = flags === RENAME_EXCHANGE;
  if (flags !== 0 && flags !== RENAME_NOREPLACE && !exchange) return err('EINVAL');
  const from = path_parentat(k, olddfd, oldname);
  if (isErr(from)) return from;
  const to = path_parentat(k, newdfd, newname);
  if (isErr(to)) return to;
  if (from.parent.mnt !== to.parent.mnt) return err('EXDEV');
  if (from.kind !== 'name') return err('EBUSY');
  if (to.kind !== 'name') return err(flags & RENAME_NOREPLACE ? 'EEXIST' : 'EBUSY');
  const ro = mnt_want_write(from.parent.mnt);
  if (ro) return ro;
  const old = lookup_last(k, from);
  if (isErr(old)) return old;
  if (!old) return err('ENOENT');
  const target = lookup_last(k, to);
  if (isErr(target)) return target;
  if (target && flags & RENAME_NOREPLACE) return err('EEXIST');
  if (exchange && !target) return err('ENOENT');
  if (exchange && target && to.slash && !is_dir(target.d_inode.i_mode)) return err('ENOTDIR');
  const dir = is_dir(old.d_inode.i_mode);
  if (!dir && (from.slash || (!exchange && to.slash))) return err('ENOTDIR');
  if (dir && is_subdir(to.parent.dentry, old)) return err('EINVAL');
  if (target && is_subdir(from.parent.dentry, target)) return err(exchange ? 'EINVAL' : 'ENOTEMPTY');
  if (exchange && target) return vfs_exchange(k, from.parent.dentry, old, to.parent.dentry, target);
  return vfs_rename(k, from.parent.dentry, old, to.parent.dentry, to.last, target);
}

function vfs_rename(k: Kernel, from: dentry, old: dentry, dir: dentry, name: string, target: dentry | null): number {
  if (target && target.d_inode === old.d_inode) return 0;
  const isdir = is_dir(old.d_inode.i_mode);
  const failed = may_delete(k, from.d_inode, old, isdir) || (target ? may_delete(k, dir.d_inode, target, isdir) : may_create(k, dir, null));
  if (failed) return failed;
  const ops = i_op(from.d_inode);
  if (!ops.rename) return err('EPERM');
  // A directory's `..` changes, so it must be writable itself.
  if (isdir && from !== dir) {
    const denied = inode_permission(k, old.d_inode, MAY_WRITE);
    if (denied) return denied;
  }
  if (is_local_mountpoint(k, old) || (target && is_local_mountpoint(k, target))) return err('EBUSY');
  const old_name = old.d_name;
  const failed_to_move = ops.rename(k, old, dir, name);
  if (failed_to_move) return failed_to_move;
  fsnotify_move(k, from, old_name, old, target);
  return target ? detach_mounts(k, target) : 0;
}

/** Two names change places; unlike a renaming neither is removed, so that each may be of any type. */
function vfs_exchange(k: Kernel, from: dentry, old: dentry, dir: dentry, target: dentry): number {
  if (target.d_inode === old.d_inode) return 0;
  const failed = may_delete(k, from.d_inode, old, is_dir(old.d_inode.i_mode)) || may_delete(k, dir.d_inode, target, is_dir(target.d_inode.i_mode));
  if (failed) return failed;
  const ops = i_op(from.d_inode);
  if (!ops.rename) return err('EPERM');
  for (const one of from === dir ? [] : [old, target]) {
    const denied = is_dir(one.d_inode.i_mode) ? inode_permission(k, one.d_inode, MAY_WRITE) : 0;
    if (denied) return denied;
  }
  if (is_local_mountpoint(k, old) || is_local_mountpoint(k, target)) return err('EBUSY');
  return ops.exchange?.(k, old, target) ?? err('EINVAL');
}

/** readlinkat(2): the text. Errors: EINVAL when it is no link; ENOENT; EACCES (links of proc). */
export function sys_readlinkat(k: Kernel, dfd: number, name: string): string | Err {
  const at = filename_lookup(k, dfd, name, LOOKUP_EMPTY);
  if (isErr(at)) return at;
  const node = at.dentry.d_inode;
  if (!is_link(node.i_mode)) return err(name === '' ? 'ENOENT' : 'EINVAL');
  const ops = i_op(node);
  const text = ops.readlink ? ops.readlink(k, at.dentry) : ops.get_link?.(k, at.dentry);
  return typeof text === 'string' || typeof text === 'number' ? text : err('EINVAL');
}

