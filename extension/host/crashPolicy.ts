/** The waits of the first restarts double from here to there, in milliseconds. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
/** So many crashes within so long, and it is given up. */
const CRASHES = 4;
const WITHIN = 120_000;

/** Decides when a helper that crashed is started again: later each time, and not at all when it crashes again and again. */
export class CrashPolicy {
  /** When it crashed, within the last two minutes. */
  #recent: number[] = [];
  /** Crashes in a row without a life of at least two minutes between them. */
  #inARow = 0;

  /**
   * The helper crashed at `now` after it had lived for `livedMs` (both milliseconds).
   * Returns how long to wait before it is started again, or null when it should not be.
   */
  crashed(now: number, livedMs: number): number | null {
    if (livedMs >= WITHIN) this.#inARow = 0;
    this.#inARow++;
    this.#recent = [...this.#recent.filter((at) => now - at < WITHIN), now];
    if (this.#recent.length >= CRASHES) return null;
    return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.#inARow - 1));
  }

  /** A person asked for a new start: what was is forgotten. */
  forget(): void {
    this.#recent = [];
    this.#inARow = 0;
  }
}
