import { strict as assert } from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { program } from '../calltrees/program.ts';
import type { Choice } from './driver-model.ts';
import { DriverModel, lineOf, renamed } from './driver-model.ts';

const SEQUENCES = Number(process.env['NSLAB_FUZZ'] ?? 500);
const SEED = Number(process.env['NSLAB_SEED'] ?? 20261123);

/**
 * Random system calls of tasks, made by this machine's kernel and by the model: the same errno, states and equal namespaces after each.
 * $NSLAB_FUZZ: how many sequences; $NSLAB_SEED: which.
 */
describe('random tasks and namespaces, against this kernel', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nslab-tasks-'));
  const binary = join(folder, 'driver');
  after(() => rmSync(folder, { recursive: true, force: true }));

  it(`${SEQUENCES} sequences agree`, function () {
    assert.ok(release().startsWith('6.18.'), `this test knows Linux 6.18, and this is ${release()}`);
    this.timeout(180_000);
    execFileSync('gcc', ['-O1', '-w', '-static', '-fno-stack-protector', '-mno-red-zone', '-o', binary, join(import.meta.dirname, 'driver.c')]);
    let calls = 0;
    let succeeded = 0;
    const choice: fc.Arbitrary<Choice> = fc.record({ who: fc.nat(99), what: fc.nat(99), flags: fc.nat(999), other: fc.nat(99) });
    fc.assert(fc.property(fc.array(choice, { minLength: 25, maxLength: 40 }), (choices) => {
      const model = new DriverModel();
      for (const one of choices) model.make(one);
      const real = spawnSync(binary, { input: model.steps.map((step) => `${lineOf(step)}\n`).join(''), encoding: 'utf8' });
      if (real.error) throw real.error;
      const outcomes = real.stdout.split(/^(?=result )/m).map((text) => text.trimEnd()).filter((text) => text !== '');
      for (const [n, expected] of model.outcomes.entries()) {
        calls++;
        if (!expected.startsWith('result -')) succeeded++;
        if (renamed(expected) === renamed(outcomes[n] ?? '')) continue;
        assert.equal(renamed(expected), renamed(outcomes[n] ?? 'nothing'), `step ${n} of\n${program({ name: 'smallest', steps: model.steps.slice(0, n + 1) })}`);
      }
    }), { seed: SEED, numRuns: SEQUENCES, endOnFailure: SEQUENCES > 500 });
    console.log(`      ${calls} calls, ${Math.round(succeeded * 100 / calls)} % of them succeeded (seed ${SEED})`);
    assert.ok(succeeded >= calls * 0.4);
  });
});
