import type { Container, Hello, Namespace, NsType, Process, ScanStatus } from '../../../helper/protocol.ts';
import { NS_TYPES } from '../../../helper/protocol.ts';
import { visible } from '../../../helper/model/text.ts';
import type { Holder, HolderIndex } from '../../../helper/model/holders.ts';
import { indexHolders } from '../../../helper/model/holders.ts';
import type { HostModel } from '../../../helper/model/model.ts';
import type { Grouping } from '../../contribution/settings.ts';
import type { Filter } from '../filter/parse.ts';
import { Matcher } from '../filter/matcher.ts';

/** What the rows are computed from. Cheap to make: one for each change of the model. */
export interface SceneInput {
  readonly model: HostModel;
  readonly hello: Hello | undefined;
  readonly status: ScanStatus | undefined;
  readonly grouping: Grouping;
  readonly showUnreadable: boolean;
  readonly filter: Filter | null;
  /** Is this namespace (by key) marked as new? */
  readonly isNew: (key: string) => boolean;
  /** Name of a user id on this host, null when there is none. */
  readonly userName: (uid: number) => string | null;
  /** Rows to show below the row with this id; grows by "Show more". */
  readonly limit: (id: string) => number;
}

/** Threads that left their process, and processes whose next child goes elsewhere. */
export interface Oddities {
  readonly threads: readonly Extract<Holder, { kind: 'thread' }>[];
  readonly forChildren: readonly Extract<Holder, { kind: 'for children' }>[];
}

const NONE: Oddities = { threads: [], forChildren: [] };

/** The input, with what several rows need and what takes a pass over all processes or namespaces computed at most once. */
export class Scene {
  readonly input: SceneInput;
  /** Null: everything is shown. */
  readonly matcher: Matcher | null;
  #byType: Map<NsType, Namespace[]> | undefined;
  #holders: HolderIndex | undefined;
  #unreadable: Process[] | undefined;
  #hostInodes: readonly (number | null)[] | undefined;

  constructor(input: SceneInput) {
    this.input = input;
    this.matcher = input.filter && new Matcher(input.filter, this);
  }

  get model(): HostModel { return this.input.model; }

  /** Namespaces of this type that the filter lets through, in the order in which they are shown. */
  ofType(type: NsType): readonly Namespace[] {
    if (!this.#byType) {
      const lists = new Map<NsType, Namespace[]>(NS_TYPES.map((t) => [t, []]));
      for (const namespace of this.model.namespaces.values()) if (this.shows(namespace)) lists.get(namespace.type)?.push(namespace);
      for (const list of lists.values()) this.sort(list);
      this.#byType = lists;
    }
    return this.#byType.get(type) ?? [];
  }

  /**
   * Id of the top of a grouping. A filtered tree has ids of its own: it starts unfolded, and when the filter is cleared VS Code
   * finds the rows unfolded as they were before.
   */
  top(grouping: Grouping): string { return this.matcher ? `filtered/${grouping}` : grouping; }

  /** Does the dear part of filtering in small steps, so that the rest finds it done. */
  *prepare(): Generator<undefined, void, undefined> {
    if (!this.matcher) return;
    let work = 0;
    for (const namespace of this.model.namespaces.values()) {
      this.matcher.namespace(namespace);
      work += 4 + this.model.memberCount(namespace);
      if (work < 4000) continue;
      work = 0;
      yield;
    }
  }

  /** Every namespace that the filter lets through. */
  *all(): Generator<Namespace> {
    for (const namespace of this.model.namespaces.values()) if (this.shows(namespace)) yield namespace;
  }

  shows(namespace: Namespace): boolean { return this.matcher?.namespace(namespace) ?? true; }

  showsIn(namespace: Namespace, process: Process): boolean { return this.matcher?.member(namespace, process) ?? true; }

  showsProcess(process: Process): boolean { return this.matcher?.process(process) ?? true; }

  /** Initial first, then those with processes, then the rest; by inode, so that a row keeps its place. */
  sort(list: Namespace[]): Namespace[] {
    const ranks = new Map(list.map((n) => [n, n.initial === true ? 0 : this.model.memberCount(n) > 0 ? 1 : 2]));
    return list.sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0) || a.inode - b.inode);
  }

  /** Threads and links for children, by the namespace that they hold. */
  get holders(): HolderIndex { return this.#holders ??= indexHolders(this.model); }

  /**
   * Inodes of what "the host" is, in the order of `NS_TYPES`: the initial namespaces, and where those cannot be told (in a
   * container) the ones that the helper is in.
   */
  get hostInodes(): readonly (number | null)[] {
    if (!this.#hostInodes) {
      const inodes: (number | null)[] = NS_TYPES.map((_, i) => this.input.hello?.ns[i] ?? null);
      for (const namespace of this.model.namespaces.values()) if (namespace.initial === true) inodes[NS_TYPES.indexOf(namespace.type)] = namespace.inode;
      this.#hostInodes = inodes;
    }
    return this.#hostInodes;
  }

  /** Is it one of the host's own? */
  isHosts(namespace: Namespace): boolean { return namespace.inode === this.hostInodes[NS_TYPES.indexOf(namespace.type)]; }

  oddities(namespace: { readonly type: NsType; readonly inode: number }): Oddities {
    const found = this.holders.get(`${namespace.type}:${namespace.inode}`);
    if (!found) return NONE;
    return { threads: found.filter((holder) => holder.kind === 'thread'), forChildren: found.filter((holder) => holder.kind === 'for children') };
  }

  /** Processes none of whose eight namespaces could be read, by pid. */
  unreadable(): readonly Process[] {
    this.#unreadable ??= [...this.model.processes.values()].filter(isUnreadable).sort((a, b) => a.pid - b.pid);
    return this.#unreadable;
  }

  container(process: Process): Container | undefined {
    return process.container === null ? undefined : this.model.containers.get(process.container);
  }

  /** `uid 1000 (ana)`. */
  uid(uid: number): string {
    const name = this.input.userName(uid);
    return name === null ? `uid ${uid}` : `uid ${uid} (${visible(name)})`;
  }

  /** `ana`, or `uid 1000` for a user without a name. */
  user(uid: number): string {
    const name = this.input.userName(uid);
    return name === null ? `uid ${uid}` : visible(name);
  }
}

export function isUnreadable(process: Process): boolean {
  for (let i = 0; i < NS_TYPES.length; i++) if (process.ns[i] != null) return false;
  return true;
}
