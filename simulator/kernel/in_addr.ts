/** `192.0.2.1` as a number of 32 bits; null when it is none. */
export function in_aton(text: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** The counterpart of in_aton. */
export function in_ntoa(address: number): string { return in_bytes_of(address).join('.'); }

/** Four bytes in network order, and the text of such. */
export function in_bytes(text: string): Uint8Array { return in_bytes_of(in_aton(text) ?? 0); }
export function in_text(bytes: Uint8Array): string { return bytes.subarray(0, 4).join('.'); }

function in_bytes_of(address: number): Uint8Array { return Uint8Array.of(address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255); }

/** 24: 255.255.255.0, as a number. */
export function inet_make_mask(prefix: number): number { return prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0; }

/** The first address of the network in which an address is, and the last. */
export function inet_network(address: string, prefix: number): string { return in_ntoa(((in_aton(address) ?? 0) & inet_make_mask(prefix)) >>> 0); }
export function inet_broadcast(address: string, prefix: number): string { return in_ntoa(((in_aton(address) ?? 0) | ~inet_make_mask(prefix)) >>> 0); }
