import type { Expression, Statement, VariableSymbol } from '../ast.ts';

const NO_TREE = new Set(['type', 'span', 'symbol', 'computed', 'function', 'locals', 'cases', 'default']);

/** Calls `visit` with each expression and statement of a tree, outer ones first; not for what `visit` is false for. */
export function walk(node: unknown, visit: (node: Expression | Statement) => boolean): void {
  if (Array.isArray(node)) {
    for (const each of node) walk(each, visit);
    return;
  }
  if (typeof node !== 'object' || node === null || node instanceof Uint8Array) return;
  if ('kind' in node && !visit(node as Expression | Statement)) return;
  for (const [key, value] of Object.entries(node)) if (!NO_TREE.has(key)) walk(value, visit);
}

/** Local variables whose address the code takes. */
export function addressedIn(body: Statement): ReadonlySet<VariableSymbol> {
  const found = new Set<VariableSymbol>();
  walk(body, (node) => {
    if (node.kind === 'address' && node.operand.kind === 'variable' && node.operand.symbol.kind === 'variable') found.add(node.operand.symbol);
    return true;
  });
  return found;
}

/** It may be evaluated while arguments of another call stand below the stack pointer: it calls nothing and does not stop. */
export function isQuiet(e: Expression): boolean {
  let quiet = true;
  walk(e, (node) => {
    if (node.kind === 'call' || node.kind === 'builtin' || node.kind === 'statement-expression') quiet = false;
    return quiet;
  });
  return quiet;
}

/** Does evaluating it change anything? */
export function hasEffects(e: Expression): boolean {
  let effects = false;
  walk(e, (node) => {
    effects ||= ['call', 'builtin', 'statement-expression', 'assign', 'compound-assign', 'increment', 'compound'].includes(node.kind);
    return !effects;
  });
  return effects;
}

/** Declares a variable-length array directly or in an inner statement. */
export function hasVariableArray(statement: Statement): boolean {
  let found = false;
  walk(statement, (node) => {
    found ||= node.kind === 'declaration' && node.length !== null && node.symbol.type.kind === 'array';
    return !found;
  });
  return found;
}
