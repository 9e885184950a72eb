import { err, isErr, type Err } from './errno.ts';
import { FIONREAD, POLLERR, POLLHUP, READABLE, TIOCOUTQ, WRITABLE, register_file_ops } from './file_ops.ts';
import type { IoctlResult } from './file_ops.ts';
import type { Kernel } from './kernel.ts';
import { O_NOCTTY, O_NONBLOCK } from './mode.ts';
import { flush_input, input_waiting, take_input, tty_put } from './n_tty.ts';
import type { KObject } from './object.ts';
import { task_active_pid_ns } from './pid.ts';
import type { pid } from './pid.ts';
import { pid_nr_ns } from './pid_lookup.ts';
import { Blocked, wait_on, wake_up } from './sched.ts';
import { SIGTTIN, SIGTTOU, SIGWINCH } from './signals.ts';
import { ICANON, TOSTOP, VMIN, current_tty } from './tty.ts';
import type { termios, tty_struct } from './tty.ts';
import { kill_pgrp, tiocnotty, tiocsctty, tiocspgrp, tty_check_change, tty_open_proc_set_tty } from './tty_jobctrl.ts';
import { Reader, Writer } from './uaccess.ts';
import type { file } from './vfs.ts';

export function tty_of(of: file): tty_struct {
  return of.private_data as tty_struct;
}

/** Was it opened before somebody hung up? A terminal's file has no position; which hang-up it belongs to stands there. */
function hung_up(of: file): boolean {
  return of.f_pos !== tty_of(of).hangups;
}

function tty_read(k: Kernel, of: file, count: number): Uint8Array | Err | Blocked {
  const tty = tty_of(of);
  if (hung_up(of)) return new Uint8Array(0);
  const may = tty_check_change(k, tty, SIGTTIN, 'read');
  if (may === Blocked || isErr(may)) return may;
  if (count === 0) return new Uint8Array(0);
  const got = take_input(k, tty, count);
  if (got) return got;
  if (tty.master?.freed) return err('EIO');
  if ((tty.termios.lflag & ICANON) === 0 && tty.termios.cc[VMIN] === 0) return new Uint8Array(0);
  return of.f_flags & O_NONBLOCK ? err('EAGAIN') : wait_on(k, tty, 'read');
}

function tty_write(k: Kernel, of: file, data: Uint8Array): number | Err | Blocked {
  const tty = tty_of(of);
  if (hung_up(of) || tty.master?.freed) return err('EIO');
  if ((tty.termios.lflag & TOSTOP) !== 0) {
    const may = tty_check_change(k, tty, SIGTTOU, 'write');
    if (may === Blocked || isErr(may)) return may;
  }
  if (tty.stopped) return of.f_flags & O_NONBLOCK ? err('EAGAIN') : wait_on(k, tty, 'write');
  tty_put(k, tty, data.slice());
  return data.length;
}

function tty_poll(of: file): number {
  const tty = tty_of(of);
  if (hung_up(of)) return READABLE | WRITABLE | POLLERR | POLLHUP;
  const readable = tty.head !== tty.tail;
  if (tty.master?.freed) return POLLHUP | POLLERR | READABLE | WRITABLE;
  return (readable ? READABLE : 0) | (tty.stopped ? 0 : WRITABLE);
}

const TCGETS = 0x5401;
const TCSETS = 0x5402;
const TCSETSF = 0x5404;
const TCSBRK = 0x5409;
const TCXONC = 0x540a;
const TCFLSH = 0x540b;
const TIOCSCTTY = 0x540e;
const TIOCGPGRP = 0x540f;
const TIOCSPGRP = 0x5410;
const TIOCSTI = 0x5412;
const TIOCGWINSZ = 0x5413;
const TIOCSWINSZ = 0x5414;
const TIOCNOTTY = 0x5422;
const TIOCGSID = 0x5429;
const TERMIOS_SIZE = 36;
const CC = 19;

/** Bytes that an ioctl of terminals reads at its argument; 0: none, or the argument is a number. */
export function tty_ioctl_size(cmd: number): number {
  if (cmd >= TCSETS && cmd <= TCSETSF) return TERMIOS_SIZE;
  return cmd === TIOCSPGRP ? 4 : cmd === TIOCSWINSZ ? 8 : 0;
}

