import { CAP_SYS_ADMIN, CAP_SYS_CHROOT, ns_capable } from './capability.ts';
import { CL_COPY_UNBINDABLE, CL_SHARED_TO_SLAVE, copy_tree, lock_mnt_tree } from './copy_tree.ts';
import { err, isErr, type Err } from './errno.ts';
import { CLONE_NEWNS, has } from './flags.ts';
import { set_fs_pwd, set_fs_root } from './fs_struct.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import type { mount } from './mount.ts';
import { lookup_mnt, tree_of } from './mount.ts';
import { ns_alloc_inum, ns_common, ns_free_inum } from './ns_common.ts';
import type { nsset } from './setns.ts';
import type { fs_struct } from './task.ts';
import { Table } from './trace.ts';
import { dec_namespaces, inc_namespaces } from './ucount.ts';
import { umount_tree } from './umount_tree.ts';
import { get_user_ns, put_user_ns } from './user.ts';
import type { user_namespace } from './user.ts';
import { atLeast } from './version.ts';
import type { path } from './vfs.ts';

export class mnt_namespace extends ns_common {
  override readonly kind = 'mnt';
  readonly user_ns: user_namespace;
  /** Made by open_tree or fsmount for a tree that is nowhere mounted: no inode number, nobody can join it. */
  readonly anonymous: boolean;
  root: mount | null = null;
  /** All its mounts by object id. */
  readonly mounts = new Table<number, mount>(this, 'mounts');
  constructor(user_ns: user_namespace, anonymous = false) {
    super();
    this.user_ns = user_ns;
    this.anonymous = anonymous;
  }
  override get owner(): user_namespace { return this.user_ns; }
}

export function get_mnt_ns(k: Kernel, ns: mnt_namespace): mnt_namespace {
  return k.trace.get(ns);
}

/** It is one of the namespace's mounts from now on. */
export function mnt_add_to_ns(k: Kernel, ns: mnt_namespace, mnt: mount): void {
  k.trace.write(mnt, 'mnt_ns', ns);
  k.trace.insert(ns.mounts, mnt.id, mnt);
}

const COPY = listing('copy_mnt_ns', 'fs/namespace.c', [
  ['hold', 0, 'get_mnt_ns(ns)', '{ns} is held while it may be copied.', 'Another thread could drop the last reference in the meantime.', { until: '3.8' }],
  ['test', 0, 'if (!(flags & CLONE_NEWNS))', 'Is a new mount namespace wanted?', '{call} was called {with} CLONE_NEWNS.'],
  ['share', 1, 'get_mnt_ns(ns); return ns', '{ns} is shared: the new nsproxy points to the same one.', 'Without CLONE_NEWNS the tree of mounts stays common.'],
  ['alloc', 0, 'new_ns = alloc_mnt_ns(user_ns)', 'A second mount namespace is made.', '{call} was called with CLONE_NEWNS.'],
  ['full', 1, 'if (IS_ERR(new_ns)) return new_ns', 'It could not be made.', 'A limit is reached.', { since: '4.19' }],
  ['slave', 0, 'if (user_ns != ns->user_ns) copy_flags |= CL_SHARED_TO_SLAVE', 'Will {new_ns} belong to another user namespace than {ns}?', 'What a less privileged user mounts must not show up in {ns}: copies of shared mounts only receive.', { since: '3.8' }],
  ['tree', 0, 'new = copy_tree(old, old->mnt_root, copy_flags)', 'Every mount is copied.', 'Later mounts and unmounts are separate, except where mounts are shared.'],
  ['lock', 0, 'if (user_ns != ns->user_ns) lock_mnt_tree(new)', 'The copies are locked: what they cover stays covered, read-only stays read-only.', '{new_ns} belongs to {user_ns}, which is less privileged than the owner of {ns}.', { since: '4.19' }],
  ['root', 0, 'new_ns->root = new', 'The copy of the root is the root of {new_ns}.', 'From it all other mounts are found.'],
  ['each', 0, 'for each mount q of the copy: q belongs to new_ns', '{count} mounts belong to {new_ns}.', 'They are what its processes will see.'],
  ['fs_root', 1, 'if (p == new_fs->root.mnt) new_fs->root.mnt = q', 'The root directory moves into the copy.', 'Otherwise the process would go on using the old tree.'],
  ['fs_pwd', 1, 'if (p == new_fs->pwd.mnt) new_fs->pwd.mnt = q', 'The working directory moves into the copy.', 'Otherwise the process would go on using the old tree.'],
  ['drop', 0, 'put_mnt_ns(ns)', 'The reference held on {ns} during the copy is dropped.', 'The new nsproxy will point to the copy.', { until: '3.8' }],
  ['done', 0, 'return new_ns', 'The caller gets {new_ns}.', 'It becomes the mnt_ns slot of the new nsproxy.'],
]);

