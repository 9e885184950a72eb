import { CL_MAKE_SHARED, CL_SLAVE, copy_tree } from './copy_tree.ts';
import { isErr, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import type { mount } from './mount.ts';
import { is_subdir, mnt_set_mountpoint } from './mount.ts';
import { peers } from './peers.ts';
import type { dentry } from './vfs.ts';

/** Groups that receive the events of `origin`, each by the member that comes first: its own, then those of its slaves, depth first. */
function* groups_of(origin: mount): Generator<mount> {
  yield origin;
  yield* groups_below(origin);
}

function* groups_below(first: mount): Generator<mount> {
  for (const member of ring(first)) {
    if (!member.mnt_ns) continue;
    const seen = new Set<mount>();
    for (const slave of member.mnt_slave_list) {
      if (seen.has(slave)) continue;
      for (const peer of ring(slave)) seen.add(peer);
      yield slave;
      yield* groups_below(slave);
    }
  }
}

function ring(first: mount): mount[] {
  const all = [first];
  for (let m = first.mnt_share_next; m !== first; m = m.mnt_share_next) all.push(m);
  return all;
}

/** Every mount other than `origin` that receives its events. */
export function receivers_of(origin: mount): mount[] {
  const all: mount[] = [];
  for (const group of groups_of(origin)) for (const m of ring(group)) if (m !== origin) all.push(m);
  return all;
}

const PROPAGATE = listing('propagate_mnt', 'fs/pnode.c', [
  ['each', 0, 'for each peer of dest_mnt, then each group of slaves below', '{m} receives what happens to {dest_mnt}.', 'It is a peer of it, or a slave of one.'],
  ['hidden', 1, 'if (dest is not visible in m) continue', 'The mountpoint is not visible in {m}.', '{m} shows another part of the file system.'],
  ['copy', 1, 'child = copy_tree(last copy, type)', 'The new tree is copied for {m}.', 'Among peers the copies are peers too; in a slave they are slaves.'],
  ['place', 1, 'mnt_set_mountpoint(m, dest, child)', '{child} will stand at the same place in {m}.', 'It appears when all copies have been made.'],
]);

/**
 * Copies of a new tree for every mount that receives events of `dest_mnt`, placed but not visible yet; those not yet in a namespace are
 * passed over. Errors: those of copy_tree; what was made until then is in `made`.
 */
export function propagate_mnt(k: Kernel, dest_mnt: mount, dest: dentry, source_mnt: mount, made: mount[]): 0 | Err {
  k.enter(PROPAGATE, { dest_mnt, source_mnt });
  const marked = new Set<mount>();
  if (dest_mnt.mnt_master) marked.add(dest_mnt.mnt_master);
  let last = source_mnt;
  for (const first of [...groups_of(dest_mnt)]) {
    let type = first === dest_mnt ? CL_MAKE_SHARED : CL_SLAVE | (first.shared ? CL_MAKE_SHARED : 0);
    for (const m of ring(first)) {
      if (m === dest_mnt) continue;
      k.at(PROPAGATE.at.each, { m, dest_mnt });
      if (!m.mnt_ns || m.mnt_ns.anonymous) continue;
      if (!is_subdir(dest, m.mnt_root)) {
        k.at(PROPAGATE.at.hidden, { m });
        continue;
      }
      if (type & CL_SLAVE) last = find_master(m, last, source_mnt, marked);
      k.at(PROPAGATE.at.copy, { m });
      const child = copy_tree(k, last, last.mnt_root, type);
      if (isErr(child)) return k.leave(PROPAGATE, child);
      k.at(PROPAGATE.at.place, { m, child: child.root });
      mnt_set_mountpoint(k, m, dest, child.root);
      if (m.mnt_master) marked.add(m.mnt_master);
      made.push(child.root);
      last = child.root;
      type = CL_MAKE_SHARED;
    }
  }
  return k.leave(PROPAGATE, 0);
}

/** Of which earlier copy the copy for `parent`, first of its group, has to be a slave. */
function find_master(parent: mount, last: mount, original: mount, marked: ReadonlySet<mount>): mount {
  let n = parent;
  let p = n.mnt_master;
  while (p && !marked.has(p)) {
    n = p;
    p = n.mnt_master;
  }
  let found = last;
  for (;;) {
    if (found === original || peers(found, original)) return found;
    const done = found.mnt_parent?.mnt_master === p;
    if (done && found.mnt_parent && peers(n, found.mnt_parent)) return found;
    if (!found.mnt_master) return original;
    found = found.mnt_master;
    if (done) return found;
  }
}
