import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, difference, play } from './compare.ts';
import type { Played } from './compare.ts';
import { make_sequence } from './generate.ts';
import { differing, program } from './program.ts';
import { RuleHistogram } from './rules.ts';
import { SequencesModel } from './sequences-model.ts';
import { shrink, trier } from './shrink.ts';
import { Situations } from './situation.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Operations of a sequence, about. */
export const LENGTH = 26;

/** Builds sequences.c. */
export function build_driver(folder: string): string {
  const driver = join(folder, 'sequences');
  execFileSync('gcc', ['-O1', '-fno-stack-protector', '-o', driver, join(HERE, 'sequences.c')]);
  return driver;
}

/** Builds a program that a sequence was made into. */
export function build_program(folder: string, source: string): string {
  const built = join(folder, 'found');
  execFileSync('gcc', ['-O1', '-fno-stack-protector', '-I', HERE, '-o', built, '-x', 'c', '-'], { input: source });
  return built;
}

/** Random sequences of many seeds, on the model and on this machine's kernel, and what came of them. */
export class Campaign {
  readonly #driver: string;
  #model: SequencesModel;
  readonly #watch: boolean;
  readonly rules = new RuleHistogram();
  sequences = 0;
  operations = 0;
  successes = 0;
  /** Sequences shorter than 25 operations: everybody was gone, or could not be told anything any more. */
  short = 0;
  /** What differed, each in its smallest form: a text with the C program. */
  readonly found: string[] = [];
  /** Seeds of sequences that differed and then, played again, did not. */
  readonly once: number[] = [];

  /** `watch`: every invariant is checked after every call of the model. */
  constructor(driver: string, watch: boolean) {
    this.#driver = driver;
    this.#watch = watch;
    this.#model = new SequencesModel(watch);
  }

  /** `count` sequences of the seeds from `first` on; all are played by one process. */
  batch(first: number, count: number): void {
    const seeds = Array.from({ length: count }, (_, n) => first + n);
    const played = seeds.map((seed) => this.#play(seed));
    const kernel = ask(this.#driver, played);
    for (const [n, one] of played.entries()) {
      this.sequences++;
      this.operations += one.operations.length;
      if (one.operations.length < SHORTEST) this.short++;
      if (difference(one, kernel[n] ?? [])) this.#report(seeds[n] ?? 0, one);
    }
  }

  #play(seed: number): Played {
    const situations = new Situations(this.#model);
    const said: string[] = [];
    try {
      return play(this.#model, (tell) => {
        make_sequence(seed, LENGTH, this.#model, (operation) => {
          if (!this.#model.can(operation)) return null;
          said.push(JSON.stringify(operation));
          const before = situations.before(operation);
          const target = situations.target(operation);
          const outcome = tell(operation);
          if (!outcome) return null;
          const reach = situations.reach(operation, before, target, outcome);
          this.rules.add(reach);
          if (reach.ok) this.successes++;
          return outcome;
        });
      });
    } catch (error) {
      this.#model = new SequencesModel(this.#watch);
      this.found.push(`seed ${seed}: the model fails: ${error instanceof Error ? error.stack ?? error.message : String(error)}\n${said.join('\n')}`);
      return { operations: [], lines: [], texts: [] };
    }
  }

  #report(seed: number, { operations }: Played): void {
    const attempt = trier(this.#model, this.#driver);
    const again = Array.from({ length: TRIES }).map(() => attempt([operations])[0]).find((one) => one !== null);
    if (!again) {
      this.once.push(seed);
      return;
    }
    const smallest = shrink(again, attempt);
    const last = smallest.operations.length - 1;
    const { model, kernel } = smallest.difference;
    this.found.push(`seed ${seed}: after ${smallest.operations.length} operations\n${differing(model, kernel)}\n\n${program(smallest.operations, new Map([[last, differing(model, kernel)]]))}`);
  }
}

const SHORTEST = 25;
const TRIES = 3;
