import type { Kernel } from './kernel.ts';
import { f_writable, is_dir } from './mode.ts';
import { KObject } from './object.ts';
import type { dentry, file, inode } from './vfs.ts';

/** What can happen to a file: the bits of the uapi header linux/inotify.h. */
export const IN_ACCESS = 0x1;
export const IN_MODIFY = 0x2;
export const IN_ATTRIB = 0x4;
export const IN_CLOSE_WRITE = 0x8;
export const IN_CLOSE_NOWRITE = 0x10;
export const IN_OPEN = 0x20;
const IN_MOVED_FROM = 0x40;
const IN_MOVED_TO = 0x80;
const IN_CREATE = 0x100;
const IN_DELETE = 0x200;
export const IN_DELETE_SELF = 0x400;
export const IN_MOVE_SELF = 0x800;
export const IN_UNMOUNT = 0x2000;
export const IN_IGNORED = 0x8000;
export const IN_EXCL_UNLINK = 0x04000000;
export const IN_ISDIR = 0x40000000;

/** Somebody wants to know what happens to an inode, and to the names in it if it is a directory. */
export abstract class fsnotify_mark extends KObject {
  readonly inode: inode;
  mask: number;
  constructor(of: inode, mask: number) {
    super();
    this.inode = of;
    this.mask = mask;
  }
}

/** How one kind of mark (inotify's) tells what happened; `gone`: the inode is no more, and the mark with it. */
interface Listener {
  event(k: Kernel, mark: fsnotify_mark, mask: number, name: string, cookie: number): void;
  gone(k: Kernel, mark: fsnotify_mark): void;
}
let listener: Listener | null = null;

/** Called once by the module whose marks they are. */
export function register_fsnotify(of: Listener): void {
  listener = of;
}

function tell(k: Kernel, of: inode, mask: number, name = '', cookie = 0, child: dentry | null = null): void {
  for (const mark of [...k.fsnotify_marks.values()]) {
    if (mark.inode !== of || (mark.mask & mask & ~IN_ISDIR) === 0) continue;
    // A name that is gone may be asked not to be told of.
    if (child?.d_unlinked && (mark.mask & IN_EXCL_UNLINK) !== 0) continue;
    listener?.event(k, mark, mask, name, cookie);
  }
}

const dir_bit = (of: inode): number => (is_dir(of.i_mode) ? IN_ISDIR : 0);

/** Something happened to a file that was found by a name: its directory's marks are told first, then its own. */
export function fsnotify_dentry(k: Kernel, of: dentry, mask: number): void {
  if (k.fsnotify_marks.size === 0) return;
  const all = mask | dir_bit(of.d_inode);
  if (of.d_parent) tell(k, of.d_parent.d_inode, all, of.d_name, 0, of);
  tell(k, of.d_inode, all);
}

/** The same, to what is open. Nothing is told of pipes, sockets and places that are open as such. */
export function fsnotify_file(k: Kernel, of: file, mask: number): void {
  if (k.fsnotify_marks.size > 0 && of.f_path && of.f_op !== 'path') fsnotify_dentry(k, of.f_path.dentry, mask);
}

/** The last reference of an open file goes. */
export function fsnotify_close(k: Kernel, of: file): void {
  fsnotify_file(k, of, f_writable(of.f_flags) ? IN_CLOSE_WRITE : IN_CLOSE_NOWRITE);
}

/** A name was made in a directory. */
export function fsnotify_create(k: Kernel, dir: dentry, name: string, of: inode): void {
  if (k.fsnotify_marks.size > 0) tell(k, dir.d_inode, IN_CREATE | dir_bit(of), name);
}

/** Another name for a file: the count of its links changed. */
export function fsnotify_link(k: Kernel, dir: dentry, name: string, of: inode): void {
  if (k.fsnotify_marks.size === 0) return;
  tell(k, of, IN_ATTRIB);
  tell(k, dir.d_inode, IN_CREATE, name);
}

/** A name was removed from `dir`; with the last one the file ends, unless somebody has it open. */
export function fsnotify_delete(k: Kernel, dir: dentry, of: dentry): void {
  if (k.fsnotify_marks.size === 0) return;
  const node = of.d_inode;
  if (!is_dir(node.i_mode)) tell(k, node, IN_ATTRIB);
  fsnotify_inoderemove(k, of);
  tell(k, dir.d_inode, IN_DELETE | dir_bit(node), of.d_name);
}

/** `of` has its new name. `replaced`: what had that name before. */
export function fsnotify_move(k: Kernel, from: dentry, old_name: string, of: dentry, replaced: dentry | null): void {
  if (k.fsnotify_marks.size === 0) return;
  const to = of.d_parent;
  const bit = dir_bit(of.d_inode);
  const cookie = (k.counters.get('fsnotify cookie') ?? 0) + 1;
  k.trace.insert(k.counters, 'fsnotify cookie', cookie);
  tell(k, from.d_inode, IN_MOVED_FROM | bit, old_name, cookie);
  if (to) tell(k, to.d_inode, IN_MOVED_TO | bit, of.d_name, cookie);
  if (replaced) tell(k, replaced.d_inode, IN_ATTRIB | dir_bit(replaced.d_inode));
  tell(k, of.d_inode, IN_MOVE_SELF);
  if (replaced) fsnotify_inoderemove(k, replaced);
}

/** A file without a name ends as soon as nobody has it open. `closing`: the open file that is about to go. */
export function fsnotify_inoderemove(k: Kernel, of: dentry, closing: file | null = null): void {
  if (k.fsnotify_marks.size === 0) return;
  const node = of.d_inode;
  const marks = [...k.fsnotify_marks.values()].filter((mark) => mark.inode === node);
  if (marks.length === 0 || !of.d_unlinked || node.i_nlink > 0 || is_open(k, node, closing)) return;
  tell(k, node, IN_DELETE_SELF);
  for (const mark of marks) if (!mark.freed) listener?.gone(k, mark);
}

function is_open(k: Kernel, node: inode, but: file | null): boolean {
  for (const task of k.tasks.values()) for (const of of task.files?.fd.values() ?? []) if (of !== but && of.f_path?.dentry.d_inode === node) return true;
  return false;
}

/** A file system instance ends: so do all files in it. */
export function fsnotify_sb_delete(k: Kernel, sb: inode['i_sb']): void {
  for (const mark of [...k.fsnotify_marks.values()]) {
    if (mark.inode.i_sb !== sb) continue;
    listener?.event(k, mark, IN_UNMOUNT, '', 0);
    if (!mark.freed) listener?.gone(k, mark);
  }
}
