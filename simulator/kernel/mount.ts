import type { Kernel } from './kernel.ts';
import type { mnt_namespace } from './mnt.ts';
import { nsfs_pin, nsfs_unpin } from './nsfs_pin.ts';
import { Counted } from './object.ts';
import { deactivate_super } from './super.ts';
import { Table } from './trace.ts';
import type { dentry, path, super_block } from './vfs.ts';

/** Flags of one mount (not of the file system), with the values of linux/mount.h. */
export const MNT_NOSUID = 0x01;
export const MNT_NODEV = 0x02;
export const MNT_NOEXEC = 0x04;
export const MNT_NOATIME = 0x08;
export const MNT_NODIRATIME = 0x10;
export const MNT_RELATIME = 0x20;
export const MNT_READONLY = 0x40;
export const MNT_NOSYMFOLLOW = 0x80;
export const MNT_ATIME_MASK = MNT_NOATIME | MNT_NODIRATIME | MNT_RELATIME;
/** A less privileged user namespace's copy: it may not clear (or, for atime, change) the flag. */
export const MNT_LOCK_ATIME = 0x040000;
export const MNT_LOCK_NOEXEC = 0x080000;
export const MNT_LOCK_NOSUID = 0x100000;
export const MNT_LOCK_NODEV = 0x200000;
export const MNT_LOCK_READONLY = 0x400000;

/**
 * One mount: a file system's (part of a) tree at a place of another. `count`: one for standing in a tree (or being made), one for
 * each mount on it, and one for each open file, root directory and working directory in it.
 */
export class mount extends Counted {
  override readonly kind = 'mount';
  /** Shown in mountinfo; smallest free number when made. */
  readonly mnt_id: number;
  /** Never used again (statx, 6.8 on). */
  readonly mnt_id_unique: number;
  readonly mnt_sb: super_block;
  readonly mnt_root: dentry;
  mnt_parent: mount | null = null;
  mnt_mountpoint: dentry | null = null;
  mnt_ns: mnt_namespace | null = null;
  /** MNT_READONLY, MNT_NOSUID … and MNT_LOCK_*. */
  mnt_flags = 0;
  /** What `mount` was told as source. */
  readonly mnt_devname: string;
  /** 0: none; peers that share events have the same. */
  mnt_group_id = 0;
  /** Peers in a ring; itself when it has none. */
  mnt_share_next: mount = this;
  mnt_share_prev: mount = this;
  /** Events of this one's peer group come here and none go back. */
  mnt_master: mount | null = null;
  mnt_slave_list: readonly mount[] = [];
  shared = false;
  unbindable = false;
  /** It cannot be taken from its parent (what it covers must stay covered). */
  locked = false;
  /** MNT_EXPIRE was tried once. */
  expiry_mark = false;
  /** It was taken out of its tree; it is there only as long as somebody uses it. */
  umounted = false;
  /** Mounts on it by mount id (object id), oldest first. */
  readonly mnt_mounts = new Table<number, mount>(this, 'mnt_mounts');
  constructor(mnt_id: number, mnt_id_unique: number, mnt_sb: super_block, mnt_root: dentry, mnt_devname: string) {
    super();
    this.mnt_id = mnt_id;
    this.mnt_id_unique = mnt_id_unique;
    this.mnt_sb = mnt_sb;
    this.mnt_root = mnt_root;
    this.mnt_devname = mnt_devname;
  }
}

/** A mount of `root`, in no tree yet. Takes over a reference of the super block. */
export function alloc_vfsmnt(k: Kernel, sb: super_block, root: dentry, devname: string): mount {
  let id = FIRST_MOUNT_ID;
  while (k.mount_ids.has(id)) id++;
  const unique = (k.counters.get('mnt_id_unique') ?? 0) + 1;
  k.trace.insert(k.counters, 'mnt_id_unique', unique);
  const made = k.trace.alloc(new mount(id, unique, sb, root, devname));
  k.trace.insert(k.mount_ids, id, made);
  d_pin(k, root);
  nsfs_pin(k, root);
  return made;
}

/** That of the hidden root file system; a few more belong to mounts that no program sees: those of nsfs, pipes and the like. */
const FIRST_MOUNT_ID = 1;

/** A dentry of a generated file system that others refer to must be found again by its name: keep it, and those above it. */
export function d_pin(k: Kernel, of: dentry): void {
  for (let at = of; at.d_parent && at.d_parent !== at; at = at.d_parent) {
    if (at.d_unlinked || at.d_parent.d_children.get(at.d_name) === at) return;
    k.trace.insert(at.d_parent.d_children, at.d_name, at);
  }
}

