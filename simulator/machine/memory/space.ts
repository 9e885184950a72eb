import { Fault, PAGE_SIZE } from '../memory.ts';
import type { AddressSpace, MapOptions, Protection, Region } from '../memory.ts';
import { OutOfMemory, ZERO_FRAME } from './physical.ts';
import type { PhysicalMemory } from './physical.ts';
import { above, inserted, part, without } from './regions.ts';
import type { Mapping } from './regions.ts';
import { SharedFrames } from './shared.ts';

/** Pages of a table: 4 MiB of addresses. */
const TABLE = 1024;
/** Below it nothing is mapped without a wish for it, and above it nothing at all: a pointer that is off by a little stays bad. */
const LOWEST = 0x10000;
const HIGHEST = 0xffff0000;
const SIGBUS = 7;
/** Linux keeps this much free below a stack that may grow. */
const STACK_GAP = 256 * PAGE_SIZE;

/** An address space: mappings, and tables of the frames that its pages are in (0: not touched yet). Frames are shared with its copies until one of them writes. */
export class PagedSpace implements AddressSpace {
  readonly memory: PhysicalMemory;
  #mappings: readonly Mapping[] = [];
  readonly #tables = new Array<Int32Array | null>(TABLE).fill(null);
  #resident = 0;

  constructor(memory: PhysicalMemory) {
    this.memory = memory;
    memory.givenBack.register(this, this.#tables, this);
  }

  get regions(): readonly Region[] { return this.#mappings; }
  get resident(): number { return this.#resident; }

  fork(): PagedSpace {
    const made = new PagedSpace(this.memory);
    made.#take(this);
    this.memory.forgetWrites();
    return made;
  }

  restore(kept: AddressSpace): void {
    if (!(kept instanceof PagedSpace)) return;
    const old = this.#tables.slice();
    this.#take(kept);
    this.memory.releaseAll(old);
    if (this.memory.holder === this) this.memory.forget();
    this.memory.forgetWrites();
  }

  release(): void {
    this.memory.givenBack.unregister(this);
    this.memory.releaseAll(this.#tables);
    this.#mappings = [];
    this.#resident = 0;
    if (this.memory.holder === this) this.memory.lend(null);
  }

  #take(other: PagedSpace): void {
    this.#mappings = other.#mappings;
    this.#resident = other.#resident;
    for (const [index, table] of other.#tables.entries()) {
      this.#tables[index] = table?.slice() ?? null;
      if (table) for (const frame of table) this.memory.hold(frame);
    }
  }

  /**
   * Where the byte at `address` (0 … 2^32 − 1) is now: the frame of its page, which the memory's tables then know. Throws Fault; OutOfMemory.
   */
  translate(address: number, write: boolean): number {
    const page = Math.floor(address / PAGE_SIZE);
    const frame = this.#frame(page, address, write);
    if (this.memory.holder === this) this.memory.remember(page, frame, write);
    return frame;
  }

  #frame(page: number, address: number, write: boolean): number {
    const mapping = this.#mapping(address, write);
    if (write ? !mapping.write : !readable(mapping)) throw new Fault(address, write, 2);
    const into = page * PAGE_SIZE - mapping.from;
    if (mapping.object) {
      const index = (mapping.offset + into) / PAGE_SIZE;
      if (!mapping.object.has(index)) throw new Fault(address, write, 2, SIGBUS);
      return write ? mapping.object.own(index) : mapping.object.frame(index);
    }
    const from = mapping.bytesFrom + into;
    if (mapping.ends && from >= (mapping.bytes?.length ?? 0)) throw new Fault(address, write, 2, SIGBUS);
    const table = this.#tables[page >> 10] ??= new Int32Array(TABLE);
    const frame = table[page & TABLE - 1] ?? ZERO_FRAME;
    if (frame === ZERO_FRAME) {
      const filled = mapping.bytes !== null && from < mapping.bytes.length;
      if (!write && !filled) return ZERO_FRAME;
      const made = this.memory.allocate();
      if (filled) this.memory.bytes.set(mapping.bytes.subarray(from, from + PAGE_SIZE), made * PAGE_SIZE);
      this.#resident++;
      table[page & TABLE - 1] = made;
      return made;
    }
    if (!write || this.memory.holders(frame) === 1) return frame;
    const made = this.memory.copy(frame);
    this.memory.release(frame);
    table[page & TABLE - 1] = made;
    return made;
  }

  #mapping(address: number, write: boolean): Mapping {
    const index = above(this.#mappings, address);
    const mapping = this.#mappings[index];
    if (mapping && mapping.from <= address) return mapping;
    const start = address - address % PAGE_SIZE;
    if (mapping?.growsDownTo === undefined || start < mapping.growsDownTo || start < (this.#mappings[index - 1]?.to ?? 0) + STACK_GAP) throw new Fault(address, write, 1);
    const grown = { ...mapping, from: start };
    this.#mappings = this.#mappings.with(index, grown);
    return grown;
  }

  read(address: number, length: number): Uint8Array | null {
    const bytes = new Uint8Array(length);
    return this.#each(address, length, false, (at, done, count) => { bytes.set(this.memory.bytes.subarray(at, at + count), done); }) ? bytes : null;
  }

  write(address: number, bytes: Uint8Array): boolean {
    return this.#each(address, bytes.length, true, () => undefined)
      && this.#each(address, bytes.length, true, (at, done, count) => { this.memory.bytes.set(bytes.subarray(done, done + count), at); });
  }

  /** Piece by piece within pages: its place in the memory's bytes, how many were before it, how many they are. False: one of them is bad. */
  #each(address: number, length: number, write: boolean, piece: (at: number, done: number, count: number) => void): boolean {
    if (length > 0 && !(address >= 0 && address + length <= 2 ** 32)) return false;
    try {
      for (let done = 0; done < length;) {
        const inside = (address + done) % PAGE_SIZE;
        const count = Math.min(PAGE_SIZE - inside, length - done);
        piece(this.translate(address + done, write) * PAGE_SIZE + inside, done, count);
        done += count;
      }
      return true;
    } catch (error) {
      if (error instanceof Fault || error instanceof OutOfMemory) return false;
      throw error;
    }
  }

  map(from: number, length: number, options: MapOptions): void {
    this.unmap(from, length);
    const to = from + Math.ceil(length / PAGE_SIZE) * PAGE_SIZE;
    const { read, write, execute, name, growsDownTo, bytes = null, ends = false, object = null, offset = 0 } = options;
    if (object && !(object instanceof SharedFrames && object.memory === this.memory)) throw new Error('shared memory of another machine');
    this.#mappings = inserted(this.#mappings, { from, to, read, write, execute, name, ...growsDownTo === undefined ? {} : { growsDownTo }, object, offset, bytes, bytesFrom: 0, ends });
  }

  unmap(from: number, length: number): void {
    const to = from + Math.ceil(length / PAGE_SIZE) * PAGE_SIZE;
    if (!this.#mappings.some((mapping) => mapping.from < to && mapping.to > from)) return;
    this.#mappings = without(this.#mappings, from, to);
    const end = to / PAGE_SIZE;
    for (let page = from / PAGE_SIZE; page < end;) {
      const table = this.#tables[page >> 10];
      const next = Math.min((page >> 10) + 1 << 10, end);
      if (table) for (; page < next; page++) this.#drop(table, page & TABLE - 1);
      page = next;
    }
    if (this.memory.holder === this) this.memory.forget();
  }

  #drop(table: Int32Array, index: number): void {
    const frame = table[index] ?? ZERO_FRAME;
    if (frame === ZERO_FRAME) return;
    this.memory.release(frame);
    table[index] = ZERO_FRAME;
    this.#resident--;
  }

  protect(from: number, length: number, { read, write, execute }: Protection): boolean {
    const to = from + Math.ceil(length / PAGE_SIZE) * PAGE_SIZE;
    const inside = this.#mappings.filter((mapping) => mapping.from < to && mapping.to > from).map((mapping) => part(mapping, from, to));
    let reached = from;
    for (const mapping of inside) reached = mapping.from === reached ? mapping.to : reached;
    if (reached !== to) return false;
    this.#mappings = [...without(this.#mappings, from, to), ...inside.map((mapping) => ({ ...mapping, read, write, execute }))].sort((a, b) => a.from - b.from);
    if (this.memory.holder === this) this.memory.forget();
    return true;
  }

  findFree(length: number): number | null {
    const size = Math.ceil(length / PAGE_SIZE) * PAGE_SIZE;
    let top = HIGHEST;
    for (let index = this.#mappings.length - 1; index >= -1; index--) {
      const mapping = this.#mappings[index];
      const bottom = mapping?.to ?? LOWEST;
      if (bottom <= top - size) return top - size;
      if (mapping) top = Math.min(top, mapping.growsDownTo === undefined ? mapping.from : Math.min(mapping.from, mapping.growsDownTo) - STACK_GAP);
    }
    return null;
  }
}

/** On x86 what can be written or executed can be read. */
const readable = ({ read, write, execute }: Protection): boolean => read || write || execute;
