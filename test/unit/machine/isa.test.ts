import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { disassemble, OP, OP_NAMES } from '../../../simulator/machine/isa.ts';
import { image } from './compile.ts';

const file = path.join(import.meta.dirname, '..', '..', '..', 'simulator', 'machine', 'cpu', 'interpret.ts');

describe('machine: instruction set', () => {
  it('the hot loop has the numbers of isa.ts', () => {
    const named = [...readFileSync(file, 'utf8').matchAll(/\/\* ([A-Z]\w*) \*\/ (\d+)/g)];
    assert.ok(named.length > 150);
    const wrong = named.filter(([, name = '', number]) => OP[name as keyof typeof OP] !== Number(number)).map(([text, name = '']) => `${text} should be ${OP[name as keyof typeof OP]}`);
    assert.deepEqual(wrong, []);
  });

  it('the hot loop does what comes before the rare ones', () => {
    const cases = [...readFileSync(file, 'utf8').matchAll(/case \/\* \w+ \*\/ (\d+):/g)].map(([, number]) => Number(number));
    assert.deepEqual([...cases].sort((a, b) => a - b), Array.from({ length: OP.TLS - 1 }, (_, index) => index + 1));
    assert.equal(OP_NAMES.length, new Set(OP_NAMES).size);
  });

  it('code can be read', () => {
    const { code, functions } = image('int f(int n) { return n < 2 ? n : f(n - 1) + 1; } void _start(long *sp) { f(3); }');
    const [f] = functions;
    const text = disassemble(code, f?.from, f?.to);
    assert.match(text, /LDL32 +r4, \[fp\+0\]/);
    assert.match(text, /CALL/);
  });
});
