import fs from 'node:fs';

/** Namespaces that are held open for somebody who is about to enter them. An open one keeps its namespace alive, so each is closed as soon as it was used. */
export class Pins {
  readonly #held = new Map<string, readonly number[]>();
  #last = 0;
  /** Nobody needs more at a time; a client that forgets to unpin must not collect descriptors without end. */
  readonly #most = 16;

  /** Takes the descriptors over; the name under which `release` closes them. */
  hold(descriptors: readonly number[]): string {
    for (const oldest of this.#held.keys()) {
      if (this.#held.size < this.#most) break;
      this.release(oldest);
    }
    const name = `pin${++this.#last}`;
    this.#held.set(name, descriptors);
    return name;
  }

  release(name: string): void {
    for (const fd of this.#held.get(name) ?? []) fs.closeSync(fd);
    this.#held.delete(name);
  }

  releaseAll(): void {
    for (const name of [...this.#held.keys()]) this.release(name);
  }
}
