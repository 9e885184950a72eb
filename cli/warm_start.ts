import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import vm from 'node:vm';

/** What a file of CommonJS is wrapped in. */
const BEFORE = '(function (exports, require, module, __filename, __dirname) {', AFTER = '\n})';
/** Older code than this is an earlier build's, or is soon made again. */
const STALE_MS = 7 * 24 * 3_600_000;
type Body = (exports: object, require: NodeJS.Require, module: { exports: object }, file: string, directory: string) => void;

/** A program that was loaded; `keep` when it has run: the next start finds what was compiled while it ran. */
export interface Warm { readonly exports: object; readonly keep: () => void }

/**
 * Loads a CommonJS file together with the code that the JavaScript engine compiled when it ran before. Node's own compile cache keeps only what is compiled by loading it; most of a short
 * run is compiling the functions that it calls. The code is kept in the user's cache folder, which nobody else may write to; where that fails it just takes longer. Throws as `require` does.
 */
export function loadWarm(file: string): Warm {
  const { size, mtimeMs } = fs.statSync(file);
  const kept = cacheFile([path.basename(file), process.version, process.arch, size, Math.floor(mtimeMs)].join('-'));
  const code = kept === null ? undefined : read(kept);
  // esbuild writes ASCII
  const script = new vm.Script(BEFORE + fs.readFileSync(file, 'latin1') + AFTER, { filename: file, ...code ? { cachedData: code } : {} });
  const module = { exports: {} };
  (script.runInThisContext() as Body)(module.exports, createRequire(file), module, file, path.dirname(file));
  return {
    exports: module.exports,
    keep: () => { if (kept !== null && (code === undefined || script.cachedDataRejected === true)) write(kept, script.createCachedData()); },
  };
}

/** Null: nothing is to be kept, or there is nowhere to. */
function cacheFile(name: string): string | null {
  if (process.env['NODE_DISABLE_COMPILE_CACHE'] !== undefined) return null;
  const { XDG_CACHE_HOME: given, HOME: home } = process.env;
  const top = given !== undefined && path.isAbsolute(given) ? given : home !== undefined && path.isAbsolute(home) ? path.join(home, '.cache') : null;
  return top === null ? null : path.join(top, 'nslab', name);
}

/** The engine believes what it reads: it must be the user's own. */
function read(file: string): Buffer | undefined {
  let descriptor: number | null = null;
  try {
    descriptor = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
    const { uid, mode } = fs.fstatSync(descriptor);
    return uid === process.getuid?.() && (mode & 0o022) === 0 ? fs.readFileSync(descriptor) : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== null) fs.closeSync(descriptor);
  }
}

/** Others that start meanwhile see all of it or nothing. Files of earlier builds go. */
function write(file: string, code: Buffer): void {
  const directory = path.dirname(file);
  try {
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    for (const name of fs.readdirSync(directory)) {
      const old = path.join(directory, name);
      if (old !== file && Date.now() - fs.statSync(old).mtimeMs > STALE_MS) fs.rmSync(old, { force: true });
    }
    const made = `${file}.${process.pid}`;
    fs.writeFileSync(made, code, { mode: 0o600, flag: 'wx' });
    fs.renameSync(made, file);
  } catch {
    // a folder that cannot be written to, a full disk: the next start is as slow as this one
  }
}

