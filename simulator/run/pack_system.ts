import type { ObjectFile } from '../c/link/index.ts';
import type { SystemFiles } from './options.ts';
import { objectBytes, pack } from './packed.ts';
import { BrokenSystem, Toolchain } from './toolchain.ts';

/** Compiles the whole system into one file, as `Packed` reads it. `broken` hears of units that do not compile: they are left out, and the build has failed. */
export function packSystem(system: SystemFiles, broken: (error: BrokenSystem) => void): Uint8Array {
  const toolchain = new Toolchain(system);
  const files = new Map<string, Uint8Array>();
  for (const name of system.list('include')) files.set(name, system.read(name) ?? new Uint8Array(0));
  const symbols = new Map<string, string>();
  const shared = new Map<string, string>();
  for (const [directory, names] of [['libc', symbols], ['commands/lib', shared], ['commands', null]] as const) {
    for (const file of system.list(directory)) {
      if (!file.endsWith('.c') || files.has(`objects/${file}`)) continue;
      const object = compiled(toolchain, file, broken);
      if (!object) continue;
      files.set(`objects/${file}`, objectBytes(object));
      if (names) for (const name of defined(object)) if (!names.has(name)) names.set(name, file);
    }
  }
  for (const file of system.list('commands')) if (/^commands\/[^/]+\.c$/.test(file) && files.has(`objects/${file}`)) linked(toolchain, file, broken);
  return pack(files, symbols, shared);
}

/** A command that cannot be linked would only be found when somebody runs it. */
function linked(toolchain: Toolchain, file: string, broken: (error: BrokenSystem) => void): void {
  try {
    toolchain.command(file.slice('commands/'.length, -'.c'.length));
  } catch (error) {
    if (!(error instanceof BrokenSystem)) throw error;
    broken(error);
  }
}

function compiled(toolchain: Toolchain, file: string, broken: (error: BrokenSystem) => void): ObjectFile | null {
  try {
    return toolchain.object(file);
  } catch (error) {
    if (!(error instanceof BrokenSystem)) throw error;
    broken(error);
    return null;
  }
}

/** What other units can use of it. */
function defined({ symbols }: ObjectFile): readonly string[] {
  return symbols.filter(({ binding, section }) => binding !== 'local' && section !== null).map(({ name }) => name);
}
