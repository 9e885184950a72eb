import type { Place } from '../c/ast.ts';
import { linesOf } from '../kernel/listing.ts';
import type { ListingLine } from '../kernel/listing.ts';
import { result_text } from '../kernel/names.ts';
import { tell } from '../kernel/sentence.ts';
import type { Words } from '../kernel/sentence.ts';
import { key_of } from '../kernel/state.ts';
import type { RunningCall } from '../kernel/task.ts';
import type { Thread } from '../machine/cpu.ts';
import { pictureOf } from '../picture/picture.ts';
import type { Picture, Ref } from '../picture/picture.ts';
import { detailsOf } from '../picture/details.ts';
import type { Facts } from '../picture/details.ts';
import { callNodes } from './call_nodes.ts';
import type { CallNode } from './call_nodes.ts';
import { kernelStack } from './kernel_stack.ts';
import { programStateOf } from './program_state.ts';
import type { ProgramState } from './program_state.ts';
import type { Recording } from './recording.ts';
import { terminalsOf, waitingOf } from './terminals.ts';
import type { TerminalShown, Waiting } from './terminals.ts';
import { tickOf } from './ticks.ts';
import { step } from './steps.ts';
import { callBegan } from './system_call.ts';
import { nextLine, walk } from './walk.ts';

/** A function in the call stack, outermost first: the program's, then the kernel's. */
export interface StackEntry { readonly fn: string; readonly side: 'user' | 'kernel'; readonly file: string; readonly line: number }

/** One line of a listing as it is shown. `ran`: executed before; `now`: executed last, what the sentence is about; `next`: will be; `skipped`: a branch not taken. */
export interface ListingRow { readonly text: string; readonly indent: number; readonly state: 'ran' | 'now' | 'next' | 'skipped' | 'later' }

export interface Sentence { readonly what: string; readonly why: string }

/** All that is shown of one moment of a recording. Plain data. */
export interface Moment {
  readonly tick: number;
  readonly statement: number;
  readonly event: number;
  readonly task: Ref;
  readonly inKernel: boolean;
  readonly call: string | null;
  readonly stack: readonly StackEntry[];
  /** Where each task stands in the program: line of the program's own file. */
  readonly lines: Readonly<Record<Ref, number>>;
  readonly listing: { readonly fn: string; readonly file: string; readonly rows: readonly ListingRow[] } | null;
  readonly sentence: Sentence | null;
  readonly picture: Picture;
  /** What changed is told against these: the picture one step earlier, and that before the whole system call (in the program: before its last statement). */
  readonly before: { readonly step: Picture; readonly call: Picture };
  /** The system call that the task is in, function by function; [] outside of the kernel. */
  readonly calls: readonly CallNode[];
  /** The task that is looked at, by default the running one: what its program knows, null when it has none. */
  readonly watched: { readonly task: Ref; readonly program: ProgramState | null };
  /** Of the chosen object. */
  readonly facts: readonly Facts[];
  /** What stepping over will lead to, for a question about it; null when nobody asked, or nothing follows. */
  readonly ahead: Ahead | null;
  /** What is on each terminal by now; the one that the program runs on comes first. */
  readonly terminals: readonly [TerminalShown, ...TerminalShown[]];
  /** Who waits for what a person types there; null: nobody does. */
  readonly waiting: Waiting | null;
}

/** `call`: the system call that ends by then; `result`: what it returns, as text. */
export interface Ahead { readonly picture: Picture; readonly call: string | null; readonly result: string | null }

/** What the page looks at besides the moment itself. */
export interface Look {
  /** The program's own file. */
  readonly file: string;
  /** Kernel lines are steps, too. */
  readonly kernel: boolean;
  /** Whose variables; null: the running task's. */
  readonly watched: Ref | null;
  /** Whose contents. */
  readonly selected: Ref | null;
  /** Tell what is ahead. */
  readonly ask: boolean;
  /** The kernel's sentences in the reader's language; absent: in English. */
  readonly words?: Words | undefined;
}

