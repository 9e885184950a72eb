import { err, isErr, type Err } from './errno.ts';
import { invent_group_ids } from './graft.ts';
import type { Kernel } from './kernel.ts';
import { AT_EMPTY_PATH, AT_NO_AUTOMOUNT, AT_SYMLINK_NOFOLLOW } from './mode.ts';
import type { mount } from './mount.ts';
import {
  MNT_NOATIME, MNT_NODEV, MNT_NODIRATIME, MNT_NOEXEC, MNT_NOSUID, MNT_NOSYMFOLLOW, MNT_READONLY, MNT_RELATIME, check_mnt, tree_of,
} from './mount.ts';
import { LOOKUP_EMPTY, LOOKUP_FOLLOW, filename_lookup } from './namei.ts';
import { can_change_locked_flags, has_writers, may_mount, path_mounted } from './namespace.ts';
import { MS_PRIVATE, MS_SHARED, MS_SLAVE, MS_UNBINDABLE, change_mnt_propagation } from './peers.ts';
import type { path } from './vfs.ts';

/** MOUNT_ATTR_*, with the values of the uapi header. */
const ATTRS: readonly (readonly [attr: number, flag: number])[] = [
  [0x1, MNT_READONLY], [0x2, MNT_NOSUID], [0x4, MNT_NODEV], [0x8, MNT_NOEXEC], [0x80, MNT_NODIRATIME], [0x200000, MNT_NOSYMFOLLOW],
];
const ATTR_ATIME = 0x70;
const ATTR_NOATIME = 0x10;
const ATTR_STRICTATIME = 0x20;
const ATTR_VALID = ATTRS.reduce((all, [attr]) => all | attr, ATTR_ATIME);
export const AT_RECURSIVE = 0x8000;

/** Flags of a mount for MOUNT_ATTR_* bits, without how access times are kept; null for unknown bits. */
export function attr_flags_to_mnt_flags(attr: number): number | null {
  if ((attr & ~ATTR_VALID) !== 0) return null;
  return ATTRS.reduce((flags, [bit, flag]) => attr & bit ? flags | flag : flags, 0);
}

/** How access times are kept, by MOUNT_ATTR__ATIME; null for what is not one way. */
export function atime_flags(attr: number): number | null {
  switch (attr & ATTR_ATIME) {
    case 0: return MNT_RELATIME;
    case ATTR_NOATIME: return MNT_NOATIME;
    case ATTR_STRICTATIME: return 0;
    default: return null;
  }
}

/** What `mount_setattr` is asked for: MOUNT_ATTR_* to set and to clear, one propagation type or 0. */
export interface mount_attr { readonly attr_set: number; readonly attr_clr: number; readonly propagation: number }

/**
 * mount_setattr(2): changes one mount or (AT_RECURSIVE) all below it; all or none. Mounts with ids mapped (MOUNT_ATTR_IDMAP) are not modelled.
 * Errors: EINVAL, EPERM (locked flags), EBUSY (files open for writing), those of the walk.
 */
export function sys_mount_setattr(k: Kernel, dfd: number, name: string, flags: number, attr: mount_attr): number {
  if ((flags & ~(AT_EMPTY_PATH | AT_RECURSIVE | AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT)) !== 0) return err('EINVAL');
  if (!may_mount(k)) return err('EPERM');
  const { attr_set, attr_clr, propagation } = attr;
  if (attr_set === 0 && attr_clr === 0 && propagation === 0) return 0;
  if (![0, MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE].includes(propagation)) return err('EINVAL');
  const change = change_of(attr);
  if (!change) return err('EINVAL');
  const at = filename_lookup(k, dfd, name, (flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) | (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0));
  return isErr(at) ? at : do_mount_setattr(k, at, change, propagation, (flags & AT_RECURSIVE) !== 0);
}

interface Change { readonly set: number; readonly clear: number }

function change_of({ attr_set, attr_clr }: mount_attr): Change | null {
  const set = attr_flags_to_mnt_flags(attr_set);
  const clear = attr_flags_to_mnt_flags(attr_clr);
  if (set === null || clear === null) return null;
  // How access times are kept is one choice of three: it can only be replaced as a whole.
  if (attr_clr & ATTR_ATIME) {
    const atime = atime_flags(attr_set);
    return (attr_clr & ATTR_ATIME) !== ATTR_ATIME || atime === null ? null : { set: set | atime, clear: clear | MNT_RELATIME | MNT_NOATIME };
  }
  return attr_set & ATTR_ATIME ? null : { set, clear };
}

function do_mount_setattr(k: Kernel, at: path, { set, clear }: Change, propagation: number, recurse: boolean): 0 | Err {
  if (!path_mounted(at)) return err('EINVAL');
  if (!check_mnt(k, at.mnt) && !at.mnt.mnt_ns?.anonymous) return err('EINVAL');
  const all = recurse ? tree_of(at.mnt) : [at.mnt];
  const wanted = (m: mount): number => (m.mnt_flags & ~clear) | set;
  for (const m of all) {
    if (!can_change_locked_flags(m, wanted(m))) return err('EPERM');
    if (wanted(m) & MNT_READONLY && !(m.mnt_flags & MNT_READONLY) && has_writers(k, m)) return err('EBUSY');
  }
  if (propagation === MS_SHARED) invent_group_ids(k, all);
  for (const m of all) {
    k.trace.write(m, 'mnt_flags', wanted(m));
    if (propagation !== 0) change_mnt_propagation(k, m, propagation);
  }
  return 0;
}

