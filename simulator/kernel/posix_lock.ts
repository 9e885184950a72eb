import { err, isErr, type Err } from './errno.ts';
import { fget } from './files.ts';
import type { Kernel } from './kernel.ts';
import { f_readable, f_writable } from './mode.ts';
import type { KObject } from './object.ts';
import type { pid } from './pid.ts';
import { pid_vnr } from './pid_lookup.ts';
import { wait_on, wake_up } from './sched.ts';
import type { Blocked } from './sched.ts';
import type { files_struct } from './task.ts';
import type { file, inode } from './vfs.ts';

export const F_GETLK = 5;
export const F_SETLK = 6;
export const F_SETLKW = 7;
/** Locks of the open file, not of the process. */
export const F_OFD_GETLK = 36;
export const F_OFD_SETLK = 37;
export const F_OFD_SETLKW = 38;

const F_RDLCK = 0;
const F_WRLCK = 1;
const F_UNLCK = 2;
const SEEK_SET = 0;
const SEEK_CUR = 1;
const SEEK_END = 2;
const OFFSET_MAX = Number.MAX_SAFE_INTEGER;

/** A record lock: bytes `start` to `end` (which belongs to it) for `owner`: a process' descriptor table, or an open file. */
export interface file_lock {
  readonly owner: KObject;
  readonly exclusive: boolean;
  readonly start: number;
  readonly end: number;
  /** Whose process asked for it; null for a lock of an open file. */
  readonly tgid: pid | null;
}

/** struct flock as the caller gives it, and gets it back. */
export interface flock_arg { readonly type: number; readonly whence: number; readonly start: number; readonly length: number; readonly pid: number }

/** fcntl(2)'s commands of record locks; the other commands are `sys_fcntl`'s. */
export function is_lock_command(cmd: number): boolean {
  return [F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW].includes(cmd);
}

/** F_GETLK: what would be in the way of such a lock, or the same with F_UNLCK. Errors: EBADF, EINVAL. */
export function fcntl_getlk(k: Kernel, fd: number, cmd: number, arg: flock_arg): flock_arg | Err {
  const asked = request(k, fd, cmd, arg);
  if (isErr(asked)) return asked;
  if (arg.type === F_UNLCK) return err('EINVAL');
  const blocker = conflict(held_on(k, asked.on), asked.lock);
  if (!blocker) return { ...arg, type: F_UNLCK };
  const length = blocker.end === OFFSET_MAX ? 0 : blocker.end - blocker.start + 1;
  return { type: blocker.exclusive ? F_WRLCK : F_RDLCK, whence: SEEK_SET, start: blocker.start, length, pid: blocker.tgid ? pid_vnr(k, blocker.tgid) : -1 };
}

/** F_SETLK and F_SETLKW. Errors: EBADF (not open for that), EINVAL, EAGAIN, EDEADLK. Blocked: it is made again when a lock of the file goes. */
export function fcntl_setlk(k: Kernel, fd: number, cmd: number, arg: flock_arg): number | Blocked {
  const asked = request(k, fd, cmd, arg);
  if (isErr(asked)) return asked;
  const { of, on, lock } = asked;
  if (arg.type === F_RDLCK && !f_readable(of.f_flags) || arg.type === F_WRLCK && !f_writable(of.f_flags)) return err('EBADF');
  const held = held_on(k, on);
  const blocker = arg.type === F_UNLCK ? undefined : conflict(held, lock);
  if (blocker) {
    if (cmd !== F_SETLKW && cmd !== F_OFD_SETLKW) return err('EAGAIN');
    if (deadlock(k, lock.owner, blocker.owner)) return err('EDEADLK');
    return wait_on(k, on, 'posix_lock', [blocker.owner]);
  }
  const rest = held.flatMap((one) => (one.owner === lock.owner ? without(one, lock) : [one]));
  set(k, on, arg.type === F_UNLCK ? rest : merged(rest, lock));
  wake_up(k, on);
  return 0;
}

