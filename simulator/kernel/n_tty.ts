import type { Kernel } from './kernel.ts';
import { wake_up } from './sched.ts';
import { send_sig_priv } from './signal.ts';
import { SIGINT, SIGQUIT, SIGTSTP } from './signals.ts';
import {
  ECHO, ECHOCTL, ECHOE, ECHOK, ECHOKE, ECHONL, ICANON, ICRNL, IEXTEN, IGNCR, INLCR, ISIG, IXON, NOFLSH, OCRNL, ONLCR, OPOST, VEOF, VERASE, VINTR, VKILL, VLNEXT, VQUIT, VREPRINT,
  VSTART, VSTOP, VSUSP, VWERASE,
} from './tty.ts';
import type { tty_struct } from './tty.ts';

const NEWLINE = 10;
const RETURN = 13;
const TAB = 9;
const BACKSPACE = 8;
const SPACE = 32;
const DELETE = 127;

const has = (flags: number, bit: number): boolean => (flags & bit) !== 0;
const is_control = (byte: number): boolean => (byte < SPACE && byte !== TAB) || byte === DELETE;

/** How many columns a byte takes when it is echoed: `^A` takes two. A part of a UTF-8 character after its first byte takes none. */
function width(tty: tty_struct, byte: number): number {
  if (is_control(byte)) return has(tty.termios.lflag, ECHOCTL) ? 2 : 0;
  return byte >= 0x80 && byte < 0xc0 ? 0 : 1;
}

/** One byte as it is echoed. */
function echoed(tty: tty_struct, byte: number): number[] {
  return byte !== NEWLINE && is_control(byte) && has(tty.termios.lflag, ECHOCTL) ? [0x5e, byte ^ 0x40] : [byte];
}

const rubout = (columns: number): number[] => Array.from({ length: columns }, () => [BACKSPACE, SPACE, BACKSPACE]).flat();

/** What the terminal shows for what is written: a carriage return before each newline, if it is set so. */
export function opost(tty: tty_struct, bytes: Uint8Array): Uint8Array {
  const { oflag } = tty.termios;
  if (!has(oflag, OPOST) || !has(oflag, ONLCR | OCRNL)) return bytes;
  const onlcr = has(oflag, ONLCR);
  let extra = 0;
  for (const byte of bytes) if (byte === NEWLINE && onlcr) extra++;
  if (extra === 0 && !has(oflag, OCRNL)) return bytes;
  const out = new Uint8Array(bytes.length + extra);
  let at = 0;
  for (const byte of bytes) {
    if (byte === NEWLINE && onlcr) out[at++] = RETURN;
    out[at++] = byte === RETURN && has(oflag, OCRNL) ? NEWLINE : byte;
  }
  return out;
}

/** Something appears on the terminal. */
export function tty_put(k: Kernel, tty: tty_struct, bytes: Uint8Array): void {
  if (bytes.length === 0) return;
  const n = tty.output.size;
  k.trace.insert(tty.output, n, bytes);
  k.trace.insert(tty.shown, n, opost(tty, bytes));
  if (tty.master) wake_up(k, tty.master);
}

/** What can be read is one piece more. */
function finish(k: Kernel, tty: tty_struct, bytes: Uint8Array): void {
  k.trace.insert(tty.input, tty.tail, bytes);
  k.trace.write(tty, 'tail', tty.tail + 1);
}

/** Forgets what was typed and not read. */
export function flush_input(k: Kernel, tty: tty_struct): void {
  for (const n of [...tty.input.map.keys()]) k.trace.remove(tty.input, n);
  k.trace.write(tty, 'head', tty.tail);
  k.trace.write(tty, 'edit', new Uint8Array(0));
}

/** A key that sends a signal to the foreground. */
function isig(k: Kernel, tty: tty_struct, sig: number): void {
  if (!has(tty.termios.lflag, NOFLSH)) flush_input(k, tty);
  for (const task of [...tty.pgrp?.pgrp.values() ?? []]) send_sig_priv(k, sig, task, true);
  if (tty.stopped) start_tty(k, tty);
}

function start_tty(k: Kernel, tty: tty_struct): void {
  k.trace.write(tty, 'stopped', false);
  wake_up(k, tty);
}

/** The line being edited, with its echo. */
class Editor {
  readonly echo: number[] = [];
  line: number[];
  readonly #tty: tty_struct;
  constructor(tty: tty_struct) {
    this.#tty = tty;
    this.line = [...tty.edit];
  }

  get #lflag(): number { return this.#tty.termios.lflag; }

