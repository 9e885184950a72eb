/**
 * `npm run fuzz -- --seconds N [--seed S]`: random sequences of operations on namespaces, in the modelled kernel and on this machine's (root,
 * Linux 6.18), until the time is over. Each disagreement is printed as the smallest C program that shows it; ends with 1 when there was one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Campaign, build_driver } from './campaign.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, watch: { type: 'boolean', default: false } } });
const seconds = Number(values.seconds);
const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
if (!(seconds > 0) || !Number.isInteger(first) || first < 0) {
  console.error('usage: npm run fuzz -- --seconds N [--seed S] [--watch]    --watch: check every invariant of the model after every call');
  process.exit(2);
}
if (process.getuid?.() !== 0 || !release().startsWith('6.18.')) {
  console.error(`this compares with the kernel of the machine: it needs root and Linux 6.18, and this is ${release()}`);
  process.exit(2);
}

const BATCH = 50;
const folder = mkdtempSync(join(tmpdir(), 'nslab-fuzz-'));
try {
  const campaign = new Campaign(build_driver(folder), values.watch);
  console.log(`seed ${first}`);
  const end = Date.now() + seconds * 1000;
  let shown = 0;
  for (let seed = first; Date.now() < end; seed += BATCH) {
    campaign.batch(seed, BATCH);
    for (; shown < campaign.found.length; shown++) console.log(`\n${campaign.found[shown] ?? ''}`);
  }
  const { sequences, operations, successes, short, found, once, rules } = campaign;
  console.log(`${sequences} sequences (${short} of fewer than 25 operations), ${operations} operations, ${Math.round(100 * successes / operations)} % of them succeed`);
  console.log(`${found.length} disagreements; ${once.length} that were seen only once${once.length > 0 ? ` (seeds ${once.join(', ')})` : ''}`);
  console.log(`rules by id, and how often they were reached: ${rules.toString()}`);
  process.exitCode = found.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
