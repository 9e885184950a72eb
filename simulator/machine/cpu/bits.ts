import { high, low, setLow, setWords } from './handlers.ts';
import type { MachineThread } from './thread.ts';

/** What BITS does, by number. 64: of the whole register. */
export const BITS = ['popcount', 'clz', 'ctz', 'ffs', 'parity', 'clrsb', 'popcount64', 'clz64', 'ctz64', 'ffs64', 'parity64', 'clrsb64', 'bswap16', 'bswap32', 'bswap64'] as const;
export type BitsName = typeof BITS[number];

function popcount(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count++;
  return count;
}
const ctz = (value: number): number => value === 0 ? 32 : 31 - Math.clz32(value & -value);
const swap = (value: number): number => value << 24 | value << 8 & 0xff0000 | value >>> 8 & 0xff00 | value >>> 24;

const clz64 = (l: number, h: number): number => h === 0 ? 32 + Math.clz32(l) : Math.clz32(h);
const ctz64 = (l: number, h: number): number => l === 0 ? 32 + ctz(h) : ctz(l);

function result(name: Exclude<BitsName, 'bswap64'>, l: number, h: number): number {
  switch (name) {
    case 'popcount': return popcount(l);
    case 'clz': return Math.clz32(l);
    case 'ctz': return ctz(l);
    case 'ffs': return l === 0 ? 0 : ctz(l) + 1;
    case 'parity': return popcount(l) & 1;
    case 'clrsb': return Math.clz32(l ^ l >> 31) - 1;
    case 'popcount64': return popcount(l) + popcount(h);
    case 'clz64': return clz64(l, h);
    case 'ctz64': return ctz64(l, h);
    case 'ffs64': return (l | h) === 0 ? 0 : ctz64(l, h) + 1;
    case 'parity64': return popcount(l ^ h) & 1;
    case 'clrsb64': return clz64(l ^ h >> 31, h ^ h >> 31) - 1;
    case 'bswap16': return swap(l) >>> 16;
    case 'bswap32': return swap(l);
  }
}

export function bits(t: MachineThread, a: number, b: number, which: number): void {
  const name = BITS[which] ?? 'popcount';
  if (name === 'bswap64') setWords(t, a, swap(high(t, b)), swap(low(t, b)));
  else setLow(t, a, result(name, low(t, b), high(t, b)));
}
