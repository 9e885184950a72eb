import type { Expression, Span } from '../ast.ts';
import type { Type } from '../types.ts';
import { ULONG } from '../check/basic_types.ts';
import { comma } from '../check/unary.ts';
import { declarator } from './declarator.ts';
import { specifiers } from './specifiers.ts';
import type { Unit } from './unit.ts';

/** A type's name. `setup`: what has to be computed first, when sizes in it are no constants; evaluate before anything that needs the size. */
export interface TypeName { readonly type: Type; readonly setup: readonly Expression[] }

export function typeName(u: Unit): TypeName {
  const outer = u.sizes;
  u.sizes = [];
  const base = specifiers(u, true);
  const { type } = declarator(u, base.type, 'abstract');
  const setup = u.sizes.map(({ symbol, value }): Expression => {
    u.hidden.push({ kind: 'declaration', symbol, init: null, length: null, span: value.span });
    return { kind: 'assign', target: { kind: 'variable', symbol, type: ULONG, span: value.span }, value, type: ULONG, span: value.span };
  });
  u.sizes = outer;
  return { type, setup };
}

/** `e`, with what `setup` says computed before. */
export function after(setup: readonly Expression[], e: Expression, span: Span): Expression {
  return setup.reduceRight<Expression>((rest, first) => comma(first, rest, span), e);
}
