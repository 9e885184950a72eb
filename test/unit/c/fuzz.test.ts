import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { SourceFiles } from '../../../simulator/c/diagnostic.ts';
import { compileUnit } from '../../../simulator/c/frontend.ts';
import { property } from '../property.ts';
import { mutated, mutations } from './mutate.ts';

const root = path.join(import.meta.dirname, '../../..');
const PROGRAMS = ['simulator/examples', 'test/kernel/programs/c'].flatMap((dir) => readdirSync(path.join(root, dir)).filter((name) => name.endsWith('.c')).map((name) => path.join(root, dir, name)));
const RUNS = Number(process.env['NSLAB_FUZZ_RUNS'] ?? 40);

const cache = new Map<string, Uint8Array | null>();
const read = (file: string): Uint8Array | null => {
  const known = cache.get(file) ?? (existsSync(file) ? new Uint8Array(readFileSync(file)) : null);
  cache.set(file, known);
  return known;
};
const system: SourceFiles = { read: (name) => read(path.join(root, 'simulator/libc', name)) };

/** Whatever people paste: the front end answers with a program or with an error at a place, and never breaks. */
describe('The front end takes any bytes for a C program', function () {
  this.timeout(60_000);

  const answers = (text: Uint8Array, beside: string): void => {
    const files: SourceFiles = { read: (name) => (name === 'main.c' ? text : read(path.join(beside, name))) };
    const { unit, diagnostics } = compileUnit('main.c', files, { system });
    const errors = diagnostics.filter(({ severity }) => severity === 'error' || severity === 'unsupported');
    assert.equal(unit === null, errors.length > 0, 'a unit, or at least one error');
    for (const { span, message } of diagnostics) {
      assert.ok(span.at.line >= 1 && span.at.column >= 1, `${span.at.file}:${span.at.line}:${span.at.column}`);
      assert.match(message, /^[^\n]+[^\n.]$/, 'one line, no full stop');
    }
  };

  for (const part of [0, 1, 2, 3]) {
    it(`programs with some bytes and words changed, part ${part + 1}`, () => {
      const these = PROGRAMS.filter((_, index) => index % 4 === part);
      property(fc.property(fc.constantFrom(...these), mutations, (file, changes) => answers(mutated(read(file) ?? new Uint8Array(), changes), path.dirname(file))), RUNS);
    });
  }

  it('bytes at random', () => property(fc.property(fc.uint8Array({ maxLength: 400 }), (text) => answers(text, root)), RUNS * 5));

  it('every beginning of a program', () => {
    const file = PROGRAMS.find((name) => name.endsWith('c_language.c')) ?? '';
    const text = read(file) ?? new Uint8Array();
    for (let length = 0; length < text.length; length += 97) answers(text.subarray(0, length), path.dirname(file));
  });

  it('deep nesting', () => {
    const times = 20_000;
    for (const [open, close] of [['(', ')'], ['{', '}'], ['[', ']'], ['-', ''], ['if (1) ', ';'], ['int *(', ')'], ['struct { ', ' x; };'], ['1 ? ', ' : 1'], ['x = ', ''], ['#if 1\n', '#endif\n'], ['f(', ')']] as const) {
      answers(new TextEncoder().encode(`int main(void) { ${open.repeat(times)}1${close.repeat(times)}; }`), root);
      answers(new TextEncoder().encode(`int x = ${open.repeat(times)}1${close.repeat(times)};`), root);
    }
  });

  it('macros that grow', () => {
    const doubling = Array.from({ length: 60 }, (_, n) => `#define M${n + 1} M${n} M${n}`).join('\n');
    answers(new TextEncoder().encode(`#define M0 1 +\n${doubling}\nint x = M60 1;\n`), root);
    answers(new TextEncoder().encode('#define f(x) f(x) f(x)\n#define g(x, ...) f(x) g(__VA_ARGS__) #x\nint a = f(f(f(f(f(f(f(f(1))))))));\nint b = g(1, 2, g(3));\n'), root);
    answers(new TextEncoder().encode('#include "main.c"\nint x;\n'), root);
  });
});
