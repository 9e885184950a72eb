import { strict as assert } from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { FilesModel, lineOf } from './files-model.ts';
import type { Operation } from './files-model.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const RECORDED = join(HERE, 'files.recorded.json');

const directory = fc.constantFrom('/r', '/u', '/t', '/t', '/u', '/p', '/g', '/r/l', '', '.', '/t/a', '/u/a', '/t/a/b', '..');
const name = fc.constantFrom('a', 'b', 'c', 'f', 'f', 'l', 'm', 's', 'loop', 'x', '.', '..', 'a/', 'f/', 'l/');
const place = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(directory, name).map(([dir, last]) => `${dir}/${last}`) },
  { weight: 1, arbitrary: fc.constantFrom('a', 'b', 'f', '', '/', '.', '..', '/t', '/g', '/u', '/r', `/t/${'n'.repeat(256)}`, '/r/f/x', '/r/loop/x', '/r/l/f', '//t//a') },
);
const mode = fc.constantFrom(0o755, 0o644, 0o777, 0o600, 0o700, 0o000, 0o111, 0o444, 0o1777, 0o4755, 0o2775, 0o640);
const O = { CREAT: 0o100, EXCL: 0o200, TRUNC: 0o1000, APPEND: 0o2000, DIRECTORY: 0o200000, NOFOLLOW: 0o400000, PATH: 0o10000000 };
const flags = fc.tuple(fc.constantFrom(0, 1, 2), fc.subarray(Object.values(O), { maxLength: 2 })).map(([access, more]) => more.reduce((all, flag) => all | flag, access));
const id = fc.constantFrom(-1, 0, 1000, 500, 65534);
const who = { worker: fc.nat(3) };

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ ...who, op: fc.constant('mkdir'), a: place, b: fc.constant(''), m: mode }) },
  { weight: 2, arbitrary: fc.record({ ...who, op: fc.constantFrom('rmdir', 'unlink', 'unlink'), a: place }) },
  { weight: 2, arbitrary: fc.record({ ...who, op: fc.constant('symlink'), a: place, b: fc.constantFrom('/t', 'f', '../u', 'a', '/r/f', '/nowhere', 'loop', '/t/a', 'x/') }) },
  { weight: 2, arbitrary: fc.record({ ...who, op: fc.constant('link'), a: place, b: place }) },
  { weight: 3, arbitrary: fc.record({ ...who, op: fc.constant('rename'), a: place, b: place, m: fc.constantFrom(0, 0, 1) }) },
  { weight: 7, arbitrary: fc.record({ ...who, op: fc.constant('open'), a: place, b: fc.constant(''), m: flags, n: mode }) },
  { weight: 3, arbitrary: fc.record({ ...who, op: fc.constant('chmod'), a: place, b: fc.constant(''), m: mode }) },
  { weight: 3, arbitrary: fc.record({ ...who, op: fc.constantFrom('chown', 'lchown'), a: place, b: fc.constant(''), m: id, n: id }) },
  { weight: 1, arbitrary: fc.record({ ...who, op: fc.constant('truncate'), a: place, b: fc.constant(''), m: fc.constantFrom(0, 5, -1) }) },
  { weight: 2, arbitrary: fc.record({ ...who, op: fc.constant('access'), a: place, b: fc.constant(''), m: fc.constantFrom(0, 1, 2, 4, 6, 7, 8) }) },
  { weight: 3, arbitrary: fc.record({ ...who, op: fc.constantFrom('stat', 'stat', 'readlink', 'getcwd'), a: place }) },
  { weight: 1, arbitrary: fc.record({ ...who, op: fc.constantFrom('chdir', 'chdir', 'chroot'), a: place }) },
  { weight: 1, arbitrary: fc.record({ ...who, op: fc.constant('umask'), a: fc.constant('x'), b: fc.constant(''), m: fc.constantFrom(0, 0o22, 0o77, 0o777) }) },
  { weight: 1, arbitrary: fc.record({ ...who, op: fc.constant('mknod'), a: place, b: fc.constant(''), m: fc.constantFrom(0o10644, 0o20666, 0o100600, 0o60600, 0o40700, 0o140755, 0o644), n: fc.constantFrom(0, 0x103) }) },
);

