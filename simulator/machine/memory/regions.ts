import type { Region } from '../memory.ts';
import type { SharedFrames } from './shared.ts';

/** A region, and where its pages come from when they are first touched. */
export interface Mapping extends Region {
  readonly object: SharedFrames | null;
  /** Of a private one: its first bytes, from `bytesFrom` on; what follows is zero. */
  readonly bytes: Uint8Array | null;
  readonly bytesFrom: number;
  readonly ends: boolean;
}

/** Index of the first mapping that ends above `address`. */
export function above(mappings: readonly Mapping[], address: number): number {
  let low = 0;
  let high = mappings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const mapping = mappings[middle];
    if (mapping && mapping.to <= address) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The part of a mapping that lies within from … to. */
export function part(mapping: Mapping, from: number, to: number): Mapping {
  const skipped = Math.max(from - mapping.from, 0);
  if (skipped === 0 && to >= mapping.to) return mapping;
  const { growsDownTo, ...rest } = mapping;
  return {
    ...rest, ...skipped === 0 && growsDownTo !== undefined ? { growsDownTo } : {},
    from: mapping.from + skipped, to: Math.min(mapping.to, to),
    offset: mapping.object ? mapping.offset + skipped : mapping.offset, bytesFrom: mapping.bytesFrom + skipped,
  };
}

/** The list without what lies within from … to. */
export function without(mappings: readonly Mapping[], from: number, to: number): Mapping[] {
  return mappings.flatMap((mapping) => {
    if (mapping.to <= from || mapping.from >= to) return [mapping];
    const left: Mapping[] = [];
    if (mapping.from < from) left.push(part(mapping, mapping.from, from));
    if (mapping.to > to) left.push(part(mapping, to, mapping.to));
    return left;
  });
}

export function inserted(mappings: readonly Mapping[], mapping: Mapping): Mapping[] {
  const list = mappings.slice();
  list.splice(above(list, mapping.from), 0, mapping);
  return list;
}
