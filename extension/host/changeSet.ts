import type { HostModel, ModelChange } from '../../helper/model/model.ts';
import { processKey } from '../../helper/model/model.ts';

/** What came, went and changed among things of one sort, over several changes. */
class Tally {
  readonly added = new Set<string>();
  readonly removed = new Set<string>();
  readonly changed = new Set<string>();

  /** In the order in which `HostModel.apply` works: removals come first. */
  merge(added: ReadonlySet<string>, removed: ReadonlySet<string>, changed: ReadonlySet<string>): void {
    for (const key of removed) {
      this.changed.delete(key);
      if (!this.added.delete(key)) this.removed.add(key);
    }
    for (const key of added) {
      if (this.removed.delete(key)) this.changed.add(key);
      else this.added.add(key);
    }
    for (const key of changed) if (!this.added.has(key) && !this.removed.has(key)) this.changed.add(key);
  }
}

/** Several changes made one, so that a view draws once for many messages: what came and went in between is not told. */
export class ChangeSet {
  #reset = false;
  #namespaces = new Tally();
  #processes = new Tally();
  #empty = true;

  get empty(): boolean { return this.#empty; }

  add(change: ModelChange): void {
    if (change.reset) {
      this.#reset = true;
      this.#namespaces = new Tally();
      this.#processes = new Tally();
      this.#empty = false;
    }
    this.#namespaces.merge(change.added, change.removed, change.changed);
    this.#processes.merge(change.processesAdded, change.processesRemoved, change.processesChanged);
    this.#empty = this.#empty && change.added.size + change.removed.size + change.changed.size
      + change.processesAdded.size + change.processesRemoved.size + change.processesChanged.size === 0;
  }

  /** All of it as one change; afterwards the set is empty. */
  take(): ModelChange {
    const { added, removed, changed } = this.#namespaces;
    const { added: processesAdded, removed: processesRemoved, changed: processesChanged } = this.#processes;
    const taken = { reset: this.#reset, added, removed, changed, processesAdded, processesRemoved, processesChanged };
    this.#reset = false;
    this.#namespaces = new Tally();
    this.#processes = new Tally();
    this.#empty = true;
    return taken;
  }
}

/** A model was put in the place of another: everything in it is new. */
export function resetChange(model: HostModel): ModelChange {
  return {
    reset: true,
    added: new Set(model.namespaces.keys()), removed: new Set(), changed: new Set(),
    processesAdded: new Set(Array.from(model.processes.values(), processKey)), processesRemoved: new Set(), processesChanged: new Set(),
  };
}
