import type { Holder, Key, KernelState, StateObject, Value } from './state.ts';

/** What differs between two states, object by object: what a picture marks. */
export type Change =
  | { readonly what: 'created' | 'freed'; readonly key: Key; readonly name: string }
  | { readonly what: 'counted'; readonly key: Key; readonly name: string; readonly before: number; readonly after: number; readonly gained: readonly Holder[]; readonly lost: readonly Holder[] }
  | { readonly what: 'written'; readonly key: Key; readonly name: string; readonly field: string; readonly before: Value; readonly after: Value }
  | { readonly what: 'table'; readonly table: string; readonly before: Value; readonly after: Value }
  | { readonly what: 'switched'; readonly before: Key; readonly after: Key };

/** The changes from one state to another, in the order of the later state's objects; freed ones last. */
export function state_change(before: KernelState, after: KernelState): Change[] {
  const changes: Change[] = [];
  const was = new Map(before.objects.map((object) => [object.key, object]));
  for (const object of after.objects) {
    const old = was.get(object.key);
    was.delete(object.key);
    if (!old) changes.push({ what: 'created', key: object.key, name: object.name });
    else changes.push(...object_changes(old, object));
  }
  for (const old of was.values()) changes.push({ what: 'freed', key: old.key, name: old.name });
  for (const table of new Set([...Object.keys(before.tables), ...Object.keys(after.tables)])) {
    const [a, b] = [before.tables[table] ?? null, after.tables[table] ?? null];
    if (!same(a, b)) changes.push({ what: 'table', table, before: a, after: b });
  }
  if (before.current !== after.current) changes.push({ what: 'switched', before: before.current, after: after.current });
  return changes;
}

function* object_changes(old: StateObject, object: StateObject): Generator<Change> {
  const { key, name } = object;
  const gained = without(object.holders, old.holders);
  const lost = without(old.holders, object.holders);
  if (old.count !== object.count || gained.length > 0 || lost.length > 0) {
    yield { what: 'counted', key, name, before: old.count ?? 0, after: object.count ?? 0, gained, lost };
  }
  for (const [field, after] of Object.entries(object.fields)) {
    const before = old.fields[field] ?? null;
    if (!same(before, after)) yield { what: 'written', key, name, field, before, after };
  }
}

/** Holders in `all` that are not in `others`. */
function without(all: readonly Holder[], others: readonly Holder[]): Holder[] {
  if (all === others) return [];
  const known = new Set(others.map(holder_text));
  return all.filter((holder) => !known.has(holder_text(holder)));
}

function holder_text({ by, slot, n }: Holder): string {
  return `${by} ${slot} ${n}`;
}

function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => same((a as Record<string, Value>)[key] ?? null, (b as Record<string, Value>)[key] ?? null));
}
