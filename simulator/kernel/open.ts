import { err, isErr, type Err } from './errno.ts';
import { f_op } from './file_ops.ts';
import { alloc_file, fd_install, fput, get_unused_fd } from './files.ts';
import { IN_MODIFY, IN_OPEN, fsnotify_create, fsnotify_file } from './fsnotify.ts';
import { d_writable, i_op } from './inode_ops.ts';
import type { Kernel } from './kernel.ts';
import {
  MAY_EXEC, MAY_READ, MAY_WRITE, O_ACCMODE, O_CLOEXEC, O_CREAT, O_DIRECTORY, O_EXCL, O_NOATIME, O_NOCTTY, O_NOFOLLOW, O_PATH, O_TRUNC, O_WRONLY, __O_TMPFILE,
  S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK, f_writable, is_dir, is_link, is_reg,
} from './mode.ts';
import { MNT_NODEV, MNT_NOEXEC } from './mount.ts';
import {
  LOOKUP_BENEATH, LOOKUP_DIRECTORY, LOOKUP_FOLLOW, LOOKUP_IN_ROOT, LOOKUP_NO_MAGICLINKS, LOOKUP_NO_SYMLINKS, LOOKUP_NO_XDEV, filename_lookup, lookup_one, parent_from, path_parentat,
} from './namei.ts';
import type { Parent } from './namei.ts';
import { fsuidgid_has_mapping, inode_owner_or_capable, inode_permission, may_create_in_sticky, may_follow_link, mnt_want_write, vfs_prepare_mode } from './permission.ts';
import { fifo_resume, fifo_wait } from './pipe.ts';
import { Blocked } from './sched.ts';
import { atLeast } from './version.ts';
import type { file, path } from './vfs.ts';

/** openat(2). Errors: those of the walk; EMFILE, EEXIST, EISDIR, EACCES, EROFS, ENXIO, EPERM, EOVERFLOW. May block on a FIFO. */
export function sys_openat(k: Kernel, dfd: number, name: string, flags: number, mode: number): number | Blocked {
  const fd = get_unused_fd(k);
  if (isErr(fd)) return fd;
  const of = do_filp_open(k, dfd, name, flags, mode);
  if (of === Blocked || isErr(of)) return of;
  fd_install(k, fd, of, (flags & O_CLOEXEC) !== 0);
  return fd;
}

/** All that open(2) knows. */
const VALID_OPEN_FLAGS = O_ACCMODE | O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_CLOEXEC | O_PATH | __O_TMPFILE
  // APPEND, NONBLOCK, SYNC and DSYNC, ASYNC, DIRECT, LARGEFILE
  | 0o2000 | 0o4000 | 0o4010000 | 0o20000 | 0o40000 | 0o100000;
const O_PATH_FLAGS = O_DIRECTORY | O_NOFOLLOW | O_PATH | O_CLOEXEC;
/** RESOLVE_NO_XDEV, NO_MAGICLINKS, NO_SYMLINKS, BENEATH and IN_ROOT, by their bits. */
const RESOLVE = [LOOKUP_NO_XDEV, LOOKUP_NO_MAGICLINKS, LOOKUP_NO_SYMLINKS | LOOKUP_NO_MAGICLINKS, LOOKUP_BENEATH, LOOKUP_IN_ROOT];
const RESOLVE_CACHED = 0x20;
const SCOPES = 0x18;

/** struct open_how. */
export interface open_how { readonly flags: number; readonly mode: number; readonly resolve: number }

/** openat2(2). Errors: as openat; EINVAL (what it does not know, or what does not go together), EXDEV, ELOOP, EAGAIN. */
export function sys_openat2(k: Kernel, dfd: number, name: string, { flags, mode, resolve }: open_how): number | Blocked {
  const cached = atLeast(k.version, '6.1') ? RESOLVE_CACHED : 0;
  if (flags > VALID_OPEN_FLAGS || (flags & ~VALID_OPEN_FLAGS) !== 0 || resolve > 0x3f || (resolve & ~(0x1f | cached)) !== 0 || (resolve & SCOPES) === SCOPES) return err('EINVAL');
  if ((flags & (O_CREAT | __O_TMPFILE)) !== 0 ? mode > 0o7777 : mode !== 0) return err('EINVAL');
  if ((flags & O_PATH) !== 0 && (flags & ~O_PATH_FLAGS) !== 0) return err('EINVAL');
  if ((resolve & RESOLVE_CACHED) !== 0 && (flags & (O_TRUNC | O_CREAT | __O_TMPFILE)) !== 0) return err('EAGAIN');
  const lookup = RESOLVE.reduce((all, bits, n) => (resolve & (1 << n) ? all | bits : all), 0);
  const fd = get_unused_fd(k);
  if (isErr(fd)) return fd;
  const of = do_filp_open(k, dfd, name, flags, mode, lookup);
  if (of === Blocked || isErr(of)) return of;
  fd_install(k, fd, of, (flags & O_CLOEXEC) !== 0);
  return fd;
}

