import { strict as assert } from 'node:assert';
import { caseFiles, commandLines, recorded, shellOf } from './cases.ts';
import { inSimulator } from './in-simulator.ts';

/** What Debian's programs made of each command line (cases/*.json), and what the simulated computer's make of it. `compare.ts --record` records. */
describe('Commands say in the simulator what Debian 12 says', () => {
  for (const name of caseFiles()) {
    describe(name, () => {
      it('is recorded', () => {
        assert.deepEqual(recorded(name).map(([line]) => line), commandLines(name), `record it: node test/unit/commands/compare.ts --record ${name}`);
      });

      for (const [line, real] of recorded(name)) {
        it(line, () => {
          const { stdout, stderr, status, notSimulated, limits } = inSimulator(line, shellOf(name));
          assert.deepEqual({ stdout, stderr, status }, real, `not simulated: ${notSimulated.join(', ') || 'nothing'}; limits: ${limits.join(', ') || 'none'}`);
        });
      }
    });
  }
});
