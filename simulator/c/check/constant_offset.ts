import type { Expression } from '../ast.ts';

/** The address of an lvalue that begins at a constant one (`((T *) 0)->m`), as `offsetof` is often written; null for others. */
export function constantOffset(e: Expression): bigint | null {
  switch (e.kind) {
    case 'member': {
      const outer = constantOffset(e.object);
      return outer === null ? null : outer + BigInt(e.offset);
    }
    case 'deref': return constantOffset(e.operand);
    case 'decay': return constantOffset(e.operand);
    case 'constant': return e.value;
    case 'pointer-add': {
      const pointer = constantOffset(e.pointer);
      return pointer === null || e.index.kind !== 'constant' || typeof e.scale !== 'number' ? null : pointer + e.index.value * BigInt(e.scale);
    }
    default: return null;
  }
}
