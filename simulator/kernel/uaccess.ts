import { err, type Err } from './errno.ts';
import { decode } from './text.ts';

/**
 * The memory of the program that makes a system call. It belongs to the machine that runs the program; the kernel model only copies
 * from and to it. Addresses are below 2^47. A range of which one byte is not mapped (or not writable) can not be copied at all.
 */
export interface UserMemory {
  /** A copy of the bytes; null when they can not be read. */
  read(address: number, length: number): Uint8Array | null;
  /** False when they can not be written. */
  write(address: number, bytes: Uint8Array): boolean;
}

/** Longest path with its end, as in limits.h. */
export const PATH_MAX = 4096;
const CHUNK = 64;

/** The bytes, or EFAULT. */
export function copy_from_user(user: UserMemory, address: number, length: number): Uint8Array | Err {
  if (length === 0) return new Uint8Array(0);
  return user.read(address, length) ?? err('EFAULT');
}

/** 0, or EFAULT. */
export function copy_to_user(user: UserMemory, address: number, bytes: Uint8Array): 0 | Err {
  return bytes.length === 0 || user.write(address, bytes) ? 0 : err('EFAULT');
}

/** Bytes up to the terminating zero (without it), at most `max`; null when there is no zero among the first `max`. Errors: EFAULT. */
export function strnlen_user(user: UserMemory, address: number, max: number): Uint8Array | null | Err {
  const all: number[] = [];
  while (all.length < max) {
    const wanted = Math.min(CHUNK, max - all.length);
    const some = user.read(address + all.length, wanted) ?? user.read(address + all.length, 1);
    if (!some) return err('EFAULT');
    const end = some.indexOf(0);
    for (const byte of end < 0 ? some : some.subarray(0, end)) all.push(byte);
    if (end >= 0) return Uint8Array.from(all);
  }
  return null;
}

/** A path name. Errors: EFAULT, ENAMETOOLONG. An empty one is the business of whoever walks it. */
export function getname(user: UserMemory, address: number): string | Err {
  const bytes = strnlen_user(user, address, PATH_MAX);
  if (bytes === null) return err('ENAMETOOLONG');
  return typeof bytes === 'number' ? bytes : decode(bytes);
}

/** A list of addresses of strings that ends with 0, as argv. Errors: EFAULT, E2BIG. */
export function get_strings(user: UserMemory, address: number): string[] | Err {
  const all: string[] = [];
  if (address === 0) return all;
  for (let at = address; ; at += 8) {
    const pointer = copy_from_user(user, at, 8);
    if (typeof pointer === 'number') return pointer;
    const to = new Reader(pointer).u64();
    if (to === 0) return all;
    const bytes = strnlen_user(user, to, MAX_ARG_STRLEN);
    if (bytes === null || all.length >= MAX_ARG_STRINGS) return err('E2BIG');
    if (typeof bytes === 'number') return bytes;
    all.push(decode(bytes));
  }
}

const MAX_ARG_STRLEN = 131072;
const MAX_ARG_STRINGS = 65536;

/** Reads the fields of a C structure one after another (little endian). Alignment is the caller's: `skip`. */
export class Reader {
  readonly #view: DataView;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  #take(n: number): number {
    const at = this.#at;
    this.#at += n;
    return at;
  }
  u16(): number { return this.#view.getUint16(this.#take(2), true); }
  i16(): number { return this.#view.getInt16(this.#take(2), true); }
  u32(): number { return this.#view.getUint32(this.#take(4), true); }
  i32(): number { return this.#view.getInt32(this.#take(4), true); }
  u64(): number { return Number(this.big()); }
  i64(): number { return Number(this.#view.getBigInt64(this.#take(8), true)); }
  big(): bigint { return this.#view.getBigUint64(this.#take(8), true); }
  skip(n: number): this {
    this.#take(n);
    return this;
  }
}

/** Builds a C structure field by field (little endian). */
export class Writer {
  readonly #bytes: number[] = [];
  #put(value: bigint, n: number): this {
    for (let i = 0n; i < n; i++) this.#bytes.push(Number((value >> (i * 8n)) & 0xffn));
    return this;
  }
  u8(value: number): this { return this.#put(BigInt(value), 1); }
  u16(value: number): this { return this.#put(BigInt(value), 2); }
  u32(value: number): this { return this.#put(BigInt(value), 4); }
  u64(value: number | bigint): this { return this.#put(BigInt(value), 8); }
  zeros(n: number): this {
    for (let i = 0; i < n; i++) this.#bytes.push(0);
    return this;
  }
  /** Bytes, cut or filled with zeros to `n`. */
  fixed(bytes: Uint8Array, n = bytes.length): this {
    for (let i = 0; i < n; i++) this.#bytes.push(bytes[i] ?? 0);
    return this;
  }
  done(): Uint8Array { return Uint8Array.from(this.#bytes); }
}

/** Plain memory for programs without a machine (tests, drivers written as data): `size` bytes that begin at `base`. */
export class FlatMemory implements UserMemory {
  readonly base: number;
  readonly bytes: Uint8Array;
  constructor(size = 65536, base = 0x10000) {
    this.base = base;
    this.bytes = new Uint8Array(size);
  }
  #within(address: number, length: number): boolean {
    return address >= this.base && address + length <= this.base + this.bytes.length;
  }
  read(address: number, length: number): Uint8Array | null {
    return this.#within(address, length) ? this.bytes.slice(address - this.base, address - this.base + length) : null;
  }
  write(address: number, bytes: Uint8Array): boolean {
    if (!this.#within(address, bytes.length)) return false;
    this.bytes.set(bytes, address - this.base);
    return true;
  }
}
