// Runs the corpus on this machine's kernel and writes down what came out (goldens/NAME.txt). As root, with gcc:
//   taskset -c 0 node test/kernel/programs/record.ts [--check-stable] [NAME...]
// With --check-stable each run is made 20 times, and nothing is written of a program that differs. There is no way to make a golden but to run it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { GOLDENS, programs } from './corpus.ts';
import type { Program } from './corpus.ts';
import { cases, directives, title } from './directives.ts';
import { format } from './golden.ts';
import type { Outcome } from './golden.ts';
import { RealKernel } from './real.ts';

const TIMES = 20;
const AT_ONCE = 3;

/** What one program did, or a sentence that says why that cannot be kept. */
async function record(real: RealKernel, program: Program, times: number): Promise<ReadonlyMap<string, Outcome> | string> {
  const lowers = directives(program.source.toString()).map((directive) => real.build(program, directive));
  const outcomes = new Map<string, Outcome>();
  for (const one of cases(program.source.toString())) {
    const lower = lowers[one.run - 1] ?? '';
    const first = await real.run(lower, one);
    outcomes.set(title(one), first);
    for (let i = 1; i < times; i++) {
      const next = await real.run(lower, one);
      if (JSON.stringify(next) !== JSON.stringify(first)) return `${title(one)}: ${JSON.stringify(first)}, and the ${i + 1}th time ${JSON.stringify(next)}`;
    }
  }
  return outcomes;
}

function header(program: Program): Map<string, string> {
  return new Map([
    ['kernel', `${os.release()} ${os.machine()}`],
    ['gcc', execFileSync('gcc', ['-dumpfullversion'], { encoding: 'utf8' }).trim()],
    ['source', createHash('sha256').update(program.source).digest('hex')],
  ]);
}

const given = process.argv.slice(2);
const times = given.includes('--check-stable') ? TIMES : 1;
const names = given.filter((word) => !word.startsWith('--'));
const wanted = programs().filter(({ name }) => names.length === 0 || names.some((part) => name.includes(part)));
if (!existsSync(GOLDENS)) mkdirSync(GOLDENS);
const real = new RealKernel();
let kept = 0;
try {
  const queue = [...wanted];
  const work = async (): Promise<void> => {
    for (let program = queue.shift(); program; program = queue.shift()) {
      const found = await record(real, program, times).catch((error: unknown) => String(error));
      if (typeof found === 'string') {
        console.error(`${program.name}: ${found}`);
        process.exitCode = 1;
        continue;
      }
      writeFileSync(program.golden, format({ header: header(program), outcomes: found }));
      kept++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
} finally {
  real.remove();
}
console.log(`${kept} of ${wanted.length} programs recorded${times > 1 ? `, the same ${times} times` : ''}`);
