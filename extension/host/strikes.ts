/** So many broken messages within so many milliseconds, and the helper is not to be trusted with the next. */
const STRIKES = 5;
const WITHIN = 60_000;

/** Counts what a helper did wrong. */
export class Strikes {
  #recent: number[] = [];

  /** One more at `now` (milliseconds). True when it is one too many. */
  add(now: number): boolean {
    this.#recent = [...this.#recent.filter((at) => now - at < WITHIN), now];
    return this.#recent.length >= STRIKES;
  }

  forget(): void {
    this.#recent = [];
  }
}
