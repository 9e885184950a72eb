/** Eight groups in hexadecimal, the longest run of at least two zero groups as `::`. */
export function in6_text(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, n) => ((bytes[n * 2] ?? 0) << 8 | (bytes[n * 2 + 1] ?? 0)).toString(16));
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (groups[at + length] === '0') length++;
    if (length > best.length) best = { at, length };
  }
  return best.at < 0 ? groups.join(':') : `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`;
}

/** The sixteen bytes of such a text. */
export function in6_bytes(text: string): Uint8Array {
  const [head = '', tail] = text.split('::');
  const part = (of: string): string[] => (of === '' ? [] : of.split(':'));
  const left = part(head);
  const right = part(tail ?? '');
  const groups = tail === undefined ? left : [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
  return Uint8Array.from(groups.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff]));
}
