import { err, type Err } from './errno.ts';
import { POLLIN, POLLOUT, register_file_ops } from './file_ops.ts';
import type { IoctlResult } from './file_ops.ts';
import type { Kernel } from './kernel.ts';
import { O_NONBLOCK } from './mode.ts';
import { KObject } from './object.ts';
import type { pid } from './pid.ts';
import { task_active_pid_ns } from './pid.ts';
import type { Blocked } from './sched.ts';
import { wait_on, wake_up } from './sched.ts';
import { Table } from './trace.ts';
import type { file } from './vfs.ts';

/** Bits of termios that matter here. */
const ICANON = 0o2;
const ECHO = 0o10;

/** A terminal. What programs write to it is `output`, in pieces; what is typed goes through `tty_input`. */
export class tty_struct extends KObject {
  override readonly kind = 'tty';
  /** Number of its file in /dev/pts. */
  readonly index: number;
  readonly output = new Table<number, Uint8Array>(this, 'output');
  /** Lines that were finished and not read; an empty one is end of file. */
  lines: readonly Uint8Array[] = [];
  /** The line being typed. */
  edit: Uint8Array = new Uint8Array(0);
  rows = 24;
  cols = 80;
  lflag = ICANON | ECHO;
  /** Session and foreground process group. */
  session: pid | null = null;
  pgrp: pid | null = null;
  constructor(index: number) {
    super();
    this.index = index;
  }
}

export function alloc_tty(k: Kernel): tty_struct {
  const made = k.trace.alloc(new tty_struct(k.ttys.size));
  k.trace.insert(k.ttys, made.index, made);
  return made;
}

const VEOF = 4;
const VERASE = 127;
const VKILL = 21;
const NEWLINE = 10;
const RETURN = 13;

/** Bytes that a person types: edited in lines and echoed, as long as the terminal is in that mode. */
export function tty_input(k: Kernel, tty: tty_struct, bytes: Uint8Array): void {
  const lines = [...tty.lines];
  let edit = [...tty.edit];
  const echo: number[] = [];
  for (const typed of bytes) {
    const byte = typed === RETURN ? NEWLINE : typed;
    if (!(tty.lflag & ICANON)) {
      lines.push(Uint8Array.of(byte));
      echo.push(byte);
    } else if (byte === VEOF) {
      lines.push(Uint8Array.from(edit));
      edit = [];
    } else if (byte === VERASE) {
      if (edit.pop() !== undefined) echo.push(8, 32, 8);
    } else if (byte === VKILL) {
      for (let i = 0; i < edit.length; i++) echo.push(8, 32, 8);
      edit = [];
    } else {
      edit.push(byte);
      echo.push(byte);
      if (byte === NEWLINE) {
        lines.push(Uint8Array.from(edit));
        edit = [];
      }
    }
  }
  k.trace.write(tty, 'lines', lines);
  k.trace.write(tty, 'edit', Uint8Array.from(edit));
  if (tty.lflag & ECHO && echo.length > 0) put(k, tty, Uint8Array.from(echo));
  if (lines.length > 0) wake_up(k, tty);
}

function put(k: Kernel, tty: tty_struct, bytes: Uint8Array): void {
  k.trace.insert(tty.output, tty.output.size, bytes);
}

function tty_of(of: file): tty_struct {
  return of.private_data as tty_struct;
}

function tty_read(k: Kernel, of: file, count: number): Uint8Array | Err | Blocked {
  const tty = tty_of(of);
  const [first, ...rest] = tty.lines;
  if (!first) return of.f_flags & O_NONBLOCK ? err('EAGAIN') : wait_on(k, tty, 'read');
  const part = first.subarray(0, count);
  k.trace.write(tty, 'lines', part.length < first.length ? [first.subarray(part.length), ...rest] : rest);
  return part.slice();
}

const TCGETS = 0x5401;
const TCSETS = 0x5402;
const TCSETSF = 0x5404;
const TIOCGPGRP = 0x540f;
const TIOCSPGRP = 0x5410;
const TIOCGWINSZ = 0x5413;

function tty_ioctl(k: Kernel, of: file, cmd: number, arg: unknown): IoctlResult {
  const tty = tty_of(of);
  switch (cmd) {
    case TCGETS: return { value: 0, out: termios(tty) };
    case TIOCGWINSZ: return { value: 0, out: Uint8Array.of(tty.rows & 0xff, tty.rows >> 8, tty.cols & 0xff, tty.cols >> 8, 0, 0, 0, 0) };
    case TIOCGPGRP: {
      const ns = task_active_pid_ns(k.current);
      const nr = tty.pgrp?.numbers.find((upid) => upid.ns === ns)?.nr ?? 0;
      return { value: 0, out: Uint8Array.of(nr & 0xff, (nr >> 8) & 0xff, (nr >> 16) & 0xff, nr >>> 24) };
    }
    case TIOCSPGRP: {
      const found = task_active_pid_ns(k.current).idr.get(Number(arg));
      if (!found) return err('ESRCH');
      k.trace.write(tty, 'pgrp', found);
      return 0;
    }
    default:
      if (cmd < TCSETS || cmd > TCSETSF) return err('ENOTTY');
      if (arg instanceof Uint8Array && arg.length >= 16) k.trace.write(tty, 'lflag', (arg[12] ?? 0) | ((arg[13] ?? 0) << 8));
      return 0;
  }
}

/** `struct termios` of the kernel: 4 words of flags, line discipline, 19 control characters. */
function termios(tty: tty_struct): Uint8Array {
  const out = new Uint8Array(36);
  out.set([0x00, 0x05, 0, 0, 0x05, 0, 0, 0, 0xbf, 0, 0, 0, tty.lflag & 0xff, tty.lflag >> 8]);
  out.set([3, 28, VERASE, VKILL, VEOF, 0, 1, 0, 17, 19, 26], 17);
  return out;
}

const operations = {
  read: tty_read,
  write(k: Kernel, of: file, data: Uint8Array) {
    if (data.length > 0) put(k, tty_of(of), data.slice());
    return data.length;
  },
  ioctl: tty_ioctl,
  poll: (_: Kernel, of: file) => POLLOUT | (tty_of(of).lines.length > 0 ? POLLIN : 0),
  stream: true,
};

/** The minor numbers of /dev/pts are those of the terminals. */
for (let index = 0; index < 8; index++) {
  register_file_ops(`chr:136:${index}`, {
    ...operations,
    open(k, of) {
      const tty = k.ttys.get(index);
      if (!tty) return err('EIO');
      k.trace.write(of, 'private_data', tty);
      return 0;
    },
  });
}

/** /dev/tty: the controlling terminal of the caller's session. */
register_file_ops('chr:5:0', {
  ...operations,
  open(k, of) {
    const { session } = k.current.signal;
    for (const tty of k.ttys.values()) {
      if (session === null || tty.session !== session) continue;
      k.trace.write(of, 'private_data', tty);
      return 0;
    }
    return err('ENXIO');
  },
});
