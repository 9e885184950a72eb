import type { Span, VariableSymbol } from '../ast.ts';
import type { Type } from '../types.ts';
import { ERROR, isError, unqualified } from '../check/basic_types.ts';
import { asParameter } from '../check/compatible.ts';
import { spanOf, type Token } from '../preprocess/token.ts';
import { attributes, noAttributes } from './attributes.ts';
import { declarator, type ParameterList } from './declarator.ts';
import { specifiers, startsType, unknownType } from './specifiers.ts';
import { before, type Unit } from './unit.ts';

export interface Parameter { readonly name: string; /** Adjusted: arrays and functions are pointers. */ readonly type: Type; readonly span: Span; readonly symbol: VariableSymbol }

/** What stands between the parentheses of a function declarator; `(` has been read. */
export function parameterList(u: Unit): ParameterList {
  const outer = u.sizes;
  u.sizes = [];
  u.push();
  u.scope.isPrototype = true;
  try {
    return list(u);
  } finally {
    u.pop();
    u.sizes = outer;
  }
}

function list(u: Unit): ParameterList {
  const none = { params: [], variadic: false, names: null, sizes: [] };
  if (u.accept(')')) return { ...none, prototyped: false };
  if (u.token.text === 'void' && u.ahead(1).is(')')) {
    u.next();
    u.next();
    return { ...none, prototyped: true };
  }
  if (u.token.kind === 'identifier' && !startsType(u) && (u.ahead(1).is(',') || u.ahead(1).is(')'))) return names(u);
  const params: Parameter[] = [];
  let variadic = false;
  do {
    if (u.sees('...')) {
      if (params.length === 0) u.error(spanOf(u.token), "ISO C requires a named argument before '...'");
      u.next();
      variadic = true;
      break;
    }
    if (u.token.kind === 'identifier' && !startsType(u) && (u.ahead(1).is(',') || u.ahead(1).is(')'))) {
      // `int f(int a, b)`
      unknownType(u, u.next());
      continue;
    }
    if (!startsParameter(u)) u.syntax(`expected declaration specifiers or '...' ${before(u.token)}`);
    if (params.length === 0 && isVoidName(u)) {
      u.next();
      u.next();
      return { ...none, prototyped: true };
    }
    params.push(parameter(u));
  } while (u.accept(','));
  if (!u.sees(')') && !variadic) u.syntax(`expected ';', ',' or ')' ${before(u.token)}`);
  u.expect(')');
  return { params, variadic, prototyped: true, names: null, sizes: u.sizes };
}

/** A typedef of void alone is `(void)`. */
function isVoidName(u: Unit): boolean {
  const meaning = u.token.kind === 'identifier' ? u.scope.find(u.token.text) : null;
  return meaning?.kind === 'typedef' && meaning.type.kind === 'void' && u.ahead(1).is(')');
}

function startsParameter(u: Unit): boolean { return startsType(u) || u.token.kind === 'keyword' && /^(?:register|static|extern|auto|typedef|_Noreturn|inline)$/.test(u.token.text) || u.token.kind === 'identifier'; }

function parameter(u: Unit): Parameter {
  const start = u.token.place;
  const base = specifiers(u);
  if (base.storage !== null && base.storage !== 'register') u.error(u.span(start), `storage class specified for parameter`);
  const made = declarator(u, base.type, 'parameter');
  const attrs = noAttributes();
  attributes(u, attrs);
  const param = parameterOf(u, made.name, made.type, made.name ? spanOf(made.name) : u.span(start), made.arrayQualifiers);
  if (base.storage === 'register') u.registers.add(param.symbol);
  return param;
}

/** Enters a parameter into the scope. */
export function parameterOf(u: Unit, name: Token | null, written: Type, span: Span, q = { const: false, volatile: false, restrict: false }): Parameter {
  let type = asParameter(written, q);
  if (type.kind === 'void') {
    u.error(span, name ? `parameter '${name.text}' has incomplete type` : "'void' must be the only parameter");
    type = ERROR;
  }
  const symbol: VariableSymbol = { kind: 'variable', name: name?.text ?? '', type, linkage: 'none', storage: 'automatic', defined: true, span };
  u.parameters.add(symbol);
  if (name) {
    if (u.scope.names.has(name.text)) u.error(span, `redefinition of parameter '${name.text}'`);
    u.scope.names.set(name.text, symbol);
  }
  return { name: symbol.name, type: isError(type) ? type : unqualified(type), span, symbol };
}

/** K&R: names only. */
function names(u: Unit): ParameterList {
  const found: Token[] = [];
  do {
    found.push(u.expectIdentifier());
  } while (u.accept(','));
  u.expect(')');
  return { params: [], variadic: false, prototyped: false, names: found, sizes: [] };
}

