import type { Container, Contents, Errno, Hello, Namespace, NamespaceField, NsLink, NsType, Phase, Process, ProcessField, ScanStatus, Thread, Unread } from '../protocol.ts';
import { NS_LINKS, NS_TYPES } from '../protocol.ts';
import { explain } from './explain.ts';
import type { Holder } from './holders.ts';
import { holdersOf, indexHolders } from './holders.ts';
import { HostModel } from './model.ts';

/** Ten inodes by link name; null where unread. */
export type NsRecord = Readonly<Record<NsLink, number | null>>;

export interface ThreadRecord extends Omit<Thread, 'ns'> { readonly ns: NsRecord }
export interface ProcessRecord extends Omit<Process, 'ns' | 'threads'> {
  readonly ns: NsRecord;
  readonly threads: readonly ThreadRecord[];
}

/** What holds a namespace besides the processes in it. */
export type HeldByRecord =
  | { readonly kind: 'thread'; readonly pid: number; readonly tid: number }
  | { readonly kind: 'for children'; readonly pid: number; readonly tid: number | null }
  | { readonly kind: 'descriptor'; readonly pid: number; readonly fd: number; readonly tid?: number }
  | { readonly kind: 'bind mount'; readonly path: string; readonly mountNamespace: number | null; readonly pid: number | null }
  | { readonly kind: 'socket'; readonly pid: number; readonly fd: number }
  | { readonly kind: 'child'; readonly type: NsType; readonly inode: number }
  | { readonly kind: 'owned'; readonly type: NsType; readonly inode: number };

export interface NamespaceRecord {
  readonly type: NsType;
  readonly inode: number;
  /** NS_GET_ID; null where the kernel has none. */
  readonly id: string | null;
  readonly key: string;
  readonly initial: boolean | null;
  /** Pids of the processes in it, ascending. */
  readonly processes: readonly number[];
  /** Inode of the owning user namespace; null with a reason. */
  readonly owner: number | null;
  readonly ownerReason?: Errno;
  /** Inode of the parent; null with a reason (`EINVAL`: this type has none). */
  readonly parent: number | null;
  readonly parentReason?: Errno;
  readonly ownerUid: number | null;
  readonly level: number | null;
  readonly heldBy: readonly HeldByRecord[];
  readonly contents: Contents;
  readonly unread: Unread<NamespaceField>;
}

/** One reason, and all that could not be read for it. */
export type UnreadableRecord =
  | { readonly what: 'process'; readonly field: ProcessField; readonly errno: Errno; readonly reason: string; readonly pids: readonly number[] }
  | { readonly what: 'namespace'; readonly field: NamespaceField; readonly errno: Errno; readonly reason: string; readonly namespaces: readonly { readonly type: NsType; readonly inode: number }[] }
  /** A whole kind of reading, such as sockets. */
  | { readonly what: 'reading'; readonly field: keyof ScanStatus['phases']; readonly errno: Errno };

/** The namespaces of one host at one moment, for files and for other programs: `helper/snapshot.schema.json`. */
export interface SnapshotDocument {
  readonly format: 'nslab-snapshot';
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly host: Omit<Hello, 'protocol' | 'pid' | 'version' | 'ns'> & { readonly ns: NsRecord; /** The version of the program that wrote it. */ readonly writtenBy: string };
  readonly namespaces: readonly NamespaceRecord[];
  readonly processes: readonly ProcessRecord[];
  readonly containers: readonly Container[];
  readonly unreadable: readonly UnreadableRecord[];
}

