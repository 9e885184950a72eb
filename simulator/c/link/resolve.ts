import type { Diagnostic } from '../diagnostic.ts';
import type { Place, Span } from '../ast.ts';
import type { Native } from '../../machine/native.ts';
import type { Archive } from './archive.ts';
import type { ObjectFile, ObjectSymbol } from './object.ts';

/** What a name stands for. `made`: the linker's own (layout.ts). */
export type Definition =
  | { readonly is: 'symbol'; readonly object: ObjectFile; readonly index: number }
  | { readonly is: 'native'; readonly native: Native }
  | { readonly is: 'missing'; readonly name: string }
  | { readonly is: 'made'; readonly name: string }
  | { readonly is: 'nothing' };

export interface Resolution {
  /** All objects of the program, then the members of the library that it needs, in order of need. */
  readonly objects: readonly ObjectFile[];
  readonly program: ReadonlySet<ObjectFile>;
  /** By name, as the program sees it, and as the library does. */
  readonly of: { readonly program: ReadonlyMap<string, Definition>; readonly library: ReadonlyMap<string, Definition> };
  readonly diagnostics: readonly Diagnostic[];
}

const MADE = new Set(['__tls_template', '__init_array_start', '__init_array_end', '__fini_array_start', '__fini_array_end', '_end', 'end', '_edata', 'edata', '_etext', 'etext', '__bss_start', '__executable_start']);

/**
 * Finds what each name means. The program's own definitions are for the program; the library's references go to the library's first, as with a shared libc (a program may call
 * its function `read` or `index`). A function in TypeScript is taken before one of the library in C. A function that nobody defines is `missing`: a call of it stops the program.
 */
export function resolve(program: readonly ObjectFile[], archive: Archive, natives: ReadonlyMap<string, Native>, roots: readonly string[]): Resolution {
  const diagnostics: Diagnostic[] = [];
  const own = new Map<string, Definition & { is: 'symbol' }>();
  for (const object of program) {
    for (const [index, symbol] of object.symbols.entries()) {
      if (symbol.binding === 'local' || symbol.section === null) continue;
      const known = own.get(symbol.name);
      const other = known?.object.symbols[known.index];
      if (other?.binding === 'global' && symbol.binding === 'global') diagnostics.push(error(symbol.place, `multiple definition of '${symbol.name}'${other.place ? `; ${other.place.file}:${other.place.line}: first defined here` : ''}`));
      if (!other || other.binding === 'weak' && symbol.binding === 'global') own.set(symbol.name, { is: 'symbol', object, index });
    }
  }
  const objects = [...program];
  const library = new Map<string, Definition>();
  const seen = new Map<string, Definition>(own);
  const added = new Map<ObjectFile, true>();

  const inLibrary = (name: string, symbol: ObjectSymbol | null): Definition | null => {
    const known = library.get(name);
    if (known && known.is !== 'missing' && known.is !== 'nothing') return known;
    const native = symbol === null || symbol.kind === 'function' ? natives.get(name) : undefined;
    if (native) return { is: 'native', native };
    if (MADE.has(name)) return { is: 'made', name };
    const member = symbol?.binding === 'weak' ? null : archive.find(name);
    if (!member) return null;
    if (!added.has(member)) {
      added.set(member, true);
      objects.push(member);
      for (const [index, each] of member.symbols.entries()) {
        if (each.binding === 'local' || each.section === null) continue;
        const before = library.get(each.name);
        const weak = before?.is !== 'symbol' || before.object.symbols[before.index]?.binding === 'weak' && each.binding === 'global';
        if (weak && before?.is !== 'native') library.set(each.name, { is: 'symbol', object: member, index });
      }
    }
    return library.get(name) ?? null;
  };
  const unknown = (name: string, symbol: ObjectSymbol | null): Definition => {
    if (symbol?.binding === 'weak') return { is: 'nothing' };
    if (symbol?.kind === 'function' && name !== 'main') return { is: 'missing', name };
    diagnostics.push(error(symbol?.place ?? null, `undefined reference to '${name}'`));
    return { is: 'nothing' };
  };
  for (const name of roots) {
    const found = own.get(name) ?? inLibrary(name, null) ?? unknown(name, null);
    seen.set(name, found);
  }
  // members that are needed are appended while it goes on
  for (const object of objects) {
    const isOwn = !added.has(object);
    for (const symbol of object.symbols) {
      if (symbol.binding === 'local' || symbol.section !== null) continue;
      const { name } = symbol;
      if (isOwn) {
        if (!seen.has(name) || seen.get(name)?.is === 'nothing') seen.set(name, inLibrary(name, symbol) ?? unknown(name, symbol));
      } else if (!library.has(name)) library.set(name, inLibrary(name, symbol) ?? own.get(name) ?? unknown(name, symbol));
    }
  }
  return { objects, program: new Set(program), of: { program: seen, library }, diagnostics };
}

const NOWHERE: Place = { file: '', line: 0, column: 0 };

function error(place: Place | null, message: string): Diagnostic {
  const at = place ?? NOWHERE;
  const span: Span = { at, from: at, to: at };
  return { severity: 'error', span, message };
}
