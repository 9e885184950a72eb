import type { BinaryOperator, Expression, Span } from '../ast.ts';
import type { PointerType, Type } from '../types.ts';
import type { Unit } from '../parse/unit.ts';
import { INT, isArithmetic, isComplete, isInteger, isScalar, isVariable, LONG, sizeOf, unqualified } from './basic_types.ts';
import { compatible } from './compatible.ts';
import { constant, errorExpression, intConstant, isNullConstant, isWrong } from './constant.ts';
import { balance, decayed, implied, promote } from './convert.ts';
import { foldBinary, isSomewhere, truthOf } from './fold.ts';
import { typeText } from './type_text.ts';
import { sizeExpression } from './variable_size.ts';

/** An operator of two operands, as written. */
export function binary(u: Unit, op: BinaryOperator, a: Expression, b: Expression, span: Span): Expression {
  const left = decayed(a), right = decayed(b);
  if (isWrong(left) || isWrong(right)) return errorExpression(span);
  switch (op) {
    case '+':
      if (left.type.kind === 'pointer' && isInteger(right.type)) return pointerAdd(u, left, right, false, span);
      if (right.type.kind === 'pointer' && isInteger(left.type)) return pointerAdd(u, right, left, false, span);
      break;
    case '-':
      if (left.type.kind === 'pointer' && isInteger(right.type)) return pointerAdd(u, left, right, true, span);
      if (left.type.kind === 'pointer' && right.type.kind === 'pointer') return difference(u, left, right, left.type, right.type, span);
      break;
    case '<<': case '>>': return shift(u, op, left, right, span);
    case '<': case '>': case '<=': case '>=': case '==': case '!=': {
      const compared = comparison(u, op, left, right, span);
      if (compared) return compared;
      break;
    }
    case '%': case '&': case '|': case '^':
      if (!isInteger(left.type) || !isInteger(right.type)) return invalid(u, op, left, right, span);
      break;
    default:
  }
  const both = balance(left, right);
  if (!both) return invalid(u, op, left, right, span);
  const comparing = /^[<>=!]/.test(op);
  if ((op === '/' || op === '%') && both.right.kind === 'constant' && both.right.value === 0n) u.warn(span, 'division by zero');
  return foldBinary(op, both.left, both.right, span)
    ?? { kind: 'binary', op, left: both.left, right: both.right, type: comparing ? INT : both.type, span };
}

export function invalid(u: Unit, op: string, left: Expression, right: Expression, span: Span): Expression {
  u.error(span, `invalid operands to binary ${op} (have '${typeText(left.type)}' and '${typeText(right.type)}')`);
  return errorExpression(span);
}

function shift(u: Unit, op: '<<' | '>>', left: Expression, right: Expression, span: Span): Expression {
  if (!isInteger(left.type) || !isInteger(right.type)) return invalid(u, op, left, right, span);
  const value = promote(left), count = promote(right);
  const folded = foldBinary(op, value, count, span);
  if (folded) return folded;
  if (count.kind === 'constant') {
    if (count.value < 0n) u.warn(span, `${op === '<<' ? 'left' : 'right'} shift count is negative`);
    else if (count.value >= BigInt(8 * sizeOf(value.type))) u.warn(span, `${op === '<<' ? 'left' : 'right'} shift count >= width of type`);
  }
  return { kind: 'binary', op, left: value, right: count, type: value.type, span };
}

/** Comparisons with a pointer on one side; null: both are arithmetic (or it is no comparison at all). */
function comparison(u: Unit, op: BinaryOperator, left: Expression, right: Expression, span: Span): Expression | null {
  const a = left.type, b = right.type;
  if (a.kind !== 'pointer' && b.kind !== 'pointer') return null;
  const nulls = isNullConstant(left) && isSomewhere(right) || isNullConstant(right) && isSomewhere(left);
  if (nulls && (op === '==' || op === '!=')) return intConstant(op === '!=' ? 1 : 0, span);
  const make = (l: Expression, r: Expression): Expression => foldBinary(op, l, r, span) ?? { kind: 'binary', op, left: l, right: r, type: INT, span };
  if (a.kind === 'pointer' && b.kind === 'pointer') {
    const eitherVoid = a.to.kind === 'void' || b.to.kind === 'void';
    if (!compatible(unqualified(a.to), unqualified(b.to)) && !eitherVoid && !isNullConstant(left) && !isNullConstant(right)) u.warn(span, `comparison of distinct pointer types lacks a cast`);
    return make(left, implied(right, a));
  }
  const [pointer, other] = a.kind === 'pointer' ? [a, right] : [b as PointerType, left];
  if (!isInteger(other.type)) return null;
  if (!isNullConstant(other)) u.warn(span, 'comparison between pointer and integer');
  const converted = implied(other, pointer);
  return a.kind === 'pointer' ? make(left, converted) : make(converted, right);
}

/** Bytes that one step of a pointer to `to` covers. */
export function stepOf(u: Unit, to: Type, span: Span): number | Expression | null {
  if (isVariable(to)) return sizeExpression(to, span);
  if (to.kind !== 'void' && to.kind !== 'function' && !isComplete(to)) {
    u.error(span, to.kind === 'record' ? `invalid use of undefined type '${typeText(to)}'` : 'arithmetic on pointer to an incomplete type');
    return null;
  }
  return sizeOf(to);
}

