import { run_posix_cpu_timers } from '../../kernel/cputime.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Restored } from '../../kernel/restore.ts';
import { schedule } from '../../kernel/sched.ts';
import { next_timer, run_timers } from '../../kernel/sleep.ts';
import type { task_struct } from '../../kernel/task.ts';
import type { LimitReached, Limits } from '../../run/options.ts';
import type { Thread } from '../cpu.ts';
import { OutOfMemory } from '../memory/physical.ts';
import { PAGE_SIZE } from '../memory.ts';
import type { Console } from './console.ts';
import type { Machine } from './machine.ts';
import { reap } from './outsiders.ts';
import type { Processor, Ran } from './processor.ts';

/** How long a task may run before others do: statements of user code, and instructions, which also count in libc and commands. */
const TURN = { statements: 1000, instructions: 100_000 } as const;
/** The clock goes on for this long after the program has ended, if others still sleep. */
const AFTERWARDS = 60_000_000_000n;

/**
 * Why `advance` came back. `statement`: a task is about to begin one (only when asked for). `budget`: as many statements or instructions as were allowed have
 * run. `input`: somebody waits for what may still be typed. `ended`: nothing more will happen, since the program and all that it started have ended.
 */
export type Pause = 'statement' | 'budget' | 'input' | 'ended' | { readonly limit: LimitReached } | { readonly missing: string };

export interface Allowance { readonly statements: number; readonly instructions: number; readonly stopAtStatement: boolean }

/** Who is who. */
export interface Cast {
  readonly init: task_struct; readonly shells: readonly task_struct[]; readonly shell: task_struct; readonly program: task_struct;
  /** The program's number, as its shell gets it from wait(2). */
  readonly number: number;
  /** What was there before. */
  readonly restored: Restored;
}

/**
 * The simulated computer while it runs: decides who runs for how long, moves the clock when nobody can, lets init and the shell reap, and keeps to the limits.
 * Deterministic: what happens depends on nothing but what it was started with, what is typed, and who was chosen to run next.
 */
export class Computer {
  readonly machine: Machine;
  readonly processor: Processor;
  readonly console: Console;
  readonly cast: Cast;
  /** Called when nobody can run; true: something was typed. `waits`: the run pauses until a person types, or lets time pass. */
  input: () => boolean | 'waits' = () => false;
  /** Called before a task's turn begins. */
  scheduled: () => void = () => undefined;
  readonly #limits: Limits;
  #statements = 0;
  #instructions = 0;
  /** The thread that runs right now, and what it had run before. */
  #running: { readonly thread: Thread; readonly statements: number; readonly instructions: number } | null = null;
  /** What is left of the turn of the current task; null: somebody must be chosen. */
  #turn: { statements: number; instructions: number } | null = null;
  #over: Pause | null = null;
  #chosen: task_struct | null = null;

  constructor(machine: Machine, processor: Processor, console: Console, cast: Cast, limits: Limits) {
    this.machine = machine;
    this.console = console;
    this.processor = processor;
    this.cast = cast;
    this.#limits = limits;
  }

