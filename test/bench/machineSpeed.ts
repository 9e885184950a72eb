import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { printedBy } from './programs.ts';
import { median, type Row } from './report.ts';

const SUBJECT = 'machineSubject.ts';
const AGAINST_GCC = 80;
const FORK_MS = 1;
const PROGRAMS = ['sieve', 'fib', 'strings', 'structs'];

/** The simulator's processor: CPU time of C programs, compiling by the JavaScript engine included, against the same programs as gcc -O0 makes them; and what a fork costs. */
export function measureMachine(): Row[] {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'nslab-bench-'));
  try {
    return [...PROGRAMS.map((name) => program(name, directory)), {
      size: 1, what: 'machine, fork with 1 MB touched', measured: '', against: '', figure: Number(printedBy(SUBJECT, ['fork'])), unit: ' ms', budget: FORK_MS,
    }];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function program(name: string, directory: string): Row {
  const source = path.join(import.meta.dirname, 'machine', `${name}.c`);
  const binary = path.join(directory, name);
  execFileSync('gcc', ['-O0', '-w', source, '-o', binary]);
  const [simulated = '', printed = ''] = printedBy(SUBJECT, ['run', source]).split(' ');
  const real = median(Array.from({ length: 7 }, () => {
    const { stdout, stderr } = spawnSync(binary, [], { encoding: 'utf8' });
    if (stdout.trim() !== printed) throw new Error(`${name}: gcc's prints ${stdout.trim()}, the simulator's ${printed}`);
    return Number(stderr);
  }));
  return {
    size: 1, what: `machine, ${name}`, measured: `${(Number(simulated) / 1000).toFixed(0)} ms`, against: `gcc -O0, ${(real / 1000).toFixed(0)} ms`,
    figure: Number(simulated) / real, unit: '×', budget: AGAINST_GCC,
  };
}
