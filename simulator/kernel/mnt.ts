import { CAP_SYS_ADMIN, CAP_SYS_CHROOT, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import { CLONE_NEWNS, has } from './flags.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { ns_alloc_inum, ns_common, ns_free_inum } from './ns_common.ts';
import { KObject } from './object.ts';
import type { nsset } from './setns.ts';
import type { fs_struct } from './task.ts';
import { Table } from './trace.ts';
import { dec_namespaces, inc_namespaces } from './ucount.ts';
import { get_user_ns, put_user_ns } from './user.ts';
import type { user_namespace } from './user.ts';
import type { dentry, super_block } from './vfs.ts';

/** One mount: a file system's (part of a) tree at a place of another. */
export class mount extends KObject {
  override readonly kind = 'mount';
  /** Shown in mountinfo; smallest free number when made. */
  readonly mnt_id: number;
  readonly mnt_sb: super_block;
  readonly mnt_root: dentry;
  mnt_parent: mount | null = null;
  mnt_mountpoint: dentry | null = null;
  mnt_ns: mnt_namespace | null = null;
  /** MNT_READONLY, MNT_NOSUID … and MNT_LOCK_*. */
  mnt_flags = 0;
  /** What `mount` was told as source. */
  mnt_devname: string;
  /** 0: none; peers that share events have the same. */
  mnt_group_id = 0;
  mnt_master: mount | null = null;
  shared = false;
  unbindable = false;
  locked = false;
  readonly mnt_mounts = new Table<number, mount>(this, 'mnt_mounts');
  readonly mnt_slaves = new Table<number, mount>(this, 'mnt_slaves');
  constructor(mnt_id: number, mnt_sb: super_block, mnt_root: dentry, mnt_devname: string) {
    super();
    this.mnt_id = mnt_id;
    this.mnt_sb = mnt_sb;
    this.mnt_root = mnt_root;
    this.mnt_devname = mnt_devname;
  }
}

export class mnt_namespace extends ns_common {
  override readonly kind = 'mnt';
  readonly user_ns: user_namespace;
  root: mount | null = null;
  /** All its mounts by id. */
  readonly mounts = new Table<number, mount>(this, 'mounts');
  constructor(user_ns: user_namespace) {
    super();
    this.user_ns = user_ns;
  }
  override get owner(): user_namespace { return this.user_ns; }
}

// From here on the vfs part's: the agreed names, and the least that makes them work (one mount a namespace).

const COPY = listing('copy_mnt_ns', 'fs/namespace.c', [
  ['test', 0, 'if (!(flags & CLONE_NEWNS))', 'Is a new mount namespace wanted?', '{call} was called {with} CLONE_NEWNS.'],
  ['share', 1, 'get_mnt_ns(ns); return ns', '{ns} is shared: the new nsproxy points to the same one.', 'Without CLONE_NEWNS the tree of mounts stays common.'],
  ['alloc', 0, 'new_ns = alloc_mnt_ns(user_ns)', 'A second mount namespace is made.', '{call} was called with CLONE_NEWNS.'],
  ['tree', 0, 'copy the tree of mounts; move root and working directory into the copy', '{new_ns} gets a copy of every mount.', 'Later mounts and unmounts are separate, unless mounts are shared.'],
]);

/** The mount namespace for a new nsproxy: the old one with a reference more, or a copy. Errors: ENOSPC. `ns` is null before the root mount only. */
export function copy_mnt_ns(k: Kernel, flags: number, ns: mnt_namespace | null, user_ns: user_namespace, new_fs: fs_struct | null): mnt_namespace | null | Err {
  k.enter(COPY, { flags, ns, user_ns });
  k.at(COPY.at.test, { flags });
  if (!ns || !has(flags, CLONE_NEWNS)) {
    if (ns) {
      k.at(COPY.at.share, { ns });
      k.trace.get(ns);
    }
    return k.leave(COPY, ns);
  }
  k.at(COPY.at.alloc);
  const new_ns = alloc_mnt_ns(k, user_ns);
  if (typeof new_ns === 'number') return k.leave(COPY, new_ns);
  k.at(COPY.at.tree, { new_ns });
  const old = ns.root;
  if (old) {
    const copy = k.trace.alloc(new mount(old.mnt_id + 1, old.mnt_sb, old.mnt_root, old.mnt_devname));
    k.trace.write(copy, 'mnt_ns', new_ns);
    k.trace.insert(new_ns.mounts, copy.mnt_id, copy);
    k.trace.write(new_ns, 'root', copy);
    if (new_fs && new_fs.root.mnt === old) k.trace.write(new_fs, 'root', { mnt: copy, dentry: new_fs.root.dentry });
    if (new_fs && new_fs.pwd.mnt === old) k.trace.write(new_fs, 'pwd', { mnt: copy, dentry: new_fs.pwd.dentry });
  }
  return k.leave(COPY, new_ns);
}

function alloc_mnt_ns(k: Kernel, user_ns: user_namespace): mnt_namespace | Err {
  const ucounts = inc_namespaces(k, user_ns, 'mnt');
  if (typeof ucounts === 'number') return ucounts;
  const new_ns = k.trace.alloc(new mnt_namespace(user_ns));
  ns_alloc_inum(k, new_ns);
  k.trace.write(new_ns, 'ucounts', ucounts);
  get_user_ns(k, user_ns);
  return new_ns;
}

const PUT = listing('put_mnt_ns', 'fs/namespace.c', [
  ['put', 0, 'drop one reference of ns and, when none is left, unmount everything in it and free it', 'One reference of {ns} is dropped.', 'An nsproxy or an open file let go of it.'],
]);

export function put_mnt_ns(k: Kernel, ns: mnt_namespace): void {
  k.enter(PUT, { ns });
  k.at(PUT.at.put, { ns });
  if (k.trace.put(ns)) {
    for (const gone of [...ns.mounts.values()]) {
      k.trace.remove(ns.mounts, gone.mnt_id);
      k.trace.free(gone);
    }
    dec_namespaces(k, ns.ucounts, 'mnt');
    put_user_ns(k, ns.user_ns);
    ns_free_inum(k, ns);
    k.trace.free(ns);
  }
  k.leave(PUT, 0);
}

const INSTALL = listing('mntns_install', 'fs/namespace.c', [
  ['capable', 0, 'if (CAP_SYS_ADMIN in ns->user_ns, CAP_SYS_CHROOT or CAP_SYS_ADMIN in cred->user_ns is missing) return -EPERM', 'A capability is missing: EPERM.', 'Joining {ns} changes the root directory too.'],
  ['shared', 0, 'if (fs->users != 1) return -EINVAL', 'Root and working directory are shared: EINVAL.', 'They are about to change, which the other tasks did not ask for.'],
  ['set', 0, 'nsproxy->mnt_ns = get_mnt_ns(ns); root and working directory = root of ns', '{nsproxy} points to {ns}, and root and working directory are its root.', 'The old directories are not in this tree.'],
]);

export function mntns_install(k: Kernel, set: nsset, ns: mnt_namespace): 0 | Err {
  k.enter(INSTALL, { ns });
  const { user_ns } = set.cred;
  if (!ns_capable(k, ns.user_ns, CAP_SYS_ADMIN) || !ns_capable(k, user_ns, CAP_SYS_CHROOT) || !ns_capable(k, user_ns, CAP_SYS_ADMIN)) {
    k.at(INSTALL.at.capable, { ns });
    return k.leave(INSTALL, err('EPERM'));
  }
  const tested = k.features.mntns_install_own_fs ? k.current.fs : set.fs;
  if (tested && tested.count !== 1) {
    k.at(INSTALL.at.shared);
    return k.leave(INSTALL, err('EINVAL'));
  }
  k.at(INSTALL.at.set, { nsproxy: set.nsproxy, ns });
  k.trace.get(ns);
  if (set.nsproxy.mnt_ns) put_mnt_ns(k, set.nsproxy.mnt_ns);
  k.trace.write(set.nsproxy, 'mnt_ns', ns);
  if (ns.root && set.fs) {
    const at = { mnt: ns.root, dentry: ns.root.mnt_root };
    k.trace.write(set.fs, 'root', at);
    k.trace.write(set.fs, 'pwd', at);
  }
  return k.leave(INSTALL, 0);
}
