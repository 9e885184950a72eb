import type { Block, Case, Default, Expression, Span, Statement, StatementExpression, VariableSymbol } from '../ast.ts';
import type { IntegerType } from '../types.ts';
import { condition } from '../check/binary.ts';
import { isComplete, unqualified, VOID } from '../check/basic_types.ts';
import { errorExpression, isWrong } from '../check/constant.ts';
import { convertForAssignment } from '../check/assign.ts';
import { decayed } from '../check/convert.ts';
import { endOf, spanOf, type Token } from '../preprocess/token.ts';
import { attributes, noAttributes, parenthesised } from './attributes.ts';
import { declaration } from './declaration.ts';
import { expression } from './expression.ts';
import { forStatement, switchStatement, caseLabel, defaultLabel } from './control.ts';
import { startsDeclaration } from './specifiers.ts';
import { SyntaxProblem, type Unit } from './unit.ts';

/** A switch that is being read: `type` is that of its value, promoted. */
export interface SwitchContext { readonly type: IntegerType | null; readonly cases: Case[]; default: Default | null; readonly inside: readonly VariableSymbol[] }

/** `{ … }`. `params`: it is a function's body, whose scope (already open) they are in. */
export function block(u: Unit, isBody = false): Block {
  return u.deeper(() => {
    const open = u.expect('{');
    const outer = u.locals, inside = u.fn?.inside;
    u.locals = [];
    if (!isBody) u.push();
    const statements: Statement[] = [];
    while (!u.sees('}')) {
      if (u.token.kind === 'end') {
        const place = endOf(u.previous);
        u.error({ at: place, from: place, to: place }, "expected declaration or statement at end of input", `the '{' of line ${open.place.line} has no '}'`);
        break;
      }
      statements.push(...blockItem(u));
    }
    u.accept('}');
    const { locals } = u;
    u.locals = outer;
    if (u.fn && inside) u.fn.inside = inside;
    if (!isBody) u.pop();
    return { kind: 'block', statements, locals, span: u.span(open.place) };
  });
}

/** A declaration or statement, with what has to be declared before it. After an error, reading goes on behind the next `;` or before a `}`. */
function blockItem(u: Unit): Statement[] {
  const outer = u.hidden;
  u.hidden = [];
  let items: Statement[] = [];
  const from = u.at;
  try {
    items = beginsDeclaration(u) ? declaration(u) : [statement(u)];
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem;
    recover(u, from);
  }
  const { hidden } = u;
  u.hidden = outer;
  return [...hidden, ...items];
}

/** Also where a name stands that should be a type: `foo x;`. */
function beginsDeclaration(u: Unit): boolean {
  if (startsDeclaration(u) || u.sees('_Static_assert')) return !(u.sees('__attribute__') && isFallthrough(u));
  const { token } = u;
  if (token.kind !== 'identifier' || u.scope.find(token.text)) return false;
  if (u.ahead(1).kind === 'identifier') return true;
  return u.ahead(1).is('*') && u.ahead(2).kind === 'identifier' && (u.ahead(3).is(';') || u.ahead(3).is('=') || u.ahead(3).is(','));
}
function isFallthrough(u: Unit): boolean { return /^(?:__)?fallthrough(?:__)?$/.test(u.ahead(3).text); }

/** Goes on behind what was wrong; it began at the token `from`, and braces that it opened are closed first. */
export function recover(u: Unit, from = u.at): void {
  let depth = 0;
  for (const token of u.tokens.slice(from, u.at)) {
    if (token.is('{')) depth++;
    else if (token.is('}')) depth = Math.max(0, depth - 1);
  }
  const inside = depth > 0;
  for (; u.token.kind !== 'end'; u.next()) {
    if (u.sees('{')) depth++;
    else if (u.sees('}')) {
      if (depth === 0) return;
      if (--depth === 0) {
        u.next();
        // an initializer's braces end before its declaration does
        if (inside) u.accept(';');
        return;
      }
    } else if (u.sees(';') && depth === 0) {
      u.next();
      return;
    }
  }
}

export function statement(u: Unit): Statement {
  const { token } = u;
  if (token.kind === 'keyword') return u.deeper(() => keywordStatement(u, token));
  if (token.is('{')) return block(u);
  if (token.is(';')) {
    u.next();
    return { kind: 'empty', span: spanOf(token) };
  }
  if (token.kind === 'identifier' && u.ahead(1).is(':')) return u.deeper(() => label(u));
  return expressionStatement(u);
}

function expressionStatement(u: Unit): Statement {
  const start = u.token.place;
  const e = expression(u);
  endStatement(u);
  return { kind: 'expression', expression: decayed(e), span: u.span(start) };
}

function endStatement(u: Unit): void { u.expect(';'); }

