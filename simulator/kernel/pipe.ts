import { err, isErr, type Err } from './errno.ts';
import { FIONREAD, POLLERR, POLLHUP, READABLE, WRITABLE, register_file_ops } from './file_ops.ts';
import { alloc_file, fd_install, fput, get_unused_fd } from './files.ts';
import { register_filesystem } from './file_system.ts';
import { register_inode_ops } from './inode_ops.ts';
import { kern_mount } from './kern_mount.ts';
import type { Kernel } from './kernel.ts';
import { O_ACCMODE, O_CLOEXEC, O_DIRECT, O_NONBLOCK, O_RDONLY, O_WRONLY, S_IFIFO, f_readable, f_writable } from './mode.ts';
import { KObject } from './object.ts';
import type { Blocked } from './sched.ts';
import { wait_on, wake_up } from './sched.ts';
import { send_signal_noinfo } from './signal.ts';
import type { task_struct } from './task.ts';
import { Table } from './trace.ts';
import type { file, path } from './vfs.ts';
import { dentry, inode } from './vfs.ts';

const SIGPIPE = 13;
const PAGE_SIZE = 4096;
/** A pipe has room for this many pages; a short write takes what is left of the last one, or a page. */
const PIPE_BUFFERS = 16;

/** A pipe: what was written and not read. */
export class pipe_inode_info extends KObject {
  override readonly kind = 'pipe';
  readonly ino: number;
  readers = 0;
  writers = 0;
  /** How often an end was opened: a FIFO's open waits for a change of these. */
  r_counter = 0;
  w_counter = 0;
  /** Pages with contents, oldest first; never changed in place. */
  bufs: readonly Uint8Array[] = [];
  /** What of a long write is in the pipe already while its writer waits for room, by task id. */
  readonly pending = new Table<number, { readonly data: Uint8Array; readonly done: number }>(this, 'pending');
  /** Files of a FIFO whose open(2) waits for the other end, by task id, and the other end's counter when it began. */
  readonly openers = new Table<number, { readonly file: file; readonly since: number }>(this, 'openers');
  /** Who made it: for fstat. */
  readonly uid: number;
  readonly gid: number;
  constructor(ino: number, uid: number, gid: number) {
    super();
    this.ino = ino;
    this.uid = uid;
    this.gid = gid;
  }
}

export function alloc_pipe_info(k: Kernel): pipe_inode_info {
  const { fsuid, fsgid } = k.current.cred;
  return k.trace.alloc(new pipe_inode_info(next_ino(k), fsuid, fsgid));
}

/** An inode number for something without a name: pipes, sockets. */
export function next_ino(k: Kernel): number {
  const ino = (k.counters.get('anonymous inode') ?? 20_000) + 1;
  k.trace.insert(k.counters, 'anonymous inode', ino);
  return ino;
}

/** Two open files, the ends of a new pipe; each with one reference. */
export function create_pipe_files(k: Kernel, flags: number): readonly [file, file] {
  const pipe = alloc_pipe_info(k);
  k.trace.write(pipe, 'readers', 1);
  k.trace.write(pipe, 'writers', 1);
  const more = flags & (O_NONBLOCK | O_DIRECT);
  const at = pipe_path(k, pipe);
  return [end(k, pipe, at, O_RDONLY | more), end(k, pipe, at, O_WRONLY | more)];
}

/** A pipe's place is in no tree; through /proc/PID/fd it can be opened again. */
function pipe_path(k: Kernel, pipe: pipe_inode_info): path {
  const mnt = kern_mount(k, 'pipefs');
  const node = new inode(mnt.mnt_sb, pipe.ino, S_IFIFO | 0o600, 'pipefs');
  node.i_uid = pipe.uid;
  node.i_gid = pipe.gid;
  node.i_object = pipe;
  return { mnt, dentry: new dentry(null, `pipe:[${pipe.ino}]`, node) };
}

function end(k: Kernel, pipe: pipe_inode_info, at: path, flags: number): file {
  const made = alloc_file(k, at, flags, 'pipe');
  k.trace.write(made, 'private_data', pipe);
  return made;
}

