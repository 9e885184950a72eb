import assert from 'node:assert';
import fs from 'node:fs';
import { systemFiles } from '../../../cli/system_files.ts';
import { DEFAULT_VERSION } from '../../../simulator/kernel/version.ts';
import { runProgram } from '../../../simulator/run/session.ts';
import { buildLibc, buildWith, expected, programs, PROGRAMS, run, shown, temporary } from './programs.ts';

/** Programs of which parts are natives only. */
const MATHEMATICS = new Set(['mathematics']);

describe('The libc gives what glibc gives', function () {
  this.timeout(600_000);

  describe('built by gcc, on this kernel', () => {
    let libc: readonly string[] = [];
    let directory = '';
    before(() => {
      directory = temporary();
      libc = buildLibc(directory);
    });
    after(() => fs.rmSync(directory, { recursive: true }));

    for (const name of programs().filter((each) => !MATHEMATICS.has(each))) {
      it(name, () => {
        buildWith(libc, name, directory);
        assert.strictEqual(shown(run(directory)), expected(name));
      });
    }
  });

  describe('in the simulator', () => {
    for (const name of programs()) {
      it(name, () => {
        const file = `${name}.c`;
        const result = runProgram({
          system: systemFiles(), program: { file, files: { read: (each) => (each === file ? fs.readFileSync(`${PROGRAMS}/${file}`) : null) } },
          args: [], uid: 0, kernel: DEFAULT_VERSION, privateRoot: false, tty: false, ttyStdin: false, stdin: new Uint8Array(0), before: [], with: [],
          limits: { statements: 1e9, instructions: 1e11, tasks: 1000, memory: 1 << 30, output: 1 << 28 }, trace: 'off',
        });
        assert.ok('exit' in result, JSON.stringify(result));
        const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
        assert.strictEqual(shown({ stdout: text(result.stdout), stderr: text(result.stderr), exit: result.exit ?? -1 }), expected(name));
      });
    }
  });
});
