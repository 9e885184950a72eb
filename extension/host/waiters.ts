import type { CancellationToken } from 'vscode-jsonrpc';

/** Those who wait for something to happen and then look for themselves whether it is what they waited for. */
export class Waiters {
  readonly #waiting = new Set<() => void>();

  get size(): number { return this.#waiting.size; }

  /** Resolves at the next `wake()`, or when the token is cancelled. */
  async next(token?: CancellationToken): Promise<void> {
    let cancelled: { dispose(): void } | undefined;
    let wake: (() => void) | undefined;
    try {
      await new Promise<void>((resolve) => {
        wake = resolve;
        this.#waiting.add(resolve);
        cancelled = token?.onCancellationRequested(() => resolve());
        if (token?.isCancellationRequested) resolve();
      });
    } finally {
      if (wake) this.#waiting.delete(wake);
      cancelled?.dispose();
    }
  }

  wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
