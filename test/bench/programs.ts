import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The C programs of the bench, built. */
export interface Programs { readonly cost: string; readonly crowd: string; readonly mix: string; readonly scan: string }

/** Builds them as anybody would who wanted them fast; they are removed when this process ends. */
export function buildPrograms(): Programs {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-bench-'));
  process.once('exit', () => fs.rmSync(directory, { recursive: true, force: true }));
  // the crowd ends by itself when our end of its input closes
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const build = (name: string): string => {
    const built = path.join(directory, name);
    execFileSync('cc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', built, path.join(import.meta.dirname, `${name}.c`)]);
    return built;
  };
  return { cost: build('cost'), crowd: build('crowd'), mix: build('mix'), scan: build('scan') };
}

/** What a script of this folder prints, in a process of its own. */
export function printedBy(script: string, words: readonly string[], flags: readonly string[] = []): string {
  return execFileSync(process.execPath, [...flags, path.join(import.meta.dirname, script), ...words], { encoding: 'utf8' }).trim();
}

/** CPU milliseconds (user and system) of a command from its start to its end. */
export function costOf(programs: Programs, ...command: readonly string[]): number {
  const [cpu] = execFileSync(programs.cost, command, { encoding: 'utf8' }).split(' ');
  return Number(cpu) / 1000;
}

/** Processes made for the bench. */
export class Crowd {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) { this.#child = child; }

  /** Fills the machine up to about `total` processes, `own` of the new ones in own namespaces. */
  static async gather(programs: Programs, total: number, own: number): Promise<Crowd> {
    const needed = Math.max(0, total - countProcesses());
    const child = spawn(programs.crowd, [String(needed), String(Math.min(own, needed))], { stdio: ['pipe', 'pipe', 'inherit'] });
    const crowd = new Crowd(child);
    const ended = once(child, 'exit').then(([code]) => { throw new Error(`crowd ended with exit status ${code}`); });
    await Promise.race([once(child.stdout, 'data'), ended]);
    ended.catch(() => undefined);
    return crowd;
  }

  /** Ends them all and waits until they are gone. */
  async leave(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.stdin!.end();
    await exit;
  }
}

export function countProcesses(): number { return fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length; }
