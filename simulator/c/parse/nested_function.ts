import type { Expression, FunctionSymbol, Initializer, Span, Statement, VariableSymbol } from '../ast.ts';
import type { FunctionType } from '../types.ts';
import { arrayOf, isVariablyModified, LONG, pointerTo, VOID } from '../check/basic_types.ts';
import { constant, errorExpression } from '../check/constant.ts';
import { cast, decayed } from '../check/convert.ts';
import { hiddenSize } from './declaration.ts';
import type { Declarator } from './declarator.ts';
import { block } from './statement.ts';
import type { FunctionContext, Mutable, Unit } from './unit.ts';

/**
 * GNU C's functions in functions. They become functions of the file; what they use of the locals around them is reached through `links`, a hidden array of
 * addresses in the outer function's frame. Each mention of the function's name stores the address of that array in a hidden static variable, and the function, when
 * it begins, takes it from there. (gcc makes a piece of code on the stack for each; the two differ only when an outer function calls itself and then uses a pointer
 * that an earlier call of it made.)
 */
export interface Nested { readonly links: Mutable<VariableSymbol>; readonly chain: VariableSymbol }

const SLOT = pointerTo(VOID);

/** Reads a definition within a function; its declarator has been read. What has to be done where it stands comes back. */
export function nestedFunction(u: Unit, made: Declarator, outer: FunctionContext): Statement[] {
  const { name, span } = made;
  const list = made.parameters;
  if (!name || made.type.kind !== 'function' || !list || list.names) return [];
  const number = u.counter++;
  const hidden = (what: string, rest: Pick<VariableSymbol, 'type' | 'linkage' | 'storage'>): Mutable<VariableSymbol> => ({ kind: 'variable', name: `.${what}${number}`, defined: true, span, ...rest });
  const links = hidden('links', { type: arrayOf(SLOT, 1), linkage: 'none', storage: 'automatic' });
  const chain = hidden('chain', { type: pointerTo(SLOT), linkage: 'internal', storage: 'static' });
  u.variables.push({ symbol: chain, init: null, within: null, span });
  u.owners.set(links, outer);
  const symbol: FunctionSymbol = { kind: 'function', name: `${name.text}.${number}`, type: made.type, linkage: 'internal', defined: true, span };
  u.linked.set(symbol.name, symbol);
  u.scope.names.set(name.text, symbol);
  u.nested.set(symbol, { links, chain });
  const captured = readNested(u, made, symbol, made.type, chain, outer);
  links.type = arrayOf(SLOT, Math.max(1, captured.length));
  const init: Initializer = { size: 8 * captured.length, entries: captured.map((variable, i) => ({ offset: 8 * i, type: SLOT, value: cast(addressOf(u, variable, span), SLOT, true, span) })) };
  return [{ kind: 'declaration', symbol: links, init, length: null, span }];
}

/** Reads the body, as a function of its own: the outer locals that it uses come back, in the order of their links. */
function readNested(u: Unit, made: Declarator, symbol: FunctionSymbol, type: FunctionType, chain: VariableSymbol, outer: FunctionContext): readonly VariableSymbol[] {
  const { span } = made;
  const list = made.parameters;
  const { hidden, sizes, locals } = u;
  u.hidden = [];
  u.sizes = [];
  u.locals = [];
  u.push();
  const own: VariableSymbol = { kind: 'variable', name: '.chain', type: chain.type, linkage: 'none', storage: 'automatic', defined: true, span };
  const fn: FunctionContext = { symbol, type, labels: new Map(), undeclared: outer.undeclared, loops: 0, switches: [], inside: [], captures: { chain: own, variables: [] } };
  u.owners.set(own, fn);
  u.fn = fn;
  for (const param of list?.params ?? []) {
    u.owners.set(param.symbol, fn);
    if (param.name !== '') u.scope.names.set(param.name, param.symbol);
  }
  try {
    const body = block(u, true);
    for (const [name, label] of fn.labels) if (label.used && !label.defined) u.error(label.used, `label '${name}' used but not defined`);
    const prologue: Statement[] = [
      { kind: 'declaration', symbol: own, init: { size: 8, entries: [{ offset: 0, type: own.type, value: variable(chain, span) }] }, length: null, span },
      ...(list?.sizes ?? []).map(({ symbol: size, value }) => hiddenSize(size, value)),
    ];
    u.functions.push({ symbol, type, params: (list?.params ?? []).map((param) => param.symbol), body: { ...body, statements: [...prologue, ...body.statements] }, span });
  } finally {
    u.fn = outer;
    u.pop();
    u.hidden = hidden;
    u.sizes = sizes;
    u.locals = locals;
  }
  return fn.captures?.variables ?? [];
}

function variable(symbol: VariableSymbol, span: Span): Expression { return { kind: 'variable', symbol, type: symbol.type, span }; }

/** A local: the function's own, or one of a function around it, through the links. */
export function localVariable(u: Unit, symbol: VariableSymbol, span: Span): Expression {
  const { fn } = u;
  const owner = u.owners.get(symbol);
  if (!fn?.captures || owner === undefined || owner === fn) return variable(symbol, span);
  if (isVariablyModified(symbol.type)) {
    u.unsupported(span, `'${symbol.name}' has a variable size: it cannot be used in a nested function`);
    return errorExpression(span);
  }
  const { chain, variables } = fn.captures;
  let index = variables.indexOf(symbol);
  if (index < 0) index = variables.push(symbol) - 1;
  const slot: Expression = { kind: 'pointer-add', pointer: variable(chain, span), index: constant(LONG, BigInt(index), span), subtract: false, scale: 8, type: chain.type, span };
  const address = cast({ kind: 'deref', operand: slot, type: SLOT, span }, pointerTo(symbol.type), true, span);
  return { kind: 'deref', operand: address, type: symbol.type, span };
}

function addressOf(u: Unit, symbol: VariableSymbol, span: Span): Expression {
  const e = localVariable(u, symbol, span);
  return e.kind === 'deref' ? e.operand : { kind: 'address', operand: e, type: pointerTo(symbol.type), span };
}

/** The address of a nested function, its links put where it will look for them. */
export function nestedAddress(u: Unit, symbol: FunctionSymbol, { links, chain }: Nested, span: Span): Expression {
  const to = decayed(localVariable(u, links, span));
  const set: Expression = { kind: 'assign', target: variable(chain, span), value: to, type: chain.type, span };
  const address = decayed({ kind: 'variable', symbol, type: symbol.type, span });
  return { kind: 'comma', left: set, right: address, type: address.type, span };
}
