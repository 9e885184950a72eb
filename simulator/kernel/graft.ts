import { err, isErr, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { mnt_add_to_ns } from './mnt.ts';
import { lock_mnt_tree } from './copy_tree.ts';
import type { mount } from './mount.ts';
import { attach_mnt, lookup_mnt, make_visible, mnt_change_mountpoint, mnt_set_mountpoint, tree_of, umount_mnt } from './mount.ts';
import { is_dir } from './mode.ts';
import { mnt_alloc_group_id, mnt_release_group_id, set_mnt_shared } from './peers.ts';
import { propagate_mnt } from './propagation.ts';
import { SB_NOUSER } from './super.ts';
import { umount_tree } from './umount_tree.ts';
import { atLeast } from './version.ts';
import type { dentry, path } from './vfs.ts';

/** Most mounts a mount namespace may have, unless fs.mount-max says otherwise. */
export const MOUNT_MAX = 100_000;

/** Where a mount at this path goes: on top of what is mounted there. Errors: ENOENT when the directory was removed, or (6.17 on) its mount was. */
export function lock_mount(k: Kernel, at: path): path | Err {
  if (!at.mnt.mnt_ns && atLeast(k.version, '6.18')) return err('ENOENT');
  let { mnt, dentry } = at;
  for (;;) {
    if (dentry.d_unlinked) return err('ENOENT');
    const over = lookup_mnt(mnt, dentry);
    if (!over) return { mnt, dentry };
    mnt = over;
    dentry = over.mnt_root;
  }
}

const ATTACH = listing('attach_recursive_mnt', 'fs/namespace.c', [
  ['full', 0, 'if (the namespace would have too many mounts) return -ENOSPC', 'There are too many mounts: ENOSPC.', 'fs.mount-max limits them.'],
  ['shared', 0, 'if (dest_mnt is shared)', 'Is {dest_mnt} shared?', 'What is mounted on a shared mount appears on its peers and slaves too.'],
  ['groups', 1, 'invent_group_ids(source_mnt)', 'Each new mount gets a peer group.', 'What is mounted on a shared mount is shared itself, with its copies as peers.'],
  ['propagate', 1, 'err = propagate_mnt(dest_mnt, dest, source_mnt)', 'Copies for the peers and slaves of {dest_mnt} are made.', 'They receive its events.'],
  ['failed', 2, 'undo and return err', 'A copy could not be made: nothing is mounted.', 'It appears everywhere or nowhere.'],
  ['move', 0, 'if (it is moved) take it from its old place', '{source_mnt} leaves its old place.', 'It is moved, not copied.'],
  ['attach', 0, 'put source_mnt on its mountpoint', '{source_mnt} is mounted.', 'From now on the path leads into it.'],
  ['beneath', 0, 'for each copy: if something is mounted there already, put the copy beneath', '{copy} appears in {parent}.', 'What was mounted there first stays on top.'],
  ['lock', 1, 'if (it is in a namespace of another user namespace) lock_mnt_tree(copy)', '{copy} is locked.', 'It came from a namespace with another owner: it can be unmounted as a whole only.'],
]);

/** Puts a tree on `dest` and copies of it on all that receive events. `moving`: it stands somewhere already. Errors: ENOSPC, those of copying. */
export function attach_recursive_mnt(k: Kernel, source_mnt: mount, dest: path, moving: boolean): 0 | Err {
  const { mnt: dest_mnt, dentry: at } = dest;
  k.enter(ATTACH, { source_mnt, dest_mnt });
  const ns = dest_mnt.mnt_ns;
  const user_ns = k.current.nsproxy?.mnt_ns?.user_ns;
  if (!ns || !user_ns) throw new Error('a mount is attached outside of any mount namespace');
  const trees = tree_of(source_mnt);
  if (!moving && ns.mounts.size + trees.length > (k.sysctl.get('fs/mount-max') ?? MOUNT_MAX)) {
    k.at(ATTACH.at.full);
    return k.leave(ATTACH, err('ENOSPC'));
  }
  const copies: mount[] = [];
  k.at(ATTACH.at.shared, { dest_mnt });
  if (dest_mnt.shared) {
    k.at(ATTACH.at.groups);
    const invented = invent_group_ids(k, trees);
    k.at(ATTACH.at.propagate, { dest_mnt });
    const failed = propagate_mnt(k, dest_mnt, at, source_mnt, copies);
    if (isErr(failed)) {
      k.at(ATTACH.at.failed);
      for (const copy of copies) umount_tree(k, copy, { propagate: false, sync: true });
      for (const p of invented) mnt_release_group_id(k, p);
      return k.leave(ATTACH, failed);
    }
    for (const p of trees) set_mnt_shared(k, p);
  }
  if (moving) {
    k.at(ATTACH.at.move, { source_mnt });
    umount_mnt(k, source_mnt);
  }
  k.at(ATTACH.at.attach, { source_mnt });
  attach_mnt(k, source_mnt, dest_mnt, at);
  join_ns(k, source_mnt);
  for (const copy of copies.reverse()) {
    const { mnt_parent: parent } = copy;
    if (!parent) continue;
    k.at(ATTACH.at.beneath, { copy, parent });
    const under = lookup_mnt(parent, at);
    if (parent.mnt_ns?.user_ns !== user_ns) {
      k.at(ATTACH.at.lock, { copy });
      lock_mnt_tree(k, copy);
    }
    k.trace.write(copy, 'locked', false);
    make_visible(k, copy);
    join_ns(k, copy);
    if (under) {
      const top = topmost_overmount(copy);
      mnt_change_mountpoint(k, top, top.mnt_root, under);
    }
  }
  return k.leave(ATTACH, 0);
}

function topmost_overmount(mnt: mount): mount {
  let top = mnt;
  for (let over = lookup_mnt(top, top.mnt_root); over; over = lookup_mnt(top, top.mnt_root)) top = over;
  return top;
}

/** A tree belongs to the namespace of the mount it stands on. */
function join_ns(k: Kernel, root: mount): void {
  const ns = root.mnt_parent?.mnt_ns;
  if (!ns) return;
  for (const p of tree_of(root)) {
    if (p.mnt_ns === ns) continue;
    if (p.mnt_ns) k.trace.remove(p.mnt_ns.mounts, p.id);
    mnt_add_to_ns(k, ns, p);
  }
}

/** A peer group number for each that has none; those are returned. */
export function invent_group_ids(k: Kernel, all: readonly mount[]): mount[] {
  const invented = all.filter((p) => p.mnt_group_id === 0);
  for (const p of invented) mnt_alloc_group_id(k, p);
  return invented;
}

/** Mounts a tree that is in no namespace. Errors: EINVAL, ENOTDIR (a directory on a file or the other way round), ENOSPC. */
export function graft_tree(k: Kernel, mnt: mount, at: path): 0 | Err {
  if (mnt.mnt_sb.s_flags & SB_NOUSER) return err('EINVAL');
  if (is_dir(at.dentry.d_inode.i_mode) !== is_dir(mnt.mnt_root.d_inode.i_mode)) return err('ENOTDIR');
  return attach_recursive_mnt(k, mnt, at, false);
}

/** Mounts something where nothing can receive it: at boot. */
export function attach_first(k: Kernel, mnt: mount, parent: mount, at: dentry): void {
  mnt_set_mountpoint(k, parent, at, mnt);
  make_visible(k, mnt);
  join_ns(k, mnt);
}
