import type { HostModel } from '../../helper/model/model.ts';
import { NS_TYPES } from '../../helper/protocol.ts';
import type { Hello, NsType, Process } from '../../helper/protocol.ts';

/** One of a process's eight namespaces, beside the host's of the same type. */
export interface Share {
  readonly type: NsType;
  /** Null: not readable. */
  readonly inode: number | null;
  /** Is it the host's? Null: one of the two is not known. */
  readonly shared: boolean | null;
}

/**
 * The host's namespaces: the initial ones where they can be seen, else those of the first process here, else those that the
 * helper itself is in. Inside a container that is the container's own view, and so is what "host" means there.
 */
export function hostNamespaces(model: HostModel, hello: Hello | undefined): Readonly<Record<NsType, number | null>> {
  const host = Object.fromEntries(NS_TYPES.map((type, i) => [type, model.processes.get(1)?.ns[i] ?? hello?.ns[i] ?? null])) as Record<NsType, number | null>;
  for (const namespace of model.namespaces.values()) if (namespace.initial === true) host[namespace.type] = namespace.inode;
  return host;
}

/** The eight of a process, in the order in which `lsns` sorts them. */
export function sharesWithHost(model: HostModel, hello: Hello | undefined, process: Process): Share[] {
  const host = hostNamespaces(model, hello);
  return NS_TYPES.map((type, i) => {
    const inode = process.ns[i] ?? null;
    return { type, inode, shared: inode === null || host[type] === null ? null : inode === host[type] };
  });
}
