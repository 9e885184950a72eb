import type { Expression, Span } from '../ast.ts';
import { BOOL, INTEGER, isInteger } from '../check/basic_types.ts';
import { errorExpression } from '../check/constant.ts';
import { convertForAssignment } from '../check/assign.ts';
import { decayed } from '../check/convert.ts';
import type { IntegerName, IntegerType } from '../types.ts';
import { wrongCount } from './builtin.ts';
import type { Unit } from './unit.ts';

/**
 * `__builtin_add_overflow(a, b, &r)` and its like: computed without limit, stored wrapped to `*r`'s type, true when that changed it. The forms with a type in their name
 * become the general one with converted operands: a builtin of three operands, each of its own integer type, the last a pointer.
 */
export function overflowCall(u: Unit, name: string, args: readonly Expression[], span: Span): Expression {
  if (args.length !== 3) return wrongCount(u, name, args.length, 3, span);
  const [, sign = '', what = '', wide = ''] = /^__builtin_([su]?)(add|sub|mul)(l{0,2})_overflow$/.exec(name) ?? [];
  const [a, b, result] = args.map(decayed);
  if (!a || !b || !result) return errorExpression(span);
  if (result.type.kind !== 'pointer' || !isInteger(result.type.to) || result.type.to.q.const) {
    u.error(result.span, `argument 3 in call to function '${name}' does not have pointer to integral type`);
    return errorExpression(span);
  }
  const operands = [a, b];
  if (sign !== '') {
    const type: IntegerType = INTEGER[`${sign === 'u' ? 'unsigned ' : ''}${wide === '' ? 'int' : wide === 'l' ? 'long' : 'long long'}` as IntegerName];
    operands.forEach((operand, i) => { operands[i] = convertForAssignment(u, type, operand, { kind: 'argument', number: i + 1, callee: name }); });
  }
  const wrong = operands.find((operand) => !isInteger(operand.type));
  if (wrong) {
    u.error(wrong.span, `argument in call to function '${name}' does not have integral type`);
    return errorExpression(span);
  }
  return { kind: 'builtin', name: `__builtin_${what}_overflow`, operands: [...operands, result], type: BOOL, span };
}