  get k(): Kernel { return this.processor.k; }
  /** The program's status word, once it has ended. */
  get status(): number | null { return this.machine.books.ending.get('program')?.status ?? null; }
  /** Statements of user code begun, of all tasks; also right while a system call is made. */
  get statements(): number { return this.#statements + (this.#running ? this.#running.thread.statements - this.#running.statements : 0); }
  get instructions(): number { return this.#instructions + (this.#running ? this.#running.thread.instructions - this.#running.instructions : 0); }
  /** Not null: the run is over, and why. */
  get over(): Pause | null { return this.#over; }

  /** Room for one more task? If not, the run ends. */
  room(): boolean {
    if (this.k.tasks.size < this.#limits.tasks) return true;
    this.#over = { limit: 'tasks' };
    return false;
  }

  /** That task runs next (it must be able to): the turn of the one that runs ends. */
  choose(task: task_struct): boolean {
    if (!this.k.rq.queue.includes(task)) return false;
    this.#chosen = task;
    this.#turn = null;
    return true;
  }

  /** The current task begins to run at once; it is in no system call. */
  begin(): void {
    this.#turn = { ...TURN };
  }

  /** State was changed from outside (a step back): the turn of whoever runs begins anew; when that one cannot run, somebody is chosen. */
  rewound(statements: number, instructions: number): void {
    this.#statements = statements;
    this.#instructions = instructions;
    this.#chosen = null;
    this.#turn = this.k.current.state === 'running' ? { ...TURN } : null;
    this.#over = null;
    this.console.recount();
  }

  /** A person types at the terminal, while no system call is under way: whoever is woken may run first, and a run in which everybody waited goes on. */
  type(bytes: Uint8Array): void {
    this.console.type(this.k, bytes);
    this.#turn = null;
    if (typeof this.#over === 'object' && this.#over !== null && 'limit' in this.#over && this.#over.limit === 'deadlock') this.#over = null;
  }

  /** Lets everybody run until all wait. The clock does not move by itself. */
  settle(): void {
    while (this.#over === null && (this.#turn !== null || this.#next())) this.#step({ statements: Infinity, instructions: Infinity, stopAtStatement: false });
  }

  /** Runs on until it has used up what it is allowed, or must pause. */
  advance({ statements, instructions, stopAtStatement }: Allowance): Pause {
    const until = { statements: this.statements + statements, instructions: this.instructions + instructions };
    for (;;) {
      if (this.#over) return this.#over;
      if (this.#turn === null && !this.#next()) {
        const idle = this.#idle();
        if (idle !== null) return idle;
        continue;
      }
      const left = { statements: until.statements - this.statements, instructions: until.instructions - this.instructions };
      if (left.statements <= 0 || left.instructions <= 0) return 'budget';
      // a turn may end at a statement, too
      if (this.#step({ ...left, stopAtStatement }) === 'statement' && this.statements >= until.statements) return 'statement';
    }
  }

  /** Runs the current task until something happens. */
  #step({ statements, instructions, stopAtStatement }: Allowance): Ran {
    const turn = this.#turn;
    const { k, machine: { user } } = this;
    if (!turn) return 'waits';
    const thread = user.thread(k.current.id);
    const before = this.#running = { thread, statements: thread.statements, instructions: thread.instructions };
    const budget = { statements: Math.min(turn.statements, statements), instructions: Math.min(turn.instructions, instructions), stopAtStatement };
    const ran = this.#guarded(() => this.processor.run(budget));
    const used = { statements: thread.statements - before.statements, instructions: thread.instructions - before.instructions };
    this.#running = null;
    this.#statements += used.statements;
    this.#instructions += used.instructions;
    turn.statements -= used.statements;
    turn.instructions -= used.instructions;
    this.#after(ran, turn);
    return ran;
  }

  #guarded(run: () => Ran): Ran {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof OutOfMemory)) throw error;
      this.#over = { limit: 'memory' };
      return 'waits';
    }
  }

  /** Does the turn go on? */
  #after(ran: Ran, turn: { statements: number; instructions: number }): boolean {
    const { machine } = this;
    if (typeof ran === 'object') this.#over = ran;
    const goesOn = ran !== 'waits' && !machine.yields && turn.statements > 0 && turn.instructions > 0;
    if (!goesOn) this.#turn = null;
    machine.yields = false;
    this.#check();
    return goesOn;
  }

  #check(): void {
    if (this.#over) return;
    const { k, machine, console } = this;
    const over = (limit: LimitReached, is: boolean): void => { if (is) this.#over = { limit }; };
    over('statements', this.statements >= this.#limits.statements);
    over('instructions', this.instructions >= this.#limits.instructions);
    over('output', console.written > this.#limits.output);
    if (this.#turn === null) over('memory', machine.user.resident * PAGE_SIZE > this.#limits.memory);
    if (k.counters.has('panic') || k.counters.has('halted')) this.#over = 'ended';
  }

  /** Chooses who runs and lets that task enter user mode. False: nobody can run. */
  #next(): boolean {
    const { k } = this;
    for (;;) {
      this.#outsiders();
      if (this.#over) return false;
      run_posix_cpu_timers(k);
      run_timers(k);
      const chosen = this.#chosen;
      this.#chosen = null;
      const next = schedule(k, chosen && k.rq.queue.includes(chosen) ? chosen : undefined);
      if (!next) return false;
      this.scheduled();
      if (this.#resume()) return true;
    }
  }

  /** The turn of the task that was chosen begins in the kernel. False: it is over already. */
  #resume(): boolean {
    const turn = { ...TURN };
    this.#turn = turn;
    const { processor, machine, k } = this;
    return this.#after(this.#guarded(() => (machine.outsiders.has(k.current) ? processor.sleepOn() : processor.resume())), turn);
  }

  /**
   * init and the shells wait for their children, but not before those that poll, perhaps for a child's pidfd: they were woken first. The program's end is told
   * to its shell.
   */
  #outsiders(): void {
    const { k, cast } = this;
    if (!k.rq.queue.some(({ id }) => /^(?:p?poll|epoll_p?wait2?)\(/.test(k.calls.get(id)?.name ?? ''))) {
      reap(k, cast.init);
      for (const task of [...cast.shells, ...cast.restored.tasks]) reap(k, task);
    }
    for (const { pid, stat } of reap(k, cast.shell)) {
      if (this.status !== null || pid !== cast.number) continue;
      k.trace.insert(this.machine.books.ending, 'program', { status: stat, at: k.timekeeper.monotonic });
      for (const tty of k.ttys.values()) if (tty.session === cast.shell.signal.session) k.trace.write(tty, 'pgrp', cast.shell.signal.pgrp);
    }
    if (this.status !== null && !this.#anyoneLeft()) this.#over = 'ended';
  }

  /** Does anything of the program's still live? */
  #anyoneLeft(): boolean {
    const { user, books } = this.machine;
    for (const id of user.threads.keys()) if (!books.companions.has(id)) return true;
    return false;
  }

  /** Nobody can run: input comes, or the clock moves to when the next sleeper wakes. Null: somebody can run now. */
  #idle(): Pause | null {
    const { k } = this;
    if (this.#over) return this.#over;
    const came = this.input();
    if (came === 'waits') return 'input';
    if (came) return null;
    const timer = next_timer(k);
    const { ending } = this.machine.books;
    if (timer === null || timer > (ending.get('program')?.at ?? timer) + AFTERWARDS) {
      if (this.status !== null) this.#over = 'ended';
      else if (this.console.awaited(k)) return 'input';
      else this.#over = { limit: 'deadlock' };
      return this.#over;
    }
    if (timer > k.timekeeper.monotonic) this.machine.user.do({ op: 'clock', to: timer });
    return null;
  }
}
