import type { Errno, NamespaceField, NsType } from '../protocol.ts';
import { NS_LINKS, typeOfLink } from '../protocol.ts';
import type { HeldRef } from '../holders/heldRef.ts';
import type { Facts } from '../namespaces/resolver.ts';
import type { Tuple } from './tuple.ts';

/** `type:inode`: names a namespace as long as it lives. */
export type Name = `${NsType}:${number}`;

export function nameOf(type: NsType, inode: number): Name {
  return `${type}:${inode}`;
}

/** A namespace as the scanner keeps it from tick to tick, with everything that holds it. */
export class Entry {
  readonly name: Name;
  readonly key: string;
  facts: Facts;
  /** Is `facts` from the kernel, or only what the link's text says? */
  resolved: boolean;
  /** Tuples with it, in any of the ten places: held by processes or threads. */
  readonly tuples = new Set<Tuple>();
  held: readonly HeldRef[] = [];
  /** The walk over all mount namespaces met it, though no process is in it. */
  met = false;
  /** The tick it was first seen in. */
  readonly since: number;

  constructor(name: Name, key: string, facts: Facts, resolved: boolean, since: number) {
    this.name = name;
    this.key = key;
    this.facts = facts;
    this.resolved = resolved;
    this.since = since;
  }
}

/** A path below `root` that opens the namespace now, and a process that is in it, if one is. */
export function routeTo(type: NsType, inode: number, tuples: Iterable<Tuple>, held: readonly HeldRef[], root: string): { readonly path: string; readonly memberPid: number | null } | null {
  let other: string | null = null;
  for (const tuple of tuples) {
    const [pid] = tuple.members;
    const [thread] = tuple.threads;
    for (const [i, link] of NS_LINKS.entries()) {
      if (tuple.ns[i] !== inode || typeOfLink(link) !== type) continue;
      if (pid !== undefined && link === type) return { path: `${root}/${pid}/ns/${link}`, memberPid: pid };
      if (pid !== undefined) other ??= `${root}/${pid}/ns/${link}`;
      else if (thread !== undefined) other ??= `${root}/${thread.replace('/', '/task/')}/ns/${link}`;
    }
  }
  const path = other ?? held.find((ref) => ref.open !== null)?.open ?? null;
  return path === null ? null : { path, memberPid: null };
}

/** What is known of a namespace when only a link's text names it. */
export function unresolvedFacts(type: NsType, inode: number, why: Errno): Facts {
  const unread: Partial<Record<NamespaceField, Errno>> = { owner: why, id: why, parent: type === 'pid' || type === 'user' ? why : 'EINVAL' };
  if (type === 'user') unread.ownerUid = why;
  return { type, inode, id: null, owner: null, parent: null, ownerUid: null, contents: {}, unread };
}
