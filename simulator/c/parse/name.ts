import type { Expression, FunctionSymbol, Span } from '../ast.ts';
import type { FunctionType } from '../types.ts';
import { closest } from '../closest.ts';
import { functionOf, INT } from '../check/basic_types.ts';
import { compatible } from '../check/compatible.ts';
import { constant, errorExpression } from '../check/constant.ts';
import { headerOf } from '../check/headers.ts';
import { builtinPrototype } from '../check/prototypes.ts';
import { spanOf, type Token } from '../preprocess/token.ts';
import { localVariable, nestedAddress } from './nested_function.ts';
import type { Unit } from './unit.ts';

/** A name in an expression: what it stands for. One that is called without a declaration is declared by that. */
export function nameExpression(u: Unit, token: Token): Expression {
  const span = spanOf(token);
  const meaning = u.scope.find(token.text);
  switch (meaning?.kind) {
    case 'variable': return localVariable(u, meaning, span);
    case 'function': {
      const nested = u.nested.get(meaning);
      return nested ? nestedAddress(u, meaning, nested, span) : { kind: 'variable', symbol: meaning, type: meaning.type, span };
    }
    case 'enumerator': return constant(meaning.type, meaning.value, span);
    case 'typedef':
      return u.syntax(`expected expression before '${token.text}'`, span);
    case undefined:
  }
  if (u.sees('(')) return implicitFunction(u, token, span);
  undeclared(u, token, span);
  return errorExpression(span);
}

function implicitFunction(u: Unit, token: Token, span: Span): Expression {
  const known = builtinPrototype(token.text);
  const header = headerOf(token.text);
  const functions = [...u.scope.visible()].filter((meaning) => meaning.kind === 'function' && !meaning.name.startsWith('__')).map((meaning) => meaning.name);
  const near = header === null ? closest(token.text, [...functions, 'printf', 'puts', 'main']) : null;
  u.warn(span, `implicit declaration of function '${token.text}'`, header === null ? near === null ? undefined : `did you mean '${near}'?` : `include <${header}>`);
  const hidden = u.linked.get(token.text);
  if (hidden?.kind === 'function') {
    // another block's declaration: not in reach, but it is the same function
    const plain = functionOf(INT, [], { prototyped: false });
    return { kind: 'variable', symbol: hidden, type: compatible(hidden.type, plain) ? plain : hidden.type, span };
  }
  const symbol = declareImplicitly(u, token.text, known ?? functionOf(INT, [], { prototyped: false }), span);
  return { kind: 'variable', symbol, type: symbol.type, span };
}

/** The external function of that name; a new one gets this type. It is known in this block only, but the symbol is the unit's. */
export function declareImplicitly(u: Unit, name: string, type: FunctionType, span: Span): FunctionSymbol {
  const old = u.linked.get(name);
  if (old?.kind === 'function') return old;
  const symbol: FunctionSymbol = { kind: 'function', name, type, linkage: 'external', defined: false, span };
  u.linked.set(name, symbol);
  u.fileScope.names.set(name, symbol);
  return symbol;
}

function undeclared(u: Unit, token: Token, span: Span): void {
  if (u.fn?.undeclared.has(token.text)) return;
  u.fn?.undeclared.add(token.text);
  const names = [...u.scope.visible()].filter((meaning) => meaning.kind !== 'typedef').map((meaning) => meaning.name);
  const header = headerOf(token.text);
  const near = header === null ? closest(token.text, names) : null;
  u.error(span, `'${token.text}' undeclared${u.fn ? ' (first use in this function)' : ' here (not in a function)'}`, header === null ? near === null ? undefined : `did you mean '${near}'?` : `include <${header}>`);
}
