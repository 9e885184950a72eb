import { CAP_SYS_ADMIN, capable, ns_capable } from './capability.ts';
import { CL_COPY_MNT_NS_FILE, clone_mnt, copied_root, copy_tree } from './copy_tree.ts';
import { err, isErr, type Err } from './errno.ts';
import { ops_of } from './file_system.ts';
import type { file_system_type } from './file_system.ts';
import { attach_recursive_mnt, graft_tree, invent_group_ids, lock_mount } from './graft.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import type { mnt_namespace } from './mnt.ts';
import { AT_FDCWD, f_writable, is_dir, is_link, is_reg } from './mode.ts';
import type { mount } from './mount.ts';
import {
  MNT_ATIME_MASK, MNT_LOCK_ATIME, MNT_LOCK_NODEV, MNT_LOCK_NOEXEC, MNT_LOCK_NOSUID, MNT_LOCK_READONLY, MNT_NOATIME, MNT_NODEV, MNT_NODIRATIME,
  MNT_NOEXEC, MNT_NOSUID, MNT_NOSYMFOLLOW, MNT_READONLY, MNT_RELATIME, alloc_vfsmnt, check_mnt, is_subdir, mnt_has_parent, mntput, tree_of,
} from './mount.ts';
import { LOOKUP_FOLLOW, filename_lookup, kern_path } from './namei.ts';
import { dentry_ns } from './nsfs_pin.ts';
import { MS_PRIVATE, MS_SHARED, MS_SLAVE, MS_UNBINDABLE, change_mnt_propagation } from './peers.ts';
import { SB_RDONLY, deactivate_super, parse_options } from './super.ts';
import { umount_tree } from './umount_tree.ts';
import { file } from './vfs.ts';
import type { path, super_block } from './vfs.ts';
import { atLeast } from './version.ts';

/** Flags of mount(2), with the values of the uapi header. */
export const MS_RDONLY = 1;
export const MS_NOSUID = 2;
export const MS_NODEV = 4;
export const MS_NOEXEC = 8;
export const MS_REMOUNT = 0x20;
export const MS_NOSYMFOLLOW = 0x100;
export const MS_NOATIME = 0x400;
export const MS_NODIRATIME = 0x800;
export const MS_BIND = 0x1000;
export const MS_MOVE = 0x2000;
export const MS_REC = 0x4000;
export const MS_SILENT = 0x8000;
export const MS_RELATIME = 1 << 21;
export const MS_STRICTATIME = 1 << 24;
const MS_NOUSER = 0x80000000;
const MS_MGC_VAL = 0xc0ed0000;

/** May the caller change mounts: CAP_SYS_ADMIN in the owner of its mount namespace. */
export function may_mount(k: Kernel): boolean {
  const ns = k.current.nsproxy?.mnt_ns;
  return ns != null && ns_capable(k, ns.user_ns, CAP_SYS_ADMIN);
}

/** mount(2). Errors: those of the walk; EPERM, EINVAL, ENODEV, EBUSY, ENOTDIR, ELOOP, ENOSPC. */
export function sys_mount(k: Kernel, source: string | null, target: string, type: string | null, flags: number, data: string | null): number {
  const at = filename_lookup(k, AT_FDCWD, target, LOOKUP_FOLLOW);
  if (isErr(at)) return at;
  return path_mount(k, source, at, type, (flags & 0xffff0000) >>> 0 === MS_MGC_VAL ? flags & 0xffff : flags, data ?? '');
}

