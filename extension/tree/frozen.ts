import type { HostModel, ModelChange } from '../../helper/model/model.ts';

/** The host at the moment when the tree was frozen, and how much has changed since. */
export class Frozen {
  readonly at: Date;
  readonly model: HostModel;
  /** Namespaces and processes that came, went or changed: each counts once. */
  readonly #touched = new Set<string>();

  constructor(model: HostModel, at: Date) {
    this.model = model.clone();
    this.at = at;
  }

  get changes(): number { return this.#touched.size; }

  record(change: ModelChange): void {
    for (const keys of [change.added, change.removed, change.changed, change.processesAdded, change.processesRemoved, change.processesChanged]) {
      for (const key of keys) this.#touched.add(key);
    }
  }

  /** What an observer who slept since then sees on waking: for the marks. */
  difference(now: HostModel): ModelChange {
    const added = new Set<string>();
    const changed = new Set<string>();
    for (const namespace of now.namespaces.values()) {
      const before = this.model.namespaces.get(namespace.key);
      if (!before) added.add(namespace.key);
      else if (before !== namespace || this.model.memberCount(before) !== now.memberCount(namespace)) changed.add(namespace.key);
    }
    const removed = new Set([...this.model.namespaces.keys()].filter((key) => !now.namespaces.has(key)));
    const none = new Set<string>();
    return { reset: false, added, removed, changed, processesAdded: none, processesRemoved: none, processesChanged: none };
  }
}
