import { function_graph } from '../kernel/calltree.ts';
import type { LeftOut } from '../kernel/host_state.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { SIGNAL } from '../kernel/signals.ts';
import type { task_struct } from '../kernel/task.ts';
import { cpu } from '../machine/cpu/index.ts';
import { createMachineMemory } from '../machine/memory/index.ts';
import type { Piece } from '../machine/system/books.ts';
import type { Allowance, Computer, Pause } from '../machine/system/computer.ts';
import { outputOf } from '../machine/system/console.ts';
import { startMachine } from '../machine/system/start.ts';
import type { LimitReached, NotCompiled, ProgramSource, RunOptions, RunResult } from './options.ts';
import { toolchainOf } from './toolchain.ts';
import type { Built } from './toolchain.ts';

const SIGNAL_NAMES: ReadonlyMap<number, string> = new Map(Object.entries(SIGNAL).map(([name, number]) => [number, name]));
const NEWLINE = 10;
/** End of file, as it is typed. */
const CONTROL_D = Uint8Array.of(4);
/** So often a program that does not end at end of file is told again. */
const PATIENCE = 100;

/**
 * One run of a program, as far as one wants to go: it goes on in slices, and can be looked at between them. `start` compiles; what comes of it is a session,
 * or why there is none.
 */
export class Session {
  readonly computer: Computer;
  /** Warnings of the program and its companions. */
  readonly built: readonly Built[];
  readonly options: RunOptions;
  /** What was asked for and is not simulated, in order. */
  readonly notSimulated: string[];
  #taken = 0;
  #passing = false;

  private constructor(options: RunOptions, built: readonly Built[], computer: Computer, notSimulated: string[]) {
    this.options = options;
    this.built = built;
    this.computer = computer;
    this.notSimulated = notSimulated;
    computer.input = this.#input(options);
  }

  static start(options: RunOptions): Session | NotCompiled {
    const toolchain = toolchainOf(options.system);
    const sources: readonly { readonly name: string; readonly source: ProgramSource }[] = [{ name: 'a.out', source: options.program }, ...options.with];
    const built: Built[] = [];
    for (const { source } of sources) {
      const made = toolchain.build(source);
      if (!made.image) return { file: source.file, diagnostics: made.diagnostics };
      built.push(made);
    }
    const images = built.flatMap(({ image }, n) => (image ? [{ name: sources[n]?.name ?? '', image }] : []));
    const [program, ...others] = images;
    if (!program) throw new Error('there is no program');
    const notSimulated: string[] = [];
    const report = (what: string): void => { if (!notSimulated.includes(what)) notSimulated.push(what); };
    const { version, uid, privateRoot, tty, ttyStdin, args, before, limits, trace } = { ...options, version: options.kernel };
    const computer = startMachine({
      version, uid, state: options.state ?? null, privateRoot, tty, ttyStdin, args, before, limits, trace, program: program.image, with: others, command: (name) => toolchain.command(name),
    }, { cpu, ...createMachineMemory() }, report);
    return new Session(options, built, computer, notSimulated);
  }

  /** Feeds what was given as standard input: at once into a pipe; at a terminal a line whenever somebody reads. */
  #input({ ttyStdin, interactive, stdin, more }: RunOptions): Computer['input'] {
    const { computer } = this;
    const { k, console } = computer;
    if (interactive) {
      return () => {
        if (computer.status !== null || !console.prompts(k)) return false;
        if (!this.#passing) return 'waits';
        this.#passing = false;
        return false;
      };
    }
    let left = stdin;
    let patience = PATIENCE;
    const next = (): Uint8Array | null => {
      if (left.length > 0) {
        const end = ttyStdin ? left.indexOf(NEWLINE) + 1 || left.length : left.length;
        const line = left.subarray(0, end);
        left = left.subarray(end);
        return line;
      }
      return more ? more() : null;
    };
    if (!ttyStdin) {
      if (!more) {
        console.feed(k, stdin);
        console.close(k);
        return () => false;
      }
      return () => {
        if (!console.awaited(k)) return false;
        const bytes = next();
        if (bytes === null) console.close(k);
        else console.feed(k, bytes);
        return true;
      };
    }
    return () => {
      if (!console.prompts(k)) return false;
      const bytes = next();
      if (bytes === null && patience-- <= 0) return false;
      console.type(k, bytes ?? CONTROL_D);
      return true;
    };
  }

  /** What of the state could not be taken over. */
  get leftOut(): readonly LeftOut[] { return this.computer.cast.restored.left_out; }

  get k(): Kernel { return this.computer.k; }
  get over(): Pause | null { return this.computer.over; }

  advance(allowance: Allowance): Pause {
    return this.computer.advance(allowance);
  }

  /** Of a run that pauses for input: nothing is typed until the next sleeper wakes. */
  letTimePass(): void { this.#passing = true; }

  /** Lets this task run next, if it can run. */
  choose(task: task_struct): boolean { return this.computer.choose(task); }

  /** What came out since it was asked last. */
  takeOutput(): readonly Piece[] {
    const { output } = this.computer.machine.books;
    const pieces: Piece[] = [];
    for (; this.#taken < output.size; this.#taken++) {
      const piece = output.get(this.#taken);
      if (piece) pieces.push(piece);
    }
    return pieces;
  }

  /** How the run stands, or has ended. */
  result(): RunResult {
    const { computer, options } = this;
    const { status, over } = computer;
    const signo = (status ?? 0) & 0x7f;
    const { stdout, stderr, transcript } = outputOf(computer.machine.books, options.tty);
    const limits: LimitReached[] = typeof over === 'object' && over !== null && 'limit' in over ? [over.limit] : [];
    const missing = typeof over === 'object' && over !== null && 'missing' in over ? [`${over.missing}()`] : [];
    return {
      exit: status === null || signo !== 0 ? null : (status >> 8) & 0xff,
      signal: status === null || signo === 0 ? null : SIGNAL_NAMES.get(signo) ?? `SIG${signo}`,
      stdout, stderr, transcript, steps: computer.statements, limits, notSimulated: [...new Set([...this.notSimulated, ...missing])],
      trace: options.trace === 'calls' ? function_graph(computer.k.trace.events) : '',
    };
  }
}

/** Runs a program from beginning to end. */
export function runProgram(options: RunOptions): RunResult | NotCompiled {
  const session = Session.start(options);
  if (!(session instanceof Session)) return session;
  session.advance({ statements: Infinity, instructions: Infinity, stopAtStatement: false });
  return session.result();
}
