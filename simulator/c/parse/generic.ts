import type { Expression } from '../ast.ts';
import type { Type } from '../types.ts';
import { INT, isComplete, isError, pointerTo, ULONG, unqualified } from '../check/basic_types.ts';
import { compatible } from '../check/compatible.ts';
import { constant, errorExpression, intConstant, isWrong } from '../check/constant.ts';
import { decayed } from '../check/convert.ts';
import { cast } from '../check/convert.ts';
import { typeText } from '../check/type_text.ts';
import { constantOffset } from '../check/constant_offset.ts';
import { addressOf, deref, member, subscript } from '../check/unary.ts';
import { spanOf } from '../preprocess/token.ts';
import { constantValue } from './constant_expression.ts';
import { assignmentExpression, expression } from './expression.ts';
import { typeName } from './type_name.ts';
import type { Unit } from './unit.ts';

/** `_Generic(e, type: value, default: value)`. All values are read, one is kept. */
export function genericSelection(u: Unit): Expression {
  const start = u.next();
  u.expect('(');
  const control = decayed(assignmentExpression(u));
  let chosen: Expression | null = null, otherwise: Expression | null = null;
  const seen: Type[] = [];
  while (u.accept(',')) {
    if (u.accept('default')) {
      u.expect(':');
      const e = assignmentExpression(u);
      if (otherwise) u.error(e.span, "duplicate 'default' case in '_Generic'");
      otherwise = e;
      continue;
    }
    const at = u.token;
    const { type } = typeName(u);
    u.expect(':');
    const e = assignmentExpression(u);
    if (seen.some((other) => compatible(other, type))) u.error(spanOf(at), `'_Generic' specifies two compatible types`);
    seen.push(type);
    if (!chosen && compatible(type, unqualified(control.type))) chosen = e;
  }
  u.expect(')');
  const span = u.span(start.place);
  if (isWrong(control)) return errorExpression(span);
  const result = chosen ?? otherwise;
  if (result) return result;
  u.error(span, `'_Generic' selector of type '${typeText(unqualified(control.type))}' is not compatible with any association`);
  return errorExpression(span);
}

/** The builtins that take types, or parts of expressions. */
export function keywordBuiltin(u: Unit): Expression {
  const word = u.next();
  const from = word.place;
  u.expect('(');
  switch (word.text) {
    case '__builtin_va_arg': {
      const list = decayed(assignmentExpression(u));
      u.expect(',');
      const { type } = typeName(u);
      u.expect(')');
      const span = u.span(from);
      if (isWrong(list) || isError(type)) return errorExpression(span);
      if (!isVaList(list.type)) {
        u.error(list.span, "first argument to 'va_arg' not of type 'va_list'");
        return errorExpression(span);
      }
      if (!isComplete(type) && type.kind !== 'void') {
        u.error(span, `second argument to 'va_arg' is of incomplete type '${typeText(type)}'`);
        return errorExpression(span);
      }
      return vaArg(u, list, type, span);
    }
    case '__builtin_offsetof': return offsetOf(u, from);
    case '__builtin_types_compatible_p': {
      const a = typeName(u).type;
      u.expect(',');
      const b = typeName(u).type;
      u.expect(')');
      return intConstant(compatible(unqualified(a), unqualified(b)) ? 1 : 0, u.span(from));
    }
    case '__builtin_choose_expr': {
      const test = assignmentExpression(u);
      u.expect(',');
      const a = assignmentExpression(u);
      u.expect(',');
      const b = assignmentExpression(u);
      u.expect(')');
      const value = constantValue(u, test, "first argument to '__builtin_choose_expr' not a constant");
      return value === 0n ? b : a;
    }
    default: return u.syntax(`expected expression before '${word.text}'`, spanOf(word));
  }
}

export function isVaList(type: Type): boolean { return type.kind === 'pointer' && type.to.kind === 'record' && type.to.tag.name === '__va_list_tag'; }

/** An argument narrower than int was promoted when it was passed. As gcc, that is a warning, and the program ends there. */
function vaArg(u: Unit, list: Expression, type: Type, span: Expression['span']): Expression {
  if (type.kind === 'integer' && type.size < 4 || type.kind === 'float' && type.name === 'float') {
    u.warn(span, `'${typeText(type)}' is promoted to '${type.kind === 'float' ? 'double' : 'int'}' when passed through '...'`, `so you should pass '${type.kind === 'float' ? 'double' : 'int'}' not '${typeText(type)}' to 'va_arg'; if this code is reached, the program will abort`);
    const trap: Expression = { kind: 'builtin', name: 'trap', operands: [], type: { kind: 'void', q: type.q }, span };
    return { kind: 'comma', left: trap, right: constant(type.kind === 'integer' ? type : INT, 0n, span), type: unqualified(type), span };
  }
  if (type.kind === 'array') return deref(u, { kind: 'builtin', name: 'va_arg', operands: [list], type: pointerTo(type), span }, span);
  return { kind: 'builtin', name: 'va_arg', operands: [list], type: unqualified(type), span };
}

/** `offsetof(type, member[i].member)`: as the address of that in an object at 0. */
function offsetOf(u: Unit, from: Expression['span']['at']): Expression {
  const at = u.token;
  const { type } = typeName(u);
  u.expect(',');
  let e: Expression = deref(u, { kind: 'constant', type: pointerTo(type), value: 0n, span: spanOf(at) }, spanOf(at));
  if (!isError(type) && !isComplete(type)) {
    u.error(spanOf(at), `invalid use of undefined type '${typeText(type)}'`);
    e = errorExpression(spanOf(at));
  }
  const name = u.expectIdentifier();
  e = member(u, e, name.text, spanOf(name), false);
  for (;;) {
    if (u.accept('.')) {
      const next = u.expectIdentifier();
      e = member(u, e, next.text, spanOf(next), false);
    } else if (u.accept('[')) {
      const index = expression(u);
      u.expect(']');
      e = subscript(u, e, index, u.span(from));
    } else break;
  }
  u.expect(')');
  const span = u.span(from);
  if (isWrong(e)) return errorExpression(span);
  if (e.kind === 'member' && e.bits) {
    u.error(span, `attempt to take address of bit-field`);
    return errorExpression(span);
  }
  const offset = constantOffset(e);
  if (offset !== null) return constant(ULONG, offset, span);
  return cast(addressOf(u, e, span), ULONG, true, span);
}

