import { err, isErr, type Err } from './errno.ts';
import { f_op } from './file_ops.ts';
import type { IoctlResult } from './file_ops.ts';
import { fget } from './files.ts';
import { IN_ACCESS, IN_MODIFY, fsnotify_file } from './fsnotify.ts';
import { i_op } from './inode_ops.ts';
import type { dirent } from './inode_ops.ts';
import type { Kernel } from './kernel.ts';
import { O_APPEND, S_IFDIR, f_readable, f_writable, is_dir } from './mode.ts';
import type { Blocked } from './sched.ts';
import type { file } from './vfs.ts';

/** Most bytes of one read or write. */
const MAX_RW_COUNT = 0x7ffff000;

/** read(2): the bytes. Errors: EBADF, EISDIR, EINVAL, EAGAIN and those of the kind of file. */
export function ksys_read(k: Kernel, fd: number, count: number): Uint8Array | Err | Blocked {
  const of = fget(k, fd);
  return of ? vfs_read(k, of, count) : err('EBADF');
}

export function vfs_read(k: Kernel, of: file, count: number, at: number | null = null): Uint8Array | Err | Blocked {
  const ops = f_op(of);
  if (at !== null && ops.stream) return err('ESPIPE');
  if (!f_readable(of.f_flags)) return err('EBADF');
  if (!ops.read) return err(of.f_path && is_dir(of.f_path.dentry.d_inode.i_mode) ? 'EISDIR' : 'EINVAL');
  const got = ops.read(k, of, Math.min(count, MAX_RW_COUNT), at ?? of.f_pos);
  if (got instanceof Uint8Array && got.length > 0) fsnotify_file(k, of, IN_ACCESS);
  if (at === null && !ops.stream && got instanceof Uint8Array && got.length > 0) k.trace.write(of, 'f_pos', of.f_pos + got.length);
  return got;
}

/** write(2): how many bytes were taken. Errors: EBADF, EINVAL, EPIPE and those of the kind of file. */
export function ksys_write(k: Kernel, fd: number, data: Uint8Array): number | Err | Blocked {
  const of = fget(k, fd);
  return of ? vfs_write(k, of, data) : err('EBADF');
}

export function vfs_write(k: Kernel, of: file, data: Uint8Array, at: number | null = null): number | Err | Blocked {
  const ops = f_op(of);
  if (at !== null && (ops.stream || ops.in_order?.(of))) return err('ESPIPE');
  if (!f_writable(of.f_flags)) return err('EBADF');
  if (!ops.write) return err('EINVAL');
  const pos = of.f_flags & O_APPEND ? size_of(k, of) : at ?? of.f_pos;
  const done = ops.write(k, of, data.subarray(0, MAX_RW_COUNT), pos);
  if (typeof done === 'number' && done > 0) fsnotify_file(k, of, IN_MODIFY);
  if (at === null && !ops.stream && !ops.stays?.(of) && typeof done === 'number' && done > 0) k.trace.write(of, 'f_pos', pos + done);
  return done;
}

/** pread(2), pwrite(2). Errors also: ESPIPE. */
export function ksys_pread(k: Kernel, fd: number, count: number, pos: number): Uint8Array | Err | Blocked {
  if (pos < 0) return err('EINVAL');
  const of = fget(k, fd);
  return of ? vfs_read(k, of, count, pos) : err('EBADF');
}
export function ksys_pwrite(k: Kernel, fd: number, data: Uint8Array, pos: number): number | Err | Blocked {
  if (pos < 0) return err('EINVAL');
  const of = fget(k, fd);
  return of ? vfs_write(k, of, data, pos) : err('EBADF');
}

function size_of(k: Kernel, of: file): number {
  const own = f_op(of).size?.(k, of);
  if (own !== undefined) return own;
  const node = of.f_path?.dentry.d_inode;
  return node ? i_op(node).size?.(k, node) ?? 0 : 0;
}

const SEEK_SET = 0;
const SEEK_CUR = 1;
const SEEK_END = 2;

/** lseek(2). Errors: EBADF, ESPIPE, EINVAL. */
export function sys_lseek(k: Kernel, fd: number, offset: number, whence: number): number {
  const of = fget(k, fd);
  if (!of) return err('EBADF');
  if (f_op(of).stream || !of.f_path) return err('ESPIPE');
  if (whence !== SEEK_SET && whence !== SEEK_CUR && whence !== SEEK_END) return err('EINVAL');
  const to = offset + (whence === SEEK_SET ? 0 : whence === SEEK_CUR ? of.f_pos : size_of(k, of));
  if (to < 0) return err('EINVAL');
  k.trace.write(of, 'f_pos', to);
  return to;
}

/** ioctl(2) on whatever it is. Errors: EBADF, ENOTTY and those of the kind of file. */
export function sys_ioctl(k: Kernel, fd: number, cmd: number, arg: unknown): IoctlResult {
  const of = fget(k, fd);
  if (!of) return err('EBADF');
  return f_op(of).ioctl?.(k, of, cmd, arg) ?? err('ENOTTY');
}

/** getdents64(2): the entries from where the last call ended, at most `max`. Errors: EBADF, ENOTDIR, ENOENT (removed). */
export function sys_getdents(k: Kernel, fd: number, max: number): readonly dirent[] | Err {
  const of = fget(k, fd);
  if (!of) return err('EBADF');
  const at = of.f_path;
  if (!at || !is_dir(at.dentry.d_inode.i_mode)) return err('ENOTDIR');
  if (at.dentry.d_unlinked) return err('ENOENT');
  const entries = i_op(at.dentry.d_inode).readdir?.(k, at.dentry) ?? [];
  if (isErr(entries)) return entries;
  const up = at.dentry.d_parent ?? at.dentry;
  const now = new Map<string, dirent>([
    { name: '.', ino: at.dentry.d_inode.i_ino, type: S_IFDIR }, { name: '..', ino: up.d_inode.i_ino, type: S_IFDIR }, ...entries,
  ].map((one) => [one.name, one]));
  const names = of.f_pos === 0 || !of.f_entries ? [...now.keys()] : of.f_entries;
  const some: dirent[] = [];
  let pos = of.f_pos;
  for (; pos < names.length && some.length < max; pos++) {
    const found = now.get(names[pos] ?? '');
    if (found) some.push(found);
  }
  if (names !== of.f_entries) k.trace.write(of, 'f_entries', names);
  k.trace.write(of, 'f_pos', pos);
  fsnotify_file(k, of, IN_ACCESS);
  return some;
}
