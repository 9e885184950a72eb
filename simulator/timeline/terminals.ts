import { next_timer } from '../kernel/sleep.ts';
import { ECHO, ICANON } from '../kernel/tty.ts';
import type { tty_struct } from '../kernel/tty.ts';
import { key_of } from '../kernel/state.ts';
import type { Piece, Writer } from '../machine/system/books.ts';
import type { Ref } from '../picture/picture.ts';
import type { Recording } from './recording.ts';

/** A stretch of a terminal's text that one task wrote, or nobody (what was typed, as it was echoed). */
export interface TerminalPart { readonly task: Ref | null; readonly stream: Writer['stream']; readonly length: number }

/** A terminal of the simulated computer, as it is at a moment. Plain data. */
export interface TerminalShown {
  /** `/dev/pts/0`. */
  readonly name: string;
  /** `console`: the program runs on it, and its output is here also when that goes into pipes. `pty`: a program made it. `other`: a command that was started before runs on it. */
  readonly what: 'console' | 'pty' | 'other';
  /** Nobody has it any more. */
  readonly gone: boolean;
  /** Bytes as they came, one character each. */
  readonly text: string;
  /** Whose they are, from the first to the last. */
  readonly parts: readonly TerminalPart[];
}

/** Somebody waits for the terminal's input. */
export interface Waiting {
  /** In the order in which they would be woken. */
  readonly tasks: readonly [Ref, ...Ref[]];
  /** It comes in whole lines; else every key at once. */
  readonly lines: boolean;
  /** What is typed is shown. */
  readonly echo: boolean;
  /** Somebody sleeps, so that time can pass without input. */
  readonly sleepers: boolean;
}

export function terminalsOf(recording: Recording): [TerminalShown, ...TerminalShown[]] {
  const { k, computer: { machine: { books }, console } } = recording;
  const { tty } = console;
  const all = new Set([...k.ttys.values(), ...books.terminal.map.keys()]);
  all.delete(tty);
  const others = [...all].filter(({ master, output }) => master !== null || output.size > 0);
  return [
    { name: nameOf(tty), what: 'console', gone: false, ...joined(books.output.values()) },
    ...others.map((other): TerminalShown => ({
      name: nameOf(other), what: other.master ? 'pty' : 'other', gone: k.ttys.get(other.index) !== other || other.master?.freed === true,
      ...joined([...other.shown.values()].map((bytes, n) => ({ ...books.writerOf(other, n) ?? NOBODY, bytes }))),
    })),
  ];
}

const NOBODY: Writer = { task: null, stream: 'terminal' };

function nameOf({ index }: tty_struct): string { return `/dev/pts/${index}`; }

/** Neighbouring pieces of one writer are one part. */
function joined(pieces: Iterable<Piece>): { readonly text: string; readonly parts: readonly TerminalPart[] } {
  const texts: string[] = [];
  const parts: TerminalPart[] = [];
  for (const { task, stream, bytes } of pieces) {
    const ref = task === null ? null : `task:${task}`;
    const last = parts.at(-1);
    if (last?.task === ref && last.stream === stream) parts[parts.length - 1] = { ...last, length: last.length + bytes.length };
    else parts.push({ task: ref, stream, length: bytes.length });
    texts.push(characters(bytes));
  }
  return { text: texts.join(''), parts };
}

const characters = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** What programs wrote to the terminal that the program runs on, without what was typed: one character a byte. */
export function outputOf({ computer }: Recording): string {
  return [...computer.machine.books.output.values()].map(({ stream, bytes }) => (stream === 'terminal' ? '' : characters(bytes))).join('');
}

export function waitingOf({ k, computer: { console } }: Recording): Waiting | null {
  const [first, ...others] = console.readers(k).map(key_of);
  if (first === undefined) return null;
  const { lflag } = console.tty.termios;
  return { tasks: [first, ...others], lines: (lflag & ICANON) !== 0, echo: (lflag & ECHO) !== 0, sleepers: next_timer(k) !== null };
}
