// The vfs part's file: the agreed names, and the least that makes them work.
import type { Kernel } from './kernel.ts';
import { files_struct } from './task.ts';
import type { file } from './vfs.ts';

/** Opened only as a place: most system calls treat such a descriptor as not open. */
export const O_PATH = 0o10000000;

/** The open file behind a descriptor of the running task; null when it is not open, or O_PATH. Takes no reference. */
export function fget(k: Kernel, fd: number): file | null {
  const found = k.current.files?.fd.get(fd);
  return found && (found.f_flags & O_PATH) === 0 ? found : null;
}

/** A private copy of the table; every file gets a reference more. */
export function dup_fd(k: Kernel, old: files_struct): files_struct {
  const files = new files_struct();
  for (const [fd, file] of old.fd.map) files.fd.map.set(fd, k.trace.get(file));
  for (const fd of old.close_on_exec.map.keys()) files.close_on_exec.map.set(fd, true);
  return k.trace.alloc(files);
}

/** Drops one user of the table; with the last, closes everything. */
export function put_files_struct(k: Kernel, files: files_struct): void {
  if (!k.trace.put(files)) return;
  for (const file of files.fd.values()) fput(k, file);
  k.trace.free(files);
}

/** Drops a reference of an open file; with the last, it is released. */
export function fput(k: Kernel, file: file): void {
  if (k.trace.put(file)) k.trace.free(file);
}
