// Runs C files, wherever they are, on this machine's kernel and in the simulator, and shows where they differ. As root, with gcc; nothing is written.
//   taskset -c 0 node test/kernel/programs/hunt.ts [-v] [-1] FILE.c...
// How a file is run it says itself (directives.ts). -v shows the output of those that are equal as well, -1 runs only the first way, as root on a terminal. The exit status is 0 when all are.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cases, title } from './directives.ts';
import type { Case } from './directives.ts';
import type { Outcome } from './golden.ts';
import { normalise } from './normalise.ts';
import { RealKernel } from './real.ts';
import { simulate } from './simulate.ts';

function simulated(file: string, one: Case): Outcome & { readonly more: string } {
  try {
    const { end, output, errors, notSimulated, limits } = simulate(file, one);
    const more = [...notSimulated.map((what) => `not simulated: ${what}`), ...limits.map((limit) => `limit: ${limit}`)].join('; ');
    return { end, output: normalise(output), ...errors === undefined ? {} : { errors: normalise(errors) }, more };
  } catch (error) {
    return { end: error instanceof Error ? error.message : String(error), output: '', more: '' };
  }
}

/** What diff(1) says: lines with `<` are the real kernel's only, with `>` the simulator's. */
function differences(real: string, ours: string): string {
  writeFileSync(path.join(scratch, 'real'), real);
  writeFileSync(path.join(scratch, 'ours'), ours);
  return spawnSync('diff', ['-a', path.join(scratch, 'real'), path.join(scratch, 'ours')], { encoding: 'utf8' }).stdout;
}

const scratch = mkdtempSync(path.join(os.tmpdir(), 'nslab-hunt-'));
const verbose = process.argv.includes('-v');
const real = new RealKernel();
let different = 0;
try {
  for (const name of process.argv.slice(2).filter((word) => word.endsWith('.c'))) {
    const file = path.resolve(name);
    const source = readFileSync(file);
    const asked = cases(source.toString());
    const lowers = new Map<object, string>();
    for (const one of asked.slice(0, process.argv.includes('-1') ? 1 : undefined)) {
      let found: Outcome;
      try {
        const lower = lowers.get(one.directive) ?? real.build({ file, source }, one.directive);
        lowers.set(one.directive, lower);
        found = await real.run(lower, one);
      } catch (error) {
        console.log(`${name}, ${title(one)}: real: ${error instanceof Error ? error.message : String(error)}`);
        continue;
      }
      const { more, ...ours } = simulated(file, one);
      const equal = JSON.stringify(found) === JSON.stringify(ours);
      if (!equal) different++;
      console.log(`${equal ? 'equal    ' : 'DIFFERENT'} ${name}, ${title(one)}: ${found.end}${found.end === ours.end ? '' : ` / ${ours.end}`}${more === '' ? '' : ` (${more})`}`);
      if (!equal) console.log(`${differences(found.output, ours.output)}${differences(found.errors ?? '', ours.errors ?? '')}`.trimEnd());
      else if (verbose) console.log(found.output);
    }
  }
} finally {
  real.remove();
  rmSync(scratch, { recursive: true });
}
process.exitCode = different > 0 ? 1 : 0;
