import type { cred } from './cred.ts';
import type { mount } from './mount.ts';
import { Counted, KObject } from './object.ts';
import { Table } from './trace.ts';
import type { user_namespace } from './user.ts';

/** A mounted file system's instance: what several mounts may show parts of. `count` is `s_active`: one for each mount. */
export class super_block extends Counted {
  override readonly kind = 'super_block';
  readonly s_type: string;
  /** Whose root may change it, and which ids it can hold. */
  readonly s_user_ns: user_namespace;
  /** Minor number; the major one is 0 for everything modelled. */
  readonly s_dev: number;
  s_root!: dentry;
  /** SB_RDONLY, SB_NOUSER … */
  s_flags = 0;
  /** Its own options as /proc/self/mountinfo shows them after `rw`: `,mode=755`. */
  s_options = '';
  /** The namespace it shows: pid of proc, net of sysfs, ipc of mqueue. */
  s_fs_info: KObject | null = null;
  /** Inode number given out last (memory file systems). */
  s_last_ino = 0;
  /** The last one of what was there when the machine was switched on: an overlay's lower layers. */
  s_lower_ino = 0;
  /** tmpfs: pages and inodes that it may hold; 0: as many as one likes. What it holds is at most as much as is kept here (shmem.ts). */
  s_max_blocks = 0;
  s_max_inodes = 0;
  s_used_blocks = 0;
  s_used_inodes = 1;
  constructor(s_type: string, s_user_ns: user_namespace, s_dev: number) {
    super();
    this.s_type = s_type;
    this.s_user_ns = s_user_ns;
    this.s_dev = s_dev;
  }
}

/** Which entry of a generated file system an inode is (proc, sysfs …): plain data; `entry` is looked up in that file system's tables. */
export interface Generated { readonly entry: string; readonly object: KObject | null; readonly arg: string }

/** A file: what `stat` tells about. Contents depend on the file system, which is found by `i_op` (inode_ops.ts). */
export class inode extends KObject {
  override readonly kind = 'inode';
  readonly i_sb: super_block;
  i_ino: number;
  /** Type and permission bits, as st_mode. */
  i_mode: number;
  /** Names the inode operations. */
  readonly i_op: string;
  /** kuid and kgid. */
  i_uid = 0;
  i_gid = 0;
  i_nlink = 1;
  /** Devices: major << 8 | minor. */
  i_rdev = 0;
  /** Regular file of a memory file system. Never changed in place. */
  i_data: Uint8Array = EMPTY;
  /** Which pages of it are there; null: all up to its end (there are no holes). */
  i_pages: ReadonlySet<number> | null = null;
  /** Symbolic link: where to. */
  i_link = '';
  /** Nanoseconds since 1970. */
  i_atime = 0n;
  i_mtime = 0n;
  i_ctime = 0n;
  /** tmpfs: what was forbidden for ever (F_SEAL_…). F_SEAL_SEAL from the start, but for memfd_create's that allow it. */
  i_seals = 1;
  /** A file without a name (O_TMPFILE) that may be given one. */
  i_linkable = false;
  /** Extended attributes by their names. Never changed in place. */
  i_xattrs: Readonly<Record<string, Uint8Array>> | null = null;
  /** Files that cannot be opened for writing by anybody (nsfs). */
  i_immutable = false;
  /** Generated file systems: which entry it is. */
  i_private: Generated | null = null;
  /** A named pipe that is open; or what else lives behind the name (mqueue). */
  i_object: KObject | null = null;
  constructor(i_sb: super_block, i_ino: number, i_mode: number, i_op: string) {
    super();
    this.i_sb = i_sb;
    this.i_ino = i_ino;
    this.i_mode = i_mode;
    this.i_op = i_op;
  }
}

const EMPTY = new Uint8Array(0);

/** A name in a directory. Directories of generated file systems (proc, nsfs …) make theirs when looked up, and keep those that are mountpoints. */
export class dentry extends KObject {
  override readonly kind = 'dentry';
  d_parent: dentry | null;
  d_name: string;
  readonly d_inode: inode;
  readonly d_children = new Table<string, dentry>(this, 'd_children');
  /** The name was removed; nothing can be mounted here any more. */
  d_unlinked = false;
  /** How many mounts, in any mount namespace, have this as their mountpoint. */
  d_mounted = 0;
  constructor(d_parent: dentry | null, d_name: string, d_inode: inode) {
    super();
    this.d_parent = d_parent;
    this.d_name = d_name;
    this.d_inode = d_inode;
  }
}

/** A place in the tree that a task sees: a name, seen through a mount. */
export interface path { readonly mnt: mount; readonly dentry: dentry }

export function path_equal(a: path, b: path): boolean {
  return a.mnt === b.mnt && a.dentry === b.dentry;
}

/** An open file: what a descriptor refers to, shared by dup and fork. */
export class file extends Counted {
  override readonly kind = 'file';
  /** O_RDONLY, O_WRONLY, O_RDWR, O_APPEND, O_NONBLOCK, O_PATH … */
  f_flags: number;
  f_pos = 0;
  /** Null for sockets, pidfds and the like. */
  readonly f_path: path | null;
  /** Who opened it: capabilities for writes to map files are tested against these. */
  readonly f_cred: cred;
  /** Names the file operations (file_ops.ts). */
  f_op = '';
  /** What it is: the object behind a pipe end, pidfd, nsfs file, socket …; null for plain files. */
  private_data: KObject | null = null;
  /** What a generated file (proc …) said when it was first read; later reads go on in it. */
  f_text: Uint8Array | null = null;
  /** A directory: the names that it had when it was read from its beginning. Those that are made while it is read are not seen. */
  f_entries: readonly string[] | null = null;
  constructor(f_path: path | null, f_flags: number, f_cred: cred) {
    super();
    this.f_path = f_path;
    this.f_flags = f_flags;
    this.f_cred = f_cred;
  }
}
