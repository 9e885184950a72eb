import { CAP_CHOWN, CAP_FSETID } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import { f_op } from './file_ops.ts';
import { ops_of } from './file_system.ts';
import { fget_raw } from './files.ts';
import { IN_ACCESS, IN_ATTRIB, IN_MODIFY, fsnotify_dentry } from './fsnotify.ts';
import { d_writable, i_op } from './inode_ops.ts';
import type { Kernel } from './kernel.ts';
import { realtime } from './ktime.ts';
import {
  AT_EACCESS, AT_EMPTY_PATH, AT_FDCWD, AT_SYMLINK_NOFOLLOW, MAY_EXEC, MAY_WRITE, S_ISGID, S_ISUID, is_dir, is_link, is_reg,
} from './mode.ts';
import type { mount } from './mount.ts';
import { MNT_NOATIME, MNT_NODEV, MNT_NODIRATIME, MNT_NOEXEC, MNT_NOSUID, MNT_NOSYMFOLLOW, MNT_READONLY, MNT_RELATIME } from './mount.ts';
import { LOOKUP_EMPTY, LOOKUP_FOLLOW, filename_lookup } from './namei.ts';
import { CAPS } from './fscaps.ts';
import { write_xattr } from './xattr.ts';
import { capable_wrt_inode_uidgid, in_group_p, inode_owner_or_capable, inode_permission, mnt_want_write, setattr_should_drop_sgid } from './permission.ts';
import { PAGE, shmem_usage } from './shmem.ts';
import { SB_RDONLY } from './super.ts';
import { from_kgid_munged, from_kuid_munged, kgid_has_mapping, kuid_has_mapping, make_kgid, make_kuid } from './uidgid.ts';
import { atLeast } from './version.ts';
import type { inode, path } from './vfs.ts';

/** What stat(2) and statx(2) tell. Ids as the caller's user namespace sees them; times in nanoseconds. */
export interface kstat {
  readonly dev: number; readonly ino: number; readonly mode: number; readonly nlink: number; readonly uid: number; readonly gid: number;
  readonly rdev: number; readonly size: number; readonly blksize: number; readonly blocks: number;
  readonly atime: bigint; readonly mtime: bigint; readonly ctime: bigint;
  /** statx: number of the mount, and whether it is the root of one. */
  readonly mnt_id: number; readonly mount_root: boolean;
}

function fill(k: Kernel, at: path): kstat {
  const node = at.dentry.d_inode;
  const { user_ns } = k.current.cred;
  const size = i_op(node).size?.(k, node, at.dentry) ?? 0;
  return {
    dev: node.i_sb.s_dev, ino: node.i_ino, mode: node.i_mode, nlink: node.i_nlink, uid: from_kuid_munged(user_ns, node.i_uid),
    gid: from_kgid_munged(user_ns, node.i_gid), rdev: node.i_rdev, size, blksize: 4096, blocks: is_reg(node.i_mode) ? (node.i_pages?.size ?? Math.ceil(size / PAGE)) * (PAGE / 512) : 0,
    atime: node.i_atime, mtime: node.i_mtime, ctime: node.i_ctime, mnt_id: at.mnt.mnt_id, mount_root: at.dentry === at.mnt.mnt_root,
  };
}

/** stat, lstat, fstatat: by `AT_SYMLINK_NOFOLLOW` and `AT_EMPTY_PATH`. Errors: those of the walk; EINVAL, EBADF. */
export function sys_newfstatat(k: Kernel, dfd: number, name: string, flags: number): kstat | Err {
  if (name === '' && flags & AT_EMPTY_PATH && dfd !== AT_FDCWD) return sys_newfstat(k, dfd);
  const lookup = (flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) | (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0);
  const at = filename_lookup(k, dfd, name, lookup);
  return isErr(at) ? at : fill(k, at);
}

