import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { checkLesson } from '../lessons/checks/check.ts';
import type { Result, World } from '../lessons/checks/check.ts';
import { TASK_TYPE } from '../lessons/checks/lesson.ts';
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

  if (simulated.size === 0) return [...texts(dir, lesson), ...workspace(dir)];
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
  faults.push(...texts(dir, lesson), ...workspace(dir));
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

/** What is looked at in a lesson's workspace file, and in its tasks. */
const Settings = v.record(v.string(), v.unknown());
const Workspace = v.object({ folders: v.tuple([v.object({ name: v.string(), path: v.literal('..') })]), settings: Settings });
const Tasks = v.object({ tasks: v.array(v.object({ label: v.string(), type: v.string(), command: v.optional(v.string()) })) });

/** What VS Code opens: the lesson's folder, as a folder or by its workspace file, with tasks that build each of its programs, run and check. */
function workspace(dir: string): string[] {
  const faults: string[] = [];
  const read = <const Schema extends v.GenericSchema>(file: string, schema: Schema): v.InferOutput<Schema> | null => {
    try {
      const parsed = v.safeParse(schema, JSON.parse(fs.readFileSync(path.join(dir, '.vscode', file), 'utf8')));
      if (parsed.success) return parsed.output;
      faults.push(`.vscode/${file}: ${v.getDotPath(parsed.issues[0]) ?? ''} ${parsed.issues[0].message}`);
    } catch (error) {
      faults.push(`.vscode/${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
    return null;
  };
  const asWorkspace = read(`${path.basename(path.resolve(dir))}.code-workspace`, Workspace);
  const settings = read('settings.json', Settings);
  // a folder's settings do not reach the window of a workspace, hence they stand in both
  if (asWorkspace && settings && !isDeepStrictEqual(asWorkspace.settings, settings)) faults.push('.vscode: the workspace file has other settings than settings.json');
  const tasks = read('tasks.json', Tasks)?.tasks;
  if (!tasks) return faults;
  const built = tasks.find(({ label }) => label === 'build')?.command?.split(/[\s;]+/) ?? [];
  for (const file of fs.readdirSync(dir)) if (file.endsWith('.c') && !built.includes(file.slice(0, -2))) faults.push(`.vscode/tasks.json: “build” does not build ${file}`);
  if (!tasks.some(({ label }) => label.startsWith('run '))) faults.push('.vscode/tasks.json: no task “run …”');
  if (!tasks.some(({ label, type }) => label === 'check' && type === TASK_TYPE)) faults.push('.vscode/tasks.json: no task “check”');
  return faults;
}
