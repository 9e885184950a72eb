import type { HostSource } from '../host/hostSource.ts';
import type { Grouping } from '../contribution/settings.ts';
import type { Namespace } from '../../helper/protocol.ts';
import type { HostModel, ModelChange } from '../../helper/model/model.ts';
import type { Filter } from './filter/parse.ts';
import { Frozen } from './frozen.ts';
import type { Wanted } from './locate.ts';
import { pathTo } from './locate.ts';
import type { TreeNode } from './nodes/node.ts';
import { comparisonRows } from './nodes/comparison.ts';
import { rootRows } from './nodes/roots.ts';
import { Scene } from './nodes/scene.ts';

/** What the tree asks of others: settings and what is marked. */
export interface Surroundings {
  maxChildren(): number;
  showUnreadable(): boolean;
  isNew(key: string): boolean;
  userName(uid: number): string | null;
}

/** What the tree shows at this moment: a host (moving, frozen or saved), a grouping, a filter. Computes rows; draws nothing. */
export class Picture {
  grouping: Grouping;
  filter: Filter | null = null;
  readonly #host: HostSource;
  readonly #around: Surroundings;
  /** Rows that "Show more" granted to a node, by its id. */
  readonly #limits = new Map<string, number>();
  #frozen: Frozen | null = null;
  #scene: Scene | null = null;

  constructor(host: HostSource, around: Surroundings, grouping: Grouping) {
    this.#host = host;
    this.#around = around;
    this.grouping = grouping;
  }

  get frozen(): Frozen | null { return this.#frozen; }

  /** The host that the rows are made from. */
  get model(): HostModel { return this.#frozen?.model ?? this.#host.model; }

  /** The namespace with this key; in a comparison also one that has gone. */
  namespace(key: string): Namespace | undefined {
    const { source } = this.#host;
    return this.model.namespaces.get(key) ?? (source.kind === 'comparison' ? source.before.host.model.namespaces.get(key) : undefined);
  }

  /** The present scene; after `invalidate` another one. */
  get scene(): Scene { return this.#scene ??= this.#newScene((id) => this.#limit(id), this.filter); }

  invalidate(): void { this.#scene = null; }

  rows(): readonly TreeNode[] { return this.#rows(this.scene); }

  freeze(at: Date): void {
    this.#frozen = new Frozen(this.#host.model, at);
    this.invalidate();
  }

  /** Moves again; returns what the frozen picture has missed. */
  unfreeze(): ModelChange | null {
    const missed = this.#frozen?.difference(this.#host.model) ?? null;
    this.#frozen = null;
    this.invalidate();
    return missed;
  }

  showMore(id: string): void { this.#limits.set(id, this.#limit(id) + this.#around.maxChildren()); }

  /** Ids of the rows from the top to what is wanted, after the limits on the way were raised so far that it is among them. */
  pathTo(wanted: Wanted): { readonly ids: readonly string[]; readonly hiddenByFilter: boolean } {
    const path = this.#search(wanted, this.filter);
    if (path.length === 0) return { ids: [], hiddenByFilter: this.filter !== null && this.#search(wanted, null).length > 0 };
    return { ids: path, hiddenByFilter: false };
  }

  #search(wanted: Wanted, filter: Filter | null): string[] {
    // the frozen or live model as it is now, all rows of it
    const scene = this.#newScene(() => Infinity, filter);
    const path = pathTo(scene, this.#rows(scene), wanted);
    for (const [i, node] of path.entries()) {
      const parent = path[i - 1];
      if (!parent?.children) continue;
      const place = parent.children().findIndex((sibling) => sibling.id === node.id);
      if (place >= this.#limit(parent.id)) this.#limits.set(parent.id, place + this.#around.maxChildren());
    }
    return path.map((node) => node.id);
  }

  #rows(scene: Scene): readonly TreeNode[] {
    const { source } = this.#host;
    return source.kind === 'comparison' ? comparisonRows(scene, source) : rootRows(scene);
  }

  #limit(id: string): number { return this.#limits.get(id) ?? this.#around.maxChildren(); }

  #newScene(limit: (id: string) => number, filter: Filter | null): Scene {
    const { hello, status, source } = this.#host;
    return new Scene({
      model: this.model, hello, status, grouping: this.grouping, filter, limit,
      showUnreadable: this.#around.showUnreadable(),
      isNew: (key) => this.#around.isNew(key),
      // the users of this machine need not be those of the one that was saved
      userName: source.kind === 'live' ? (uid) => this.#around.userName(uid) : () => null,
    });
  }
}