/** fstat(2). Errors: EBADF. */
export function sys_newfstat(k: Kernel, fd: number): kstat | Err {
  const of = fget_raw(k, fd);
  if (!of) return err('EBADF');
  if (of.f_path) return fill(k, of.f_path);
  const { user_ns } = k.current.cred;
  const own = f_op(of).inode?.(k, of) ?? { ino: 1, mode: 0o600 };
  return {
    dev: ANON_DEV, ino: own.ino, mode: own.mode, nlink: 1, uid: from_kuid_munged(user_ns, own.uid ?? 0), gid: from_kgid_munged(user_ns, own.gid ?? 0),
    rdev: 0, size: 0, blksize: 4096, blocks: 0, atime: 0n, mtime: 0n, ctime: 0n, mnt_id: 0, mount_root: false,
  };
}
/** Minor device number of pipes and the like. */
const ANON_DEV = 0xfe;

const R_OK = 4;
const W_OK = 2;
const X_OK = 1;

/** faccessat2(2): with the real ids, unless AT_EACCESS. Errors: those of the walk; EACCES, EROFS, EINVAL. */
export function sys_faccessat2(k: Kernel, dfd: number, name: string, mode: number, flags: number): number {
  if ((mode & ~(R_OK | W_OK | X_OK)) !== 0 || (flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) !== 0) return err('EINVAL');
  const effective = k.current.cred;
  const real = flags & AT_EACCESS ? null : access_cred(k);
  if (real) k.current.cred = real;
  const result = access(k, dfd, name, mode, flags);
  k.current.cred = effective;
  return result;
}

/** The caller's credentials with the real ids for files; capabilities are the permitted ones of root, none of others. Not traced: it lasts for the test only. */
function access_cred(k: Kernel): typeof k.current.cred | null {
  const { cred } = k.current;
  const root = cred.user_ns.uid_map.some(({ first, lower_first, count }) => first === 0 && count > 0 && cred.uid === lower_first);
  if (cred.fsuid === cred.uid && cred.fsgid === cred.gid && cred.cap_effective === (root ? cred.cap_permitted : 0n)) return null;
  const made = Object.assign(Object.create(Object.getPrototypeOf(cred) as object), cred) as typeof cred;
  made.fsuid = cred.uid;
  made.fsgid = cred.gid;
  made.cap_effective = root ? cred.cap_permitted : 0n;
  return made;
}

function access(k: Kernel, dfd: number, name: string, mode: number, flags: number): number {
  const lookup = (flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) | (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0);
  const at = filename_lookup(k, dfd, name, lookup);
  if (isErr(at)) return at;
  const node = at.dentry.d_inode;
  if (mode & X_OK && is_reg(node.i_mode) && at.mnt.mnt_flags & MNT_NOEXEC) return err('EACCES');
  if (mode === 0) return 0;
  const denied = inode_permission(k, node, mode & (MAY_EXEC | MAY_WRITE | R_OK));
  if (denied) return denied;
  return mode & W_OK && (is_reg(node.i_mode) || is_dir(node.i_mode)) ? mnt_want_write(at.mnt) : 0;
}

function place(k: Kernel, dfd: number, name: string | null, flags: number): path | Err {
  if (name === null) {
    const of = fget_raw(k, dfd);
    return of ? of.f_path ?? err('EINVAL') : err('EBADF');
  }
  return filename_lookup(k, dfd, name, (flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) | (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0));
}

/** Common to all changes of an inode's attributes. Errors: EROFS, EPERM (generated file systems, owners without an id here). */
function may_change(k: Kernel, { mnt, dentry }: path): 0 | Err {
  const node = dentry.d_inode;
  const ro = mnt_want_write(mnt);
  if (ro) return ro;
  if (node.i_immutable) return err('EPERM');
  const ns = node.i_sb.s_user_ns;
  if (atLeast(k.version, '4.19') && (!kuid_has_mapping(ns, node.i_uid) || !kgid_has_mapping(ns, node.i_gid))) return err('EOVERFLOW');
  return i_op(node).setattr?.(k, node) ?? 0;
}

