/**
 * Names and texts of the modelled kernel are strings; programs have bytes. Bytes that are not UTF-8 become lone surrogates
 * U+DC80 … U+DCFF, so that every byte string comes back as it was.
 */
export function encode(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 3);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    let c = text.charCodeAt(i);
    if (c < 0x80) { out[n++] = c; continue; }
    if (c >= 0xdc80 && c <= 0xdcff) { out[n++] = c - 0xdc00; continue; }
    if (c >= 0xd800 && c < 0xdc00 && i + 1 < text.length) {
      const low = text.charCodeAt(i + 1);
      if (low >= 0xdc00 && low < 0xe000) {
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        i++;
        out[n++] = 0xf0 | (c >> 18);
        out[n++] = 0x80 | ((c >> 12) & 0x3f);
        out[n++] = 0x80 | ((c >> 6) & 0x3f);
        out[n++] = 0x80 | (c & 0x3f);
        continue;
      }
    }
    if (c < 0x800) {
      out[n++] = 0xc0 | (c >> 6);
    } else {
      out[n++] = 0xe0 | (c >> 12);
      out[n++] = 0x80 | ((c >> 6) & 0x3f);
    }
    out[n++] = 0x80 | (c & 0x3f);
  }
  return out.slice(0, n);
}

/** So many characters are made at once: as arguments they stand on the stack. */
const AT_ONCE = 4096;

/** The text of bytes `from` to before `to`, which are all below 0x80. */
function ascii(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += AT_ONCE) text += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + AT_ONCE)));
  return text;
}

/** The counterpart of `encode`. */
export function decode(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    let plain = i;
    while (plain < bytes.length && (bytes[plain] ?? 0) < 0x80) plain++;
    if (plain > i) {
      text += ascii(bytes, i, plain);
      i = plain;
      continue;
    }
    const first = bytes[i] ?? 0;
    const length = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    const code = length === 0 ? -1 : sequence(bytes, i, length);
    if (code < 0) {
      text += String.fromCharCode(0xdc00 + first);
      i++;
    } else {
      text += String.fromCodePoint(code);
      i += length;
    }
  }
  return text;
}

/** The code point of a sequence of `length` bytes; -1 when it is not well formed. */
function sequence(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] ?? 0;
  if (length === 1) return first;
  let code = first & (0x7f >> length);
  for (let n = 1; n < length; n++) {
    const next = bytes[at + n];
    if (next === undefined || (next & 0xc0) !== 0x80) return -1;
    code = (code << 6) | (next & 0x3f);
  }
  if (length === 3 && (code < 0x800 || (code >= 0xd800 && code < 0xe000))) return -1;
  return length === 4 && (code < 0x10000 || code > 0x10ffff) ? -1 : code;
}

/** How many bytes a text has. */
export function byte_length(text: string): number {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x80) return encode(text).length;
  return text.length;
}
