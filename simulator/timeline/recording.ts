import { History } from '../kernel/history.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { task_struct } from '../kernel/task.ts';
import type { Computer, Pause } from '../machine/system/computer.ts';
import type { Operation } from '../machine/system/operation.ts';
import type { Kept, UserSpace } from '../machine/system/userspace.ts';
import { Journal } from './journal.ts';
import type { Position } from './position.ts';
import { compare } from './position.ts';

/** Instructions between two checkpoints: what has to be run again at most to get anywhere. */
const INTERVAL = 200_000;
/** Most checkpoints that are kept: with more, every other one is dropped, and they come half as often. */
const MOST = 400;

interface Checkpoint { readonly index: number; readonly at: Position; readonly instructions: number; readonly kept: Kept }

/** Where user space is: the operations before `index` are done, and of that one (a run) so many statements. */
interface Cursor { index: number; statements: number }

/**
 * A run that can be gone through in both directions. User space goes to a moment from the checkpoint before it, by doing again what was done since (journal.ts); the
 * kernel by taking back or repeating its events. Nothing is ever run again from the beginning, and the kernel is never run again at all.
 *
 * The run itself can be continued at its end only: `record` goes there first; `branch` makes the present moment the end, and `type` the next one at which nobody is in
 * the middle of a system call.
 */
export class Recording {
  readonly computer: Computer;
  readonly history: History;
  readonly journal = new Journal();
  readonly #user: UserSpace;
  readonly #checkpoints: Checkpoint[] = [];
  #interval = INTERVAL;
  #cursor: Cursor = { index: 0, statements: 0 };
  /** Instructions of the run that was left in the middle. */
  #ran = 0;
  #at: Position;
  #end: Position;
  readonly start: Position;

  /** From where the run is now. The kernel must be traced at level `full`. */
  constructor(computer: Computer) {
    this.computer = computer;
    this.#user = computer.machine.user;
    this.history = new History(computer.k);
    this.start = this.#live();
    this.#at = this.start;
    this.#end = this.start;
    this.#keep();
  }

