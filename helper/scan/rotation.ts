/** Takes a share of a changing set each time it is asked, so that every member comes up in turn. */
export class Rotation<T> {
  readonly #list: () => Iterable<T>;
  #round: T[] = [];
  #at = 0;

  /** @param list the members at the beginning of a round */
  constructor(list: () => Iterable<T>) { this.#list = list; }

  /** The next members: 1/`turns` of the round, at least one. Some may have left the set since the round began. */
  next(turns: number): T[] {
    if (this.#at >= this.#round.length) {
      this.#round = [...this.#list()];
      this.#at = 0;
    }
    const share = this.#round.slice(this.#at, this.#at + Math.max(1, Math.ceil(this.#round.length / turns)));
    this.#at += share.length;
    return share;
  }
}
