/**
 * What a native sees of the memory: every access that is bad throws `Fault` (memory.ts), and the program gets SIGSEGV there. Addresses are numbers.
 * `span(address, length, write)`: pieces of real bytes, page by page, for loops that want speed.
 */
export interface NativeMemory {
  u8(address: number): number;
  setU8(address: number, value: number): void;
  read(address: number, length: number): Uint8Array;
  write(address: number, bytes: Uint8Array): void;
  /** The page's bytes at `address`, at most `length` of them and not beyond the page's end: a view, not a copy. */
  view(address: number, length: number, write: boolean): Uint8Array;
}

/** Arguments as the program passed them, by position. */
export interface NativeArguments {
  i32(n: number): number;
  u32(n: number): number;
  i64(n: number): bigint;
  /** A size or an address: exact up to 2^53, clamped beyond. */
  size(n: number): number;
  f64(n: number): number;
}

/**
 * A libc function in TypeScript: pure (memory in, memory and value out), never blocks, makes no system calls, calls nothing back, and gives what the function of the
 * same name written in C would give. It is taken for a symbol only where the program does not define that name itself.
 */
export interface Native {
  readonly name: string;
  readonly returns: 'void' | 'i32' | 'u32' | 'i64' | 'address' | 'f64';
  readonly call: (memory: NativeMemory, args: NativeArguments) => number | bigint | undefined;
}
