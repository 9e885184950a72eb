import { strict as assert } from 'node:assert';
import { createArchive, EMPTY_ARCHIVE, link } from '../../../simulator/c/link/index.ts';
import type { Native } from '../../../simulator/machine/native.ts';
import { Fault } from '../../../simulator/machine/memory.ts';
import { image, Loaded, object, outcome } from './compile.ts';

const START = 'long __syscall(long nr, long a, long b, long c, long d, long e, long f); int main(void); void _start(long *sp) { __syscall(60, main(), 0, 0, 0, 0, 0); }\n';
const NO_NATIVES = new Map<string, Native>();

function run(...sources: string[]): string {
  const linked = link('t', sources.map((source, index) => object(source, { name: `${index}.c` })), EMPTY_ARCHIVE, NO_NATIVES);
  return linked.image ? outcome(new Loaded(linked.image).run()) : linked.diagnostics.map(({ message }) => message).join('\n');
}

describe('machine: linker', () => {
  it('joins objects', () => {
    assert.equal(run(`${START} extern int shared; extern const char *text; int twice(int); int main(void) { return twice(shared) + text[1]; }`, 'int shared = 20; static int local = 2; const char *text = "\\1\\2"; int twice(int n) { return n * local; }'), 'exit 42');
  });

  it('says what is defined twice or nowhere', () => {
    assert.equal(run(`${START} int x = 1; int main(void) { return x; }`, 'int x = 2;'), "multiple definition of 'x'; 0.c:2: first defined here");
    assert.equal(run(`${START} extern int nowhere; int main(void) { return nowhere; }`), "undefined reference to 'nowhere'");
    assert.equal(run(START), "undefined reference to 'main'");
    assert.equal(run('int x;'), "undefined reference to '_start'");
  });

  it('weak symbols give way, or are nothing', () => {
    assert.equal(run(`${START} __attribute__((weak)) int f(void) { return 1; } int main(void) { return f(); }`, 'int f(void) { return 2; }'), 'exit 2');
    assert.equal(run(`${START} __attribute__((weak)) int f(void); int main(void) { return f ? 1 : 3; }`), 'exit 3');
  });

  it('a call of what nobody has stops with its name', () => {
    const loaded = new Loaded(image(`${START} int fork_bomb(int); int main(void) { return fork_bomb(1); }`));
    assert.deepEqual(loaded.run(), { why: 'missing', name: 'fork_bomb' });
    assert.deepEqual(loaded.image.missing, ['fork_bomb']);
  });

  it('takes of a library what is needed, and its own names before the program\'s', () => {
    const archive = createArchive([
      object('int read_it(void) { return 5; } int calls(void) { return read_it(); }', { name: 'a.c', system: true }),
      object('int unused(void) { return 9; }', { name: 'b.c', system: true }),
      object('extern int counter; int value = 7; int uses(void) { return value + counter; }', { name: 'c.c', system: true }),
    ]);
    const linked = link('t', [object(`${START} int counter = 30; int calls(void); int uses(void); int read_it(void) { return 1; } int main(void) { return calls() * 10 + read_it() + uses(); }`)], archive, NO_NATIVES);
    assert.ok(linked.image);
    assert.equal(outcome(new Loaded(linked.image).run()), 'exit 88');
    assert.deepEqual(linked.image.functions.filter(({ system }) => system).map(({ name }) => name), ['read_it', 'calls', 'uses']);
  });

  it('functions in TypeScript', () => {
    const natives: Native[] = [
      { name: 'add_up', returns: 'i32', call: (_, args) => args.i32(0) + args.i32(1) },
      { name: 'halve', returns: 'f64', call: (_, args) => args.f64(0) / 2 },
      { name: 'put', returns: 'void', call: (memory, args) => { memory.setU8(args.size(0), 65); return undefined; } },
      { name: 'big', returns: 'i64', call: (_, args) => args.i64(0) * 3n },
      { name: 'back', returns: 'address', call: (_, args) => args.size(0) },
      { name: 'bad', returns: 'void', call: (memory) => { memory.u8(3); return undefined; } },
    ];
    const source = `${START} int add_up(int, int); double halve(double); void put(char *); long big(long); void *back(void *); void bad(void);
      int main(void) { char c = 0; put(&c); int (*p)(int, int) = add_up; if (big(1L << 40) != 3L << 40 || back(&c) != &c) return 1; int sum = p(c, -5) + (int)halve(8.5); if (sum != 64) return sum; bad(); return 2; }`;
    const loaded = new Loaded(image(source, natives));
    const stop = loaded.run();
    assert.deepEqual(stop, { why: 'fault', signo: 11, code: 1, address: 3 });
    const [frame] = loaded.thread.frames();
    assert.equal(loaded.image.functions[frame?.function ?? -1]?.name, 'bad');
    assert.ok(new Fault(3, false, 1) instanceof Error);
  });

  it('gives the same image for the same objects', () => {
    const source = `${START} static int x[3] = { 1, 2, 3 }; const char *s = "text"; int main(void) { return x[1] + s[0]; }`;
    const [a, b] = [image(source), image(source)];
    assert.deepEqual(a.code, b.code);
    assert.deepEqual(a.segments, b.segments);
  });
});
