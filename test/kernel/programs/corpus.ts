import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const EXAMPLES = path.join(here, '../../../simulator/examples');
const OWN = path.join(here, 'c');
export const GOLDENS = path.join(here, 'goldens');

export interface Program {
  readonly name: string;
  readonly file: string;
  readonly source: Buffer;
  readonly golden: string;
}

/** Every program whose real outcome is recorded: the gallery's examples, and those that are here only to be compared. Helpers of others (`with-….c`) are none. */
export function programs(): Program[] {
  return [EXAMPLES, OWN].flatMap((dir) => readdirSync(dir).filter((name) => name.endsWith('.c') && !name.startsWith('with-')).sort().map((name) => {
    const file = path.join(dir, name);
    return { name: name.slice(0, -2), file, source: readFileSync(file), golden: path.join(GOLDENS, `${name.slice(0, -2)}.txt`) };
  }));
}
