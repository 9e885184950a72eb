import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import type { mount } from './mount.ts';
import { lookup_mnt, make_visible, mnt_change_mountpoint, mnt_has_parent, mntput, tree_of, umount_mnt } from './mount.ts';
import { bulk_make_private } from './peers.ts';
import { receivers_of } from './propagation.ts';

const UMOUNT = listing('umount_tree', 'fs/namespace.c', [
  ['gather', 0, 'gather mnt and every mount below it', '{count} mounts are to go.', 'What stands on a mount goes with it.'],
  ['propagate', 0, 'if (how & UMOUNT_PROPAGATE) propagate_umount(&tmp_list)', '{count} more go in the mounts that receive events.', 'The mount they stood on is shared, or has slaves: its peers and slaves lose the same mounts.'],
  ['private', 0, 'bulk_make_private(&tmp_list)', '{count} mounts leave their peers and masters.', 'No event can reach them or come from them. What received events through them receives them from those that stay.'],
  ['each', 0, 'for each of them: p->mnt_ns = NULL', '{p} belongs to no mount namespace any more.', 'It is only kept while somebody still uses it.'],
  ['keep', 1, 'if (it was locked to its parent, which goes too) leave it there', '{p} stays on its parent.', 'What it covers must stay covered even for those who still have a directory in there.'],
  ['detach', 1, 'else umount_mnt(p)', '{p} is taken from its mountpoint.', 'The directory below it shows again.'],
  ['put', 0, 'drop the reference that each had for standing in the tree', '{count} mounts are no longer held by the tree.', 'Open files and working directories may still hold them.'],
]);

/** `propagate`: peers and slaves lose them too. `sync`: an ordinary umount; otherwise lazy, which may leave locked mounts connected. */
export interface How { readonly propagate: boolean; readonly sync: boolean }

/** Takes a mount and all below it out of their tree. */
export function umount_tree(k: Kernel, mnt: mount, how: How): void {
  k.enter(UMOUNT, { mnt });
  if (how.propagate) propagate_mount_unlock(k, mnt);
  const list = tree_of(mnt);
  k.at(UMOUNT.at.gather, { count: list.length });
  for (const p of list) k.trace.write(p, 'umounted', true);
  for (const p of list) if (p.mnt_parent) k.trace.remove(p.mnt_parent.mnt_mounts, p.id);
  if (how.propagate) {
    const more = propagate_umount(k, list);
    if (more.length > 0) k.at(UMOUNT.at.propagate, { count: more.length });
    list.push(...more);
  }
  k.at(UMOUNT.at.private, { count: list.length });
  bulk_make_private(k, list);
  const unmounted: mount[] = [];
  for (const p of list) {
    k.at(UMOUNT.at.each, { p });
    const ns = p.mnt_ns;
    if (ns) {
      k.trace.remove(ns.mounts, p.id);
      if (ns.root === p) k.trace.write(ns, 'root', null);
    }
    k.trace.write(p, 'mnt_ns', null);
    const disconnect = how.sync || !mnt_has_parent(p) || !p.mnt_parent.umounted || !p.locked;
    if (mnt_has_parent(p)) {
      if (disconnect) {
        k.at(UMOUNT.at.detach, { p });
        umount_mnt(k, p);
      } else {
        k.at(UMOUNT.at.keep, { p });
        make_visible(k, p);
        mntput(k, p.mnt_parent);
      }
    }
    if (disconnect) unmounted.push(p);
  }
  k.at(UMOUNT.at.put, { count: unmounted.length });
  for (const p of unmounted) mntput(k, p);
  k.leave(UMOUNT, 0);
}

/** The copies of a mount that the caller may unmount are as unlocked as it is. */
function propagate_mount_unlock(k: Kernel, mnt: mount): void {
  const { mnt_parent: parent, mnt_mountpoint: at } = mnt;
  if (!parent || !at) return;
  for (const m of receivers_of(parent)) {
    const child = lookup_mnt(m, at);
    if (child) k.trace.write(child, 'locked', false);
  }
}

/**
 * The mounts that peers and slaves lose when those of `list` go: the ones at the same places, but none on which something else stands
 * (unless that covers it entirely, and so can take its place), and none locked to a parent that stays. Takes them from their parents.
 */
function propagate_umount(k: Kernel, list: readonly mount[]): mount[] {
  const going = new Set(list);
  const candidates = new Set<mount>();
  for (const { mnt_parent: parent, mnt_mountpoint: at } of list) {
    if (!parent || !at) continue;
    for (const m of receivers_of(parent)) {
      const child = lookup_mnt(m, at);
      if (child && !going.has(child)) candidates.add(child);
    }
  }
  const goes = (m: mount): boolean => going.has(m) || candidates.has(m);
  // What covers one that goes takes its place, and so is on the parent then.
  const leaves = (m: mount): boolean => {
    const over = lookup_mnt(m, m.mnt_root);
    return over !== null && (!goes(over) || (candidates.has(over) && leaves(over)));
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const c of candidates) {
      const stays = [...c.mnt_mounts.values()].some((child) => child.mnt_mountpoint !== c.mnt_root && (!goes(child) || (candidates.has(child) && leaves(child))));
      if (stays || (c.locked && !(c.mnt_parent && goes(c.mnt_parent)))) {
        candidates.delete(c);
        changed = true;
      }
    }
  }
  for (const c of candidates) k.trace.write(c, 'umounted', true);
  reparent(k, candidates);
  for (const c of candidates) if (c.mnt_parent) k.trace.remove(c.mnt_parent.mnt_mounts, c.id);
  return [...candidates];
}

/** What covered a mount that goes now stands where that stood. */
function reparent(k: Kernel, candidates: ReadonlySet<mount>): void {
  for (const c of candidates) {
    for (const child of [...c.mnt_mounts.values()]) {
      if (candidates.has(child) || child.umounted || child.mnt_mountpoint !== c.mnt_root) continue;
      let under: mount = c;
      while (under.mnt_parent && candidates.has(under.mnt_parent) && under.mnt_mountpoint === under.mnt_parent.mnt_root) under = under.mnt_parent;
      const { mnt_parent: parent, mnt_mountpoint: at } = under;
      if (parent && at) mnt_change_mountpoint(k, parent, at, child);
    }
  }
}

/** Is the mount, or a copy of it that would go with it, in use? `users` is how many references it has of itself. */
export function propagate_mount_busy(mnt: mount, users: number): boolean {
  const { mnt_parent: parent, mnt_mountpoint: at } = mnt;
  if (!parent || !at) return mnt.count > users;
  if (mnt.mnt_mounts.size > 0 || mnt.count > users) return true;
  for (const m of receivers_of(parent)) {
    const child = lookup_mnt(m, at);
    if (!child) continue;
    const topper = find_topper(child);
    if (!topper && child.mnt_mounts.size > 0) continue;
    if (child.count > users + (topper ? 1 : 0)) return true;
  }
  return false;
}

/** The one mount on it, if that covers it entirely. */
export function find_topper(mnt: mount): mount | null {
  if (mnt.mnt_mounts.size !== 1) return null;
  return lookup_mnt(mnt, mnt.mnt_root);
}