function path_mount(k: Kernel, source: string | null, at: path, type: string | null, flags: number, data: string): number {
  if (flags & MS_NOUSER) return err('EINVAL');
  if (!may_mount(k)) return err('EPERM');
  let mnt_flags = (flags & MS_NOATIME ? 0 : MNT_RELATIME) | (flags & MS_NOSUID ? MNT_NOSUID : 0) | (flags & MS_NODEV ? MNT_NODEV : 0)
    | (flags & MS_NOEXEC ? MNT_NOEXEC : 0) | (flags & MS_NOATIME ? MNT_NOATIME : 0) | (flags & MS_NODIRATIME ? MNT_NODIRATIME : 0)
    | (flags & MS_RDONLY ? MNT_READONLY : 0) | (flags & MS_NOSYMFOLLOW ? MNT_NOSYMFOLLOW : 0);
  if (flags & MS_STRICTATIME) mnt_flags &= ~(MNT_RELATIME | MNT_NOATIME);
  if (flags & MS_REMOUNT && (flags & (MS_NOATIME | MS_NODIRATIME | MS_RELATIME | MS_STRICTATIME)) === 0) {
    mnt_flags = (mnt_flags & ~MNT_ATIME_MASK) | (at.mnt.mnt_flags & MNT_ATIME_MASK);
  }
  const sb_flags = flags & MS_RDONLY ? SB_RDONLY : 0;
  if (flags & MS_REMOUNT) return flags & MS_BIND ? do_reconfigure_mnt(k, at, mnt_flags) : do_remount(k, at, sb_flags, mnt_flags, data);
  if (flags & MS_BIND) return do_loopback(k, at, source, (flags & MS_REC) !== 0);
  if (flags & (MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE)) return do_change_type(k, at, flags);
  if (flags & MS_MOVE) return do_move_mount_old(k, at, source);
  return do_new_mount(k, at, type, sb_flags, mnt_flags, source, data);
}

/** Is the place the root of a mount? */
export function path_mounted(at: path): boolean {
  return at.dentry === at.mnt.mnt_root;
}

/** Are flags that are locked left as they are? */
export function can_change_locked_flags(mnt: mount, to: number): boolean {
  const now = mnt.mnt_flags;
  return !((now & MNT_LOCK_READONLY && !(to & MNT_READONLY)) || (now & MNT_LOCK_NODEV && !(to & MNT_NODEV))
    || (now & MNT_LOCK_NOSUID && !(to & MNT_NOSUID)) || (now & MNT_LOCK_NOEXEC && !(to & MNT_NOEXEC))
    || (now & MNT_LOCK_ATIME && (now & MNT_ATIME_MASK) !== (to & MNT_ATIME_MASK)));
}

/** What mount(2) and mount_setattr(2) may set; the rest (locks) stays. */
export const MNT_USER_SETTABLE = MNT_NOSUID | MNT_NODEV | MNT_NOEXEC | MNT_ATIME_MASK | MNT_READONLY | MNT_NOSYMFOLLOW;

function set_mount_attributes(k: Kernel, mnt: mount, to: number): void {
  k.trace.write(mnt, 'mnt_flags', (mnt.mnt_flags & ~MNT_USER_SETTABLE) | (to & MNT_USER_SETTABLE));
}

/** `mount -o remount,bind`: flags of this mount only. */
function do_reconfigure_mnt(k: Kernel, at: path, to: number): number {
  if (!check_mnt(k, at.mnt) || !path_mounted(at)) return err('EINVAL');
  if (!can_change_locked_flags(at.mnt, to)) return err('EPERM');
  if (to & MNT_READONLY && !(at.mnt.mnt_flags & MNT_READONLY) && has_writers(k, at.mnt)) return err('EBUSY');
  set_mount_attributes(k, at.mnt, to);
  return 0;
}

/** `mount -o remount`: the file system, for whom it is mounted everywhere, and this mount's flags. */
function do_remount(k: Kernel, at: path, sb_flags: number, to: number, data: string): number {
  if (!check_mnt(k, at.mnt) || !path_mounted(at)) return err('EINVAL');
  if (!can_change_locked_flags(at.mnt, to)) return err('EPERM');
  const sb = at.mnt.mnt_sb;
  if (!ns_capable(k, sb.s_user_ns, CAP_SYS_ADMIN)) return err('EPERM');
  if (sb_flags & SB_RDONLY && !(sb.s_flags & SB_RDONLY) && sb_has_writers(k, sb)) return err('EBUSY');
  const failed = ops_of(sb.s_type)?.reconfigure?.(k, sb, { source: at.mnt.mnt_devname, data, sb_flags }) ?? 0;
  if (failed) return failed;
  k.trace.write(sb, 's_flags', (sb.s_flags & ~SB_RDONLY) | sb_flags);
  set_mount_attributes(k, at.mnt, to);
  return 0;
}

