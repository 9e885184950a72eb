import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { systemFiles } from '../../../cli/system_files.ts';
import type { SourceFiles } from '../../../simulator/c/diagnostic.ts';
import { sourceOf } from '../../../simulator/c/frontend.ts';
import { renderDiagnostics } from '../../../simulator/c/render.ts';
import { DEFAULT_VERSION } from '../../../simulator/kernel/version.ts';
import type { Limits, ProgramSource } from '../../../simulator/run/options.ts';
import { runProgram } from '../../../simulator/run/session.ts';
import type { Case } from './directives.ts';
import type { Outcome } from './golden.ts';

/** Far more than any program of the tests needs. */
const LIMITS: Limits = { statements: 200_000_000, instructions: 20_000_000_000, tasks: 20_000, memory: 768 << 20, output: 16 << 20 };

export interface Simulated extends Outcome {
  readonly notSimulated: readonly string[];
  readonly limits: readonly string[];
}

/** Runs a C file in the simulator, in the same way as the recorder runs it on the real kernel. Throws, with the diagnostics, when it does not compile. */
export function simulate(file: string, { uid, tty, directive }: Omit<Case, 'run'>): Simulated {
  const beside = path.dirname(file);
  const files: SourceFiles = { read: (name) => (existsSync(path.join(beside, name)) ? readFileSync(path.join(beside, name)) : null) };
  const source = (name: string): ProgramSource => ({ file: name, files });
  const companions = directive.with.map((other) => {
    const [name = '', as = ''] = other.split('=');
    return { name: as, source: source(name) };
  });
  const system = systemFiles();
  const result = runProgram({
    system, program: source(path.basename(file)), args: directive.args, uid, kernel: DEFAULT_VERSION, privateRoot: false, tty, ttyStdin: false,
    stdin: new TextEncoder().encode(directive.stdin), before: directive.before, with: companions, limits: LIMITS, trace: 'off',
  });
  if ('diagnostics' in result) throw new Error(renderDiagnostics(result.diagnostics, (name) => sourceOf(name, files, system)));
  const { exit, signal, limits, notSimulated } = result;
  const end = signal === null ? `exit ${exit}` : `signal ${constants.signals[signal as NodeJS.Signals]}`;
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return tty ? { end, output: text(result.transcript), limits, notSimulated } : { end, output: text(result.stdout), errors: text(result.stderr), limits, notSimulated };
}