/**
 * The mount namespace for a new nsproxy: the old one with a reference more, or a copy. `new_fs`: root and working directory to move
 * along. Errors: ENOSPC, ENOMEM. `ns` is null before the first mount only.
 */
export function copy_mnt_ns(k: Kernel, flags: number, ns: mnt_namespace | null, user_ns: user_namespace, new_fs: fs_struct | null): mnt_namespace | null | Err {
  k.enter(COPY, { flags, ns, user_ns });
  const held = !atLeast(k.version, '4.19');
  if (held && ns) {
    k.at(COPY.at.hold, { ns });
    get_mnt_ns(k, ns);
  }
  k.at(COPY.at.test, { flags });
  if (!ns || !has(flags, CLONE_NEWNS)) {
    if (ns) {
      k.at(COPY.at.share, { ns });
      if (!held) get_mnt_ns(k, ns);
    }
    return k.leave(COPY, ns);
  }
  const made = duplicate(k, ns, user_ns, new_fs);
  if (held) {
    k.at(COPY.at.drop, { ns });
    put_mnt_ns(k, ns);
  }
  if (!isErr(made)) k.at(COPY.at.done, { new_ns: made });
  return k.leave(COPY, made);
}

function duplicate(k: Kernel, ns: mnt_namespace, user_ns: user_namespace, new_fs: fs_struct | null): mnt_namespace | Err {
  const old = ns.root;
  if (!old) throw new Error('a mount namespace without a root is copied');
  k.at(COPY.at.alloc);
  const new_ns = alloc_mnt_ns(k, user_ns, false);
  if (isErr(new_ns)) {
    k.at(COPY.at.full);
    return new_ns;
  }
  const other_owner = user_ns !== ns.user_ns && atLeast(k.version, '3.8');
  if (atLeast(k.version, '3.8')) k.at(COPY.at.slave, { ns, new_ns });
  k.at(COPY.at.tree, { new_ns });
  const copied = copy_tree(k, old, old.mnt_root, CL_COPY_UNBINDABLE | (other_owner ? CL_SHARED_TO_SLAVE : 0));
  if (isErr(copied)) {
    free_mnt_ns(k, new_ns);
    return copied;
  }
  if (other_owner && atLeast(k.version, '4.19')) {
    k.at(COPY.at.lock, { ns, new_ns, user_ns });
    lock_mnt_tree(k, copied.root);
  }
  k.at(COPY.at.root, { new_ns });
  k.trace.write(new_ns, 'root', copied.root);
  const all = tree_of(copied.root);
  k.at(COPY.at.each, { new_ns, count: all.length });
  for (const q of all) mnt_add_to_ns(k, new_ns, q);
  const root = new_fs && copied.of.get(new_fs.root.mnt);
  if (new_fs && root) {
    k.at(COPY.at.fs_root);
    set_fs_root(k, new_fs, { mnt: root, dentry: new_fs.root.dentry });
  }
  const pwd = new_fs && copied.of.get(new_fs.pwd.mnt);
  if (new_fs && pwd) {
    k.at(COPY.at.fs_pwd);
    set_fs_pwd(k, new_fs, { mnt: pwd, dentry: new_fs.pwd.dentry });
  }
  return new_ns;
}

