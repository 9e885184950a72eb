import os from 'node:os';

const LITTLE = os.endianness() === 'LE';

/** Four bytes in network order as `192.0.2.1`. */
export function ipv4Text(bytes: Uint8Array): string {
  return bytes.join('.');
}

/** Sixteen bytes in network order in the form of RFC 5952: lower case, the longest run of zero groups as `::`, mapped IPv4 dotted. */
export function ipv6Text(bytes: Uint8Array): string {
  const groups: number[] = [];
  for (let i = 0; i < 16; i += 2) groups.push(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) return `::ffff:${ipv4Text(bytes.subarray(12))}`;
  let from = -1;
  let length = 1; // a single zero group is never shortened
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > length) [from, length] = [i, end - i];
    if (end > i) i = end;
  }
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  return from === -1 ? hex(groups) : `${hex(groups.slice(0, from))}::${hex(groups.slice(from + length))}`;
}

/**
 * An address as `/proc/net/tcp`, `tcp6`, `udp` and `route` print it: each 32-bit word as a number of this machine, so that on
 * little-endian machines the bytes of a word stand in reverse. Undefined for other text.
 */
export function wordsToBytes(hex: string, little = LITTLE): Uint8Array | undefined {
  const bytes = plainToBytes(hex);
  if (!bytes || bytes.length % 4 !== 0) return undefined;
  if (little) for (let i = 0; i < bytes.length; i += 4) bytes.subarray(i, i + 4).reverse();
  return bytes;
}

/** An address as `/proc/net/if_inet6` and `ipv6_route` print it: the bytes in network order. */
export function plainToBytes(hex: string): Uint8Array | undefined {
  return /^(?:[0-9a-f]{8}|[0-9a-f]{32})$/i.test(hex) ? new Uint8Array(Buffer.from(hex, 'hex')) : undefined;
}

/** 4 bytes or 16 bytes as text. */
export function addressText(bytes: Uint8Array): string {
  return bytes.length === 4 ? ipv4Text(bytes) : ipv6Text(bytes);
}

/** Length of the prefix of a mask; undefined when it is not one run of ones. */
export function prefixLength(mask: Uint8Array): number | undefined {
  const bits = [...mask].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const length = bits.indexOf('0') === -1 ? bits.length : bits.indexOf('0');
  return bits.includes('1', length) ? undefined : length;
}

/** The number of an IPv4 address given as text, for comparing under a mask; undefined for other text. */
export function ipv4Number(text: string): number | undefined {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((number, part) => number * 256 + part, 0);
}
