import type { RelocationKind, Relocations } from '../link/object.ts';
import { RELOCATIONS } from '../link/object.ts';

/** Relocations as they are found. */
export class RelocationList {
  readonly #numbers: number[] = [];
  add(at: number, symbol: number, addend: number, kind: RelocationKind): void { this.#numbers.push(at, symbol, addend, RELOCATIONS.indexOf(kind)); }
  take(): Relocations { return Int32Array.from(this.#numbers); }
}

/** Bytes of a section under construction. */
export class Section {
  #bytes = new Uint8Array(256);
  #length = 0;
  readonly relocations = new RelocationList();

  get length(): number { return this.#length; }

  /** Room for `size` bytes of zeros, aligned: their offset. */
  reserve(size: number, align: number): number {
    const offset = Math.ceil(this.#length / align) * align;
    this.#length = offset + size;
    if (this.#length > this.#bytes.length) {
      const bytes = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      bytes.set(this.#bytes);
      this.#bytes = bytes;
    }
    return offset;
  }

  append(bytes: Uint8Array, align: number): number {
    const offset = this.reserve(bytes.length, align);
    this.#bytes.set(bytes, offset);
    return offset;
  }

  set(offset: number, bytes: Uint8Array): void { this.#bytes.set(bytes, offset); }

  /** Stores an integer of `size` bytes; of a bit-field its bits, leaving the others. */
  store(offset: number, size: number, value: bigint, bits?: { readonly shift: number; readonly width: number }): void {
    const mask = bits ? (1n << BigInt(bits.width)) - 1n : (1n << BigInt(size * 8)) - 1n;
    const shift = BigInt(bits?.shift ?? 0);
    for (let byte = 0; byte < 16; byte++) {
      const part = BigInt(byte * 8);
      const its = Number((mask << shift) >> part & 0xffn);
      if (its === 0) continue;
      this.#bytes[offset + byte] = (this.#bytes[offset + byte] ?? 0) & ~its | Number(((value & mask) << shift) >> part & 0xffn);
    }
  }

  take(): Uint8Array { return this.#bytes.slice(0, this.#length); }
}
