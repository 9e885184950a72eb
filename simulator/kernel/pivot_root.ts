import { err, isErr, type Err } from './errno.ts';
import { chroot_fs_refs } from './fs_struct.ts';
import { lock_mount } from './graft.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { AT_FDCWD } from './mode.ts';
import { attach_mnt, check_mnt, is_path_reachable, mnt_has_parent, umount_mnt } from './mount.ts';
import { LOOKUP_DIRECTORY, LOOKUP_FOLLOW, filename_lookup, root_of } from './namei.ts';
import { may_mount, path_mounted } from './namespace.ts';
import type { path } from './vfs.ts';

const PIVOT = listing('pivot_root', 'fs/namespace.c', [
  ['may', 0, 'if (!may_mount()) return -EPERM', 'The caller may not change mounts: EPERM.', 'It needs CAP_SYS_ADMIN in the user namespace that owns its mount namespace.'],
  ['paths', 0, 'look up new_root and put_old', 'Both directories are looked up.', 'They must exist.'],
  ['shared', 0, 'if (put_old, the parent of new_root or the parent of the root is shared) return -EINVAL', 'A mount concerned is shared: EINVAL.', 'Moving the root must not propagate into other mount namespaces.'],
  ['foreign', 0, 'if (root or new_root is not in this mount namespace, or new_root is locked) return -EINVAL', 'One of them cannot be moved: EINVAL.', 'Only mounts of the own namespace that are not locked to their parent can.'],
  ['unlinked', 0, 'if (new_root was removed) return -ENOENT', 'The directory was removed: ENOENT.', 'A root directory needs a name to begin with.'],
  ['busy', 0, 'if (new_root or put_old is on the mount of the root) return -EBUSY', 'It is the mount of the present root: EBUSY.', 'new_root must be another mount; a bind mount of the directory on itself makes it one.'],
  ['points', 0, 'if (root or new_root is not a mountpoint, or has no parent) return -EINVAL', 'Root or new_root is no mountpoint: EINVAL.', 'Mounts are moved, not directories. The very first mount cannot be moved: it has no parent.'],
  ['reach', 0, 'if (put_old is not below new_root, or new_root not below the root) return -EINVAL', 'put_old is not below new_root, or new_root not below the root: EINVAL.', 'The old root must be reachable from the new one.'],
  ['take', 0, 'umount_mnt(new_mnt)', '{new_mnt} is taken from its place.', 'It is about to become the root.'],
  ['lock', 0, 'if (root_mnt is locked) the lock passes to new_mnt', '{new_mnt} is locked to what it covers.', 'What the old root covered stays covered.'],
  ['root', 0, 'attach_mnt(new_mnt, root_parent, …)', '{new_mnt} stands where {root_mnt} stood.', 'It is the root of the mount namespace now.'],
  ['old', 0, 'umount_mnt(root_mnt); attach_mnt(root_mnt, old_mnt, …)', '{root_mnt} is mounted on put_old.', 'From there it can be unmounted.'],
  ['refs', 0, 'chroot_fs_refs(root, new)', 'Every process whose root or working directory was the old root moves to the new one.', 'Unlike chroot(), which changes one process.'],
]);

/** pivot_root(2). Errors: EPERM, those of the walks, ENOTDIR, EINVAL, EBUSY, ENOENT. */
export function sys_pivot_root(k: Kernel, new_root: string, put_old: string): number {
  k.enter(PIVOT, { new_root, put_old });
  return k.leave(PIVOT, pivot(k, new_root, put_old));
}

function pivot(k: Kernel, new_root: string, put_old: string): 0 | Err {
  const { at } = PIVOT;
  if (!may_mount(k)) {
    k.at(at.may);
    return err('EPERM');
  }
  k.at(at.paths);
  const to = filename_lookup(k, AT_FDCWD, new_root, LOOKUP_FOLLOW | LOOKUP_DIRECTORY);
  if (isErr(to)) return to;
  const named = filename_lookup(k, AT_FDCWD, put_old, LOOKUP_FOLLOW | LOOKUP_DIRECTORY);
  if (isErr(named)) return named;
  const old = lock_mount(k, named);
  if (isErr(old)) return old;
  const root = root_of(k);
  const refused = refusal(k, root, to, old);
  if (refused) {
    k.at(refused[0]);
    return refused[1];
  }
  const { mnt: new_mnt } = to;
  const { mnt: root_mnt } = root;
  const { mnt_parent: root_parent, mnt_mountpoint: root_place } = root_mnt;
  if (!root_parent || !root_place) return err('EINVAL');
  k.at(at.take, { new_mnt });
  umount_mnt(k, new_mnt);
  if (root_mnt.locked) {
    k.at(at.lock, { new_mnt });
    k.trace.write(new_mnt, 'locked', true);
    k.trace.write(root_mnt, 'locked', false);
  }
  k.at(at.root, { new_mnt, root_mnt });
  attach_mnt(k, new_mnt, root_parent, root_place);
  k.at(at.old, { root_mnt });
  umount_mnt(k, root_mnt);
  attach_mnt(k, root_mnt, old.mnt, old.dentry);
  k.at(at.refs);
  chroot_fs_refs(k, root, to);
  return 0;
}

/** Why it cannot be done: the line that finds out, and the error. */
function refusal(k: Kernel, root: path, to: path, old: path): readonly [(typeof PIVOT.at)['shared'], Err] | null {
  const { at } = PIVOT;
  const [new_mnt, root_mnt] = [to.mnt, root.mnt];
  if (old.mnt.shared || new_mnt.mnt_parent?.shared || root_mnt.mnt_parent?.shared) return [at.shared, err('EINVAL')];
  if (!check_mnt(k, root_mnt) || !check_mnt(k, new_mnt) || new_mnt.locked) return [at.foreign, err('EINVAL')];
  if (to.dentry.d_unlinked) return [at.unlinked, err('ENOENT')];
  if (new_mnt === root_mnt || old.mnt === root_mnt) return [at.busy, err('EBUSY')];
  if (!path_mounted(root) || !mnt_has_parent(root_mnt) || !path_mounted(to) || !mnt_has_parent(new_mnt)) return [at.points, err('EINVAL')];
  if (!is_path_reachable(old.mnt, old.dentry, to) || !is_path_reachable(new_mnt, to.dentry, root)) return [at.reach, err('EINVAL')];
  return null;
}
