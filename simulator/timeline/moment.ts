import type { Place } from '../c/ast.ts';
import { linesOf } from '../kernel/listing.ts';
import type { ListingLine } from '../kernel/listing.ts';
import { tell } from '../kernel/sentence.ts';
import { key_of } from '../kernel/state.ts';
import type { Thread } from '../machine/cpu.ts';
import { pictureOf } from '../picture/picture.ts';
import type { Picture, Ref } from '../picture/picture.ts';
import { kernelStack } from './kernel_stack.ts';
import type { Recording } from './recording.ts';
import { tickOf } from './ticks.ts';
import { nextLine } from './walk.ts';

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
  /** What the terminal shows by now: bytes as they came, one character each. */
  readonly output: string;
}

/** The moment at which the recording stands. `file`: the program's own. */
export function momentOf(recording: Recording, file: string): Moment {
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
    sentence: top && top.at >= 0 ? told(recording, top.at) : null,
    picture: pictureOf(k), output: outputOf(recording),
  };
}

function told({ k }: Recording, at: number): Sentence {
  const { what, why } = tell(k, k.trace.events, at);
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

const decoder = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

function outputOf({ computer }: Recording): string {
  return [...computer.machine.books.output.values()].map(({ bytes }) => decoder(bytes)).join('');
}
