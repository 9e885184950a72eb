/**
 * `npm run bench [-- [--only kernel|looking|machine|notebook|page] [SIZE …]]`: how dear looking is, at about 200, 1,000, 5,000 and 10,000 processes, which it makes
 * and ends itself: ratios to other programs measured in the same run, not times, since machines differ. Then how fast the modelled kernel
 * is: CPU time, and beside it the same calls on the real one; and the simulator's processor against gcc; then what one waits for in a notebook, and until its page is there in a real VS Code. Prints a table; ends with 1 when a budget is broken.
 */
import { measureActivation } from './activation.ts';
import { measurePage } from './firstPaint.ts';
import { build, measureLiving } from './living.ts';
import { measureKernel } from './kernelSpeed.ts';
import { measureMachine } from './machineSpeed.ts';
import { measureNotebook } from './notebookSpeed.ts';
import { buildPrograms, Crowd } from './programs.ts';
import { isBroken, table, type Row } from './report.ts';
import { measureScanning } from './scanning.ts';
import { measureSteps } from './steps.ts';

const words = process.argv.slice(2);
const only = words[0] === '--only' ? words.splice(0, 2)[1] ?? '' : 'all';
const sizes = words.map(Number);
if (!['all', 'kernel', 'looking', 'machine', 'notebook', 'page'].includes(only) || sizes.some((size) => !Number.isInteger(size) || size < 1 || size > 30_000)) {
  console.error('usage: run.ts [--only kernel|looking|machine|notebook|page] [SIZE …]    each from 1 to 30000 processes');
  process.exit(2);
}
const LARGEST = 10_000;

async function measureLooking(): Promise<void> {
  build();
  for (const size of sizes.length > 0 ? sizes : [200, 1_000, 5_000, LARGEST]) {
    const crowd = await Crowd.gather(programs, size, Math.min(300, size >> 1));
    try {
      rows.push(...await measureScanning(programs, size, size >= 5_000 ? 5 : size >= 1_000 ? 15 : 31));
      rows.push(...await measureLiving(size >= LARGEST));
    } finally {
      await crowd.leave();
    }
  }
}

const programs = buildPrograms();
const rows: Row[] = [];
if (only === 'all' || only === 'looking') {
  rows.push(...measureActivation(programs));
  rows.push(...measureSteps());
  await measureLooking();
}
if (only === 'all' || only === 'kernel') rows.push(...measureKernel(programs));
if (only === 'all' || only === 'machine') rows.push(...measureMachine());
if (only === 'all' || only === 'notebook') rows.push(...measureNotebook());
if (only === 'all' || only === 'page') rows.push(...await measurePage());
console.log(table(rows));
const broken = rows.filter(isBroken).length;
console.log(broken === 0 ? '\nall budgets are kept' : `\n${broken} of ${rows.filter((row) => row.budget !== null).length} budgets are BROKEN`);
process.exit(broken === 0 ? 0 : 1);
