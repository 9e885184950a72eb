import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Errno } from '../protocol.ts';
import { errnoOf } from '../kernel/errno.ts';

/** The largest piece of one file that `read` takes: `stat`, `status` and `cgroup` are far smaller; `cmdline` is cut (see `parseCmdline`). */
const MOST_BYTES = 64 * 1024;

/** The text of a file, or why there is none. */
export type Read = { readonly text: string; readonly errno: null } | { readonly text: null; readonly errno: Errno };

/**
 * A /proc file system, read synchronously: one call into the kernel at a time is 5–6 times cheaper than promises, and the
 * helper is a process of its own. No method throws; what cannot be read comes back with its errno.
 */
export class ProcFs {
  readonly root: string;
  readonly #buffer = Buffer.allocUnsafe(MOST_BYTES);

  /** @param root where the /proc file system (or a recorded tree of the same shape) is mounted */
  constructor(root = '/proc') { this.root = path.resolve(root); }

  /**
   * Goes into a directory below the root, so that `hereRead` and `hereLink` need not walk there each time: that is a quarter
   * of the cost of reading a process. And they cannot meet another process that got the same pid meanwhile: the directory of
   * one that has ended is empty. Null, or why not. To be followed by `leave`, with nothing asynchronous in between.
   */
  enter(directory: string): Errno | null {
    try {
      process.chdir(`${this.root}/${directory}`);
      return null;
    } catch (error) {
      return errnoOf(error);
    }
  }

  /** Goes back to where no directory is kept busy. */
  leave(): void { process.chdir('/'); }

  /** Names in a directory below the root. */
  list(file: string): string[] | Errno {
    try {
      return fs.readdirSync(`${this.root}/${file}`);
    } catch (error) {
      return errnoOf(error);
    }
  }

  /** Process ids, ascending as the kernel gives them. */
  pids(): number[] | Errno {
    const names = this.list('');
    if (typeof names === 'string') return names;
    const pids: number[] = [];
    for (const name of names) {
      const first = name.charCodeAt(0);
      if (first < 0x31 || first > 0x39) continue; // '1' … '9': most names in /proc that are no pid end here
      const pid = Number(name);
      if (Number.isSafeInteger(pid)) pids.push(pid);
    }
    return pids;
  }

  /**
   * A file below the root as latin1 text, one character per byte, by ONE read of at most `most` bytes. Files that the kernel
   * makes in one piece (`stat`, `status`, `cgroup`, `cmdline`) come whole, and a second read just to see the end would cost
   * a sixth more.
   */
  read(file: string, most = MOST_BYTES): Read {
    return this.hereRead(`${this.root}/${file}`, most);
  }

  /** As `read`, of a path from the directory that was entered. */
  hereRead(file: string, most = MOST_BYTES): Read {
    let fd: number | undefined;
    try {
      fd = fs.openSync(file, 'r');
      return { text: this.#buffer.toString('latin1', 0, fs.readSync(fd, this.#buffer, 0, most, null)), errno: null };
    } catch (error) {
      return { text: null, errno: errnoOf(error) };
    } finally {
      if (fd !== undefined) fs.closeSync(fd);
    }
  }

  /** A file of any length, such as `mountinfo`, whose lines the kernel hands out in many reads. */
  readAll(file: string): Read {
    try {
      return { text: fs.readFileSync(`${this.root}/${file}`, 'latin1'), errno: null };
    } catch (error) {
      return { text: null, errno: errnoOf(error) };
    }
  }

  /** The target of a symbolic link below the root; or, with an exclamation mark in front, why it could not be read. */
  link(file: string): string {
    return this.hereLink(`${this.root}/${file}`);
  }

  /** As `link`, of a path from the directory that was entered. */
  hereLink(file: string): string {
    try {
      return fs.readlinkSync(file);
    } catch (error) {
      return `!${errnoOf(error)}`;
    }
  }
}
