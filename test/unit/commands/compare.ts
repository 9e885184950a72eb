/**
 * Runs the command lines of cases/*.txt through Debian's programs (bash 5.2, coreutils 9.1 …), which this machine must have.
 *
 *     node test/unit/commands/compare.ts --record [NAME…]         writes cases/NAME.json: what the tests expect
 *     node test/unit/commands/compare.ts --bin DIRECTORY [NAME…]  the same lines with the programs of DIRECTORY (our commands built by gcc)
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CASES, FIXTURE, caseFiles, commandLines, shellOf } from './cases.ts';
import type { Outcome } from './cases.ts';

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
  const directory = mkdtempSync(join(tmpdir(), 'commands-'));
  const work = join(directory, 'w');
  mkdirSync(work);
  makeFixture(work);
  writeFileSync(join(directory, 'input'), 'first line\nsecond line\n');
  const program = bin === null ? `/bin/${shell}` : join(bin, shell);
  const result = spawnSync('/usr/bin/unshare', ['--pid', '--fork', '--', '/usr/bin/bash', '-c', 'umask 022; (exec -a "$0" "$1" -c "$2") <&0; exit $?', shell, program, line], {
    cwd: work, stdio: [openSync(join(directory, 'input'), 'r'), 'pipe', 'pipe'], encoding: 'utf8', timeout: 20_000,
    env: { PATH: bin === null ? PATH : `${bin}:${PATH}`, HOME: '/home/learner', USER: 'learner', LANG: 'C.UTF-8', TERM: 'xterm', SHELL: '/bin/bash', TZ: 'UTC' },
  });
  rmSync(directory, { recursive: true });
  const hide = (text: string): string => text.replaceAll(directory, '/tmp/dir').replaceAll(bin ?? '\0', '/usr/bin');
  return { stdout: hide(result.stdout), stderr: hide(result.stderr), status: result.status ?? 128 };
}

function main(args: string[]): void {
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
      if (JSON.stringify(ours) === JSON.stringify(real)) {
        equal++;
        continue;
      }
      different++;
      console.log(`=== ${name}: ${line}`);
      for (const key of ['stdout', 'stderr', 'status'] as const) {
        if (real[key] !== ours[key]) console.log(`  ${key} real: ${JSON.stringify(real[key])}\n  ${key} ours: ${JSON.stringify(ours[key])}`);
      }
    }
    if (bin === null) writeFileSync(`${CASES}${name}.json`, `${JSON.stringify(outcomes, null, 1)}\n`);
  }
  if (bin !== null) console.log(`${equal} equal, ${different} different`);
}

main(process.argv.slice(2));