export function pointerAdd(u: Unit, pointer: Expression, index: Expression, subtract: boolean, span: Span): Expression {
  if (pointer.type.kind !== 'pointer') return errorExpression(span);
  const scale = stepOf(u, pointer.type.to, span);
  if (scale === null) return errorExpression(span);
  const type = unqualified(pointer.type);
  const count = implied(promote(index), LONG);
  if (pointer.kind === 'constant' && count.kind === 'constant' && typeof scale === 'number') {
    const bytes = count.value * BigInt(scale);
    return constant(type, pointer.value + (subtract ? -bytes : bytes), span);
  }
  return { kind: 'pointer-add', pointer, index: count, subtract, scale, type, span };
}

function difference(u: Unit, left: Expression, right: Expression, a: PointerType, b: PointerType, span: Span): Expression {
  if (!compatible(unqualified(a.to), unqualified(b.to))) return invalid(u, '-', left, right, span);
  const scale = stepOf(u, a.to, span);
  if (scale === null) return errorExpression(span);
  if (left.kind === 'constant' && right.kind === 'constant' && typeof scale === 'number' && scale > 0) return constant(LONG, BigInt.asIntN(64, left.value - right.value) / BigInt(scale), span);
  // structs without members have the size 0: gcc divides by nothing there, the machine must not
  return { kind: 'pointer-difference', left, right, scale: scale === 0 ? 1 : scale, type: LONG, span };
}

/** A value that is asked for its truth: scalar, decayed. */
export function condition(u: Unit, e: Expression): Expression {
  const value = decayed(e);
  if (isWrong(value) || isScalar(value.type)) return value;
  u.error(value.span, value.type.kind === 'void' ? 'void value not ignored as it ought to be' : `used ${value.type.kind === 'record' ? `${value.type.tag.union ? 'union' : 'struct'} type` : `'${typeText(value.type)}'`} value where scalar is required`);
  return errorExpression(e.span);
}

export function logical(u: Unit, op: '&&' | '||', a: Expression, b: Expression, span: Span): Expression {
  const left = condition(u, a), right = condition(u, b);
  if (isWrong(left) || isWrong(right)) return errorExpression(span);
  const first = truthOf(left);
  if (first !== null && first === (op === '||')) return intConstant(first ? 1 : 0, span);
  const second = truthOf(right);
  if (first !== null && second !== null) return intConstant(second ? 1 : 0, span);
  return { kind: 'logical', op, left, right, type: INT, span };
}

/** `c ? a : b`; `then` null: `a ?: b`. */
export function conditional(u: Unit, c: Expression, then: Expression | null, otherwise: Expression, span: Span): Expression {
  const test = condition(u, c);
  const a = then === null ? test : decayed(then), b = decayed(otherwise);
  if (isWrong(test) || isWrong(a) || isWrong(b)) return errorExpression(span);
  const type = conditionalType(u, a, b, span);
  if (type === null) {
    u.error(span, `type mismatch in conditional expression`);
    return errorExpression(span);
  }
  const left = type.kind === 'void' || type.kind === 'record' ? a : implied(a, type), right = type.kind === 'void' || type.kind === 'record' ? b : implied(b, type);
  const truth = truthOf(test);
  if (truth !== null && type.kind !== 'void') {
    const chosen = truth ? left : right;
    if (isConstantLike(chosen)) return { ...chosen, type, span };
  }
  return { kind: 'conditional', condition: then === null ? left : test, then: then === null ? null : left, otherwise: right, type, span };
}

/** May stand for a conditional that has a constant condition: it is no lvalue. */
function isConstantLike(e: Expression): boolean { return e.kind === 'constant' || e.kind === 'float' || e.kind === 'decay' || e.kind === 'address' || e.kind === 'cast'; }

function conditionalType(u: Unit, a: Expression, b: Expression, span: Span): Type | null {
  if (isArithmetic(a.type) && isArithmetic(b.type)) return balance(a, b)?.type ?? null;
  // GNU: one side void is void
  if (a.type.kind === 'void' || b.type.kind === 'void') return { kind: 'void', q: { const: false, volatile: false, restrict: false } };
  if (a.type.kind === 'record' && b.type.kind === 'record') return a.type.tag === b.type.tag ? unqualified(a.type) : null;
  if (a.type.kind === 'pointer' && b.type.kind === 'pointer') {
    if (isNullConstant(a)) return unqualified(b.type);
    if (isNullConstant(b)) return unqualified(a.type);
    const q = { const: a.type.to.q.const || b.type.to.q.const, volatile: a.type.to.q.volatile || b.type.to.q.volatile, restrict: false };
    const withQualifiers = (to: Type): Type => ({ kind: 'pointer', to: to.kind === 'array' || to.kind === 'function' ? to : { ...to, q }, q: { const: false, volatile: false, restrict: false } });
    if (compatible(unqualified(a.type.to), unqualified(b.type.to))) return withQualifiers(a.type.to);
    if (a.type.to.kind === 'void') return withQualifiers(a.type.to);
    if (b.type.to.kind === 'void') return withQualifiers(b.type.to);
    u.warn(span, 'pointer type mismatch in conditional expression');
    return { kind: 'pointer', to: { kind: 'void', q }, q: { const: false, volatile: false, restrict: false } };
  }
  if (a.type.kind === 'pointer' && isInteger(b.type)) {
    if (!isNullConstant(b)) u.warn(span, 'pointer/integer type mismatch in conditional expression');
    return unqualified(a.type);
  }
  if (b.type.kind === 'pointer' && isInteger(a.type)) {
    if (!isNullConstant(a)) u.warn(span, 'pointer/integer type mismatch in conditional expression');
    return unqualified(b.type);
  }
  return null;
}

