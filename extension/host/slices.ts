/** Work that can stop after each step: every `yield` is a place where it may be left alone for a while. Steps must be short (well under a millisecond). */
export type Steps = Generator<undefined, void, undefined>;

/** What the time comes from; tests put their own in. */
export interface Clock {
  /** Milliseconds, with fractions. */
  now(): number;
  /** Runs `then` after what else waits in the event loop had its turn. */
  later(then: () => void): void;
}
// browsers have no setImmediate
const later: Clock['later'] = 'setImmediate' in globalThis ? (then) => void setImmediate(then) : (then) => void setTimeout(then);
const REAL: Clock = { now: () => performance.now(), later };

/**
 * Does work in order, in slices of a few milliseconds, and lets the event loop of the extension host (which all extensions
 * share) turn between them.
 */
export class Slices {
  readonly #queue: { readonly steps: Steps; readonly failed: (error: unknown) => void; readonly dropped: () => void }[] = [];
  readonly #clock: Clock;
  readonly #budgetMs: number;
  readonly #sliceEnded: () => void;
  #running = false;
  #longestMs = 0;

  /** `budgetMs`: a slice ends with the first step that passes it. `sliceEnded` is called before anybody else has a turn. */
  constructor(budgetMs = 6, clock: Clock = REAL, sliceEnded: () => void = () => undefined) {
    this.#budgetMs = budgetMs;
    this.#sliceEnded = sliceEnded;
    this.#clock = clock;
  }

  /** The longest slice so far, milliseconds: how long others had to wait for us at worst. */
  get longestMs(): number { return this.#longestMs; }

  /** Adds work at the end. `failed` gets what a step throws, after which there are no further steps; `dropped` is told of a `clear()`. */
  add(steps: Steps, failed: (error: unknown) => void, dropped: () => void = () => undefined): void {
    this.#queue.push({ steps, failed, dropped });
    if (this.#running) return;
    this.#running = true;
    this.#clock.later(() => this.#slice());
  }

  /** Resolves when everything that was added before is done, or dropped. */
  async settled(): Promise<void> {
    if (!this.#running) return;
    await new Promise<void>((resolve) => {
      const done = (): void => { resolve(); };
      this.add(call(done), done, done);
    });
  }

  /** Drops all work that waits. */
  clear(): void {
    for (const { dropped } of this.#queue.splice(0)) dropped();
  }

  #slice(): void {
    const start = this.#clock.now();
    for (let job = this.#queue[0]; job; job = this.#queue[0]) {
      let done: boolean;
      try {
        done = job.steps.next().done === true;
      } catch (error) {
        done = true;
        job.failed(error);
      }
      // a step may have called clear()
      if (done && this.#queue[0] === job) this.#queue.shift();
      if (this.#clock.now() - start >= this.#budgetMs) break;
    }
    this.#sliceEnded();
    this.#longestMs = Math.max(this.#longestMs, this.#clock.now() - start);
    if (this.#queue.length > 0) this.#clock.later(() => this.#slice());
    else this.#running = false;
  }
}

function* call(then: () => void): Steps {
  yield;
  then();
}
