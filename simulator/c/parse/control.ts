import type { Case, Default, Expression, Span, Statement } from '../ast.ts';
import type { IntegerType } from '../types.ts';
import { isError } from '../check/basic_types.ts';
import { condition } from '../check/binary.ts';
import { errorExpression } from '../check/constant.ts';
import { decayed, promote } from '../check/convert.ts';
import { wrapTo } from '../check/promote.ts';
import { spanOf } from '../preprocess/token.ts';
import { integerConstant } from './constant_expression.ts';
import { declaration } from './declaration.ts';
import { expression } from './expression.ts';
import { startsDeclaration } from './specifiers.ts';
import { labelled, loopBody, statement, type SwitchContext } from './statement.ts';
import type { Mutable, Unit } from './unit.ts';

export function forStatement(u: Unit): Statement {
  const from = u.next().place;
  u.expect('(');
  const outer = u.locals;
  u.locals = [];
  u.push();
  let init: readonly Statement[] = [];
  if (startsDeclaration(u)) init = declaration(u);
  else if (!u.accept(';')) {
    const start = u.token.place;
    const e = expression(u);
    u.expect(';');
    init = [{ kind: 'expression', expression: decayed(e), span: u.span(start) }];
  }
  const test = u.sees(';') ? null : condition(u, expression(u));
  u.expect(';');
  const step = u.sees(')') ? null : decayed(expression(u));
  u.expect(')');
  const body = loopBody(u);
  const { locals } = u;
  u.locals = outer;
  u.pop();
  return { kind: 'for', init, condition: test, step, body, locals, span: u.span(from) };
}

export function switchStatement(u: Unit): Statement {
  const from = u.next().place;
  u.expect('(');
  const written = decayed(expression(u));
  u.expect(')');
  const value = promote(written);
  const type = integerType(value);
  if (!type && !isError(written.type)) u.error(written.span, 'switch quantity not an integer');
  const context: SwitchContext = { type, cases: [], default: null, inside: u.fn?.inside ?? [] };
  u.fn?.switches.push(context);
  let body: Statement;
  try {
    body = statement(u);
  } finally {
    u.fn?.switches.pop();
  }
  return { kind: 'switch', value: type ? value : errorExpression(value.span), body, cases: context.cases, default: context.default, span: u.span(from) };
}

function integerType(e: Expression): IntegerType | null { return e.type.kind === 'integer' && !isError(e.type) ? e.type : null; }

export function caseLabel(u: Unit): Statement {
  const keyword = u.next();
  const context = u.fn?.switches.at(-1);
  if (!context) u.error(spanOf(keyword), 'case label not within a switch statement');
  const value = (): bigint => {
    const read = integerConstant(u, 'case label does not reduce to an integer constant') ?? 0n;
    return context?.type ? wrapTo(context.type, read) : read;
  };
  const { errors } = u;
  const low = value();
  const high = u.accept('...') ? value() : low;
  const label = u.span(keyword.place);
  if (!u.accept(':')) u.syntax(`expected ':' or '...' before '${u.token.text}'`);
  if (high < low) u.warn(label, 'empty range specified');
  const made: Mutable<Case> = { kind: 'case', low, high, statement: { kind: 'empty', span: label }, span: label };
  if (context && u.errors === errors) {
    const same = context.cases.find((other) => other.low <= high && low <= other.high);
    if (same) {
      u.error(label, 'duplicate case value');
      u.note(same.span, 'previously used here');
    }
    if (high >= low) context.cases.push(made);
  }
  notInto(u, label);
  made.statement = labelled(u);
  return made;
}

/** A switch must not jump past the declaration of a variable-length array. */
function notInto(u: Unit, label: Span): void {
  const outside = u.fn?.switches.at(-1)?.inside;
  if (outside && u.fn?.inside.some((array) => !outside.includes(array))) u.error(label, 'switch jumps into scope of identifier with variably modified type');
}

export function defaultLabel(u: Unit): Statement {
  const keyword = u.next();
  u.expect(':');
  const context = u.fn?.switches.at(-1);
  const span = spanOf(keyword);
  if (!context) u.error(span, "'default' label not within a switch statement");
  else if (context.default) u.error(span, 'multiple default labels in one switch');
  const made: Mutable<Default> = { kind: 'default', statement: { kind: 'empty', span }, span };
  if (context) context.default ??= made;
  notInto(u, span);
  made.statement = labelled(u);
  return made;
}
