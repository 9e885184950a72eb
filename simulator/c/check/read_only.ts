import type { Expression } from '../ast.ts';
import type { Unit } from '../parse/unit.ts';
import type { Type } from '../types.ts';
import { fieldAt } from './field_name.ts';

/** Why an lvalue must not be changed (`read-only variable 'x'`, as gcc says it), or null. */
export function wouldBe(u: Unit, e: Expression): string | null {
  if (e.kind === 'string') return null;
  if (!hasConst(e.type)) return null;
  switch (e.kind) {
    case 'variable': return e.symbol.kind === 'variable' ? `read-only ${u.parameters.has(e.symbol) ? 'parameter' : 'variable'} '${e.symbol.name}'` : null;
    case 'member': return `read-only member${textOf(e)}`;
    default: return `read-only location${textOf(e)}`;
  }
}

/** Itself const, or a record with a const member. */
function hasConst(type: Type): boolean {
  if (type.q.const) return true;
  if (type.kind === 'array') return hasConst(type.of);
  return type.kind === 'record' && (type.tag.fields ?? []).some((field) => hasConst(field.type));
}

/** ` '*p'`, ` 'p->x'`: the simple ones as they are written. */
function textOf(e: Expression): string {
  if (e.kind === 'member') {
    const name = fieldAt(e);
    return name === null ? '' : ` '${name}'`;
  }
  return e.kind === 'deref' && e.operand.kind === 'variable' ? ` '*${e.operand.symbol.name}'` : '';
}
