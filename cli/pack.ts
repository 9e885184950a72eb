import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { packSystem as packed } from '../simulator/run/pack_system.ts';
import { sourceTree } from './system_files.ts';

const ROOT = path.join(import.meta.dirname, '../simulator');
/** What the packed system is made of, and what makes it. */
const MADE_OF = ['c', 'libc', 'commands', 'run', 'machine/isa.ts', 'machine/image.ts'];

/** A name for the present contents of all those files. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const add = (file: string): void => {
    if (fs.statSync(file).isDirectory()) for (const name of fs.readdirSync(file).sort()) add(path.join(file, name));
    else hash.update(`${path.relative(ROOT, file)}\0`).update(fs.readFileSync(file));
  };
  for (const name of MADE_OF) add(path.join(ROOT, name));
  return hash.digest('hex');
}

/** Compiles the libc and the commands into one file, unless it is of these very sources. For the build. */
export function packSystem(to: string): void {
  const mark = `${to}.sha256`;
  const now = fingerprint();
  if (fs.existsSync(to) && fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === now) return;
  fs.mkdirSync(path.dirname(to), { recursive: true });
  const broken: string[] = [];
  fs.writeFileSync(to, packed(sourceTree(ROOT), ({ message }) => broken.push(message)));
  for (const message of broken) console.error(message);
  if (broken.length === 0) fs.writeFileSync(mark, now);
  else {
    process.exitCode = 1;
    fs.rmSync(mark, { force: true });
  }
}
