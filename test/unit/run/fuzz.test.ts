import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { systemFiles } from '../../../cli/system_files.ts';
import { DEFAULT_VERSION } from '../../../simulator/kernel/version.ts';
import type { Limits } from '../../../simulator/run/options.ts';
import { runProgram } from '../../../simulator/run/session.ts';
import { mutated, mutations } from '../c/mutate.ts';
import { property } from '../property.ts';

const root = path.join(import.meta.dirname, '../../..');
const PROGRAMS = ['simulator/examples', 'test/kernel/programs/c'].flatMap((dir) => readdirSync(path.join(root, dir)).filter((name) => name.endsWith('.c')).map((name) => path.join(root, dir, name)));
const RUNS = Number(process.env['NSLAB_FUZZ_RUNS'] ?? 15);
const LIMITS: Limits = { statements: 200_000, instructions: 30_000_000, tasks: 60, memory: 128 << 20, output: 1 << 20 };

const cache = new Map<string, Uint8Array | null>();
const read = (file: string): Uint8Array | null => {
  const known = cache.get(file) ?? (existsSync(file) ? new Uint8Array(readFileSync(file)) : null);
  cache.set(file, known);
  return known;
};

/** Whatever people run: it compiles or not, ends or reaches a limit, and the simulator goes on living. */
describe('The simulator runs any program that compiles', function () {
  // the first one builds the libc
  this.timeout(60_000);

  const runs = (text: Uint8Array, beside: string): void => {
    const files = { read: (name: string) => (name === 'main.c' ? text : read(path.join(beside, name))) };
    const result = runProgram({
      system: systemFiles(), program: { file: 'main.c', files }, args: ['one', '2'], uid: 0, kernel: DEFAULT_VERSION, privateRoot: false, tty: true, ttyStdin: false,
      stdin: new TextEncoder().encode('a line\n42\n'), before: [], with: [], limits: LIMITS, trace: 'off',
    });
    if ('diagnostics' in result) return;
    assert.equal([result.exit, result.signal, ...result.limits, ...result.notSimulated].some((end) => end !== null), true, 'it ended in one way or another');
    assert.ok(result.transcript.length <= LIMITS.output + 65_536, `${result.transcript.length} bytes of output`);
  };

  for (const part of [0, 1, 2, 3]) {
    it(`programs with something changed, part ${part + 1}`, () => {
      const these = PROGRAMS.filter((_, index) => index % 4 === part);
      property(fc.property(fc.constantFrom(...these), mutations.map((all) => all.slice(0, 2)), (file, changes) => runs(mutated(read(file) ?? new Uint8Array(), changes), path.dirname(file))), RUNS);
    });
  }

  for (const [what, body] of Object.entries({
    'an endless loop': 'for (;;);', 'endless output': 'for (;;) printf("again and again\\n");', 'a fork bomb': 'for (;;) fork();', 'endless recursion': 'return main();',
    'endless memory': 'for (;;) { char *p = malloc(1 << 20); for (int i = 0; i < 1 << 20; i += 4096) p[i] = 1; }', 'waiting for ever': 'pause();', 'waiting for itself': 'int p[2]; pipe(p); char c; read(p[0], &c, 1);',
    'a wild jump': 'void (*f)(void) = (void (*)(void))123456; f();', 'a stack that is none': 'clone((int (*)(void *))main, (void *)16, 17, 0);', 'signals in signals': 'signal(11, (void (*)(int))main); *(int *)0 = 1;',
    'endless namespaces': 'for (;;) unshare(0x10000000);', 'endless pid namespaces': 'for (;;) { unshare(0x20000000); if (fork()) { wait(0); return 0; } }',
    'a killed init': 'kill(1, 9); kill(-1, 9); pause();', 'a stopped program': 'raise(19);', 'endless threads': 'for (;;) { pthread_t t; pthread_create(&t, 0, (void *(*)(void *))pause, 0); }',
  })) {
    it(what, () => runs(new TextEncoder().encode(`#define _GNU_SOURCE\n#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\n#include <signal.h>\n#include <sched.h>\n#include <pthread.h>\n#include <sys/wait.h>\nint main(void) { ${body} return 0; }\n`), root));
  }
});
