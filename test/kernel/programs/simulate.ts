import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import type { Case } from './directives.ts';
import type { Outcome } from './golden.ts';

const NSLAB = path.join(import.meta.dirname, '../../../dist/nslab.mjs');
/** nslab's own exits: does not compile, a limit was reached, needs what is not simulated. */
const OWN = new Map([[2, 'does not compile'], [124, 'reached a limit'], [126, 'is not simulated']]);

export interface Simulated extends Outcome {
  readonly notSimulated: readonly string[];
  readonly limits: readonly string[];
}

interface Answer {
  readonly exit: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly transcript: string;
  readonly limits: readonly string[];
  readonly notSimulated: readonly string[];
}

/** Runs a C file in the simulator, in the same way as the recorder ran it on the real kernel. Throws, with nslab's words, when it does not run. */
export function simulate(file: string, { uid, tty, directive }: Omit<Case, 'run'>): Simulated {
  const options = ['run', '--json', '--uid', String(uid), tty ? '--tty' : '--no-tty',
    ...directive.before.flatMap((line) => ['--before', line]), ...directive.with.flatMap((other) => ['--with', other])];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [NSLAB, ...options, path.basename(file), ...directive.args],
    { cwd: path.dirname(file), input: directive.stdin, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error) throw error;
  if (stdout === '') throw new Error(`${path.basename(file)} ${OWN.get(status ?? -1) ?? `ended nslab with ${status}`}: ${stderr}`);
  const answer = JSON.parse(stdout) as Answer;
  const end = answer.signal === null ? `exit ${answer.exit}` : `signal ${constants.signals[answer.signal as NodeJS.Signals]}`;
  const { limits, notSimulated } = answer;
  return tty ? { end, output: answer.transcript, limits, notSimulated } : { end, output: answer.stdout, errors: answer.stderr, limits, notSimulated };
}