/** Is a file of this mount open for writing? */
export function has_writers(k: Kernel, mnt: mount): boolean {
  for (const of of k.trace.live.get('file') ?? []) {
    if (of instanceof file && of.f_path?.mnt === mnt && f_writable(of.f_flags) && is_reg(of.f_path.dentry.d_inode.i_mode)) return true;
  }
  return false;
}

function sb_has_writers(k: Kernel, sb: super_block): boolean {
  return [...k.mount_ids.values()].some((mnt) => mnt.mnt_sb === sb && has_writers(k, mnt));
}

/** Is it the file of a mount namespace that is not newer than the caller's? Mounting that in itself would keep it for ever. */
function mnt_ns_loop(k: Kernel, at: path): boolean {
  const ns = dentry_ns(at.dentry);
  const own = k.current.nsproxy?.mnt_ns;
  if (ns?.kind !== 'mnt' || !own) return false;
  return k.features.ns_ids ? own.ns_id >= ns.ns_id : own.id >= ns.id;
}

/** Would a copy without the mounts below uncover something that must stay covered? */
function has_locked_children(mnt: mount, at: path): boolean {
  return [...mnt.mnt_mounts.values()].some((child) => child.mnt_mountpoint && is_subdir(child.mnt_mountpoint, at.dentry) && child.locked);
}

/** `mount --bind` and `--rbind`. */
function do_loopback(k: Kernel, at: path, source: string | null, recurse: boolean): number {
  if (!source) return err('EINVAL');
  const old = kern_path(k, source);
  if (isErr(old)) return old;
  if (mnt_ns_loop(k, old)) return err('EINVAL');
  const dest = lock_mount(k, at);
  if (isErr(dest)) return dest;
  if (!check_mnt(k, dest.mnt)) return err('EINVAL');
  const made = clone_for_bind(k, old, recurse);
  if (isErr(made)) return made;
  const failed = graft_tree(k, made, dest);
  if (failed) umount_tree(k, made, { propagate: false, sync: true });
  return failed;
}

/** A copy of what is seen at a place, in no tree. Errors: EINVAL (unbindable, of another namespace, with locked mounts below). */
export function clone_for_bind(k: Kernel, old: path, recurse: boolean): mount | Err {
  if (old.mnt.unbindable) return err('EINVAL');
  if (!check_mnt(k, old.mnt) && !dentry_ns(old.dentry) && !is_anonymous_of(k, old.mnt)) return err('EINVAL');
  if (!recurse && has_locked_children(old.mnt, old)) return err('EINVAL');
  const made = recurse ? copied_root(copy_tree(k, old.mnt, old.dentry, CL_COPY_MNT_NS_FILE)) : clone_mnt(k, old.mnt, old.dentry, 0);
  if (!isErr(made)) k.trace.write(made, 'locked', false);
  return made;
}

/** A tree that open_tree or fsmount made: from 6.15 on it can be copied again. */
function is_anonymous_of(k: Kernel, mnt: mount): boolean {
  return atLeast(k.version, '6.18') && mnt.mnt_ns?.anonymous === true;
}

const CHANGE = listing('do_change_type', 'fs/namespace.c', [
  ['mounted', 0, 'if (!path_mounted(path)) return -EINVAL', 'The path is no mountpoint: EINVAL.', 'Whether events are shared is a property of a mount.'],
  ['type', 0, 'if (more than one type, or other flags) return -EINVAL', 'Not exactly one of shared, private, slave, unbindable: EINVAL.', 'They exclude each other.'],
  ['own', 0, 'err = may_change_propagation(mnt); if (err) return err', 'The caller may not change it.', 'It must be mounted, in a mount namespace in whose owner the caller has CAP_SYS_ADMIN.', { since: '6.18' }],
  ['group', 0, 'if (type == MS_SHARED) invent_group_ids(mnt, recurse)', 'Each gets a peer group.', 'Later copies will belong to the same group and share its events.'],
  ['change', 0, 'for each mount: change_mnt_propagation(m, type)', '{m} changes its type.', 'mount() was called with that flag; with MS_REC all below change too.'],
]);

