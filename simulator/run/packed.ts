import type { ObjectFile } from '../c/link/index.ts';
import { VOID } from '../c/check/basic_types.ts';
import { decode, encode } from '../kernel/text.ts';
import { fromBytes, toBytes } from './plain_bytes.ts';

/**
 * All files of the system in one: headers as they are, and the libc and the commands compiled (`objects/libc/stdio/puts.c`). At the beginning the length of the
 * index, as 4 bytes; then the index, as JSON, which engines read quickest; then the files.
 */
interface Index {
  /** From where on, after the index, and how many bytes. */
  readonly files: { readonly [name: string]: readonly [from: number, length: number] };
  /** Which unit of the libc, and of what commands share, defines a name. */
  readonly symbols: { readonly [name: string]: string };
  readonly shared: { readonly [name: string]: string };
}

const LENGTH = 4;

export function pack(files: ReadonlyMap<string, Uint8Array>, symbols: ReadonlyMap<string, string>, shared: ReadonlyMap<string, string>): Uint8Array {
  const places: Record<string, readonly [number, number]> = {};
  let size = 0;
  for (const [name, bytes] of files) {
    places[name] = [size, bytes.length];
    size += bytes.length;
  }
  const index: Index = { files: places, symbols: Object.fromEntries(symbols), shared: Object.fromEntries(shared) };
  const head = encode(JSON.stringify(index));
  const all = new Uint8Array(LENGTH + head.length + size);
  new DataView(all.buffer).setUint32(0, head.length, true);
  all.set(head, LENGTH);
  let at = LENGTH + head.length;
  for (const bytes of files.values()) {
    all.set(bytes, at);
    at += bytes.length;
  }
  return all;
}

/** Reads `length` bytes from `from` on, out of a packed system. */
export type ReadPart = (from: number, length: number) => Uint8Array;

export function partsOf(bytes: Uint8Array): ReadPart { return (from, length) => bytes.subarray(from, from + length); }

/** A packed system: a program needs little of it, so that its files are read when they are asked for. */
export class Packed {
  readonly #part: ReadPart;
  readonly #index: Index;
  readonly #start: number;

  constructor(part: ReadPart) {
    this.#part = part;
    const head = part(0, LENGTH);
    const length = new DataView(head.buffer, head.byteOffset).getUint32(0, true);
    this.#start = LENGTH + length;
    this.#index = JSON.parse(decode(part(LENGTH, length))) as Index;
  }

  read(name: string): Uint8Array | null {
    const { files } = this.#index;
    const place = Object.hasOwn(files, name) ? files[name] : undefined;
    return place ? this.#part(this.#start + place[0], place[1]) : null;
  }

  list(directory: string): readonly string[] {
    return Object.keys(this.#index.files).filter((name) => name.startsWith(`${directory}/`));
  }

  /** The unit that defines a name: of the libc, or of what commands share. */
  unit(symbol: string, of: 'symbols' | 'shared'): string | null {
    const names = this.#index[of];
    return Object.hasOwn(names, symbol) ? names[symbol] ?? null : null;
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
