import { decode, encode } from './text.ts';

/** Attributes of a netlink message: what they hold, by type. Of several of one type the last counts. */
export type nlattrs = ReadonlyMap<number, Uint8Array>;

const NLA_TYPE_MASK = 0x3fff;
const NLA_F_NESTED = 0x8000;
const HDR = 4;

const align = (n: number): number => (n + 3) & ~3;

/** Attributes one behind the other, from `at` on. What does not fit into the bytes ends them. */
export function nla_parse(bytes: Uint8Array, at = 0): nlattrs {
  const found = new Map<number, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let pos = at; pos + HDR <= bytes.length;) {
    const length = view.getUint16(pos, true);
    if (length < HDR || pos + length > bytes.length) break;
    found.set(view.getUint16(pos + 2, true) & NLA_TYPE_MASK, bytes.subarray(pos + HDR, pos + length));
    pos += align(length);
  }
  return found;
}

/** A number of 32 bits; null when it is not there, or too short. */
export function nla_u32(of: Uint8Array | undefined): number | null {
  return of && of.length >= 4 ? new DataView(of.buffer, of.byteOffset, 4).getUint32(0, true) : null;
}

/** A text up to its zero. */
export function nla_text(of: Uint8Array | undefined): string | null {
  if (!of) return null;
  const end = of.indexOf(0);
  return decode(end < 0 ? of : of.subarray(0, end));
}

/** Builds a netlink message, or the contents of a nested attribute. */
export class MessageWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  #room(n: number): number {
    const at = this.#length;
    while (at + n > this.#bytes.length) {
      const more = new Uint8Array(this.#bytes.length * 2);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    this.#length += n;
    return at;
  }

  raw(bytes: Uint8Array): this {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  attribute(type: number, bytes: Uint8Array): this {
    const at = this.#room(align(HDR + bytes.length));
    const view = new DataView(this.#bytes.buffer);
    view.setUint16(at, HDR + bytes.length, true);
    view.setUint16(at + 2, type, true);
    this.#bytes.set(bytes, at + HDR);
    return this;
  }

  u8(type: number, value: number): this { return this.attribute(type, Uint8Array.of(value)); }
  u32(type: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value >>> 0, true);
    return this.attribute(type, bytes);
  }
  /** With its zero. */
  text(type: number, value: string): this { return this.attribute(type, encode(`${value}\0`)); }
  nested(type: number, fill: (inner: MessageWriter) => void, marked = false): this {
    const inner = new MessageWriter();
    fill(inner);
    return this.attribute(marked ? type | NLA_F_NESTED : type, inner.done());
  }

  done(): Uint8Array { return this.#bytes.slice(0, this.#length); }
}
