import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Errno } from '../protocol.ts';

/** A C function as koffi hands it out. */
export type CFunction = (...args: readonly (number | bigint | Buffer | null)[]) => number | bigint;
/** The part of koffi that is used. */
export interface Koffi {
  load(path: string | null): { func(name: string, result: string, args: readonly string[]): CFunction };
  errno(): number;
}

/**
 * koffi, or ENOKOFFI. It is optional: its binary exists for some platforms only, and an extension built elsewhere may lack it.
 * Looked for in the node_modules beside this file (the bundle) and above: first the binary package alone, which exports the
 * same functions and is all that a packed extension carries, then koffi itself, which knows more platforms.
 */
export function loadKoffi(from: string = import.meta.url, arch: string = process.arch): Koffi | Errno {
  const require = createRequire(from);
  for (const name of packages(arch)) {
    try {
      const koffi = require(name) as Koffi;
      if (typeof koffi.load === 'function') return koffi;
    } catch {
      // absent here, or made for another libc: try the next place
    }
  }
  return 'ENOKOFFI';
}

/** The files that `loadKoffi` would run: what a package's entry needs lies beside it. */
export function koffiFiles(from: string = import.meta.url, arch: string = process.arch): string[] {
  const require = createRequire(from);
  for (const name of packages(arch)) {
    try {
      const entry = require.resolve(name), folder = path.dirname(entry);
      return [entry, ...fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.node')).map((file) => path.join(folder, file))];
    } catch {
      // as above
    }
  }
  return [];
}

function packages(arch: string): string[] { return [`@koromix/koffi-linux-${arch}`, 'koffi']; }
