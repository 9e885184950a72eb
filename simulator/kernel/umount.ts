import { CAP_SYS_ADMIN, capable, ns_capable } from './capability.ts';
import { err, isErr } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { AT_FDCWD } from './mode.ts';
import type { mount } from './mount.ts';
import { check_mnt, mnt_has_parent } from './mount.ts';
import { LOOKUP_FOLLOW, LOOKUP_MOUNTPOINT, filename_lookup } from './namei.ts';
import { may_mount, path_mounted } from './namespace.ts';
import { SB_RDONLY } from './super.ts';
import { propagate_mount_busy, umount_tree } from './umount_tree.ts';

export const MNT_FORCE = 1;
export const MNT_DETACH = 2;
export const MNT_EXPIRE = 4;
export const UMOUNT_NOFOLLOW = 8;

/** umount2(2). Errors: those of the walk; EINVAL (no mountpoint, locked, flags), EPERM, EBUSY, EAGAIN (MNT_EXPIRE, first time). */
export function sys_umount(k: Kernel, name: string, flags: number): number {
  if ((flags & ~(MNT_FORCE | MNT_DETACH | MNT_EXPIRE | UMOUNT_NOFOLLOW)) !== 0) return err('EINVAL');
  const at = filename_lookup(k, AT_FDCWD, name, LOOKUP_MOUNTPOINT | (flags & UMOUNT_NOFOLLOW ? 0 : LOOKUP_FOLLOW));
  if (isErr(at)) return at;
  if (!may_mount(k)) return err('EPERM');
  if (!path_mounted(at) || !check_mnt(k, at.mnt) || at.mnt.locked) return err('EINVAL');
  if (flags & MNT_FORCE && !capable(k, CAP_SYS_ADMIN)) return err('EPERM');
  return do_umount(k, at.mnt, flags);
}

function do_umount(k: Kernel, mnt: mount, flags: number): number {
  const is_root = k.current.fs?.root.mnt === mnt;
  if (flags & MNT_EXPIRE) {
    if (is_root || flags & (MNT_FORCE | MNT_DETACH)) return err('EINVAL');
    if (mnt.count !== 1) return err('EBUSY');
    if (!mnt.expiry_mark) {
      k.trace.write(mnt, 'expiry_mark', true);
      return err('EAGAIN');
    }
  }
  // Unmounting one's own root only makes it read-only.
  if (is_root && !(flags & MNT_DETACH)) {
    if (!ns_capable(k, mnt.mnt_sb.s_user_ns, CAP_SYS_ADMIN)) return err('EPERM');
    k.trace.write(mnt.mnt_sb, 's_flags', mnt.mnt_sb.s_flags | SB_RDONLY);
    return 0;
  }
  if (!mnt_has_parent(mnt)) return err('EINVAL');
  if (flags & MNT_DETACH) {
    umount_tree(k, mnt, { propagate: true, sync: false });
    return 0;
  }
  if (propagate_mount_busy(mnt, 1)) return err('EBUSY');
  umount_tree(k, mnt, { propagate: true, sync: true });
  return 0;
}
