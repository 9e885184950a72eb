import type { Cast, Expression, Span } from '../ast.ts';
import type { FloatType, IntegerType, Type } from '../types.ts';
import { isError, pointerTo, unqualified } from './basic_types.ts';
import { compatible } from './compatible.ts';
import { convertConstant } from './constant.ts';
import { promoted, promotedBitField, usual } from './promote.ts';

/** An expression that names an object (or a function, which `&` takes, too). */
export function isLvalue(e: Expression): boolean {
  switch (e.kind) {
    case 'variable': case 'deref': case 'string': case 'compound': return true;
    case 'member': return isLvalue(e.object);
    default: return false;
  }
}

/** Arrays and functions become addresses wherever a value is wanted. */
export function decayed(e: Expression): Expression {
  if (e.type.kind === 'array') return { kind: 'decay', type: pointerTo(e.type.of), operand: e, span: e.span };
  if (e.type.kind === 'function') return { kind: 'decay', type: pointerTo(e.type), operand: e, span: e.span };
  return e;
}

export function same(a: Type, b: Type): boolean {
  if (a === b) return true;
  if (a.kind === 'integer' && b.kind === 'integer') return a.name === b.name && a.enum === b.enum;
  return a.kind === b.kind && compatible(a, b, true) && !(a.kind === 'pointer' && b.kind === 'pointer' && !compatible(a.to, b.to));
}

/** Converts a value that may be converted; what is of the type already stays as it is. */
export function implied(e: Expression, type: Type): Expression { return same(unqualified(e.type), unqualified(type)) || isError(e.type) ? e : cast(e, type, true, e.span); }

export function cast(e: Expression, to: Type, isImplied: boolean, span: Span): Expression {
  const type = unqualified(to);
  if ((e.kind === 'constant' || e.kind === 'float') && !isError(e.type)) {
    const folded = convertConstant(e, type);
    if (folded) return { ...folded, span };
  }
  return { kind: 'cast', type, operand: e, implied: isImplied, span } satisfies Cast;
}

/** The type of an arithmetic operand after promotion; bit-fields by their width. */
export function promotedType(e: Expression): IntegerType | FloatType | null {
  if (e.type.kind === 'float') return unqualified(e.type);
  if (e.type.kind !== 'integer') return null;
  const bits = bitFieldOf(e);
  return bits !== null ? promotedBitField(e.type, bits) : promoted(e.type);
}

/** The width of the bit-field that an expression's value comes from. */
export function bitFieldOf(e: Expression): number | null {
  if (e.kind === 'member') return e.bits?.width ?? null;
  if (e.kind === 'comma') return bitFieldOf(e.right);
  return e.kind === 'assign' ? bitFieldOf(e.target) : null;
}

export function promote(e: Expression): Expression {
  const type = promotedType(e);
  return type ? implied(e, type) : e;
}

/** Both operands in their common type; null when one is not arithmetic. */
export function balance(a: Expression, b: Expression): { readonly left: Expression; readonly right: Expression; readonly type: IntegerType | FloatType } | null {
  const x = promotedType(a), y = promotedType(b);
  if (!x || !y) return null;
  const type = usual(x, y);
  return { left: implied(a, type), right: implied(b, type), type };
}
