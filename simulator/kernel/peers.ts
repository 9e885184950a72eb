import type { Kernel } from './kernel.ts';
import type { mount } from './mount.ts';
import { atLeast } from './version.ts';

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
  if (atLeast(k.version, '6.18')) leave_group(k, mnt, type === MS_SLAVE);
  else do_make_slave(k, mnt);
  if (type === MS_SLAVE) return;
  leave_master(k, mnt);
  k.trace.write(mnt, 'unbindable', type === MS_UNBINDABLE);
}

/**
 * It leaves its peer group; its slaves receive from the next peer, or, if it was the last, from the group's own master, or from nobody.
 * `slave`: it does so too.
 */
function leave_group(k: Kernel, mnt: mount, slave: boolean): void {
  let master = mnt.mnt_master;
  if (mnt.shared) {
    if (mnt.mnt_share_next !== mnt) {
      master = mnt.mnt_share_next;
      leave_peers(k, mnt);
      k.trace.write(mnt, 'mnt_group_id', 0);
    } else {
      mnt_release_group_id(k, mnt);
    }
    k.trace.write(mnt, 'shared', false);
    transfer_propagation(k, mnt, master);
  }
  if (!slave) return;
  leave_master(k, mnt);
  if (master) add_slave(k, master, mnt);
}

/** The slaves of one receive from another from now on, before those that did already. */
function transfer_propagation(k: Kernel, from: mount, to: mount | null): void {
  const moved = from.mnt_slave_list;
  if (moved.length === 0) return;
  for (const slave of moved) k.trace.write(slave, 'mnt_master', to);
  k.trace.write(from, 'mnt_slave_list', []);
  if (to) k.trace.write(to, 'mnt_slave_list', [...moved, ...to.mnt_slave_list]);
}

/** All these are being unmounted: none has peers, slaves or a master any more. What received through them receives from what stays. */
export function bulk_make_private(k: Kernel, going: readonly mount[]): void {
  if (!atLeast(k.version, '6.18')) {
    for (const m of going) change_mnt_propagation(k, m, MS_PRIVATE);
    return;
  }
  const set = new Set(going);
  const to = new Map<mount, mount | null>();
  for (const m of going) {
    if (to.has(m)) continue;
    const { chain, end } = trace_transfers(k, m, set, to);
    for (const one of chain) to.set(one, end);
  }
  for (const m of going) transfer_propagation(k, m, to.get(m) ?? null);
}

/** From one that is being unmounted by peers and masters to one that is not, or null; all on the way leave their groups. */
function trace_transfers(k: Kernel, from: mount, set: ReadonlySet<mount>, known: ReadonlyMap<mount, mount | null>): { chain: mount[]; end: mount | null } {
  const chain: mount[] = [];
  for (let m = from; ;) {
    chain.push(m);
    const { mnt_share_next: peer, mnt_master: master } = m;
    const next = peer === m ? master : peer;
    if (peer !== m) leave_peers(k, m);
    else if (m.shared) mnt_release_group_id(k, m);
    if (m.mnt_group_id !== 0) k.trace.write(m, 'mnt_group_id', 0);
    leave_master(k, m);
    k.trace.write(m, 'shared', false);
    k.trace.write(m, 'unbindable', false);
    if (!next || !set.has(next)) return { chain, end: next };
    const end = known.get(next);
    if (end !== undefined) return { chain, end };
    m = next;
  }
}

/**
 * Until 6.16. It leaves its peer group and receives from what is left of that, or, if it was the last, from the group's own master. Its own
 * slaves go the same way. Without a peer and a master nothing is received any more.
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
