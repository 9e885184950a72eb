import type { ObjectFile } from '../c/link/index.ts';
import { VOID } from '../c/check/basic_types.ts';
import { fromBytes, toBytes } from './plain_bytes.ts';
import { PackedIndex, indexBytes } from './packed_index.ts';
import type { Entry, ReadPart } from './packed_index.ts';

/** All files of the system in one: an index, then headers as they are, and the libc and the commands compiled (`objects/libc/stdio/puts.c`). */
export function pack(files: ReadonlyMap<string, Uint8Array>, symbols: ReadonlyMap<string, string>, shared: ReadonlyMap<string, string>): Uint8Array {
  const entries = new Map<string, Entry>();
  const entry = (name: string): Entry => {
    const made = entries.get(name) ?? {};
    entries.set(name, made);
    return made;
  };
  let size = 0;
  for (const [name, bytes] of files) {
    entry(name).file = [size, bytes.length];
    size += bytes.length;
  }
  for (const [name, unit] of symbols) entry(name).symbols = unit;
  for (const [name, unit] of shared) entry(name).shared = unit;
  const index = indexBytes(entries);
  const all = new Uint8Array(index.length + size);
  all.set(index);
  let at = index.length;
  for (const bytes of files.values()) {
    all.set(bytes, at);
    at += bytes.length;
  }
  return all;
}

export function partsOf(bytes: Uint8Array): ReadPart { return (from, length) => bytes.subarray(from, from + length); }

/** A packed system: a program needs little of it, so that its files are read when they are asked for. */
export class Packed {
  readonly #part: ReadPart;
  readonly #index: PackedIndex;
  readonly #start: number;

  constructor(part: ReadPart) {
    this.#part = part;
    this.#index = new PackedIndex(part);
    this.#start = this.#index.size;
  }

  read(name: string): Uint8Array | null {
    const place = this.#index.find(name)?.file;
    return place ? this.#part(this.#start + place[0], place[1]) : null;
  }

  list(directory: string): readonly string[] {
    return [...this.#index.entries()].filter(([name, { file }]) => file && name.startsWith(`${directory}/`)).sort(([, one], [, other]) => (one.file?.[0] ?? 0) - (other.file?.[0] ?? 0)).map(([name]) => name);
  }

  /** The unit that defines a name: of the libc, or of what commands share. */
  unit(symbol: string, of: 'symbols' | 'shared'): string | null {
    return this.#index.find(symbol)?.[of] ?? null;
  }
}

/** An object of the system without what nobody looks at there: lines, locals, types. */
export function stripped(object: ObjectFile): ObjectFile {
  const nowhere = { file: object.name, line: 0, column: 0 };
  return {
    ...object, places: [], lines: new Int32Array(0), variables: object.variables.filter(({ name }) => name === '__errno'),
    symbols: object.symbols.map((symbol) => ({ ...symbol, place: null })),
    functions: object.functions.map((fn) => ({ ...fn, type: VOID, place: nowhere, params: [], locals: [] })),
  };
}

export function objectBytes(object: ObjectFile): Uint8Array {
  return toBytes(stripped(object));
}

export function objectOf(bytes: Uint8Array): ObjectFile {
  return fromBytes(bytes) as ObjectFile;
}
