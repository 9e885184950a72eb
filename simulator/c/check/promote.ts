import type { FloatType, IntegerName, IntegerType } from '../types.ts';
import { INT, INTEGER, unqualified } from './basic_types.ts';

/** Integer promotion (C11 6.3.1.1): what is narrower than int becomes int. */
export function promoted(type: IntegerType): IntegerType {
  if (type.size < 4) return INT;
  return type.enum ? INTEGER[type.name] : unqualified(type);
}

const RANK: Partial<Record<IntegerName, number>> = { 'int': 1, 'unsigned int': 1, 'long': 2, 'unsigned long': 2, 'long long': 3, 'unsigned long long': 3 };
const rank = (type: IntegerType): number => RANK[type.name] ?? 0;

/** The type of two bit-field operands' promotion: one narrower than int always fits into int. */
export function promotedBitField(type: IntegerType, width: number): IntegerType {
  if (width < 32 || width === 32 && type.signed && type.size <= 4) return INT;
  return promoted(type);
}

/** The usual arithmetic conversions (C11 6.3.1.8). */
export function usual(a: IntegerType | FloatType, b: IntegerType | FloatType): IntegerType | FloatType {
  if (a.kind === 'float' || b.kind === 'float') {
    if (a.kind !== 'float') return unqualified(b);
    if (b.kind !== 'float') return unqualified(a);
    return unqualified(a.size >= b.size ? a : b);
  }
  const x = promoted(a), y = promoted(b);
  if (x.name === y.name) return x;
  if (x.signed === y.signed) return rank(x) >= rank(y) ? x : y;
  const [signed, unsigned] = x.signed ? [x, y] : [y, x];
  if (rank(unsigned) >= rank(signed)) return unsigned;
  if (signed.size > unsigned.size) return signed;
  return INTEGER[`unsigned ${signed.name}` as IntegerName];
}

/** A value brought into an integer type's range: what a conversion to it leaves. */
export function wrapTo(type: IntegerType, value: bigint): bigint {
  if (type.name === '_Bool') return value === 0n ? 0n : 1n;
  return type.signed ? BigInt.asIntN(8 * type.size, value) : BigInt.asUintN(8 * type.size, value);
}

