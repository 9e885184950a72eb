import { createRequire } from 'node:module';
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
 * Looked for beside this file (the bundle) and in every node_modules above: first koffi itself, then its binary package alone,
 * which exports the same functions and is all that a packed extension needs.
 */
export function loadKoffi(from: string = import.meta.url, arch: string = process.arch): Koffi | Errno {
  const require = createRequire(from);
  for (const name of ['koffi', `@koromix/koffi-linux-${arch}`, './koffi/koffi.node']) {
    try {
      const koffi = require(name) as Koffi;
      if (typeof koffi.load === 'function') return koffi;
    } catch {
      // absent here, or made for another libc: try the next place
    }
  }
  return 'ENOKOFFI';
}
