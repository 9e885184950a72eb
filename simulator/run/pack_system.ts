import type { ObjectFile } from '../c/link/index.ts';
import type { SystemFiles } from './options.ts';
import { objectBytes, pack } from './packed.ts';
import { Toolchain } from './toolchain.ts';

/** Compiles the whole system into one file, as `Packed` reads it. Throws BrokenSystem: something of ours does not compile. */
export function packSystem(system: SystemFiles): Uint8Array {
  const toolchain = new Toolchain(system);
  const files = new Map<string, Uint8Array>();
  for (const name of system.list('include')) files.set(name, system.read(name) ?? new Uint8Array(0));
  const symbols = new Map<string, string>();
  const shared = new Map<string, string>();
  for (const [directory, names] of [['libc', symbols], ['commands/lib', shared], ['commands', null]] as const) {
    for (const file of system.list(directory)) {
      if (!file.endsWith('.c') || files.has(`objects/${file}`)) continue;
      const object = toolchain.object(file);
      files.set(`objects/${file}`, objectBytes(object));
      if (names) for (const name of defined(object)) if (!names.has(name)) names.set(name, file);
    }
  }
  return pack(files, symbols, shared);
}

/** What other units can use of it. */
function defined({ symbols }: ObjectFile): readonly string[] {
  return symbols.filter(({ binding, section }) => binding !== 'local' && section !== null).map(({ name }) => name);
}
