import type { Expression, Place, VariableSymbol } from '../ast.ts';
import type { Type } from '../types.ts';
import { isComplete, isError, isVariable } from '../check/basic_types.ts';
import { errorExpression } from '../check/constant.ts';
import { typeText } from '../check/type_text.ts';
import { initializer } from './initializer.ts';
import type { Unit } from './unit.ts';

/** `(T){ … }`; the type has been read, `{` comes. */
export function compoundLiteral(u: Unit, type: Type, start: Place): Expression {
  const at = u.span(start);
  const isStatic = u.fn === null;
  if (type.kind === 'void' || type.kind === 'function' || isVariable(type) || !isComplete(type) && type.kind !== 'array') {
    if (!isError(type)) u.error(at, isVariable(type) ? 'compound literal has variable size' : `invalid use of incomplete type '${typeText(type)}'`);
    initializer(u, type, isStatic);
    return errorExpression(u.span(start));
  }
  const made = initializer(u, type, isStatic);
  const span = u.span(start);
  if (isError(made.type)) return errorExpression(span);
  const symbol: VariableSymbol = { kind: 'variable', name: u.hiddenName('compound'), type: made.type, linkage: isStatic ? 'internal' : 'none', storage: isStatic ? 'static' : 'automatic', defined: true, span };
  return { kind: 'compound', symbol, init: made.init, type: made.type, span };
}
