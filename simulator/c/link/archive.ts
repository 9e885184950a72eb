import type { ObjectFile } from './object.ts';

/** A library: objects by the names that they define. A member is taken only when something needs it. */
export interface Archive {
  /** The member that defines it (the first, when there are several); null: none. */
  find(symbol: string): ObjectFile | null;
}

export function createArchive(members: readonly ObjectFile[]): Archive {
  const index = new Map<string, ObjectFile>();
  for (const member of members) {
    for (const { name, binding, section } of member.symbols) {
      if (binding !== 'local' && section !== null && !index.has(name)) index.set(name, member);
    }
  }
  return { find: (symbol) => index.get(symbol) ?? null };
}

/** No library. */
export const EMPTY_ARCHIVE: Archive = { find: () => null };
