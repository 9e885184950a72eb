import type { Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { is_dir } from './mode.ts';
import type { dentry, inode, path } from './vfs.ts';

/** An entry of a directory as getdents tells it; `type` is the S_IFMT part of its mode. */
export interface dirent { readonly name: string; readonly ino: number; readonly type: number }

/** What is to be made by `create`: mode with its type; a device's number, a symbolic link's text. */
export interface NewNode { readonly mode: number; readonly rdev?: number; readonly link?: string }

/** What a file system does for its inodes. Absent: not possible there. */
export interface inode_operations {
  /** The entry of a directory; null when there is none. */
  lookup?(k: Kernel, dir: dentry, name: string): dentry | null | Err;
  /** Entries without `.` and `..`. */
  readdir?(k: Kernel, dir: dentry): readonly dirent[] | Err;
  /** Where a symbolic link leads: a text to walk, or a place to jump to (magic links of proc). */
  get_link?(k: Kernel, of: dentry): string | path | Err;
  /** What readlink says, where that is not what is walked. */
  readlink?(k: Kernel, of: dentry): string | Err;
  /** Instead of the permission bits. */
  permission?(k: Kernel, of: inode, mask: number): 0 | Err;
  create?(k: Kernel, dir: dentry, name: string, node: NewNode): dentry | Err;
  link?(k: Kernel, old: dentry, dir: dentry, name: string): 0 | Err;
  unlink?(k: Kernel, of: dentry): 0 | Err;
  rmdir?(k: Kernel, of: dentry): 0 | Err;
  rename?(k: Kernel, of: dentry, dir: dentry, name: string): 0 | Err;
  /** Two names change places; both exist. */
  exchange?(k: Kernel, of: dentry, other: dentry): 0 | Err;
  /** A regular file that has no name. */
  tmpfile?(k: Kernel, dir: dentry, mode: number): dentry | Err;
  truncate?(k: Kernel, of: inode, size: number): 0 | Err;
  /** Before what `of` names is changed: the name to change, whose inode is the one that is written to (overlays). Of a file its directory's operations are asked. */
  copy_up?(k: Kernel, of: dentry): dentry | Err;
  /** Mode, owner or times of the inode are others now. */
  attributes_changed?(k: Kernel, of: inode): void;
  /** May mode, owner and times be changed? Absent: yes, kept in the inode. */
  setattr?(k: Kernel, of: inode): 0 | Err;
  /** `at`: the name by which it was found. */
  size?(k: Kernel, of: inode, at?: dentry): number;
  /** File operations of its regular files. */
  readonly f_op: string;
}

const OPS = new Map<string, inode_operations>();

export function register_inode_ops(name: string, ops: inode_operations): void {
  OPS.set(name, ops);
}

export function i_op(of: inode): inode_operations {
  const ops = OPS.get(of.i_op);
  if (!ops) throw new Error(`inode operations ${of.i_op} are not known`);
  return ops;
}

/** The name by which a file is changed; the same but on an overlay. Errors: those of copying it. */
export function d_writable(k: Kernel, of: dentry): dentry | Err {
  const by = is_dir(of.d_inode.i_mode) ? of.d_inode : of.d_parent?.d_inode;
  return by ? i_op(by).copy_up?.(k, of) ?? of : of;
}
