import { strict as assert } from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { errnoName } from '../../../simulator/kernel/errno.ts';
import { MountsModel, lineOf } from './mounts-model.ts';
import type { Operation, Outcome } from './mounts-model.ts';

const MS_SHARED = 1 << 20;
const MS_SLAVE = 1 << 19;
const MS_PRIVATE = 1 << 18;
const MS_UNBINDABLE = 1 << 17;
const MS_REC = 0x4000;
/** In a root of the driver's own, not on the machine. */
const BASE = '/tmp/nslab-mounts';

/**
 * Every worker's mounts of the test's own file systems, without what differs by machine: mounts, peer groups and devices are numbered in
 * order of appearance; other mounts are left out.
 */
function canonical({ errno, mountinfo }: Outcome): string {
  const numbers = new Map<string, number>();
  const number = (kind: string, id: string): string => {
    const key = `${kind} ${id}`;
    if (!numbers.has(key)) numbers.set(key, [...numbers.keys()].filter((known) => known.startsWith(`${kind} `)).length);
    return `${kind}${numbers.get(key) ?? ''}`;
  };
  const rows = [...mountinfo].map(([worker, text]) => {
    const lines = text.split('\n').map((line) => line.split(' ')).filter((fields) => (fields[fields.indexOf('-') + 2] ?? '').startsWith('nsl'));
    const own = new Set(lines.map(([id]) => id));
    return lines.map((fields) => {
      const [id = '', parent = '', dev = '', root, at, options] = fields;
      const dash = fields.indexOf('-');
      const optional = fields.slice(6, dash).map((field) => field.replace(/:(\d+)$/, (_, group: string) => `:${number('g', group)}`)).join(' ');
      return `  ${worker}: ${number('m', id)} on ${own.has(parent) ? number('m', parent) : '-'} ${number('d', dev)}:${root} at ${at} ${options} [${optional}] ${fields[dash + 2]}`;
    }).join('\n');
  });
  return `${errno === 0 ? 'OK' : errnoName(errno) ?? errno}\n${rows.filter((row) => row !== '').join('\n')}`;
}

/** What mounts.c printed, one outcome for each operation. */
function parse(output: string): Outcome[] {
  return output.split(/^result /m).slice(1).map((block) => {
    const [head = '', ...rest] = block.split(/^worker /m);
    const mountinfo = new Map(rest.map((part) => [Number(part.slice(0, part.indexOf('\n'))), part.slice(part.indexOf('\n') + 1).replace(/^end\n/m, '')]));
    return { errno: parseInt(head, 10), mountinfo };
  });
}

