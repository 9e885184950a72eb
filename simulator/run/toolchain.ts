import type { Diagnostic } from '../c/diagnostic.ts';
import { emitUnit } from '../c/emit/index.ts';
import { compileUnit } from '../c/frontend.ts';
import { createArchive, link } from '../c/link/index.ts';
import type { Archive, ObjectFile } from '../c/link/index.ts';
import type { Image } from '../machine/image.ts';
import { NATIVES } from '../libc/natives/index.ts';
import type { ProgramSource, SystemFiles } from './options.ts';
import { objectOf } from './packed.ts';

/** A program that was compiled and linked; `image` null: it has errors. */
export interface Built { readonly image: Image | null; readonly diagnostics: readonly Diagnostic[] }

/** Our own libc or commands do not compile: a bug of ours, which a test finds first. */
export class BrokenSystem extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(file: string, diagnostics: readonly Diagnostic[]) {
    const [first] = diagnostics;
    super(`${file} does not compile${first ? `: ${first.span.at.file}:${first.span.at.line}: ${first.message}` : ''}`);
    this.diagnostics = diagnostics;
  }
}

/** Builds programs, with the libc and commands of one set of system files. What was built is kept. */
export class Toolchain {
  readonly #system: SystemFiles;
  readonly #objects = new Map<string, ObjectFile>();
  readonly #commands = new Map<string, Image | null>();
  readonly #broken: BrokenSystem[] = [];
  #libc: Archive | null = null;
  #library: Archive | null = null;

  constructor(system: SystemFiles) {
    this.#system = system;
  }

  build({ file, files }: ProgramSource): Built {
    const { unit, diagnostics } = compileUnit(file, files, { system: this.#system });
    if (!unit) return { image: null, diagnostics };
    const linked = link(file, [emitUnit(unit)], this.libc(), NATIVES);
    const [broken] = this.#broken;
    if (broken && linked.image && linked.image.missing.length > 0) throw broken;
    return { image: linked.image, diagnostics: [...diagnostics, ...linked.diagnostics] };
  }

  /** A command of the system, built when it is asked for first; null: there is none of that name. */
  command(name: string): Image | null {
    const known = this.#commands.get(name);
    if (known !== undefined) return known;
    const file = `commands/${name}.c`;
    const there = /^[\w.+-]+$/.test(name) && (this.#system.read(`objects/${file}`) ?? this.#system.read(file)) !== null;
    const made = there ? this.#linkCommand(name, file) : null;
    this.#commands.set(name, made);
    return made;
  }

  #linkCommand(name: string, file: string): Image {
    const { image, diagnostics } = link(name, [this.object(file)], this.#withLibrary(), NATIVES);
    if (!image) throw new BrokenSystem(file, diagnostics);
    return image;
  }

  /** The libc, as an archive of its units. */
  libc(): Archive {
    this.#libc ??= this.#archive('libc');
    return this.#libc;
  }

  /** A unit that does not compile is one that is not there, until somebody needs what is missing. */
  #archive(directory: string): Archive {
    const system = this.#system;
    if (system.unit) {
      const of = directory === 'libc' ? 'symbols' : 'shared';
      return {
        find: (symbol) => {
          const file = system.unit?.(symbol, of) ?? null;
          return file === null ? null : this.object(file);
        },
      };
    }
    return createArchive(this.#units(directory).flatMap((file) => {
      try {
        return [this.object(file)];
      } catch (error) {
        if (!(error instanceof BrokenSystem)) throw error;
        this.#broken.push(error);
        return [];
      }
    }));
  }

  /** What commands share, and the libc. */
  #withLibrary(): Archive {
    const own = this.#library ??= this.#archive('commands/lib');
    const libc = this.libc();
    return { find: (symbol) => own.find(symbol) ?? libc.find(symbol) };
  }

  #units(directory: string): readonly string[] {
    return this.#system.list(directory).filter((file) => file.endsWith('.c'));
  }

  /** A unit of the system as an object. Throws BrokenSystem. */
  object(file: string): ObjectFile {
    const known = this.#objects.get(file);
    if (known) return known;
    const ready = this.#system.read(`objects/${file}`);
    if (ready) {
      const object = objectOf(ready);
      this.#objects.set(file, object);
      return object;
    }
    const { unit, diagnostics } = compileUnit(file, this.#system, { system: this.#system });
    if (!unit) throw new BrokenSystem(file, diagnostics);
    const made = emitUnit(unit, { system: true });
    this.#objects.set(file, made);
    return made;
  }
}

const toolchains = new WeakMap<SystemFiles, Toolchain>();

/** The toolchain of these files: always the same one. */
export function toolchainOf(system: SystemFiles): Toolchain {
  const known = toolchains.get(system);
  if (known) return known;
  const made = new Toolchain(system);
  toolchains.set(system, made);
  return made;
}
