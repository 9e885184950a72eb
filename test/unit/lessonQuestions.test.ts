import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { systemFiles } from '../../cli/system_files.ts';
import { Session } from '../../simulator/run/session.ts';
import { lineSearch } from '../../simulator/timeline/line_search.ts';
import { momentOf } from '../../simulator/timeline/moment.ts';
import type { Position } from '../../simulator/timeline/position.ts';
import { Recording } from '../../simulator/timeline/recording.ts';
import { asksIn, questionFrom } from '../../webview/notebook/ask.ts';
import { parseNotebook } from '../../webview/notebook/parse.ts';
import type { Question } from '../../webview/notebook/predict.ts';
import { inRoot } from '../host/checkout.mjs';

const LIMITS = { statements: 1_000_000, instructions: 400_000_000, tasks: 200, memory: 256 << 20, output: 4 << 20 };

/** The next moment at which anybody begins that line. */
function next(recording: Recording, line: number): Position | null {
  const looking = lineSearch(recording, 'look.c', new Set([line]), 1);
  for (let found = looking.next(); ; found = looking.next()) if (found.done === true) return found.value;
}

/** The questions that come up where the lines of a program begin, by line. */
function comeUp(text: string, uid: 0 | 1000 = 0): Map<number, Question> {
  const files = { read: (name: string) => (name === 'look.c' ? new TextEncoder().encode(text) : null) };
  const session = Session.start({
    system: systemFiles(), program: { file: 'look.c', files }, args: [], uid, kernel: '6.18', privateRoot: false, tty: true, ttyStdin: false, stdin: new Uint8Array(0), before: [], with: [], limits: LIMITS, trace: 'full',
  });
  assert.ok(session instanceof Session);
  const recording = new Recording(session.computer);
  while (!session.over) recording.record({ statements: 100_000, instructions: 10_000_000, stopAtStatement: false });
  const { asks, faults } = asksIn(text);
  assert.deepEqual(faults, []);
  const found = new Map<number, Question>();
  for (const ask of asks) {
    recording.seek(recording.start);
    for (let to = next(recording, ask.line); to && !found.has(ask.line); to = next(recording, ask.line)) {
      recording.seek(to);
      const { inKernel, lines, task, picture, ahead } = momentOf(recording, { file: 'look.c', kernel: false, watched: null, selected: null, ask: true });
      const question = !inKernel && lines[task] === ask.line && ahead ? questionFrom(ask, picture, ahead, 1) : null;
      if (question) found.set(ask.line, question);
    }
  }
  return found;
}

const right = ({ choices, right: n }: Question): string => choices[n] ?? '';

describe('questions that authors ask', () => {
  for (const lesson of readdirSync(inRoot('lessons')).filter((name) => /^\d\d-/.test(name))) {
    for (const name of readdirSync(inRoot('lessons', lesson)).filter((file) => file.endsWith('.nsbook.md'))) {
      it(`come up, each with its answer: ${lesson}/${name}`, () => {
        for (const cell of parseNotebook(readFileSync(path.join(inRoot('lessons', lesson), name), 'utf8'))) {
          if (cell.kind !== 'program') continue;
          assert.deepEqual(cell.faults, []);
          const { asks } = asksIn(cell.text);
          assert.ok(asks.length > 0, 'it asks nothing');
          const found = comeUp(cell.text, cell.attributes.uid);
          assert.deepEqual([...found.keys()].sort((a, b) => a - b), asks.map(({ line }) => line).sort((a, b) => a - b));
          for (const question of found.values()) assert.ok(question.choices.length >= 2 && new Set(question.choices).size === question.choices.length, JSON.stringify(question));
        }
      });
    }
  }

  it('are answered by what the kernel then does', () => {
    const found = comeUp(`#define _GNU_SOURCE
#include <sched.h>
#include <stddef.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void)
{
\t// ask new: What is new?
\t// ask is not a question
\tunshare(CLONE_NEWUTS | CLONE_NEWIPC);
\tif (fork() == 0) /* ask count nsproxy 2: How many? */
\t\t_exit(0);
\twait(NULL); // ask count nsproxy 2: And now?
\tunshare(CLONE_THREAD); // ask result: What will it say?
\treturn setns(-1, 0); // ask choose A | *B: Which?
}
`);
    assert.deepEqual([...found].map(([line, question]) => [line, question.text, right(question)]), [
      [10, 'What is new?', 'nsproxy 2, uts B, ipc B'], [11, 'How many?', '2'], [13, 'And now?', '1'], [14, 'What will it say?', '0 or more: it succeeds'], [15, 'Which?', 'B'],
    ]);
  });

  it('say what is wrong with them', () => {
    for (const bad of ['ask count: what?', 'ask choose A | B: which?', 'ask choose *A: which?', 'ask result of clone: what?', 'ask new:', 'ask something: what?']) {
      assert.equal(asksIn(`f(); // ${bad}`).faults.length, 1, bad);
    }
    assert.deepEqual(asksIn('f(); // ask result: what?\n// ask him about this'), { asks: [{ line: 1, about: { kind: 'result' }, text: 'what?' }], faults: [] });
  });
});
