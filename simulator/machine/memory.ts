/** What may be done with a range of addresses. */
export interface Protection { readonly read: boolean; readonly write: boolean; readonly execute: boolean }

/** A mapped range, in whole pages, as /proc/PID/maps would show it. */
export interface Region extends Protection {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  /** The same bytes in all address spaces that map this object, from `offset` bytes into it on; null: its own bytes, copied by a fork. */
  readonly object: SharedMemory | null;
  readonly offset: number;
  /** The stack: grows down by itself to this limit. */
  readonly growsDownTo?: number;
}

const SIGSEGV = 11;

/** A bad access. `code` as in siginfo: 1 SEGV_MAPERR (nothing there), 2 SEGV_ACCERR (not allowed), 128 SI_KERNEL (no address at all: its upper 17 bits differ; `address` is 0 then). With SIGBUS 2 is BUS_ADRERR: the mapped file ends before. */
export class Fault extends Error {
  readonly address: number;
  readonly write: boolean;
  readonly code: 1 | 2 | 128;
  readonly signo: number;
  constructor(address: number, write: boolean, code: 1 | 2 | 128, signo: number = SIGSEGV) {
    super(`bad ${write ? 'write' : 'read'} at 0x${address.toString(16)}`);
    this.address = address;
    this.write = write;
    this.code = code;
    this.signo = signo;
  }
}

export const PAGE_SIZE = 4096;

/**
 * Bytes that several address spaces may map (MAP_SHARED, a System V segment, a file's pages): zeros until written, in whole pages. A write through any mapping is
 * seen through all. It does not change with a fork of a space; whoever keeps states keeps these, too. Made by `createSharedMemory(length)` beside the class.
 */
export interface SharedMemory {
  readonly length: number;
  readonly resident: number;
  read(offset: number, length: number): Uint8Array;
  write(offset: number, bytes: Uint8Array): void;
  /** It is longer from now on. */
  grow(length: number): void;
  /** Pages that begin at `end` or later are not there: who touches them through a mapping gets SIGBUS. At first all are. */
  limit(end: number): void;
  /** An independent copy of what it holds, for `restore` (which changes the bytes in place: mappings stay good). */
  fork(): SharedMemory;
  restore(kept: SharedMemory): void;
}

/** `bytes` are not copied: pages come from them when they are first touched, so they must not change. */
export interface MapOptions extends Protection {
  readonly name: string;
  readonly growsDownTo?: number;
  readonly bytes?: Uint8Array;
  /** `bytes` is all that the file has: pages behind them are SIGBUS. */
  readonly ends?: boolean;
  readonly object?: SharedMemory;
  readonly offset?: number;
}

/**
 * The bytes of an address space, below 2^32, little endian, in pages of 4 KiB that copies share until one of them writes. `fork()` is cheap (it copies the
 * table of pages), and so is keeping an earlier state (`fork()` and put it aside). Accesses need not be aligned. The class that implements it also has the
 * typed fast paths that the interpreter uses.
 */
export interface AddressSpace {
  /** A copy that does not change with this one (but for shared objects, which both map). */
  fork(): AddressSpace;
  /** Goes back to what `kept` (an earlier fork of this one, untouched since) holds, which stays good for another time. */
  restore(kept: AddressSpace): void;
  /** Nobody uses it any more (exit, exec, a state thrown away): its pages are free for others at once, else when it is collected. */
  release(): void;
  readonly regions: readonly Region[];
  /** Null when a byte of it is not readable. */
  read(address: number, length: number): Uint8Array | null;
  /** False (and nothing is written) when a byte of it is not writable. */
  write(address: number, bytes: Uint8Array): boolean;
  /** Maps zeros, over what was there. `bytes`: its beginning, and its end with `ends`. `object`: maps that, from `offset` on. Addresses, lengths and offsets are in whole pages. */
  map(from: number, length: number, options: MapOptions): void;
  unmap(from: number, length: number): void;
  /** False: part of it is not mapped (ENOMEM). */
  protect(from: number, length: number, protection: Protection): boolean;
  /** A free range of that length, as mmap without a wish finds one (top down); null: none. */
  findFree(length: number): number | null;
  /** Pages that hold bytes: what a limit on memory counts. */
  readonly resident: number;
}
