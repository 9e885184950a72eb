import { decode, encode } from '../kernel/text.ts';

/**
 * Plain data as bytes and back: null, undefined, booleans, numbers, strings, bigints, arrays, Maps, Int32Array, Uint8Array, and objects without methods, with all references to the
 * same object kept, cycles too. Lengths and references are numbers of 7 bits a byte, low ones first. What is read is what was written, nothing is checked: only for files of our own.
 */
const TAG = { null: 0, undefined: 1, false: 2, true: 3, int: 4, negative: 5, double: 6, text: 7, big: 8, array: 9, map: 10, words: 11, bytes: 12, object: 13, again: 14 } as const;

class Sink {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const more = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    more.set(this.#bytes);
    this.#bytes = more;
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  number(value: number): void {
    let left = value;
    for (; left >= 128; left = Math.floor(left / 128)) this.byte(left % 128 + 128);
    this.byte(left);
  }

  bytes(value: Uint8Array): void {
    this.number(value.length);
    this.#room(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  done(): Uint8Array { return this.#bytes.slice(0, this.#length); }
}

/** Texts and the shapes of objects (their field names) come first, so that each is there once. */
class Tables {
  readonly texts = new Map<string, number>();
  readonly shapes = new Map<string, number>();

  static #number(of: Map<string, number>, key: string): number {
    const known = of.get(key);
    if (known !== undefined) return known;
    of.set(key, of.size);
    return of.size - 1;
  }

  text(value: string): number { return Tables.#number(this.texts, value); }
  shape(fields: readonly string[]): number { return Tables.#number(this.shapes, fields.map((field) => this.text(field)).join()); }
}

function writeValue(to: Sink, tables: Tables, seen: Map<object, number>, value: unknown): void {
  switch (typeof value) {
    case 'undefined': to.byte(TAG.undefined); return;
    case 'boolean': to.byte(value ? TAG.true : TAG.false); return;
    case 'number':
      if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
        to.byte(value < 0 ? TAG.negative : TAG.int);
        to.number(Math.abs(value));
      } else {
        to.byte(TAG.double);
        to.bytes(new Uint8Array(Float64Array.of(value).buffer));
      }
      return;
    case 'string': to.byte(TAG.text); to.number(tables.text(value)); return;
    case 'bigint': to.byte(TAG.big); to.number(tables.text(String(value))); return;
    case 'object': writeObject(to, tables, seen, value); return;
    default: throw new Error(`${typeof value} is no plain data`);
  }
}

function writeObject(to: Sink, tables: Tables, seen: Map<object, number>, value: object | null): void {
  if (value === null) {
    to.byte(TAG.null);
    return;
  }
  const before = seen.get(value);
  if (before !== undefined) {
    to.byte(TAG.again);
    to.number(before);
    return;
  }
  seen.set(value, seen.size);
  const each = (one: unknown): void => { writeValue(to, tables, seen, one); };
  if (Array.isArray(value)) {
    to.byte(TAG.array);
    to.number(value.length);
    value.forEach(each);
  } else if (value instanceof Map) {
    to.byte(TAG.map);
    to.number(value.size);
    for (const [key, one] of value) {
      each(key);
      each(one);
    }
  } else if (value instanceof Int32Array) {
    to.byte(TAG.words);
    to.bytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  } else if (value instanceof Uint8Array) {
    to.byte(TAG.bytes);
    to.bytes(value);
  } else {
    const fields = Object.keys(value);
    to.byte(TAG.object);
    to.number(tables.shape(fields));
    for (const field of fields) each((value as Record<string, unknown>)[field]);
  }
}

export function toBytes(value: unknown): Uint8Array {
  const body = new Sink();
  const tables = new Tables();
  writeValue(body, tables, new Map(), value);
  const all = new Sink();
  all.number(tables.texts.size);
  for (const text of tables.texts.keys()) all.bytes(encode(text));
  all.number(tables.shapes.size);
  for (const shape of tables.shapes.keys()) {
    const fields = shape === '' ? [] : shape.split(',');
    all.number(fields.length);
    for (const field of fields) all.number(Number(field));
  }
  const bytes = body.done();
  const made = all.done();
  const whole = new Uint8Array(made.length + bytes.length);
  whole.set(made);
  whole.set(bytes, made.length);
  return whole;
}

class Source {
  readonly #bytes: Uint8Array;
  #at = 0;
  readonly #texts: string[] = [];
  readonly #shapes: (readonly string[])[] = [];
  readonly #seen: unknown[] = [];

  constructor(bytes: Uint8Array) {
    // a Buffer's slice is no copy
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let n = this.#number(); n > 0; n--) this.#texts.push(decode(this.#take(this.#number())));
    for (let n = this.#number(); n > 0; n--) this.#shapes.push(Array.from({ length: this.#number() }, () => this.#text()));
  }

  #number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  #take(length: number): Uint8Array {
    const from = this.#at;
    this.#at += length;
    return this.#bytes.subarray(from, this.#at);
  }

  #text(): string { return this.#texts[this.#number()] ?? ''; }

  #kept<T>(value: T): T {
    this.#seen.push(value);
    return value;
  }

  value(): unknown {
    const tag = this.#bytes[this.#at++];
    switch (tag) {
      case TAG.null: return null;
      case TAG.undefined: return undefined;
      case TAG.false: return false;
      case TAG.true: return true;
      case TAG.int: return this.#number();
      case TAG.negative: return -this.#number();
      case TAG.double: return new Float64Array(this.#take(this.#number()).slice().buffer)[0];
      case TAG.text: return this.#text();
      case TAG.big: return BigInt(this.#text());
      case TAG.array: {
        const made: unknown[] = this.#kept([]);
        for (let n = this.#number(); n > 0; n--) made.push(this.value());
        return made;
      }
      case TAG.map: {
        const made = this.#kept(new Map<unknown, unknown>());
        for (let n = this.#number(); n > 0; n--) made.set(this.value(), this.value());
        return made;
      }
      case TAG.words: return this.#kept(new Int32Array(this.#take(this.#number()).slice().buffer));
      case TAG.bytes: return this.#kept(this.#take(this.#number()).slice());
      case TAG.object: {
        const made: Record<string, unknown> = this.#kept({});
        for (const field of this.#shapes[this.#number()] ?? []) made[field] = this.value();
        return made;
      }
      case TAG.again: return this.#seen[this.#number()];
      default: throw new Error(`not plain data: ${tag}`);
    }
  }
}

export function fromBytes(bytes: Uint8Array): unknown {
  return new Source(bytes).value();
}
