import { PAGE_SIZE } from '../memory.ts';
import type { SharedMemory } from '../memory.ts';
import type { PhysicalMemory } from './physical.ts';
import { ZERO_FRAME } from './physical.ts';

/** Frames that several address spaces map. A frame may be shared with copies (`fork`) until it is written to. */
export class SharedFrames implements SharedMemory {
  length: number;
  readonly memory: PhysicalMemory;
  #frames: Int32Array;
  #end = Infinity;

  constructor(memory: PhysicalMemory, length: number) {
    this.memory = memory;
    this.#frames = new Int32Array(Math.ceil(length / PAGE_SIZE));
    this.length = this.#frames.length * PAGE_SIZE;
    memory.givenBack.register(this, this.#frames, this);
  }

  get resident(): number { return this.#frames.reduce((count, frame) => count + (frame === ZERO_FRAME ? 0 : 1), 0); }

  /** Is that page there? */
  has(index: number): boolean { return index * PAGE_SIZE < this.#end; }

  grow(length: number): void {
    const larger = new Int32Array(Math.ceil(length / PAGE_SIZE));
    larger.set(this.#frames);
    this.#hold(larger);
  }

  #hold(frames: Int32Array): void {
    this.memory.givenBack.unregister(this);
    this.#frames = frames;
    this.length = frames.length * PAGE_SIZE;
    this.memory.givenBack.register(this, frames, this);
  }

  limit(end: number): void {
    this.#end = end;
    this.memory.forget();
  }

  frame(index: number): number { return this.#frames[index] ?? ZERO_FRAME; }

  /** The frame of that page, fit to be written to: no copy has it. */
  own(index: number): number {
    const frame = this.frame(index);
    if (frame !== ZERO_FRAME && this.memory.holders(frame) === 1) return frame;
    const made = this.memory.copy(frame);
    this.memory.release(frame);
    this.#frames[index] = made;
    // it may be mapped at several places of the space that runs
    this.memory.forget();
    return made;
  }

  read(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.#each(offset, length, (page, inside, done, count) => {
      const at = this.frame(page) * PAGE_SIZE + inside;
      bytes.set(this.memory.bytes.subarray(at, at + count), done);
    });
    return bytes;
  }

  write(offset: number, bytes: Uint8Array): void {
    this.#each(offset, bytes.length, (page, inside, done, count) => {
      const at = this.own(page) * PAGE_SIZE + inside;
      this.memory.bytes.set(bytes.subarray(done, done + count), at);
    });
  }

  #each(offset: number, length: number, piece: (page: number, inside: number, done: number, count: number) => void): void {
    for (let done = 0; done < length;) {
      const inside = (offset + done) % PAGE_SIZE;
      const count = Math.min(PAGE_SIZE - inside, length - done);
      piece(Math.floor((offset + done) / PAGE_SIZE), inside, done, count);
      done += count;
    }
  }

  fork(): SharedFrames {
    const made = new SharedFrames(this.memory, this.length);
    made.#take(this);
    return made;
  }

  restore(kept: SharedMemory): void {
    if (kept instanceof SharedFrames) this.#take(kept);
  }

  #take(other: SharedFrames): void {
    for (const frame of other.#frames) this.memory.hold(frame);
    for (const frame of this.#frames) this.memory.release(frame);
    if (this.#frames.length === other.#frames.length) this.#frames.set(other.#frames);
    else this.#hold(other.#frames.slice());
    this.#end = other.#end;
    this.memory.forget();
  }
}
