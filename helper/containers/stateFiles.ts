import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Errno } from '../protocol.ts';

/** Larger state files are refused (`EFBIG`): no engine writes them, so something else did. */
export const MAX_STATE_BYTES = 8 * 1024 * 1024;

/** What was read, or why not. */
export type Read<T> = { readonly value: T } | { readonly errno: Errno };

/** The errno name of a failed file operation; `EIO` for what has none. */
export function errnoOf(error: unknown): Errno {
  const code: unknown = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? (code as Errno) : 'EIO';
}

interface Cached {
  readonly stamp: string;
  readonly read: Read<unknown>;
}

/**
 * The engines' state files, read only when they changed. They may lie in an unprivileged user's home, so nothing in them
 * is trusted: size is bounded, only regular files are read (opening a FIFO must not hang the helper), and a last path
 * component that is a symbolic link is refused (`ELOOP`), since no engine makes one and the helper may be root.
 */
export class StateFiles {
  readonly #root: string;
  readonly #cache = new Map<string, Cached>();

  /** `root` is put before every path: '' for this host, a directory for recorded fixtures. */
  constructor(root = '') {
    this.#root = root;
  }

  /** The path as it can be opened here. */
  real(path: string): string {
    return this.#root + path;
  }

  /** The parsed JSON of a file. Text that is no JSON is `EFORMAT`. */
  json(path: string): Read<unknown> {
    return this.#cached(path, (text) => {
      try {
        return { value: JSON.parse(text) as unknown };
      } catch {
        return { errno: 'EFORMAT' };
      }
    });
  }

  /** The text of a file, as UTF-8 with replacement characters. */
  text(path: string): Read<string> {
    return this.#cached(path, (text) => ({ value: text })) as Read<string>;
  }

  /** Forgets files that were not asked for since the last call, so that ended containers cost no memory. */
  sweep(): void {
    for (const path of this.#cache.keys()) if (!this.#used.has(path)) this.#cache.delete(path);
    this.#used.clear();
  }
  readonly #used = new Set<string>();

  #cached(path: string, parse: (text: string) => Read<unknown>): Read<unknown> {
    this.#used.add(path);
    const real = this.real(path);
    let stamp: string;
    try {
      const stat = statSync(real, { bigint: true });
      // inode too: engines replace files by rename, and a coarse clock can give both the same mtime
      stamp = `${stat.dev}:${stat.ino}:${stat.mtimeNs}:${stat.ctimeNs}:${stat.size}`;
    } catch (error) {
      this.#cache.delete(path);
      return { errno: errnoOf(error) };
    }
    const cached = this.#cache.get(path);
    if (cached?.stamp === stamp) return cached.read;
    const text = readBounded(real);
    const read = 'errno' in text ? text : parse(text.value);
    this.#cache.set(path, { stamp, read });
    return read;
  }
}

/** Reads a regular file of at most `MAX_STATE_BYTES`. `/proc` files, whose size is 0, are read to their end. */
export function readBounded(path: string): Read<string> {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW | constants.O_NOCTTY);
  } catch (error) {
    return { errno: errnoOf(error) };
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) return { errno: stat.isDirectory() ? 'EISDIR' : 'EINVAL' };
    if (stat.size > MAX_STATE_BYTES) return { errno: 'EFBIG' };
    const pieces: Buffer[] = [];
    let total = 0;
    for (;;) {
      const piece = Buffer.allocUnsafe(Math.max(4096, stat.size + 1 - total));
      const got = readSync(fd, piece, 0, piece.length, null);
      if (got === 0) break;
      total += got;
      if (total > MAX_STATE_BYTES) return { errno: 'EFBIG' };
      pieces.push(piece.subarray(0, got));
    }
    return { value: Buffer.concat(pieces, total).toString('utf8') };
  } catch (error) {
    return { errno: errnoOf(error) };
  } finally {
    closeSync(fd);
  }
}