function keywordStatement(u: Unit, token: Token): Statement {
  const from = token.place;
  switch (token.text) {
    case 'if': return ifStatement(u);
    case 'while': {
      u.next();
      const test = parenthesisedCondition(u);
      const body = loopBody(u);
      return { kind: 'while', condition: test, body, span: u.span(from) };
    }
    case 'do': {
      u.next();
      const body = loopBody(u);
      if (!u.sees('while')) u.syntax(`expected 'while' before '${u.token.text}'`);
      u.next();
      const test = parenthesisedCondition(u);
      endStatement(u);
      return { kind: 'do', body, condition: test, span: u.span(from) };
    }
    case 'for': return forStatement(u);
    case 'switch': return switchStatement(u);
    case 'case': return caseLabel(u);
    case 'default': return defaultLabel(u);
    case 'break': case 'continue': {
      u.next();
      endStatement(u);
      const span = u.span(from);
      if (token.text === 'break' ? (u.fn?.loops ?? 0) === 0 && (u.fn?.switches.length ?? 0) === 0 : (u.fn?.loops ?? 0) === 0) u.error(spanOf(token), `${token.text} statement not within ${token.text === 'break' ? 'loop or switch' : 'a loop'}`);
      return { kind: token.text, span };
    }
    case 'return': return returnStatement(u);
    case 'goto': return gotoStatement(u);
    case 'else': return u.syntax("'else' without a previous 'if'");
    case 'asm': return asmStatement(u);
    case '__label__':
      while (!u.sees(';') && u.token.kind !== 'end') u.next();
      u.expect(';');
      return { kind: 'empty', span: u.span(from) };
    case '__attribute__': {
      attributes(u, noAttributes());
      u.accept(';');
      return { kind: 'empty', span: u.span(from) };
    }
    default:
      if (startsDeclaration(u)) u.syntax(`expected expression before '${token.text}'`, spanOf(token), 'a declaration needs a block: { … }');
      return expressionStatement(u);
  }
}

export function parenthesisedCondition(u: Unit): Expression {
  u.expect('(');
  const e = expression(u);
  u.expect(')');
  return condition(u, e);
}

export function loopBody(u: Unit): Statement {
  const fn = u.fn;
  if (fn) fn.loops++;
  try {
    return statement(u);
  } finally {
    if (fn) fn.loops--;
  }
}

function ifStatement(u: Unit): Statement {
  const from = u.next().place;
  const test = parenthesisedCondition(u);
  const then = statement(u);
  const otherwise = u.accept('else') ? statement(u) : null;
  return { kind: 'if', condition: test, then, otherwise, span: u.span(from) };
}

function returnStatement(u: Unit): Statement {
  const keyword = u.next();
  const value = u.sees(';') ? null : expression(u);
  endStatement(u);
  const span = u.span(keyword.place);
  const type = u.fn ? unqualified(u.fn.type.returns) : VOID;
  if (!value) {
    if (type.kind !== 'void') u.warn(span, "'return' with no value, in function returning non-void");
    return { kind: 'return', value: null, span };
  }
  if (type.kind === 'void') {
    const dropped = decayed(value);
    if (dropped.type.kind !== 'void' && !isWrong(dropped)) u.warn(value.span, "'return' with a value, in function returning void");
    return { kind: 'block', locals: [], statements: [{ kind: 'expression', expression: dropped, span }, { kind: 'return', value: null, span }], span };
  }
  return { kind: 'return', value: convertForAssignment(u, type, value, { kind: 'return' }), span };
}

function gotoStatement(u: Unit): Statement {
  const keyword = u.next();
  if (u.sees('*')) {
    u.next();
    expression(u);
    endStatement(u);
    u.unsupported(u.span(keyword.place), 'labels as values are not supported');
    return { kind: 'empty', span: u.span(keyword.place) };
  }
  const name = u.expectIdentifier();
  endStatement(u);
  const from = { span: u.span(keyword.place), inside: u.fn?.inside ?? [] };
  const known = u.fn?.labels.get(name.text);
  if (known) {
    known.used ??= spanOf(name);
    known.from.push(from);
  } else u.fn?.labels.set(name.text, { defined: null, used: spanOf(name), inside: [], from: [from] });
  return { kind: 'goto', label: name.text, span: u.span(keyword.place) };
}

function label(u: Unit): Statement {
  const name = u.next();
  u.expect(':');
  attributes(u, noAttributes());
  const known = u.fn?.labels.get(name.text);
  if (known?.defined) {
    u.error(spanOf(name), `duplicate label '${name.text}'`);
    u.note(known.defined, `previous definition of '${name.text}'`);
  } else if (known) {
    known.defined = spanOf(name);
    known.inside = u.fn?.inside ?? [];
  } else u.fn?.labels.set(name.text, { defined: spanOf(name), used: null, inside: u.fn.inside, from: [] });
  return { kind: 'label', name: name.text, statement: labelled(u), span: spanOf(name) };
}

/** What a label stands before: a declaration, or the block's end, leave it alone. */
export function labelled(u: Unit): Statement {
  if (u.sees('}') || beginsDeclaration(u)) return { kind: 'empty', span: spanOf(u.previous) };
  return statement(u);
}

function asmStatement(u: Unit): Statement {
  const keyword = u.next();
  while (u.token.kind === 'keyword' && /^(?:volatile|inline|goto)$/.test(u.token.text)) u.next();
  const empty = u.ahead(1).text === '""';
  parenthesised(u);
  endStatement(u);
  const span: Span = u.span(keyword.place);
  // `asm volatile("" ::: "memory")` keeps a compiler from moving things, which this one does not do
  if (!empty) u.unsupported(span, 'inline assembly is not supported', 'use the C function of the library, or syscall()');
  return { kind: 'empty', span };
}

/** `({ … })`: `(` has been read. */
export function statementExpression(u: Unit, open: Token): Expression {
  if (!u.fn) u.syntax('braced-group within expression allowed only inside a function');
  const outer = u.hidden;
  u.hidden = [];
  const body = block(u);
  u.hidden = outer;
  u.expect(')');
  const span = u.span(open.place);
  const last = body.statements.at(-1);
  if (last?.kind !== 'expression') return { kind: 'statement-expression', body, result: null, type: VOID, span } satisfies StatementExpression;
  const result = last.expression;
  if (isWrong(result)) return errorExpression(span);
  const rest: Block = { ...body, statements: body.statements.slice(0, -1) };
  if (result.type.kind === 'void' || !isComplete(result.type)) return { kind: 'statement-expression', body, result: null, type: VOID, span };
  return { kind: 'statement-expression', body: rest, result, type: unqualified(result.type), span };
}

