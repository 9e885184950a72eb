import type { BinaryOperator, Expression, Member, Span } from '../ast.ts';
import type { Field, RecordTag, Type } from '../types.ts';
import type { Unit } from '../parse/unit.ts';
import { closest } from '../closest.ts';
import { INT, isArithmetic, isComplete, isError, isInteger, isScalar, LONG, pointerTo, qualified, unqualified } from './basic_types.ts';
import { convertForAssignment } from './assign.ts';
import { balance, cast, decayed, implied, isLvalue, promote, promotedType } from './convert.ts';
import { condition, invalid, pointerAdd, stepOf } from './binary.ts';
import { constantOffset } from './constant_offset.ts';
import { constant, errorExpression, isWrong } from './constant.ts';
import { foldUnary } from './fold.ts';
import { typeText } from './type_text.ts';
import { fieldAt } from './field_name.ts';
import { wouldBe } from './read_only.ts';

export function unary(u: Unit, op: '+' | '-' | '~' | '!', e: Expression, span: Span): Expression {
  if (op === '!') {
    const operand = condition(u, e);
    if (isWrong(operand)) return errorExpression(span);
    return foldUnary('!', operand, span) ?? { kind: 'unary', op, operand, type: INT, span };
  }
  const operand = promote(decayed(e));
  if (isWrong(operand)) return errorExpression(span);
  if (!(op === '~' ? isInteger(operand.type) : isArithmetic(operand.type))) {
    u.error(span, `wrong type argument to ${op === '~' ? 'bit-complement' : `unary ${op === '-' ? 'minus' : 'plus'}`}`);
    return errorExpression(span);
  }
  if (op === '+') return cast(operand, operand.type, true, span);
  return foldUnary(op, operand, span) ?? { kind: 'unary', op, operand, type: unqualified(operand.type), span };
}

export function addressOf(u: Unit, e: Expression, span: Span): Expression {
  if (isWrong(e)) return errorExpression(span);
  // a nested function's name is its address already
  if (e.kind === 'comma' && e.right.kind === 'decay' && e.right.operand.type.kind === 'function') return e;
  if (e.type.kind === 'function') return { kind: 'address', operand: e, type: pointerTo(e.type), span };
  if (!isLvalue(e)) {
    u.error(span, "lvalue required as unary '&' operand");
    return errorExpression(span);
  }
  if (e.kind === 'member' && e.bits) {
    u.error(span, `cannot take address of bit-field '${fieldAt(e) ?? ''}'`);
    return errorExpression(span);
  }
  if (e.kind === 'variable' && e.symbol.kind === 'variable' && u.registers.has(e.symbol)) {
    u.error(span, `address of register variable '${e.symbol.name}' requested`);
    return errorExpression(span);
  }
  const fixed = e.kind === 'member' ? constantOffset(e) : null;
  if (fixed !== null) return constant(pointerTo(e.type), fixed, span);
  if (e.kind === 'deref') return cast(e.operand, pointerTo(e.type), false, span);
  return { kind: 'address', operand: e, type: pointerTo(e.type), span };
}

export function deref(u: Unit, e: Expression, span: Span, symbol = 'unary *'): Expression {
  const operand = decayed(e);
  if (isWrong(operand)) return errorExpression(span);
  if (operand.type.kind !== 'pointer') {
    u.error(span, symbol === '->' ? `invalid type argument of '->' (have '${typeText(e.type)}')` : `invalid type argument of unary '*' (have '${typeText(e.type)}')`);
    return errorExpression(span);
  }
  const to = operand.type.to;
  if (to.kind === 'record' && to.tag.fields === null && symbol !== 'unary *') {
    u.error(span, `invalid use of undefined type '${typeText(unqualified(to))}'`);
    return errorExpression(span);
  }
  return { kind: 'deref', operand, type: to, span };
}