const place = fc.oneof(
  { weight: 1, arbitrary: fc.constant(BASE) },
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c').map((name) => `${BASE}/${name}`) },
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 'b', 'c')).map(([a, b]) => `${BASE}/${a}/${b}`) },
  { weight: 1, arbitrary: fc.constantFrom('/', '.', '/a', '/b', '/c', '/a/a', `${BASE}/..`, '..', BASE, BASE) },
);
const type = fc.constantFrom(MS_SHARED, MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE, MS_SHARED | MS_REC, MS_SLAVE | MS_REC, MS_PRIVATE | MS_REC, MS_UNBINDABLE | MS_REC);
/** What mount_setattr sets and clears, and a type. */
const attr = fc.tuple(fc.constantFrom(0, 1, 2, 4, 8, 0x10, 0x20, 0x80), fc.constantFrom(0, 0, 1, 2, 0x70, 0x10), fc.constantFrom(0, 0, MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE)).map(String);
/** `pick`: which of the places that were mounted on is taken, where one is wanted; beyond those, `a` is. */
interface Choice { readonly worker: number; readonly op: string; readonly a?: string; readonly b?: string; readonly n?: number; readonly pick: number }
const common = { worker: fc.nat(20), pick: fc.nat(30) };
const choice: fc.Arbitrary<Choice> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ ...common, op: fc.constant('new'), a: place, b: fc.constantFrom('nsl1', 'nsl2', 'nsl3'), n: fc.constantFrom(0, 0, 0, 2, 4, 1) }) },
  { weight: 8, arbitrary: fc.record({ ...common, op: fc.constant('bind'), a: place, b: place, n: fc.constantFrom(0, MS_REC) }) },
  { weight: 3, arbitrary: fc.record({ ...common, op: fc.constant('move'), a: place, b: place }) },
  { weight: 9, arbitrary: fc.record({ ...common, op: fc.constant('type'), a: place, n: type }) },
  { weight: 7, arbitrary: fc.record({ ...common, op: fc.constant('umount'), a: place, n: fc.constantFrom(0, 0, 2, 2, 8) }) },
  { weight: 1, arbitrary: fc.record({ ...common, op: fc.constant('remount'), a: place, n: fc.constantFrom(0, 1, 2, 4, 8, 6, 0x400, 0x100) }) },
  { weight: 2, arbitrary: fc.record({ ...common, op: fc.constant('tree'), a: place, b: place, n: fc.constantFrom(0, 0x8000) }) },
  { weight: 2, arbitrary: fc.record({ ...common, op: fc.constant('fsnew'), a: place, b: fc.constantFrom('nsl4', 'nsl5'), n: fc.constantFrom(0, 0, 1, 2, 0x10, 0x20, 0x30) }) },
  { weight: 2, arbitrary: fc.record({ ...common, op: fc.constant('setattr'), a: place, b: attr, n: fc.constantFrom(0, 0x8000) }) },
  { weight: 2, arbitrary: fc.record({ ...common, op: fc.constantFrom('chdir', 'chdir', 'hold', 'mkdir', 'rmdir'), a: place }) },
  { weight: 1, arbitrary: fc.record({ ...common, op: fc.constantFrom('chdir', 'chroot', 'pivot', 'pivot'), a: place, b: place }) },
  { weight: 5, arbitrary: fc.record({ ...common, op: fc.constantFrom('unshare', 'unshare', 'fork', 'fork', 'exit'), n: fc.constantFrom(0, 0, 1) }) },
);

/** Choices made into operations that make sense: workers that live, mounts where some were made. */
function operations_of(choices: readonly Choice[]): Operation[] {
  const alive = [0];
  const mounted = [BASE];
  return choices.map(({ worker: chosen, op, a = '/', b = '/', n = 0, pick }) => {
    const worker = alive[chosen % alive.length] ?? 0;
    const known = mounted[pick] ?? a;
    switch (op) {
      case 'fork': {
        const free = [1, 2, 3].find((w) => !alive.includes(w));
        if (free === undefined) return { worker, op: 'unshare', n };
        alive.push(free);
        return { worker, op, n: free };
      }
      case 'exit': {
        if (worker === 0) return { worker, op: 'chdir', a: '/' };
        alive.splice(alive.indexOf(worker), 1);
        return { worker, op };
      }
      case 'new': mounted.unshift(a); return { worker, op, a, b, n };
      case 'fsnew': mounted.unshift(a); return { worker, op, a, b, n };
      case 'bind': case 'tree': mounted.unshift(b); return { worker, op, a: pick % 2 ? known : a, b, n };
      case 'move': return { worker, op, a: known, b: a };
      case 'pivot': return { worker, op, a: known, b: pick % 2 ? `${known}/a` : b };
      case 'mkdir': case 'rmdir': case 'hold': case 'chdir': return { worker, op, a };
      default: return { worker, op, a: known, b, n };
    }
  });
}

/** What the real kernel does: the beginning, then after each operation. */
function ask(driver: string, operations: readonly Operation[]): Outcome[] {
  const input = ['reset', ...operations.map(lineOf)].join('\n') + '\n';
  const run = spawnSync(driver, [BASE], { input, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 20_000 });
  assert.equal(run.status, 0, run.stderr);
  return parse(run.stdout);
}

