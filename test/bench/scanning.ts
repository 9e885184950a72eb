import { costOf, countProcesses, type Programs } from './programs.ts';
import { median, type Row } from './report.ts';
import { Subject } from './subjectProcess.ts';

/** Budgets by the number of processes: of the identity scan and of the first complete snapshot, as a part of what `lsns -J` costs. */
const OF_LSNS: ReadonlyMap<number, { readonly identity: number; readonly snapshot: number }> = new Map([
  [1_000, { identity: 0.40, snapshot: 0.70 }],
  [10_000, { identity: 0.18, snapshot: 0.30 }],
]);
/** Of the identity scan, as a multiple of the least C program that reads the same. */
const OF_C = 1.6;
/** Processes that are read before measuring, so that V8 has compiled what a helper that runs for a minute has compiled. */
const WARM_UP = 20_000;
/** Of a tick with nothing changed, as a part of an identity scan. */
const OF_FULL = 0.15;

/**
 * CPU of scanning, side by side in turns, so that a change in the machine's mood meets all of them; medians over the rounds.
 *
 * Start-up: the figures of lsns and of the C scan have what a process costs that does nothing taken off (`lsns --version`, `/bin/true`),
 * and ours come from inside a running process (`subject.ts`), since the helper starts once and lsns for every look. So nobody's
 * start-up counts. The identity scan is measured in a process that has scanned before, as the helper has when
 * one asks it to refresh; so is the first complete snapshot, by a scanner that knows nothing yet. What the very first one costs, in a
 * new process where nothing is compiled, is told apart: it happens once in the life of a helper. The budgets are for what is read of each
 * process; what namespaces tell (owner, parent, contents) is asked once for each namespace and told apart, too.
 */
export async function measureScanning(programs: Programs, size: number, rounds: number): Promise<Row[]> {
  const what = ['lsns', 'lsnsStart', 'c', 'cStart', 'identity', 'snapshot', 'related', 'cold', 'tick', 'holders'] as const;
  const samples = Object.fromEntries(what.map((name) => [name, []])) as unknown as Record<(typeof what)[number], number[]>;
  const warm = new Subject();
  const kept = new Subject();
  try {
    await kept.cost('keep');
    await kept.cost('tick');
    for (let read = 0; read < WARM_UP; read += size) for (const job of ['identity', 'snapshot', 'related']) await warm.cost(job);
    for (let round = 0; round < rounds; round++) {
      samples.lsnsStart.push(costOf(programs, 'lsns', '--version'));
      samples.lsns.push(costOf(programs, 'lsns', '-J'));
      samples.identity.push(await warm.cost('identity'));
      samples.cStart.push(costOf(programs, '/bin/true'));
      samples.c.push(costOf(programs, programs.scan));
      samples.tick.push(await kept.cost('tick'));
      samples.snapshot.push(await warm.cost('snapshot'));
      samples.related.push(await warm.cost('related'));
      samples.cold.push(await Subject.costOf('related'));
      samples.holders.push(await kept.cost('holders'));
    }
  } finally {
    await warm.end();
    await kept.end();
  }
  const lsns = median(samples.lsns) - median(samples.lsnsStart);
  const c = median(samples.c) - median(samples.cStart);
  const identity = median(samples.identity), snapshot = median(samples.snapshot), related = median(samples.related), tick = median(samples.tick), cold = median(samples.cold), holders = median(samples.holders);
  const ms = (value: number): string => `${value.toFixed(1)} ms CPU`;
  const [ofLsns, ofC, ofIdentity] = [`lsns -J, ${ms(lsns)}`, `C scan, ${ms(c)}`, `identity scan, ${ms(identity)}`];
  const budget = OF_LSNS.get(size);
  const row = (what: string, measured: number, against: string, other: number, limit: number | null): Row => ({
    size: countProcesses(), what, measured: ms(measured), against, figure: measured / other, unit: '×', budget: limit,
  });
  return [
    row('identity scan', identity, ofLsns, lsns, budget?.identity ?? null),
    row('identity scan', identity, ofC, c, OF_C),
    row('first complete snapshot', snapshot, ofLsns, lsns, budget?.snapshot ?? null),
    row('the same, with relations and contents', related, ofLsns, lsns, null),
    row('that, nothing compiled yet', cold, ofLsns, lsns, null),
    row('tick with nothing changed', tick, ofIdentity, identity, OF_FULL),
    row('threads, descriptors, mounts, sockets', holders, ofLsns, lsns, null),
  ];
}
