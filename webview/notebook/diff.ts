import type { NamespaceShown, NsproxyShown, Picture, Ref, Slot, TaskShown } from '../../simulator/picture/picture.ts';

/** What differs between two pictures, object by object. */
export interface Changed {
  readonly made?: true;
  readonly freed?: true;
  readonly count?: readonly [number, number];
  readonly text?: readonly [string, string];
  readonly slots?: ReadonlyMap<Slot, readonly [Ref | null, Ref | null]>;
  readonly nsproxy?: readonly [Ref | null, Ref | null];
  readonly state?: readonly [string, string];
  readonly user?: readonly [Ref, Ref];
}

export function diff(before: Picture | null, after: Picture): Map<Ref, Changed> {
  const changes = new Map<Ref, Changed>();
  if (!before) return changes;
  compare(before.tasks, after.tasks, changes, task);
  compare(before.nsproxies, after.nsproxies, changes, nsproxy);
  compare(before.namespaces, after.namespaces, changes, namespace);
  return changes;
}

function compare<T extends { readonly ref: Ref }>(before: readonly T[], after: readonly T[], changes: Map<Ref, Changed>, of: (a: T, b: T) => Changed | null): void {
  const old = new Map(before.map((each) => [each.ref, each]));
  for (const now of after) {
    const was = old.get(now.ref);
    const change = was ? of(was, now) : { made: true as const };
    if (change) changes.set(now.ref, change);
    old.delete(now.ref);
  }
  for (const ref of old.keys()) changes.set(ref, { freed: true });
}

function task(a: TaskShown, b: TaskShown): Changed | null {
  const change: Changed = {
    ...(a.nsproxy !== b.nsproxy || a.counted !== b.counted ? { nsproxy: [a.nsproxy, b.nsproxy] as const } : {}),
    ...(a.state !== b.state ? { state: [a.state, b.state] as const } : {}),
    ...(a.user !== b.user ? { user: [a.user, b.user] as const } : {}),
  };
  return Object.keys(change).length > 0 ? change : null;
}

function nsproxy(a: NsproxyShown, b: NsproxyShown): Changed | null {
  const slots = new Map<Slot, readonly [Ref | null, Ref | null]>();
  for (const [slot, to] of Object.entries(b.slots) as [Slot, Ref | null][]) if ((a.slots[slot] ?? null) !== to) slots.set(slot, [a.slots[slot] ?? null, to]);
  const change: Changed = { ...(a.count !== b.count ? { count: [a.count, b.count] as const } : {}), ...(slots.size > 0 ? { slots } : {}) };
  return Object.keys(change).length > 0 ? change : null;
}

function namespace(a: NamespaceShown, b: NamespaceShown): Changed | null {
  const change: Changed = { ...(a.count !== b.count ? { count: [a.count, b.count] as const } : {}), ...(a.text !== b.text ? { text: [a.text, b.text] as const } : {}) };
  return Object.keys(change).length > 0 ? change : null;
}
