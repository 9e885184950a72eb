import type { Namespace, NsLink, NsType, Process, Thread } from '../protocol.ts';
import { NS_LINKS, NS_TYPES, typeOfLink } from '../protocol.ts';
import type { HostModel } from './model.ts';

/** One thing that keeps a namespace alive. `process` is null where the model does not know the pid (any more). */
export type Holder =
  | { readonly kind: 'process'; readonly process: Process }
  /** A thread that is in it while its process's leader is in another. */
  | { readonly kind: 'thread'; readonly process: Process; readonly thread: Thread }
  /** Not in it, but its next child will be: after unshare(CLONE_NEWPID) or (CLONE_NEWTIME). */
  | { readonly kind: 'for children'; readonly link: NsLink; readonly process: Process; readonly thread: Thread | null }
  | { readonly kind: 'descriptor'; readonly pid: number; readonly fd: number; readonly tid?: number; readonly process: Process | null }
  | { readonly kind: 'bind mount'; readonly path: string; readonly mountNamespace: number | null; readonly pid: number | null; readonly process: Process | null }
  | { readonly kind: 'socket'; readonly pid: number; readonly fd: number; readonly process: Process | null }
  /** A pid or user namespace whose parent it is. */
  | { readonly kind: 'child'; readonly namespace: Namespace }
  /** A namespace that this user namespace owns. */
  | { readonly kind: 'owned'; readonly namespace: Namespace };

/** Threads, and links for children, of all processes by the namespace that they hold: made once for many questions. */
export type HolderIndex = ReadonlyMap<string, readonly Holder[]>;

const FOR_CHILDREN = NS_LINKS.filter((link) => link.endsWith('_for_children'));

export function indexHolders(model: HostModel): HolderIndex {
  const index = new Map<string, Holder[]>();
  const add = (type: NsType, inode: number | null | undefined, holder: Holder): void => {
    if (inode == null) return;
    const name = `${type}:${inode}`;
    const list = index.get(name);
    if (list) list.push(holder);
    else index.set(name, [holder]);
  };
  for (const process of model.processes.values()) {
    addForChildren(process, null);
    for (const thread of process.threads) {
      for (const [i, type] of NS_TYPES.entries()) if (thread.ns[i] !== process.ns[i]) add(type, thread.ns[i], { kind: 'thread', process, thread });
      addForChildren(process, thread);
    }
  }
  return index;

  function addForChildren(process: Process, thread: Thread | null): void {
    const { ns } = thread ?? process;
    for (const link of FOR_CHILDREN) {
      const type = typeOfLink(link);
      const inode = ns[NS_LINKS.indexOf(link)];
      // whoever is in it holds it already; a thread with its leader's link adds nothing
      if (inode === ns[NS_TYPES.indexOf(type)] || (thread && inode === process.ns[NS_LINKS.indexOf(link)])) continue;
      add(type, inode, { kind: 'for children', link, process, thread });
    }
  }
}

/**
 * Every holder that is known of a namespace, the ones that are easiest to understand first.
 * @param index `indexHolders(model)`, to be given when this is asked for many namespaces in a row
 */
export function holdersOf(model: HostModel, namespace: Namespace, index: HolderIndex = indexHolders(model)): Holder[] {
  const holders: Holder[] = model.members(namespace).map((process) => ({ kind: 'process', process }));
  holders.push(...index.get(`${namespace.type}:${namespace.inode}`) ?? []);
  for (const held of namespace.heldBy) {
    holders.push({ ...held, process: held.pid === null ? null : model.processes.get(held.pid) ?? null });
  }
  for (const child of model.children(namespace)) holders.push({ kind: 'child', namespace: child });
  for (const owned of namespace.type === 'user' ? model.owned(namespace) : []) {
    // a user namespace's owner is its parent: told once, as child
    if (owned.type !== 'user') holders.push({ kind: 'owned', namespace: owned });
  }
  return holders;
}
