import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { TranslationUnit } from '../../../simulator/c/ast.ts';
import type { Checked, SourceFiles } from '../../../simulator/c/diagnostic.ts';
import { compileUnit } from '../../../simulator/c/frontend.ts';

const LIBC = path.join(import.meta.dirname, '../../../simulator/libc');
const kept = new Map<string, Uint8Array | null>();

/** The simulator's own headers. */
export const system: SourceFiles = {
  read(name) {
    const file = path.join(LIBC, name);
    const known = kept.get(file) ?? (existsSync(file) ? new Uint8Array(readFileSync(file)) : null);
    kept.set(file, known);
    return known;
  },
};

export function filesOf(texts: Readonly<Record<string, string>>): SourceFiles {
  return { read: (name) => (Object.hasOwn(texts, name) ? new TextEncoder().encode(texts[name]) : null) };
}

/** `text` as `t.c`, with other files beside it. */
export function compiled(text: string, beside: Readonly<Record<string, string>> = {}): Checked<TranslationUnit> {
  return compileUnit('t.c', filesOf({ 't.c': text, ...beside }), { system });
}
