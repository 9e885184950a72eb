import type { Expression, Span } from '../ast.ts';
import type { Unit } from '../parse/unit.ts';
import { convertForAssignment } from './assign.ts';
import { isComplete, isError, isFunctionPointer, unqualified } from './basic_types.ts';
import { defaultPromoted } from './compatible.ts';
import { errorExpression, isWrong } from './constant.ts';
import { decayed, implied } from './convert.ts';
import { typeText } from './type_text.ts';

/** A call, its arguments converted to the parameters' types or promoted. */
export function call(u: Unit, callee: Expression, args: readonly Expression[], span: Span): Expression {
  if (isWrong(callee)) return errorExpression(span);
  const target = decayed(callee);
  const name = nameOf(callee);
  if (!isFunctionPointer(target.type)) {
    u.error(span, `called object${name === null ? '' : ` '${name}'`} is not a function or function pointer`);
    return errorExpression(span);
  }
  const type = target.type.to;
  const called = name ?? 'function';
  if (type.prototyped) {
    if (args.length < type.params.length) {
      u.error(span, `too few arguments to function '${called}'`, `it takes ${type.params.length}${type.variadic ? ' or more' : ''}, ${args.length} given`);
      return errorExpression(span);
    }
    if (args.length > type.params.length && !type.variadic) {
      u.error(span, `too many arguments to function '${called}'`, `it takes ${type.params.length}, ${args.length} given`);
      return errorExpression(span);
    }
  }
  const converted = args.map((arg, i) => argument(u, arg, type.prototyped ? type.params[i] : undefined, i + 1, called));
  const returns = unqualified(type.returns);
  if (returns.kind !== 'void' && !isComplete(returns)) {
    u.error(span, `invalid use of incomplete type '${typeText(returns)}'`);
    return errorExpression(span);
  }
  return { kind: 'call', callee: target, arguments: converted, function: type, type: returns, span };
}

function argument(u: Unit, arg: Expression, param: Expression['type'] | undefined, number: number, callee: string): Expression {
  if (param && !isComplete(param)) {
    u.error(arg.span, `type of formal parameter ${number} is incomplete`);
    return errorExpression(arg.span);
  }
  if (param) return convertForAssignment(u, param, arg, { kind: 'argument', number, callee });
  const value = decayed(arg);
  if (isWrong(value) || isError(value.type)) return value;
  if (value.type.kind === 'void') {
    u.error(value.span, 'invalid use of void expression');
    return errorExpression(value.span);
  }
  if (!isComplete(value.type)) {
    u.error(value.span, `invalid use of incomplete type '${typeText(unqualified(value.type))}'`);
    return errorExpression(value.span);
  }
  return implied(value, defaultPromoted(value.type));
}

/** What a message calls the function. */
function nameOf(callee: Expression): string | null {
  switch (callee.kind) {
    case 'variable': return callee.symbol.name;
    case 'deref': case 'decay': return nameOf(callee.operand);
    case 'comma': return nameOf(callee.right);
    default: return null;
  }
}
