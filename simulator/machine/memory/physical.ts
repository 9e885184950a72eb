import { PAGE_SIZE } from '../memory.ts';

/** The machine has no more memory: as when a real kernel kills somebody for it. */
export class OutOfMemory extends Error {
  constructor() { super('the simulated machine is out of memory'); }
}

/** Frame 0 holds zeros for ever: what is mapped and was never written to. */
export const ZERO_FRAME = 0;
const FIRST_FRAMES = 1024;
/** 1 GiB. */
const MOST_FRAMES = 1 << 18;
const PAGES = 1 << 20;

/**
 * The page frames of one simulated machine, in one buffer, and how many page tables hold each. All address spaces of a machine share it, so that copies can
 * share frames, and so that an access is two loads from typed arrays that stay the same.
 *
 * `reads` and `writes` translate for the address space that runs (`holder`), by page number. An entry is 0 (ask the space: `PagedSpace.translate`) or
 * `(offset of the frame − address of the page) | 1`; so the byte at `p` is `bytes[p + e - 1 | 0]`, and an aligned word `words[p + e >> 2]`, when e is odd.
 * A page that may be written to without more ado (held once) has an entry in both.
 */
export class PhysicalMemory {
  bytes: Uint8Array;
  halves: Uint16Array;
  words: Int32Array;
  readonly reads = new Int32Array(PAGES);
  readonly writes = new Int32Array(PAGES);
  holder: object | null = null;
  /** Gives back the frames in a table whose owner was collected. */
  readonly givenBack = new FinalizationRegistry<Int32Array | (Int32Array | null)[]>((table) => { this.releaseAll(table); });
  #translated: number[] = [];
  #references = new Int32Array(FIRST_FRAMES);
  #free: number[] = [];
  #next = 1;

  constructor() {
    const buffer = new ArrayBuffer(FIRST_FRAMES * PAGE_SIZE);
    this.bytes = new Uint8Array(buffer);
    this.halves = new Uint16Array(buffer);
    this.words = new Int32Array(buffer);
  }

  /** Frames in use. */
  get used(): number { return this.#next - 1 - this.#free.length; }

  /** A frame of zeros, held once. */
  allocate(): number {
    let frame = this.#free.pop();
    if (frame !== undefined) this.bytes.fill(0, frame * PAGE_SIZE, (frame + 1) * PAGE_SIZE);
    else {
      if (this.#next * PAGE_SIZE >= this.bytes.length) this.#grow();
      frame = this.#next++;
    }
    this.#references[frame] = 1;
    return frame;
  }

  /** A frame with what `frame` holds, held once. */
  copy(frame: number): number {
    const made = this.allocate();
    if (frame !== ZERO_FRAME) this.bytes.copyWithin(made * PAGE_SIZE, frame * PAGE_SIZE, (frame + 1) * PAGE_SIZE);
    return made;
  }

  /** One more page table holds it. No entry of `writes` may then lead to it: call `forgetWrites`. */
  hold(frame: number): void {
    if (frame !== ZERO_FRAME) this.#references[frame] = this.holders(frame) + 1;
  }

  release(frame: number): void {
    if (frame === ZERO_FRAME) return;
    const left = this.holders(frame) - 1;
    this.#references[frame] = left;
    if (left === 0) this.#free.push(frame);
  }

  /** Gives back all frames of a page table (or of a list of such), and empties it. */
  releaseAll(table: Int32Array | (Int32Array | null)[]): void {
    if (table instanceof Int32Array) {
      for (const frame of table) this.release(frame);
      table.fill(ZERO_FRAME);
    } else for (const part of table) if (part) this.releaseAll(part);
  }

  holders(frame: number): number { return this.#references[frame] ?? 0; }

  /** From now on the tables translate for `space`. */
  lend(space: object | null): void {
    if (this.holder === space) return;
    this.forget();
    this.holder = space;
  }

  /** `page` is at `frame` now, for reads and (`write`) writes, too. */
  remember(page: number, frame: number, write: boolean): void {
    const entry = (frame - page) * PAGE_SIZE | 1;
    if (this.reads[page] === 0 && this.writes[page] === 0) this.#translated.push(page);
    this.reads[page] = entry;
    if (write) this.writes[page] = entry;
  }

  /** All translations are void: the holder's pages changed. */
  forget(): void {
    for (const page of this.#translated) this.reads[page] = this.writes[page] = 0;
    this.#translated.length = 0;
  }

  forgetWrites(): void {
    for (const page of this.#translated) this.writes[page] = 0;
  }

  #grow(): void {
    const frames = this.bytes.length / PAGE_SIZE;
    if (frames >= MOST_FRAMES) throw new OutOfMemory();
    let buffer: ArrayBuffer;
    try {
      buffer = new ArrayBuffer(this.bytes.length * 2);
    } catch {
      throw new OutOfMemory();
    }
    const bytes = new Uint8Array(buffer);
    bytes.set(this.bytes);
    this.bytes = bytes;
    this.halves = new Uint16Array(buffer);
    this.words = new Int32Array(buffer);
    const references = new Int32Array(frames * 2);
    references.set(this.#references);
    this.#references = references;
  }
}