export function subscript(u: Unit, a: Expression, b: Expression, span: Span): Expression {
  const left = decayed(a), right = decayed(b);
  if (isWrong(left) || isWrong(right)) return errorExpression(span);
  const [pointer, index] = left.type.kind === 'pointer' ? [left, right] : [right, left];
  if (pointer.type.kind !== 'pointer') {
    u.error(span, 'subscripted value is neither array nor pointer nor vector');
    return errorExpression(span);
  }
  if (!isInteger(index.type)) {
    u.error(span, 'array subscript is not an integer');
    return errorExpression(span);
  }
  if (pointer.type.to.kind === 'function') {
    u.error(span, 'subscripted value is pointer to function');
    return errorExpression(span);
  }
  const sum = pointerAdd(u, pointer, index, false, span);
  return isWrong(sum) ? sum : { kind: 'deref', operand: sum, type: pointer.type.to, span };
}

/** The members from a record down to the one of that name, through anonymous ones; null: there is none. */
export function fieldPath(tag: RecordTag, name: string): readonly Field[] | null {
  for (const field of tag.fields ?? []) {
    if (field.name === name) return [field];
    if (field.name === '' && field.type.kind === 'record') {
      const inner = fieldPath(field.type.tag, name);
      if (inner) return [field, ...inner];
    }
  }
  return null;
}

function* fieldNames(tag: RecordTag): Generator<string> {
  for (const field of tag.fields ?? []) {
    if (field.name !== '') yield field.name;
    else if (field.type.kind === 'record') yield* fieldNames(field.type.tag);
  }
}

export function noMember(u: Unit, type: Type, tag: RecordTag, name: string, span: Span): void {
  const near = closest(name, fieldNames(tag));
  u.error(span, `'${typeText(unqualified(type))}' has no member named '${name}'`, near === null ? undefined : `did you mean '${near}'?`);
}

export function memberOf(object: Expression, field: Field, span: Span): Member {
  return { kind: 'member', object, offset: field.offset, type: qualified(field.type, object.type.q), span, ...field.bits ? { bits: field.bits } : {} };
}

/** `object.name`. `arrow`: it was written with `->`, and `object` is what the pointer points to. */
export function member(u: Unit, object: Expression, name: string, span: Span, arrow: boolean): Expression {
  if (isWrong(object)) return errorExpression(span);
  if (object.type.kind !== 'record') {
    const pointer = !arrow && object.type.kind === 'pointer' && object.type.to.kind === 'record';
    u.error(span, pointer ? `'${object.kind === 'variable' ? object.symbol.name : typeText(object.type)}' is a pointer; did you mean to use '->'?` : `request for member '${name}' in something not a structure or union`);
    return errorExpression(span);
  }
  if (object.type.tag.fields === null) {
    u.error(span, `invalid use of undefined type '${typeText(unqualified(object.type))}'`);
    return errorExpression(span);
  }
  const path = fieldPath(object.type.tag, name);
  if (!path) {
    noMember(u, object.type, object.type.tag, name, span);
    return errorExpression(span);
  }
  return path.reduce<Expression>((outer, field) => memberOf(outer, field, span), object);
}

/** Reports what cannot be assigned to. */
function assignable(u: Unit, e: Expression, span: Span, what: string): boolean {
  if (isWrong(e)) return false;
  if (!isLvalue(e) || e.type.kind === 'function') {
    u.error(span, `lvalue required as ${what}`);
    return false;
  }
  if (e.type.kind === 'array') {
    u.error(span, what.includes('operand of assignment') ? 'assignment to expression with array type' : `wrong type argument to ${what.replace(/ operand$/, '')}`);
    return false;
  }
  const readOnly = wouldBe(u, e);
  if (readOnly !== null) {
    u.error(span, `${what.includes('assignment') ? 'assignment' : what.replace(/ operand$/, '')} of ${readOnly}`);
    return false;
  }
  return true;
}

export function assign(u: Unit, target: Expression, value: Expression, span: Span): Expression {
  if (!assignable(u, target, span, 'left operand of assignment')) return errorExpression(span);
  if (target.type.kind !== 'record' && !isScalar(target.type)) {
    u.error(span, target.type.kind === 'void' ? 'invalid use of void expression' : `incompatible types when assigning to type '${typeText(target.type)}' from type '${typeText(value.type)}'`);
    return errorExpression(span);
  }
  const converted = convertForAssignment(u, target.type, value, { kind: 'assignment' }, span);
  return { kind: 'assign', target, value: converted, type: unqualified(target.type), span };
}