/** pipe2(2): the descriptors of the reading and the writing end. Errors: EINVAL, EMFILE. */
export function do_pipe2(k: Kernel, flags: number): readonly [number, number] | Err {
  if ((flags & ~(O_CLOEXEC | O_NONBLOCK | O_DIRECT)) !== 0) return err('EINVAL');
  const ends = create_pipe_files(k, flags);
  const [reader, writer] = ends;
  const r = get_unused_fd(k);
  const w = get_unused_fd(k, Math.max(r, 0) + 1);
  if (isErr(r) || isErr(w)) {
    for (const of of ends) fput(k, of);
    return isErr(r) ? r : w;
  }
  fd_install(k, r, reader, (flags & O_CLOEXEC) !== 0);
  fd_install(k, w, writer, (flags & O_CLOEXEC) !== 0);
  return [r, w];
}

function pipe_of(of: file): pipe_inode_info {
  return of.private_data as pipe_inode_info;
}

function pipe_read(k: Kernel, of: file, count: number): Uint8Array | Err | Blocked {
  const pipe = pipe_of(of);
  if (count === 0) return new Uint8Array(0);
  if (pipe.bufs.length === 0) {
    if (pipe.writers === 0) return new Uint8Array(0);
    return of.f_flags & O_NONBLOCK ? err('EAGAIN') : wait_on(k, pipe, 'read');
  }
  const parts: Uint8Array[] = [];
  const left = [...pipe.bufs];
  let n = 0;
  for (let buf = left[0]; buf && n < count; buf = left[0]) {
    const part = buf.subarray(0, count - n);
    parts.push(part);
    n += part.length;
    left.shift();
    if (part.length < buf.length) left.unshift(buf.subarray(part.length));
  }
  const was_full = pipe.bufs.length >= PIPE_BUFFERS;
  k.trace.write(pipe, 'bufs', left);
  if (was_full) wake_up(k, pipe);
  return join(parts, n);
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Writes of up to a page are all or nothing. A longer one waits for room as often as needed, and is called again with the same bytes. */
function pipe_write(k: Kernel, of: file, data: Uint8Array): number | Err | Blocked {
  const pipe = pipe_of(of);
  if (data.length === 0) return 0;
  const before = pipe.pending.get(k.current.id);
  const done = before && same(before.data, data) ? before.done : 0;
  k.trace.remove(pipe.pending, k.current.id);
  if (pipe.readers === 0) {
    send_signal_noinfo(k, SIGPIPE, k.current, false);
    return done > 0 ? done : err('EPIPE');
  }
  const now = done + put_bytes(k, pipe, data.subarray(done), (of.f_flags & O_DIRECT) === 0);
  if (now === data.length) return now;
  if (of.f_flags & O_NONBLOCK) return now > 0 ? now : err('EAGAIN');
  k.trace.insert(pipe.pending, k.current.id, { data, done: now });
  return wait_on(k, pipe, 'write');
}

/** Puts as much as there is room for into the pipe and says how much. */
function put_bytes(k: Kernel, pipe: pipe_inode_info, data: Uint8Array, merge: boolean): number {
  const bufs = [...pipe.bufs];
  let n = 0;
  const last = bufs.at(-1);
  const tail = data.length % PAGE_SIZE;
  if (merge && last && tail > 0 && last.length + tail <= PAGE_SIZE) {
    bufs[bufs.length - 1] = join([last, data.subarray(0, tail)], last.length + tail);
    n = tail;
  }
  while (n < data.length && bufs.length < PIPE_BUFFERS) {
    const part = data.slice(n, n + PAGE_SIZE);
    bufs.push(part);
    n += part.length;
  }
  if (n === 0) return 0;
  const was_empty = pipe.bufs.length === 0;
  k.trace.write(pipe, 'bufs', bufs);
  // a pipe that is polled tells of each write
  if (was_empty || k.rq.watched.has(pipe)) wake_up(k, pipe);
  return n;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/**
 * A signal ends the wait of a task in a pipe's or socket's write, or a FIFO's open. Returns what the call returns if it is not restarted: the bytes
 * that were written, or null for EINTR.
 */
export function pipe_interrupted(k: Kernel, task: task_struct): number | null {
  if (task.wait?.kind === 'send') return Number(task.wait.args[1] ?? 0) || null;
  const pipe = task.wait?.args[0];
  if (!(pipe instanceof pipe_inode_info)) return null;
  const write = pipe.pending.get(task.id);
  k.trace.remove(pipe.pending, task.id);
  const opener = pipe.openers.get(task.id);
  k.trace.remove(pipe.openers, task.id);
  if (opener) fput(k, opener.file);
  return write && write.done > 0 ? write.done : null;
}

function pipe_release(k: Kernel, of: file): void {
  const pipe = pipe_of(of);
  if (f_readable(of.f_flags)) k.trace.write(pipe, 'readers', pipe.readers - 1);
  if (f_writable(of.f_flags)) k.trace.write(pipe, 'writers', pipe.writers - 1);
  if (pipe.readers > 0 || pipe.writers > 0) {
    wake_up(k, pipe);
    return;
  }
  const node = of.f_path?.dentry.d_inode;
  if (node) k.trace.write(node, 'i_object', null);
  k.trace.free(pipe);
}

/** Opening a FIFO; it is counted at once, and `fifo_wait` waits for its other end. Errors: ENXIO (for writing, non-blocking, nobody reads). */
function fifo_open(k: Kernel, of: file): 0 | Err {
  const node = of.f_path?.dentry.d_inode;
  if (!node) return 0;
  const mode = of.f_flags & O_ACCMODE;
  let pipe = node.i_object as pipe_inode_info | null;
  if (mode === O_WRONLY && (of.f_flags & O_NONBLOCK) !== 0 && (pipe?.readers ?? 0) === 0) return err('ENXIO');
  if (!pipe) {
    pipe = alloc_pipe_info(k);
    k.trace.write(node, 'i_object', pipe);
  }
  k.trace.write(of, 'private_data', pipe);
  if (mode !== O_WRONLY) {
    k.trace.write(pipe, 'readers', pipe.readers + 1);
    k.trace.write(pipe, 'r_counter', pipe.r_counter + 1);
  }
  if (mode !== O_RDONLY) {
    k.trace.write(pipe, 'writers', pipe.writers + 1);
    k.trace.write(pipe, 'w_counter', pipe.w_counter + 1);
  }
  wake_up(k, pipe);
  return 0;
}

/** Waits until the other end of a FIFO that the caller just opened is open: the file, or Blocked. */
export function fifo_wait(k: Kernel, of: file): file | Blocked {
  const pipe = pipe_of(of);
  const mode = of.f_flags & O_ACCMODE;
  if (of.f_path?.dentry.d_inode.i_op === 'pipefs') return of;
  const waits = mode === O_RDONLY ? (of.f_flags & O_NONBLOCK) === 0 && pipe.writers === 0 : mode === O_WRONLY && pipe.readers === 0;
  if (!waits) return of;
  k.trace.insert(pipe.openers, k.current.id, { file: of, since: mode === O_RDONLY ? pipe.w_counter : pipe.r_counter });
  return wait_on(k, pipe, 'open');
}

/** The caller's open of this FIFO that waited: done now, still waiting, or null when it had none. */
export function fifo_resume(k: Kernel, node: inode): file | Blocked | null {
  const pipe = node.i_object instanceof pipe_inode_info ? node.i_object : null;
  const opener = pipe?.openers.get(k.current.id);
  if (!pipe || !opener) return null;
  const counter = (opener.file.f_flags & O_ACCMODE) === O_RDONLY ? pipe.w_counter : pipe.r_counter;
  if (counter === opener.since) return wait_on(k, pipe, 'open');
  k.trace.remove(pipe.openers, k.current.id);
  return opener.file;
}

register_file_ops('pipe', {
  open: fifo_open,
  read: (k, of, count) => f_readable(of.f_flags) ? pipe_read(k, of, count) : err('EBADF'),
  write: (k, of, data) => f_writable(of.f_flags) ? pipe_write(k, of, data) : err('EBADF'),
  release: pipe_release,
  stream: true,
  poll(_, of) {
    const pipe = pipe_of(of);
    let events = 0;
    if (f_readable(of.f_flags)) events |= (pipe.bufs.length > 0 ? READABLE : 0) | (pipe.writers === 0 ? POLLHUP : 0);
    if (f_writable(of.f_flags)) events |= (pipe.bufs.length < PIPE_BUFFERS ? WRITABLE : 0) | (pipe.readers === 0 ? POLLERR : 0);
    return events;
  },
  ioctl(_, of, cmd) {
    if (cmd !== FIONREAD) return err('ENOTTY');
    const waiting = pipe_of(of).bufs.reduce((n, buf) => n + buf.length, 0);
    return { value: 0, out: new Uint8Array([waiting & 0xff, (waiting >> 8) & 0xff, (waiting >> 16) & 0xff, 0]) };
  },
});
register_inode_ops('pipefs', { f_op: 'pipe' });
register_filesystem({ name: 'pipefs', userns_mount: false, magic: 0x50495045, get_tree: () => err('EINVAL') });
