import type { NativeMemory } from '../../machine/native.ts';

export const PAGE = 4096;

/** Length of the string at `address`, at most `most`. */
export function length_at(memory: NativeMemory, address: number, most: number): number {
  let length = 0;
  while (length < most) {
    const page = memory.view(address + length, Math.min(PAGE, most - length), false);
    const end = page.indexOf(0);
    if (end >= 0) return length + end;
    length += page.length;
  }
  return most;
}

/** Offset of the first byte `c` within `length` bytes; −1: none. */
export function index_of(memory: NativeMemory, address: number, c: number, length: number): number {
  for (let done = 0; done < length;) {
    const page = memory.view(address + done, Math.min(PAGE, length - done), false);
    const at = page.indexOf(c);
    if (at >= 0) return done + at;
    done += page.length;
  }
  return -1;
}

/** Copies upwards, page by page; the ranges do not overlap, or `to` is below `from`. */
export function copy_up(memory: NativeMemory, to: number, from: number, length: number): void {
  for (let done = 0; done < length;) {
    const source = memory.view(from + done, Math.min(PAGE, length - done), false);
    const target = memory.view(to + done, source.length, true);
    // getting the target may have moved the source's page
    target.set(memory.view(from + done, target.length, false));
    done += target.length;
  }
}

/** Copies so that overlapping ranges come out right. */
export function copy(memory: NativeMemory, to: number, from: number, length: number): void {
  if (to <= from || to >= from + length) copy_up(memory, to, from, length);
  else memory.write(to, memory.read(from, length));
}

/**
 * Difference of the first bytes that differ, as unsigned ones, of at most `length`. `fold` maps bytes before (or null); with `text` a zero byte ends it.
 */
export function compare(memory: NativeMemory, a: number, b: number, length: number, text: boolean, fold: Uint8Array | null): number {
  for (let done = 0; done < length;) {
    const first = memory.view(a + done, Math.min(PAGE, length - done), false);
    const second = memory.view(b + done, first.length, false);
    for (let i = 0; i < second.length; i++) {
      let x = first[i] ?? 0;
      let y = second[i] ?? 0;
      if (fold) {
        x = fold[x] ?? 0;
        y = fold[y] ?? 0;
      }
      if (x !== y) return x - y;
      if (text && x === 0) return 0;
    }
    done += second.length;
  }
  return 0;
}

/** Bytes of the string at `address`, without its end. */
export function text_at(memory: NativeMemory, address: number): Uint8Array {
  return memory.read(address, length_at(memory, address, Infinity));
}
