import { FIRST_REGISTER } from '../isa.ts';
import { PAGE_SIZE } from '../memory.ts';
import type { PagedSpace } from '../memory/space.ts';
import type { Native, NativeArguments, NativeMemory } from '../native.ts';
import { badAddress, FOUR_GIB, load } from './access.ts';
import { setDouble, setLow, setWide, setWords } from './handlers.ts';
import type { MachineThread } from './thread.ts';

const pair = new Int32Array(2);
const double = new Float64Array(pair.buffer);

class SpaceMemory implements NativeMemory {
  readonly #space: PagedSpace;
  constructor(space: PagedSpace) { this.#space = space; }

  #at(address: number, write: boolean): number {
    if (!(address >= 0 && address < FOUR_GIB)) throw badAddress(address, Math.floor(address / FOUR_GIB) | 0, write);
    const { memory } = this.#space;
    const entry = memory.holder === this.#space ? (write ? memory.writes : memory.reads)[Math.floor(address / PAGE_SIZE)] ?? 0 : 0;
    return entry !== 0 ? address + entry - 1 | 0 : this.#space.translate(address, write) * PAGE_SIZE + address % PAGE_SIZE;
  }

  u8(address: number): number {
    const at = this.#at(address, false);
    return this.#space.memory.bytes[at] ?? 0;
  }

  setU8(address: number, value: number): void {
    const at = this.#at(address, true);
    this.#space.memory.bytes[at] = value;
  }

  view(address: number, length: number, write: boolean): Uint8Array {
    const at = this.#at(address, write);
    return this.#space.memory.bytes.subarray(at, at + Math.min(length, PAGE_SIZE - address % PAGE_SIZE));
  }

  read(address: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const part = this.view(address + done, length - done, false);
      bytes.set(part, done);
      done += part.length;
    }
    return bytes;
  }

  write(address: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      const part = this.view(address + done, bytes.length - done, true);
      part.set(bytes.subarray(done, done + part.length));
      done += part.length;
    }
  }
}

/** The slots that the caller filled, at the frame's base. */
class FrameArguments implements NativeArguments {
  readonly #space: PagedSpace;
  readonly #base: number;
  constructor(space: PagedSpace, base: number) {
    this.#space = space;
    this.#base = base;
  }

  #load(n: number): void { load(this.#space, this.#base + n * 8, 8, pair, 0); }
  i32(n: number): number {
    this.#load(n);
    return pair[0] ?? 0;
  }
  u32(n: number): number { return this.i32(n) >>> 0; }
  i64(n: number): bigint {
    this.#load(n);
    return BigInt(pair[1] ?? 0) << 32n | BigInt((pair[0] ?? 0) >>> 0);
  }
  size(n: number): number {
    this.#load(n);
    return Math.min(((pair[1] ?? 0) >>> 0) * FOUR_GIB + ((pair[0] ?? 0) >>> 0), Number.MAX_SAFE_INTEGER);
  }
  f64(n: number): number {
    this.#load(n);
    return double[0] ?? 0;
  }
}

const memories = new WeakMap<PagedSpace, SpaceMemory>();
function memoryOf(space: PagedSpace): SpaceMemory {
  let memory = memories.get(space);
  if (!memory) memories.set(space, memory = new SpaceMemory(space));
  return memory;
}

/** Calls it with the arguments of the running frame; the result goes to its first register. */
export function callNative(native: Native, t: MachineThread, space: PagedSpace): void {
  const value = native.call(memoryOf(space), new FrameArguments(space, t.base >>> 0));
  if (value === undefined) return;
  if (typeof value === 'bigint') setWide(t, FIRST_REGISTER, value);
  else if (native.returns === 'f64') setDouble(t, FIRST_REGISTER, value);
  else if (native.returns === 'i32') setWords(t, FIRST_REGISTER, value, value >> 31);
  else if (native.returns === 'u32') setWords(t, FIRST_REGISTER, value, 0);
  else {
    setLow(t, FIRST_REGISTER, value % FOUR_GIB);
    t.words[t.window + FIRST_REGISTER + 1] = Math.floor(value / FOUR_GIB);
  }
}

/** As `callNative` sees memory, for tests of natives and for others outside of the processor. */
export const nativeMemory = (space: PagedSpace): NativeMemory => memoryOf(space);
