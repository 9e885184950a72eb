import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { simulate } from './programs/simulate.ts';
import { batches, SEED } from './semantics/batches.ts';
import { withGcc } from './semantics/gcc.ts';
import { file } from './semantics/program.ts';

const RUNS = 60;
const PROGRAMS = 1000;
const PLAINLY = { uid: 1000, tty: false, directive: { args: [], before: [], with: [], stdin: '', uids: [1000] } } as const;

/** Programs made at random, free of undefined behaviour, do in the simulator what gcc's do on the machine (semantics/prove.ts holds the generator itself against gcc's sanitizer). */
describe('C means in the simulator what it means to gcc', () => {
  it(`${PROGRAMS} generated programs and more print the same`, function () {
    this.timeout(600_000);
    const dir = mkdtempSync(path.join(os.tmpdir(), 'nslab-semantics-'));
    let programs = 0;
    try {
      fc.assert(fc.property(batches, (batch) => {
        programs += batch.length;
        const real = withGcc(file(batch), dir);
        const { end, output } = simulate(path.join(dir, 'generated.c'), PLAINLY);
        assert.equal(firstDifference(output, real), undefined);
        assert.equal(end, 'exit 0');
      }), { seed: SEED, numRuns: RUNS });
      assert.ok(programs >= PROGRAMS, `${programs} programs`);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

function firstDifference(simulated: string, real: string): string | undefined {
  const [ours, theirs] = [simulated.split('\n'), real.split('\n')];
  const at = theirs.findIndex((line, index) => line !== ours[index]);
  if (at >= 0) return `line ${at + 1}: gcc ${theirs[at]}, simulator ${ours[at]}`;
  return ours.length > theirs.length ? `only the simulator: ${ours[theirs.length]}` : undefined;
}
