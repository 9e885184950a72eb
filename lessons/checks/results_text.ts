import { visible } from '../../helper/model/text.ts';
import type { Result } from './check.ts';
import type { Language, Lesson } from './lesson.ts';

const SIGNS = { passed: '✓', 'not yet': '○', broken: '✗' } as const;

/** The results of a check for a terminal: a line for each task, and below it what is missing. What comes from the learner's program is made visible. */
export function resultsText({ tasks }: Lesson, results: readonly Result[], language: Language): string {
  return tasks.map(({ id, text }, n) => {
    const result = results[n];
    const what = (result?.what ?? []).map((one) => `    ${visible(one[language])}\n`).join('');
    return `${SIGNS[result?.state ?? 'broken']} ${id}: ${text[language]}\n${what}`;
  }).join('');
}