/** `mount --make-shared` and its relatives. Errors: EINVAL, EPERM. */
function do_change_type(k: Kernel, at: path, ms_flags: number): number {
  k.enter(CHANGE, { mnt: at.mnt });
  if (!path_mounted(at)) {
    k.at(CHANGE.at.mounted);
    return k.leave(CHANGE, err('EINVAL'));
  }
  const recurse = (ms_flags & MS_REC) !== 0;
  const type = ms_flags & ~(MS_REC | MS_SILENT);
  if (type !== MS_SHARED && type !== MS_PRIVATE && type !== MS_SLAVE && type !== MS_UNBINDABLE) {
    k.at(CHANGE.at.type);
    return k.leave(CHANGE, err('EINVAL'));
  }
  const denied = atLeast(k.version, '6.18') ? may_change_propagation(k, at.mnt) : 0;
  if (denied) {
    k.at(CHANGE.at.own);
    return k.leave(CHANGE, denied);
  }
  const all = recurse ? tree_of(at.mnt) : [at.mnt];
  if (type === MS_SHARED) {
    k.at(CHANGE.at.group);
    invent_group_ids(k, all);
  }
  for (const m of all) {
    k.at(CHANGE.at.change, { m });
    change_mnt_propagation(k, m, type);
  }
  return k.leave(CHANGE, 0);
}

export function may_change_propagation(k: Kernel, mnt: mount): 0 | Err {
  if (!mnt.mnt_ns) return err('EINVAL');
  return ns_capable(k, mnt.mnt_ns.user_ns, CAP_SYS_ADMIN) ? 0 : err('EPERM');
}

function do_move_mount_old(k: Kernel, at: path, source: string | null): number {
  if (!source) return err('EINVAL');
  const old = kern_path(k, source);
  return isErr(old) ? old : do_move_mount(k, old, at);
}

/** Moves a mount, or mounts a tree that is in an anonymous namespace. Errors: EINVAL, ELOOP, ENOENT, ENOSPC. */
export function do_move_mount(k: Kernel, old: path, to: path): number {
  if (!path_mounted(old) || is_dir(to.dentry.d_inode.i_mode) !== is_dir(old.dentry.d_inode.i_mode)) return err('EINVAL');
  const dest = lock_mount(k, to);
  if (isErr(dest)) return dest;
  const { mnt } = old;
  const attached = mnt_has_parent(mnt);
  const ns: mnt_namespace | null = mnt.mnt_ns;
  if (!check_mnt(k, dest.mnt) || !ns || !(attached ? check_mnt(k, mnt) : ns.anonymous) || mnt.locked) return err('EINVAL');
  if (attached && mnt.mnt_parent.shared) return err('EINVAL');
  if (dest.mnt.shared && tree_of(mnt).some((m) => m.unbindable)) return err('EINVAL');
  if (tree_of(mnt).some((m) => mnt_ns_loop(k, { mnt: m, dentry: m.mnt_root }))) return err('ELOOP');
  for (let p: mount | null = dest.mnt; p; p = p.mnt_parent) if (p === mnt) return err('ELOOP');
  return attach_recursive_mnt(k, mnt, dest, attached);
}

/** Mounts a file system of this type. Errors: EINVAL, ENODEV, EPERM, ENOTBLK, EBUSY and its own. */
function do_new_mount(k: Kernel, at: path, fstype: string | null, sb_flags: number, mnt_flags: number, source: string | null, data: string): number {
  if (fstype === null) return err('EINVAL');
  const sb = get_tree(k, fstype, source ?? '', data, sb_flags);
  if (isErr(sb)) return sb;
  const made = mount_super(k, sb, source ?? 'none', mnt_flags);
  if (isErr(made)) return made;
  const failed = do_add_mount(k, made, at);
  if (failed) mntput(k, made);
  return failed;
}

