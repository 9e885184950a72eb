import { decode, encode } from '../kernel/text.ts';

/** What is known of one name: where the file of that name stands (from where on, after the index, and how many bytes), and which unit defines the symbol: of the libc, and of what commands share. */
export interface Entry { file?: readonly [from: number, length: number]; symbols?: string; shared?: string }

/** Reads `length` bytes from `from` on, out of a packed system. */
export type ReadPart = (from: number, length: number) => Uint8Array;

/** The names of a bucket, as JSON, which engines read quickest. */
type Bucket = Readonly<Record<string, Entry>>;

const WORD = 4;
/** Names in a bucket, about. */
const FILL = 4;

/** In which of so many buckets a name is (FNV-1a). */
function bucketOf(name: string, count: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % count;
}

/**
 * The index as bytes: the number of buckets; where each begins and the last one ends, counted from the end of these numbers (all of 4 bytes, low ones first); the buckets. A program asks for a
 * few dozen of thousands of names, so that only the buckets in which those are need be read.
 */
export function indexBytes(entries: ReadonlyMap<string, Entry>): Uint8Array {
  const count = Math.max(1, Math.ceil(entries.size / FILL));
  const buckets = Array.from({ length: count }, (): [string, Entry][] => []);
  for (const [name, entry] of entries) buckets[bucketOf(name, count)]?.push([name, entry]);
  const texts = buckets.map((bucket) => encode(JSON.stringify(Object.fromEntries(bucket))));
  const head = WORD * (count + 2);
  const all = new Uint8Array(texts.reduce((size, text) => size + text.length, head));
  const words = new DataView(all.buffer);
  words.setUint32(0, count, true);
  let at = 0;
  for (const [n, text] of texts.entries()) {
    words.setUint32(WORD * (n + 1), at, true);
    all.set(text, head + at);
    at += text.length;
  }
  words.setUint32(WORD * (count + 1), at, true);
  return all;
}

/** The index at the beginning of a packed system, read as far as it is asked. */
export class PackedIndex {
  readonly #part: ReadPart;
  readonly #count: number;
  readonly #words: DataView;
  readonly #buckets = new Map<number, Bucket>();

  constructor(part: ReadPart) {
    this.#part = part;
    const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#count = view(part(0, WORD)).getUint32(0, true);
    this.#words = view(part(WORD, WORD * (this.#count + 1)));
  }

  /** Bytes of the whole index. */
  get size(): number { return this.#head + this.#begin(this.#count); }
  get #head(): number { return WORD * (this.#count + 2); }

  #begin(bucket: number): number { return this.#words.getUint32(WORD * bucket, true); }

  #bucket(n: number): Bucket {
    const known = this.#buckets.get(n);
    if (known) return known;
    const from = this.#begin(n);
    const made = JSON.parse(decode(this.#part(this.#head + from, this.#begin(n + 1) - from))) as Bucket;
    this.#buckets.set(n, made);
    return made;
  }

  find(name: string): Entry | null {
    const bucket = this.#bucket(bucketOf(name, this.#count));
    return Object.hasOwn(bucket, name) ? bucket[name] ?? null : null;
  }

  /** All names, of files and of symbols. */
  *entries(): Iterable<[string, Entry]> {
    for (let n = 0; n < this.#count; n++) yield* Object.entries(this.#bucket(n));
  }
}
