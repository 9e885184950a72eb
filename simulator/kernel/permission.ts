import { CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER, CAP_FSETID, capable, ns_capable } from './capability.ts';
import type { cred } from './cred.ts';
import { err, type Err } from './errno.ts';
import { i_op } from './inode_ops.ts';
import type { Kernel } from './kernel.ts';
import { MAY_EXEC, MAY_READ, MAY_WRITE, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_ISGID, S_ISUID, S_ISVTX, is_dir, is_reg } from './mode.ts';
import type { mount } from './mount.ts';
import { MNT_READONLY } from './mount.ts';
import { SB_RDONLY } from './super.ts';
import { kgid_has_mapping, kuid_has_mapping } from './uidgid.ts';
import { atLeast } from './version.ts';
import type { dentry, inode } from './vfs.ts';

/** Does the user belong to this group (kgid), for files? */
export function in_group_p(of: cred, kgid: number): boolean {
  return of.fsgid === kgid || of.group_info.includes(kgid);
}

/** A capability in the caller's own user namespace, which counts for this file only if its owner and group have ids there. */
export function capable_wrt_inode_uidgid(k: Kernel, of: inode, cap: number): boolean {
  const ns = k.current.cred.user_ns;
  return ns_capable(k, ns, cap) && (!k.features.ns_capable || (kuid_has_mapping(ns, of.i_uid) && kgid_has_mapping(ns, of.i_gid)));
}

/** The owner, or one who may do as the owner. */
export function inode_owner_or_capable(k: Kernel, of: inode): boolean {
  return k.current.cred.fsuid === of.i_uid || (capable_wrt_inode_uidgid(k, of, CAP_FOWNER));
}

/** May the caller do this (MAY_READ …) with the file? Errors: EACCES, EROFS, EPERM (immutable). */
export function inode_permission(k: Kernel, of: inode, mask: number): 0 | Err {
  if (mask & MAY_WRITE) {
    const type = of.i_mode & S_IFMT;
    if ((of.i_sb.s_flags & SB_RDONLY) !== 0 && (type === S_IFREG || type === S_IFDIR || type === S_IFLNK)) return err('EROFS');
    if (of.i_immutable) return err('EPERM');
    if (has_unmapped_id(k, of)) return err('EACCES');
  }
  return i_op(of).permission?.(k, of, mask) ?? generic_permission(k, of, mask);
}

/** The owner has no id in the user namespace of the file system: nothing may be written back. */
function has_unmapped_id(k: Kernel, of: inode): boolean {
  const ns = of.i_sb.s_user_ns;
  return atLeast(k.version, '4.19') && (!kuid_has_mapping(ns, of.i_uid) || !kgid_has_mapping(ns, of.i_gid));
}

/** The permission bits, and the capabilities that overrule them. */
export function generic_permission(k: Kernel, of: inode, mask: number): 0 | Err {
  const { cred } = k.current;
  let mode = of.i_mode;
  if (cred.fsuid === of.i_uid) mode >>= 6;
  else if (in_group_p(cred, of.i_gid)) mode >>= 3;
  const wanted = mask & (MAY_READ | MAY_WRITE | MAY_EXEC);
  if ((wanted & ~mode & 7) === 0) return 0;
  if (is_dir(of.i_mode)) {
    if (!(wanted & MAY_WRITE) && capable_wrt_inode_uidgid(k, of, CAP_DAC_READ_SEARCH)) return 0;
    return capable_wrt_inode_uidgid(k, of, CAP_DAC_OVERRIDE) ? 0 : err('EACCES');
  }
  if (wanted === MAY_READ && capable_wrt_inode_uidgid(k, of, CAP_DAC_READ_SEARCH)) return 0;
  if ((!(wanted & MAY_EXEC) || (of.i_mode & 0o111) !== 0) && capable_wrt_inode_uidgid(k, of, CAP_DAC_OVERRIDE)) return 0;
  return err('EACCES');
}

/** May be written through this mount at all? */
export function mnt_want_write(mnt: mount): 0 | Err {
  return (mnt.mnt_flags & MNT_READONLY) !== 0 || (mnt.mnt_sb.s_flags & SB_RDONLY) !== 0 ? err('EROFS') : 0;
}

/** Have the caller's ids a meaning on this file system? New files could not be stored otherwise. */
export function fsuidgid_has_mapping(k: Kernel, dir: inode): boolean {
  const ns = dir.i_sb.s_user_ns;
  const { fsuid, fsgid } = k.current.cred;
  return !atLeast(k.version, '4.19') || (kuid_has_mapping(ns, fsuid) && kgid_has_mapping(ns, fsgid));
}

/** May a new name be made in this directory? Errors: EEXIST, ENOENT (it was removed), EOVERFLOW, EACCES. */
export function may_create(k: Kernel, dir: dentry, exists: dentry | null): 0 | Err {
  if (exists) return err('EEXIST');
  if (dir.d_unlinked) return err('ENOENT');
  if (!fsuidgid_has_mapping(k, dir.d_inode)) return err('EOVERFLOW');
  return inode_permission(k, dir.d_inode, MAY_WRITE | MAY_EXEC);
}