/** The moment at which the recording stands. */
export function momentOf(recording: Recording, { file, kernel, watched, selected, ask, words }: Look): Moment {
  const { k, at, computer } = recording;
  const { call, frames } = kernelStack(k, at.event);
  const top = frames.at(-1);
  const inKernel = top !== undefined;
  const thread = computer.machine.user.threads.get(k.current.id);
  const user = thread ? userStack(thread) : [];
  return {
    tick: tickOf(at), statement: at.statement, event: at.event, task: key_of(k.current), inKernel, call,
    stack: [
      ...user.map(({ fn, place }): StackEntry => ({ fn, side: 'user', file: place?.file ?? '', line: place?.line ?? 0 })),
      ...frames.map(({ listing, ran }): StackEntry => ({ fn: listing.fn, side: 'kernel', file: listing.file, line: (ran.at(-1)?.index ?? -1) + 1 })),
    ],
    lines: linesOfTasks(recording, file),
    listing: top ? { fn: top.listing.fn, file: top.listing.file, rows: rowsOf(linesOf(top.listing, k.version), top.ran, nextLine(recording)) } : null,
    sentence: top && top.at >= 0 ? told(recording, top.at, words) : null,
    picture: pictureOf(k), before: { step: pictureAt(recording, walk(recording, 'back', kernel)?.event ?? at.event), call: pictureAt(recording, callStart(recording)) },
    calls: inKernel ? callNodes(recording, callStart(recording)) : [],
    watched: watchedOf(recording, watched), facts: selected === null ? [] : detailsOf(k, selected), ahead: ask ? aheadOf(recording, kernel) : null, terminals: terminalsOf(recording), waiting: waitingOf(recording),
  };
}

/** Where the present system call began; in the program: where the last statement began, which may have made one. */
function callStart(recording: Recording): number {
  const { k, at } = recording;
  return callBegan(k, at.event)?.event ?? step(recording, 'statement', -1, k.current)?.event ?? recording.start.event;
}

/** The kernel's state only: user space stays where it is. */
function pictureAt({ k, history, at }: Recording, event: number): Picture {
  if (event === at.event) return pictureOf(k);
  history.goTo(event);
  const picture = pictureOf(k);
  history.goTo(at.event);
  return picture;
}

function aheadOf(recording: Recording, kernel: boolean): Ahead | null {
  const { k, at } = recording;
  const to = walk(recording, 'over', kernel);
  if (!to || to.event === at.event) return null;
  const task = k.current.id;
  let call: string | null = null;
  let result: unknown;
  let left: unknown;
  for (let n = at.event; n < to.event; n++) {
    const event = k.trace.events[n];
    if (event?.op === 'return' && event.before === task) left = event.after;
    if (event?.subject !== k.calls || event.name !== task) continue;
    if (event.op === 'entry') call = (event.after as RunningCall).name;
    else if (event.op === 'remove') result = left;
  }
  return { picture: pictureAt(recording, to.event), call: call ?? callBegan(k, at.event)?.call ?? null, result: typeof result === 'number' ? result_text(result) : null };
}

function watchedOf(recording: Recording, watched: Ref | null): Moment['watched'] {
  const { k } = recording;
  const task = [...k.tasks.values()].find((each) => key_of(each) === watched) ?? k.current;
  return { task: key_of(task), program: programStateOf(recording, task) };
}

function told({ k }: Recording, at: number, words: Words | undefined): Sentence {
  const { what, why } = tell(k, k.trace.events, at, words);
  return { what, why };
}

interface UserFrame { readonly fn: string; readonly place: Place | null }

/** Functions of the program that the thread is in, outermost first. */
function userStack(thread: Thread): UserFrame[] {
  const { functions, lines, places } = thread.image;
  return thread.frames().flatMap(({ function: n, at }): UserFrame[] => {
    const of = functions[n];
    return of?.system === false ? [{ fn: of.name, place: places[lines[at] ?? -1] ?? null }] : [];
  }).reverse();
}

function linesOfTasks({ k, computer }: Recording, file: string): Record<Ref, number> {
  const found: Record<Ref, number> = {};
  for (const task of k.tasks.values()) {
    const thread = computer.machine.user.threads.get(task.id);
    const place = thread && task.state !== 'zombie' && task.state !== 'dead' ? userStack(thread).findLast((frame) => frame.place?.file === file)?.place : undefined;
    if (place) found[key_of(task)] = place.line;
  }
  return found;
}

function rowsOf(lines: readonly ListingLine[], ran: readonly ListingLine[], next: ListingLine | null): ListingRow[] {
  const now = ran.at(-1);
  const done = new Set(ran);
  return lines.map((line) => ({
    text: line.text, indent: line.indent,
    // a loop comes back to lines above: only what stands before the last line and never ran was passed by
    state: line === now ? 'now' : done.has(line) ? 'ran' : line === next ? 'next' : now && line.index < now.index ? 'skipped' : 'later',
  }));
}
