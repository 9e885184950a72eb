import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { libraries } from './directives.ts';
import type { Case, Directive } from './directives.ts';
import type { Outcome } from './golden.ts';
import { Layers } from './layers.ts';
import { normalise } from './normalise.ts';

/** A C file that is to be run. */
export interface Source { readonly file: string; readonly source: Buffer }

/** As a learner does it: in the source's directory, so that __FILE__ is its plain name. */
function gcc(source: string, to: string, ...more: string[]): void {
  execFileSync('gcc', ['-w', '-O0', '-o', to, path.basename(source), ...more], { cwd: path.dirname(source), stdio: ['ignore', 'inherit', 'inherit'] });
}

/** This machine's kernel as a place to run programs: built with gcc, in a sandbox that is the same each time (sandbox.c). Only as root. */
export class RealKernel {
  readonly #scratch = mkdtempSync(path.join(os.tmpdir(), 'nslab-record-'));
  readonly #sandbox = path.join(this.#scratch, 'sandbox');
  readonly #layers = new Layers();

  constructor() {
    if (process.getuid?.() !== 0) throw new Error('This runs programs as root on a real kernel: run it as root.');
    gcc(path.join(import.meta.dirname, 'sandbox.c'), this.#sandbox);
  }

  /** Builds a program and its companions; what comes is where `run` finds them. */
  build(program: Source, directive: Directive): string { return this.#layers.lower(this.#built(program, directive)); }

  /** Name in the working directory → file. */
  #built(program: Source, { with: others }: Directive): Map<string, string> {
    const out = mkdtempSync(path.join(this.#scratch, 'build-'));
    const files = new Map([['a.out', path.join(out, 'a.out')]]);
    gcc(program.file, path.join(out, 'a.out'), ...libraries(program.source.toString()), '-lpthread', '-lrt');
    for (const other of others) {
      const [file = '', name = ''] = other.split('=');
      gcc(path.join(path.dirname(program.file), file), path.join(out, name), '-lpthread', '-lrt');
      files.set(name, path.join(out, name));
    }
    return files;
  }

  /** Throws when the program does not end in time. */
  async run(lower: string, { uid, tty, directive }: Case): Promise<Outcome> {
    const out = mkdtempSync(path.join(this.#scratch, 'out-'));
    const stdin = path.join(out, 'stdin');
    writeFileSync(stdin, directive.stdin);
    await promisify(execFile)(this.#sandbox, ['--uid', String(uid), '--lower', lower, '--out', out, '--stdin', stdin, tty ? '--tty' : '--pipes',
      ...directive.before.flatMap((line) => ['--before', line]), '--', ...directive.args]);
    const text = (name: string): string => normalise(readFileSync(path.join(out, name), 'utf8'));
    const end = text('status').trim();
    if (end === 'timeout') throw new Error('it does not end');
    const outcome = tty ? { end, output: text('transcript') } : { end, output: text('stdout'), errors: text('stderr') };
    rmSync(out, { recursive: true });
    return outcome;
  }

  remove(): void {
    this.#layers.remove();
    rmSync(this.#scratch, { recursive: true });
  }
}
