import { err, type Err } from './errno.ts';
import { FIONREAD, POLLHUP, READABLE, WRITABLE, register_file_ops } from './file_ops.ts';
import type { IoctlResult } from './file_ops.ts';
import { alloc_file, fd_install, get_unused_fd } from './files.ts';
import type { Kernel } from './kernel.ts';
import { O_CLOEXEC, O_NONBLOCK, S_IFCHR } from './mode.ts';
import { tty_input } from './n_tty.ts';
import { KObject } from './object.ts';
import type { Blocked } from './sched.ts';
import { wait_on, wake_up } from './sched.ts';
import { SIGCONT, SIGHUP } from './signals.ts';
import { mem_create, mem_ops } from './tmpfs.ts';
import { alloc_tty } from './tty.ts';
import type { tty_struct } from './tty.ts';
import { tty_ioctl, tty_open } from './tty_file.ts';
import { kill_pgrp } from './tty_jobctrl.ts';
import { Reader, Writer } from './uaccess.ts';
import type { dentry, file } from './vfs.ts';

const PTS_MAJOR = 136;
const TIOCGPTN = 0x80045430;
const TIOCSPTLCK = 0x40045431;
const TIOCGPTLCK = 0x80045439;
const TIOCGPTPEER = 0x5441;
const TIOCSCTTY = 0x540e;

/** The side of a terminal emulator: what programs write at the other side is read here, and what is written here is typed there. */
export class pty_master extends KObject {
  override readonly kind = 'pty master';
  readonly slave: tty_struct;
  readonly node: dentry;
  /** The other side can not be opened yet (unlockpt). */
  locked = true;
  /** The next piece that the terminal shows, and how much of it was read. */
  piece = 0;
  offset = 0;
  opened = false;
  constructor(slave: tty_struct, node: dentry) {
    super();
    this.slave = slave;
    this.node = node;
  }
}

function master_of(of: file): pty_master {
  return of.private_data as pty_master;
}

function ptmx_open(k: Kernel, of: file): 0 | Err {
  const sb = of.f_path?.mnt.mnt_sb;
  if (sb?.s_type !== 'devpts') return err('ENODEV');
  const slave = alloc_tty(k);
  const mode = parseInt(/,mode=(\d+)/.exec(sb.s_options)?.[1] ?? '600', 8);
  const node = mem_create(k, sb.s_root, String(slave.index), { mode: S_IFCHR | mode, rdev: PTS_MAJOR << 8 | slave.index });
  const gid = /,gid=(\d+)/.exec(sb.s_options)?.[1];
  if (gid !== undefined) k.trace.write(node.d_inode, 'i_gid', Number(gid));
  const master = k.trace.alloc(new pty_master(slave, node));
  k.trace.write(slave, 'master', master);
  k.trace.write(of, 'private_data', master);
  return 0;
}

/** Everybody closed the other side, after it had been opened. */
function slave_closed({ slave, opened }: pty_master): boolean {
  return slave.count === 0 && opened;
}

function ptmx_read(k: Kernel, of: file, count: number): Uint8Array | Err | Blocked {
  const master = master_of(of);
  const { slave } = master;
  const parts: number[] = [];
  while (parts.length < count && master.piece < slave.shown.size) {
    const rest = (slave.shown.get(master.piece) ?? new Uint8Array(0)).subarray(master.offset);
    const part = rest.subarray(0, count - parts.length);
    for (const byte of part) parts.push(byte);
    const whole = part.length === rest.length;
    k.trace.write(master, 'offset', whole ? 0 : master.offset + part.length);
    if (whole) k.trace.write(master, 'piece', master.piece + 1);
  }
  if (parts.length > 0) return Uint8Array.from(parts);
  if (slave_closed(master)) return err('EIO');
  return of.f_flags & O_NONBLOCK ? err('EAGAIN') : wait_on(k, master, 'read');
}

function ptmx_ioctl(k: Kernel, of: file, cmd: number, arg: unknown): IoctlResult {
  const master = master_of(of);
  switch (cmd) {
    case TIOCGPTN: return { value: 0, out: new Writer().u32(master.slave.index).done() };
    case TIOCGPTLCK: return { value: 0, out: new Writer().u32(master.locked ? 1 : 0).done() };
    case TIOCSPTLCK:
      if (!(arg instanceof Uint8Array)) return err('EFAULT');
      k.trace.write(master, 'locked', new Reader(arg).i32() !== 0);
      return 0;
    case TIOCGPTPEER: return open_peer(k, of, master, Number(arg));
    case FIONREAD: {
      let waiting = -master.offset;
      for (let n = master.piece; n < master.slave.shown.size; n++) waiting += master.slave.shown.get(n)?.length ?? 0;
      return { value: 0, out: new Writer().u32(Math.max(waiting, 0)).done() };
    }
    case TIOCSCTTY: return err('ENOTTY');
    default: return tty_ioctl(k, master.slave, cmd, arg);
  }
}

/** A descriptor for the other side, without its name. Errors: EMFILE. */
function open_peer(k: Kernel, of: file, master: pty_master, flags: number): number {
  const fd = get_unused_fd(k);
  if (fd < 0 || !of.f_path) return fd < 0 ? fd : err('EIO');
  const peer = alloc_file(k, { mnt: of.f_path.mnt, dentry: master.node }, flags & ~O_CLOEXEC, `chr:${PTS_MAJOR}:${master.slave.index}`);
  tty_open(k, peer, master.slave);
  fd_install(k, fd, peer, (flags & O_CLOEXEC) !== 0);
  return fd;
}

register_file_ops('chr:5:2', {
  open: ptmx_open,
  read: ptmx_read,
  write(k, of, data) {
    tty_input(k, master_of(of).slave, data);
    return data.length;
  },
  ioctl: ptmx_ioctl,
  poll(_, of) {
    const master = master_of(of);
    return (master.piece < master.slave.shown.size ? READABLE : 0) | (slave_closed(master) ? POLLHUP : 0) | WRITABLE;
  },
  release(k, of) {
    const master = master_of(of);
    const { slave, node } = master;
    for (const sig of [SIGHUP, SIGCONT]) kill_pgrp(k, slave.pgrp, sig);
    k.trace.write(slave, 'session', null);
    k.trace.write(slave, 'pgrp', null);
    if (!node.d_unlinked) mem_ops.unlink?.(k, node);
    k.trace.free(master);
    if (slave.count === 0) k.trace.remove(k.ttys, slave.index);
    wake_up(k, slave);
  },
  stream: true,
});
