import type { Errno, IdRange } from '../protocol.ts';

/** `/proc/PID/uid_map` or `gid_map`: lines of `inside outside count`. The kernel allows at most 340 lines. `EFORMAT` on other text. */
export function parseIdMap(text: string): readonly IdRange[] | Errno {
  const ranges: IdRange[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const match = /^\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*$/.exec(line);
    if (!match) return 'EFORMAT';
    ranges.push({ inside: Number(match[1]), outside: Number(match[2]), count: Number(match[3]) });
  }
  return ranges;
}

/** `/proc/PID/timens_offsets`: `monotonic 0 0` and `boottime 0 0`, seconds and nanoseconds; seconds may be negative. Nanoseconds, decimal. */
export function parseTimeOffsets(text: string): { readonly monotonic: string; readonly boottime: string } | Errno {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^(monotonic|boottime)\s+(-?\d{1,19})\s+(\d{1,9})\s*$/.exec(line);
    if (match) found.set(match[1] ?? '', (BigInt(match[2] ?? 0) * 1_000_000_000n + BigInt(match[3] ?? 0)).toString());
  }
  const monotonic = found.get('monotonic');
  const boottime = found.get('boottime');
  return monotonic === undefined || boottime === undefined ? 'EFORMAT' : { monotonic, boottime };
}
