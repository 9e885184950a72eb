import type { Container, Namespace, NsType, Part, Process } from '../protocol.ts';
import { NS_LINKS, NS_TYPES } from '../protocol.ts';

/** What one `apply` did, by identity, so that a view can refresh just that. */
export interface ModelChange {
  /** The model was emptied first: everything is new. */
  readonly reset: boolean;
  /** Namespace keys. */
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  /** Existing namespaces whose own fields, members or holders changed. */
  readonly changed: ReadonlySet<string>;
  /** Processes (by `processKey`) that came, went, or changed. */
  readonly processesAdded: ReadonlySet<string>;
  readonly processesRemoved: ReadonlySet<string>;
  readonly processesChanged: ReadonlySet<string>;
}

/** Identity of a process: a pid alone may be reused. */
export function processKey(process: { readonly pid: number; readonly start: string }): string {
  return `${process.pid}@${process.start}`;
}

/**
 * The namespaces and processes of one host at one moment, kept up to date by the parts that the helper sends.
 * Pure data: knows neither /proc nor VS Code, so the sidebar, the command line, saved snapshots and lesson checks all use it.
 */
export class HostModel {
  readonly #processes = new Map<number, Process>();
  readonly #namespaces = new Map<string, Namespace>();
  readonly #containers = new Map<string, Container>();
  /** `type:inode` → key; two live namespaces never share an inode. */
  readonly #byInode = new Map<string, string>();
  /** `type:inode` → pids of its member processes. Kept by inode, since a process may arrive before its namespace's record. */
  readonly #members = new Map<string, Set<number>>();
  /** `type:inode` → namespaces (inode) whose `parent` or `owner` it is. */
  readonly #children = new Map<string, Set<string>>();
  readonly #owned = new Map<string, Set<string>>();

