import type { SourceFiles } from '../diagnostic.ts';
import { lex, type Lexed } from './lex.ts';

/** Where system headers seem to stand: what `__FILE__` and messages say. */
export const SYSTEM_PREFIX = '/usr/include/';

/** A file found for an include. `path` is what messages call it. */
export interface Found { readonly path: string; readonly lexed: Lexed; readonly system: boolean }

/** Token lists of system headers, by path: the same in every program. Made anew when the bytes are others. */
const headers = new Map<string, { readonly bytes: Uint8Array; readonly lexed: Lexed }>();

function lexHeader(path: string, bytes: Uint8Array): Lexed {
  const kept = headers.get(path);
  if (kept && (kept.bytes === bytes || kept.bytes.length === bytes.length && kept.bytes.every((byte, i) => byte === bytes[i]))) return kept.lexed;
  const lexed = lex(path, bytes);
  headers.set(path, { bytes, lexed });
  return lexed;
}

/** `a/b/../c.h` is `a/c.h`; a leading `./` goes. */
export function normalise(path: string): string {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.' || part === '' && out.length > 0) continue;
    if (part === '..' && out.length > 0 && out.at(-1) !== '..') out.pop();
    else out.push(part);
  }
  return out.join('/');
}

function folderOf(path: string): string { return path.slice(0, path.lastIndexOf('/') + 1); }

/** The text behind a path as places have it: a system header's, or a file of the program. */
export function readPlace(path: string, files: SourceFiles, system: SourceFiles): Uint8Array | null {
  return path.startsWith(SYSTEM_PREFIX) ? system.read(`include/${path.slice(SYSTEM_PREFIX.length)}`) : files.read(path);
}

/** A header: for `"name"` beside the file that asks, then (for both forms) among the system's. */
export function findHeader(name: string, quoted: boolean, from: string, files: SourceFiles, system: SourceFiles): Found | null {
  if (name.includes('\0')) return null;
  if (name.startsWith('/')) return found(normalise(name), files, system);
  if (quoted) {
    const beside = found(normalise(folderOf(from) + name), files, system);
    if (beside) return beside;
    const top = folderOf(from) === '' ? null : found(normalise(name), files, system);
    if (top) return top;
  }
  return found(SYSTEM_PREFIX + normalise(name), files, system);
}

function found(path: string, files: SourceFiles, system: SourceFiles): Found | null {
  const bytes = readPlace(path, files, system);
  if (!bytes) return null;
  const isSystem = path.startsWith(SYSTEM_PREFIX);
  return { path, lexed: isSystem ? lexHeader(path, bytes) : lex(path, bytes), system: isSystem };
}
