import { readable } from '../bytes.ts';
import { spanOf } from '../preprocess/token.ts';
import { conditionalExpression } from './expression.ts';
import { constantValue } from './constant_expression.ts';
import type { Unit } from './unit.ts';

/** `_Static_assert(condition, "text");` */
export function staticAssert(u: Unit): void {
  const keyword = u.next();
  u.expect('(');
  const e = conditionalExpression(u);
  let text: string | null = null;
  if (u.accept(',')) {
    text = '';
    const first = u.token;
    if (first.kind !== 'string') u.syntax('expected string literal in _Static_assert');
    for (let token = first; token.kind === 'string'; ({ token } = u)) text += u.next().text;
  }
  u.expect(')');
  u.expect(';');
  const value = constantValue(u, e, 'expression in static assertion is not an integer constant');
  if (value === 0n) u.error(spanOf(keyword), text === null ? 'static assertion failed' : `static assertion failed: ${readable(text)}`);
}
