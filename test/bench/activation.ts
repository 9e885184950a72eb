import path from 'node:path';
import { inRoot } from '../host/checkout.mjs';
import { costOf, type Programs } from './programs.ts';
import { median, type Row } from './report.ts';

const TRIES = 11;
/** Against an empty Node program, which costs about 25 ms of the processor: the rest is ours and VS Code waits for it. */
const BUDGET = 3;

/** What beginning costs VS Code: evaluation of the built extension and its `activate`, with a stand-in for `vscode`. */
export function measureActivation(programs: Programs): Row[] {
  const ours: number[] = [], empty: number[] = [];
  for (let round = 0; round < TRIES; round++) {
    ours.push(costOf(programs, process.execPath, path.join(import.meta.dirname, 'activation.cjs'), inRoot('dist')));
    empty.push(costOf(programs, process.execPath, '-e', '0'));
  }
  const figure = median(ours) / median(empty);
  return [{
    size: 0, what: 'the extension begins', measured: `${median(ours).toFixed(0)} ms CPU`, against: `node -e 0: ${median(empty).toFixed(0)} ms CPU`,
    figure, unit: '×', budget: BUDGET,
  }];
}
