import type { Expression, Place, VariableSymbol } from '../ast.ts';
import { arrayOf, CHAR, DOUBLE, INTEGER, qualified } from '../check/basic_types.ts';
import { call } from '../check/call.ts';
import { constant, errorExpression, floatConstant } from '../check/constant.ts';
import { deref, increment, member, subscript } from '../check/unary.ts';
import { bytesOf, encoded } from '../bytes.ts';
import { spanOf, type Token } from '../preprocess/token.ts';
import { builtinCall, isBuiltin } from './builtin.ts';
import { assignmentExpression, expression } from './expression.ts';
import { genericSelection, keywordBuiltin } from './generic.ts';
import { characterValue, floatValue, integerValue, isFatal } from './literal.ts';
import { nameExpression } from './name.ts';
import { statementExpression } from './statement.ts';
import { stringLiteral } from './string.ts';
import { before, type Unit } from './unit.ts';

const MAX_CHAIN = 1000;

/** What may follow a primary expression: `[i]`, `(…)`, `.m`, `->m`, `++`, `--`. */
export function postfix(u: Unit, first: Expression, start: Place): Expression {
  let e = first;
  for (let n = 0; ; n++) {
    if (n > MAX_CHAIN) u.giveUp('an expression of too many parts');
    const { token } = u;
    if (token.kind !== 'punctuator') return e;
    switch (token.text) {
      case '[': {
        u.next();
        const index = expression(u);
        u.expect(']');
        e = subscript(u, e, index, u.span(start, token.place));
        break;
      }
      case '(': {
        u.next();
        const args = callArguments(u);
        e = call(u, e, args, u.span(start));
        break;
      }
      case '.': case '->': {
        u.next();
        const name = u.expectIdentifier();
        const span = u.span(start, token.place);
        e = member(u, token.text === '->' ? deref(u, e, span, '->') : e, name.text, span, token.text === '->');
        break;
      }
      case '++': case '--':
        u.next();
        e = increment(u, e, token.text === '++' ? 1 : -1, false, u.span(start, token.place));
        break;
      default: return e;
    }
  }
}

/** `(` has been read. */
export function callArguments(u: Unit): Expression[] {
  const args: Expression[] = [];
  if (u.accept(')')) return args;
  do {
    args.push(assignmentExpression(u));
  } while (u.accept(','));
  u.expect(')');
  return args;
}

export function primary(u: Unit): Expression {
  const { token } = u;
  switch (token.kind) {
    case 'identifier':
      u.next();
      return u.sees('(') && isBuiltin(u, token.text) ? builtinCall(u, token) : nameExpression(u, token);
    case 'number': return numberLiteral(u);
    case 'character': return characterLiteral(u);
    case 'string': return stringLiteral(u);
    case 'keyword':
      if (token.text === '_Generic') return u.deeper(() => genericSelection(u));
      if (token.text === '__func__') return functionName(u);
      if (token.text.startsWith('__builtin_')) return u.deeper(() => keywordBuiltin(u));
      break;
    case 'punctuator':
      if (token.text === '(') return parenthesised(u);
      break;
    default:
  }
  return u.syntax(`expected expression ${before(token)}`);
}

function parenthesised(u: Unit): Expression {
  return u.deeper(() => {
    const open = u.next();
    if (u.sees('{')) return statementExpression(u, open);
    const e = expression(u);
    u.expect(')');
    // the parentheses belong to its text
    return { ...e, span: { at: e.span.at, from: open.place, to: u.span(open.place).to } };
  });
}

function numberLiteral(u: Unit): Expression {
  const token = u.next();
  const float = floatValue(token.text);
  if (float) return floatConstant(float.name === 'double' ? DOUBLE : { ...DOUBLE, name: float.name, size: float.name === 'float' ? 4 : 16 }, float.value, spanOf(token));
  const integer = integerValue(token.text);
  if ('message' in integer) {
    u.error(spanOf(token), integer.message);
    return errorExpression(spanOf(token));
  }
  if (integer.warning !== undefined) u.warn(spanOf(token), integer.warning);
  return constant(INTEGER[integer.name], integer.value, spanOf(token));
}

function characterLiteral(u: Unit): Expression {
  const token = u.next();
  const parsed = characterValue(token.text);
  if ('message' in parsed) {
    u.error(spanOf(token), parsed.message);
    return errorExpression(spanOf(token));
  }
  if (parsed.warning !== undefined) {
    if (isFatal(parsed.warning)) u.error(spanOf(token), parsed.warning);
    else u.warn(spanOf(token), parsed.warning);
  }
  return constant(INTEGER[parsed.name], parsed.value, spanOf(token));
}

/** `__func__`: a static array of its own in each function (C11 6.4.2.2). */
function functionName(u: Unit): Expression {
  const token: Token = u.next();
  const span = spanOf(token);
  const name = u.fn?.symbol.name.replace(/\.\d+$/, '') ?? '';
  const bytes = bytesOf(`${encoded(name)}\0`);
  const type = arrayOf(qualified(CHAR, { const: true }), bytes.length);
  if (!u.fn) {
    u.warn(span, "'__func__' is not defined outside of function scope");
    return { kind: 'string', type, bytes, span };
  }
  const known = u.variables.find((variable) => variable.symbol.name === '__func__' && variable.within === u.fn?.symbol);
  if (known) return { kind: 'variable', symbol: known.symbol, type, span };
  const symbol: VariableSymbol = { kind: 'variable', name: '__func__', type, linkage: 'none', storage: 'static', defined: true, span };
  u.variables.push({ symbol, init: { size: bytes.length, entries: [{ offset: 0, type, value: { kind: 'bytes', bytes } }] }, within: u.fn.symbol, span });
  return { kind: 'variable', symbol, type, span };
}
