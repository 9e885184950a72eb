import type { Expression, Span, VariableSymbol } from '../ast.ts';
import type { ArrayType, Type } from '../types.ts';
import { sizeOf, ULONG } from './basic_types.ts';
import { constant } from './constant.ts';
import { foldBinary } from './fold.ts';

/** The size of a type as an unsigned long: a constant, or read from the hidden local that a variable-length array's size is kept in. */
export function sizeExpression(type: Type, span: Span): Expression {
  if (type.kind !== 'array') return constant(ULONG, BigInt(sizeOf(type)), span);
  if (type.bytes) return { kind: 'variable', symbol: type.bytes as VariableSymbol, type: ULONG, span };
  return multiply(constant(ULONG, BigInt(type.length ?? 0), span), sizeExpression(type.of, span), span);
}

/** The size of an array of `count` (an unsigned long) such elements. */
export function sizeOfCount(of: Type, count: Expression, span: Span): Expression { return multiply(count, sizeExpression(of, span), span); }

function multiply(left: Expression, right: Expression, span: Span): Expression {
  return foldBinary('*', left, right, span) ?? { kind: 'binary', op: '*', left, right, type: ULONG, span };
}

/** A new hidden local for such a size. */
export function sizeSymbol(name: string, span: Span): VariableSymbol {
  return { kind: 'variable', name, type: ULONG, linkage: 'none', storage: 'automatic', defined: true, span };
}

export function variableArray(of: Type, bytes: VariableSymbol): ArrayType {
  return { kind: 'array', of, length: null, bytes, q: { const: false, volatile: false, restrict: false } };
}