export function compoundAssign(u: Unit, target: Expression, op: BinaryOperator, operand: Expression, span: Span): Expression {
  const value = decayed(operand);
  if (!assignable(u, target, span, 'left operand of assignment') || isWrong(value)) return errorExpression(span);
  const type = unqualified(target.type);
  if (target.type.kind === 'pointer' && (op === '+' || op === '-') && isInteger(value.type)) {
    const scale = stepOf(u, target.type.to, span);
    return scale === null ? errorExpression(span) : { kind: 'compound-assign', target, op, value: implied(promote(value), LONG), computed: type, scale, type, span };
  }
  const integers = !['+', '-', '*', '/'].includes(op);
  if (!isArithmetic(target.type) || !isArithmetic(value.type) || integers && !(isInteger(target.type) && isInteger(value.type))) return invalid(u, op, target, value, span);
  if (op === '<<' || op === '>>') {
    return { kind: 'compound-assign', target, op, value: promote(value), computed: promotedType(target) ?? type, type, span };
  }
  const both = balance(target, value);
  return both ? { kind: 'compound-assign', target, op, value: both.right, computed: both.type, type, span } : errorExpression(span);
}

export function increment(u: Unit, target: Expression, step: 1 | -1, prefix: boolean, span: Span): Expression {
  const word = step === 1 ? 'increment' : 'decrement';
  if (!assignable(u, target, span, `${word} operand`)) return errorExpression(span);
  const type = unqualified(target.type);
  if (type.kind === 'pointer') {
    const scale = stepOf(u, type.to, span);
    return scale === null ? errorExpression(span) : { kind: 'increment', target, step, scale, prefix, type, span };
  }
  if (!isArithmetic(type)) {
    u.error(span, `wrong type argument to ${word}`);
    return errorExpression(span);
  }
  return { kind: 'increment', target, step, scale: 1, prefix, type, span };
}

/** `(type)e`. */
export function explicitCast(u: Unit, type: Type, value: Expression, span: Span): Expression {
  const e = decayed(value);
  if (isWrong(e) || isError(type)) return errorExpression(span);
  const to = unqualified(type);
  if (to.kind === 'void') return { kind: 'cast', type: to, operand: e, implied: false, span };
  if (to.kind === 'array' || to.kind === 'function') {
    u.error(span, `cast specifies ${to.kind} type`);
    return errorExpression(span);
  }
  if (to.kind === 'record') return recordCast(u, to, e, span);
  if (!isComplete(to) || !isScalar(e.type)) {
    u.error(span, e.type.kind === 'void' ? 'void value not ignored as it ought to be' : e.type.kind === 'record' && to.kind === 'pointer' ? 'cannot convert to a pointer type' : 'aggregate value used where a scalar was expected'.replace('a scalar', to.kind === 'float' ? 'a floating-point' : 'an integer'));
    return errorExpression(span);
  }
  if (to.kind === 'float' && e.type.kind === 'pointer' || to.kind === 'pointer' && e.type.kind === 'float') {
    u.error(span, to.kind === 'float' ? 'pointer value used where a floating-point was expected' : 'cannot convert to a pointer type');
    return errorExpression(span);
  }
  if (to.kind === 'pointer' && isInteger(e.type) && e.type.size < 8 && e.kind !== 'constant') u.warn(span, 'cast to pointer from integer of different size');
  if (e.type.kind === 'pointer' && isInteger(to) && to.size < 8 && to.name !== '_Bool') u.warn(span, 'cast from pointer to integer of different size');
  return cast(e, to, false, span);
}

/** GNU: a cast to the record's own type, or to a union of a member's type. */
function recordCast(u: Unit, to: Type & { kind: 'record' }, e: Expression, span: Span): Expression {
  if (e.type.kind === 'record' && e.type.tag === to.tag) return { ...e, type: to };
  if (to.tag.union) u.unsupported(span, 'a cast to a union is not supported', 'use a compound literal: (union u){ .member = value }');
  else u.error(span, 'conversion to non-scalar type requested');
  return errorExpression(span);
}

export function comma(left: Expression, value: Expression, span: Span): Expression {
  const right = decayed(value);
  if (isWrong(left) || isWrong(right)) return errorExpression(span);
  return { kind: 'comma', left, right, type: unqualified(right.type), span };
}

