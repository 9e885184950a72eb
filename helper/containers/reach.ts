import { readlinkSync } from 'node:fs';
import type { StateFiles } from './stateFiles.ts';
import type { ContainerSubject } from './subject.ts';
import { mountNamespace } from './subject.ts';

/** IDs and names that may become part of a path: what an engine makes never has a `/`, nor is it `..`. */
const SAFE = /^[A-Za-z0-9][A-Za-z0-9_.+@-]{0,254}$/;
export const isPathSafe = (id: string): boolean => SAFE.test(id);

/**
 * Where files of other processes can be reached: an engine may run in a mount namespace of its own (docker in docker,
 * rootless, a snap), then its paths are only right below `/proc/PID/root`.
 */
export class Reach {
  readonly files: StateFiles;
  readonly #ownMounts: number | null;
  #all: ReadonlyMap<number, ContainerSubject> = new Map();
  #hostMounts: number | null = null;

  constructor(files: StateFiles, root: string) {
    this.files = files;
    let inode: number | null = null;
    try {
      inode = Number(/\[(\d+)\]/.exec(readlinkSync(`${root}/proc/self/ns/mnt`))?.[1] ?? NaN) || null;
    } catch { /* a recording has no self: then the host's is ours */ }
    this.#ownMounts = inode;
  }

  /** The processes as of now, and the host's namespaces. */
  update(all: ReadonlyMap<number, ContainerSubject>, hostNs: readonly (number | null)[]): void {
    this.#all = all;
    this.#hostMounts = mountNamespace(hostNs);
  }

  process(pid: number | null): ContainerSubject | undefined {
    return pid === null ? undefined : this.#all.get(pid);
  }

  /** What to put before a path that is right for this process, best first; null: no such process in sight, so the host's. */
  prefixes(pid: number | null): readonly string[] {
    const own = this.#ownMounts ?? this.#hostMounts;
    const process = this.process(pid);
    if (process) {
      const its = mountNamespace(process.ns);
      // rootless engines see their user's files where the host has them: worth a try when /proc/PID/root is closed to us
      return its === null || its === own ? [''] : [`/proc/${process.pid}/root`, ''];
    }
    // a helper that sees the host's processes from within a container looks through the host's init
    return own === this.#hostMounts ? [''] : ['/proc/1/root', ''];
  }

  /** Chosen variables of a process's first environment. Empty when unreadable (needs the same uid or CAP_SYS_PTRACE). */
  environment(pid: number, names: readonly string[]): Readonly<Record<string, string>> {
    const read = this.files.text(`/proc/${pid}/environ`, (text) => {
      const found: Record<string, string> = {};
      for (const entry of text.split('\0')) {
        const equals = entry.indexOf('=');
        const name = entry.slice(0, equals);
        if (equals > 0 && names.includes(name)) found[name] ??= entry.slice(equals + 1);
      }
      return found;
    });
    return 'value' in read ? read.value : {};
  }

  /** A user's home directory by `/etc/passwd` as this process sees it. */
  home(uid: number, pid: number | null): string | null {
    for (const prefix of this.prefixes(pid)) {
      const read = this.files.text(`${prefix}/etc/passwd`, (text) => {
        const homes = new Map<string, string>();
        for (const line of text.split('\n')) {
          const [, , id, , , home] = line.split(':');
          if (id !== undefined && home?.startsWith('/') && !homes.has(id)) homes.set(id, home);
        }
        return homes;
      });
      if ('value' in read) return read.value.get(String(uid)) ?? null;
    }
    return null;
  }
}
