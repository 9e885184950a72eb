/**
 * Source text is bytes. The front end keeps it as strings with one character a byte (ISO 8859-1 in name only), so that whatever stands in a program passes
 * through unchanged; only what a person reads (names, messages, source lines) is decoded.
 */

/** One character for each byte. */
export function byteString(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += 4096) text += String.fromCharCode(...bytes.subarray(from, from + 4096));
  return text;
}

/** The inverse of `byteString`. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** A code point at `index` of a byte string and how many bytes it takes; null when the bytes are no well-formed UTF-8. */
export function codePointAt(text: string, index: number): { readonly point: number; readonly length: number } | null {
  const first = text.charCodeAt(index);
  if (first < 0x80) return { point: first, length: 1 };
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 && first < 0xe0 ? 2 : 0;
  if (length === 0 || index + length > text.length) return null;
  let point = first & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const next = text.charCodeAt(index + i);
    if ((next & 0xc0) !== 0x80) return null;
    point = point << 6 | next & 0x3f;
  }
  const overlong = length === 3 && point < 0x800 || length === 4 && point < 0x10000;
  return overlong || point > 0x10ffff || point >= 0xd800 && point <= 0xdfff ? null : { point, length };
}

/** A byte string for reading: UTF-8 decoded, other bytes as U+FFFD. */
export function readable(text: string): string {
  let ascii = true;
  for (let i = 0; i < text.length && ascii; i++) ascii = text.charCodeAt(i) < 0x80;
  if (ascii) return text;
  let out = '';
  for (let i = 0; i < text.length;) {
    const found = codePointAt(text, i);
    out += found ? String.fromCodePoint(found.point) : '\ufffd';
    i += found ? found.length : 1;
  }
  return out;
}

/** A code point in UTF-8, as a byte string. */
export function utf8(point: number): string {
  if (point < 0x80) return String.fromCharCode(point);
  const tail = (shift: number): number => 0x80 | point >> shift & 0x3f;
  if (point < 0x800) return String.fromCharCode(0xc0 | point >> 6, tail(0));
  if (point < 0x10000) return String.fromCharCode(0xe0 | point >> 12, tail(6), tail(0));
  return String.fromCharCode(0xf0 | point >> 18 & 7, tail(12), tail(6), tail(0));
}

/** Text in UTF-8, as a byte string. */
export function encoded(text: string): string { return Array.from(text, (character) => utf8(character.codePointAt(0) ?? 0)).join(''); }
