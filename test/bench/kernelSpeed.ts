import { execFileSync } from 'node:child_process';
import { CALLS } from './kernelMix.ts';
import { printedBy, type Programs } from './programs.ts';
import { median, type Row } from './report.ts';

/** Microseconds of a call: at least 100,000 a second without a trace, 20,000 with a full one. */
const OFF_US = 10;
const FULL_US = 50;
const STATE_MS = 20;
const BYTES = 400;
/** Of `mix.c`: about 18,000 calls. */
const ROUNDS = 300;

/** The modelled kernel, each figure from a process of its own; and the same calls on the real one, which needs root. */
export function measureKernel(programs: Programs): Row[] {
  const real = realCall(programs);
  const call = (level: 'off' | 'full', what: string, budget: number): Row[] => {
    const us = subject(level);
    const measured = `${Math.round(1_000_000 / us).toLocaleString('en')} calls a second`;
    const row = { size: 3, what: `model, mix of calls, ${what}`, measured };
    return [
      { ...row, against: '', figure: us, unit: ' µs', budget },
      ...real === null ? [] : [{ ...row, against: `the same by the real kernel, ${real.toFixed(1)} µs`, figure: us / real, unit: '×' as const, budget: null }],
    ];
  };
  return [
    ...call('off', 'no trace', OFF_US),
    ...call('full', 'full trace', FULL_US),
    { size: 1_000, what: 'model, picture of the state', measured: '', against: '', figure: subject('state'), unit: ' ms', budget: STATE_MS },
    { size: 3, what: 'model, trace for each line of a listing', measured: '', against: '', figure: subject('memory'), unit: ' B', budget: BYTES },
  ];
}

function subject(job: string): number {
  const text = printedBy('kernelSubject.ts', [job], ['--expose-gc']);
  const figure = Number(text);
  if (!Number.isFinite(figure)) throw new Error(`job ${job}: ${text}`);
  return figure;
}

/** CPU microseconds of a call of the mix, of the process and its children; what workers of the kernel do later is not in it. */
function realCall(programs: Programs): number | null {
  if (process.getuid?.() !== 0) {
    console.error('not root: no figures of the real kernel');
    return null;
  }
  return median(Array.from({ length: 9 }, () => Number(execFileSync(programs.mix, [String(ROUNDS)], { encoding: 'utf8' })) / (ROUNDS * CALLS)));
}