/** Whoever changed attributes has done so now; an overlay's directory has them from its upper layer. */
function attributes_changed(k: Kernel, of: inode): void {
  k.trace.write(of, 'i_ctime', realtime(k));
  i_op(of).attributes_changed?.(k, of);
}

/** fchmodat(2), and fchmod with `name` null. Errors: EPERM, EROFS, EOPNOTSUPP (a link). */
export function sys_fchmodat(k: Kernel, dfd: number, name: string | null, mode: number, flags = 0): number {
  const at = place(k, dfd, name, flags);
  if (isErr(at)) return at;
  const node = at.dentry.d_inode;
  if (is_link(node.i_mode)) return err('EOPNOTSUPP');
  const failed = may_change(k, at);
  if (failed) return failed;
  if (!inode_owner_or_capable(k, node)) return err('EPERM');
  const to = d_writable(k, at.dentry);
  if (isErr(to)) return to;
  let bits = mode & 0o7777;
  if (bits & S_ISGID && !in_group_p(k.current.cred, node.i_gid) && !capable_wrt_inode_uidgid(k, node, CAP_FSETID)) bits &= ~S_ISGID;
  k.trace.write(to.d_inode, 'i_mode', (node.i_mode & ~0o7777) | bits);
  attributes_changed(k, to.d_inode);
  fsnotify_dentry(k, at.dentry, IN_ATTRIB);
  return 0;
}

/** fchownat(2), and fchown with `name` null; -1 leaves an id. Errors: EINVAL (id without a mapping), EPERM, EROFS, EOVERFLOW. */
export function sys_fchownat(k: Kernel, dfd: number, name: string | null, user: number, group: number, flags = 0): number {
  const at = place(k, dfd, name, flags);
  if (isErr(at)) return at;
  const { cred } = k.current;
  const node = at.dentry.d_inode;
  const uid = user < 0 ? null : make_kuid(cred.user_ns, user);
  const gid = group < 0 ? null : make_kgid(cred.user_ns, group);
  const failed = mnt_want_write(at.mnt);
  if (failed) return failed;
  if ((uid !== null && uid < 0) || (gid !== null && gid < 0)) return err('EINVAL');
  const sb_ns = node.i_sb.s_user_ns;
  if (atLeast(k.version, '4.19') && ((uid !== null && !kuid_has_mapping(sb_ns, uid)) || (gid !== null && !kgid_has_mapping(sb_ns, gid)))) return err('EOVERFLOW');
  const refused = may_change(k, at);
  if (refused) return refused;
  const owner = cred.fsuid === node.i_uid;
  const chown = capable_wrt_inode_uidgid(k, node, CAP_CHOWN);
  if (uid !== null && !(owner && uid === node.i_uid) && !chown) return err('EPERM');
  if (gid !== null && !(owner && (gid === node.i_gid || in_group_p(cred, gid))) && !chown) return err('EPERM');
  const to = d_writable(k, at.dentry);
  if (isErr(to)) return to;
  const changed = to.d_inode;
  const drop = setattr_should_drop_sgid(k, node);
  if (uid !== null) k.trace.write(changed, 'i_uid', uid);
  if (gid !== null) k.trace.write(changed, 'i_gid', gid);
  if (!is_dir(node.i_mode)) {
    k.trace.write(changed, 'i_mode', node.i_mode & ~(S_ISUID | drop));
    write_xattr(k, changed, CAPS, null);
  }
  attributes_changed(k, changed);
  fsnotify_dentry(k, at.dentry, IN_ATTRIB);
  return 0;
}

