import { err, isErr, type Err } from './errno.ts';
import { f_op } from './file_ops.ts';
import { locks_remove_file } from './flock.ts';
import { fsnotify_close, fsnotify_inoderemove } from './fsnotify.ts';
import type { Kernel } from './kernel.ts';
import { locks_remove_ofd, locks_remove_posix } from './posix_lock.ts';
import { AT_FDCWD, O_PATH } from './mode.ts';
import { path_get, path_put } from './mount.ts';
import { put_cred } from './cred.ts';
import { files_struct, type task_struct } from './task.ts';
import { file } from './vfs.ts';
import type { path } from './vfs.ts';

export { O_PATH } from './mode.ts';

const RLIMIT_NOFILE = 7;

/** A file that is open, not in any table yet: holds its place, and the credentials of the caller. */
export function alloc_file(k: Kernel, at: path | null, f_flags: number, op: string): file {
  const made = new file(at, f_flags, k.trace.get(k.current.cred));
  made.f_op = op;
  k.trace.alloc(made);
  if (at) path_get(k, at);
  return made;
}

/** The open file behind a descriptor of the running task; null when it is not open, or O_PATH. Takes no reference. */
export function fget(k: Kernel, fd: number): file | null {
  const found = fget_raw(k, fd);
  return found && (found.f_flags & O_PATH) === 0 ? found : null;
}

/** The same, O_PATH or not. */
export function fget_raw(k: Kernel, fd: number): file | null {
  return k.current.files?.fd.get(fd) ?? null;
}

/** The place that a directory descriptor stands for. Errors: EBADF; ENOTDIR for what has no place. */
export function fdget_path(k: Kernel, fd: number): path | Err {
  if (fd === AT_FDCWD) return k.current.fs?.pwd ?? err('ENOENT');
  const found = fget_raw(k, fd);
  if (!found) return err('EBADF');
  return found.f_path ?? err('ENOTDIR');
}

/** Drops a reference of an open file; with the last, it is released. */
export function fput(k: Kernel, of: file): void {
  if (!k.trace.put(of)) return;
  fsnotify_close(k, of);
  locks_remove_file(k, of);
  locks_remove_ofd(k, of);
  f_op(of).release?.(k, of);
  if (of.f_path) {
    fsnotify_inoderemove(k, of.f_path.dentry, of);
    path_put(k, of.f_path);
  }
  put_cred(k, of.f_cred);
  k.trace.free(of);
}

/** The lowest free descriptor from `start`. Errors: EMFILE. It is not taken before `fd_install`. */
export function get_unused_fd(k: Kernel, start = 0, { files, signal }: task_struct = k.current): number | Err {
  if (!files) return err('EBADF');
  const limit = signal.rlimit.get(RLIMIT_NOFILE)?.cur ?? 1024;
  let fd = start;
  while (files.fd.has(fd)) fd++;
  return fd < limit ? fd : err('EMFILE');
}

/** Puts an open file into the table; takes over the caller's reference. */
export function fd_install(k: Kernel, fd: number, of: file, cloexec: boolean, { files }: task_struct = k.current): void {
  if (!files) throw new Error('a task without a descriptor table opens a file');
  k.trace.insert(files.fd, fd, of);
  if (cloexec) k.trace.insert(files.close_on_exec, fd, true);
}

/** A private copy of the table; every file gets a reference more. */
export function dup_fd(k: Kernel, old: files_struct): files_struct {
  const files = new files_struct();
  for (const [fd, of] of old.fd.map) files.fd.map.set(fd, k.trace.get(of));
  for (const fd of old.close_on_exec.map.keys()) files.close_on_exec.map.set(fd, true);
  return k.trace.alloc(files);
}

/** A descriptor for it is closed. */
function filp_flush(k: Kernel, files: files_struct, of: file): void {
  if ((of.f_flags & O_PATH) === 0) f_op(of).flush?.(k, of);
  locks_remove_posix(k, files, of);
}

/** Drops one user of the table; with the last, closes everything. `later`: gets the files whose reference is to be dropped by the caller. */
export function put_files_struct(k: Kernel, files: files_struct, later: file[] | null = null): void {
  if (!k.trace.put(files)) return;
  for (const [fd, of] of [...files.fd.map].sort(([a], [b]) => a - b)) {
    k.trace.remove(files.fd, fd);
    filp_flush(k, files, of);
    if (later) later.push(of);
    else fput(k, of);
  }
  k.trace.free(files);
}

/** exec: what was marked so is closed. The table must be the task's own. */
export function do_close_on_exec(k: Kernel, files: files_struct): void {
  for (const fd of [...files.close_on_exec.map.keys()].sort((a, b) => a - b)) take(k, files, fd);
}

/** Removes a descriptor and drops its file; false when it is not open. */
function take(k: Kernel, files: files_struct, fd: number): boolean {
  const of = files.fd.get(fd);
  if (!of) return false;
  k.trace.remove(files.fd, fd);
  k.trace.remove(files.close_on_exec, fd);
  filp_flush(k, files, of);
  fput(k, of);
  return true;
}