/** Runs both; how often each operation succeeded is counted. */
function compare(driver: string, operations: readonly Operation[], histogram: Map<string, number>): void {
  const real = ask(driver, operations);
  const model = new MountsModel(BASE);
  assert.equal(canonical(model.start()), canonical(real[0]!), 'the beginning');
  for (const [i, one] of operations.entries()) {
    const expected = canonical(real[i + 1]!);
    const word = `${one.op} ${expected.slice(0, expected.indexOf('\n'))}`;
    histogram.set(word, (histogram.get(word) ?? 0) + 1);
    const steps = operations.slice(0, i + 1).map(lineOf).join('\n  ');
    assert.equal(canonical(model.do(one)), expected, `after\n  ${steps}`);
  }
}

const able = process.getuid?.() === 0 && release().startsWith('6.18');
const RECORDED = join(dirname(fileURLToPath(import.meta.url)), 'mounts.recorded.json');
/** Operations as lines, the errno of each, and what was mounted at the end. */
interface Recorded { readonly operations: readonly Operation[]; readonly errnos: readonly number[]; readonly end: string }

describe(`kernel model: mounts, compared with ${able ? 'this machine\'s kernel' : 'what a 6.18 kernel did when it was recorded (this needs root on 6.18)'}`, function () {
  this.timeout(300_000);

  it('agrees on every errno and on the mounts at the end, for recorded operations', () => {
    const all = JSON.parse(readFileSync(RECORDED, 'utf8')) as Recorded[];
    assert.ok(all.length >= 20);
    for (const { operations, errnos, end } of all) {
      const model = new MountsModel(BASE);
      const outcomes = operations.map((one) => model.do(one));
      assert.deepEqual(outcomes.map(({ errno }) => errno), errnos, operations.map(lineOf).join('\n'));
      assert.equal(canonical(outcomes.at(-1)!), end, operations.map(lineOf).join('\n'));
    }
  });

  if (able) it('agrees on every errno and every mountinfo, for random operations', () => {
    const scratch = mkdtempSync(join(tmpdir(), 'nslab-driver-'));
    const driver = join(scratch, 'mounts');
    execFileSync('gcc', ['-O1', '-o', driver, join(dirname(fileURLToPath(import.meta.url)), 'mounts.c')]);
    try {
      const histogram = new Map<string, number>();
      const runs = Number(process.env['NSLAB_MOUNT_RUNS'] ?? 300);
      const seed = Number(process.env['NSLAB_SEED'] ?? 20261123);
      const choices = fc.array(choice, { minLength: 10, maxLength: 40 });
      fc.assert(fc.property(choices, (made) => compare(driver, operations_of(made), histogram)), { seed, numRuns: runs });
      if (process.env['NSLAB_HISTOGRAM']) console.log([...histogram].sort().map(([word, n]) => `${word}: ${n}`).join('\n'));
      const done = [...histogram].filter(([word]) => word.endsWith(' OK')).reduce((n, [, times]) => n + times, 0);
      const all = [...histogram.values()].reduce((n, times) => n + times, 0);
      assert.ok(done >= all * 0.4, `only ${done} of ${all} operations succeeded`);
      if (process.env['NSLAB_RECORD']) record(driver, fc.sample(choices, { seed, numRuns: 40 }).map(operations_of));
    } finally {
      rmSync(scratch, { recursive: true });
    }
  });
});

/** Writes what the real kernel does, for machines that cannot ask one. */
function record(driver: string, sequences: readonly (readonly Operation[])[]): void {
  const all = sequences.map((operations): Recorded => {
    const outcomes = ask(driver, operations).slice(1);
    return { operations, errnos: outcomes.map(({ errno }) => errno), end: canonical(outcomes.at(-1)!) };
  });
  writeFileSync(RECORDED, `[\n${all.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
}
