import { crowd, stepwise } from '../unit/tree/crowd.ts';
import type { Row } from './report.ts';

/** How long others may have to wait. */
const BLOCKING_MS = 16;
const TRIES = 7;
const SIZE = 10_000;

/** CPU milliseconds of this thread for the dearest step, the best of several tries: the machine has other work, too. */
function dearestStep(prepare: () => Generator<unknown, unknown>): number {
  let best = Infinity;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const work = prepare();
    let dearest = 0;
    for (let done = false; !done;) {
      const before = process.threadCpuUsage();
      done = work.next().done === true;
      const { user, system } = process.threadCpuUsage(before);
      dearest = Math.max(dearest, (user + system) / 1000);
    }
    best = Math.min(best, dearest);
  }
  return best;
}

/** The longest piece of each kind of work on the tree of a host with 10,000 processes. */
export function measureSteps(): Row[] {
  return stepwise(crowd()).map(({ what, prepare }) => ({
    size: SIZE, what: `longest step of ${what}`, measured: '', against: '', figure: dearestStep(prepare), unit: ' ms', budget: BLOCKING_MS,
  }));
}
