import type { Block, FunctionSymbol, Statement, VariableSymbol } from '../ast.ts';
import type { FunctionType } from '../types.ts';
import { cast } from '../check/convert.ts';
import { compatible, defaultPromoted } from '../check/compatible.ts';
import { DOUBLE, INT, isComplete, isError, unqualified } from '../check/basic_types.ts';
import { intConstant } from '../check/constant.ts';
import { typeText } from '../check/type_text.ts';
import { spanOf } from '../preprocess/token.ts';
import { hiddenSize } from './declaration.ts';
import { declareFunction } from './declare_function.ts';
import { declarator, type Declarator } from './declarator.ts';
import { parameterOf, type Parameter } from './parameters.ts';
import { specifiers, startsDeclaration, type Specifiers } from './specifiers.ts';
import { block } from './statement.ts';
import { before, type Mutable, type Unit } from './unit.ts';

/** A function's definition; its declarator has been read. */
export function functionDefinition(u: Unit, specs: Specifiers, made: Declarator): void {
  const list = made.parameters;
  if (!made.name || made.type.kind !== 'function' || !list) return;
  const sizesBefore = u.sizes;
  u.sizes = [];
  u.push();
  if (!list.names && !u.sees('{')) {
    u.error(made.span, list.prototyped || list.params.length > 0 ? 'old-style parameter declarations in prototyped function definition' : `expected '{' ${before(u.token)}`);
    oldStyle(u, []);
  }
  const params = list.names ? oldStyle(u, list.names) : list.params;
  const sizes = [...list.sizes, ...u.sizes];
  u.sizes = sizesBefore;
  u.pop();
  const type: FunctionType = list.names ? { ...made.type, params: params.map((param) => param.type.kind === 'float' ? defaultPromoted(param.type) : param.type) } : made.type;
  checkType(u, type, params, made);
  const symbol = declareFunction(u, specs, { ...made, type });
  if (symbol.defined) {
    u.error(made.span, `redefinition of '${made.name.text}'`);
    u.note(symbol.span, `previous definition of '${made.name.text}'`);
  }
  // a prototype before an old-style definition is what callers go by
  const kept = list.names && symbol.type.kind === 'function' && symbol.type.prototyped ? symbol.type : type;
  symbol.defined = true;
  symbol.span = made.span;
  readBody(u, specs, symbol, kept, params, sizes, list.names !== null && !kept.prototyped);
}

function readBody(u: Unit, specs: Specifiers, symbol: Mutable<FunctionSymbol>, type: FunctionType, params: readonly Parameter[], sizes: Unit['sizes'], promoted: boolean): void {
  u.push();
  for (const param of params) if (param.name !== '') u.scope.names.set(param.name, param.symbol);
  u.fn = { symbol, type, labels: new Map(), undeclared: new Set(), loops: 0, switches: [], inside: [] };
  const prologue: Statement[] = sizes.map(({ symbol: size, value }) => hiddenSize(size, value));
  for (const param of params) u.owners.set(param.symbol, u.fn);
  const symbols = params.map((param) => promoted ? promotedParameter(u, param, prologue) : param.symbol);
  try {
    const body = block(u, true);
    for (const [name, label] of u.fn.labels) {
      if (label.used && !label.defined) u.error(label.used, `label '${name}' used but not defined`);
      const bad = label.from.find(({ inside }) => label.inside.some((array) => !inside.includes(array)));
      if (bad) u.error(bad.span, 'jump into scope of identifier with variably modified type');
    }
    u.functions.push({ symbol, type, params: symbols, body: completed(symbol, type, body, prologue), span: u.span(specs.start, symbol.span.at) });
  } finally {
    u.fn = null;
    u.pop();
  }
}

/** What comes before the body's own statements, and main's `return 0` (C11 5.1.2.2.3). */
function completed(symbol: FunctionSymbol, type: FunctionType, body: Block, prologue: readonly Statement[]): Block {
  const end = { at: body.span.to, from: body.span.to, to: body.span.to };
  const last: Statement[] = symbol.name === 'main' && type.returns.kind === 'integer' ? [{ kind: 'return', value: { ...intConstant(0, end), type: INT }, span: end }] : [];
  return prologue.length + last.length === 0 ? body : { ...body, statements: [...prologue, ...body.statements, ...last] };
}

/** Callers of an old-style function pass a double for a float: it is converted first. */
function promotedParameter(u: Unit, param: Parameter, prologue: Statement[]): VariableSymbol {
  if (param.type.kind !== 'float' || param.type.name !== 'float') return param.symbol;
  const { span } = param;
  const passed: VariableSymbol = { kind: 'variable', name: u.hiddenName('passed'), type: DOUBLE, linkage: 'none', storage: 'automatic', defined: true, span };
  const value = cast({ kind: 'variable', symbol: passed, type: DOUBLE, span }, param.type, true, span);
  prologue.push({ kind: 'declaration', symbol: param.symbol, init: { size: 4, entries: [{ offset: 0, type: param.type, value }] }, length: null, span });
  return passed;
}

function checkType(u: Unit, type: FunctionType, params: readonly Parameter[], made: Declarator): void {
  const returns = unqualified(type.returns);
  if (returns.kind !== 'void' && !isComplete(returns) && !isError(returns)) u.error(made.span, `return type is an incomplete type`, `'${typeText(returns)}' is declared, but its members are not`);
  params.forEach((param, i) => {
    if (!isComplete(param.type) && !isError(param.type)) u.error(param.span, `parameter ${i + 1} ('${param.name}') has incomplete type`);
  });
  if (made.name?.text === 'main' && returns.kind === 'integer' && !compatible(returns, INT)) u.warn(made.span, "return type of 'main' is not 'int'");
}

/** `int f(a, b) int a; char *b; { … }` */
function oldStyle(u: Unit, names: readonly Declarator['name'][]): Parameter[] {
  const given = new Map<string, Parameter>();
  while (startsDeclaration(u)) {
    const base = specifiers(u);
    if (u.accept(';')) continue;
    do {
      const one = declarator(u, base.type, 'named');
      const text = one.name?.text ?? '';
      if (!names.some((name) => name?.text === text)) {
        if (names.length > 0) u.error(one.span, `declaration for parameter '${text}' but no such parameter`);
      } else given.set(text, parameterOf(u, one.name, one.type, one.span, one.arrayQualifiers));
    } while (u.accept(','));
    u.expect(';');
  }
  if (!u.sees('{')) u.syntax(`expected '{' ${before(u.token)}`);
  return names.flatMap((name) => {
    if (!name) return [];
    const known = given.get(name.text);
    if (!known) u.warn(spanOf(name), `type of '${name.text}' defaults to 'int'`);
    return [known ?? parameterOf(u, name, INT, spanOf(name))];
  });
}

