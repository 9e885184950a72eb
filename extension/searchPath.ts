import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** The first program of that name on the search path that can be run; null where there is none. Relative entries are passed over: what they name depends on where one is. */
export function findProgram(name: string, searchPath = process.env['PATH'] ?? ''): string | null {
  for (const folder of searchPath.split(path.delimiter).filter((entry) => path.isAbsolute(entry))) {
    const file = path.join(folder, name);
    try {
      fs.accessSync(file, fs.constants.X_OK);
      return file;
    } catch {
      // not in this folder
    }
  }
  return null;
}
