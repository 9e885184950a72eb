import type { cred } from './cred.ts';
import type { mount } from './mnt.ts';
import { Counted, KObject } from './object.ts';
import { Table } from './trace.ts';
import type { user_namespace } from './user.ts';

/** A mounted file system's instance: what several mounts may show parts of. */
export class super_block extends Counted {
  override readonly kind = 'super_block';
  readonly s_type: string;
  readonly s_user_ns: user_namespace;
  readonly s_dev: number;
  s_root!: dentry;
  constructor(s_type: string, s_user_ns: user_namespace, s_dev: number) {
    super();
    this.s_type = s_type;
    this.s_user_ns = s_user_ns;
    this.s_dev = s_dev;
  }
}

/** A file: what `stat` tells about. Contents depend on the file system and come through `i_op`. */
export class inode extends KObject {
  override readonly kind = 'inode';
  readonly i_sb: super_block;
  i_ino: number;
  /** Type and permission bits, as st_mode. */
  i_mode: number;
  i_uid = 0;
  i_gid = 0;
  i_nlink = 1;
  i_rdev = 0;
  /** Regular file of a memory file system. */
  i_data: Uint8Array = new Uint8Array(0);
  constructor(i_sb: super_block, i_ino: number, i_mode: number) {
    super();
    this.i_sb = i_sb;
    this.i_ino = i_ino;
    this.i_mode = i_mode;
  }
}

/** A name in a directory. Directories of generated file systems (proc, nsfs …) make theirs when looked up. */
export class dentry extends KObject {
  override readonly kind = 'dentry';
  d_parent: dentry | null;
  d_name: string;
  readonly d_inode: inode;
  readonly d_children = new Table<string, dentry>(this, 'd_children');
  constructor(d_parent: dentry | null, d_name: string, d_inode: inode) {
    super();
    this.d_parent = d_parent;
    this.d_name = d_name;
    this.d_inode = d_inode;
  }
}

/** A place in the tree that a task sees: a name, seen through a mount. */
export interface path { readonly mnt: mount; readonly dentry: dentry }

/** An open file: what a descriptor refers to, shared by dup and fork. */
export class file extends Counted {
  override readonly kind = 'file';
  /** O_RDONLY, O_WRONLY, O_RDWR, O_APPEND, O_NONBLOCK, O_PATH … */
  f_flags: number;
  f_pos = 0;
  /** Null for pipes, sockets, pidfds. */
  readonly f_path: path | null;
  /** Who opened it: capabilities for writes to map files are tested against these. */
  readonly f_cred: cred;
  /** What it is: the object behind a pipe end, pidfd, nsfs file, socket …; null for plain files. */
  private_data: KObject | null = null;
  constructor(f_path: path | null, f_flags: number, f_cred: cred) {
    super();
    this.f_path = f_path;
    this.f_flags = f_flags;
    this.f_cred = f_cred;
  }
}
