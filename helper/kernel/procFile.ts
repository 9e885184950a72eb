import fs from 'node:fs';
import type { Errno } from '../protocol.ts';
import { errnoOf } from './errno.ts';

/**
 * A whole file, one character per byte (latin1), or why not. For files of /proc that may be long (`mountinfo`, `net/tcp`):
 * they are parsed as bytes, and only what is shown goes through `hostText`.
 */
export function readProcFile(path: string): { readonly text: string } | Errno {
  try {
    return { text: fs.readFileSync(path, 'latin1') };
  } catch (error) {
    return errnoOf(error);
  }
}

/** Inode number in `net:[4026531833]`, the text of a namespace link; null for other text. */
export function inodeOfLink(link: string): number | null {
  const match = /^[a-z_]+:\[(\d{1,10})\]$/.exec(link);
  return match ? Number(match[1]) : null;
}

/** Inode that `/proc/<pid>/ns/<name>` points to, or why it cannot be read. */
export function nsInode(pid: number | 'self' | 'thread-self', name: string): number | Errno {
  try {
    return inodeOfLink(fs.readlinkSync(`/proc/${pid}/ns/${name}`)) ?? 'EFORMAT';
  } catch (error) {
    return errnoOf(error);
  }
}
