import type { Operation } from '../machine/system/operation.ts';
import type { Position } from './position.ts';

/** Numbers that only get more. */
class Column {
  #values = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const more = new Float64Array(this.length * 2);
      more.set(this.#values);
      this.#values = more;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number { return this.#values[index] ?? 0; }
}

/** What was done to user space, in order, each with the moment at which it was. */
export class Journal {
  readonly #operations: Operation[] = [];
  readonly #statements = new Column();
  readonly #events = new Column();

  get length(): number { return this.#operations.length; }

  push(operation: Operation, { statement, event }: Position): void {
    this.#operations.push(operation);
    this.#statements.push(statement);
    this.#events.push(event);
  }

  operation(index: number): Operation | undefined { return this.#operations[index]; }

  /** How many statements had begun before it was done. */
  statements(index: number): number { return this.#statements.at(index); }
  /** How many events had happened. */
  events(index: number): number { return this.#events.at(index); }

  /** Forgets the operations from `index` on. */
  cut(index: number): void {
    this.#operations.length = index;
    this.#statements.length = index;
    this.#events.length = index;
  }

  /** The operation at `index`, a run, was cut short. */
  shorten(index: number, operation: Operation): void {
    this.#operations[index] = operation;
  }

  /** The first operation before which that many statements had begun. */
  begun(statement: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.statements(middle) >= statement) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The first operation before which that many events had happened. */
  happened(event: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.events(middle) >= event) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The first operation that comes after this moment: more statements had begun, or more events had happened, before it. */
  after({ statement, event }: Position): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.statements(middle) > statement || this.events(middle) > event) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
