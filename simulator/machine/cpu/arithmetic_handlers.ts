import { Trap } from './access.ts';
import { bits } from './bits.ts';
import { double, high, low, quiet, setDouble, setLow, setWide, setWords, unsignedWide, wide } from './handlers.ts';
import type { Handler, Handlers } from './handlers.ts';
import { overflow } from './overflow.ts';
import type { MachineThread } from './thread.ts';

const SIGFPE = 8;
const FPE_INTDIV = 1;
/** What SSE gives for a number that does not fit. */
const INDEFINITE = -2147483648;

/** x86 divides by zero, and the smallest number by −1, with SIGFPE. */
function dividable(lowest: boolean, divisor: number): void {
  if (divisor === 0 || lowest && divisor === -1) throw new Trap(SIGFPE, FPE_INTDIV);
}

const divide32 = (result: (left: number, right: number) => number): Handler => quiet((t, a, b, c) => {
  dividable(low(t, b) === INDEFINITE, low(t, c));
  setLow(t, a, result(low(t, b), low(t, c)));
});

const divide64 = (exact: (left: number, right: number) => number, result: (left: bigint, right: bigint) => bigint, read: (t: MachineThread, register: number) => bigint): Handler => quiet((t, a, b, c) => {
  const left = t.number(b);
  const right = t.number(c);
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right) && right > 0 && left >= 0) {
    t.setNumber(a, exact(left, right));
    return;
  }
  const divisor = read(t, c);
  const dividend = read(t, b);
  dividable(dividend === -(2n ** 63n), divisor === 0n ? 0 : divisor === -1n ? -1 : 1);
  setWide(t, a, result(dividend, divisor));
});

/** The NaN that an operation gives: the first operand that is one, made quiet, else the one with a sign. */
const nanOf = (t: MachineThread, a: number, ...operands: number[]): void => {
  const found = operands.find((register) => Number.isNaN(double(t, register)));
  if (found === undefined) setWords(t, a, 0, 0xfff80000 | 0);
  else setWords(t, a, low(t, found), high(t, found) | 0x80000);
};
const nanOfFloats = (t: MachineThread, a: number, ...operands: number[]): void => {
  const found = operands.find((register) => Number.isNaN(t.floats[t.window + register] ?? 0));
  setLow(t, a, found === undefined ? 0xffc00000 | 0 : low(t, found) | 0x400000);
};
const nan = quiet((t, a, b, c) => { nanOf(t, a, b, c); });
const nanFloat = quiet((t, a, b, c) => { nanOfFloats(t, a, b, c); });

const TWO63 = 2 ** 63;

/** As cvttsd2si with 64 bits does it. */
function toLong(t: MachineThread, a: number, value: number): void {
  if (value >= -TWO63 && value < TWO63) setWide(t, a, BigInt(Math.trunc(value)));
  else setWords(t, a, 0, INDEFINITE);
}

/** A 64-bit integer as the nearest float: rounded once, so what a double cannot hold of it is put into its last bit. */
function toFloat(value: bigint): number {
  const size = value < 0n ? -value : value;
  if (size < 2n ** 53n) return Math.fround(Number(value));
  const sticky = size >> 11n << 11n | ((size & 0x7ffn) === 0n ? 0n : 0x800n);
  return Math.fround(Number(value < 0n ? -sticky : sticky));
}

/** What is rare about numbers, and what the hot loop leaves to others. */
export const arithmeticHandlers: Handlers = {
  DIV32: divide32((left, right) => left / right),
  REM32: divide32((left, right) => left % right),
  UDIV32: quiet(() => { throw new Trap(SIGFPE, FPE_INTDIV); }),
  UREM32: quiet(() => { throw new Trap(SIGFPE, FPE_INTDIV); }),
  DIV64: divide64((left, right) => Math.floor(left / right), (left, right) => left / right, wide),
  REM64: divide64((left, right) => left % right, (left, right) => left % right, wide),
  UDIV64: divide64((left, right) => Math.floor(left / right), (left, right) => left / right, unsignedWide),
  UREM64: divide64((left, right) => left % right, (left, right) => left % right, unsignedWide),
  SXMUL: quiet((t, a, b, c) => { setWide(t, a, BigInt(low(t, b)) * BigInt(c)); }),
  ADDF: nan, SUBF: nan, MULF: nan, DIVF: nan,
  ADDS: nanFloat, SUBS: nanFloat, MULS: nanFloat, DIVS: nanFloat,
  F2I: quiet((t, a) => { setLow(t, a, INDEFINITE); }),
  // a NaN keeps its sign and as much of its payload as there is room for
  S2F: quiet((t, a, b) => { const x = low(t, b); setWords(t, a, x << 29, x & INDEFINITE | 0x7ff80000 | (x & 0x7fffff) >>> 3); }),
  F2S: quiet((t, a, b) => { const x = high(t, b); setLow(t, a, x & INDEFINITE | 0x7fc00000 | (x & 0xfffff) << 3 | low(t, b) >>> 29); }),
  U2F: quiet((t, a, b) => { setDouble(t, a, low(t, b) >>> 0); }),
  L2F: quiet((t, a, b) => { setDouble(t, a, t.number(b)); }),
  UL2F: quiet((t, a, b) => { setDouble(t, a, (high(t, b) >>> 0) * 2 ** 32 + (low(t, b) >>> 0)); }),
  L2S: quiet((t, a, b) => { t.floats[t.window + a] = toFloat(wide(t, b)); }),
  UL2S: quiet((t, a, b) => { t.floats[t.window + a] = toFloat(unsignedWide(t, b)); }),
  F2L: quiet((t, a, b) => { toLong(t, a, double(t, b)); }),
  // as gcc does it: what has the highest bit is converted without it
  F2UL: quiet((t, a, b) => {
    const value = double(t, b);
    if (value >= TWO63) {
      toLong(t, a, value - TWO63);
      setWords(t, a, low(t, a), high(t, a) ^ INDEFINITE);
    } else toLong(t, a, value);
  }),
  BITS: quiet((t, a, b, c) => { bits(t, a, b, c); }),
  OVERFLOW: quiet((t, a, b, c) => { overflow(t, a, b, c); }),
};
