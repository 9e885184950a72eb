import { err, isErr, type Err } from './errno.ts';
import { fdget_path } from './files.ts';
import { i_op } from './inode_ops.ts';
import type { Kernel } from './kernel.ts';
import { AT_FDCWD, MAY_EXEC, is_dir, is_link } from './mode.ts';
import { MNT_NOSYMFOLLOW, lookup_mnt } from './mount.ts';
import { inode_permission, may_follow_link } from './permission.ts';
import { byte_length } from './text.ts';
import type { dentry, path } from './vfs.ts';
import { path_equal } from './vfs.ts';

/** How a path is walked; values of the model. */
export const LOOKUP_FOLLOW = 1;
export const LOOKUP_DIRECTORY = 2;
/** An empty name means the directory descriptor itself. */
export const LOOKUP_EMPTY = 4;
/** At the end, go into what is mounted there: for umount. */
export const LOOKUP_MOUNTPOINT = 8;

/** What openat2(2) keeps a walk from (RESOLVE_…): leaving the mount, jumping through links of proc, links at all, leaving what is below the start, or taking another root than that. */
export const LOOKUP_NO_XDEV = 0x100;
export const LOOKUP_NO_MAGICLINKS = 0x200;
export const LOOKUP_NO_SYMLINKS = 0x400;
export const LOOKUP_BENEATH = 0x800;
export const LOOKUP_IN_ROOT = 0x1000;
const LOOKUP_IS_SCOPED = LOOKUP_BENEATH | LOOKUP_IN_ROOT;

const PATH_MAX = 4096;
const NAME_MAX = 255;
const MAXSYMLINKS = 40;

/** Where a walk that stops before the last name came to. `kind`: what the last name is; `slash`: slashes follow it. */
export interface Parent { readonly parent: path; readonly last: string; readonly kind: 'name' | 'dot' | 'dotdot' | 'root'; readonly slash: boolean; readonly flags: number; readonly root: path }

/** `root`: what `/` and `..` do not lead out of; the caller's, but with LOOKUP_BENEATH and LOOKUP_IN_ROOT where the walk began. */
interface Walk { at: path; rest: string[]; links: number; must_dir: boolean; readonly flags: number; readonly root: path }

/** The place that a name leads to, from the directory `dfd`. Errors: ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG, EBADF; EXDEV (openat2). */
export function filename_lookup(k: Kernel, dfd: number, name: string, flags: number): path | Err {
  if (name === '') return flags & LOOKUP_EMPTY ? start_of(k, dfd, true) : err('ENOENT');
  const walk = begin(k, dfd, name, flags);
  if (isErr(walk)) return walk;
  const failed = run(k, walk, (flags & LOOKUP_FOLLOW) !== 0, false);
  if (isErr(failed)) return failed;
  if ((walk.must_dir || (flags & LOOKUP_DIRECTORY) !== 0) && !is_dir(walk.at.dentry.d_inode.i_mode)) return err('ENOTDIR');
  return flags & LOOKUP_MOUNTPOINT ? into_mounts(walk.at) : walk.at;
}

/** The same from the working directory, following links. */
export function kern_path(k: Kernel, name: string, flags = LOOKUP_FOLLOW): path | Err {
  return filename_lookup(k, AT_FDCWD, name, flags);
}

/** Walks all but the last name. Errors as `filename_lookup`. */
export function path_parentat(k: Kernel, dfd: number, name: string, flags = 0): Parent | Err {
  if (name === '') return err('ENOENT');
  const walk = begin(k, dfd, name, flags);
  if (isErr(walk)) return walk;
  const last = run(k, walk, false, true);
  return isErr(last) ? last : parent_of(walk, last ?? '');
}

/** As `path_parentat`, from where that came to: for the text of a symbolic link found there. */
export function parent_from(k: Kernel, { parent: at, flags, root }: Parent, name: string): Parent | Err {
  if (name === '') return err('ENOENT');
  const walk: Walk = { at, rest: split(name), links: 0, must_dir: name.endsWith('/'), flags, root };
  const failed = name.startsWith('/') ? jump_root(walk) : 0;
  if (failed) return failed;
  const last = run(k, walk, false, true);
  return isErr(last) ? last : parent_of(walk, last ?? '');
}

function parent_of(walk: Walk, last: string): Parent {
  const kind = last === '' ? 'root' : last === '.' ? 'dot' : last === '..' ? 'dotdot' : 'name';
  return { parent: walk.at, last, kind, slash: walk.must_dir, flags: walk.flags, root: walk.root };
}

function begin(k: Kernel, dfd: number, name: string, flags: number): Walk | Err {
  if (byte_length(name) >= PATH_MAX) return err('ENAMETOOLONG');
  const absolute = name.startsWith('/');
  const scoped = (flags & LOOKUP_IS_SCOPED) !== 0;
  if (absolute && (flags & LOOKUP_BENEATH) !== 0) return err('EXDEV');
  // What is mounted on the root directory itself is not entered: only `..` there leads into it.
  const at = absolute && !scoped ? root_of(k) : start_of(k, dfd, false);
  return isErr(at) ? at : { at, rest: split(name), links: 0, must_dir: name.endsWith('/'), flags, root: scoped ? at : root_of(k) };
}

