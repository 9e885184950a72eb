import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { inRoot } from '../host/checkout.mjs';
import { printedBy } from './programs.ts';
import { median, type Row } from './report.ts';

const RECORDING = 4, COMPILE_MS = 60, SEEK_MS = 16, MEMORY_MB = 400, HELLO = 3;
/** JSCPP's time over ours is at least 100. */
const AGAINST_JSCPP = 1 / 100;
const ROUNDS = 15;

const file = (name: string): string => path.join(import.meta.dirname, 'machine', name);

/** What `notebookSubject.ts` finds. */
function found(job: string, program: string): string[] { return printedBy('notebookSubject.ts', [job, program]).split(' '); }

/** What a person waits for in the notebook and at the command line; the built files of dist/ are what is measured. */
export function measureNotebook(): Row[] {
  return [recording(), compiling(), ...seeking(), jscpp(), hello()];
}

function recording(): Row {
  const plain = median(Array.from({ length: 3 }, () => Number(found('run', file('notebook.c'))[0])));
  const recorded = median(Array.from({ length: 3 }, () => Number(found('record', file('notebook.c'))[0])));
  return {
    size: 1, what: 'a run of 1.2 million statements, recorded', measured: `${(recorded / 1000).toFixed(0)} ms`, against: `not recorded, ${(plain / 1000).toFixed(0)} ms`,
    figure: recorded / plain, unit: '×', budget: RECORDING,
  };
}

function compiling(): Row {
  return { size: 1, what: 'a program of 300 lines, compiled warm', measured: '', against: '', figure: Number(found('compile', inRoot('test', 'kernel', 'programs', 'c', 'contained_article.c'))[0]), unit: ' ms', budget: COMPILE_MS };
}

function seeking(): Row[] {
  const [usual = '', dearest = '', middle = '', memory = '', statements = ''] = found('seek', file('notebook.c'));
  const what = `in a recording of ${Number(statements).toLocaleString('en')} statements`;
  return [
    { size: 1, what: `the dearest jump ${what}`, measured: `95 of 100 ${Number(usual).toFixed(1)} ms`, against: `half ${Number(middle).toFixed(1)} ms`, figure: Number(dearest), unit: ' ms', budget: SEEK_MS },
    { size: 1, what: `memory ${what}`, measured: '', against: '', figure: Number(memory), unit: ' MB', budget: MEMORY_MB },
  ];
}

function jscpp(): Row {
  const program = file('fib-jscpp.c');
  const [theirs = '', printed] = printedBy('jscpp.cjs', [program]).split(' ');
  const [ours = '', also] = found('run', program);
  if (printed !== also) throw new Error(`JSCPP prints ${printed}, the simulator ${also}`);
  return {
    size: 1, what: 'the same recursion', measured: `${(Number(ours) / 1000).toFixed(0)} ms`, against: `JSCPP, ${(Number(theirs) / 1000).toFixed(0)} ms`,
    figure: Number(ours) / Number(theirs), unit: '×', budget: AGAINST_JSCPP,
  };
}

/** Both by turns, so that what else the machine does meets both. */
function hello(): Row {
  const timed = (...words: string[]): number => {
    const before = performance.now();
    execFileSync(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] });
    return performance.now() - before;
  };
  const run = (): number => timed(inRoot('dist', 'nslab.cjs'), 'run', file('hello.c'));
  // the first run leaves compiled code for the next ones
  run();
  const ours: number[] = [], empty: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(run());
    empty.push(timed('-e', '0'));
  }
  return {
    size: 1, what: '`nslab run hello.c`', measured: `${median(ours).toFixed(0)} ms`, against: `node -e 0, ${median(empty).toFixed(0)} ms`,
    figure: median(ours) / median(empty), unit: '×', budget: HELLO,
  };
}
