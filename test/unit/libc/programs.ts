import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What a program did: its output as bytes say it, and how it ended. */
export interface Outcome { readonly stdout: string; readonly stderr: string; readonly exit: number }

const HERE = import.meta.dirname;
const LIBC = path.join(HERE, '../../../simulator/libc');
export const PROGRAMS = path.join(HERE, 'programs');
export const EXPECTED = path.join(HERE, 'expected');

/** Programs to compare, by name. */
export function programs(): readonly string[] {
  return fs.readdirSync(PROGRAMS).filter((file) => file.endsWith('.c')).map((file) => path.basename(file, '.c')).sort();
}

/** Bytes, not characters: outputs have some that are no UTF-8. */
export function shown({ stdout, stderr, exit }: Outcome): string {
  return `${stdout}--- stderr\n${stderr}--- exit ${exit}\n`;
}

/** What glibc gave, as it was recorded. */
export function expected(name: string): string {
  return fs.readFileSync(path.join(EXPECTED, `${name}.txt`), 'latin1');
}

/** Runs `a.out` of a directory, with nothing to read, always in the same environment. */
export function run(directory: string): Outcome {
  const { stdout, stderr, status } = spawnSync('./a.out', { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' }, encoding: 'latin1', maxBuffer: 1 << 28 });
  return { stdout, stderr, exit: status ?? -1 };
}

export function temporary(): string { return fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-libc-')); }

const FLAGS = ['-nostdinc', '-isystem', path.join(LIBC, 'include'), '-ffreestanding', '-fno-builtin', '-fno-pie', '-fno-stack-protector', '-fno-tree-loop-distribute-patterns', '-w'];

/** The libc, built by gcc into `directory`, with the machine's builtins in assembly: what a program is linked with. */
export function buildLibc(directory: string): readonly string[] {
  const sources = fs.readdirSync(path.join(LIBC, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.c'));
  const objects = path.join(directory, 'objects');
  fs.mkdirSync(objects);
  // one name for each, whatever directory it is from
  for (const file of sources) fs.symlinkSync(path.join(LIBC, 'src', file), path.join(objects, file.replaceAll('/', '__')));
  execFileSync('gcc', [...FLAGS, '-O1', '-c', ...sources.map((file) => file.replaceAll('/', '__'))], { cwd: objects });
  execFileSync('gcc', [...FLAGS, '-c', path.join(HERE, 'entry.S'), path.join(HERE, 'shim.c')], { cwd: directory });
  const archive = path.join(directory, 'libc.a');
  execFileSync('ar', ['qcs', archive, ...fs.readdirSync(objects).filter((file) => file.endsWith('.o')).map((file) => path.join(objects, file))]);
  return [path.join(directory, 'shim.o'), archive];
}

/** Builds a program with the libc into `directory`. */
export function buildWith(libc: readonly string[], name: string, directory: string): void {
  const [first] = libc;
  const entry = path.join(path.dirname(first ?? ''), 'entry.o');
  execFileSync('gcc', [...FLAGS, '-nostdlib', '-static', '-no-pie', '-Wl,-e,_entry', '-o', 'a.out', path.join(PROGRAMS, `${name}.c`), entry, ...libc], { cwd: directory });
}

/** Builds a program as anybody does, with the machine's own libc. */
export function buildOrdinary(name: string, directory: string): void {
  execFileSync('gcc', ['-w', '-fno-builtin', '-o', 'a.out', path.join(PROGRAMS, `${name}.c`), '-lm', '-lpthread', ...(name === 'capabilities' ? ['-lcap'] : [])], { cwd: directory });
}
