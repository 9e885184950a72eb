import type { ListingTexts } from './kernel/listing.ts';
import type { Words } from './kernel/sentence.ts';
import type { Version } from './kernel/version.ts';
import type { Typed } from './run/script.ts';
import type { Moment } from './timeline/moment.ts';
import type { Ref } from './picture/picture.ts';
import type { Told } from './run/left_out.ts';
import type { Step } from './timeline/walk.ts';

/** The wire between the page and the simulator's worker (`postMessage`). Closed unions; each run has a number, and answers to an old one are dropped. */

/** Page → worker. */
export type ToWorker =
  /** First: the packed libc and commands (`dist/system.bin`), what the kernel's listings say (null: nobody will read it), and their sentences in the user's language (null: English). */
  | { readonly type: 'system'; readonly bytes: Uint8Array; readonly listings: ListingTexts | null; readonly words: Words | null }
  /** Compiles and runs to the end, recording; what ran before is forgotten. `typed`: what a person typed when it ran before (of an interactive program). */
  | { readonly type: 'run'; readonly run: number; readonly program: ProgramToRun; readonly typed: readonly Typed[] }
  | { readonly type: 'step'; readonly run: number; readonly step: Step; readonly kernel: boolean }
  /** To the next moment, in that direction, at which a task begins a statement on one of these lines of the program; nowhere else when there is none. */
  | { readonly type: 'line'; readonly run: number; readonly lines: readonly number[]; readonly direction: 1 | -1 }
  /** What else is to be told of each moment: another task's variables, the contents of an object, whether kernel lines are steps. Answered by the moment again. */
  | { readonly type: 'look'; readonly run: number; readonly watched: Ref | null; readonly selected: Ref | null; readonly kernel: boolean; readonly ask: boolean }
  /** From the present moment on another task goes first: what was recorded after it is forgotten, and the program runs on. */
  | { readonly type: 'next'; readonly run: number; readonly task: Ref }
  /** A person types at the terminal (control characters as keys give them), at the present moment; '': lets time pass, at the end. What was recorded after it is forgotten, and the program runs on. */
  | { readonly type: 'type'; readonly run: number; readonly text: string }
  /** Every step from the first to the last, at most so many, as plain moments: for a file that is read without the simulator. Answered by `exported`. */
  | { readonly type: 'export'; readonly run: number; readonly most: number }
  /** To a moment by its number (ticks.ts). */
  | { readonly type: 'seek'; readonly run: number; readonly tick: number }
  /** The run ends where it is; what was recorded stays. */
  | { readonly type: 'stop'; readonly run: number };

export interface ProgramToRun {
  readonly file: string;
  readonly text: string;
  readonly args: readonly string[];
  readonly uid: 0 | 1000;
  readonly kernel: Version;
  /** Null: a person types it at the terminal (`tty` is on then). */
  readonly stdin: string | null;
  readonly before: readonly string[];
  readonly privateRoot: boolean;
  /** Its output is a terminal; else a pipe. */
  readonly tty: boolean;
  /** Further programs, built beside it; it may include their texts, too. */
  readonly with: readonly { readonly file: string; readonly text: string }[];
  /** Text of a state (run/state_file.ts) that is there before it; null: none. */
  readonly state: string | null;
}

/** What the front end has to say. Lines and columns count from 1. `file`: another one than the program's own; null: that one. */
export interface Said { readonly file: string | null; readonly severity: string; readonly line: number; readonly column: number; readonly message: string; readonly hint: string | null }

/** A step as an exported run keeps it. */
export type ExportedStep = Pick<Moment, 'tick' | 'task' | 'stack' | 'lines' | 'listing' | 'sentence' | 'picture'> & { /** What the terminal shows, one character a byte. */ readonly output: string };

/** A stretch of a lane: ticks from … to in which one task ran. */
export interface LaneStretch { readonly task: string; readonly from: number; readonly to: number; readonly kernel: boolean }
/** A system call on the scrubber. */
export interface CallMark { readonly task: string; readonly tick: number; readonly name: string; readonly failed: boolean }

/** How the program stands at the end of the recording. `input`: a task waits for what a person types. */
export type Ended = { readonly by: 'signal'; readonly signal: string } | { readonly by: 'exit'; readonly status: number } | { readonly by: 'limit'; readonly limits: readonly string[] } | { readonly by: 'stop' } | { readonly by: 'input' } | { readonly by: 'nothing' };

/** Worker → page. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly run: number; readonly statements: number }
  /** It does not compile, or cannot be run: then there is no `recorded`. */
  | { readonly type: 'refused'; readonly run: number; readonly said: readonly Said[]; readonly why: string | null }
  | {
    readonly type: 'recorded'; readonly run: number; readonly said: readonly Said[]; readonly start: number; readonly end: number; readonly statements: number;
    readonly names: Readonly<Record<string, string>>; readonly stretches: readonly LaneStretch[]; readonly calls: readonly CallMark[];
    readonly ended: Ended; readonly notSimulated: readonly string[]; /** What of the state is not there. */ readonly leftOut: readonly Told[]; /** All that programs wrote to the terminal, without what was typed, one character a byte. */ readonly output: string;
    /** What was typed, and at which step, counted from the start. */ readonly typed: readonly (Typed & { readonly at: number })[];
  }
  | { readonly type: 'moment'; readonly run: number; readonly moment: Moment }
  | { readonly type: 'exported'; readonly run: number; readonly steps: readonly ExportedStep[]; readonly complete: boolean }
  /** Where was asked to go is nowhere: `why` says what was looked for. */
  | { readonly type: 'nowhere'; readonly run: number; readonly why: 'line' | 'next' };
