import type { BinaryOperator, Expression } from '../ast.ts';
import { binary, conditional, logical } from '../check/binary.ts';
import { sizeOf, alignOf, isComplete, isError, isVariable, ULONG } from '../check/basic_types.ts';
import { constant, errorExpression, isWrong } from '../check/constant.ts';
import { typeText } from '../check/type_text.ts';
import { addressOf, assign, comma, compoundAssign, deref, explicitCast, increment, unary } from '../check/unary.ts';
import { sizeExpression } from '../check/variable_size.ts';
import { spanOf, type Token } from '../preprocess/token.ts';
import type { Place, Span } from '../ast.ts';
import type { Type } from '../types.ts';
import { compoundLiteral } from './compound_literal.ts';
import { postfix, primary } from './postfix.ts';
import { startsType } from './specifiers.ts';
import { after, typeName } from './type_name.ts';
import type { Unit } from './unit.ts';

const PRECEDENCE: Readonly<Record<string, number>> = {
  '||': 1, '&&': 2, '|': 3, '^': 4, '&': 5, '==': 6, '!=': 6, '<': 7, '>': 7, '<=': 7, '>=': 7, '<<': 8, '>>': 8, '+': 9, '-': 9, '*': 10, '/': 10, '%': 10,
};
const ASSIGNMENTS = new Set(['=', '*=', '/=', '%=', '+=', '-=', '<<=', '>>=', '&=', '^=', '|=']);
/** Operators in a row that are still one level for whoever walks the tree. */
const MAX_CHAIN = 1000;

export function expression(u: Unit): Expression {
  const start = u.token.place;
  let left = assignmentExpression(u);
  for (let n = 0; u.sees(','); n++) {
    if (n > MAX_CHAIN) u.giveUp('an expression of too many parts');
    const at = u.next().place;
    left = comma(left, assignmentExpression(u), u.span(start, at));
  }
  return left;
}

export function assignmentExpression(u: Unit): Expression {
  return u.deeper(() => {
    const start = u.token.place;
    const target = conditionalExpression(u);
    const { token } = u;
    if (token.kind !== 'punctuator' || !ASSIGNMENTS.has(token.text)) return target;
    u.next();
    const value = assignmentExpression(u);
    const span = u.span(start, token.place);
    if (token.text === '=') return assign(u, target, value, span);
    return compoundAssign(u, target, token.text.slice(0, -1) as BinaryOperator, value, span);
  });
}

export function conditionalExpression(u: Unit): Expression {
  const start = u.token.place;
  const test = binaryExpression(u, 1);
  if (!u.sees('?')) return test;
  const at = u.next().place;
  return u.deeper(() => {
    const then = u.sees(':') ? null : expression(u);
    u.expect(':');
    const otherwise = conditionalExpression(u);
    return conditional(u, test, then, otherwise, u.span(start, at));
  });
}

function binaryExpression(u: Unit, least: number): Expression {
  const start = u.token.place;
  let left = castExpression(u);
  for (let n = 0; ; n++) {
    const { token } = u;
    const precedence = token.kind === 'punctuator' ? PRECEDENCE[token.text] ?? 0 : 0;
    if (precedence < least || precedence === 0) return left;
    if (n > MAX_CHAIN) u.giveUp('an expression of too many parts');
    u.next();
    const right = binaryExpression(u, precedence + 1);
    const span = u.span(start, token.place);
    left = token.text === '||' || token.text === '&&' ? logical(u, token.text, left, right, span) : binary(u, token.text as BinaryOperator, left, right, span);
  }
}

export function castExpression(u: Unit): Expression {
  const open = u.token;
  if (!open.is('(') || !startsType(u, u.ahead(1))) return unaryExpression(u);
  return u.deeper(() => {
    u.next();
    const { type, setup } = typeName(u);
    u.expect(')');
    if (u.sees('{')) return postfix(u, compoundLiteral(u, type, open.place), open.place);
    const operand = castExpression(u);
    const span = u.span(open.place);
    return after(setup, explicitCast(u, type, operand, span), span);
  });
}

