import type { Errno } from '../protocol.ts';
import type { NsfsRequests, SyscallNumbers } from './abi.ts';
import { KCMP_FILES, MNT_ID_REQ_SIZE, MNT_NS_INFO_SIZE, SIOCGSKNS } from './abi.ts';
import { errnoName } from './errno.ts';
import type { CFunction, Koffi } from './koffi.ts';
import type { MountNamespaceInfo, Native } from './native.ts';

/** `Native` by way of the libc that is in this process already. The constructor throws when koffi cannot bind it. */
export class LibcNative implements Native {
  readonly #koffi: Koffi;
  readonly #numbers: SyscallNumbers;
  readonly #requests: NsfsRequests;
  readonly #ioctl: CFunction;
  readonly #syscall5: CFunction;
  readonly #syscallReq: CFunction;
  readonly #setns: CFunction;
  readonly #uname: CFunction;
  // reused by every call: the helper is one thread and no call outlives its function
  readonly #u32 = Buffer.alloc(4);
  readonly #u64 = Buffer.alloc(8);
  readonly #info = Buffer.alloc(MNT_NS_INFO_SIZE);
  readonly #request = Buffer.alloc(MNT_ID_REQ_SIZE);

  constructor(koffi: Koffi, numbers: SyscallNumbers, requests: NsfsRequests) {
    this.#koffi = koffi;
    this.#numbers = numbers;
    this.#requests = requests;
    // null is this process: its own libc, be it glibc or musl, is loaded already
    const libc = koffi.load(null);
    // both are variadic in C; integers and pointers are passed alike in either form on every Linux ABI
    this.#ioctl = libc.func('ioctl', 'int', ['int', 'ulong', 'void *']);
    this.#syscall5 = libc.func('syscall', 'long', ['long', 'long', 'long', 'long', 'long', 'long']);
    this.#syscallReq = libc.func('syscall', 'long', ['long', 'void *', 'void *', 'ulong', 'ulong']);
    this.#setns = libc.func('setns', 'int', ['int', 'int']);
    this.#uname = libc.func('uname', 'int', ['void *']);
  }

  userns(fd: number): number | Errno { return this.#value(this.#ioctl(fd, this.#requests.getUserns, null)); }
  parent(fd: number): number | Errno { return this.#value(this.#ioctl(fd, this.#requests.getParent, null)); }
  nstype(fd: number): number | Errno { return this.#value(this.#ioctl(fd, this.#requests.getNstype, null)); }

  ownerUid(fd: number): number | Errno {
    const result = this.#value(this.#ioctl(fd, this.#requests.getOwnerUid, this.#u32));
    return typeof result === 'string' ? result : this.#u32.readUInt32LE();
  }

  id(fd: number): bigint | Errno {
    const result = this.#value(this.#ioctl(fd, this.#requests.getId, this.#u64));
    return typeof result === 'string' ? result : this.#u64.readBigUInt64LE();
  }

  mountNamespace(fd: number): MountNamespaceInfo | Errno { return this.#mountNamespaceInfo(fd, this.#requests.mntGetInfo, false); }
  nextMountNamespace(fd: number): MountNamespaceInfo | Errno { return this.#mountNamespaceInfo(fd, this.#requests.mntGetNext, true); }
  previousMountNamespace(fd: number): MountNamespaceInfo | Errno { return this.#mountNamespaceInfo(fd, this.#requests.mntGetPrev, true); }

  listmount(mountNamespaceId: bigint, parent: bigint, last: bigint, ids: BigUint64Array): number | Errno {
    this.#fillRequest(parent, last, mountNamespaceId);
    const bytes = Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength);
    return this.#value(this.#syscallReq(this.#numbers.listmount, this.#request, bytes, ids.length, 0));
  }

  statmount(mountNamespaceId: bigint, mount: bigint, mask: number, into: Buffer): 0 | Errno {
    this.#fillRequest(mount, BigInt(mask), mountNamespaceId);
    const result = this.#value(this.#syscallReq(this.#numbers.statmount, this.#request, into, into.length, 0));
    return typeof result === 'string' ? result : 0;
  }

  pidfdOpen(pid: number): number | Errno { return this.#value(this.#syscall5(this.#numbers.pidfdOpen, pid, 0, 0, 0, 0)); }
  pidfdGetfd(pidfd: number, fd: number): number | Errno { return this.#value(this.#syscall5(this.#numbers.pidfdGetfd, pidfd, fd, 0, 0, 0)); }
  socketNetns(fd: number): number | Errno { return this.#value(this.#ioctl(fd, SIOCGSKNS, null)); }

  sharesFiles(tid1: number, tid2: number): boolean | Errno {
    const order = this.#value(this.#syscall5(this.#numbers.kcmp, tid1, tid2, KCMP_FILES, 0, 0));
    return typeof order === 'string' ? order : order === 0;
  }

  setns(fd: number, cloneFlag: number): 0 | Errno {
    const result = this.#value(this.#setns(fd, cloneFlag));
    return typeof result === 'string' ? result : 0;
  }

  uname(into: Buffer): 0 | Errno {
    const result = this.#value(this.#uname(into));
    return typeof result === 'string' ? result : 0;
  }

  #mountNamespaceInfo(fd: number, request: number, opens: boolean): MountNamespaceInfo | Errno {
    this.#info.writeUInt32LE(MNT_NS_INFO_SIZE, 0);
    const result = this.#value(this.#ioctl(fd, request, this.#info));
    if (typeof result === 'string') return result;
    return { fd: opens ? result : -1, mounts: this.#info.readUInt32LE(4), id: this.#info.readBigUInt64LE(8) };
  }

  #fillRequest(mount: bigint, param: bigint, mountNamespaceId: bigint): void {
    this.#request.writeUInt32LE(MNT_ID_REQ_SIZE, 0);
    this.#request.writeUInt32LE(0, 4);
    this.#request.writeBigUInt64LE(mount, 8);
    this.#request.writeBigUInt64LE(param, 16);
    this.#request.writeBigUInt64LE(mountNamespaceId, 24);
  }

  #value(result: number | bigint): number | Errno {
    const value = Number(result);
    return value < 0 ? errnoName(this.#koffi.errno()) : value;
  }
}
