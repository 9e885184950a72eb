/** One of those who look at a host: the side bar, a comparison. */
export interface Onlooker {
  setVisible(visible: boolean): void;
  /** What to read on every tick while this one is visible; replaces what it set before. */
  setFocus(pids: readonly number[], namespaceKeys: readonly string[]): void;
  dispose(): void;
}

/** Many onlookers as one: something is visible while any of them is, and the focus is that of all visible ones together. */
export class Onlookers {
  readonly #changed: () => void;
  readonly #all = new Set<{ visible: boolean; pids: readonly number[]; keys: readonly string[] }>();

  constructor(changed: () => void) { this.#changed = changed; }

  get visible(): boolean { return [...this.#all].some((one) => one.visible); }

  /** Pids and namespace keys, as `LiveHost.setFocus` takes them. */
  get focus(): readonly [readonly number[], readonly string[]] {
    const seeing = [...this.#all].filter((one) => one.visible);
    return [[...new Set(seeing.flatMap((one) => one.pids))], [...new Set(seeing.flatMap((one) => one.keys))]];
  }

  join(): Onlooker {
    const one: { visible: boolean; pids: readonly number[]; keys: readonly string[] } = { visible: false, pids: [], keys: [] };
    this.#all.add(one);
    return {
      setVisible: (visible) => {
        if (visible === one.visible) return;
        one.visible = visible;
        this.#changed();
      },
      setFocus: (pids, keys) => {
        one.pids = pids;
        one.keys = keys;
        this.#changed();
      },
      dispose: () => { if (this.#all.delete(one)) this.#changed(); },
    };
  }
}
