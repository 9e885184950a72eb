import type { Errno } from '../protocol.ts';
import { nsfsRequests, syscallNumbers } from './abi.ts';
import type { Koffi } from './koffi.ts';
import { loadKoffi } from './koffi.ts';
import { LibcNative } from './libcNative.ts';

/** Answer of NS_MNT_GET_NEXT and its like. */
export interface MountNamespaceInfo {
  /** Descriptor of that namespace; the caller closes it. -1 from `mountNamespace`, which opens none. */
  readonly fd: number;
  readonly mounts: number;
  readonly id: bigint;
}

/**
 * System calls that node does not offer. Each answers with its value or with the name of its errno, and never throws.
 * What a kernel lacks shows as `ENOTTY` (ioctl) or `ENOSYS` (system call) from the call itself: versions are never compared.
 */
export interface Native {
  /** NS_GET_USERNS: a new descriptor of the owning user namespace; the caller closes it. EPERM: outside of what the caller may see. */
  userns(fd: number): number | Errno;
  /** NS_GET_PARENT: a new descriptor (pid and user); the caller closes it. EPERM: initial, or outside of what the caller may see. */
  parent(fd: number): number | Errno;
  /** NS_GET_NSTYPE: the CLONE_NEW* flag. ENOTTY when the descriptor is not of a namespace. */
  nstype(fd: number): number | Errno;
  /** NS_GET_OWNER_UID of a user namespace: the creator's uid as the caller sees it, 65534 where it is not mapped. */
  ownerUid(fd: number): number | Errno;
  /** NS_GET_ID (6.18+): a number that is never used again while the machine runs. */
  id(fd: number): bigint | Errno;
  /** NS_MNT_GET_INFO (6.12+) of a mount namespace. */
  mountNamespace(fd: number): MountNamespaceInfo | Errno;
  /** NS_MNT_GET_NEXT (6.12+): the mount namespace made after this one, whether a process is in it or not. ENOENT: there is none. */
  nextMountNamespace(fd: number): MountNamespaceInfo | Errno;
  previousMountNamespace(fd: number): MountNamespaceInfo | Errno;
  /** listmount(2) (6.8+): fills `ids` with mounts below `parent`, after the mount `last` (0: from the first); how many it filled. */
  listmount(mountNamespaceId: bigint, parent: bigint, last: bigint, ids: BigUint64Array): number | Errno;
  /** statmount(2) (6.8+) into `into`, laid out as struct statmount; `mask` says which fields. EOVERFLOW: `into` is too small. */
  statmount(mountNamespaceId: bigint, mount: bigint, mask: number, into: Buffer): 0 | Errno;
  /** pidfd_open(2) (5.3+); the caller closes it. */
  pidfdOpen(pid: number): number | Errno;
  /** pidfd_getfd(2) (5.6+): a duplicate of the other process's descriptor; the caller closes it. */
  pidfdGetfd(pidfd: number, fd: number): number | Errno;
  /** SIOCGSKNS (4.10+): a descriptor of a socket's net namespace; the caller closes it. */
  socketNetns(fd: number): number | Errno;
  /** kcmp(2), KCMP_FILES: do these two tasks share their table of descriptors? */
  sharesFiles(tid1: number, tid2: number): boolean | Errno;
  /** setns(2) of the calling thread. Only `kernel/visit.ts` calls it. */
  setns(fd: number, cloneFlag: number): 0 | Errno;
  /** uname(2) into a buffer laid out as struct utsname. */
  uname(into: Buffer): 0 | Errno;
}

/** The native part, or `ENOKOFFI` when koffi or its binary is absent, `ENOSYS` on an architecture whose numbers are not known. */
export function loadNative(koffi: Koffi | Errno = loadKoffi(), arch: string = process.arch): Native | Errno {
  if (typeof koffi === 'string') return koffi;
  const numbers = syscallNumbers(arch);
  if (!numbers || process.platform !== 'linux') return 'ENOSYS';
  try {
    return new LibcNative(koffi, numbers, nsfsRequests(arch));
  } catch {
    return 'ENOKOFFI'; // a koffi that loads but cannot bind libc is as good as none
  }
}
