import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compiled } from './compiled.ts';

const read = (name: string): string => readFileSync(path.join(import.meta.dirname, 'layout', name), 'utf8');

describe('Structs and unions lie in memory as gcc lays them', () => {
  it('500 made at random: bit-fields, packed, aligned, #pragma pack', () => {
    const { unit, diagnostics } = compiled(read('records.c'));
    assert.deepEqual(diagnostics.filter(({ severity }) => severity !== 'warning').map(({ span, message }) => `${span.at.line}: ${message}`), []);
    const types = new Map(unit?.symbols.map(({ name, type }) => [name, type]));
    const ours = read('records.txt').trim().split('\n').map((line) => {
      const [name = '', , , ...members] = line.split(' ');
      const type = types.get(`v${name.slice(1)}`);
      assert.equal(type?.kind, 'record');
      const { size, align, fields } = type.tag;
      const parts = members.map((member) => {
        const called = /^\w+/.exec(member)?.[0] ?? '';
        const field = fields?.find((one) => one.name === called);
        assert.ok(field);
        return field.bits ? `${called}:${8 * field.offset + field.bits.shift}+${field.bits.width}` : `${called}@${field.offset}`;
      });
      return [name, size, align, ...parts].join(' ');
    });
    assert.deepEqual(ours, read('records.txt').trim().split('\n'));
  });
});
