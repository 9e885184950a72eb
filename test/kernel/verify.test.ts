import { strict as assert } from 'node:assert';
import { mkdtempSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { simulate } from './programs/simulate.ts';
import { NOT_MODELLED } from './verify/notModelled.ts';
import { falsified, fileOf, ids, rows, source, TABLES } from './verify/table.ts';
import type { Row } from './verify/table.ts';

const run = (file: string): Row[] => {
  const { output, end } = simulate(file, { uid: 0, tty: false, directive: { args: [], before: [], with: [], stdin: '', uids: [0] } });
  assert.equal(end, 'exit 0');
  return rows(output);
};

/** Rules that hold on a real kernel (each seen there, 6.18.44), checked by C programs that run in the simulator. */
describe('Rules of namespaces, as C programs in the simulator', () => {
  for (const table of TABLES) {
    it(`${table}: every row is ok`, () => {
      const printed = run(fileOf(table));
      assert.deepEqual(printed.map(({ id }) => id), ids(source(table)));
      assert.deepEqual(printed.filter(({ id, ok }) => !ok && !NOT_MODELLED.has(id)), []);
    });

    it(`${table}: where the expectation is wrong, and only there, the row says so`, () => {
      const wrong = new Set(ids(source(table)).filter((_, index) => index % 3 === 0));
      const dir = mkdtempSync(path.join(os.tmpdir(), 'nslab-falsified-'));
      try {
        copyFileSync(path.join(path.dirname(fileOf(table)), 'rules.h'), path.join(dir, 'rules.h'));
        writeFileSync(path.join(dir, `${table}.c`), falsified(source(table), (id) => wrong.has(id)));
        const differ = run(path.join(dir, `${table}.c`)).filter(({ ok }) => !ok).map(({ id }) => id);
        assert.deepEqual(differ.filter((id) => !NOT_MODELLED.has(id)), [...wrong].filter((id) => !NOT_MODELLED.has(id)));
      } finally {
        rmSync(dir, { recursive: true });
      }
    });
  }

  it('there are 509 rows or more, and only rows that exist are excused', () => {
    const all = TABLES.flatMap((table) => ids(source(table)));
    assert.equal(new Set(all).size, all.length, 'an id is there twice');
    assert.ok(all.length >= 509, String(all.length));
    assert.deepEqual([...NOT_MODELLED.keys()].filter((id) => !all.includes(id)), []);
  });
});
