import type { Kernel } from './kernel.ts';
import type { TraceEvent } from './trace.ts';

/**
 * Time travel over what was traced at level `full`: the kernel's objects can be put into the state before any event, and forwards again,
 * without running anything. A position `n` is the state after the first n events.
 */
export class History {
  readonly #events: TraceEvent[];
  readonly #k: Kernel;
  #at: number;

  constructor(k: Kernel) {
    this.#k = k;
    this.#events = k.trace.events;
    this.#at = this.#events.length;
  }

  /** Where we are. */
  get at(): number { return this.#at; }
  /** The last position. */
  get end(): number { return this.#events.length; }

  /** Takes up what the kernel did since the last look; only at the end, since otherwise it would not follow from here. */
  follow(): number {
    this.#at = this.#events.length;
    return this.#at;
  }

  /** Goes to a position, whichever way. */
  goTo(position: number): void {
    if (!Number.isInteger(position) || position < 0 || position > this.end) throw new RangeError(`there is no position ${position} among ${this.end} events`);
    const { trace } = this.#k;
    while (this.#at > position) trace.undo(this.#event(this.#at -= 1));
    while (this.#at < position) trace.redo(this.#event((this.#at += 1) - 1));
  }

  /** Forgets everything after this position: what the kernel does next follows from here. */
  cut(): void {
    this.#events.length = this.#at;
  }

  /** The next position, forwards or backwards, at which the event before it is a line or a return; the end or the start when there is none. */
  line(from: number, step: 1 | -1): number {
    for (let at = from + step; at > 0 && at < this.end; at += step) {
      const { op } = this.#event(at - 1);
      if (op === 'line' || op === 'return') return at;
    }
    return step > 0 ? this.end : 0;
  }

  #event(n: number): TraceEvent {
    const event = this.#events[n];
    if (!event) throw new RangeError(`there is no event ${n}`);
    return event;
  }
}
