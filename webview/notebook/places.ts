import type { Picture, Ref } from '../../simulator/picture/picture.ts';

/** Which lines of the picture are whose, for the whole of a run: what was seen once keeps its place, also while it does not exist. */
export interface Places { readonly tasks: readonly Ref[]; readonly nsproxies: readonly Ref[]; readonly namespaces: readonly { readonly ref: Ref; readonly type: string; readonly letter: string }[] }

export const NO_PLACES: Places = { tasks: [], nsproxies: [], namespaces: [] };

/**
 * Places with those that pictures add; the same object when they add none. In the order of the objects' numbers, which is that of their making,
 * so that it does not matter on which way a moment was reached.
 */
export function withPlaces(places: Places, ...pictures: readonly Picture[]): Places {
  const add = (known: readonly Ref[], now: readonly Ref[]): readonly Ref[] => {
    const more = [...new Set(now)].filter((ref) => !known.includes(ref));
    return more.length > 0 ? [...known, ...more].sort((a, b) => numberOf(a) - numberOf(b)) : known;
  };
  const tasks = add(places.tasks, pictures.flatMap((picture) => picture.tasks.map(({ ref }) => ref)));
  const nsproxies = add(places.nsproxies, pictures.flatMap((picture) => picture.nsproxies.map(({ ref }) => ref)));
  const known = new Set(places.namespaces.map(({ ref }) => ref));
  const fresh = new Map(pictures.flatMap((picture) => picture.namespaces).filter(({ ref }) => !known.has(ref)).map(({ ref, type, letter }) => [ref, { ref, type, letter }]));
  if (tasks === places.tasks && nsproxies === places.nsproxies && fresh.size === 0) return places;
  const namespaces = fresh.size > 0 ? [...places.namespaces, ...fresh.values()].sort((a, b) => numberOf(a.ref) - numberOf(b.ref)) : places.namespaces;
  return { tasks, nsproxies, namespaces };
}

function numberOf(ref: Ref): number { return Number(ref.slice(ref.indexOf(':') + 1)); }
