import fs from 'node:fs';
import type { Errno, Phase } from '../protocol.ts';
import type { MountNamespaceInfo, Native } from '../kernel/native.ts';
import { openNamespace } from '../kernel/openNamespace.ts';
import type { Facts, Known } from '../namespaces/resolver.ts';
import { Resolver } from '../namespaces/resolver.ts';

export interface AllMountNamespaces {
  /** By inode: the id for listmount, and how many mounts there are. */
  readonly ids: ReadonlyMap<number, { readonly id: bigint; readonly mounts: number }>;
  /** Facts of those not in `withProcess` (when it is given), and of their owners that are not known. */
  readonly processless: Facts[];
  /** `complete`, or why the kernel would not walk through them. */
  readonly phase: Phase;
}

/**
 * Walks from our own mount namespace to all later and all earlier ones (NS_MNT_GET_NEXT and PREV), which the kernel
 * allows to CAP_SYS_ADMIN in the initial user and pid namespaces. Yields after each.
 */
export function* allMountNamespaces(native: Native | Errno, withProcess?: ReadonlySet<number>, known: Known = () => true): Generator<undefined, AllMountNamespaces> {
  const ids = new Map<number, { id: bigint; mounts: number }>();
  const processless: Facts[] = [];
  if (typeof native === 'string') return { ids, processless, phase: native };
  const own = openNamespace('/proc/self/ns/mnt');
  if (typeof own === 'string') return { ids, processless, phase: own };
  const resolver = new Resolver(native);
  const met = new Set<string>();
  let at = own;
  let phase: Phase = 'complete';
  try {
    const info = native.mountNamespace(own);
    if (typeof info === 'string') return { ids, processless, phase: info };
    ids.set(fs.fstatSync(own).ino, info);
    for (const step of ['nextMountNamespace', 'previousMountNamespace'] as const) {
      for (let found = native[step](own); ; found = native[step](at)) {
        if (typeof found === 'string') {
          if (found !== 'ENOENT') phase = found;
          break;
        }
        if (at !== own) fs.closeSync(at);
        at = found.fd;
        note(found);
        yield;
      }
      if (at !== own) fs.closeSync(at);
      at = own;
      if (phase !== 'complete') break;
    }
  } finally {
    if (at !== own) fs.closeSync(at);
    fs.closeSync(own);
  }
  return { ids, processless, phase };

  function note({ fd, id, mounts }: MountNamespaceInfo): void {
    const { ino } = fs.fstatSync(fd);
    ids.set(ino, { id, mounts });
    if (!withProcess || withProcess.has(ino)) return;
    // a second descriptor: the resolver closes the one that it is given, and the walk goes on from this one
    const again = openNamespace(`/proc/self/fd/${fd}`);
    if (typeof again === 'string') return;
    const resolved = resolver.resolveDescriptor(again, 'mnt', null, (type, inode) => met.has(`${type}:${inode}`) || known(type, inode));
    if (typeof resolved === 'string') return;
    for (const facts of resolved.facts) {
      met.add(`${facts.type}:${facts.inode}`);
      processless.push(facts);
    }
  }
}
