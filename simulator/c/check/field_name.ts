import type { Member } from '../ast.ts';

/** The name of the member that an expression takes, found by its place; null for an anonymous one. */
export function fieldAt(e: Member): string | null {
  if (e.object.type.kind !== 'record') return null;
  const field = e.object.type.tag.fields?.find((one) => one.offset === e.offset && one.bits?.shift === e.bits?.shift && one.name !== '');
  return field?.name ?? null;
}