/** Whether a file system has an option of this name (fs_parse). */
export function knows_parameter(k: Kernel, type: file_system_type | undefined, key: string): boolean {
  return !type?.parameters || !atLeast(k.version, '5.7') || type.parameters.includes(key);
}

/** An instance of a file system for the caller, with a reference. Errors: ENODEV (unknown type), EINVAL (an option), EPERM, ENOENT or ENOTBLK (its device). */
export function get_tree(k: Kernel, fstype: string, source: string, data: string, sb_flags: number): super_block | Err {
  const type = ops_of(fstype);
  if (!type || (type.since && !atLeast(k.version, type.since))) return err('ENODEV');
  if (parse_options(data).some(([key]) => !knows_parameter(k, type, key))) return err('EINVAL');
  const user_ns = type.user_ns?.(k) ?? k.current.cred.user_ns;
  const refused = type.may_mount?.(k) ?? 0;
  if (refused) return refused;
  if (!(type.userns_mount && atLeast(k.version, '3.8') ? ns_capable(k, user_ns, CAP_SYS_ADMIN) : capable(k, CAP_SYS_ADMIN))) return err('EPERM');
  const sb = type.get_tree(k, { source, data, sb_flags }, user_ns);
  if (!isErr(sb)) k.trace.write(sb, 's_flags', sb.s_flags | sb_flags);
  return sb;
}

/** A mount of the whole instance, in no tree; takes over the reference. Errors: EPERM (it would show what is hidden from the caller). */
export function mount_super(k: Kernel, sb: super_block, devname: string, mnt_flags: number): mount | Err {
  const more = mount_too_revealing(k, sb, mnt_flags);
  if (more === null) {
    deactivate_super(k, sb);
    return err('EPERM');
  }
  const made = alloc_vfsmnt(k, sb, ops_of(sb.s_type)?.root?.(k, sb) ?? sb.s_root, devname);
  k.trace.write(made, 'mnt_flags', mnt_flags | more);
  return made;
}

/**
 * A user namespace's root may mount proc and sysfs only if it sees one already that hides nothing. Returns locks to take over from that
 * one; null when there is none.
 */
function mount_too_revealing(k: Kernel, sb: super_block, mnt_flags: number): number | null {
  if (sb.s_user_ns === k.init_user_ns || !ops_of(sb.s_type)?.visible) return 0;
  for (const mnt of k.current.nsproxy?.mnt_ns?.mounts.values() ?? []) {
    if (mnt.mnt_sb.s_type !== sb.s_type || mnt.mnt_root !== mnt.mnt_sb.s_root) continue;
    const flags = mnt.mnt_flags | (mnt.mnt_sb.s_flags & SB_RDONLY ? MNT_LOCK_READONLY : 0);
    if (flags & MNT_LOCK_READONLY && !(mnt_flags & MNT_READONLY)) continue;
    if (flags & MNT_LOCK_ATIME && (flags & MNT_ATIME_MASK) !== (mnt_flags & MNT_ATIME_MASK)) continue;
    const covered = [...mnt.mnt_mounts.values()].some((child) => child.locked && !EMPTY_DIRS.has(child.mnt_mountpoint?.d_inode.i_private?.entry ?? ''));
    if (!covered) return flags & (MNT_LOCK_READONLY | MNT_LOCK_ATIME);
  }
  return null;
}

/** Directories that are there only to be mounted on: covering them hides nothing. */
const EMPTY_DIRS: ReadonlySet<string> = new Set(['fs/binfmt_misc', 'fs/cgroup', 'mountpoint']);

/** Puts a new mount on a place. Errors: EINVAL, EBUSY (the same instance is mounted there), ENOTDIR. */
export function do_add_mount(k: Kernel, made: mount, at: path): number {
  const dest = lock_mount(k, at);
  if (isErr(dest)) return dest;
  if (!check_mnt(k, dest.mnt)) return err('EINVAL');
  if (dest.mnt.mnt_sb === made.mnt_sb && path_mounted(dest)) return err('EBUSY');
  if (is_link(made.mnt_root.d_inode.i_mode)) return err('EINVAL');
  return graft_tree(k, made, dest);
}
