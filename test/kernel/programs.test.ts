import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { GOLDENS, programs } from './programs/corpus.ts';
import { cases, title } from './programs/directives.ts';
import { format, parse } from './programs/golden.ts';
import type { Outcome } from './programs/golden.ts';
import { normalise } from './programs/normalise.ts';
import { simulate } from './programs/simulate.ts';

/** What each program of the corpus did on a real kernel (goldens/), and what it does in the simulator. `record.ts` makes the goldens. */
describe('C programs do in the simulator what they do on a real kernel', () => {
  for (const program of programs()) {
    describe(program.name, () => {
      const golden = existsSync(program.golden) ? parse(readFileSync(program.golden, 'utf8')) : undefined;

      it('has a golden of this very source', () => {
        assert.equal(golden?.header.get('source'), createHash('sha256').update(program.source).digest('hex'), 'record it: node test/kernel/programs/record.ts');
        assert.deepEqual([...golden.outcomes.keys()], cases(program.source.toString()).map(title));
      });

      for (const one of cases(program.source.toString())) {
        it(title(one), () => {
          const real = golden?.outcomes.get(title(one));
          const simulated = simulate(program.file, one);
          assert.deepEqual(comparable(simulated), real, `not simulated: ${simulated.notSimulated.join(', ') || 'nothing'}; limits: ${simulated.limits.join(', ') || 'none'}`);
        });
      }
    });
  }

  it('no golden is left of a program that is gone', () => {
    const names = new Set(programs().map(({ name }) => `${name}.txt`));
    assert.deepEqual(readdirSync(GOLDENS).filter((name) => !names.has(name)), []);
  });

  it('a golden is read as it was written', () => {
    for (const { golden } of programs()) {
      const text = readFileSync(golden, 'utf8');
      assert.equal(format(parse(text)), text);
    }
  });
});

/** As it is in a golden: normalised, and without errors that are empty. */
function comparable({ end, output, errors = '' }: Outcome): Outcome {
  return errors === '' ? { end, output: normalise(output) } : { end, output: normalise(output), errors: normalise(errors) };
}
