import type { ModelChange } from '../../helper/model/model.ts';
import type { Namespace } from '../../helper/protocol.ts';

/** `new`: came since the last look; `members`: the number of its processes changed; `ended`: it is gone. */
export type Mark = 'new' | 'members' | 'ended';

/** What marks are made from: the number of members decides whether a change is worth a mark. */
export interface Counted {
  readonly namespaces: ReadonlyMap<string, Namespace>;
  memberCount(namespace: Namespace): number;
}

/**
 * Remembers for a moment what came, went and changed, so that a person sees it. The moment starts when it is on the screen:
 * while the view is hidden nothing expires. Time is given from outside, in milliseconds.
 */
export class Marks {
  readonly #marks = new Map<string, { mark: Mark; until: number | null }>();
  /** Members at the last look, of namespaces that are not initial: those change all the time. */
  #counts = new Map<string, number>();
  #settled = false;

  /** Is there a last look to compare with? */
  get settled(): boolean { return this.#settled; }

  of(key: string): Mark | undefined { return this.#marks.get(key)?.mark; }

  /** Takes the present as the last look: nothing is marked. */
  settle(model: Counted): Set<string> {
    const gone = new Set(this.#marks.keys());
    this.#marks.clear();
    this.#counts = new Map();
    for (const namespace of model.namespaces.values()) this.#count(model, namespace);
    this.#settled = true;
    return gone;
  }

  /** The first snapshot, and the first after a reset, is not a change: until `settle`, nothing is marked. Returns the keys whose mark is another one now. */
  record(change: ModelChange, model: Counted): Set<string> {
    if (change.reset) {
      const all = new Set(this.#marks.keys());
      this.#marks.clear();
      this.#settled = false;
      return all;
    }
    const touched = new Set<string>();
    if (!this.#settled) return touched;
    const mark = (key: string, as: Mark): void => { this.#marks.set(key, { mark: as, until: null }); touched.add(key); };
    for (const key of change.removed) {
      this.#counts.delete(key);
      mark(key, 'ended');
    }
    for (const key of change.added) {
      mark(key, 'new');
      const namespace = model.namespaces.get(key);
      if (namespace) this.#count(model, namespace);
    }
    for (const key of change.changed) {
      const namespace = model.namespaces.get(key);
      if (!namespace || namespace.initial === true) continue;
      const before = this.#counts.get(key);
      this.#count(model, namespace);
      if (before !== undefined && before !== this.#counts.get(key) && this.of(key) !== 'new') mark(key, 'members');
    }
    return touched;
  }

  /** The view is on the screen now: marks that were not seen yet start to count down. */
  seen(now: number, milliseconds: number): void {
    for (const entry of this.#marks.values()) entry.until ??= now + milliseconds;
  }

  /** Drops what has been seen for long enough; returns its keys. */
  expire(now: number): Set<string> {
    const expired = new Set<string>();
    for (const [key, { until }] of this.#marks) {
      if (until === null || until > now) continue;
      this.#marks.delete(key);
      expired.add(key);
    }
    return expired;
  }

  /** When the next mark expires; null: none has been seen. */
  next(): number | null {
    let next: number | null = null;
    for (const { until } of this.#marks.values()) if (until !== null && (next === null || until < next)) next = until;
    return next;
  }

  #count(model: Counted, namespace: Namespace): void {
    if (namespace.initial !== true) this.#counts.set(namespace.key, model.memberCount(namespace));
  }
}
