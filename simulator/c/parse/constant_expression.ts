import type { Expression } from '../ast.ts';
import { isWrong } from '../check/constant.ts';
import { conditionalExpression } from './expression.ts';
import type { Unit } from './unit.ts';

/** Reads an integer constant expression; null (with `message` reported) when it is none. */
export function integerConstant(u: Unit, message: string): bigint | null {
  const e = conditionalExpression(u);
  return constantValue(u, e, message);
}

export function constantValue(u: Unit, e: Expression, message: string): bigint | null {
  if (isWrong(e)) return null;
  if (e.kind === 'constant' && e.type.kind === 'integer') return e.value;
  u.error(e.span, message);
  return null;
}
