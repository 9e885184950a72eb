import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RULES } from './rule-ids.ts';

const HERE = dirname(fileURLToPath(import.meta.url));

/** Ids that the model can not have a test for, and why. */
const NOT_MODELLED: Readonly<Record<string, string>> = {};

/** Titles of all tests of the kernel model, without running any. */
function titles(): string[] {
  const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
  const told = execFileSync(process.execPath, [mocha, '--dry-run', '--reporter', 'json', join(HERE, '*.test.ts')], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const { tests } = JSON.parse(told) as { readonly tests: readonly { readonly fullTitle: string }[] };
  return tests.map(({ fullTitle }) => fullTitle);
}

/** The ids that a title names: `[C16 C16c] …`. */
function ids(title: string): string[] {
  return [...title.matchAll(/\[([A-Z]\d+[a-z]*\d*(?: [A-Z]\d+[a-z]*\d*)*)\]/g)].flatMap(([, names = '']) => names.split(' '));
}

describe('rules of the kernel', function () {
  this.timeout(60_000);
  const all = new Set(Object.values(RULES).flatMap((names) => names.split(/\s+/)));
  let tested = new Set<string>();
  before(() => { tested = new Set(titles().flatMap(ids)); });

  it('are 560', () => { assert.equal(all.size, 560); });

  it('each have a test named by their id, or a reason why not', () => {
    assert.deepEqual([...all].filter((id) => !tested.has(id) && !(id in NOT_MODELLED)), []);
  });

  it('have no reason where they have a test', () => {
    assert.deepEqual(Object.keys(NOT_MODELLED).filter((id) => tested.has(id) || !all.has(id)), []);
  });

  it('are the only ids that tests name', () => {
    assert.deepEqual([...tested].filter((id) => !all.has(id)), []);
  });
});
