/**
 * One measurement of the modelled kernel in a process of its own (node needs --expose-gc):
 *
 *   kernelSubject.ts off|full|state|memory     prints one number
 */
import { state_of } from '../../simulator/kernel/state.ts';
import type { Level } from '../../simulator/kernel/trace.ts';
import { CALLS, Mix } from './kernelMix.ts';
import { median } from './report.ts';

const WARM_UP = 300;
const TASKS = 1_000;

/** CPU microseconds (of all threads: compiler and garbage collector too) of one call of the mix, once V8 has compiled it. */
function timeOf(level: Level, rounds: number): number {
  const mix = new Mix(level);
  const run = (times: number): void => {
    for (let i = 0; i < times; i++) {
      mix.round();
      // the machine keeps what a lesson shows; here as much as one short program makes
      if (i % 10 === 9) mix.k.trace.events.length = 0;
    }
  };
  run(WARM_UP);
  const samples: number[] = [];
  for (let part = 0; part < 9; part++) {
    const before = process.cpuUsage();
    run(rounds);
    const { user, system } = process.cpuUsage(before);
    samples.push((user + system) / (rounds * CALLS));
  }
  return median(samples);
}

/** Milliseconds of CPU for the picture of a state with so many tasks. */
function pictureTime(): number {
  const mix = new Mix('off');
  mix.crowd(TASKS);
  const samples: number[] = [];
  for (let i = 0; i < 40; i++) {
    const before = process.cpuUsage();
    const { objects } = state_of(mix.k);
    const { user, system } = process.cpuUsage(before);
    if (objects.length < TASKS) throw new Error(`only ${objects.length} objects are pictured`);
    samples.push((user + system) / 1000);
  }
  return median(samples.slice(10));
}

/** Bytes of heap that a trace holds for each executed line of a listing: all its other events too, and the objects that only it still holds. */
function traceMemory(): number {
  const mix = new Mix('full');
  const { events } = mix.k.trace;
  for (let i = 0; i < 30; i++) mix.round();
  events.length = 0;
  for (let i = 0; i < 200; i++) mix.round();
  const lines = events.reduce((sum, { op }) => sum + (op === 'line' ? 1 : 0), 0);
  const used = heapUsed();
  events.length = 0;
  return (used - heapUsed()) / lines;
}

function heapUsed(): number {
  if (!globalThis.gc) throw new Error('needs --expose-gc');
  for (let i = 0; i < 3; i++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

const jobs: Readonly<Record<string, () => number>> = {
  off: () => timeOf('off', 200),
  full: () => timeOf('full', 100),
  state: pictureTime,
  memory: traceMemory,
};
console.log(jobs[process.argv[2] ?? '']?.() ?? 'no such job');
