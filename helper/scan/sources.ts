import type { ContainerSubject, Findings } from '../containers/finder.ts';
import type { HeldRef } from '../holders/heldRef.ts';
import type { FoundMounts, MountNamespaceToRead } from '../holders/mounts.ts';
import type { FoundSockets } from '../holders/sockets.ts';
import type { Facts, Known } from '../namespaces/resolver.ts';
import type { Errno, NsType } from '../protocol.ts';

/**
 * Where the scanner learns what the links do not tell. The real ones call the kernel (`liveSources.ts`); tests give their own.
 * The generators yield after each small piece of work, so that the helper can answer requests in between.
 */
export interface Sources {
  /** Can owner and parent be asked for at all? If not, why. */
  readonly relations: true | Errno;
  /** Has the kernel NS_GET_ID, so that an inode used again is told from the namespace that had it before? */
  readonly ids: boolean;
  resolve(path: string, type: NsType, memberPid: number | null, known: Known): { readonly facts: readonly Facts[] } | Errno;
  descriptors(pids: readonly number[]): Generator<undefined, { readonly refs: readonly HeldRef[]; readonly unread: readonly (readonly [number, Errno])[] }>;
  mounts(namespaces: readonly MountNamespaceToRead[], known: Known): Generator<undefined, FoundMounts>;
  sockets(pids: readonly { readonly pid: number; readonly net: number | null }[], known: Known): Generator<undefined, FoundSockets>;
  containers(changed: readonly ContainerSubject[], endedPids: readonly number[], hostNs: readonly (number | null)[], all: ReadonlyMap<number, ContainerSubject>): Findings;
}