  add(byte: number): void {
    this.line.push(byte);
    if (has(this.#lflag, ECHO)) this.echo.push(...echoed(this.#tty, byte));
  }

  /** Takes back one character; its columns disappear. */
  erase(): void {
    let columns = 0;
    while (this.line.length > 0) {
      const byte = this.line.pop() ?? 0;
      columns += width(this.#tty, byte);
      if (byte < 0x80 || byte >= 0xc0) break;
    }
    if (has(this.#lflag, ECHO) && has(this.#lflag, ECHOE)) this.echo.push(...rubout(columns));
  }

  /** Takes back a word with the spaces after it. */
  word(): void {
    const letter = (byte: number | undefined): boolean => byte !== undefined && byte !== SPACE && byte !== TAB;
    while (this.line.length > 0 && !letter(this.line.at(-1))) this.erase();
    while (letter(this.line.at(-1))) this.erase();
  }

  kill(): void {
    const all = has(this.#lflag, ECHOK | 0) && has(this.#lflag, ECHOKE) && has(this.#lflag, ECHOE);
    if (all) while (this.line.length > 0) this.erase();
    else if (has(this.#lflag, ECHO) && has(this.#lflag, ECHOK)) this.echo.push(NEWLINE);
    this.line = [];
  }

  reprint(): void {
    if (has(this.#lflag, ECHO)) this.echo.push(...echoed(this.#tty, 18), NEWLINE, ...this.line.flatMap((byte) => echoed(this.#tty, byte)));
  }
}

/** Bytes that a person types: they become lines, signals and echo as the terminal is set. */
export function tty_input(k: Kernel, tty: tty_struct, bytes: Uint8Array): void {
  let editor = new Editor(tty);
  const raw: number[] = [];
  const show = (): void => {
    k.trace.write(tty, 'edit', Uint8Array.from(editor.line));
    tty_put(k, tty, Uint8Array.from(editor.echo));
    editor = new Editor(tty);
  };
  for (const typed of bytes) {
    const { iflag, lflag, cc } = tty.termios;
    const literal = tty.literal;
    if (literal) k.trace.write(tty, 'literal', false);
    const byte = literal ? typed : translated(iflag, typed);
    if (byte === null) continue;
    const key = (index: number): boolean => !literal && byte !== 0 && byte === cc[index];
    if (has(iflag, IXON) && (key(VSTOP) || key(VSTART))) {
      if (key(VSTOP)) k.trace.write(tty, 'stopped', true);
      else start_tty(k, tty);
      continue;
    }
    const sig = !has(lflag, ISIG) ? 0 : key(VINTR) ? SIGINT : key(VQUIT) ? SIGQUIT : key(VSUSP) ? SIGTSTP : 0;
    if (sig !== 0) {
      if (!has(lflag, NOFLSH)) editor.line = [];
      if (has(lflag, ECHO)) editor.echo.push(...echoed(tty, byte));
      show();
      isig(k, tty, sig);
      continue;
    }
    if (!has(lflag, ICANON)) {
      raw.push(byte);
      if (has(lflag, ECHO)) editor.echo.push(...echoed(tty, byte));
      continue;
    }
    if (key(VERASE)) editor.erase();
    else if (key(VKILL)) editor.kill();
    else if (has(lflag, IEXTEN) && key(VWERASE)) editor.word();
    else if (has(lflag, IEXTEN) && key(VREPRINT)) editor.reprint();
    else if (has(lflag, IEXTEN) && key(VLNEXT)) {
      k.trace.write(tty, 'literal', true);
      if (has(lflag, ECHO) && has(lflag, ECHOCTL)) editor.echo.push(0x5e, BACKSPACE);
    } else if (key(VEOF) || byte === NEWLINE) {
      if (byte === NEWLINE) {
        editor.line.push(byte);
        if (has(lflag, ECHO) || has(lflag, ECHONL)) editor.echo.push(byte);
      }
      finish(k, tty, Uint8Array.from(editor.line));
      editor.line = [];
    } else editor.add(byte);
  }
  show();
  if (raw.length > 0) finish(k, tty, Uint8Array.from(raw));
  if (tty.head !== tty.tail) wake_up(k, tty);
}

function translated(iflag: number, byte: number): number | null {
  if (byte === RETURN) return has(iflag, IGNCR) ? null : has(iflag, ICRNL) ? NEWLINE : byte;
  return byte === NEWLINE && has(iflag, INLCR) ? RETURN : byte;
}

/** Takes at most `count` bytes of what can be read: of one line, or of all that came. Null: nothing is there. */
export function take_input(k: Kernel, tty: tty_struct, count: number): Uint8Array | null {
  if (tty.head === tty.tail) return null;
  const canonical = has(tty.termios.lflag, ICANON);
  const parts: number[] = [];
  do {
    const first = tty.input.get(tty.head) ?? new Uint8Array(0);
    const part = first.subarray(0, count - parts.length);
    for (const byte of part) parts.push(byte);
    if (part.length < first.length) {
      k.trace.insert(tty.input, tty.head, first.subarray(part.length));
      break;
    }
    k.trace.remove(tty.input, tty.head);
    k.trace.write(tty, 'head', tty.head + 1);
  } while (!canonical && tty.head !== tty.tail && parts.length < count);
  return Uint8Array.from(parts);
}

/** Bytes that can be read. */
export function input_waiting(tty: tty_struct): number {
  let sum = 0;
  for (const part of tty.input.values()) sum += part.length;
  return sum;
}
