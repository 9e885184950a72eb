import type { Diagnostic } from '../diagnostic.ts';
import type { Image } from '../../machine/image.ts';
import type { Native } from '../../machine/native.ts';
import type { Archive } from './archive.ts';
import { Layout } from './layout.ts';
import type { ObjectFile } from './object.ts';
import { resolve } from './resolve.ts';

export { createArchive, EMPTY_ARCHIVE } from './archive.ts';
export type { Archive } from './archive.ts';
export type { ObjectFile } from './object.ts';

/** `image` null: it cannot be linked, and `diagnostics` say why, in the words of ld. */
export interface Linked { readonly image: Image | null; readonly diagnostics: readonly Diagnostic[] }

/**
 * Joins a program's objects, what they need of a library, and functions in TypeScript. The same objects give the same image.
 * @param name as messages call the program
 * @param natives by name
 */
export function link(name: string, objects: readonly ObjectFile[], archive: Archive, natives: ReadonlyMap<string, Native>): Linked {
  const entry = '_start';
  const resolution = resolve(objects, archive, natives, [entry]);
  if (resolution.diagnostics.length > 0) return { image: null, diagnostics: resolution.diagnostics };
  return { image: new Layout(resolution).image(name, entry), diagnostics: [] };
}
