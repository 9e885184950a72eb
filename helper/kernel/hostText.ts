import { isUtf8 } from 'node:buffer';

/** Bytes from the host as text: UTF-8, and every byte that is no part of it as `\xHH`, so that nothing is lost or replaced. */
export function hostText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i] ?? 0;
    const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    const sequence = bytes.subarray(i, i + length);
    if (sequence.length === length && isUtf8(sequence)) {
      text += sequence.toString('utf8');
      i += length;
    } else {
      text += `\\x${lead.toString(16).padStart(2, '0')}`;
      i += 1;
    }
  }
  return text;
}

const BEYOND_ASCII = /[\x80-\xff]/;

/** As `hostText`, of bytes given one per character (latin1), as /proc files are read. */
export function latin1Text(latin1: string): string {
  // nearly everything is ASCII, whose bytes are its text
  return BEYOND_ASCII.test(latin1) ? hostText(Buffer.from(latin1, 'latin1')) : latin1;
}
