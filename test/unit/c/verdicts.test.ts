import { strict as assert } from 'node:assert';
import { compiled } from './compiled.ts';
import { verdicts } from './verdicts.ts';

/** test/kernel/verdicts.test.ts asks gcc itself whether the recorded verdicts are its. */
describe('The front end takes and refuses what gcc does', () => {
  const all = verdicts();
  for (const file of new Set(all.map((one) => one.file))) {
    it(file, () => {
      for (const { verdict, text } of all.filter((one) => one.file === file)) {
        const { unit, diagnostics } = compiled(text);
        const errors = diagnostics.filter(({ severity }) => severity === 'error' || severity === 'unsupported');
        const ours = unit ? 'accepted' : errors.every(({ severity }) => severity === 'unsupported') ? 'not supported' : 'rejected';
        assert.equal(ours, verdict, `${text}${errors.map(({ span, message }) => `${span.at.line}:${span.at.column}: ${message}`).join('\n')}`);
      }
    });
  }
});
