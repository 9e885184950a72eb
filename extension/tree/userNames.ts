import { readFile, stat } from 'node:fs/promises';

/** Names of the users in `/etc/passwd` (not those of a directory service: asking one can take seconds). */
export class UserNames {
  readonly #file: string;
  #names: ReadonlyMap<number, string> = new Map();
  #modified = NaN;

  constructor(file = '/etc/passwd') { this.#file = file; }

  get(uid: number): string | null { return this.#names.get(uid) ?? null; }

  /** Reads the file again when it has changed; a file that cannot be read leaves users without names. Returns whether names may differ. */
  async load(): Promise<boolean> {
    try {
      const { mtimeMs } = await stat(this.#file);
      if (mtimeMs === this.#modified) return false;
      this.#names = parsePasswd(await readFile(this.#file, 'utf8'));
      this.#modified = mtimeMs;
      return true;
    } catch {
      return false;
    }
  }
}

/** `name:password:uid:gid:…`, a line for each; the first name of a uid counts, as for `getpwuid`. */
export function parsePasswd(text: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name, , uid] = line.split(':');
    if (name && uid !== undefined && /^\d+$/.test(uid) && !names.has(Number(uid))) names.set(Number(uid), name);
  }
  return names;
}
