/** An integer type of x86-64 Linux. `bits` are those of its values: 1 of `_Bool`. */
export interface IntType {
  readonly name: string;
  readonly bits: number;
  readonly signed: boolean;
  /** Of the usual arithmetic conversions. */
  readonly rank: number;
}

const type = (name: string, bits: number, signed: boolean, rank: number): IntType => ({ name, bits, signed, rank });

export const INT = type('int', 32, true, 3);
export const UNSIGNED = type('unsigned', 32, false, 3);
export const LONG = type('long', 64, true, 4);
export const UNSIGNED_LONG = type('unsigned long', 64, false, 4);
export const LONG_LONG = type('long long', 64, true, 5);
export const CHAR = type('char', 8, true, 1);
export const BOOL = type('_Bool', 1, false, 0);
export const INT_TYPES: readonly IntType[] = [
  INT, UNSIGNED, CHAR, type('signed char', 8, true, 1), type('unsigned char', 8, false, 1), type('short', 16, true, 2), type('unsigned short', 16, false, 2),
  LONG, UNSIGNED_LONG, LONG_LONG, type('unsigned long long', 64, false, 5), BOOL,
];

export function min(of: IntType): bigint {
  return of.signed ? -(1n << BigInt(of.bits - 1)) : 0n;
}

export function max(of: IntType): bigint {
  return (1n << BigInt(of.signed ? of.bits - 1 : of.bits)) - 1n;
}

export function holds(of: IntType, lo: bigint, hi: bigint): boolean {
  return lo >= min(of) && hi <= max(of);
}

/** C11 6.3.1.1: every type narrower than int fits in int here. */
export function promoted(of: IntType): IntType {
  return of.rank < INT.rank ? INT : of;
}

/** C11 6.3.1.8, of integers. */
export function common(first: IntType, second: IntType): IntType {
  const [a, b] = [promoted(first), promoted(second)];
  if (a.signed === b.signed) return a.rank >= b.rank ? a : b;
  const [signed, unsigned] = a.signed ? [a, b] : [b, a];
  if (unsigned.rank >= signed.rank) return unsigned;
  if (signed.bits > unsigned.bits) return signed;
  return INT_TYPES.find(({ rank, signed: is }) => rank === signed.rank && !is) ?? unsigned;
}
