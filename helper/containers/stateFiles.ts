import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
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

/** More than this many files are not remembered: the oldest are read again when they are asked for. */
const MAX_CACHED = 4096;

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

  /**
   * What `pick` takes from a file's JSON; only that is kept, since state files hold environments with secrets.
   * `EFORMAT`: the text is no JSON, or `pick` did not know its shape (gave undefined or threw).
   * A file must always be asked for with the same `pick`.
   */
  json<T>(path: string, pick: (json: unknown) => T | undefined): Read<T> {
    return this.#cached(path, (text) => {
      try {
        const value = pick(JSON.parse(text) as unknown);
        return value === undefined ? { errno: 'EFORMAT' } : { value };
      } catch {
        return { errno: 'EFORMAT' };
      }
    }) as Read<T>;
  }

  /** As `json`, of a file that is not JSON. Text is UTF-8 with replacement characters. */
  text<T>(path: string, pick: (text: string) => T | undefined): Read<T> {
    return this.#cached(path, (text) => {
      const value = pick(text);
      return value === undefined ? { errno: 'EFORMAT' } : { value };
    }) as Read<T>;
  }

  /** Names in a directory, read again only when its own mtime changed. */
  list(path: string): Read<readonly string[]> {
    return this.#remember(`${path}/`, path, (real) => ({ value: readdirSync(real) })) as Read<readonly string[]>;
  }

  #cached(path: string, parse: (text: string) => Read<unknown>): Read<unknown> {
    return this.#remember(path, path, (real) => {
      const text = readBounded(real);
      return 'errno' in text ? text : parse(text.value);
    });
  }

  #remember(key: string, path: string, read: (real: string) => Read<unknown>): Read<unknown> {
    const real = this.#root + path;
    try {
      const stat = statSync(real, { bigint: true, throwIfNoEntry: false });
      if (!stat) {
        this.#cache.delete(key);
        return { errno: 'ENOENT' };
      }
      // inode too: engines replace files by rename, and a coarse clock can give both the same mtime
      const stamp = `${stat.dev}:${stat.ino}:${stat.mtimeNs}:${stat.ctimeNs}:${stat.size}`;
      const cached = this.#cache.get(key);
      // the kernel gives files in /proc no mtime and no size to go by
      if (cached?.stamp === stamp && stat.size !== 0n) return cached.read;
      const fresh = read(real);
      if (this.#cache.size >= MAX_CACHED) for (const oldest of [...this.#cache.keys()].slice(0, MAX_CACHED / 4)) this.#cache.delete(oldest);
      this.#cache.set(key, { stamp, read: fresh });
      return fresh;
    } catch (error) {
      this.#cache.delete(key);
      return { errno: errnoOf(error) };
    }
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