/** A link begins with `/`. */
function jump_root(walk: Walk): 0 | Err {
  const out = (walk.flags & LOOKUP_BENEATH) !== 0 || ((walk.flags & LOOKUP_NO_XDEV) !== 0 && walk.at.mnt !== walk.root.mnt);
  if (out) return err('EXDEV');
  walk.at = walk.root;
  return 0;
}

function split(name: string): string[] {
  return name.split('/').filter((part) => part !== '').reverse();
}

/** The caller's root directory. */
export function root_of(k: Kernel): path {
  const { fs } = k.current;
  if (!fs) throw new Error('a task without a root directory looks up a path');
  return fs.root;
}

function start_of(k: Kernel, dfd: number, any: boolean): path | Err {
  const { fs } = k.current;
  if (dfd === AT_FDCWD) return fs ? fs.pwd : err('ENOENT');
  const at = fdget_path(k, dfd);
  if (isErr(at)) return at;
  return any || is_dir(at.dentry.d_inode.i_mode) ? at : err('ENOTDIR');
}

/**
 * Walks. With `parent`, stops before the last name and returns it, or null when there was none (`/`); otherwise returns null at the end.
 */
function run(k: Kernel, walk: Walk, follow: boolean, parent: boolean): string | null | Err {
  for (let name = walk.rest.pop(); name !== undefined; name = walk.rest.pop()) {
    const dir = walk.at.dentry.d_inode;
    if (!is_dir(dir.i_mode)) return err('ENOTDIR');
    const denied = inode_permission(k, dir, MAY_EXEC);
    if (denied) return denied;
    const last = walk.rest.length === 0;
    if (last && parent) return name;
    if (name === '.') continue;
    if (name === '..') {
      if ((walk.flags & LOOKUP_BENEATH) !== 0 && path_equal(walk.at, walk.root)) return err('EXDEV');
      const up = follow_dotdot(k, walk.at, walk.root);
      if ((walk.flags & LOOKUP_NO_XDEV) !== 0 && up.mnt !== walk.at.mnt) return err('EXDEV');
      walk.at = up;
      continue;
    }
    const found = lookup_one(k, walk.at, name);
    if (isErr(found)) return found;
    if (!found) return err('ENOENT');
    if ((walk.flags & LOOKUP_NO_XDEV) !== 0 && found.mnt !== walk.at.mnt) return err('EXDEV');
    if (is_link(found.dentry.d_inode.i_mode) && (!last || follow || walk.must_dir)) {
      const failed = (last && may_follow_link(k, dir, found.dentry.d_inode)) || push_link(k, walk, found.dentry);
      if (failed) return failed;
    } else {
      walk.at = found;
    }
  }
  return null;
}

/** Puts the text of a symbolic link in front of what is still to be walked, or jumps. */
function push_link(k: Kernel, walk: Walk, link: dentry): 0 | Err {
  if (++walk.links > MAXSYMLINKS) return err('ELOOP');
  if ((walk.flags & LOOKUP_NO_SYMLINKS) !== 0 || walk.at.mnt.mnt_flags & MNT_NOSYMFOLLOW) return err('ELOOP');
  const to = i_op(link.d_inode).get_link?.(k, link) ?? err('EINVAL');
  if (isErr(to)) return to;
  if (typeof to !== 'string') {
    if ((walk.flags & LOOKUP_NO_MAGICLINKS) !== 0) return err('ELOOP');
    if ((walk.flags & LOOKUP_IS_SCOPED) !== 0 || ((walk.flags & LOOKUP_NO_XDEV) !== 0 && to.mnt !== walk.at.mnt)) return err('EXDEV');
    walk.at = to;
    return 0;
  }
  if (to === '') return err('ENOENT');
  const failed = to.startsWith('/') ? jump_root(walk) : 0;
  if (failed) return failed;
  if (walk.rest.length === 0 && to.endsWith('/')) walk.must_dir = true;
  walk.rest.push(...split(to));
  return 0;
}

/** One name in a directory, crossing into what is mounted there; null when there is no such name. */
export function lookup_one(k: Kernel, at: path, name: string): path | null | Err {
  if (byte_length(name) > NAME_MAX) return err('ENAMETOOLONG');
  const child = d_lookup(k, at.dentry, name);
  if (child === null || isErr(child)) return child;
  return into_mounts({ mnt: at.mnt, dentry: child });
}

/** The entry itself, without what is mounted on it. */
export function d_lookup(k: Kernel, dir: dentry, name: string): dentry | null | Err {
  return i_op(dir.d_inode).lookup?.(k, dir, name) ?? null;
}

/** What is mounted at this place, on top; the place itself when nothing is. */
export function into_mounts(at: path): path {
  let { mnt, dentry } = at;
  for (let over = lookup_mnt(mnt, dentry); over; over = lookup_mnt(mnt, dentry)) {
    mnt = over;
    dentry = over.mnt_root;
  }
  return mnt === at.mnt ? at : { mnt, dentry };
}

/** The directory above, leaving mounts, but never the root. */
export function follow_dotdot(k: Kernel, from: path, root = root_of(k)): path {
  let at = from;
  for (;;) {
    if (path_equal(at, root)) return into_mounts(at);
    const { mnt, dentry } = at;
    if (dentry !== mnt.mnt_root) {
      const up = dentry.d_parent ?? dentry;
      return into_mounts({ mnt, dentry: up });
    }
    if (!mnt.mnt_parent || !mnt.mnt_mountpoint) return into_mounts(at);
    at = { mnt: mnt.mnt_parent, dentry: mnt.mnt_mountpoint };
  }
}
