import type { Expression, Initializer, Linkage, Statement, VariableSymbol } from '../ast.ts';
import type { Type } from '../types.ts';
import { ERROR, isComplete, isError, isVariable, isVariablyModified, sizeOf, unqualified } from '../check/basic_types.ts';
import { compatible, composite } from '../check/compatible.ts';
import { typeText } from '../check/type_text.ts';
import { sizeExpression } from '../check/variable_size.ts';
import type { Declarator } from './declarator.ts';
import { fromExpression, initializer, type Filling } from './initializer.ts';
import type { Specifiers } from './specifiers.ts';
import type { Mutable, Unit } from './unit.ts';

/** A variable's declarator and its initializer; `value`: already read (`__auto_type`). */
export function declareVariable(u: Unit, specs: Specifiers, made: Declarator, value: Expression | null): Statement[] {
  const { name } = made;
  if (!name) return [];
  const type = checkedType(u, made, name.text);
  const symbol = enter(u, specs, made, type);
  const hasInit = value !== null || u.sees('=');
  if (!hasInit) return finish(u, symbol, specs, null);
  const isStatic = symbol.storage !== 'automatic';
  if (value === null) u.next();
  if (specs.storage === 'extern' && !u.atFileScope) u.error(made.span, `'${name.text}' has both 'extern' and initializer`);
  if (isVariable(symbol.type)) u.error(made.span, 'variable-sized object may not be initialized');
  const filled = value === null ? initializer(u, symbol.type, isStatic) : fromValue(u, symbol.type, isStatic, value);
  symbol.type = filled.type;
  if (u.variables.some((variable) => variable.symbol === symbol)) u.error(made.span, `redefinition of '${name.text}'`);
  symbol.defined = true;
  return finish(u, symbol, specs, filled.init);
}

function fromValue(u: Unit, type: Type, isStatic: boolean, value: Expression): { readonly type: Type; readonly init: Initializer } {
  const filling: Filling = { u, isStatic, entries: [], extent: 0 };
  const completed = fromExpression(filling, { type, offset: 0 }, value);
  return { type: completed, init: { size: filling.extent, entries: filling.entries } };
}

function checkedType(u: Unit, made: Declarator, name: string): Type {
  const { type } = made;
  if (type.kind === 'void') {
    u.error(made.span, `variable or field '${name}' declared void`);
    return ERROR;
  }
  return type;
}

/** The symbol of this declaration: a new one, or the one that the name has already. */
function enter(u: Unit, specs: Specifiers, made: Declarator, type: Type): Mutable<VariableSymbol> {
  const text = made.name?.text ?? '';
  const linked = u.atFileScope || specs.storage === 'extern';
  const align = Math.max(specs.attributes.align ?? 0, made.attributes.align ?? 0);
  if (specs.threadLocal && !linked && specs.storage !== 'static') u.error(made.span, `function-scope '${text}' implicitly auto and declared '_Thread_local'`);
  const old = u.scope.names.get(text);
  if (linked) {
    const known = u.linked.get(text);
    const visible = old ?? (u.atFileScope ? undefined : known);
    if (visible && visible.kind !== 'variable') different(u, made, visible.span, text);
    else if (old?.kind === 'variable' && old.linkage === 'none') u.error(made.span, `extern declaration of '${text}' follows declaration with no linkage`);
    else if (known?.kind === 'variable') return again(u, specs, made, type, known);
  } else if (old) {
    if (old.kind !== 'variable') different(u, made, old.span, text);
    else {
      if (u.parameters.has(old)) different(u, made, old.span, text);
      else u.error(made.span, compatible(old.type, type) ? `redeclaration of '${text}' with no linkage` : `conflicting types for '${text}'; have '${typeText(type)}'`);
      u.note(old.span, `previous declaration of '${text}' with type '${typeText(old.type)}'`);
    }
  }
  const linkage: Linkage = linked ? specs.storage === 'static' ? 'internal' : 'external' : 'none';
  const storage = specs.threadLocal ? 'thread' : linked || specs.storage === 'static' ? 'static' : 'automatic';
  const symbol: Mutable<VariableSymbol> = { kind: 'variable', name: made.label ?? text, type, linkage, storage, defined: specs.storage !== 'extern', span: made.span, ...align > 0 ? { align } : {} };
  if (specs.storage === 'register' && !linked) u.registers.add(symbol);
  if (linked && specs.storage === 'register') u.error(made.span, `register name not specified for '${text}'`);
  if (linked && specs.storage === 'auto') u.error(made.span, `file-scope declaration of '${text}' specifies 'auto'`);
  if (linked) u.linked.set(text, symbol);
  else u.locals.push(symbol);
  if (storage === 'automatic' && u.fn) u.owners.set(symbol, u.fn);
  u.scope.names.set(text, symbol);
  return symbol;
}