/** ioctl(2) of a terminal. Errors: ENOTTY, EFAULT, EIO, those of job control. */
export function tty_ioctl(k: Kernel, tty: tty_struct, cmd: number, arg: unknown): IoctlResult {
  switch (cmd) {
    case TCGETS: return { value: 0, out: termios_bytes(tty.termios) };
    case TIOCGWINSZ: return { value: 0, out: new Writer().u16(tty.rows).u16(tty.cols).u16(0).u16(0).done() };
    case TIOCSWINSZ: return arg instanceof Uint8Array ? resize(k, tty, arg) : err('EFAULT');
    case TIOCGPGRP: return current_tty(k) === tty ? number_of(k, tty.pgrp) : err('ENOTTY');
    case TIOCGSID: return current_tty(k) === tty && tty.session ? number_of(k, tty.session) : err('ENOTTY');
    case TIOCSPGRP: {
      const may = tty_check_change(k, tty, SIGTTOU, 'ioctl');
      if (may === Blocked) return may;
      return isErr(may) ? err('ENOTTY') : arg instanceof Uint8Array ? tiocspgrp(k, tty, new Reader(arg).i32()) : err('EFAULT');
    }
    case TIOCSCTTY: return tiocsctty(k, tty, Number(arg));
    case TIOCNOTTY: return tiocnotty(k, tty);
    case FIONREAD: return { value: 0, out: new Writer().u32(input_waiting(tty)).done() };
    case TIOCOUTQ: return { value: 0, out: new Uint8Array(4) };
    // typing for others is not allowed any more
    case TIOCSTI: return err('EIO');
    case TCFLSH: {
      if (typeof arg !== 'number' || arg < 0 || arg > 2) return err('EINVAL');
      if (arg !== 1) flush_input(k, tty);
      return 0;
    }
    case TCSBRK: case TCXONC: return 0;
    default: return cmd >= TCSETS && cmd <= TCSETSF ? set_termios(k, tty, cmd, arg) : err('ENOTTY');
  }
}

/** A process or session as the caller numbers it. */
function number_of(k: Kernel, of: pid | null): IoctlResult {
  return { value: 0, out: new Writer().u32(of ? pid_nr_ns(of, task_active_pid_ns(k.current)) : 0).done() };
}

function resize(k: Kernel, tty: tty_struct, bytes: Uint8Array): 0 {
  const reader = new Reader(bytes);
  const [rows, cols] = [reader.u16(), reader.u16()];
  if (rows === tty.rows && cols === tty.cols) return 0;
  k.trace.write(tty, 'rows', rows);
  k.trace.write(tty, 'cols', cols);
  kill_pgrp(k, tty.pgrp, SIGWINCH);
  return 0;
}

/** `struct termios` of the kernel: 4 words of flags, line discipline, 19 control characters. */
function termios_bytes({ iflag, oflag, cflag, lflag, line, cc }: termios): Uint8Array {
  return new Writer().u32(iflag).u32(oflag).u32(cflag).u32(lflag).u8(line).fixed(Uint8Array.from(cc), CC).done();
}

function set_termios(k: Kernel, tty: tty_struct, cmd: number, arg: unknown): IoctlResult {
  const may = tty_check_change(k, tty, SIGTTOU, 'ioctl');
  if (may === Blocked || isErr(may)) return may;
  if (!(arg instanceof Uint8Array)) return err('EFAULT');
  const reader = new Reader(arg);
  const [iflag, oflag, cflag, lflag] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()];
  if (cmd === TCSETSF) flush_input(k, tty);
  // what was typed of a line can be read at once when there are no lines any more
  const loose = (tty.termios.lflag & ICANON) !== 0 && (lflag & ICANON) === 0 && tty.edit.length > 0;
  k.trace.write(tty, 'termios', { iflag, oflag, cflag, lflag, line: arg[16] ?? 0, cc: [...arg.subarray(17, 17 + CC)] });
  if (loose) {
    k.trace.insert(tty.input, tty.tail, tty.edit);
    k.trace.write(tty, 'tail', tty.tail + 1);
    k.trace.write(tty, 'edit', new Uint8Array(0));
    wake_up(k, tty);
  }
  return 0;
}

/** A terminal is opened once more. */
export function tty_open(k: Kernel, of: file, tty: tty_struct): void {
  k.trace.write(of, 'private_data', tty);
  k.trace.write(tty, 'count', tty.count + 1);
  if (tty.master && 'opened' in tty.master) k.trace.write(tty.master as KObject & { opened: boolean }, 'opened', true);
  k.trace.write(of, 'f_pos', tty.hangups);
  if ((of.f_flags & O_NOCTTY) === 0) tty_open_proc_set_tty(k, tty);
}

export const tty_operations = {
  read: tty_read,
  write: tty_write,
  ioctl: (k: Kernel, of: file, cmd: number, arg: unknown) => (hung_up(of) ? err('EIO') : tty_ioctl(k, tty_of(of), cmd, arg)),
  poll: (_: Kernel, of: file) => tty_poll(of),
  release(k: Kernel, of: file) {
    const tty = tty_of(of);
    k.trace.write(tty, 'count', tty.count - 1);
    if (tty.master && !tty.master.freed) wake_up(k, tty.master);
    else if (tty.master && tty.count === 0) k.trace.remove(k.ttys, tty.index);
  },
  stream: true,
};

/** The minor numbers of /dev/pts are those of the terminals. */
const MOST = 256;
for (let index = 0; index < MOST; index++) {
  register_file_ops(`chr:136:${index}`, {
    ...tty_operations,
    open(k, of) {
      const tty = k.ttys.get(index);
      if (!tty || tty.master?.freed) return err('EIO');
      if (tty.master && 'locked' in tty.master && tty.master.locked === true) return err('EIO');
      tty_open(k, of, tty);
      return 0;
    },
  });
}

/** /dev/tty: the controlling terminal of the caller's session. */
register_file_ops('chr:5:0', {
  ...tty_operations,
  open(k, of) {
    const tty = current_tty(k);
    if (!tty) return err('ENXIO');
    tty_open(k, of, tty);
    return 0;
  },
});
