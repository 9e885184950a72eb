import fs from 'node:fs';
import type { Errno, FileFailure, FileKind, FileListing, FilePart, FileStat, FileTarget } from '../protocol.ts';
import { errnoOf } from '../kernel/errno.ts';
import { startOf } from '../enter/process.ts';
import { TargetGone } from '../enter/plan.ts';
import { hostText } from '../scan/hostText.ts';
import { openRooted, parts, type Rooted } from './rootedPath.ts';

/** So many bytes go into one answer. */
export const LONGEST_PART = 4 << 20;
/** A folder with more entries is cut: nobody reads on. */
const MOST_ENTRIES = 20_000;

/** What a path is. Throws `TargetGone`. */
export function statFile(target: FileTarget): FileStat | FileFailure {
  return withFile(target, ({ stat }) => ({ kind: kindOf(stat), size: Number(stat.size), mtimeMs: Number(stat.mtimeMs), ctimeMs: Number(stat.ctimeMs), mode: Number(stat.mode) & 0o7777 }));
}

/** What is in a folder, each with what it is itself: links are not followed. Throws `TargetGone`. */
export function listFolder(target: FileTarget): FileListing | FileFailure {
  return withFile(target, ({ descriptor, stat }) => {
    if (!stat.isDirectory()) return { errno: 'ENOTDIR' };
    const all = fs.readdirSync(`/proc/self/fd/${descriptor}`, { withFileTypes: true, encoding: 'latin1' });
    return { entries: all.slice(0, MOST_ENTRIES).map((entry) => ({ name: hostText(entry.name), kind: kindOf(entry) })), more: Math.max(0, all.length - MOST_ENTRIES) };
  });
}

/** Bytes of a plain file from `offset` on; nothing else is opened: a FIFO would wait, and a device may do anything. Throws `TargetGone`. */
export function readFile({ offset, length, ...target }: FileTarget & { readonly offset: number; readonly length: number }): FilePart | FileFailure {
  return withFile(target, ({ descriptor, stat }) => {
    if (stat.isDirectory()) return { errno: 'EISDIR' };
    if (!stat.isFile()) return { errno: 'ENOTSUP' };
    // the descriptor leads to this very file, whatever its name is by now; some files of /proc would wait for more
    const file = fs.openSync(`/proc/self/fd/${descriptor}`, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK | fs.constants.O_NOCTTY);
    try {
      const bytes = Buffer.alloc(Math.min(length, LONGEST_PART));
      let filled = 0;
      // files of /proc give a piece at a time
      for (let got = 1; got > 0 && filled < bytes.length; filled += got) got = fs.readSync(file, bytes, filled, bytes.length - filled, offset + filled);
      return { data: bytes.toString('base64', 0, filled), end: filled < bytes.length };
    } finally {
      fs.closeSync(file);
    }
  });
}

function kindOf(of: { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }): FileKind {
  return of.isFile() ? 'file' : of.isDirectory() ? 'folder' : of.isSymbolicLink() ? 'link' : 'special';
}

function withFile<T>({ pid, start, path }: FileTarget, use: (file: Rooted) => T | FileFailure): T | FileFailure {
  const found = open(`/proc/${pid}/root`, path);
  // last: what was opened is this process's, if it is still the same one now
  const now = startOf(pid);
  const gone = typeof now === 'string' ? `Process ${pid} has ended.` : now.start === start ? null : `Process ${pid} has ended, and its number belongs to another process now (${now.comm}).`;
  try {
    if (gone !== null) throw new TargetGone(gone);
    if (typeof found === 'string') return { errno: typeof now !== 'string' && now.zombie ? 'ESRCH' : found };
    return use(found);
  } catch (error) {
    if (error instanceof TargetGone) throw error;
    return { errno: errnoOf(error) };
  } finally {
    if (typeof found !== 'string') fs.closeSync(found.descriptor);
  }
}

/** A name with `\xHH` in it is either so or stands for that byte (`hostText`): the first is tried first. */
function open(root: string, path: string): Rooted | Errno {
  const bytes = Buffer.from(path, 'utf8').toString('latin1');
  const found = openRooted(root, parts(bytes));
  return found !== 'ENOENT' || !ESCAPED.test(bytes) ? found : openRooted(root, parts(bytes).map((name) => name.replace(ESCAPED, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))));
}

const ESCAPED = /\\x([89a-f][0-9a-f])/g;
