import { CAP_SETFCAP, CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import { fget } from './files.ts';
import { CAPS, cap_convert_nscap, cap_inode_getsecurity } from './fscaps.ts';
import { IN_ATTRIB, fsnotify_dentry } from './fsnotify.ts';
import { d_writable, i_op } from './inode_ops.ts';
import type { Kernel } from './kernel.ts';
import { realtime } from './ktime.ts';
import { AT_FDCWD, MAY_READ, MAY_WRITE, S_ISVTX, is_dir, is_reg } from './mode.ts';
import { LOOKUP_FOLLOW, filename_lookup } from './namei.ts';
import { capable_wrt_inode_uidgid, inode_owner_or_capable, inode_permission, mnt_want_write } from './permission.ts';
import { kgid_has_mapping, kuid_has_mapping } from './uidgid.ts';
import { atLeast } from './version.ts';
import type { inode, path } from './vfs.ts';

/** An extended attribute's place: what is open under a number, or a path whose last link is followed or not. */
export type XattrPlace = { readonly fd: number } | { readonly name: string; readonly follow: boolean };

const XATTR_CREATE = 1, XATTR_REPLACE = 2;
const USER = 'user.', TRUSTED = 'trusted.', SECURITY = 'security.', SYSTEM = 'system.';
/** What overlays keep on their layers' directories. */
const OVERLAY = 'trusted.overlay.';

function place(k: Kernel, at: XattrPlace): path | Err {
  if ('name' in at) return filename_lookup(k, AT_FDCWD, at.name, at.follow ? LOOKUP_FOLLOW : 0);
  const of = fget(k, at.fd);
  return of ? of.f_path ?? err('EOPNOTSUPP') : err('EBADF');
}

/** Can files of this kind have such attributes? Memory file systems know those of users since 6.6; the root file system stands for one on a disk. Errors: EOPNOTSUPP, EINVAL. */
function xattr_resolve_name(k: Kernel, { i_op: op, i_sb: { s_type } }: inode, name: string): 0 | Err {
  if ((op !== 'mem' && op !== 'overlay') || s_type === 'ramfs') return err('EOPNOTSUPP');
  const prefix = [USER, TRUSTED, SECURITY].find((one) => name.startsWith(one));
  if (prefix === undefined || (prefix === USER && s_type !== 'overlay' && !atLeast(k.version, '6.12'))) {
    if (name.startsWith(`${SYSTEM}posix_acl_`)) k.not_modelled?.('access control lists (system.posix_acl_…)');
    return err('EOPNOTSUPP');
  }
  return name === prefix ? err('EINVAL') : 0;
}

/** Errors: EPERM, ENODATA (as if it were not there) and those of inode_permission. */
function xattr_permission(k: Kernel, of: inode, name: string, mask: number): 0 | Err {
  const write = (mask & MAY_WRITE) !== 0;
  const { s_user_ns } = of.i_sb;
  if (write && (of.i_immutable || !kuid_has_mapping(s_user_ns, of.i_uid) || !kgid_has_mapping(s_user_ns, of.i_gid))) return err('EPERM');
  if (name.startsWith(SECURITY) || name.startsWith(SYSTEM)) return 0;
  if (name.startsWith(TRUSTED)) return ns_capable(k, k.init_user_ns, CAP_SYS_ADMIN) ? 0 : err(write ? 'EPERM' : 'ENODATA');
  if (name.startsWith(USER)) {
    if (!is_reg(of.i_mode) && !is_dir(of.i_mode)) return err(write ? 'EPERM' : 'ENODATA');
    if (write && is_dir(of.i_mode) && (of.i_mode & S_ISVTX) !== 0 && !inode_owner_or_capable(k, of)) return err('EPERM');
  }
  return inode_permission(k, of, mask);
}

/** setxattr(2). Errors: EINVAL, ENOTSUP, EPERM, EEXIST, ENODATA, EROFS and those of the walk. */
export function sys_setxattr(k: Kernel, to: XattrPlace, name: string, value: Uint8Array, flags: number): number {
  const at = place(k, to);
  if (isErr(at)) return at;
  const of = at.dentry.d_inode;
  const readonly = mnt_want_write(at.mnt);
  if (readonly) return readonly;
  const kept = name === CAPS ? cap_convert_nscap(k, of, value) : value;
  if (isErr(kept)) return kept;
  const denied = xattr_permission(k, of, name, MAY_WRITE);
  if (denied) return denied;
  if (name.startsWith(SECURITY) && name !== CAPS && !ns_capable(k, of.i_sb.s_user_ns, CAP_SYS_ADMIN)) return err('EPERM');
  const unknown = xattr_resolve_name(k, of, name);
  if (unknown) return unknown;
  const there = own_xattr(of, name) !== null;
  if (there && (flags & XATTR_CREATE) !== 0) return err('EEXIST');
  if (!there && (flags & XATTR_REPLACE) !== 0) return err('ENODATA');
  return change(k, at, name, kept);
}

/** removexattr(2). Errors: ENODATA, ENOTSUP, EPERM, EROFS and those of the walk. */
export function sys_removexattr(k: Kernel, from: XattrPlace, name: string): number {
  const at = place(k, from);
  if (isErr(at)) return at;
  const of = at.dentry.d_inode;
  const denied = mnt_want_write(at.mnt) || xattr_permission(k, of, name, MAY_WRITE);
  if (denied) return denied;
  if (name === CAPS ? !capable_wrt_inode_uidgid(k, of, CAP_SETFCAP) : name.startsWith(SECURITY) && !ns_capable(k, of.i_sb.s_user_ns, CAP_SYS_ADMIN)) return err('EPERM');
  const unknown = xattr_resolve_name(k, of, name);
  if (unknown) return unknown;
  return own_xattr(of, name) === null ? err('ENODATA') : change(k, at, name, null);
}

function change(k: Kernel, at: path, name: string, value: Uint8Array | null): number {
  const to = d_writable(k, at.dentry);
  if (isErr(to)) return to;
  const of = to.d_inode;
  write_xattr(k, of, name, value);
  k.trace.write(of, 'i_ctime', realtime(k));
  i_op(of).attributes_changed?.(k, of);
  fsnotify_dentry(k, at.dentry, IN_ATTRIB);
  return 0;
}

/** Sets an attribute of the inode, or takes it away. */
export function write_xattr(k: Kernel, of: inode, name: string, value: Uint8Array | null): void {
  const { [name]: old, ...others } = of.i_xattrs ?? {};
  if (value === null && old === undefined) return;
  const now = value === null ? others : { ...others, [name]: value };
  k.trace.write(of, 'i_xattrs', Object.keys(now).length === 0 ? null : now);
}

/** What the inode itself has; an overlay does not show what overlays keep. */
function own_xattr(of: inode, name: string): Uint8Array | null {
  return hidden(of, name) ? null : of.i_xattrs?.[name] ?? null;
}

function hidden(of: inode, name: string): boolean {
  return of.i_op === 'overlay' && name.startsWith(OVERLAY);
}

/** getxattr(2): the value. Errors: ENODATA, ENOTSUP, EOVERFLOW (capabilities of another user namespace) and those of the walk. */
export function sys_getxattr(k: Kernel, from: XattrPlace, name: string): Uint8Array | Err {
  const at = place(k, from);
  if (isErr(at)) return at;
  const of = at.dentry.d_inode;
  const denied = xattr_permission(k, of, name, MAY_READ) || xattr_resolve_name(k, of, name);
  if (denied) return denied;
  const value = own_xattr(of, name);
  if (value === null) return err('ENODATA');
  return name === CAPS ? cap_inode_getsecurity(k, of, value) : value;
}

/** listxattr(2): names, the last one first; those of the machine's root are shown to nobody else. */
export function sys_listxattr(k: Kernel, from: XattrPlace): readonly string[] | Err {
  const at = place(k, from);
  if (isErr(at)) return at;
  const of = at.dentry.d_inode;
  const names = Object.keys(of.i_xattrs ?? {}).filter((name) => !hidden(of, name) && (!name.startsWith(TRUSTED) || ns_capable(k, k.init_user_ns, CAP_SYS_ADMIN)));
  return (atLeast(k.version, '6.12') ? names.sort() : names).reverse();
}

/** An inode gets what another has, but for what overlays keep. */
export function copy_xattrs(k: Kernel, from: inode, to: inode): void {
  const own = Object.entries(to.i_xattrs ?? {}).filter(([name]) => name.startsWith(OVERLAY));
  const all = [...Object.entries(from.i_xattrs ?? {}).filter(([name]) => !name.startsWith(OVERLAY)), ...own];
  if (all.length > 0 || to.i_xattrs !== null) k.trace.write(to, 'i_xattrs', all.length === 0 ? null : Object.fromEntries(all));
}

const OPAQUE = `${OVERLAY}opaque`;

/** A directory of an overlay's upper layer that shows nothing of those below. */
export function is_opaque(of: inode): boolean { return of.i_xattrs?.[OPAQUE]?.[0] === 'y'.charCodeAt(0); }
export function set_opaque(k: Kernel, of: inode): void { write_xattr(k, of, OPAQUE, Uint8Array.of('y'.charCodeAt(0))); }
