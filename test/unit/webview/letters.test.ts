import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assignLetters, indexOfLetter, letterAt } from '../../../webview/picture/letters.ts';
import type { Letters } from '../../../webview/picture/letters.ts';
import type { Subject } from '../../../webview/picture/subject.ts';
import { subject, task } from './subjects.ts';

/** Letters by `type n` of the made-up hosts, where namespace n has the creation number n + 1. */
function named(given: Subject, letters: Letters): Record<string, string> {
  return Object.fromEntries(given.namespaces.filter((n) => n.type === 'uts').map((n) => [Number(n.created) - 1, letters[n.key] ?? '']));
}

describe('letters of namespaces', () => {
  it('go on after Z, and back', () => {
    assert.deepEqual([0, 25, 26, 51, 52, 701, 702].map(letterAt), ['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
    fc.assert(fc.property(fc.nat(100_000), (n) => { assert.equal(indexOfLetter(letterAt(n)), n); }), { seed: 7 });
    for (const bad of ['', 'a', 'A1', '…']) assert.equal(indexOfLetter(bad), -1);
  });

  it('give A to the host and the others in order of creation, whatever the order of the rows', () => {
    const given = subject([task({ pid: 1, name: 'x', in: { uts: 9 } }), task({ pid: 2, name: 'y', in: { uts: 4 } }), task({ pid: 3, name: 'z' })]);
    assert.deepEqual(named(given, assignLetters(given)), { 0: 'A', 4: 'B', 9: 'C' });
  });

  it('compare creation numbers as numbers, beyond 2^53 too', () => {
    const given = subject([task({ pid: 1, name: 'x', in: { uts: 1 } }), task({ pid: 2, name: 'y', in: { uts: 2 } })], { 'uts 1': { created: '9007199254740993' }, 'uts 2': { created: '999' } });
    const letters = assignLetters(given);
    const letterOf = (created: string): string | undefined => letters[given.namespaces.find((n) => n.created === created)!.key];
    assert.equal(letterOf('999'), 'B');
    assert.equal(letterOf('9007199254740993'), 'C');
  });

  it('never change, and never pass to another namespace, when namespaces come and go', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 5 }), { minLength: 1, maxLength: 6 }), (moments) => {
      let letters: Letters = {};
      const seen = new Map<string, string>();
      for (const moment of moments) {
        const given = subject(moment.map((n, i) => task({ pid: i + 1, name: 'p', in: { uts: n } })));
        letters = assignLetters(given, letters);
        for (const [key, letter] of Object.entries(letters)) {
          assert.equal(seen.get(key) ?? letter, letter);
          seen.set(key, letter);
        }
        const uts = Object.entries(letters).filter(([key]) => key.startsWith('uts:')).map(([, letter]) => letter);
        assert.equal(new Set(uts).size, uts.length, 'a letter was given twice');
      }
    }), { seed: 11 });
  });
});