const ALLOC = listing('alloc_mnt_ns', 'fs/namespace.c', [
  ['charge', 0, 'ucounts = inc_mnt_namespaces(user_ns)', 'One mount namespace is charged to the creator.', 'Each user may make only so many (user.max_mnt_namespaces).', { since: '4.19' }],
  ['full', 1, 'return -ENOSPC', 'The limit is reached: ENOSPC.', 'A limit in this user namespace or in one above it is used up.', { since: '4.19' }],
  ['alloc', 0, 'new_ns = new mnt_namespace', '{new_ns} is made, with a count of 1, and empty.', 'That one reference will be the slot of the new nsproxy.'],
  ['own', 0, 'new_ns->user_ns = get_user_ns(user_ns)', '{new_ns} is owned by {user_ns}.', 'Who may mount in it is decided by capabilities in that user namespace.', { since: '3.8' }],
  ['done', 0, 'return new_ns', '{new_ns} is ready for mounts.', 'The caller fills it.'],
]);

/** An empty mount namespace. Errors: ENOSPC. An anonymous one is not charged and has no number. */
export function alloc_mnt_ns(k: Kernel, user_ns: user_namespace, anonymous: boolean): mnt_namespace | Err {
  k.enter(ALLOC, { user_ns });
  const counted = k.features.ucounts && !anonymous;
  if (counted) k.at(ALLOC.at.charge, { user_ns });
  const ucounts = anonymous ? null : inc_namespaces(k, user_ns, 'mnt');
  if (typeof ucounts === 'number') {
    k.at(ALLOC.at.full);
    return k.leave(ALLOC, ucounts);
  }
  const new_ns = new mnt_namespace(user_ns, anonymous);
  k.at(ALLOC.at.alloc, { new_ns });
  k.trace.alloc(new_ns);
  if (!anonymous) ns_alloc_inum(k, new_ns);
  k.trace.write(new_ns, 'ucounts', ucounts);
  if (atLeast(k.version, '3.8')) k.at(ALLOC.at.own, { new_ns, user_ns });
  get_user_ns(k, user_ns);
  k.at(ALLOC.at.done, { new_ns });
  return k.leave(ALLOC, new_ns);
}

/** Frees a mount namespace that has no mounts. */
function free_mnt_ns(k: Kernel, ns: mnt_namespace): void {
  if (!ns.anonymous) ns_free_inum(k, ns);
  if (ns.ucounts) dec_namespaces(k, ns.ucounts, 'mnt');
  put_user_ns(k, ns.user_ns);
  k.trace.free(ns);
}

const PUT = listing('put_mnt_ns', 'fs/namespace.c', [
  ['put', 0, 'if (!refcount_dec_and_test(&ns->ns.count)) return', 'One reference of {ns} is dropped.', 'An nsproxy, or the last descriptor or mount of its nsfs file, let go of it.'],
  ['umount', 0, 'umount_tree(ns->root, 0)', 'Every mount of {ns} is unmounted.', 'Nobody can see them any more. Open files keep their own mount until they are closed.'],
  ['free', 0, 'free_mnt_ns(ns)', '{ns} is gone.', 'Its last reference was dropped. That mounts stood in it does not keep it.'],
]);

/** Drops a reference; with the last one all its mounts go, without any event to peers. */
export function put_mnt_ns(k: Kernel, ns: mnt_namespace): void {
  k.enter(PUT, { ns });
  k.at(PUT.at.put, { ns });
  if (k.trace.put(ns)) {
    k.at(PUT.at.umount, { ns });
    if (ns.root) umount_tree(k, ns.root, { propagate: false, sync: false });
    k.at(PUT.at.free, { ns });
    free_mnt_ns(k, ns);
  }
  k.leave(PUT, 0);
}