/** Opens without a descriptor. The file has one reference, the caller's. `resolve`: LOOKUP_… of openat2. */
export function do_filp_open(k: Kernel, dfd: number, name: string, asked: number, mode: number, resolve = 0): file | Err | Blocked {
  if ((asked & (O_CREAT | O_DIRECTORY)) === (O_CREAT | O_DIRECTORY) && atLeast(k.version, '6.12')) return err('EINVAL');
  const flags = asked & O_PATH ? asked & (O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : asked;
  if (flags & __O_TMPFILE && atLeast(k.version, '4.19')) return (flags & O_DIRECTORY) !== 0 && f_writable(flags) ? do_tmpfile(k, dfd, name, flags, mode, resolve) : err('EINVAL');
  const opened = flags & O_CREAT && !(flags & O_PATH) ? open_create(k, dfd, name, flags, mode, resolve) : open_existing(k, dfd, name, flags, resolve);
  if (isErr(opened)) return opened;
  return vfs_open(k, opened.at, flags, opened.created);
}

/** A regular file without a name in a directory. linkat(2) can give it one, unless it was opened O_EXCL. */
function do_tmpfile(k: Kernel, dfd: number, name: string, flags: number, mode: number, resolve: number): file | Err | Blocked {
  const at = filename_lookup(k, dfd, name, LOOKUP_DIRECTORY | resolve | (flags & O_NOFOLLOW ? 0 : LOOKUP_FOLLOW));
  if (isErr(at)) return at;
  const dir = at.dentry.d_inode;
  const refused = mnt_want_write(at.mnt) || inode_permission(k, dir, MAY_WRITE | MAY_EXEC);
  if (refused) return refused;
  const made = i_op(dir).tmpfile?.(k, at.dentry, vfs_prepare_mode(k, dir, S_IFREG | (mode & 0o7777)));
  if (!made) return err('EOPNOTSUPP');
  if (isErr(made)) return made;
  k.trace.write(made.d_inode, 'i_linkable', (flags & O_EXCL) === 0);
  return vfs_open(k, { mnt: at.mnt, dentry: made }, flags, true);
}

interface Opened { readonly at: path; readonly created: boolean }

function open_existing(k: Kernel, dfd: number, name: string, flags: number, resolve: number): Opened | Err {
  const lookup = resolve | (flags & O_NOFOLLOW ? 0 : LOOKUP_FOLLOW) | (flags & O_DIRECTORY ? LOOKUP_DIRECTORY : 0);
  const at = filename_lookup(k, dfd, name, lookup);
  if (isErr(at)) return at;
  return { at, created: false };
}

const MAXSYMLINKS = 40;

function open_create(k: Kernel, dfd: number, name: string, flags: number, mode: number, resolve: number): Opened | Err {
  let to: Parent | Err = path_parentat(k, dfd, name, resolve);
  for (let links = 0; links <= MAXSYMLINKS; links++) {
    if (isErr(to)) return to;
    if (to.kind !== 'name') return err(flags & O_EXCL ? 'EEXIST' : 'EISDIR');
    if (to.slash) return err('EISDIR');
    const found = lookup_one(k, to.parent, to.last);
    if (isErr(found)) return found;
    if (!found) return create_file(k, to, mode);
    if ((resolve & LOOKUP_NO_XDEV) !== 0 && found.mnt !== to.parent.mnt) return err('EXDEV');
    if (flags & O_EXCL) return err('EEXIST');
    const { i_mode } = found.dentry.d_inode;
    const dir = to.parent.dentry.d_inode;
    if (!is_link(i_mode) || flags & O_NOFOLLOW) {
      const trap = is_dir(i_mode) ? err('EISDIR') : may_create_in_sticky(k, dir, found.dentry.d_inode);
      return trap || { at: found, created: false };
    }
    const denied = may_follow_link(k, dir, found.dentry.d_inode) || ((resolve & LOOKUP_NO_SYMLINKS) !== 0 ? err('ELOOP') : 0);
    if (denied) return denied;
    const link = i_op(found.dentry.d_inode).get_link?.(k, found.dentry) ?? err('EINVAL');
    if (isErr(link)) return link;
    if (typeof link !== 'string' && (resolve & LOOKUP_NO_MAGICLINKS) !== 0) return err('ELOOP');
    if (typeof link !== 'string' && (resolve & (LOOKUP_BENEATH | LOOKUP_IN_ROOT)) !== 0) return err('EXDEV');
    if (typeof link !== 'string') return is_dir(link.dentry.d_inode.i_mode) ? err('EISDIR') : { at: link, created: false };
    to = parent_from(k, to, link);
  }
  return err('ELOOP');
}

function create_file(k: Kernel, { parent, last }: Parent, mode: number): Opened | Err {
  const dir = parent.dentry;
  const ro = mnt_want_write(parent.mnt);
  if (ro) return ro;
  if (dir.d_unlinked) return err('ENOENT');
  if (!fsuidgid_has_mapping(k, dir.d_inode)) return err('EOVERFLOW');
  const denied = inode_permission(k, dir.d_inode, MAY_WRITE | MAY_EXEC);
  if (denied) return denied;
  const ops = i_op(dir.d_inode);
  if (!ops.create) return err('EACCES');
  const made = ops.create(k, dir, last, { mode: vfs_prepare_mode(k, dir.d_inode, S_IFREG | (mode & 0o7777)) });
  if (isErr(made)) return made;
  fsnotify_create(k, dir, last, made.d_inode);
  return { at: { mnt: parent.mnt, dentry: made }, created: true };
}

/** Opens a place that was found: the permissions, then what the kind of file does. */
function vfs_open(k: Kernel, found: path, flags: number, created: boolean): file | Err | Blocked {
  let at = found;
  let node = at.dentry.d_inode;
  const type = node.i_mode & S_IFMT;
  if (flags & O_PATH) return alloc_file(k, at, flags & ~O_CLOEXEC, 'path');
  const waiting = type === S_IFIFO ? fifo_resume(k, node) : null;
  if (waiting) return waiting;
  const truncates = (flags & O_TRUNC) !== 0 && !created;
  if (!created) {
    const failed = may_open(k, at, flags);
    if (failed) return failed;
  }
  const writes = f_writable(flags) || truncates;
  if (writes && (type === S_IFREG || type === S_IFDIR)) {
    const ro = mnt_want_write(at.mnt);
    if (ro) return ro;
    const by = type === S_IFREG && !created ? d_writable(k, at.dentry) : at.dentry;
    if (isErr(by)) return by;
    at = { mnt: at.mnt, dentry: by };
    node = by.d_inode;
  }
  if (type === S_IFSOCK) return err('ENXIO');
  const of = alloc_file(k, at, flags & ~(O_CREAT | O_EXCL | O_TRUNC | O_CLOEXEC), op_name(type, node.i_rdev, i_op(node).f_op));
  const opened = f_op(of).open?.(k, of) ?? 0;
  if (opened === Blocked) throw new Error(`opening ${at.dentry.d_name} blocks, which only a FIFO may`);
  if (opened) {
    // What was not opened has nothing to release but its place.
    k.trace.write(of, 'f_op', 'path');
    fput(k, of);
    return opened;
  }
  fsnotify_file(k, of, IN_OPEN);
  if (of.f_flags & O_NOCTTY) k.trace.write(of, 'f_flags', of.f_flags & ~O_NOCTTY);
  if (truncates && is_reg(node.i_mode) && i_op(node).truncate?.(k, node, 0) === 0) fsnotify_file(k, of, IN_MODIFY);
  return type === S_IFIFO ? fifo_wait(k, of) : of;
}

/** Which operations an open file has, by its type. */
function op_name(type: number, rdev: number, regular: string): string {
  switch (type) {
    case S_IFDIR: return 'dir';
    case S_IFIFO: return 'pipe';
    case S_IFCHR: return `chr:${rdev >> 8}:${rdev & 0xff}`;
    case S_IFBLK: return 'blk';
    default: return regular;
  }
}

function acc_mode(flags: number): number {
  const access = flags & O_ACCMODE;
  return (access === O_WRONLY ? 0 : MAY_READ) | (access === 0 ? 0 : MAY_WRITE) | (flags & O_TRUNC ? MAY_WRITE : 0);
}

/** May the caller open it this way? Errors: ELOOP, EISDIR, EACCES, EPERM, EROFS. */
function may_open(k: Kernel, { mnt, dentry }: path, flags: number): 0 | Err {
  const node = dentry.d_inode;
  const mask = acc_mode(flags);
  switch (node.i_mode & S_IFMT) {
    case S_IFLNK: return err('ELOOP');
    case S_IFDIR: if (mask & MAY_WRITE) return err('EISDIR'); break;
    case S_IFBLK: case S_IFCHR: if (!may_open_dev(mnt, k)) return err('EACCES'); break;
  }
  const denied = inode_permission(k, node, mask);
  if (denied) return denied;
  return flags & O_NOATIME && !inode_owner_or_capable(k, node) ? err('EPERM') : 0;
}

/** Device files work neither on a nodev mount nor on a file system that a user namespace mounted. */
function may_open_dev(mnt: path['mnt'], k: Kernel): boolean {
  return (mnt.mnt_flags & MNT_NODEV) === 0 && (mnt.mnt_sb.s_user_ns === k.init_user_ns || !atLeast(k.version, '4.19'));
}

/** The program that execve names, ready to be run. Errors: those of the walk; EACCES when it is no file that may be executed. */
export function open_exec(k: Kernel, dfd: number, name: string, flags = LOOKUP_FOLLOW): file | Err {
  const at = filename_lookup(k, dfd, name, flags);
  if (isErr(at)) return at;
  const node = at.dentry.d_inode;
  if (is_link(node.i_mode)) return err('ELOOP');
  if (!is_reg(node.i_mode) || (at.mnt.mnt_flags & MNT_NOEXEC) !== 0) return err('EACCES');
  const denied = inode_permission(k, node, MAY_EXEC);
  if (denied) return denied;
  const of = alloc_file(k, at, 0, i_op(node).f_op);
  fsnotify_file(k, of, IN_OPEN);
  return of;
}

