import { spawnSync } from 'node:child_process';
import { line_of } from './operation.ts';
import type { Operation } from './operation.ts';
import type { Outcome, SequencesModel } from './sequences-model.ts';

/** A sequence with what the model says of it: of the beginning, then of each operation. */
export interface Played { readonly operations: readonly Operation[]; readonly lines: readonly string[]; readonly texts: readonly string[] }

/** Where the model and a kernel part: the operation's place (-1: the beginning), and both texts. */
export interface Difference { readonly at: number; readonly model: string; readonly kernel: string }

/** Plays operations in the model from its beginning; those that can not be told to anybody by then are left out. */
export function play(model: SequencesModel, perform: (tell: (operation: Operation) => Outcome | null) => void): Played {
  model.reset();
  const operations: Operation[] = [];
  const lines = ['begin'];
  const texts = [model.begin()];
  perform((operation) => {
    if (!model.can(operation)) return null;
    operations.push(operation);
    const outcome = model.do(operation);
    lines.push(line_of(operation, outcome.expected));
    texts.push(outcome.text);
    return outcome;
  });
  return { operations, lines, texts };
}

export const replay = (model: SequencesModel, operations: readonly Operation[]): Played => play(model, (tell) => { for (const one of operations) tell(one); });

/** What this machine's kernel does, for each sequence: text by text. One process for all of them, on one CPU. */
export function ask(driver: string, sequences: readonly Played[]): string[][] {
  const input = sequences.flatMap(({ lines }) => lines).join('\n') + '\n';
  const run = spawnSync('taskset', ['-c', '0', driver], { input, encoding: 'utf8', maxBuffer: 1 << 30, timeout: 600_000 });
  const texts = run.stdout.split('end\n');
  if (run.status !== 0) texts.push(`sequences.c ended with ${run.status ?? run.signal}: ${run.stderr}`);
  let at = 0;
  return sequences.map(({ lines }) => texts.slice(at, at += lines.length));
}

export function difference({ texts }: Played, kernel: readonly string[]): Difference | null {
  const at = texts.findIndex((text, n) => text !== kernel[n]);
  return at < 0 ? null : { at: at - 1, model: texts[at] ?? '', kernel: kernel[at] ?? '(nothing)' };
}