/** @param phases how far the scan was; a kind of reading that was impossible is listed under `unreadable` */
export function toDocument(model: HostModel, hello: Hello, takenAt: Date, phases?: ScanStatus['phases']): SnapshotDocument {
  const index = indexHolders(model);
  const processes = [...model.processes.values()].sort((a, b) => a.pid - b.pid);
  const namespaces = [...model.namespaces.values()].sort((a, b) => NS_TYPES.indexOf(a.type) - NS_TYPES.indexOf(b.type) || a.inode - b.inode);
  const { platform, kernel, hostname, bootId, clockTicks, uid, gid, capabilities, noNewPrivs, hidepid, features, inside } = hello;
  return {
    format: 'nslab-snapshot', version: 1, takenAt: takenAt.toISOString(),
    host: {
      hostname, kernel, platform, bootId, clockTicks, uid, gid, capabilities, noNewPrivs, hidepid, features, inside,
      ns: toRecord(hello.ns), writtenBy: hello.version,
    },
    namespaces: namespaces.map((namespace) => {
      const { type, inode, id, key, initial, owner, parent, ownerUid, level, contents, unread } = namespace;
      return {
        type, inode, id, key, initial, processes: model.members(namespace).map(({ pid }) => pid),
        owner, ...(owner === null ? { ownerReason: unread.owner ?? 'ENOENT' } : {}),
        parent, ...(parent === null ? { parentReason: unread.parent ?? 'ENOENT' } : {}),
        ownerUid, level, heldBy: holdersOf(model, namespace, index).flatMap((holder) => heldByRecord(holder) ?? []), contents, unread,
      };
    }),
    processes: processes.map((process) => ({
      ...process, ns: toRecord(process.ns), threads: process.threads.map((thread) => ({ ...thread, ns: toRecord(thread.ns) })),
    })),
    containers: [...model.containers.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
    unreadable: [...unreadableProcesses(processes, hello), ...unreadableNamespaces(namespaces, hello), ...impossible(phases)],
  };
}

/** The model as it was when the document was made. */
export function modelFromDocument(document: SnapshotDocument): HostModel {
  const model = new HostModel();
  const tuples = document.processes.map(({ ns }) => fromRecord(ns));
  model.apply({
    tuples, endedProcesses: [], endedNamespaces: [], endedContainers: [], containers: document.containers,
    namespaces: document.namespaces.map(({ key, type, inode, id, initial, owner, parent, ownerUid, level, contents, unread, heldBy }): Namespace => ({
      key, type, inode, id, initial, owner, parent, ownerUid, level, contents, unread,
      // the others follow from the tables
      heldBy: heldBy.filter((held) => held.kind === 'descriptor' || held.kind === 'bind mount' || held.kind === 'socket'),
    })),
    processes: document.processes.map((process, i) => ({ ...process, ns: i, threads: process.threads.map((thread) => ({ ...thread, ns: fromRecord(thread.ns) })) })),
  });
  return model;
}

function toRecord(ns: readonly (number | null)[]): NsRecord {
  return Object.fromEntries(NS_LINKS.map((link, i) => [link, ns[i] ?? null])) as Record<NsLink, number | null>;
}

function fromRecord(ns: NsRecord): (number | null)[] {
  return NS_LINKS.map((link) => ns[link]);
}

function heldByRecord(holder: Holder): HeldByRecord | null {
  switch (holder.kind) {
    case 'process': return null; // listed as `processes`
    case 'thread': return { kind: 'thread', pid: holder.process.pid, tid: holder.thread.tid };
    case 'for children': return { kind: 'for children', pid: holder.process.pid, tid: holder.thread?.tid ?? null };
    case 'child':
    case 'owned': return { kind: holder.kind, type: holder.namespace.type, inode: holder.namespace.inode };
    case 'descriptor': return { kind: 'descriptor', pid: holder.pid, fd: holder.fd, ...(holder.tid === undefined ? {} : { tid: holder.tid }) };
    case 'bind mount': return { kind: 'bind mount', path: holder.path, mountNamespace: holder.mountNamespace, pid: holder.pid };
    case 'socket': return { kind: 'socket', pid: holder.pid, fd: holder.fd };
  }
}

function unreadableProcesses(processes: readonly Process[], hello: Hello): UnreadableRecord[] {
  const groups = new Map<string, { field: ProcessField; errno: Errno; reason: string; pids: number[] }>();
  for (const process of processes) {
    for (const [name, errno] of Object.entries(process.unread)) {
      const field = name as ProcessField;
      const reason = explain(field, errno, hello, { uid: process.uid, zombie: process.state === 'Z', kernelThread: process.kernelThread });
      const group = groups.get(`${field} ${reason}`);
      if (group) group.pids.push(process.pid);
      else groups.set(`${field} ${reason}`, { field, errno, reason, pids: [process.pid] });
    }
  }
  return [...groups.values()].map((group) => ({ what: 'process', ...group }));
}

function unreadableNamespaces(namespaces: readonly Namespace[], hello: Hello): UnreadableRecord[] {
  const groups = new Map<string, { field: NamespaceField; errno: Errno; reason: string; namespaces: { type: NsType; inode: number }[] }>();
  for (const { type, inode, unread } of namespaces) {
    for (const [name, errno] of Object.entries(unread)) {
      if (errno === 'EINVAL') continue; // this type has no such thing
      const field = name as NamespaceField;
      const group = groups.get(`${field} ${errno}`);
      if (group) group.namespaces.push({ type, inode });
      else groups.set(`${field} ${errno}`, { field, errno, reason: explain(field, errno, hello), namespaces: [{ type, inode }] });
    }
  }
  return [...groups.values()].map((group) => ({ what: 'namespace', ...group }));
}

function impossible(phases: ScanStatus['phases'] | undefined): UnreadableRecord[] {
  return Object.entries(phases ?? {}).flatMap(([field, phase]: [string, Phase]) => phase === 'complete' || phase === 'pending' ? []
    : [{ what: 'reading' as const, field: field as keyof ScanStatus['phases'], errno: phase }]);
}

export { DocumentError, parseDocument } from './parseDocument.ts';

/** The text of a snapshot file: JSON with one record in a line, so that `grep` and `diff` are of use on it. */
export function documentText(document: SnapshotDocument): string {
  const members = Object.entries(document).map(([name, value]: [string, unknown]) => {
    const text = Array.isArray(value) && value.length > 0 ? `[\n${value.map((record) => `  ${JSON.stringify(record)}`).join(',\n')}\n ]` : JSON.stringify(value);
    return ` ${JSON.stringify(name)}: ${text}`;
  });
  return `{\n${members.join(',\n')}\n}\n`;
}
