import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SystemFiles } from '../simulator/run/options.ts';
import { Packed } from '../simulator/run/packed.ts';
import type { ReadPart } from '../simulator/run/packed_index.ts';

/** Where the parts of the system stand in the source tree. */
const SOURCES: Readonly<Record<string, string>> = { include: 'libc/include', libc: 'libc/src', commands: 'commands' };

/** The system's files from the source tree: read when they are asked for first, and kept. */
class SourceTree implements SystemFiles {
  readonly #root: string;
  readonly #read = new Map<string, Uint8Array | null>();

  constructor(root: string) {
    this.#root = root;
  }

  read(name: string): Uint8Array | null {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const bytes = this.#load(name);
    this.#read.set(name, bytes);
    return bytes;
  }

  #load(name: string): Uint8Array | null {
    const [part = '', ...rest] = name.split('/');
    const dir = SOURCES[part];
    if (dir === undefined) return null;
    const file = path.join(this.#root, dir, ...rest);
    return fs.existsSync(file) && fs.statSync(file).isFile() ? fs.readFileSync(file) : null;
  }

  list(directory: string): readonly string[] {
    const [part = '', ...rest] = directory.split('/');
    const dir = SOURCES[part];
    if (dir === undefined) return [];
    const top = path.join(this.#root, dir, ...rest);
    if (!fs.existsSync(top)) return [];
    return fs.readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      .map((entry) => path.posix.join(directory, path.relative(top, path.join(entry.parentPath, entry.name)))).sort();
  }
}

/** The file in which a build packs the system. */
export const PACKED = 'system.bin';

let known: SystemFiles | null = null;

/** The system's files from the source tree. */
export function sourceTree(root: string): SystemFiles { return new SourceTree(root); }

/** The system's files: what a build has packed beside the program, or the source tree. */
export function systemFiles(): SystemFiles {
  known ??= load(path.dirname(fileURLToPath(import.meta.url)));
  return known;
}

function load(here: string): SystemFiles {
  const packed = path.join(here, PACKED);
  return fs.existsSync(packed) ? new Packed(partsOfFile(packed)) : sourceTree(path.join(here, '../simulator'));
}

/** The file stays open while the program runs: a build that replaces it meanwhile does not mix with what was read. */
function partsOfFile(file: string): ReadPart {
  const descriptor = fs.openSync(file, 'r');
  return (from, length) => {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const read = fs.readSync(descriptor, bytes, done, length - done, from + done);
      if (read === 0) throw new Error(`${file} ends too early: build it again`);
      done += read;
    }
    return bytes;
  };
}
