import { err } from './errno.ts';
import { register_file_ops } from './file_ops.ts';
import type { Kernel } from './kernel.ts';

/** Longest answer of devices that never end: programs read in a loop. */
const CHUNK = 65536;

function zeros(count: number): Uint8Array {
  return new Uint8Array(Math.min(count, CHUNK));
}

/** Bytes that look random and are the same in each run. */
function random(k: Kernel, count: number): Uint8Array {
  let state = k.counters.get('random') ?? 0x2545f491;
  const out = new Uint8Array(Math.min(count, CHUNK));
  for (let i = 0; i < out.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    out[i] = state & 0xff;
  }
  k.trace.insert(k.counters, 'random', state);
  return out;
}

/** What getrandom(2) and /dev/urandom give. */
export const get_random_bytes = random;

// Named by major and minor number, as open.ts asks for them.
register_file_ops('chr:1:3', { read: () => new Uint8Array(0), write: (_, __, data) => data.length });
register_file_ops('chr:1:5', { read: (_, __, count) => zeros(count), write: (_, __, data) => data.length });
register_file_ops('chr:1:7', { read: (_, __, count) => zeros(count), write: (_, __, data) => data.length > 0 ? err('ENOSPC') : 0 });
register_file_ops('chr:1:8', { read: (k, _, count) => random(k, count), write: (_, __, data) => data.length });
register_file_ops('chr:1:9', { read: (k, _, count) => random(k, count), write: (_, __, data) => data.length });
// Block devices have nothing behind them.
register_file_ops('blk', { open: () => err('ENXIO') });
