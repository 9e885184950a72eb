import { Fault, PAGE_SIZE } from '../memory.ts';
import type { PagedSpace } from '../memory/space.ts';
import type { MachineThread } from './thread.ts';

export const FOUR_GIB = 2 ** 32;

/** An instruction that cannot be done: the signal, its `si_code`, and `si_addr`, which is that of the instruction when it is absent. */
export class Trap extends Error {
  readonly signo: number;
  readonly code: number;
  readonly address: number | null;
  constructor(signo: number, code: number, address: number | null = null) {
    super(`signal ${signo}`);
    this.signo = signo;
    this.code = code;
    this.address = address;
  }
}

/** Why an address beyond 2^32 is bad. `high`: its upper 32 bits. */
export function badAddress(address: number, high: number, write: boolean): Fault {
  const sign = high >> 15;
  return sign === 0 || sign === -1 ? new Fault(address < 0 ? address + 2 ** 64 : address, write, 1) : new Fault(0, write, 128);
}

/** The address in a register, plus a number. Throws Fault when that is none below 2^32. */
export function addressIn(t: MachineThread, register: number, offset: number, write: boolean): number {
  const address = t.number(register) + offset;
  if (address >= 0 && address < FOUR_GIB) return address;
  throw badAddress(address, Math.floor(address / FOUR_GIB) | 0, write);
}

/** Loads 1, 2, 4 or 8 bytes, wherever they are, as one or two words. */
export function load(space: PagedSpace, address: number, size: number, into: Int32Array, at: number): void {
  const { memory } = space;
  if (size < 8) into[at] = 0;
  else into[at] = into[at + 1] = 0;
  for (let byte = 0; byte < size;) {
    const inside = (address + byte) % PAGE_SIZE;
    const count = Math.min(size - byte, PAGE_SIZE - inside);
    if (address + byte >= FOUR_GIB) throw new Fault(FOUR_GIB, false, 1);
    const from = space.translate(address + byte, false) * PAGE_SIZE + inside;
    for (let each = 0; each < count; each++, byte++) into[at + (byte >> 2)] = (into[at + (byte >> 2)] ?? 0) | (memory.bytes[from + each] ?? 0) << (byte & 3) * 8;
  }
}

/** Stores all of them or, when a page of them may not be written to, none. */
export function store(space: PagedSpace, address: number, size: number, low: number, high: number): void {
  const { memory } = space;
  const last = address + size - 1;
  if (last >= FOUR_GIB) throw new Fault(FOUR_GIB, true, 1);
  space.translate(address, true);
  if (Math.floor(last / PAGE_SIZE) !== Math.floor(address / PAGE_SIZE)) space.translate(last - last % PAGE_SIZE, true);
  for (let byte = 0; byte < size; byte++) {
    const at = space.translate(address + byte, true) * PAGE_SIZE + (address + byte) % PAGE_SIZE;
    memory.bytes[at] = (byte < 4 ? low : high) >> (byte & 3) * 8;
  }
}

/** Piece by piece within pages. */
function pieces(address: number, length: number, piece: (address: number, done: number, count: number) => void): void {
  for (let done = 0; done < length;) {
    const count = Math.min(PAGE_SIZE - (address + done) % PAGE_SIZE, length - done);
    piece(address + done, done, count);
    done += count;
  }
}

/** Copies a struct. */
export function copy(space: PagedSpace, to: number, from: number, length: number): void {
  const { memory } = space;
  const bytes = new Uint8Array(length);
  pieces(from, length, (address, done, count) => {
    if (address >= FOUR_GIB) throw new Fault(FOUR_GIB, false, 1);
    const at = space.translate(address, false) * PAGE_SIZE + address % PAGE_SIZE;
    bytes.set(memory.bytes.subarray(at, at + count), done);
  });
  pieces(to, length, (address, done, count) => {
    if (address >= FOUR_GIB) throw new Fault(FOUR_GIB, true, 1);
    const at = space.translate(address, true) * PAGE_SIZE + address % PAGE_SIZE;
    memory.bytes.set(bytes.subarray(done, done + count), at);
  });
}

export function clear(space: PagedSpace, to: number, length: number): void {
  pieces(to, length, (address, _, count) => {
    if (address >= FOUR_GIB) throw new Fault(FOUR_GIB, true, 1);
    const at = space.translate(address, true) * PAGE_SIZE + address % PAGE_SIZE;
    space.memory.bytes.fill(0, at, at + count);
  });
}