  get k(): Kernel { return this.computer.k; }
  get at(): Position { return this.#at; }
  get end(): Position { return this.#end; }
  get checkpoints(): number { return this.#checkpoints.length; }

  /** Whose the processor was after that many events: k.current then. */
  runnerAt(event: number): task_struct {
    const { events } = this.k.trace;
    // the switch before it says to whom; else the one after it says from whom
    for (let n = Math.min(event, events.length) - 1; n >= this.start.event; n--) {
      const found = events[n];
      if (found?.op === 'current') return found.after as task_struct;
    }
    for (let n = event; n < events.length; n++) {
      const found = events[n];
      if (found?.op === 'current') return found.before as task_struct;
    }
    return this.k.current;
  }

  #live(): Position {
    return { statement: this.computer.statements, event: this.k.trace.events.length };
  }

  /** Runs on from the end, for so many statements and instructions, and is at the new end then. */
  record(allowance: Parameters<Computer['advance']>[0]): Pause {
    this.seek(this.#end);
    this.#complete();
    this.#user.journal = (operation) => { this.#note(operation); };
    try {
      return this.computer.advance(allowance);
    } finally {
      this.#user.journal = null;
      this.history.follow();
      this.#end = this.#live();
      this.#at = this.#end;
      this.#cursor = { index: this.journal.length, statements: 0 };
    }
  }

  #note(operation: Operation): void {
    const last = this.#checkpoints.at(-1);
    if (operation.op === 'run' && this.computer.instructions - (last?.instructions ?? 0) >= this.#interval) this.#keep();
    this.journal.push(operation, this.#live());
  }

  #keep(): void {
    const { instructions } = this.computer;
    this.#checkpoints.push({ index: this.journal.length, at: this.#live(), instructions, kept: this.#user.keep() });
    if (this.#checkpoints.length <= MOST) return;
    const half = this.#checkpoints.filter((_, n) => n % 2 === 0);
    this.#checkpoints.length = 0;
    this.#checkpoints.push(...half);
    this.#interval *= 2;
  }

  /** Goes to a moment, which must be one: between `start` and `end`, with a statement and an event that belong together (`statement`, `event`). */
  seek(to: Position): void {
    if (compare(to, this.start) < 0 || compare(to, this.#end) > 0) throw new RangeError(`there is no moment ${to.statement}/${to.event} in this recording`);
    if (compare(to, this.#at) === 0) return;
    this.#userTo(this.#cursorOf(to));
    this.history.goTo(to.event);
    this.#at = to;
  }

  #userTo(target: Cursor): void {
    const from = this.#checkpointBefore(target.index);
    const { index, statements } = this.#cursor;
    const forwards = index < target.index ? from.index <= index : index === target.index && statements <= target.statements;
    if (!forwards) {
      this.#user.restore(from.kept);
      this.#cursor = { index: from.index, statements: 0 };
    }
    this.#replay(target);
  }

  /** The operations that are done at that moment, and how much of the next. */
  #cursorOf(to: Position): Cursor {
    const { journal } = this;
    const index = journal.begun(to.statement) - 1;
    // the run that began this statement, if the kernel was not entered since
    if (journal.operation(index)?.op === 'run' && journal.events(index) === to.event && journal.statements(index) < to.statement) {
      return { index, statements: to.statement - journal.statements(index) };
    }
    let after = journal.after(to);
    // the clock jumps when everybody sleeps, as the first thing that comes after that moment
    while (journal.operation(after - 1)?.op === 'clock' && journal.events(after - 1) === to.event && journal.statements(after - 1) === to.statement) after--;
    const before = after - 1;
    return journal.operation(before)?.op === 'run' && journal.events(before) === to.event ? { index: before, statements: 0 } : { index: after, statements: 0 };
  }

  #checkpointBefore(index: number): Checkpoint {
    let low = 0;
    let high = this.#checkpoints.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#checkpoints[middle]?.index ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    const found = this.#checkpoints[low];
    if (!found) throw new Error('a recording begins with a checkpoint');
    return found;
  }

  #replay(target: Cursor): void {
    while (this.#cursor.index < target.index) {
      this.#finishRun();
      if (this.#cursor.index >= target.index) break;
      const operation = this.journal.operation(this.#cursor.index);
      if (!operation) throw new Error('the journal ends too early');
      if (operation.op === 'run') this.#runTo(operation, Infinity);
      else this.#user.do(operation);
      this.#cursor = { index: this.#cursor.index + 1, statements: 0 };
    }
    const operation = this.journal.operation(target.index);
    if (target.statements > this.#cursor.statements && operation?.op === 'run') this.#runTo(operation, target.statements);
    this.#cursor = { ...target };
  }

  /** A run that was left in the middle goes on to its end. */
  #finishRun(): void {
    const { index, statements } = this.#cursor;
    const operation = this.journal.operation(index);
    if (statements === 0 || operation?.op !== 'run') return;
    this.#runTo(operation, Infinity);
    this.#cursor = { index: index + 1, statements: 0 };
  }

  /** Within a run, until so many of its statements have begun; Infinity: as far as it went. */
  #runTo({ task, mm, budget }: Extract<Operation, { op: 'run' }>, statements: number): void {
    const done = this.#cursor.statements;
    const ran = done === 0 ? 0 : this.#ran;
    const thread = this.#user.thread(task);
    const before = thread.instructions;
    if (done >= budget.statements) return;
    const left = { statements: budget.statements - done, instructions: budget.instructions - ran, stopAtStatement: budget.stopAtStatement };
    this.#user.run(task, mm, statements === Infinity ? left : { ...left, statements: Math.min(left.statements, statements - done), stopAtStatement: true });
    this.#ran = ran + thread.instructions - before;
  }

  /** At the end: what the last run did after its last statement began. */
  #complete(): void {
    this.#replay({ index: this.journal.length, statements: 0 });
  }

  /**
   * The present moment becomes the end: what was recorded after it is forgotten, and something else may happen. `next`: who runs then; null: whoever runs now.
   * False, and nothing is done: the kernel is in the middle of something, or that task cannot run.
   */
  branch(next: task_struct | null = null): boolean {
    const { index, statements } = this.#cursor;
    const { journal, k, computer } = this;
    const operation = journal.operation(index);
    if (operation?.op !== 'run' || journal.events(index) !== this.#at.event || (next && next !== k.current && !k.rq.queue.includes(next))) return false;
    if (statements > 0) journal.shorten(index, { ...operation, budget: { statements, instructions: operation.budget.instructions, stopAtStatement: true } });
    this.#cut(statements > 0 ? index + 1 : index, index);
    return !next || next === k.current || computer.choose(next);
  }

  /** The present moment is the end: of the journal so many operations are left, of which those before `whole` are as they were. */
  #cut(length: number, whole: number): void {
    this.journal.cut(length);
    this.history.cut();
    while ((this.#checkpoints.at(-1)?.index ?? 0) > whole) this.#checkpoints.pop();
    this.#end = this.#at;
    this.#cursor = { index: this.journal.length, statements: 0 };
    this.computer.rewound(this.#at.statement, this.#checkpoints.at(-1)?.instructions ?? 0);
  }

  /**
   * A person types at the terminal: now, or as soon as the system call that is under way is over or sleeps. What was recorded after that is forgotten; the moment after it
   * is the new end. Returns the moment before it.
   */
  type(bytes: Uint8Array): Position {
    if (!this.branch()) this.#leaveCall();
    const at = this.#at;
    // a jump of the clock by nothing: it marks in the journal that something comes from outside here, so that one can come back to before it
    this.journal.push({ op: 'clock', to: this.k.timekeeper.monotonic }, at);
    this.computer.type(bytes);
    this.history.follow();
    this.#end = this.#live();
    this.#at = this.#end;
    this.#cursor = { index: this.journal.length, statements: 0 };
    return at;
  }

  /** On to where the kernel lets somebody run, or everybody sleeps and the clock is about to move: that moment becomes the end. */
  #leaveCall(): void {
    const { journal } = this;
    let { index } = this.#cursor;
    while (index < journal.length && !['run', 'clock'].includes(journal.operation(index)?.op ?? '')) index++;
    if (index >= journal.length) {
      this.seek(this.#end);
      this.#complete();
      return;
    }
    this.#userTo({ index, statements: 0 });
    this.#at = { statement: journal.statements(index), event: journal.events(index) };
    this.history.goTo(this.#at.event);
    this.#cut(index, index);
  }
}