/** A descriptor of the file was closed: the locks that the table's processes had on it go, whichever descriptor they were made through. */
export function locks_remove_posix(k: Kernel, files: files_struct, of: file): void {
  if (k.posix_locks.size > 0) drop(k, of, files);
}

/** The open file itself is released. */
export function locks_remove_ofd(k: Kernel, of: file): void {
  if (k.posix_locks.size > 0) drop(k, of, of);
}

function drop(k: Kernel, of: file, owner: KObject): void {
  const on = of.f_path?.dentry.d_inode;
  const held = on ? held_on(k, on) : [];
  if (!on || !held.some((one) => one.owner === owner)) return;
  set(k, on, held.filter((one) => one.owner !== owner));
  wake_up(k, on);
}

interface Request { readonly of: file; readonly on: inode; readonly lock: file_lock }

function request(k: Kernel, fd: number, cmd: number, arg: flock_arg): Request | Err {
  const of = fget(k, fd);
  const { files, signal } = k.current;
  if (!of || !files) return err('EBADF');
  const ofd = cmd >= F_OFD_GETLK;
  const on = of.f_path?.dentry.d_inode;
  if (!on || ![F_RDLCK, F_WRLCK, F_UNLCK].includes(arg.type) || ofd && arg.pid !== 0) return err('EINVAL');
  const base = arg.whence === SEEK_SET ? 0 : arg.whence === SEEK_CUR ? of.f_pos : arg.whence === SEEK_END ? on.i_data.length : -1;
  if (base < 0) return err('EINVAL');
  const from = base + arg.start;
  const start = arg.length < 0 ? from + arg.length : from;
  const end = arg.length > 0 ? from + arg.length - 1 : arg.length < 0 ? from - 1 : OFFSET_MAX;
  if (start < 0) return err('EINVAL');
  return { of, on, lock: { owner: ofd ? of : files, exclusive: arg.type === F_WRLCK, start, end, tgid: ofd ? null : signal.tgid } };
}

function held_on(k: Kernel, on: inode): readonly file_lock[] {
  return k.posix_locks.get(on) ?? [];
}

function set(k: Kernel, on: inode, held: readonly file_lock[]): void {
  if (held.length > 0) k.trace.insert(k.posix_locks, on, held);
  else k.trace.remove(k.posix_locks, on);
}

function conflict(held: readonly file_lock[], wanted: file_lock): file_lock | undefined {
  return held.find((one) => one.owner !== wanted.owner && one.start <= wanted.end && wanted.start <= one.end && (one.exclusive || wanted.exclusive));
}

/** What is left of a lock when a range of it is given away. */
function without(one: file_lock, { start, end }: file_lock): file_lock[] {
  if (one.end < start || one.start > end) return [one];
  return [...one.start < start ? [{ ...one, end: start - 1 }] : [], ...one.end > end ? [{ ...one, start: end + 1 }] : []];
}

/** With the new lock, joined with those of the same owner and kind that touch it; a file's locks are in order of their start. */
function merged(rest: readonly file_lock[], lock: file_lock): file_lock[] {
  const joins = (one: file_lock): boolean => one.owner === lock.owner && one.exclusive === lock.exclusive && one.start <= lock.end + 1 && lock.start <= one.end + 1;
  const parts = [lock, ...rest.filter(joins)];
  const whole = { ...lock, start: Math.min(...parts.map(({ start }) => start)), end: Math.max(...parts.map(({ end }) => end)) };
  return [...rest.filter((one) => !joins(one)), whole].sort((a, b) => a.start - b.start);
}

/** Whether those in the way wait, through others, for the one that asks. */
function deadlock(k: Kernel, asking: KObject, blocker: KObject): boolean {
  const seen = new Set<KObject>();
  for (let owner: KObject | null = blocker; owner && !seen.has(owner);) {
    if (owner === asking) return true;
    seen.add(owner);
    let next: KObject | null = null;
    for (const { files, wait } of k.tasks.values()) if (files === owner && wait?.kind === 'posix_lock') next = wait.args[1] as KObject;
    owner = next;
  }
  return false;
}
