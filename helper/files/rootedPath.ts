import fs from 'node:fs';
import type { Errno } from '../protocol.ts';
import { errnoOf } from '../kernel/errno.ts';

/** open(2)'s O_PATH, the same number on x86 and arm; node does not name it. */
const O_PATH = 0o10000000;
const O_CLOEXEC = 0o2000000;
/** As many symbolic links as the kernel follows. */
export const MAX_LINKS = 40;

/** What a path leads to, as a descriptor that can be looked at (`fstat`) and opened again by its number, and nothing else. The caller closes it. */
export interface Rooted { readonly descriptor: number; readonly stat: fs.BigIntStats }

/**
 * Follows a path as the process would whose root directory `root` (`/proc/PID/root`) is: links are followed below it, also absolute ones, and `..` stops at it. Each step is
 * made from the descriptor of the one before and follows no link by itself, so whoever renames files meanwhile cannot lead it out. `names`: bytes, one character each.
 */
export function openRooted(root: string, names: readonly string[]): Rooted | Errno {
  const opened: number[] = [];
  try {
    opened.push(fs.openSync(root, O_PATH | O_CLOEXEC | fs.constants.O_DIRECTORY));
    const failed = walk(opened, [...names]);
    if (failed !== null) return failed;
    const descriptor = opened.pop();
    return descriptor === undefined ? 'ENOENT' : { descriptor, stat: fs.fstatSync(descriptor, { bigint: true }) };
  } catch (error) {
    return errnoOf(error);
  } finally {
    for (const descriptor of opened) fs.closeSync(descriptor);
  }
}

/** `opened`: the root and each folder on the way; the last is where it stands. */
function walk(opened: number[], left: string[]): Errno | null {
  let links = 0;
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    if (name === '..') {
      const above = opened.length > 1 ? opened.pop() : undefined;
      if (above !== undefined) fs.closeSync(above);
      continue;
    }
    const at = Buffer.from(`/proc/self/fd/${opened.at(-1) ?? ''}/${name}`, 'latin1');
    const next = fs.openSync(at, O_PATH | O_CLOEXEC | fs.constants.O_NOFOLLOW);
    opened.push(next);
    if (!fs.fstatSync(next).isSymbolicLink()) continue;
    opened.pop();
    fs.closeSync(next);
    if (++links > MAX_LINKS) return 'ELOOP';
    const to = fs.readlinkSync(at, 'latin1');
    if (to.startsWith('/')) for (const descriptor of opened.splice(1)) fs.closeSync(descriptor);
    left.unshift(...parts(to));
  }
  return null;
}

/** The names in a path. */
export function parts(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
