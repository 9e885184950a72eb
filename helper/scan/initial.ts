import type { NsType } from '../protocol.ts';
import { NS_TYPES } from '../protocol.ts';

/** Numbers below this are given at build time to the initial namespaces only (PROC_DYNAMIC_FIRST of fs/proc/generic.c). */
const FIRST_DYNAMIC = 0xf000_0000;

/** Inodes of the initial namespaces, fixed since Linux 3.8 (cgroup: 4.6, time: 5.6): include/uapi/linux/nsfs.h. */
const FIXED: Partial<Record<NsType, number>> = {
  ipc: 0xefff_ffff, uts: 0xefff_fffe, user: 0xefff_fffd, pid: 0xefff_fffc, cgroup: 0xefff_fffb, time: 0xefff_fffa,
};

/** Knows which namespaces the machine booted with, and when that cannot be told. */
export class InitialNamespaces {
  /** Those of kthreadd, which never leaves them; null where it is not seen (from inside a pid namespace). */
  #kthreadd: readonly (number | null)[] | null = null;
  readonly #allFixed: boolean;

  /** @param allFixed the kernel gives every initial namespace a fixed inode; one that has NS_GET_ID (Linux 6.18) does */
  constructor(allFixed: boolean) { this.#allFixed = allFixed; }

  /** Offers a process as witness: taken if it is kthreadd. True when that is news. */
  witness(process: { readonly comm: string; readonly ppid: number; readonly kernelThread: boolean; readonly ns: readonly (number | null)[] }): boolean {
    // other kernel threads may have left them (kdevtmpfs has a mount namespace of its own)
    if (this.#kthreadd || !process.kernelThread || process.ppid !== 0 || process.comm !== 'kthreadd' || process.ns[0] == null) return false;
    this.#kthreadd = process.ns;
    return true;
  }

  /** True, false, or null: it cannot be told from here. */
  is(type: NsType, inode: number): boolean | null {
    const seen = this.#kthreadd?.[NS_TYPES.indexOf(type)] ?? null;
    if (seen !== null) return seen === inode;
    const fixed = FIXED[type];
    if (fixed !== undefined) return fixed === inode;
    // mnt and net: counted with all others on older kernels
    return inode < FIRST_DYNAMIC ? true : this.#allFixed ? false : null;
  }
}
