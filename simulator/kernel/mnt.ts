import { ns_common } from './ns_common.ts';
import { KObject } from './object.ts';
import { Table } from './trace.ts';
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
