import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { loadNative } from '../helper/kernel/native.ts';
import { elsewhereThan } from '../helper/model/elsewhere.ts';
import { HostModel } from '../helper/model/model.ts';
import { visible } from '../helper/model/text.ts';
import { liveSources } from '../helper/scan/liveSources.ts';
import { Scanner } from '../helper/scan/scanner.ts';
import { checkLesson } from '../lessons/checks/check.ts';
import type { World } from '../lessons/checks/check.ts';
import { parseLesson } from '../lessons/checks/lesson.ts';
import { resultsText } from '../lessons/checks/results_text.ts';
import type { Language, Lesson } from '../lessons/checks/lesson.ts';
import { systemFiles } from './system_files.ts';
import { FAILED, LESSON_HELP, OK, UsageError } from './usage.ts';
import { verify } from './verify_lesson.ts';


/** `nslab lesson check|verify DIR`: 0 when all is solved, or proven. */
export function lesson(words: readonly string[]): number {
  const json = words.includes('--json');
  const [what, dir, ...more] = words.filter((word) => word !== '--json');
  if (what === undefined || what === '--help' || what === '-h') {
    process.stdout.write(LESSON_HELP);
    return OK;
  }
  if (what !== 'check' && what !== 'verify') throw new UsageError(`unknown command 'lesson ${visible(what)}'`, LESSON_HELP);
  if (dir === undefined || more.length > 0) throw new UsageError(dir === undefined ? 'a folder is missing' : `unexpected argument '${visible(more[0] ?? '')}'`, LESSON_HELP);
  const loaded = load(dir);
  if (typeof loaded === 'string') {
    process.stderr.write(`nslab: ${loaded}\n`);
    return FAILED;
  }
  if (what === 'verify') {
    const faults = verify(dir, loaded, worldOf);
    for (const fault of faults) process.stdout.write(`✗ ${fault}\n`);
    process.stdout.write(faults.length === 0 ? `${path.basename(path.resolve(dir))}: proven\n` : `${path.basename(path.resolve(dir))}: ${faults.length} faults\n`);
    return faults.length === 0 ? OK : FAILED;
  }
  const language: Language = /^zh/.test(process.env['LANG'] ?? '') ? 'zh-cn' : 'en';
  const results = checkLesson(loaded, worldOf((name) => readIn(dir, name)));
  process.stdout.write(json ? `${JSON.stringify(results)}\n` : resultsText(loaded, results, language));
  return results.every(({ state }) => state === 'passed') ? OK : FAILED;
}

/** The lesson of a folder, or why there is none. */
export function load(dir: string): Lesson | string {
  const text = readIn(dir, 'lesson.json');
  if (text === null) return `${visible(dir)} has no lesson.json`;
  const parsed = parseLesson(new TextDecoder().decode(text));
  return parsed.ok ? parsed.lesson : `${visible(path.join(dir, 'lesson.json'))}: ${parsed.why}`;
}

export function worldOf(read: World['read']): World {
  return { system: systemFiles(), read, host: process.platform === 'linux' ? hostNow : 'namespaces are a part of Linux' };
}

function hostNow(): ReturnType<typeof elsewhereThan> {
  const scanner = new Scanner(liveSources(loadNative()));
  scanner.full();
  const model = new HostModel();
  for (const part of scanner.snapshot()) model.apply(part);
  return elsewhereThan(process.pid, model.processes);
}

/** A file of a lesson; only names in the folder itself, since programs may include what they like. */
export function readIn(dir: string, name: string): Uint8Array | null {
  if (path.isAbsolute(name) || name.split('/').includes('..')) return null;
  try {
    return fs.readFileSync(path.join(dir, name));
  } catch {
    return null;
  }
}
