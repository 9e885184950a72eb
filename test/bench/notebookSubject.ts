/**
 * What a notebook's worker does, in a process of its own, so that one measurement does not warm up another. `run FILE.c`: CPU microseconds of a run, and what
 * it prints. `record FILE.c`: those of a run that is recorded in full. `seek FILE.c`: of many jumps and steps back, each with what is shown then, the milliseconds
 * of 95 of 100, of the dearest, and of the middle one; then the process's MB of memory after recording, and the statements. `compile FILE.c`: milliseconds, warm.
 */
import { readFileSync } from 'node:fs';
import type { RunOptions } from '../../simulator/run/options.ts';
import { Packed, partsOf } from '../../simulator/run/packed.ts';
import { Session } from '../../simulator/run/session.ts';
import { toolchainOf } from '../../simulator/run/toolchain.ts';
import { momentOf } from '../../simulator/timeline/moment.ts';
import { Recording } from '../../simulator/timeline/recording.ts';
import { positionAt, tickOf } from '../../simulator/timeline/ticks.ts';
import { walk } from '../../simulator/timeline/walk.ts';
import { inRoot } from '../host/checkout.mjs';
import { median } from './report.ts';

const SLICE = 20_000;
const JUMPS = 200;
const COMPILES = 25;

// as the extension carries it: compiled by the build
const system = new Packed(partsOf(readFileSync(inRoot('dist', 'system.bin'))));

const [job = '', file = ''] = process.argv.slice(2);
const text = readFileSync(file);
const source = { file, files: { read: (name: string) => (name === file ? text : null) } };

function session(trace: RunOptions['trace']): Session {
  const started = Session.start({
    system, program: source, args: [], uid: 0, kernel: '6.18', privateRoot: false, tty: true, ttyStdin: false, stdin: new Uint8Array(0), before: [], with: [], trace,
    limits: { statements: 1_200_000, instructions: 4_000_000_000, tasks: 200, memory: 256 << 20, output: 4 << 20 },
  });
  if (!(started instanceof Session)) throw new Error(`${file} does not compile`);
  return started;
}

function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function recorded(running = session('full')): Recording {
  const recording = new Recording(running.computer);
  while (!running.over) recording.record({ statements: SLICE, instructions: SLICE * 20, stopAtStatement: false });
  return recording;
}

function seeks(): string {
  const recording = recorded();
  // before looking at it makes garbage, which is collected when there is need
  const memory = process.memoryUsage.rss() >> 20;
  const look = { file, kernel: true, watched: null, selected: null, ask: false };
  const last = tickOf(recording.end);
  const timed = (go: () => void): number => {
    const before = performance.now();
    go();
    momentOf(recording, look);
    return performance.now() - before;
  };
  const round = (): number[] => {
    let state = 12345;
    const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    return Array.from({ length: JUMPS }, () => [
      timed(() => { recording.seek(positionAt(recording, Math.floor(random() * last))); }),
      timed(() => { recording.seek(walk(recording, 'back', true) ?? recording.start); }),
    ]).flat();
  };
  // the same jumps three times: by then the JavaScript engine has compiled what it will, and what else the machine did has met one of the last two
  round();
  const [first, second] = [round(), round()];
  const times = first.map((time, n) => Math.min(time, second[n] ?? time)).sort((a, b) => a - b);
  return [times[Math.floor(times.length * 0.95)], times.at(-1), median(times), memory, recording.end.statement].join(' ');
}

function compiles(): string {
  const toolchain = toolchainOf(system);
  const times = Array.from({ length: COMPILES }, () => cpu(() => {
    const { image } = toolchain.build(source);
    if (!image) throw new Error(`${file} does not compile`);
  }));
  return String(median(times.slice(COMPILES / 2)) / 1000);
}

switch (job) {
  case 'record': {
    const running = session('full');
    console.log(cpu(() => { recorded(running); }));
    break;
  }
  case 'run': {
    const running = session('off');
    const taken = cpu(() => { while (!running.over) running.advance({ statements: SLICE, instructions: SLICE * 20, stopAtStatement: false }); });
    console.log(`${taken} ${new TextDecoder().decode(running.result().stdout).trim()}`);
    break;
  }
  case 'seek':
    console.log(seeks());
    break;
  default:
    console.log(compiles());
}
