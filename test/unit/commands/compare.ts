/**
 * Runs the command lines of cases/*.txt through Debian's programs (bash 5.2, coreutils 9.1 …), which this machine must have.
 *
 *     node test/unit/commands/compare.ts --record [NAME…]         writes cases/NAME.json: what the tests expect
 *     node test/unit/commands/compare.ts --bin DIRECTORY [NAME…]  the same lines with the programs of DIRECTORY (our commands built by gcc)
 *     node test/unit/commands/compare.ts --simulator [NAME…]      in the simulator, against what is recorded
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CASES, FIXTURE, WRAPPER, caseFiles, commandLines, recorded, shellOf } from './cases.ts';
import type { Outcome } from './cases.ts';
import { inSimulator } from './in-simulator.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** A fresh working directory. */
export function makeFixture(directory: string): void {
  for (const [name, text] of Object.entries(FIXTURE)) {
    if (name.endsWith('/')) mkdirSync(join(directory, name));
    else if (text.startsWith(' -> ')) symlinkSync(text.slice(4), join(directory, name));
    else writeFileSync(join(directory, name), text);
  }
  chmodSync(join(directory, 'script.sh'), 0o755);
}

function run(line: string, shell: 'bash' | 'sh', bin: string | null): Outcome {
  const directory = mkdtempSync('/dev/shm/commands-');
  const work = join(directory, 'w');
  mkdirSync(work);
  makeFixture(work);
  writeFileSync(join(directory, 'input'), 'first line\nsecond line\n');
  const program = bin === null ? `/bin/${shell}` : join(bin, shell);
  const result = spawnSync('/usr/bin/unshare', ['--pid', '--fork', '--', '/usr/bin/bash', '-c', WRAPPER, shell, program, line], {
    cwd: work, stdio: [openSync(join(directory, 'input'), 'r'), 'pipe', 'pipe'], encoding: 'utf8', timeout: 20_000,
    env: { PATH: bin === null ? PATH : `${bin}:${PATH}`, HOME: '/tmp', USER: 'learner', LANG: 'C.UTF-8', TERM: 'xterm', SHELL: '/bin/bash', TZ: 'UTC' },
  });
  rmSync(directory, { recursive: true });
  const hide = (text: string): string => text.replaceAll(directory, '/tmp/dir').replaceAll(bin ?? '\0', '/usr/bin');
  return { stdout: hide(result.stdout), stderr: hide(result.stderr), status: result.status ?? 128 };
}

/** Prints what differs; whether it does. */
function differs(name: string, line: string, real: Outcome, ours: Outcome): boolean {
  const keys = (['stdout', 'stderr', 'status'] as const).filter((key) => real[key] !== ours[key]);
  if (keys.length > 0) console.log(`=== ${name}: ${line}`);
  for (const key of keys) console.log(`  ${key} real: ${JSON.stringify(real[key])}\n  ${key} ours: ${JSON.stringify(ours[key])}`);
  return keys.length > 0;
}

function simulated(names: string[]): void {
  let equal = 0, different = 0;
  for (const name of names) {
    for (const [line, real] of recorded(name)) {
      const ours = inSimulator(line, shellOf(name));
      if (differs(name, line, real, ours)) {
        different++;
        if (ours.notSimulated.length > 0 || ours.limits.length > 0) console.log(`  ${[...ours.notSimulated, ...ours.limits].join('; ')}`);
      } else {
        equal++;
      }
    }
  }
  console.log(`${equal} equal, ${different} different`);
}

function main(args: string[]): void {
  if (args[0] === '--simulator') {
    simulated(args.length > 1 ? args.slice(1) : caseFiles());
    return;
  }
  const bin = args[0] === '--bin' ? args[1] ?? '' : null;
  const names = args.slice(bin === null ? 1 : 2);
  let equal = 0, different = 0;
  for (const name of names.length > 0 ? names : caseFiles()) {
    const outcomes: Record<string, Outcome> = {};
    for (const line of commandLines(name)) {
      const real = run(line, shellOf(name), null);
      outcomes[line] = real;
      if (bin === null) continue;
      const ours = run(line, shellOf(name), bin);
      if (differs(name, line, real, ours)) different++;
      else equal++;
    }
    if (bin === null) writeFileSync(`${CASES}${name}.json`, `${JSON.stringify(outcomes, null, 1)}\n`);
  }
  if (bin !== null) console.log(`${equal} equal, ${different} different`);
}

main(process.argv.slice(2));
