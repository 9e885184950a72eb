import type { Diagnostic, SourceFiles } from '../c/diagnostic.ts';
import type { HostState } from '../kernel/host_state.ts';
import type { Version } from '../kernel/version.ts';

/**
 * What the simulator needs of the outside: texts of the libc's headers and sources and of the commands (`include/stdio.h`, `libc/stdio/puts.c`,
 * `commands/ls.c`, `commands/lib/ul.c`). Whoever starts it gives them: from files in node, fetched before in a page. Where a build has compiled them (packed.ts),
 * there are `objects/libc/stdio/puts.c` and so on, and `unit` knows which of them defines a name.
 */
export interface SystemFiles extends SourceFiles {
  /** All files below a directory, by their whole names. */
  list(directory: string): readonly string[];
  /** The unit that defines a name: of the libc, or (`shared`) of what commands share. */
  unit?(symbol: string, of: 'symbols' | 'shared'): string | null;
}

/** A program of the user: its main file and, beside it, files that it may include. */
export interface ProgramSource { readonly file: string; readonly files: SourceFiles }

export interface RunOptions {
  readonly system: SystemFiles;
  readonly program: ProgramSource;
  /** After argv[0]; `@P` stands for the pid of the first of `before`. */
  readonly args: readonly string[];
  readonly uid: 0 | 1000;
  /** Tasks and namespaces that are there before the program begins; absent: none but those of the simulated computer itself. */
  readonly state?: HostState | null;
  readonly kernel: Version;
  /** `/` is private from the start. */
  readonly privateRoot: boolean;
  /** Descriptors 1 and 2 are a terminal, else pipes. */
  readonly tty: boolean;
  /** Descriptor 0 is the terminal, with echo and prompts; else a pipe that holds `stdin`. */
  readonly ttyStdin: boolean;
  readonly stdin: Uint8Array;
  /** Asked when somebody waits for standard input and all of `stdin` was read: more bytes, or null at its end. Absent: it ends there. */
  readonly more?: () => Uint8Array | null;
  /**
   * With `ttyStdin`: a person sits at the terminal. Whoever waits for input ends the slice with the pause `input`, before the clock goes on to whatever sleeps; then the person
   * types (timeline/recording.ts), or lets time pass (`Session.letTimePass`). `stdin` and `more` are not asked.
   */
  readonly interactive?: boolean;
  /** Command lines that a shell in another terminal starts first and leaves running; their pids from 6000. */
  readonly before: readonly string[];
  /** Further programs, built to `./name` in the working directory. */
  readonly with: readonly { readonly name: string; readonly source: ProgramSource }[];
  readonly limits: Limits;
  /** The kernel's calls are traced: `calls` for `--trace`, `full` for stepping. */
  readonly trace: 'off' | 'calls' | 'full';
}

export interface Limits {
  /** Statements of user code, of all tasks. */
  readonly statements: number;
  /** Instructions, system code included: an endless loop in libc or a command ends, too. */
  readonly instructions: number;
  readonly tasks: number;
  /** Bytes of resident pages, of all tasks. */
  readonly memory: number;
  /** Bytes written to terminals and pipes that leave the simulation. */
  readonly output: number;
}

/** Which limit ended a run; the run up to there is as good as any. `deadlock`: everybody waits for something that cannot come (not an error: a real program would wait for ever). */
export type LimitReached = keyof Limits | 'deadlock';

export interface RunResult {
  /** The program's exit status; null when a signal or a limit ended it. */
  readonly exit: number | null;
  readonly signal: string | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** What the terminal shows: output of all tasks, and what was typed as it was echoed. */
  readonly transcript: Uint8Array;
  readonly steps: number;
  readonly limits: readonly LimitReached[];
  /** `bpf()`, `socket(AF_NETLINK)`: what was asked for and is not modelled. */
  readonly notSimulated: readonly string[];
  readonly trace: string;
}

/** It does not compile. */
export interface NotCompiled { readonly file: string; readonly diagnostics: readonly Diagnostic[] }
