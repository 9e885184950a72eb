import { err, isErr, type Err } from './errno.ts';
import { register_file_ops } from './file_ops.ts';
import { alloc_file, fd_install, get_unused_fd } from './files.ts';
import type { Kernel } from './kernel.ts';
import { alloc_mnt_ns, mnt_add_to_ns, mnt_namespace, put_mnt_ns } from './mnt.ts';
import { AT_EMPTY_PATH, AT_NO_AUTOMOUNT, AT_SYMLINK_NOFOLLOW, O_CLOEXEC, O_PATH } from './mode.ts';
import type { mount } from './mount.ts';
import { tree_of } from './mount.ts';
import { AT_RECURSIVE } from './mount_setattr.ts';
import { LOOKUP_EMPTY, LOOKUP_FOLLOW, filename_lookup } from './namei.ts';
import { clone_for_bind, do_move_mount, may_mount } from './namespace.ts';

export const OPEN_TREE_CLONE = 1;

/**
 * A descriptor for a tree that is nowhere mounted: it stands in a mount namespace of its own, which nobody can join, until it is moved
 * somewhere; otherwise it is unmounted when the descriptor is closed.
 */
export function open_detached(k: Kernel, tree: mount, cloexec: boolean): number {
  const user_ns = k.current.nsproxy?.mnt_ns?.user_ns;
  const fd = get_unused_fd(k);
  if (isErr(fd)) return fd;
  const ns = user_ns ? alloc_mnt_ns(k, user_ns, true) : err('EPERM');
  if (isErr(ns)) return ns;
  k.trace.write(ns, 'root', tree);
  for (const m of tree_of(tree)) mnt_add_to_ns(k, ns, m);
  const of = alloc_file(k, { mnt: tree, dentry: tree.mnt_root }, O_PATH, 'detached mount');
  k.trace.write(of, 'private_data', ns);
  fd_install(k, fd, of, cloexec);
  return fd;
}

register_file_ops('detached mount', {
  release(k, of) {
    if (of.private_data instanceof mnt_namespace && !of.private_data.freed) put_mnt_ns(k, of.private_data);
  },
});

/** open_tree(2): a place, or (OPEN_TREE_CLONE) a copy of what is seen there. Errors: EINVAL, EPERM, EMFILE, those of the walk. */
export function sys_open_tree(k: Kernel, dfd: number, name: string, flags: number): number {
  const known = AT_EMPTY_PATH | AT_NO_AUTOMOUNT | AT_RECURSIVE | AT_SYMLINK_NOFOLLOW | OPEN_TREE_CLONE | O_CLOEXEC;
  if ((flags & ~known) !== 0 || (flags & (AT_RECURSIVE | OPEN_TREE_CLONE)) === AT_RECURSIVE) return err('EINVAL');
  const cloexec = (flags & O_CLOEXEC) !== 0;
  const clone = (flags & OPEN_TREE_CLONE) !== 0;
  if (clone && !may_mount(k)) return err('EPERM');
  const at = filename_lookup(k, dfd, name, (flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) | (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0));
  if (isErr(at)) return at;
  if (clone) {
    const made = clone_for_bind(k, at, (flags & AT_RECURSIVE) !== 0);
    return isErr(made) ? made : open_detached(k, made, cloexec);
  }
  const fd = get_unused_fd(k);
  if (isErr(fd)) return fd;
  fd_install(k, fd, alloc_file(k, at, O_PATH, 'path'), cloexec);
  return fd;
}

const F_SYMLINKS = 0x1;
const F_EMPTY_PATH = 0x4;
const T_SYMLINKS = 0x10;
const T_EMPTY_PATH = 0x40;
const MASK = 0x77;

/** move_mount(2). MOVE_MOUNT_SET_GROUP and MOVE_MOUNT_BENEATH are not modelled. Errors: EPERM, EINVAL, ELOOP, those of the walks. */
export function sys_move_mount(k: Kernel, from_dfd: number, from: string, to_dfd: number, to: string, flags: number): number {
  if (!may_mount(k)) return err('EPERM');
  if ((flags & ~MASK) !== 0) return err('EINVAL');
  const source = filename_lookup(k, from_dfd, from, (flags & F_SYMLINKS ? LOOKUP_FOLLOW : 0) | (flags & F_EMPTY_PATH ? LOOKUP_EMPTY : 0));
  if (isErr(source)) return source;
  const target = filename_lookup(k, to_dfd, to, (flags & T_SYMLINKS ? LOOKUP_FOLLOW : 0) | (flags & T_EMPTY_PATH ? LOOKUP_EMPTY : 0));
  if (isErr(target)) return target;
  const { mnt_ns: ns } = source.mnt;
  const moved: 0 | Err = do_move_mount(k, source, target);
  // The namespace that held only this tree is empty now.
  if (moved === 0 && ns?.anonymous) {
    k.trace.write(ns, 'root', null);
    put_mnt_ns(k, ns);
  }
  return moved;
}
