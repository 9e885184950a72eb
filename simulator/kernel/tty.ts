import type { Kernel } from './kernel.ts';
import { KObject } from './object.ts';
import type { pid } from './pid.ts';
import { Table } from './trace.ts';

/** Bits of struct termios, values of the uapi header. */
export const ICRNL = 0o400;
export const IGNCR = 0o200;
export const INLCR = 0o100;
export const IXON = 0o2000;
export const OPOST = 0o1;
export const ONLCR = 0o4;
export const OCRNL = 0o10;
export const ISIG = 0o1;
export const ICANON = 0o2;
export const ECHO = 0o10;
export const ECHOE = 0o20;
export const ECHOK = 0o40;
export const ECHONL = 0o100;
export const NOFLSH = 0o200;
export const TOSTOP = 0o400;
export const ECHOCTL = 0o1000;
export const ECHOKE = 0o4000;
export const IEXTEN = 0o100000;

/** Indexes of control characters. */
export const VINTR = 0;
export const VQUIT = 1;
export const VERASE = 2;
export const VKILL = 3;
export const VEOF = 4;
export const VMIN = 6;
export const VSTART = 8;
export const VSTOP = 9;
export const VSUSP = 10;
export const VREPRINT = 12;
export const VWERASE = 14;
export const VLNEXT = 15;

/** How a terminal treats what comes and goes. A new one is set as Linux sets it. */
export interface termios {
  readonly iflag: number; readonly oflag: number; readonly cflag: number; readonly lflag: number; readonly line: number;
  /** 19 control characters; 0: none. */
  readonly cc: readonly number[];
}

export const INIT_TERMIOS: termios = {
  iflag: ICRNL | IXON, oflag: OPOST | ONLCR, cflag: 0xbf,
  lflag: ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
  line: 0, cc: [3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0],
};

/** A terminal: what programs have at their side. What they write is `output`, in pieces; what is typed goes through `tty_input`. */
export class tty_struct extends KObject {
  override readonly kind = 'tty';
  /** Number of its file in /dev/pts. */
  readonly index: number;
  /** What was written, and echoed, as it was; and as the terminal shows it (a carriage return before each newline …). By number of the piece. */
  readonly output = new Table<number, Uint8Array>(this, 'output');
  readonly shown = new Table<number, Uint8Array>(this, 'shown');
  /** What can be read: lines (an empty one is end of file), or whatever came, by number; the first that was not read, and the next to come. */
  readonly input = new Table<number, Uint8Array>(this, 'input');
  head = 0;
  tail = 0;
  /** The line being typed; and whether the next byte is taken as it is. */
  edit: Uint8Array = new Uint8Array(0);
  literal = false;
  /** ^S: nobody writes until ^Q. */
  stopped = false;
  rows = 24;
  cols = 80;
  termios: termios = INIT_TERMIOS;
  /** Session and foreground process group. */
  session: pid | null = null;
  pgrp: pid | null = null;
  /** How often somebody hung up: what was open before reads the end and can not be written. */
  hangups = 0;
  /** Open files; and, of one that was made by /dev/ptmx, who holds the other side. */
  count = 0;
  master: KObject | null = null;
  constructor(index: number) {
    super();
    this.index = index;
  }
}

export function alloc_tty(k: Kernel): tty_struct {
  let index = 0;
  while (k.ttys.has(index)) index++;
  const made = k.trace.alloc(new tty_struct(index));
  k.trace.insert(k.ttys, made.index, made);
  return made;
}

/** The controlling terminal of the running task's session. */
export function current_tty(k: Kernel): tty_struct | null {
  const { session } = k.current.signal;
  if (session === null) return null;
  for (const tty of k.ttys.values()) if (tty.session === session) return tty;
  return null;
}

export { tty_input } from './n_tty.ts';