/** close(2). Errors: EBADF. */
export function sys_close(k: Kernel, fd: number): number {
  const { files } = k.current;
  return files && take(k, files, fd) ? 0 : err('EBADF');
}

export const CLOSE_RANGE_UNSHARE = 2;
export const CLOSE_RANGE_CLOEXEC = 4;

/** close_range(2). Errors: EINVAL. */
export function sys_close_range(k: Kernel, first: number, last: number, flags: number): number {
  if ((flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC)) !== 0 || first > last) return err('EINVAL');
  const task = k.current;
  if ((flags & CLOSE_RANGE_UNSHARE) !== 0 && task.files && task.files.count > 1) {
    const old = task.files;
    k.trace.write(task, 'files', dup_fd(k, old));
    put_files_struct(k, old);
  }
  const { files } = task;
  if (!files) return 0;
  for (const fd of [...files.fd.map.keys()].sort((a, b) => a - b)) {
    if (fd < first || fd > last) continue;
    if (flags & CLOSE_RANGE_CLOEXEC) k.trace.insert(files.close_on_exec, fd, true);
    else take(k, files, fd);
  }
  return 0;
}

/** dup(2): the lowest free descriptor, also refers to the file. Errors: EBADF, EMFILE. */
export function sys_dup(k: Kernel, oldfd: number): number {
  return dup_from(k, oldfd, 0, false);
}

function dup_from(k: Kernel, oldfd: number, start: number, cloexec: boolean): number {
  const of = fget_raw(k, oldfd);
  if (!of) return err('EBADF');
  const fd = get_unused_fd(k, start);
  if (isErr(fd)) return fd;
  fd_install(k, fd, k.trace.get(of), cloexec);
  return fd;
}

/** dup2(2). Errors: EBADF. */
export function sys_dup2(k: Kernel, oldfd: number, newfd: number): number {
  if (oldfd === newfd) return fget_raw(k, oldfd) ? newfd : err('EBADF');
  return replace_fd(k, oldfd, newfd, false);
}

/** dup3(2). Errors: EINVAL, EBADF. */
export function sys_dup3(k: Kernel, oldfd: number, newfd: number, cloexec: boolean): number {
  return oldfd === newfd ? err('EINVAL') : replace_fd(k, oldfd, newfd, cloexec);
}

function replace_fd(k: Kernel, oldfd: number, newfd: number, cloexec: boolean): number {
  const of = fget_raw(k, oldfd);
  return of ? receive_fd(k, k.current, of, newfd, cloexec) : err('EBADF');
}

/** A task gets a descriptor for an open file: the lowest free one, or in place of `newfd`. Errors: EMFILE, EBADF. */
export function receive_fd(k: Kernel, task: task_struct, of: file, newfd: number | null, cloexec: boolean): number {
  const { files, signal } = task;
  if (newfd === null) {
    const fd = get_unused_fd(k, 0, task);
    if (!isErr(fd)) fd_install(k, fd, k.trace.get(of), cloexec, task);
    return fd;
  }
  if (newfd < 0 || newfd >= (signal.rlimit.get(RLIMIT_NOFILE)?.cur ?? 1024) || !files) return err('EBADF');
  k.trace.get(of);
  take(k, files, newfd);
  fd_install(k, newfd, of, cloexec, task);
  return newfd;
}

export const F_DUPFD = 0;
export const F_GETFD = 1;
export const F_SETFD = 2;
export const F_GETFL = 3;
export const F_SETFL = 4;
export const F_GETPIPE_SZ = 1032;
export const F_DUPFD_CLOEXEC = 1030;
/** What F_SETFL can change: APPEND, NONBLOCK, DIRECT, NOATIME, ASYNC. */
const SETFL_MASK = 0o2000 | 0o4000 | 0o40000 | 0o1000000 | 0o20000;

/** fcntl(2), the parts without locks. Errors: EBADF, EINVAL, EMFILE. */
export function sys_fcntl(k: Kernel, fd: number, cmd: number, arg: number): number {
  const of = fget_raw(k, fd);
  const { files } = k.current;
  if (!of || !files) return err('EBADF');
  if ((of.f_flags & O_PATH) !== 0 && ![F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL].includes(cmd)) return err('EBADF');
  switch (cmd) {
    case F_DUPFD: case F_DUPFD_CLOEXEC: return arg < 0 ? err('EINVAL') : dup_from(k, fd, arg, cmd === F_DUPFD_CLOEXEC);
    case F_GETFD: return files.close_on_exec.has(fd) ? 1 : 0;
    case F_SETFD:
      if (arg & 1) k.trace.insert(files.close_on_exec, fd, true);
      else k.trace.remove(files.close_on_exec, fd);
      return 0;
    case F_GETFL: return of.f_flags;
    case F_SETFL:
      k.trace.write(of, 'f_flags', (of.f_flags & ~SETFL_MASK) | (arg & SETFL_MASK));
      return 0;
    case F_GETPIPE_SZ: return of.f_op === 'pipe' ? 65536 : err('EBADF');
    default: return err('EINVAL');
  }
}
