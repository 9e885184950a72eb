import { strict as assert } from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { errnoName } from '../../../simulator/kernel/errno.ts';
import * as flags from '../../../simulator/kernel/flags.ts';
import { WorkersModel, lineOf } from './workers-model.ts';
import type { Operation, Outcome } from './workers-model.ts';

const NEW = [
  flags.CLONE_NEWUSER, flags.CLONE_NEWUSER, flags.CLONE_NEWPID, flags.CLONE_NEWPID, flags.CLONE_NEWNS, flags.CLONE_NEWUTS, flags.CLONE_NEWIPC, flags.CLONE_NEWNET,
  flags.CLONE_NEWCGROUP,
];
const worker = fc.nat(6);
const kinds = ['net', 'uts', 'ipc', 'pid', 'user', 'mnt', 'cgroup', 'time'];
const TYPES: Readonly<Record<string, number>> = {
  net: flags.CLONE_NEWNET, uts: flags.CLONE_NEWUTS, ipc: flags.CLONE_NEWIPC, pid: flags.CLONE_NEWPID, user: flags.CLONE_NEWUSER, mnt: flags.CLONE_NEWNS,
  cgroup: flags.CLONE_NEWCGROUP, time: flags.CLONE_NEWTIME,
};

function combined(all: readonly number[]): fc.Arbitrary<number> {
  return fc.array(fc.constantFrom(...all), { maxLength: 3 }).map((some) => [...new Set(some)].reduce((sum, flag) => sum + flag, 0));
}

const unshare = combined([...NEW, flags.CLONE_NEWTIME, flags.CLONE_FS, flags.CLONE_FILES, flags.CLONE_SYSVSEM, flags.CLONE_THREAD, flags.CLONE_SIGHAND, flags.CLONE_VM]);
const clone = combined([...NEW, flags.CLONE_FS, flags.CLONE_FS, flags.CLONE_FILES, flags.CLONE_PARENT, flags.CLONE_SYSVSEM, flags.CLONE_SIGHAND, flags.CLONE_THREAD, flags.CLONE_DETACHED]);
const plain = { flags: fc.constant(0), other: fc.constant(0), kind: fc.constant('x') };

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ ...plain, worker, op: fc.constant('clone'), flags: clone }) },
  { weight: 4, arbitrary: fc.record({ ...plain, worker, op: fc.constant('unshare'), flags: unshare }) },
  { weight: 4, arbitrary: fc.tuple(worker, worker, fc.constantFrom(...kinds), fc.constantFrom(0, 1, 2)).map(([who, other, kind, how]): Operation => ({
    worker: who, op: 'setns', other, kind, flags: how === 0 ? 0 : how === 1 ? TYPES[kind] ?? 0 : flags.CLONE_NEWUTS,
  })) },
  { weight: 2, arbitrary: fc.record({ worker, op: fc.constant('setns'), other: worker, kind: fc.constant('pidfd'), flags: combined([...NEW, flags.CLONE_NEWTIME]) }) },
  { weight: 1, arbitrary: fc.record({ ...plain, worker, op: fc.constantFrom('exit', 'user', 'map', 'host'), flags: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ ...plain, worker, op: fc.constantFrom('map', 'exit') }) },
);

/** Namespaces numbered in order of appearance among the workers, so that only who shares what with whom is compared. */
function canonical({ errno, workers }: Outcome): string {
  const seen = new Map<string, string>();
  const rows = workers.map((row) => row.replace(/(\w+):\[(\d+)\]/g, (link, type: string) => {
    if (!seen.has(link)) seen.set(link, `${type}${[...seen.keys()].filter((known) => known.startsWith(`${type}:`)).length}`);
    return seen.get(link) ?? '';
  }));
  return [errno === 0 ? 'OK' : errnoName(errno) ?? String(errno), ...rows].join('\n  ');
}

function parse(output: string): Outcome[] {
  return output.split(/^result /m).slice(1).map((block) => {
    const [errno = '', ...workers] = block.trimEnd().split('\n');
    return { errno: Number(errno), workers };
  });
}

/** Both sides do the operations that are possible; throws at the first difference. */
function compare(driver: string, operations: readonly Operation[], histogram: Map<string, number>): void {
  const model = new WorkersModel();
  const done: Operation[] = [];
  const expected: string[] = [];
  for (const wanted of operations) {
    const meant = model.concrete(wanted);
    if (!meant) continue;
    done.push(meant);
    expected.push(canonical(model.do(meant)));
  }
  const { stdout, status, stderr } = spawnSync('taskset', ['-c', '0', driver], { input: `reset\n${done.map((of) => `${lineOf(of)}\n`).join('')}`, encoding: 'utf8', timeout: 60_000 });
  assert.equal(status, 0, stderr);
  const real = parse(stdout).slice(1).map(canonical);
  for (const [n, of] of done.entries()) {
    const told = done.slice(0, n + 1).map(lineOf).join('\n');
    assert.equal(expected[n], real[n], `the model (actual) and the kernel (expected) differ after\n${told}\n`);
    const word = `${of.op} ${real[n]?.split('\n')[0] ?? ''}`;
    histogram.set(word, (histogram.get(word) ?? 0) + 1);
  }
}

describe('namespaces of many processes, in the model and in this machine’s kernel', function suite() {
  this.timeout(600_000);
  let scratch = '';
  let driver = '';

  before(() => {
    assert.equal(process.getuid?.(), 0, 'this test makes namespaces of all types, and needs root');
    assert.ok(release().startsWith('6.18.'), `this test compares with Linux 6.18, and this is ${release()}`);
    scratch = mkdtempSync(join(tmpdir(), 'nslab-driver-'));
    driver = join(scratch, 'workers');
    execFileSync('gcc', ['-O1', '-o', driver, join(dirname(fileURLToPath(import.meta.url)), 'workers.c')]);
  });
  after(() => { if (scratch) rmSync(scratch, { recursive: true }); });

  it('agree on every errno, on who shares what with whom, on pids and host names, for random operations', () => {
    const histogram = new Map<string, number>();
    const runs = Number(process.env['NSLAB_WORKER_RUNS'] ?? 150);
    const seed = Number(process.env['NSLAB_SEED'] ?? 20261123);
    fc.assert(fc.property(fc.array(operation, { minLength: 25, maxLength: 60, size: 'max' }), (operations) => { compare(driver, operations, histogram); }), { seed, numRuns: runs });
    if (process.env['NSLAB_HISTOGRAM']) console.log([...histogram].sort().map(([word, n]) => `${word}: ${n}`).join('\n'));
    const good = [...histogram].filter(([word]) => word.endsWith(' OK')).reduce((n, [, times]) => n + times, 0);
    const all = [...histogram.values()].reduce((n, times) => n + times, 0);
    assert.ok(good >= all * 0.4, `only ${good} of ${all} operations succeeded`);
  });
});
