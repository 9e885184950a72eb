import type { Kernel } from './kernel.ts';
import type { mount } from './mount.ts';

/** Propagation types, with the values of mount(2)'s flags. */
export const MS_UNBINDABLE = 1 << 17;
export const MS_PRIVATE = 1 << 18;
export const MS_SLAVE = 1 << 19;
export const MS_SHARED = 1 << 20;

/** The members of a mount's peer group, beginning with it; just itself when it is not shared. */
export function peers_of(of: mount): mount[] {
  const all = [of];
  for (let m = of.mnt_share_next; m !== of; m = m.mnt_share_next) all.push(m);
  return all;
}

/** Do both belong to one peer group? */
export function peers(a: mount, b: mount): boolean {
  return a.mnt_group_id === b.mnt_group_id && a.mnt_group_id !== 0;
}

/** Puts `made` into the peer group of `old`, right after it. */
export function add_peer(k: Kernel, old: mount, made: mount): void {
  const next = old.mnt_share_next;
  k.trace.write(made, 'mnt_share_prev', old);
  k.trace.write(made, 'mnt_share_next', next);
  k.trace.write(next, 'mnt_share_prev', made);
  k.trace.write(old, 'mnt_share_next', made);
}

function leave_peers(k: Kernel, mnt: mount): void {
  const { mnt_share_next: next, mnt_share_prev: prev } = mnt;
  k.trace.write(prev, 'mnt_share_next', next);
  k.trace.write(next, 'mnt_share_prev', prev);
  k.trace.write(mnt, 'mnt_share_next', mnt);
  k.trace.write(mnt, 'mnt_share_prev', mnt);
}

/** Makes `slave` receive from `master`: first in its list. */
export function add_slave(k: Kernel, master: mount, slave: mount): void {
  k.trace.write(master, 'mnt_slave_list', [slave, ...master.mnt_slave_list]);
  k.trace.write(slave, 'mnt_master', master);
}

/** The same, right after a slave that is there already: peers that are slaves stand together. */
export function add_slave_after(k: Kernel, master: mount, after: mount, slave: mount): void {
  const list = [...master.mnt_slave_list];
  list.splice(list.indexOf(after) + 1, 0, slave);
  k.trace.write(master, 'mnt_slave_list', list);
  k.trace.write(slave, 'mnt_master', master);
}

function leave_master(k: Kernel, slave: mount): void {
  const { mnt_master: master } = slave;
  if (!master) return;
  k.trace.write(master, 'mnt_slave_list', master.mnt_slave_list.filter((m) => m !== slave));
  k.trace.write(slave, 'mnt_master', null);
}

/** A number for a new peer group: the lowest free one. */
export function mnt_alloc_group_id(k: Kernel, mnt: mount): void {
  let id = 1;
  while (k.mnt_group_ids.has(id)) id++;
  k.trace.insert(k.mnt_group_ids, id, true);
  k.trace.write(mnt, 'mnt_group_id', id);
}

export function mnt_release_group_id(k: Kernel, mnt: mount): void {
  k.trace.remove(k.mnt_group_ids, mnt.mnt_group_id);
  k.trace.write(mnt, 'mnt_group_id', 0);
}

/** It shares events with its peers (and can be copied again). It has a group number already. */
export function set_mnt_shared(k: Kernel, mnt: mount): void {
  k.trace.write(mnt, 'unbindable', false);
  k.trace.write(mnt, 'shared', true);
}

/** `mount --make-shared` and its relatives, for one mount. For MS_SHARED it must have a group number. */
export function change_mnt_propagation(k: Kernel, mnt: mount, type: number): void {
  if (type === MS_SHARED) {
    set_mnt_shared(k, mnt);
    return;
  }
  do_make_slave(k, mnt);
  if (type === MS_SLAVE) return;
  leave_master(k, mnt);
  k.trace.write(mnt, 'unbindable', type === MS_UNBINDABLE);
}

/**
 * It leaves its peer group and receives from what is left of that, or, if it was the last, from the group's own master. Its own slaves
 * go the same way. Without a peer and a master nothing is received any more.
 */
function do_make_slave(k: Kernel, mnt: mount): void {
  let master = mnt.mnt_master;
  if (mnt.mnt_share_next === mnt) {
    if (mnt.shared) mnt_release_group_id(k, mnt);
    k.trace.write(mnt, 'shared', false);
    if (!master) {
      for (const slave of mnt.mnt_slave_list) k.trace.write(slave, 'mnt_master', null);
      k.trace.write(mnt, 'mnt_slave_list', []);
      return;
    }
  } else {
    // Of the peers one that shows the same directory is the better master.
    const others = peers_of(mnt).slice(1);
    master = others.find((m) => m.mnt_root === mnt.mnt_root) ?? mnt.mnt_share_next;
    leave_peers(k, mnt);
    k.trace.write(mnt, 'mnt_group_id', 0);
    k.trace.write(mnt, 'shared', false);
  }
  leave_master(k, mnt);
  const moved = mnt.mnt_slave_list;
  for (const slave of moved) k.trace.write(slave, 'mnt_master', master);
  k.trace.write(mnt, 'mnt_slave_list', []);
  k.trace.write(master, 'mnt_slave_list', [mnt, ...master.mnt_slave_list, ...moved]);
  k.trace.write(mnt, 'mnt_master', master);
}

/**
 * The nearest group up the chain of masters that can be reached from `root` in the reader's tree: `propagate_from:N` of mountinfo; 0 when
 * there is none.
 */
export function get_dominating_id(mnt: mount, reachable: (m: mount) => boolean): number {
  for (let m = mnt.mnt_master; m; m = m.mnt_master) {
    for (const peer of peers_of(m)) if (peer.mnt_ns === mnt.mnt_ns && reachable(peer)) return peer.mnt_group_id;
  }
  return 0;
}