/** May this name be removed? `isdir`: as a directory is. Errors: EACCES, EPERM (sticky), ENOTDIR, EISDIR, EBUSY, ENOENT. */
export function may_delete(k: Kernel, dir: inode, victim: dentry, isdir: boolean): 0 | Err {
  const of = victim.d_inode;
  if (has_unmapped_id(k, of)) return err('EOVERFLOW');
  const failed = inode_permission(k, dir, MAY_WRITE | MAY_EXEC);
  if (failed) return failed;
  if (check_sticky(k, dir, of) || of.i_immutable) return err('EPERM');
  if (isdir) {
    if (!is_dir(of.i_mode)) return err('ENOTDIR');
    if (victim.d_parent === null || victim.d_parent === victim) return err('EBUSY');
  } else if (is_dir(of.i_mode)) {
    return err('EISDIR');
  }
  return victim.d_parent?.d_unlinked ? err('ENOENT') : 0;
}

/** In a sticky directory only the owner of the file or of the directory may remove or rename. */
function check_sticky(k: Kernel, dir: inode, of: inode): boolean {
  if ((dir.i_mode & S_ISVTX) === 0) return false;
  const { fsuid } = k.current.cred;
  return of.i_uid !== fsuid && dir.i_uid !== fsuid && !capable_wrt_inode_uidgid(k, of, CAP_FOWNER);
}

/** Which set-id bits of a file's mode go when somebody changes it who has no right to keep them. */
export function setattr_should_drop_suidgid(k: Kernel, of: inode): number {
  if (!is_reg(of.i_mode) || capable(k, CAP_FSETID)) return 0;
  return (of.i_mode & S_ISUID) | setattr_should_drop_sgid(k, of);
}

/** The set-group-id bit, where it means something, or where the caller is not in the group. */
export function setattr_should_drop_sgid(k: Kernel, of: inode): number {
  if ((of.i_mode & S_ISGID) === 0) return 0;
  if (of.i_mode & 0o010) return S_ISGID;
  return in_group_p(k.current.cred, of.i_gid) || capable_wrt_inode_uidgid(k, of, CAP_FSETID) ? 0 : S_ISGID;
}

/**
 * The permission bits of something new: without those of the umask; and who is not in the group of a set-group-id directory makes no program there
 * that runs as that group. Since 6.1 the umask comes last: before, one that hides the group's right to execute let the bit through.
 */
export function vfs_prepare_mode(k: Kernel, dir: inode, mode: number): number {
  const mask = k.current.fs?.umask ?? 0;
  return atLeast(k.version, '6.1') ? mode_strip_sgid(k, dir, mode) & ~mask : mode_strip_sgid(k, dir, mode & ~mask);
}

function mode_strip_sgid(k: Kernel, dir: inode, mode: number): number {
  const both = S_ISGID | 0o010;
  if ((mode & both) !== both || is_dir(mode) || (dir.i_mode & S_ISGID) === 0 || !atLeast(k.version, '4.19')) return mode;
  return in_group_p(k.current.cred, dir.i_gid) || capable_wrt_inode_uidgid(k, dir, CAP_FSETID) ? mode : mode & ~S_ISGID;
}

/** Values that Debian 12 sets at boot; others are 0. */
const SYSCTL: Readonly<Record<string, number>> = {
  'fs/protected_fifos': 1, 'fs/protected_hardlinks': 1, 'fs/protected_regular': 2, 'fs/protected_symlinks': 1,
};

/** A setting below /proc/sys/fs. */
export function fs_sysctl(k: Kernel, name: string): number {
  return k.sysctl.get(`fs/${name}`) ?? SYSCTL[`fs/${name}`] ?? 0;
}

/** May this file get one more name? Others' only if the caller could change it. Errors: EPERM, EOVERFLOW. */
export function may_linkat(k: Kernel, of: inode): 0 | Err {
  if (has_unmapped_id(k, of)) return err('EOVERFLOW');
  if (!atLeast(k.version, '3.8') || fs_sysctl(k, 'protected_hardlinks') === 0) return 0;
  return safe_hardlink_source(k, of) || inode_owner_or_capable(k, of) ? 0 : err('EPERM');
}

function safe_hardlink_source(k: Kernel, of: inode): boolean {
  if (!is_reg(of.i_mode) || (of.i_mode & S_ISUID) !== 0 || (of.i_mode & (S_ISGID | 0o010)) === (S_ISGID | 0o010)) return false;
  return inode_permission(k, of, MAY_READ | MAY_WRITE) === 0;
}

/** May a symbolic link at the end of a path be followed? In directories where everybody can make one, only one's own or the directory owner's. */
export function may_follow_link(k: Kernel, dir: inode, link: inode): 0 | Err {
  if (!atLeast(k.version, '3.8') || fs_sysctl(k, 'protected_symlinks') === 0) return 0;
  if (link.i_uid === k.current.cred.fsuid || (dir.i_mode & (S_ISVTX | 0o002)) !== (S_ISVTX | 0o002)) return 0;
  return dir.i_uid === link.i_uid ? 0 : err('EACCES');
}

/** May open(O_CREAT) take a file or FIFO that is there already, in such a directory? It may be a trap. */
export function may_create_in_sticky(k: Kernel, dir: inode, of: inode): 0 | Err {
  const level = is_reg(of.i_mode) ? fs_sysctl(k, 'protected_regular') : (of.i_mode & S_IFMT) === S_IFIFO ? fs_sysctl(k, 'protected_fifos') : 0;
  if (!atLeast(k.version, '4.19') || level === 0 || (dir.i_mode & S_ISVTX) === 0 || of.i_uid === dir.i_uid || of.i_uid === k.current.cred.fsuid) return 0;
  return (dir.i_mode & 0o002) !== 0 || ((dir.i_mode & 0o020) !== 0 && level >= 2) ? err('EACCES') : 0;
}
