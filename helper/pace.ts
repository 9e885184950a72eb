/** Lets pending requests be answered: resolves after the event loop went round once. */
export function turn(): Promise<void> {
  return new Promise((resolve) => { setImmediate(resolve); });
}

/** A sleep that can be ended early, so that a request or a change of what is watched takes effect at once. */
export class Alarm {
  #wake: (() => void) | undefined;
  #rung = false;

  /** Resolves after `ms` milliseconds or at the next `ring`, whichever is first; at once when it rang since the last sleep. */
  async sleep(ms: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = ms === Infinity ? undefined : setTimeout(resolve, Math.max(1, ms)); // it may be late already
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#rung = false;
    this.#wake = undefined;
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }
}
