import type { FunctionSymbol, Linkage } from '../ast.ts';
import type { FunctionType } from '../types.ts';
import { compatible, composite } from '../check/compatible.ts';
import { typeText } from '../check/type_text.ts';
import { spanOf } from '../preprocess/token.ts';
import type { Declarator } from './declarator.ts';
import type { Specifiers } from './specifiers.ts';
import type { Mutable, Unit } from './unit.ts';

/** Declares a function: the symbol that all its declarations share. */
export function declareFunction(u: Unit, specs: Specifiers, made: Declarator): Mutable<FunctionSymbol> {
  const text = made.name?.text ?? '';
  const type = made.type as FunctionType;
  if (u.sees('=')) {
    u.error(spanOf(u.token), `function '${text}' is initialized like a variable`);
    u.syntax(`expected ',' or ';' before '='`);
  }
  if (specs.storage === 'static' && !u.atFileScope) u.error(made.span, `invalid storage class for function '${text}'`);
  const old = u.scope.names.get(text);
  if (old && old.kind !== 'function') {
    u.error(made.span, `'${text}' redeclared as different kind of symbol`);
    u.note(old.span, `previous declaration of '${text}'`);
  }
  const known = u.linked.get(text);
  const symbol = known?.kind === 'function' ? again(u, specs, made, type, known) : fresh(u, specs, made, type, text);
  u.scope.names.set(text, symbol);
  if (specs.attributes.weak || made.attributes.weak) symbol.weak = true;
  const when = specs.attributes.when ?? made.attributes.when;
  if (when) symbol.when = when;
  return symbol;
}

function fresh(u: Unit, specs: Specifiers, made: Declarator, type: FunctionType, text: string): Mutable<FunctionSymbol> {
  // a definition that is only `inline` is this unit's own
  const linkage: Linkage = specs.storage === 'static' || specs.inline && specs.storage !== 'extern' ? 'internal' : 'external';
  const symbol: FunctionSymbol = { kind: 'function', name: made.label ?? text, type, linkage, defined: false, span: made.span };
  u.linked.set(text, symbol);
  return symbol;
}

function again(u: Unit, specs: Specifiers, made: Declarator, type: FunctionType, known: Mutable<FunctionSymbol>): Mutable<FunctionSymbol> {
  const text = made.name?.text ?? '';
  if (!compatible(known.type, type)) {
    u.error(made.span, `conflicting types for '${text}'; have '${typeText(type)}'`);
    u.note(known.span, `previous declaration of '${text}' with type '${typeText(known.type)}'`);
    known.type = type;
  } else known.type = composite(known.type, type);
  if (specs.storage === 'static' && known.linkage === 'external') u.error(made.span, `static declaration of '${text}' follows non-static declaration`);
  if (made.label !== null) known.name = made.label;
  return known;
}
