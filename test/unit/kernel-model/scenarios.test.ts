import { strict as assert } from 'node:assert';
import { VERSIONS } from '../../../simulator/kernel/version.ts';
import type { Version } from '../../../simulator/kernel/version.ts';
import { Run } from '../../kernel/calltrees/model.ts';
import type { Scenario, Step } from '../../kernel/calltrees/scenario.ts';
import { scenarios } from '../../kernel/calltrees/scenarios.ts';

/** Tasks that the step's call is about: those in braces in a path, and letters. */
function mentions([, call, ...args]: Step): string[] {
  const words = args.map(String);
  const about = call === 'clone' || call === 'clone3' || call === 'write' || call === 'sethostname' ? [] : words.filter((word) => /^[B-Z]$/.test(word));
  return [...about, ...words.flatMap((word) => [...word.matchAll(/\{([B-Z])\}/g)].map(([, letter = '']) => letter))];
}

/** Makes those steps that are possible in this version: a clone that fails there has no child. */
function play({ steps }: Scenario, version: Version): number {
  const run = new Run(version);
  let made = 0;
  for (const [n, step] of steps.entries()) {
    if (run.tasks.get(step[0])?.state !== 'running' || mentions(step).some((letter) => !run.tasks.has(letter))) continue;
    run.step(n, step);
    made++;
  }
  return made;
}

/** The scenarios whose call trees are compared with recordings, in every version: also in those of which there is no recording. */
describe('scenarios of system calls', () => {
  for (const version of VERSIONS) {
    it(`keep the state sound (${version})`, () => {
      for (const scenario of scenarios) {
        if (scenario.only === undefined || scenario.only === version) assert.ok(play(scenario, version) > 0, scenario.name);
      }
    });
  }
});