/** What the real kernel does: the beginning, then after each operation. */
function ask(driver: string, operations: readonly Operation[]): string[] {
  const run = spawnSync(driver, [], { input: operations.map((one) => `${lineOf(one)}\n`).join(''), encoding: 'utf8', maxBuffer: 1 << 28, timeout: 20_000 });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout.split(/^result /m).slice(1).map((block) => block.replace(/^end\n/m, ''));
}

function settings(): Record<string, number> {
  return Object.fromEntries(['fifos', 'hardlinks', 'regular', 'symlinks'].map((one) => [`protected_${one}`, Number(readFileSync(`/proc/sys/fs/protected_${one}`, 'utf8'))]));
}

function compare(driver: string, operations: readonly Operation[], histogram: Map<string, number>): void {
  const real = ask(driver, operations);
  const model = new FilesModel(settings());
  assert.equal(model.start(), real[0], 'the beginning');
  for (const [i, one] of operations.entries()) {
    const expected = real[i + 1]!;
    const word = `${one.op} ${expected.slice(0, expected.indexOf(' '))}`;
    histogram.set(word, (histogram.get(word) ?? 0) + 1);
    assert.equal(model.do(one), expected, `after\n  ${operations.slice(0, i + 1).map(lineOf).join('\n  ')}`);
  }
}

const able = process.getuid?.() === 0 && release().startsWith('6.18');
interface Recorded { readonly settings: Readonly<Record<string, number>>; readonly operations: readonly Operation[]; readonly results: readonly string[]; readonly end: string }

describe(`kernel model: files and permissions, compared with ${able ? 'this machine\'s kernel' : 'what a 6.18 kernel did when it was recorded (this needs root on 6.18)'}`, function () {
  this.timeout(300_000);
  const first = (text: string): string => text.slice(0, text.indexOf('\n'));

  it('agrees on every errno and on the files at the end, for recorded operations', () => {
    const all = JSON.parse(readFileSync(RECORDED, 'utf8')) as Recorded[];
    assert.ok(all.length >= 20);
    for (const { operations, results, end, settings: then } of all) {
      const model = new FilesModel(then);
      const outcomes = operations.map((one) => model.do(one));
      assert.deepEqual(outcomes.map(first), results, operations.map(lineOf).join('\n'));
      assert.equal(outcomes.at(-1), end);
    }
  });

  if (able) it('agrees on every errno and every file, for random operations', () => {
    const scratch = mkdtempSync(join(tmpdir(), 'nslab-driver-'));
    const driver = join(scratch, 'files');
    execFileSync('gcc', ['-O1', '-o', driver, join(HERE, 'files.c')]);
    try {
      const histogram = new Map<string, number>();
      const runs = Number(process.env['NSLAB_FILE_RUNS'] ?? 300);
      const seed = Number(process.env['NSLAB_SEED'] ?? 20261123);
      const operations = fc.array(operation, { minLength: 10, maxLength: 50 });
      fc.assert(fc.property(operations, (made) => compare(driver, made, histogram)), { seed, numRuns: runs });
      if (process.env['NSLAB_HISTOGRAM']) console.log([...histogram].sort().map(([word, n]) => `${word}: ${n}`).join('\n'));
      if (process.env['NSLAB_RECORD']) {
        const all = fc.sample(operations, { seed, numRuns: 30 }).map((made): Recorded => {
          const outcomes = ask(driver, made).slice(1);
          return { settings: settings(), operations: made, results: outcomes.map(first), end: outcomes.at(-1)! };
        });
        writeFileSync(RECORDED, `[\n${all.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
      }
    } finally {
      rmSync(scratch, { recursive: true });
    }
  });
});
