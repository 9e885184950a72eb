import type { Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { KObject } from './object.ts';
import type { pid, pid_namespace } from './pid.ts';
import type { task_struct } from './task.ts';
import type { user_namespace } from './user.ts';
import type { file, path } from './vfs.ts';

/** What an entry of /proc is asked about. */
export interface About {
  /** The process or thread below whose number it stands; null for entries of the whole machine. */
  readonly pid: pid | null;
  /** Its task; null when it is gone. */
  readonly task: task_struct | null;
  /** What names the entry among its like: a descriptor, a type of namespace. */
  readonly arg: string;
  /** The pid namespace that this /proc shows: numbers are those. */
  readonly ns: pid_namespace;
  /** The reader's user namespace: ids are those. For an open file, of whoever opened it. */
  readonly user_ns: user_namespace;
  /** The open file, when there is one. */
  readonly file: file | null;
}

/** A name in a directory of /proc and what it is. `object`: another process than that of the directory. */
export interface Child { readonly name: string; readonly entry: string; readonly object?: KObject; readonly arg?: string }

/** A kind of entry: what it is and what it says. All functions are pure readers, but for `write`. */
export interface proc_entry {
  /** Type and permission bits; a function where they depend on whom it is about. */
  readonly mode: number | ((k: Kernel, about: About) => number);
  /** Directories: all entries; `find` where one can be had without the others. */
  list?(k: Kernel, about: About): readonly Child[] | Err;
  find?(k: Kernel, about: About, name: string): Child | null | Err;
  /** Files: the whole text. */
  show?(k: Kernel, about: About): string | Err;
  /** Files that are no text: at most `count` bytes from `pos`. */
  read?(k: Kernel, about: About & { readonly file: file }, count: number, pos: number): Uint8Array | Err;
  /** Its text is made by the kernel's seq_file, so it can not be written at a given position (pwrite: ESPIPE). */
  readonly seq_file?: boolean;
  /** Its write does not move the file's position, so that it can be repeated. */
  readonly stays?: boolean;
  /** How many characters of `text` were taken, at position `pos`. */
  write?(k: Kernel, about: About & { readonly file: file }, text: string, pos: number): number | Err;
  /** Refuses to be opened. */
  open?(k: Kernel, about: About & { readonly file: file }): 0 | Err;
  /** Links: where to; `readlink` where its text differs from where it leads. */
  link?(k: Kernel, about: About): string | path | Err;
  readlink?(k: Kernel, about: About): string | Err;
  /** In place of permission bits. */
  permission?(k: Kernel, about: About, mask: number): 0 | Err | null;
  /** Belongs to the root of the machine, also below a process. */
  readonly root?: boolean;
}

const ENTRIES = new Map<string, proc_entry>();

/** Makes kinds of entries known by their names; called by each procfs module once. */
export function register_proc(entries: Readonly<Record<string, proc_entry>>): void {
  for (const [name, entry] of Object.entries(entries)) ENTRIES.set(name, entry);
}

export function proc_entry_of(name: string): proc_entry {
  const found = ENTRIES.get(name);
  if (!found) throw new Error(`/proc has no kind of entry called ${name}`);
  return found;
}

/** A directory with these names, each the entry `prefix/name`. */
export function children(prefix: string, names: readonly string[]): readonly Child[] {
  return names.map((name) => ({ name, entry: prefix === '' ? name : `${prefix}/${name}` }));
}
