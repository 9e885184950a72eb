/**
 * Decisions of a generator, drawn from a list of numbers. When they run out, every further decision is the first option; so a shorter list and smaller
 * numbers make a simpler program, and a property over such lists shrinks well. Options stand in the order from simple to rich.
 */
export class Choices {
  readonly #numbers: readonly number[];
  #next = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** One of 0 … count - 1. */
  int(count: number): number {
    return (this.#numbers[this.#next++] ?? 0) % count;
  }

  /** True once in `outOf` times. */
  chance(outOf: number): boolean {
    return this.int(outOf) === outOf - 1;
  }

  pick<T>(options: readonly [T, ...T[]] | readonly T[]): T {
    const chosen = options[this.int(options.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  }

  get spent(): boolean {
    return this.#next >= this.#numbers.length;
  }
}
