import type { Expression } from '../ast.ts';
import type { Type } from '../types.ts';

/** Why an lvalue must not be changed (`read-only variable 'x'`, as gcc says it), or null. */
export function wouldBe(e: Expression): string | null {
  if (e.kind === 'string') return null;
  if (!hasConst(e.type)) return null;
  switch (e.kind) {
    case 'variable': return e.symbol.kind === 'variable' ? `read-only variable '${e.symbol.name}'` : null;
    case 'member': return `read-only member`;
    default: return `read-only location`;
  }
}

/** Itself const, or a record with a const member. */
function hasConst(type: Type): boolean {
  if (type.q.const) return true;
  if (type.kind === 'array') return hasConst(type.of);
  return type.kind === 'record' && (type.tag.fields ?? []).some((field) => hasConst(field.type));
}
