import { err, isErr, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import type { mount } from './mount.ts';
import {
  MNT_LOCK_ATIME, MNT_LOCK_NODEV, MNT_LOCK_NOEXEC, MNT_LOCK_NOSUID, MNT_LOCK_READONLY, MNT_NODEV, MNT_NOEXEC, MNT_NOSUID, MNT_READONLY,
  alloc_vfsmnt, attach_mnt, is_subdir, tree_of,
} from './mount.ts';
import { dentry_ns } from './nsfs_pin.ts';
import { add_peer, add_slave, add_slave_after, mnt_alloc_group_id, set_mnt_shared } from './peers.ts';
import { umount_tree } from './umount_tree.ts';
import { get_super } from './super.ts';
import { atLeast } from './version.ts';
import type { dentry } from './vfs.ts';

/** How a mount is copied; values of the model. */
export const CL_COPY_UNBINDABLE = 1;
/** The copy only receives events from the original. */
export const CL_SLAVE = 2;
/** As CL_SLAVE where the original is shared. */
export const CL_SHARED_TO_SLAVE = 4;
export const CL_PRIVATE = 8;
export const CL_MAKE_SHARED = 16;
/** Mounts of mount namespace files are copied too. */
export const CL_COPY_MNT_NS_FILE = 32;

const COPY = listing('copy_tree', 'fs/namespace.c', [
  ['unbindable', 0, 'if (src_root is unbindable and that is not overridden) return -EINVAL', '{src_root} is unbindable: EINVAL.', 'It was marked so that it is never copied.'],
  ['ns_file', 0, 'if (dentry is the file of a mount namespace and that is not overridden) return -EINVAL', 'The mount shows a mount namespace: EINVAL.', 'Copies in other mount namespaces could make namespaces hold each other in a circle.', { since: '4.19' }],
  ['root', 0, 'res = clone_mnt(src_root, dentry, flag)', '{src_root} is copied.', 'It is the root of the tree to copy.'],
  ['each', 0, 'for each mount below, parents first', '{src_mnt} stands below it.', 'A copy of a tree has a copy of every mount in it.'],
  ['locked', 1, 'if (it is unbindable and locked) fail with -EPERM', '{src_mnt} may neither be copied nor left out: EPERM.', 'Leaving it out would uncover what it hides.'],
  ['skip', 1, 'if (it is unbindable, or the file of a mount namespace) skip it and what is on it', '{src_mnt} is left out, with all on it.', 'Unbindable mounts and mounts of mount namespace files are not copied.'],
  ['clone', 1, 'dst_mnt = clone_mnt(src_mnt, src_mnt->mnt_root, flag)', '{src_mnt} is copied.', 'Both show the same file system.'],
  ['attach', 1, 'attach_mnt(dst_mnt, dst_parent, same place)', '{dst_mnt} is put at the same place in the copied tree.', 'Paths lead to the same files in the copy.'],
  ['done', 0, 'return res', '{count} mounts were copied.', 'The caller decides where they belong.'],
]);

/** A copied tree: its root, and which copy each original has. */
export interface Copied { readonly root: mount; readonly of: ReadonlyMap<mount, mount> }

/** Copies a mount and all below it, as seen from `at`. The copies are in no namespace. Errors: EINVAL, EPERM. */
export function copy_tree(k: Kernel, src_root: mount, at: dentry, flag: number): Copied | Err {
  k.enter(COPY, { src_root, flag });
  const all = (flag & CL_COPY_UNBINDABLE) !== 0;
  if (!all && src_root.unbindable) {
    k.at(COPY.at.unbindable, { src_root });
    return k.leave(COPY, err('EINVAL'));
  }
  if ((flag & CL_COPY_MNT_NS_FILE) === 0 && dentry_ns(at)?.kind === 'mnt') {
    k.at(COPY.at.ns_file);
    return k.leave(COPY, err('EINVAL'));
  }
  k.at(COPY.at.root, { src_root });
  const root = clone_mnt(k, src_root, at, flag);
  const of = new Map([[src_root, root]]);
  const copy_below = (src: mount, dst: mount): 0 | Err => {
    for (const child of [...src.mnt_mounts.values()]) {
      const { mnt_mountpoint: place } = child;
      if (!place || (src === src_root && !is_subdir(place, at))) continue;
      k.at(COPY.at.each, { src_mnt: child });
      if (!all && child.unbindable && child.locked) {
        k.at(COPY.at.locked, { src_mnt: child });
        return err('EPERM');
      }
      if ((!all && child.unbindable) || ((flag & CL_COPY_MNT_NS_FILE) === 0 && dentry_ns(child.mnt_root)?.kind === 'mnt')) {
        k.at(COPY.at.skip, { src_mnt: child });
        continue;
      }
      k.at(COPY.at.clone, { src_mnt: child });
      const copy = clone_mnt(k, child, child.mnt_root, flag);
      of.set(child, copy);
      k.at(COPY.at.attach, { dst_mnt: copy });
      attach_mnt(k, copy, dst, place);
      const failed = copy_below(child, copy);
      if (failed) return failed;
    }
    return 0;
  };
  const failed = copy_below(src_root, root);
  if (failed) {
    umount_tree(k, root, { propagate: false, sync: true });
    return k.leave(COPY, failed);
  }
  k.at(COPY.at.done, { count: of.size });
  return k.leave(COPY, { root, of });
}

/** Copies one mount, showing `root`. It is in no tree and no namespace. */
export function clone_mnt(k: Kernel, old: mount, root: dentry, flag: number): mount {
  const made = alloc_vfsmnt(k, get_super(k, old.mnt_sb), root, old.mnt_devname);
  k.trace.write(made, 'mnt_flags', old.mnt_flags);
  // From 6.17 on a copy for another namespace can be copied again.
  if (!atLeast(k.version, '6.18')) k.trace.write(made, 'unbindable', old.unbindable);
  k.trace.write(made, 'locked', old.locked);
  const slave = (flag & CL_SLAVE) !== 0 || ((flag & CL_SHARED_TO_SLAVE) !== 0 && old.shared);
  if ((flag & (CL_SLAVE | CL_PRIVATE | CL_SHARED_TO_SLAVE)) === 0) k.trace.write(made, 'mnt_group_id', old.mnt_group_id);
  if ((flag & CL_MAKE_SHARED) !== 0 && made.mnt_group_id === 0) mnt_alloc_group_id(k, made);
  if (slave) {
    add_slave(k, old, made);
  } else if ((flag & CL_PRIVATE) === 0) {
    if ((flag & CL_MAKE_SHARED) !== 0 || old.shared) add_peer(k, old, made);
    if (old.mnt_master) add_slave_after(k, old.mnt_master, old, made);
    if (old.shared) k.trace.write(made, 'shared', true);
  }
  if ((flag & CL_MAKE_SHARED) !== 0) set_mnt_shared(k, made);
  return made;
}

/** A less privileged namespace's copies: their flags may not be loosened, and what they cover stays covered. */
export function lock_mnt_tree(k: Kernel, root: mount): void {
  for (const p of tree_of(root)) {
    let flags = p.mnt_flags | MNT_LOCK_ATIME;
    if (flags & MNT_READONLY) flags |= MNT_LOCK_READONLY;
    if (flags & MNT_NODEV) flags |= MNT_LOCK_NODEV;
    if (flags & MNT_NOSUID) flags |= MNT_LOCK_NOSUID;
    if (flags & MNT_NOEXEC) flags |= MNT_LOCK_NOEXEC;
    k.trace.write(p, 'mnt_flags', flags);
    if (p !== root) k.trace.write(p, 'locked', true);
  }
}

/** The root of a copied tree; for callers that need no more of it. */
export function copied_root(copied: Copied | Err): mount | Err {
  return isErr(copied) ? copied : copied.root;
}