export function path_get(k: Kernel, of: path): path {
  k.trace.get(of.mnt);
  nsfs_pin(k, of.dentry);
  return of;
}

export function path_put(k: Kernel, of: path): void {
  nsfs_unpin(k, of.dentry);
  mntput(k, of.mnt);
}

/** Drops a reference of a mount; the last one ends it, and lets go of mounts that were left on it. */
export function mntput(k: Kernel, mnt: mount): void {
  if (!k.trace.put(mnt)) return;
  const left = [...mnt.mnt_mounts.values()];
  for (const child of left) {
    unhash_mnt(k, child);
    mntput(k, child);
  }
  k.trace.remove(k.mount_ids, mnt.mnt_id);
  nsfs_unpin(k, mnt.mnt_root);
  k.trace.free(mnt);
  deactivate_super(k, mnt.mnt_sb);
}

/** The mount on this place, if any: there is never more than one. */
export function lookup_mnt(mnt: mount, at: dentry): mount | null {
  if (at.d_mounted === 0) return null;
  for (const child of mnt.mnt_mounts.values()) if (child.mnt_mountpoint === at) return child;
  return null;
}

/** Names the place where a mount will be; it is not found there yet. */
export function mnt_set_mountpoint(k: Kernel, parent: mount, at: dentry, child: mount): void {
  k.trace.get(parent);
  d_pin(k, at);
  k.trace.write(at, 'd_mounted', at.d_mounted + 1);
  k.trace.write(child, 'mnt_mountpoint', at);
  k.trace.write(child, 'mnt_parent', parent);
}

/** From now on path walks meet it. */
export function make_visible(k: Kernel, child: mount): void {
  if (child.mnt_parent) k.trace.insert(child.mnt_parent.mnt_mounts, child.id, child);
}

export function attach_mnt(k: Kernel, child: mount, parent: mount, at: dentry): void {
  mnt_set_mountpoint(k, parent, at, child);
  make_visible(k, child);
}

/** Takes a mount from its parent. */
export function umount_mnt(k: Kernel, child: mount): void {
  const { mnt_parent: parent } = child;
  unhash_mnt(k, child);
  if (parent) mntput(k, parent);
}

function unhash_mnt(k: Kernel, child: mount): void {
  const { mnt_parent: parent, mnt_mountpoint: at } = child;
  if (!parent || !at) return;
  k.trace.remove(parent.mnt_mounts, child.id);
  k.trace.write(child, 'mnt_parent', null);
  k.trace.write(child, 'mnt_mountpoint', null);
  k.trace.write(at, 'd_mounted', at.d_mounted - 1);
}

/** Moves a mount to another place, as when something is put beneath it. */
export function mnt_change_mountpoint(k: Kernel, parent: mount, at: dentry, child: mount): void {
  umount_mnt(k, child);
  attach_mnt(k, child, parent, at);
}

export function mnt_has_parent(mnt: mount): mnt is mount & { mnt_parent: mount; mnt_mountpoint: dentry } {
  return mnt.mnt_parent !== null;
}

/** A mount and all below it, each before what is on it, in the order in which they were mounted. */
export function tree_of(root: mount): mount[] {
  const all: mount[] = [];
  const visit = (mnt: mount): void => {
    all.push(mnt);
    for (const child of mnt.mnt_mounts.values()) visit(child);
  };
  visit(root);
  return all;
}

/** Is `at` the directory `above`, or below it, within one file system? */
export function is_subdir(at: dentry, above: dentry): boolean {
  for (let d: dentry | null = at; d; d = d.d_parent === d ? null : d.d_parent) if (d === above) return true;
  return false;
}

/** Does it stand in the caller's mount namespace? */
export function check_mnt(k: Kernel, mnt: mount): boolean {
  return mnt.mnt_ns !== null && mnt.mnt_ns === (k.current.nsproxy?.mnt_ns ?? null);
}

/** Can `at` on `mnt` be reached going up from there to `root`? */
export function is_path_reachable(mnt: mount, at: dentry, root: path): boolean {
  let [m, d] = [mnt, at];
  while (m !== root.mnt && mnt_has_parent(m)) [m, d] = [m.mnt_parent, m.mnt_mountpoint];
  return m === root.mnt && is_subdir(d, root.dentry);
}
