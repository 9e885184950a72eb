import type { Constant, Expression, FloatConstant, Span } from '../ast.ts';
import type { FloatType, IntegerType, PointerType, Type } from '../types.ts';
import { ERROR, INT, isError } from './basic_types.ts';
import { wrapTo } from './promote.ts';

/** An integer or pointer constant, brought into the type's range. */
export function constant(type: IntegerType | PointerType, value: bigint, span: Span): Constant {
  return { kind: 'constant', type, span, value: type.kind === 'integer' ? wrapTo(type, value) : BigInt.asUintN(64, value) };
}
export function intConstant(value: number, span: Span): Constant { return constant(INT, BigInt(value), span); }
export function floatConstant(type: FloatType, value: number, span: Span): FloatConstant {
  return { kind: 'float', type, span, value: type.size === 4 ? Math.fround(value) : value };
}
/** Stands for an expression that was wrong. */
export function errorExpression(span: Span): Constant { return { kind: 'constant', type: ERROR, value: 0n, span }; }
export function isWrong(e: Expression): boolean { return isError(e.type); }

/** An integer constant 0, or that cast to `void *` (C11 6.3.2.3). */
export function isNullConstant(e: Expression): boolean {
  if (e.kind !== 'constant' || e.value !== 0n) return false;
  return e.type.kind === 'integer' || e.type.kind === 'pointer' && e.type.to.kind === 'void' && !e.type.to.q.const && !e.type.to.q.volatile;
}

/** A constant converted to another scalar type; null: only the running program can. */
export function convertConstant(e: Constant | FloatConstant, type: Type): Constant | FloatConstant | null {
  const { span } = e;
  if (type === ERROR) return null;
  if (e.kind === 'constant') {
    const value = e.type.kind === 'pointer' && type.kind === 'integer' ? BigInt.asUintN(64, e.value) : e.value;
    if (type.kind === 'integer' || type.kind === 'pointer') return constant(type, value, span);
    if (type.kind === 'float') return floatConstant(type, integerToFloat(value, type.size === 4), span);
    return null;
  }
  if (type.kind === 'float') return floatConstant(type, e.value, span);
  if (type.kind === 'integer') return constant(type, type.name === '_Bool' ? e.value === 0 ? 0n : 1n : floatToInteger(e.value, type), span);
  return null;
}

/** The nearest float to an integer, rounded once. */
function integerToFloat(value: bigint, single: boolean): number {
  if (!single || value < 1n << 53n && value > -(1n << 53n)) return Number(value);
  let left = value < 0n ? -value : value, scale = 1;
  for (; left >= 1n << 53n; scale *= 2) left = left >> 1n | left & 1n;
  return Math.fround(Number(left) * scale) * (value < 0n ? -1 : 1);
}

/** What is out of range becomes the nearest end, and what is no number 0: as gcc folds it. */
function floatToInteger(value: number, type: IntegerType): bigint {
  if (Number.isNaN(value)) return 0n;
  const bits = BigInt(8 * type.size);
  const low = type.signed ? -(1n << bits - 1n) : 0n, high = type.signed ? (1n << bits - 1n) - 1n : (1n << bits) - 1n;
  if (!Number.isFinite(value)) return value < 0 ? low : high;
  const whole = BigInt(Math.trunc(value));
  return whole < low ? low : whole > high ? high : whole;
}
