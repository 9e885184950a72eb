import type { Expression } from '../ast.ts';
import { isVariable, sizeOf } from '../check/basic_types.ts';
import type { ArrayType, FloatType, IntegerType, Type } from '../types.ts';

/** What a scalar fills of a register: its low word (integers to 32 bits, float), or all of it. */
export const isWide = (type: Type): boolean => type.kind === 'pointer' || (type.kind === 'integer' ? type.size === 8 : type.kind === 'float' && type.size !== 4);
export const isSigned = (type: Type): boolean => type.kind === 'integer' && type.signed && type.name !== '_Bool';
export const isBool = (type: Type): boolean => type.kind === 'integer' && type.name === '_Bool';
export const isFloat = (type: Type): type is FloatType => type.kind === 'float';
/** Integers of the machine's arithmetic, which are not narrower. */
export const isWord = (type: Type): type is IntegerType => type.kind === 'integer' && type.size === 4;
export const isScalar = (type: Type): boolean => type.kind === 'integer' || type.kind === 'float' || type.kind === 'pointer';
export const isArrayOfVariableLength = (type: Type): type is ArrayType => isVariable(type);

/** Bytes in memory; what has none (void, a function, an array without length) is 0 or 1 as gcc has it. */
export const bytesOf = (type: Type): number => type.kind === 'void' || type.kind === 'function' ? 1 : type.kind === 'array' && type.length === null ? 0 : sizeOf(type);

/** Eight-byte slots that an argument takes. */
export const slotsOf = (type: Type): number => isScalar(type) ? (type.kind === 'float' && type.size === 16 ? 2 : 1) : Math.ceil(bytesOf(type) / 8);
/** A long double begins at a multiple of 16. */
export const slotAfter = (slot: number, type: Type): number => type.kind === 'float' && type.size === 16 ? slot + slot % 2 : slot;

/** The expression without conversions that change no bits of a register. */
export function plain(e: Expression): Expression {
  if (e.kind !== 'cast') return e;
  const { operand } = e;
  const same = isPlainInteger(e.type) && isPlainInteger(operand.type) && bytesOf(e.type) === bytesOf(operand.type);
  return same ? plain(operand) : e;
}
const isPlainInteger = (type: Type): boolean => type.kind === 'pointer' || type.kind === 'integer' && type.name !== '_Bool';

/** Its value when it is a constant integer or pointer, after such conversions. */
export function constantOf(e: Expression): bigint | null {
  if (e.kind === 'constant') return e.value;
  if (e.kind === 'cast' && (e.type.kind === 'integer' || e.type.kind === 'pointer')) {
    const value = e.operand.type.kind === 'float' ? null : constantOf(e.operand);
    if (value === null) return null;
    if (isBool(e.type)) return value === 0n ? 0n : 1n;
    const bits = bytesOf(e.type) * 8;
    return isSigned(e.type) ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
  }
  if (e.kind === 'unary' && e.type.kind === 'integer' && e.op !== '!') {
    const value = constantOf(e.operand);
    if (value === null) return null;
    const result = e.op === '-' ? -value : ~value;
    return e.type.signed ? BigInt.asIntN(e.type.size * 8, result) : BigInt.asUintN(e.type.size * 8, result);
  }
  return null;
}

export const lowWord = (value: bigint): number => Number(BigInt.asIntN(32, value));
export const highWord = (value: bigint): number => Number(BigInt.asIntN(32, value >> 32n));
/** The constant, when a number of 32 bits with sign can say it. */
export function smallConstant(e: Expression): number | null {
  const value = constantOf(e);
  if (value === null) return null;
  if (!isWide(e.type)) return lowWord(value);
  return value === BigInt.asIntN(32, value) ? Number(value) : null;
}