  get processes(): ReadonlyMap<number, Process> { return this.#processes; }
  get namespaces(): ReadonlyMap<string, Namespace> { return this.#namespaces; }
  get containers(): ReadonlyMap<string, Container> { return this.#containers; }

  /** The live namespace of this type with this inode. */
  find(type: NsType, inode: number | null): Namespace | undefined {
    if (inode === null) return undefined;
    const key = this.#byInode.get(`${type}:${inode}`);
    return key === undefined ? undefined : this.#namespaces.get(key);
  }

  /** Processes whose leader is in it (what `lsns` counts), by ascending pid. */
  members(namespace: { readonly type: NsType; readonly inode: number }): Process[] {
    const pids = this.#members.get(`${namespace.type}:${namespace.inode}`);
    if (!pids) return [];
    const found: Process[] = [];
    for (const pid of [...pids].sort((a, b) => a - b)) {
      const process = this.#processes.get(pid);
      if (process) found.push(process);
    }
    return found;
  }

  memberCount(namespace: { readonly type: NsType; readonly inode: number }): number {
    return this.#members.get(`${namespace.type}:${namespace.inode}`)?.size ?? 0;
  }

  /** Pids of its members, in no order; without the cost of sorting them. */
  memberPids(namespace: { readonly type: NsType; readonly inode: number }): ReadonlySet<number> {
    return this.#members.get(`${namespace.type}:${namespace.inode}`) ?? NO_PIDS;
  }

  /** Its member with the lowest pid. */
  firstMember(namespace: { readonly type: NsType; readonly inode: number }): Process | undefined {
    let lowest = Infinity;
    for (const pid of this.memberPids(namespace)) if (pid < lowest) lowest = pid;
    return this.#processes.get(lowest);
  }

  /** Is it the parent or the owner of any? */
  hasRelated(namespace: { readonly type: NsType; readonly inode: number }): boolean {
    const name = `${namespace.type}:${namespace.inode}`;
    return this.#children.has(name) || this.#owned.has(name);
  }

  /** The same host at this moment, which later parts do not change. The records are shared: they are immutable. */
  clone(): HostModel {
    const copy = new HostModel();
    for (const [pid, process] of this.#processes) copy.#processes.set(pid, process);
    for (const [key, namespace] of this.#namespaces) copy.#namespaces.set(key, namespace);
    for (const [key, container] of this.#containers) copy.#containers.set(key, container);
    for (const [name, key] of this.#byInode) copy.#byInode.set(name, key);
    for (const [name, pids] of this.#members) copy.#members.set(name, new Set(pids));
    for (const [name, keys] of this.#children) copy.#children.set(name, new Set(keys));
    for (const [name, keys] of this.#owned) copy.#owned.set(name, new Set(keys));
    return copy;
  }

  /** Namespaces whose parent this one is (pid and user). */
  children(namespace: Namespace): Namespace[] { return this.#related(this.#children, namespace); }

  /** Namespaces that this user namespace owns. */
  owned(namespace: Namespace): Namespace[] { return this.#related(this.#owned, namespace); }

  /** The namespace of `type` that the process is in; undefined when unread. */
  namespaceOf(process: Process, type: NsType): Namespace | undefined {
    return this.find(type, process.ns[NS_TYPES.indexOf(type)] ?? null);
  }

  clear(): void {
    for (const map of [this.#processes, this.#namespaces, this.#containers, this.#byInode, this.#members, this.#children, this.#owned]) map.clear();
  }

  /** Applies one message; cost is proportional to the part, not to the model. */
  apply(part: Part, reset = false): ModelChange {
    if (reset) this.clear();
    const change = {
      reset,
      added: new Set<string>(), removed: new Set<string>(), changed: new Set<string>(),
      processesAdded: new Set<string>(), processesRemoved: new Set<string>(), processesChanged: new Set<string>(),
    };
    const touch = (typeAndInode: string): void => {
      const key = this.#byInode.get(typeAndInode);
      if (key !== undefined && !change.added.has(key)) change.changed.add(key);
    };
    for (const [pid, start] of part.endedProcesses) {
      const old = this.#processes.get(pid);
      if (!old || old.start !== start) continue;
      this.#leave(old, touch);
      this.#processes.delete(pid);
      change.processesRemoved.add(processKey(old));
    }
    for (const key of part.endedNamespaces) {
      const old = this.#namespaces.get(key);
      if (!old) continue;
      this.#unrelate(old, touch);
      this.#namespaces.delete(key);
      if (this.#byInode.get(`${old.type}:${old.inode}`) === key) this.#byInode.delete(`${old.type}:${old.inode}`);
      change.changed.delete(key);
      change.removed.add(key);
    }
    for (const key of part.endedContainers) this.#containers.delete(key);
    for (const container of part.containers) this.#containers.set(container.key, container);
    for (const namespace of part.namespaces) {
      const old = this.#namespaces.get(namespace.key);
      if (old) this.#unrelate(old, touch);
      this.#namespaces.set(namespace.key, namespace);
      this.#byInode.set(`${namespace.type}:${namespace.inode}`, namespace.key);
      this.#relate(namespace, touch);
      if (old) change.changed.add(namespace.key);
      else change.added.add(namespace.key);
    }
    for (const wire of part.processes) {
      const ns = part.tuples[wire.ns];
      if (!ns) throw new RangeError(`process ${wire.pid} names tuple ${wire.ns} of ${part.tuples.length}`);
      const process: Process = { ...wire, ns };
      const old = this.#processes.get(wire.pid);
      if (old && old.start === process.start) {
        if (!sameTuple(old.ns, ns)) {
          this.#leave(old, touch);
          this.#enter(process, touch);
        } else {
          // the row of a process that changed its name or uid must be drawn again under each of its namespaces
          for (const [i, type] of NS_TYPES.entries()) if (ns[i] != null) touch(`${type}:${ns[i]}`);
        }
        change.processesChanged.add(processKey(process));
      } else {
        if (old) {
          this.#leave(old, touch);
          change.processesRemoved.add(processKey(old));
        }
        this.#enter(process, touch);
        change.processesAdded.add(processKey(process));
      }
      this.#processes.set(process.pid, process);
    }
    return change;
  }

  #enter(process: Process, touch: (typeAndInode: string) => void): void {
    for (const [i, type] of NS_TYPES.entries()) {
      const inode = process.ns[i];
      if (inode == null) continue;
      const name = `${type}:${inode}`;
      addTo(this.#members, name, process.pid);
      touch(name);
    }
  }

  #leave(process: Process, touch: (typeAndInode: string) => void): void {
    for (const [i, type] of NS_TYPES.entries()) {
      const inode = process.ns[i];
      if (inode == null) continue;
      const name = `${type}:${inode}`;
      removeFrom(this.#members, name, process.pid);
      touch(name);
    }
  }

  #relate(namespace: Namespace, touch: (typeAndInode: string) => void): void {
    if (namespace.parent !== null) { addTo(this.#children, `${namespace.type}:${namespace.parent}`, namespace.key); touch(`${namespace.type}:${namespace.parent}`); }
    if (namespace.owner !== null) { addTo(this.#owned, `user:${namespace.owner}`, namespace.key); touch(`user:${namespace.owner}`); }
  }

  #unrelate(namespace: Namespace, touch: (typeAndInode: string) => void): void {
    if (namespace.parent !== null) { removeFrom(this.#children, `${namespace.type}:${namespace.parent}`, namespace.key); touch(`${namespace.type}:${namespace.parent}`); }
    if (namespace.owner !== null) { removeFrom(this.#owned, `user:${namespace.owner}`, namespace.key); touch(`user:${namespace.owner}`); }
  }

  #related(index: Map<string, Set<string>>, namespace: Namespace): Namespace[] {
    const keys = index.get(`${namespace.type}:${namespace.inode}`);
    if (!keys) return [];
    return [...keys].flatMap((key) => this.#namespaces.get(key) ?? []).sort((a, b) => a.inode - b.inode);
  }
}

const NO_PIDS: ReadonlySet<number> = new Set();

/** True when both tuples name the same ten namespaces. */
export function sameTuple(a: readonly (number | null)[], b: readonly (number | null)[]): boolean {
  for (let i = 0; i < NS_LINKS.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function addTo<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

function removeFrom<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key);
  if (!set) return;
  set.delete(value);
  if (set.size === 0) map.delete(key);
}
