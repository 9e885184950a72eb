/**
 * Numbers of the kernel's binary interface: facts from its public headers (linux/nsfs.h, linux/mount.h, linux/sched.h,
 * asm-generic/unistd.h, linux/sockios.h). Sizes and offsets are bytes.
 */
import type { NsType } from '../protocol.ts';

/** CLONE_NEW* flag of each kind: argument of setns, answer of NS_GET_NSTYPE. */
export const CLONE_FLAG: Readonly<Record<NsType, number>> = {
  time: 0x80, mnt: 0x20000, cgroup: 0x2000000, uts: 0x4000000, ipc: 0x8000000, user: 0x10000000, pid: 0x20000000, net: 0x40000000,
};

/** ioctl requests of a namespace descriptor. The `_IOR` ones hold the size of their argument. */
export interface NsfsRequests {
  readonly getUserns: number; readonly getParent: number; readonly getNstype: number; readonly getOwnerUid: number;
  readonly getMntnsId: number; readonly mntGetInfo: number; readonly mntGetNext: number; readonly mntGetPrev: number; readonly getId: number;
}

/** Numbers of system calls that libc need not wrap. */
export interface SyscallNumbers { readonly pidfdOpen: number; readonly pidfdGetfd: number; readonly statmount: number; readonly listmount: number; readonly kcmp: number }

/** From 424 on, every architecture that koffi has a binary for gives new calls the same number; kcmp is older. */
const KCMP: Readonly<Record<string, number>> = { x64: 312, arm64: 272, riscv64: 272, loong64: 272, arm: 378, ia32: 349, ppc64: 354 };

/** Numbers for this architecture (node's `process.arch`), undefined where they are not known: then nothing native is offered. */
export function syscallNumbers(arch: string): SyscallNumbers | undefined {
  const kcmp = KCMP[arch];
  return kcmp === undefined ? undefined : { pidfdOpen: 434, pidfdGetfd: 438, statmount: 457, listmount: 458, kcmp };
}

/** ioctl numbers: 0xb7 is nsfs; PowerPC packs direction and size into other bits than the rest. */
export function nsfsRequests(arch: string): NsfsRequests {
  const powerpc = arch.startsWith('ppc');
  const none = (nr: number): number => (powerpc ? 0x20000000 : 0) + 0xb700 + nr;
  const read = (nr: number, size: number): number => (powerpc ? 0x40000000 : 0x80000000) + size * 0x10000 + 0xb700 + nr;
  return {
    getUserns: none(1), getParent: none(2), getNstype: none(3), getOwnerUid: none(4), getMntnsId: read(5, 8),
    mntGetInfo: read(10, MNT_NS_INFO_SIZE), mntGetNext: read(11, MNT_NS_INFO_SIZE), mntGetPrev: read(12, MNT_NS_INFO_SIZE), getId: read(13, 8),
  };
}

/** struct mnt_ns_info { u32 size; u32 nr_mounts; u64 mnt_ns_id } */
export const MNT_NS_INFO_SIZE = 16;
/** struct mnt_id_req { u32 size; u32 spare; u64 mnt_id; u64 param; u64 mnt_ns_id }, second version. */
export const MNT_ID_REQ_SIZE = 32;
/** As `mnt_id` of listmount: the root of the mount namespace. */
export const LSMT_ROOT = 0xffffffffffffffffn;
/** struct statmount: where its fixed part ends and the strings begin. */
export const STATMOUNT_STRINGS = 512;
/** Bits of `statmount.mask`. */
export const STATMOUNT = { SB_BASIC: 1, MNT_BASIC: 2, PROPAGATE_FROM: 4, MNT_ROOT: 8, MNT_POINT: 0x10, FS_TYPE: 0x20, SB_SOURCE: 0x200 } as const;
/** Offsets in struct statmount. */
export const STATMOUNT_AT = {
  mask: 8, sbDevMajor: 16, sbDevMinor: 20, fsType: 36, mntIdOld: 56, mntParentIdOld: 60, attributes: 64, propagation: 72, peerGroup: 80, master: 88, mntRoot: 104, mntPoint: 108, sbSource: 124,
} as const;
/** `statmount.mnt_attr`: the MOUNT_ATTR_* bits of mount_setattr(2), by the names that mountinfo has for them. Without an access time bit it is relatime. */
export const MOUNT_ATTR = { nosuid: 2, nodev: 4, noexec: 8, noatime: 0x10, nodiratime: 0x80, nosymfollow: 0x200000 } as const;
export const MOUNT_ATTR_RDONLY = 1;
export const MOUNT_ATTR_ATIME = 0x70;
/** `statmount.mnt_propagation`: the MS_* bits of mount(2). */
export const MS = { UNBINDABLE: 1 << 17, PRIVATE: 1 << 18, SLAVE: 1 << 19, SHARED: 1 << 20 } as const;

/** Asks a socket for a descriptor of its net namespace. */
export const SIOCGSKNS = 0x894c;
/** What kcmp compares: the descriptor tables. */
export const KCMP_FILES = 2;
/** struct utsname: six texts of 65 bytes; nodename is the second, domainname the sixth. */
export const UTSNAME = { size: 390, nodename: 65, domainname: 325, length: 65 } as const;