const INSTALL = listing('mntns_install', 'fs/namespace.c', [
  ['capable', 0, 'if (!(CAP_SYS_ADMIN in ns->user_ns, CAP_SYS_CHROOT and CAP_SYS_ADMIN in cred->user_ns)) return -EPERM', 'Are the capabilities there?', 'Joining {ns} changes root directory and mounts; both {owner} and the own user namespace must allow it.'],
  ['eperm', 1, 'return -EPERM', 'A capability is missing: EPERM.', 'CAP_SYS_ADMIN is needed in {owner}, which owns {ns}, and CAP_SYS_ADMIN and CAP_SYS_CHROOT in {user_ns}.'],
  ['anon', 0, 'if (is_anon_ns(ns)) return -EINVAL', '{ns} is not one that can be joined: EINVAL.', 'It only holds a tree that is not mounted yet.', { since: '5.7' }],
  ['users', 0, 'if (fs->users != 1) return -EINVAL', 'Is {fs} used by this task alone?', 'Root and working directory are about to change, which other tasks that share them did not ask for.'],
  ['shared', 1, 'return -EINVAL', 'It is shared by {users} tasks: EINVAL.', 'unshare(CLONE_FS) would give this task its own.'],
  ['set', 0, 'nsproxy->mnt_ns = get_mnt_ns(ns); put_mnt_ns(old)', '{nsproxy} points to {ns}.', 'It is committed only when every part of this setns() succeeded.'],
  ['root', 0, 'root = topmost mount on the root of ns', 'The root directory of {ns} is found.', 'The first mount may be covered by others.'],
  ['fs', 0, 'set_fs_pwd(fs, root); set_fs_root(fs, root)', 'Root and working directory become the root of {ns}.', 'The old ones are not in this tree. So a chroot ends here, even when {ns} was the own one.'],
]);

/** The mount type's part of setns(2). Errors: EPERM, EINVAL. */
export function mntns_install(k: Kernel, set: nsset, ns: mnt_namespace): 0 | Err {
  k.enter(INSTALL, { ns });
  const { user_ns } = set.cred;
  const about = { ns, owner: ns.user_ns, user_ns };
  k.at(INSTALL.at.capable, about);
  if (!ns_capable(k, ns.user_ns, CAP_SYS_ADMIN) || !ns_capable(k, user_ns, CAP_SYS_CHROOT) || !ns_capable(k, user_ns, CAP_SYS_ADMIN)) {
    k.at(INSTALL.at.eperm, about);
    return k.leave(INSTALL, err('EPERM'));
  }
  if (ns.anonymous) {
    k.at(INSTALL.at.anon, { ns });
    return k.leave(INSTALL, err('EINVAL'));
  }
  const { fs } = set;
  if (!fs || !ns.root) throw new Error('a mount namespace is joined without a root directory to change, or without a root');
  const tested = k.features.mntns_install_own_fs ? k.current.fs ?? fs : fs;
  k.at(INSTALL.at.users, { fs: tested });
  if (tested.count !== 1) {
    k.at(INSTALL.at.shared, { users: tested.count });
    return k.leave(INSTALL, err('EINVAL'));
  }
  k.at(INSTALL.at.set, { nsproxy: set.nsproxy, ns });
  get_mnt_ns(k, ns);
  const old = set.nsproxy.mnt_ns;
  k.trace.write(set.nsproxy, 'mnt_ns', ns);
  if (old) put_mnt_ns(k, old);
  k.at(INSTALL.at.root, { ns });
  const root = mntns_root(ns.root);
  k.at(INSTALL.at.fs, { ns });
  set_fs_pwd(k, fs, root);
  set_fs_root(k, fs, root);
  return k.leave(INSTALL, 0);
}

/** The place that is `/` in a tree of mounts: what covers everything else at its root. */
export function mntns_root(first: mount): path {
  let at: path = { mnt: first, dentry: first.mnt_root };
  for (let over = lookup_mnt(at.mnt, at.dentry); over; over = lookup_mnt(at.mnt, at.dentry)) at = { mnt: over, dentry: over.mnt_root };
  return at;
}
