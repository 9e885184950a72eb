/**
 * The scanning functions of the helper, measured inside a process of their own: `run.ts` asks for one measurement at a time by a line
 * on standard input and gets CPU milliseconds (user and system, of all threads: compiler and garbage collector too) by a line on
 * standard output. Node's own start is not in the figures: the helper is started once and then scans for hours. The first of each kind
 * in a process is cold: nothing is compiled yet.
 */
import readline from 'node:readline';
import { loadNative } from '../../helper/kernel/native.ts';
import { liveSources } from '../../helper/scan/liveSources.ts';
import type { Sources } from '../../helper/scan/sources.ts';
import { Scanner } from '../../helper/scan/scanner.ts';

const native = loadNative();
let kept: Scanner | undefined;

/** Runs a reading to its end. */
function drain(reading: Generator): void { while (reading.next().done !== true); }

function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** As where koffi is absent: no namespace is opened. */
function withoutRelations(): Sources { return { ...liveSources(native), relations: 'ENOKOFFI', ids: false, resolve: () => 'ENOKOFFI' }; }

function firstSnapshot(sources: Sources): number {
  const scanner = new Scanner(sources);
  return cpuOf(() => {
    drain(scanner.identity());
    drain(scanner.details(false));
    for (const part of scanner.snapshot()) JSON.stringify(part);
  });
}

const jobs: Readonly<Record<string, () => number>> = {
  /** Links and stat of every process, by a scanner that knows nothing yet. */
  identity: () => {
    const scanner = new Scanner(withoutRelations());
    return cpuOf(() => drain(scanner.identity()));
  },
  /** All that is read of each process (links, stat, status, cgroup, cmdline) and the containers, in messages. */
  snapshot: () => firstSnapshot(withoutRelations()),
  /** The same with each namespace's owner, parent and contents: all that a client gets first. */
  related: () => firstSnapshot(liveSources(native)),
  /** Prepares a scanner that has read everything, for `tick` and `holders`. */
  keep: () => {
    kept = new Scanner(liveSources(native));
    return cpuOf(() => { kept!.full(); kept!.snapshot(); });
  },
  /** The mean of a whole round of ticks: each re-reads its share. */
  tick: () => {
    const ticks = 60;
    return cpuOf(() => { for (let i = 0; i < ticks; i++) kept!.tick({ pids: [], namespaces: [] }); }) / ticks;
  },
  /** Threads, descriptors, mounts of all mount namespaces, sockets. */
  holders: () => cpuOf(() => drain(kept!.holders())),
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const job = jobs[line];
  console.log(job ? String(job()) : 'no such job');
}
