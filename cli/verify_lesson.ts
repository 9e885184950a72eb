import fs from 'node:fs';
import path from 'node:path';
import { checkLesson } from '../lessons/checks/check.ts';
import type { Result, World } from '../lessons/checks/check.ts';
import type { Lesson } from '../lessons/checks/lesson.ts';

/** A wrong solution: the right one with one text replaced. */
interface Mutant { readonly name: string; readonly file: string; readonly replace: string; readonly by: string }

const LEAST_MUTANTS = 5;
const LANGUAGES = ['', '.zh-cn'] as const;

/**
 * What is wrong with a lesson, as its author must know: it is unsolved at its start, solved by its solution and by another one, wrong solutions fail, both
 * languages are there, and every link leads somewhere. [] when all is proven. `.author/` holds what is needed for that.
 */
export function verify(dir: string, lesson: Lesson, worldOf: (read: World['read']) => World): string[] {
  const faults: string[] = [];
  const author = path.join(dir, '.author');
  const file = (...parts: string[]): Uint8Array | null => {
    try {
      return fs.readFileSync(path.join(...parts));
    } catch {
      return null;
    }
  };
  const check = (over: (name: string) => Uint8Array | null): Result[] => checkLesson(lesson, worldOf((name) => over(name) ?? file(dir, name)));
  // live tasks need a person, or a test that makes what they ask for
  const simulated = new Set(lesson.tasks.filter(({ check: of }) => !('live' in of)).map(({ id }) => id));
  const judged = (results: readonly Result[]): readonly Result[] => results.filter(({ id }) => simulated.has(id));

  if (simulated.size === 0) return texts(dir, lesson);
  for (const { id, state, what } of judged(check(() => null))) {
    if (state === 'passed') faults.push(`${id} is solved before anything was done`);
    if (state === 'broken') faults.push(`${id} is broken at the start: ${what.map(({ en }) => en).join(' ')}`);
  }
  for (const solution of ['solution', 'other']) {
    if (!fs.existsSync(path.join(author, solution))) {
      faults.push(`.author/${solution} is missing`);
      continue;
    }
    for (const { id, state, what } of judged(check((name) => file(author, solution, name)))) if (state !== 'passed') faults.push(`${id} is ${state} with .author/${solution}: ${what.map(({ en }) => en).join(' ')}`);
  }
  const programs = fs.existsSync(path.join(author, 'solution')) ? fs.readdirSync(path.join(author, 'solution')).filter((name) => name.endsWith('.c')) : [];
  if (programs.length > 0 && programs.every((name) => Buffer.compare(file(author, 'solution', name) ?? Buffer.alloc(0), file(author, 'other', name) ?? Buffer.alloc(0)) === 0)) faults.push('.author/other is the same as .author/solution');
  faults.push(...mutants(author, file, (over) => judged(check((name) => over(name) ?? file(author, 'solution', name)))));
  faults.push(...texts(dir, lesson));
  return faults;
}

function mutants(author: string, file: (...parts: string[]) => Uint8Array | null, check: (over: (name: string) => Uint8Array | null) => readonly Result[]): string[] {
  const bytes = file(author, 'mutants.json');
  if (!bytes) return ['.author/mutants.json is missing'];
  const all = JSON.parse(new TextDecoder().decode(bytes)) as readonly Mutant[];
  const faults = all.length < LEAST_MUTANTS ? [`only ${all.length} mutants`] : [];
  for (const { name, file: of, replace, by } of all) {
    const text = new TextDecoder().decode(file(author, 'solution', of) ?? new Uint8Array(0));
    if (text.split(replace).length !== 2) {
      faults.push(`mutant ${name}: “${replace}” does not stand in ${of} once`);
      continue;
    }
    const changed = new TextEncoder().encode(text.replace(replace, () => by));
    const results = check((wanted) => (wanted === of ? changed : null));
    if (results.every(({ state }) => state === 'passed')) faults.push(`mutant ${name} passes all checks`);
  }
  return faults;
}

/** Both languages, and links to files and steps that exist. */
function texts(dir: string, lesson: Lesson): string[] {
  const faults: string[] = [];
  for (const language of LANGUAGES) {
    const name = `README${language}.md`;
    const readme = fs.existsSync(path.join(dir, name)) ? fs.readFileSync(path.join(dir, name), 'utf8') : null;
    if (readme === null) {
      faults.push(`${name} is missing`);
      continue;
    }
    for (const [, target = ''] of readme.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?:|#)/.test(target)) continue;
      if (!fs.existsSync(path.join(dir, decodeURIComponent(target.replace(/#.*$/, ''))))) faults.push(`${name}: there is no ${target}`);
    }
    const words = language === '' ? readme.split(/\s+/).length : readme.replace(/\s/g, '').length / 2;
    // about 200 words a minute, and time to try
    if (words / 200 > lesson.minutes) faults.push(`${name}: ${Math.round(words)} words are more than ${lesson.minutes} minutes`);
  }
  const notebooks = fs.readdirSync(dir).filter((name) => name.endsWith('.nsbook.md'));
  for (const name of notebooks.filter((one) => !one.includes('.zh-cn.'))) if (!notebooks.includes(name.replace('.nsbook.md', '.zh-cn.nsbook.md'))) faults.push(`${name} has no Chinese twin`);
  return faults;
}