function unaryExpression(u: Unit): Expression {
  const { token } = u;
  if (token.kind === 'punctuator') {
    switch (token.text) {
      case '++': case '--': return u.deeper(() => {
        u.next();
        const target = unaryExpression(u);
        return increment(u, target, token.text === '++' ? 1 : -1, true, u.span(token.place));
      });
      case '&': case '*': case '+': case '-': case '~': case '!': return u.deeper(() => {
        u.next();
        const operand = castExpression(u);
        return prefixed(u, token.text, operand, u.span(token.place));
      });
      case '&&': {
        u.next();
        if (u.token.kind === 'identifier') u.next();
        u.unsupported(u.span(token.place), 'labels as values are not supported');
        return errorExpression(u.span(token.place));
      }
      default:
    }
  } else if (token.kind === 'keyword') {
    switch (token.text) {
      case 'sizeof': return u.deeper(() => sizeofExpression(u));
      case '_Alignof': case '__alignof__': return u.deeper(() => alignofExpression(u));
      case '__extension__': return u.deeper(() => {
        u.next();
        return castExpression(u);
      });
      case '__real__': case '__imag__':
        u.unsupported(spanOf(token), 'complex numbers are not supported');
        u.next();
        return castExpression(u);
      default:
    }
  }
  const first = primary(u);
  return postfix(u, first, token.place);
}

function prefixed(u: Unit, op: string, operand: Expression, span: Span): Expression {
  switch (op) {
    case '&': return addressOf(u, operand, span);
    case '*': return deref(u, operand, span);
    default: return unary(u, op as '+' | '-' | '~' | '!', operand, span);
  }
}

/** A type in parentheses, or an expression; what follows a type may make it a compound literal. */
function operandOf(u: Unit, read: () => Expression): { readonly type: Type; readonly setup: readonly Expression[]; readonly e: Expression | null } {
  if (u.sees('(') && startsType(u, u.ahead(1))) {
    const open: Place = u.next().place;
    const name = typeName(u);
    u.expect(')');
    if (!u.sees('{')) return { ...name, e: null };
    const e = postfix(u, compoundLiteral(u, name.type, open), open);
    return { type: e.type, setup: [], e };
  }
  const e = read();
  return { type: e.type, setup: [], e };
}

function sizeofExpression(u: Unit): Expression {
  const start: Token = u.next();
  const { type, setup, e } = operandOf(u, () => unaryExpression(u));
  const span = u.span(start.place);
  if (isError(type) || e && isWrong(e)) return errorExpression(span);
  if (e?.kind === 'member' && e.bits) u.error(span, "'sizeof' applied to a bit-field");
  if (isVariable(type)) return after(setup, sizeExpression(type, span), span);
  if (type.kind !== 'void' && type.kind !== 'function' && !isComplete(type)) {
    u.error(span, `invalid application of 'sizeof' to incomplete type '${typeText(type)}'`);
    return errorExpression(span);
  }
  return constant(ULONG, BigInt(sizeOf(type)), span);
}

function alignofExpression(u: Unit): Expression {
  const start = u.next();
  const { type, e } = operandOf(u, () => unaryExpression(u));
  const span = u.span(start.place);
  if (isError(type)) return errorExpression(span);
  if (type.kind !== 'void' && type.kind !== 'function' && type.kind !== 'array' && !isComplete(type)) {
    u.error(span, `invalid application of '${start.text}' to incomplete type '${typeText(type)}'`);
    return errorExpression(span);
  }
  const asked = e?.kind === 'variable' && e.symbol.kind === 'variable' ? e.symbol.align ?? 0 : 0;
  return constant(ULONG, BigInt(Math.max(asked, alignOf(type))), span);
}

