import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Campaign, LENGTH, build_driver, build_program } from './campaign.ts';
import { ask, difference, play, replay } from './compare.ts';
import type { Played } from './compare.ts';
import { make_sequence } from './generate.ts';
import type { Operation } from './operation.ts';
import { program } from './program.ts';
import { OUT_OF_REACH, SECTION_5, WHEN } from './rules.ts';
import { SequencesModel } from './sequences-model.ts';
import { shrink } from './shrink.ts';
import type { Found } from './shrink.ts';

const RECORDED = join(dirname(fileURLToPath(import.meta.url)), 'sequences.recorded.json');
/** Seeds of the sequences that run each time; other seeds: `npm run fuzz`. */
const FIRST_SEED = 1;
const SEQUENCES = 2500;
const BATCH = 100;
/** How often each rule is to be reached at least, and which share of the calls is to succeed. */
const LEAST = 20;
const SHARE = 0.4;

const able = process.getuid?.() === 0 && release().startsWith('6.18.');
/** Operations of a sequence, and for the beginning and each of them a short hash of what the kernel's side printed. */
interface Recorded { readonly operations: readonly Operation[]; readonly hashes: readonly string[] }

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 6);

describe(`kernel model: sequences of all operations on namespaces, compared with ${able ? 'this machine\'s kernel' : 'what a 6.18 kernel did when it was recorded (this needs root on 6.18)'}`, function () {
  this.timeout(900_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'nslab-sequences-'));
    if (able && process.env['NSLAB_RECORD']) record(build_driver(folder));
  });
  after(() => { rmSync(folder, { recursive: true }); });

  it('every rule of section 5 has a condition, or a reason why it can not be reached', () => {
    assert.deepEqual(SECTION_5.filter((id) => !(id in WHEN) && !(id in OUT_OF_REACH)), []);
    assert.deepEqual(Object.keys(WHEN).filter((id) => !SECTION_5.includes(id)), []);
  });

  it('agree with recorded ones on everything that was printed', () => {
    const all = JSON.parse(readFileSync(RECORDED, 'utf8')) as Recorded[];
    assert.ok(all.length >= 40);
    const model = new SequencesModel();
    for (const { operations, hashes } of all) {
      const { texts } = replay(model, operations);
      const at = texts.findIndex((text, n) => hash(text) !== hashes[n]);
      assert.equal(at, -1, `the model no longer does what was recorded of a kernel: after\n${operations.slice(0, at).map((one) => JSON.stringify(one)).join('\n')}\nit says\n${texts[at] ?? ''}`);
      assert.equal(texts.length, hashes.length, 'the model leaves out operations that a kernel did');
    }
  });

  it('shrinking finds the smallest sequence that still differs', () => {
    const of = (call: string, ...n: number[]): Operation => ({ task: 0, call, n });
    const operations = [of('unshare', 0), of('close', 1), of('unshare', 0x04000000 + 0x08000000), of('close', 2), of('setgroups', 0), of('unshare', 0x20000000 + 0x04000000), of('close', 3)];
    // "differs" when a new UTS namespace comes before a new pid namespace
    const attempt = (candidates: readonly (readonly Operation[])[]): (Found | null)[] => candidates.map((some) => {
      const first = some.findIndex(({ n: [flags = 0] }) => (flags & 0x04000000) !== 0);
      const at = some.findIndex(({ n: [flags = 0] }, n) => n > first && (flags & 0x20000000) !== 0);
      return first < 0 || at < 0 ? null : { operations: some.slice(0, at + 1), difference: { at, model: '', kernel: '' } };
    });
    const [found] = attempt([operations]);
    assert.ok(found);
    assert.deepEqual(shrink(found, attempt).operations, [of('unshare', 0x04000000), of('unshare', 0x20000000)]);
  });

  if (able) {
    // status of a process whose leader ended first; the right to send a parent's death signal
    it('agree in what once differed', () => {
      const campaign = new Campaign(build_driver(folder), true);
      for (const seed of [7135415, 7178827, 7241775]) campaign.batch(seed, 1);
      assert.deepEqual(campaign.found, []);
    });

    it('agree on errnos, links, pids, parents, names, maps, ids, and what waits and forks say', () => {
      const campaign = new Campaign(build_driver(folder), true);
      for (let seed = FIRST_SEED; seed < FIRST_SEED + SEQUENCES; seed += BATCH) campaign.batch(seed, BATCH);
      const { sequences, short, operations, successes, found, once, rules } = campaign;
      console.log(`      ${sequences} sequences (seeds from ${FIRST_SEED}), ${operations} operations, ${Math.round(100 * successes / operations)} % succeed; seen once: ${once.length}`);
      console.log(`      rules by id: ${rules.toString()}`);
      assert.equal(found.length, 0, found.join('\n\n'));
      assert.ok(sequences - short >= 2000, `only ${sequences - short} sequences have 25 operations`);
      assert.ok(once.length <= sequences / 1000, `${once.length} sequences differed once, and not when played again: seeds ${once.join(', ')}`);
      assert.ok(successes >= operations * SHARE, `only ${successes} of ${operations} operations succeed`);
      assert.deepEqual(rules.missing(LEAST), [], `rules that are reached fewer than ${LEAST} times`);
    });

    it('a sequence made into a C program returns what the sequence did', () => {
      const driver = build_driver(folder);
      const model = new SequencesModel();
      for (const seed of [3, 4, 9, 10]) {
        const played = play(model, (tell) => { make_sequence(seed, LENGTH, model, tell); });
        const [kernel = []] = ask(driver, [played]);
        const run = spawnSync('taskset', ['-c', '0', build_program(folder, program(played.operations))], { encoding: 'utf8', timeout: 60_000 });
        const told = [...run.stdout.matchAll(/^step \d+, task \d+: (?:(-\d+)|(no result)|0.*)$/gm)].map(([, failed, none]) => failed ?? (none ? 'none' : '0'));
        assert.equal(told.length, played.operations.length, run.stderr + run.stdout);
        const expected = kernel.slice(1).map((text) => /^result \d+ (-\d+|none)?/.exec(text)?.[1] ?? '0');
        assert.deepEqual(told, expected, `seed ${seed}\n${program(played.operations)}`);
      }
    });
  }
});

/** Writes what this machine's kernel does, for machines that cannot ask theirs. */
function record(driver: string): void {
  const model = new SequencesModel();
  const played = Array.from({ length: 60 }, (_, n) => play(model, (tell) => { make_sequence(n + 500_001, LENGTH, model, tell); }))
    .filter(({ operations }) => operations.every(({ b = '' }) => b.length < 200));
  const all = ask(driver, played).map((kernel, n): Recorded => {
    const one = played[n] as Played;
    assert.equal(difference(one, kernel), null);
    return { operations: one.operations, hashes: kernel.map(hash) };
  });
  writeFileSync(RECORDED, `[\n${all.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
}