function different(u: Unit, made: Declarator, span: VariableSymbol['span'], text: string): void {
  u.error(made.span, `'${text}' redeclared as different kind of symbol`);
  u.note(span, `previous declaration of '${text}'`);
}

function again(u: Unit, specs: Specifiers, made: Declarator, type: Type, known: Mutable<VariableSymbol>): Mutable<VariableSymbol> {
  const text = made.name?.text ?? '';
  if (!compatible(known.type, type) && !isError(type)) {
    u.error(made.span, `conflicting types for '${text}'; have '${typeText(type)}'`);
    u.note(known.span, `previous declaration of '${text}' with type '${typeText(known.type)}'`);
  } else known.type = composite(known.type, type);
  if (u.atFileScope) {
    if (specs.storage === 'static' && known.linkage === 'external') u.error(made.span, `static declaration of '${text}' follows non-static declaration`);
    else if (specs.storage === null && known.linkage === 'internal') u.error(made.span, `non-static declaration of '${text}' follows static declaration`);
    if (specs.storage !== 'extern') known.defined = true;
  }
  if (specs.threadLocal) known.storage = 'thread';
  u.scope.names.set(text, known);
  return known;
}

/** Bytes of one variable: a quarter of the addresses. */
const LARGEST = 2 ** 30;

/** Makes the variable's definition or declaration statement. */
function finish(u: Unit, symbol: Mutable<VariableSymbol>, specs: Specifiers, init: Initializer | null): Statement[] {
  const { span } = symbol;
  const local = symbol.linkage === 'none';
  if ((local || init !== null) && !isError(symbol.type) && !isComplete(symbol.type)) {
    u.error(span, symbol.type.kind === 'array' ? `array size missing in '${symbol.name}'` : `storage size of '${symbol.name}' isn't known`, symbol.type.kind === 'record' ? `'${typeText(unqualified(symbol.type))}' is declared, but its members are not` : undefined);
    symbol.type = ERROR;
  }
  if (isVariablyModified(symbol.type) && symbol.storage !== 'automatic' && (symbol.linkage !== 'none' || isVariable(symbol.type))) u.error(span, isVariable(symbol.type) ? `storage size of '${symbol.name}' isn't constant` : `object with variably modified type must have no linkage`);
  if ((local || init !== null) && isComplete(symbol.type) && sizeOf(symbol.type) > LARGEST) {
    u.unsupported(span, `'${symbol.name}' is larger than the simulated computer's memory`);
    return [];
  }
  if (symbol.storage === 'automatic') {
    if (u.fn && isVariablyModified(symbol.type)) u.fn.inside = [...u.fn.inside, symbol];
    const length = isVariable(symbol.type) ? sizeExpression(symbol.type, span) : null;
    return [{ kind: 'declaration', symbol, init, length, span: u.span(specs.start, span.at) }];
  }
  if (init !== null || local) u.variables.push({ symbol, init, within: local && u.fn ? u.fn.symbol : null, span });
  return [];
}

/** File-scope variables that were only tentatively defined are zero; called at the end of the unit. */
export function tentativeDefinitions(u: Unit): void {
  const done = new Set(u.variables.map((variable) => variable.symbol));
  for (const symbol of u.linked.values()) {
    if (symbol.kind !== 'variable' || !symbol.defined || done.has(symbol)) continue;
    const own: Mutable<VariableSymbol> = symbol;
    if (own.type.kind === 'array' && own.type.length === null && isComplete(own.type.of)) {
      if (u.errors === 0) u.warn(own.span, `array '${own.name}' assumed to have one element`);
      own.type = { ...own.type, length: 1 };
    } else if (!isComplete(own.type)) u.error(own.span, `storage size of '${own.name}' isn't known`);
    if (sizeOf(own.type) > LARGEST) u.unsupported(own.span, `'${own.name}' is larger than the simulated computer's memory`);
    u.variables.push({ symbol, init: null, within: null, span: own.span });
  }
}

