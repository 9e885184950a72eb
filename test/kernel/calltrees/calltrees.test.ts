import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Version } from '../../../simulator/kernel/version.ts';
import { resultName, run } from './model.ts';
import { notCompared } from './notCompared.ts';
import { program, sourceHash } from './program.ts';
import type { Build, Trees } from './recording.ts';
import { functionNames, parseBuild, parseRecording, show } from './recording.ts';
import { tasksOf } from './scenario.ts';
import { scenarios } from './scenarios.ts';

const here = import.meta.dirname;
const VERSIONS: readonly Version[] = ['6.1', '6.12'];
const modelled = functionNames(readFileSync(join(here, 'functions.txt'), 'utf8'));
const header = readFileSync(join(here, 'scenario.h'), 'utf8');

/** What is compared: results of steps, and each task's calls by step. */
function told(trees: Trees, tasks: readonly string[], build: Build): string[] {
  return [
    ...[...trees.results].sort(([a], [b]) => a - b).map(([step, value]) => `step ${step} gave ${resultName(value)}`),
    ...tasks.flatMap((task) => [`task ${task}`, ...show(trees, task, build).map((line) => `  ${line}`)]),
  ];
}

describe('call trees recorded from real kernels', () => {
  it('the programs are those that the scenarios mean, and each is recorded', () => {
    assert.ok(scenarios.length >= 40);
    assert.equal(new Set(scenarios.map(({ name }) => name)).size, scenarios.length, 'two scenarios have the same name');
    assert.deepEqual(readdirSync(join(here, 'programs')).sort(), scenarios.map(({ name }) => `${name}.c`).sort());
    for (const scenario of scenarios) assert.equal(readFileSync(join(here, 'programs', `${scenario.name}.c`), 'utf8'), program(scenario), scenario.name);
  });

  for (const version of VERSIONS) {
    const folder = join(here, 'recordings', version);
    const build = parseBuild(readFileSync(join(folder, 'functions.txt'), 'utf8'), readFileSync(join(folder, 'callsites.txt'), 'utf8'), modelled);
    const left = notCompared[version] ?? {};
    const recordedHere = scenarios.filter(({ only }) => (only ?? version) === version);
    const compared = recordedHere.filter(({ name }) => !(name in left));

    describe(`Linux ${version}: ${compared.length} of ${recordedHere.length} scenarios, ${build.functions.size} of ${modelled.size} functions`, () => {
      it('each recording is of the committed program', () => {
        for (const scenario of recordedHere) {
          const file = join(folder, `${scenario.name}.txt`);
          assert.ok(existsSync(file), `${scenario.name} is not recorded: see record.ts`);
          const recording = parseRecording(readFileSync(file, 'utf8'));
          assert.equal(recording.hash, sourceHash(program(scenario), header), `${scenario.name} changed after it was recorded`);
          assert.ok(recording.release.startsWith(`${version}.`), recording.release);
        }
      });

      for (const scenario of compared) {
        it(scenario.name, () => {
          const recorded = parseRecording(readFileSync(join(folder, `${scenario.name}.txt`), 'utf8'));
          const tasks = tasksOf(scenario);
          assert.deepEqual(told(run(scenario, version), tasks, build), told(recorded, tasks, build));
        });
      }
    });
  }
});