/** utimensat(2): nanoseconds, null for now, undefined to leave one. Errors: EACCES, EPERM, EROFS. */
export function sys_utimensat(k: Kernel, dfd: number, name: string | null, atime: bigint | null | undefined, mtime: bigint | null | undefined, flags = 0): number {
  const at = place(k, dfd, name, flags);
  if (isErr(at)) return at;
  const node = at.dentry.d_inode;
  const failed = may_change(k, at);
  if (failed) return failed;
  if (!inode_owner_or_capable(k, node)) {
    if (atime !== null || mtime !== null) return err('EPERM');
    const denied = inode_permission(k, node, MAY_WRITE);
    if (denied) return err('EACCES');
  }
  const to = d_writable(k, at.dentry);
  if (isErr(to)) return to;
  const now = realtime(k);
  if (atime !== undefined) k.trace.write(to.d_inode, 'i_atime', atime ?? now);
  if (mtime !== undefined) k.trace.write(to.d_inode, 'i_mtime', mtime ?? now);
  attributes_changed(k, to.d_inode);
  // One time alone was read or written, as far as anybody else can tell.
  fsnotify_dentry(k, at.dentry, mtime === undefined ? IN_ACCESS : atime === undefined ? IN_MODIFY : IN_ATTRIB);
  return 0;
}

/** truncate(2), and ftruncate with `name` null. Errors: EINVAL, EISDIR, EACCES, EROFS. */
export function sys_truncate(k: Kernel, dfd: number, name: string | null, size: number): number {
  if (size < 0) return err('EINVAL');
  const at = place(k, dfd, name, 0);
  if (isErr(at)) return at;
  const node = at.dentry.d_inode;
  if (name === null && ((fget_raw(k, dfd)?.f_flags ?? 0) & 3) === 0) return err('EINVAL');
  if (is_dir(node.i_mode)) return err(name === null ? 'EINVAL' : 'EISDIR');
  if (!is_reg(node.i_mode)) return err('EINVAL');
  const failed = mnt_want_write(at.mnt) || (name === null ? 0 : inode_permission(k, node, MAY_WRITE));
  if (failed) return failed;
  const to = name === null ? at.dentry : d_writable(k, at.dentry);
  if (isErr(to)) return to;
  const cut = i_op(to.d_inode).truncate?.(k, to.d_inode, size) ?? err('EPERM');
  if (cut === 0) fsnotify_dentry(k, at.dentry, IN_MODIFY);
  return cut;
}

/** What statfs(2) tells of the file system at a place. */
export interface kstatfs {
  readonly type: number; readonly bsize: number; readonly dev: number; readonly flags: number;
  /** 0 where sizes are not modelled. */
  readonly blocks: number; readonly bfree: number; readonly files: number; readonly ffree: number;
}

/** statfs(2), and fstatfs with `name` null. Errors: those of the walk; EBADF. */
export function sys_statfs(k: Kernel, fd: number, name: string | null): kstatfs | Err {
  const at = place(k, fd, name, 0);
  return isErr(at) ? at : statfs_of(k, at.mnt);
}

const ST_VALID = 0x20;
const ST_RDONLY = 1;
/** Flags of a mount as statfs tells them. */
const ST_FLAGS: readonly (readonly [mnt: number, st: number])[] = [
  [MNT_READONLY, ST_RDONLY], [MNT_NOSUID, 2], [MNT_NODEV, 4], [MNT_NOEXEC, 8], [MNT_NOATIME, 0x400], [MNT_NODIRATIME, 0x800], [MNT_RELATIME, 0x1000], [MNT_NOSYMFOLLOW, 0x2000],
];
function statfs_of(k: Kernel, mnt: mount): kstatfs {
  let flags = mnt.mnt_sb.s_flags & SB_RDONLY ? ST_RDONLY : 0;
  for (const [from, to] of ST_FLAGS) if (mnt.mnt_flags & from) flags |= to;
  const { s_max_blocks: blocks, s_max_inodes: files } = mnt.mnt_sb;
  const used = blocks + files > 0 ? shmem_usage(k, mnt.mnt_sb) : { blocks: 0, inodes: 0 };
  return {
    type: ops_of(mnt.mnt_sb.s_type)?.magic ?? 0, bsize: 4096, dev: mnt.mnt_sb.s_dev, flags: flags | ST_VALID,
    blocks, bfree: Math.max(0, blocks - used.blocks), files, ffree: Math.max(0, files - used.inodes),
  };
}

