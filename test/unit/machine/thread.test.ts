import { strict as assert } from 'node:assert';
import { cpu } from '../../../simulator/machine/cpu/index.ts';
import type { Stop } from '../../../simulator/machine/cpu.ts';
import { createMachineMemory } from '../../../simulator/machine/memory/index.ts';
import { ENDLESS, image, Loaded, outcome } from './compile.ts';

const COUNT = `#include "prelude.h"
int total;
static int add(int n) { total += n; return total; }
int main(void) {
  for (int i = 0; i < 50; i++)
    add(i);
  print("%d\\n", total);
  return total & 127;
}`;

const lineOf = (loaded: Loaded): number => loaded.image.places[loaded.image.lines[loaded.thread.at] ?? -1]?.line ?? 0;

describe('machine: threads', () => {
  it('stop at each statement of the user', () => {
    const loaded = new Loaded(image(COUNT));
    const lines: number[] = [];
    for (let step = 0; step < 12; step++) {
      const stop = loaded.run({ statements: 1, instructions: 1e9, stopAtStatement: true });
      assert.deepEqual(stop, { why: 'statement' });
      if (loaded.image.functions[loaded.thread.frames()[0]?.function ?? -1]?.name === '_start' || (lines.length === 0 && lineOf(loaded) !== 5)) { step--; continue; }
      lines.push(lineOf(loaded));
    }
    assert.deepEqual(lines, [5, 6, 3, 3, 5, 6, 3, 3, 5, 6, 3, 3]);
    const [inner, outer] = loaded.thread.frames();
    assert.equal(loaded.image.functions[inner?.function ?? -1]?.name, 'add');
    assert.ok(outer);
    const main = loaded.image.functions[outer.function];
    assert.equal(main?.name, 'main');
    const i = main.locals.find(({ name }) => name === 'i');
    assert.equal(loaded.space.read(outer.base + (i?.offset ?? 0), 4)?.[0], 2);
    assert.ok(i && i.from <= outer.at && outer.at < i.to);
  });

  it('run the same whatever the budgets are, and count the same', () => {
    const whole = new Loaded(image(COUNT));
    const end = outcome(whole.run());
    for (const [statements, instructions] of [[1, 1e9], [7, 1e9], [1e9, 1], [1e9, 100], [3, 50]] as const) {
      const pieces = new Loaded(image(COUNT));
      let stop: Stop;
      do stop = pieces.run({ statements, instructions, stopAtStatement: false }); while (stop.why === 'fuel');
      assert.equal(outcome(stop), end);
      assert.equal(pieces.output, whole.output);
      assert.deepEqual([pieces.thread.statements, pieces.thread.instructions], [whole.thread.statements, whole.thread.instructions]);
    }
  });

  it('go back to what was kept, with their memory', () => {
    const loaded = new Loaded(image(COUNT));
    loaded.run({ statements: 150, instructions: 1e9, stopAtStatement: false });
    const [thread, space] = [loaded.thread.copy(), loaded.space.fork()];
    const first = outcome(loaded.run());
    const output = loaded.output;
    loaded.output = '';
    loaded.thread.restore(thread);
    loaded.space.restore(space);
    assert.equal(outcome(loaded.run()), first);
    assert.equal(loaded.output, output);
  });

  it('fork: each has its own variables from then on', () => {
    const loaded = new Loaded(image(`#include "prelude.h"
int main(void) { int mine = 1; long pid = __syscall(57, 0, 0, 0, 0, 0, 0); mine += pid ? 10 : 20; print("%d\\n", mine); return mine; }`));
    assert.equal(loaded.run().why, 'syscall');
    const [thread, space] = [loaded.thread.copy(), loaded.space.fork()];
    loaded.thread.finish(5);
    thread.finish(0);
    assert.equal(outcome(loaded.run(ENDLESS, thread, space)), 'exit 21');
    assert.equal(outcome(loaded.run()), 'exit 11');
    assert.equal(loaded.output, '21\n11\n');
  });

  it('call handlers on top of anything, and return to it', () => {
    const loaded = new Loaded(image(`#include "prelude.h"
int got; void *where;
void handler(int signo, void *info, void *context) { int local[50]; for (int i = 0; i < 50; i++) local[i] = signo; got += local[49]; where = info; }
static int deep(int n) { return n ? deep(n - 1) + n : 0; }
int main(void) { __syscall(999, (long)handler, 0, 0, 0, 0, 0); int sum = 0; for (int i = 0; i < 20; i++) sum += deep(i); print("%d %d\\n", sum, got); return got; }`));
    const asked = loaded.run();
    assert.ok(asked.why === 'syscall' && asked.nr === 999);
    const handler = asked.args[0] ?? 0;
    loaded.thread.finish(0);
    let signals = 0;
    let stop: Stop;
    do {
      stop = loaded.run({ statements: 1e9, instructions: 37, stopAtStatement: false });
      if (stop.why === 'sigreturn') {
        assert.equal(stop.context, 0x2000);
        loaded.thread.returnFromHandler(null);
      } else if (stop.why === 'fuel' && signals < 20) {
        signals++;
        loaded.thread.callHandler(handler, 3, 0x1000, 0x2000, loaded.thread.stackPointer - 1000);
        loaded.run({ statements: 1, instructions: 1e9, stopAtStatement: true });
        const [inner] = loaded.thread.frames();
        assert.equal(inner?.signal, 3);
        assert.equal(loaded.image.functions[inner.function]?.name, 'handler');
      }
    } while (stop.why !== 'syscall');
    assert.equal(outcome(stop), 'exit 60');
    assert.equal(loaded.output, `${Array.from({ length: 20 }, (_, n) => n * (n + 1) / 2).reduce((a, b) => a + b)} 60\n`);
  });

  it('make the same system call again when it was not finished', () => {
    const loaded = new Loaded(image('#include "prelude.h"\nint main(void) { return __syscall(34, 1, -1, 0, 0, 0, 0); }'));
    const first = loaded.run();
    assert.deepEqual(first, { why: 'syscall', nr: 34, args: [1, -1, 0, 0, 0, 0] });
    assert.deepEqual(loaded.run(), first);
    loaded.thread.finish(-4);
    assert.equal(outcome(loaded.run()), 'exit 252');
  });

  it('start elsewhere: fn(arg) on a stack of its own, exit with its value', () => {
    const loaded = new Loaded(image(`#include "prelude.h"
static char stack[4096]; static int fn(void *arg) { print("%s\\n", (char *)arg); return 9; }
int main(void) { return __clone(56, 17, 0, 0, 0, 0, fn, "hello", stack + sizeof stack); }`));
    const stop = loaded.run();
    assert.ok(stop.why === 'clone' && stop.nr === 56 && stop.args[0] === 17);
    const child = loaded.thread.copy();
    child.startAt(stop.fn, stop.arg, stop.stack);
    const space = loaded.space.fork();
    assert.equal(outcome(loaded.run(ENDLESS, child, space)), 'exit 9');
    assert.equal(loaded.output, 'hello\n');
    loaded.thread.finish(77);
    assert.equal(outcome(loaded.run()), 'exit 77');
  });

  it('a jump to a frame that has returned is bad', () => {
    const loaded = new Loaded(image('#include "prelude.h"\nstatic place p; static void set(void) { SETJMP(p); } int main(void) { set(); LONGJMP(p, 1); return 0; }'));
    assert.equal(outcome(loaded.run()), 'signal 11');
    assert.equal(loaded.image.functions[loaded.thread.frames()[0]?.function ?? -1]?.name, 'main');
  });

  it('say where and why an access is bad', () => {
    const at = (body: string): Stop => new Loaded(image(`#include "prelude.h"\nstatic const int fixed = 1; int main(void) { ${body} return 0; }`)).run();
    assert.deepEqual(at('*(int *)16 = 1;'), { why: 'fault', signo: 11, code: 1, address: 16 });
    assert.deepEqual(at('*(int *)0x123456789a = 1;'), { why: 'fault', signo: 11, code: 1, address: 0x123456789a });
    assert.deepEqual(at('*(int *)0x8000000000000000 = 1;'), { why: 'fault', signo: 11, code: 128, address: 0 });
    const fixed = at('*(int *)&fixed = 1;');
    assert.ok(fixed.why === 'fault' && fixed.code === 2);
    const divided = at('volatile int zero = 0; return 1 / zero;');
    assert.ok(divided.why === 'fault' && divided.signo === 8 && divided.code === 1);
  });

  it('see what another thread of the same space writes', () => {
    const memory = createMachineMemory();
    const loaded = new Loaded(image('#include "prelude.h"\nvolatile int flag; int main(void) { while (!flag) ; return flag; }'), memory);
    assert.equal(loaded.run({ statements: 100, instructions: 1e9, stopAtStatement: false }).why, 'fuel');
    const flag = loaded.image.variables.find(({ name }) => name === 'flag');
    assert.ok(flag);
    const other = loaded.space.fork();
    cpu.run(loaded.thread.copy(), other, { statements: 10, instructions: 1e9, stopAtStatement: false });
    loaded.space.write(flag.address, Uint8Array.of(5));
    assert.equal(outcome(loaded.run()), 'exit 5');
  });
});
