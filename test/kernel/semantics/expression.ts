import { common, holds, INT, LONG, max, min, promoted } from './types.ts';
import type { IntType } from './types.ts';

/** How tightly an expression's outermost operator binds (C11 6.5, from the comma on). */
export const BIND = { comma: 0, assign: 1, conditional: 2, or: 3, and: 4, bitOr: 5, bitXor: 6, bitAnd: 7, equal: 8, less: 9, shift: 10, add: 11, multiply: 12, cast: 13, unary: 14, postfix: 15, primary: 16 } as const;
export type Bind = typeof BIND[keyof typeof BIND];

/** An expression without side effects, and between which values its value lies: what makes it possible to build only what is defined. */
export interface Int { readonly text: string; readonly bind: Bind; readonly type: IntType; readonly lo: bigint; readonly hi: bigint }

/** |value| ≤ bound, and it is a number. */
export interface Float { readonly text: string; readonly bind: Bind; readonly type: 'float' | 'double'; readonly bound: number }

/** Its text as an operand of an operator that binds so: in parentheses where C needs them. */
export function operand(of: { readonly text: string; readonly bind: Bind }, at: Bind): string {
  return of.bind >= at ? of.text : `(${of.text})`;
}

export function int(text: string, bind: Bind, type: IntType, lo = min(type), hi = max(type)): Int {
  return holds(type, lo, hi) ? { text, bind, type, lo, hi } : { text, bind, type, lo: min(type), hi: max(type) };
}

export function literal(value: bigint): Int {
  const type = holds(INT, value, value) ? INT : LONG;
  if (value >= 0n) return int(String(value), BIND.primary, type, value, value);
  if (value === min(type)) return { ...int(`-${-value - 1n} - 1`, BIND.add, type, value, value) };
  return int(`-${-value}`, BIND.unary, type, value, value);
}

/** The same value in a type: what a cast, an assignment or an argument does (narrowing to a signed type wraps, with gcc). */
export function converted(of: Int, to: IntType): Int {
  return to.bits === 1 ? int(of.text, of.bind, to, 0n, 1n) : int(of.text, of.bind, to, of.lo, of.hi);
}

export function cast(of: Int, to: IntType): Int {
  return { ...converted(of, to), text: `(${to.name})${operand(of, BIND.cast)}`, bind: BIND.cast };
}

/** An expression whose value is at most `limit` in absolute value: itself, or a remainder of it. */
export function fit(of: Int, limit: bigint): Int {
  if (of.lo >= -limit && of.hi <= limit) return of;
  const by = literal(limit + 1n);
  return int(`${operand(of, BIND.multiply)} % ${by.text}`, BIND.multiply, common(of.type, by.type), of.lo < 0n ? -limit : 0n, limit);
}

/** The low bits of it: 0 … 2^bits - 1. */
export function low(of: Int, bits: number): Int {
  const mask = (1n << BigInt(bits)) - 1n;
  if (of.lo >= 0n && of.hi <= mask) return of;
  return int(`${operand(of, BIND.bitAnd)} & ${mask}`, BIND.bitAnd, common(of.type, literal(mask).type), 0n, mask);
}

/** Exact bounds of a sum, difference or product. */
function bounds(operator: '+' | '-' | '*', a: Int, b: Int): [bigint, bigint] {
  if (operator === '+') return [a.lo + b.lo, a.hi + b.hi];
  if (operator === '-') return [a.lo - b.hi, a.hi - b.lo];
  const all = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
  return [all.reduce((x, y) => (x < y ? x : y)), all.reduce((x, y) => (x > y ? x : y))];
}

/** a + b, a - b, a * b: in unsigned types as it is (it wraps), in signed ones with operands made so small that it cannot overflow. */
export function arithmetic(operator: '+' | '-' | '*', a: Int, b: Int): Int {
  const type = common(a.type, b.type);
  const as = (one: Int): Int => converted(one, type);
  let [x, y] = [a, b];
  if (type.signed && !holds(type, ...bounds(operator, as(x), as(y)))) {
    const limit = operator === '*' ? 1n << BigInt(type.bits / 2 - 2) : 1n << BigInt(type.bits - 3);
    [x, y] = [fit(x, limit), fit(y, limit)];
  }
  const at = operator === '*' ? BIND.multiply : BIND.add;
  const tighter = operator === '*' ? BIND.cast : BIND.multiply;
  return int(`${operand(x, at)} ${operator} ${operand(y, tighter)}`, at, type, ...bounds(operator, as(x), as(y)));
}

/** a / b or a % b, with a divisor that is made positive, or negative where the dividend cannot be the least value. */
export function division(operator: '/' | '%', a: Int, b: Int, negative: boolean): Int {
  const divisor = arithmetic(negative ? '-' : '+', low(b, 4), literal(negative ? 17n : 1n));
  const type = common(a.type, divisor.type);
  const dividend = type.signed && negative ? fit(a, max(type) >> 1n) : a;
  return int(`${operand(dividend, BIND.multiply)} ${operator} ${operand(divisor, BIND.cast)}`, BIND.multiply, type);
}

/** a << b or a >> b, with a count below the width, and nothing negative or lost on the left of <<. */
export function shift(operator: '<<' | '>>', a: Int, b: Int): Int {
  const type = promoted(a.type);
  const count = low(b, operator === '<<' && type.signed ? 3 : type.bits === 64 ? 6 : 5);
  const value = operator === '<<' && type.signed ? low(a, type.bits - 9) : a;
  const left = operand(value, BIND.shift);
  return int(`${left} ${operator} ${operand(count, BIND.add)}`, BIND.shift, promoted(value.type));
}
