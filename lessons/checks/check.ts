import type { Diagnostic } from '../../simulator/c/diagnostic.ts';
import { decode } from '../../simulator/kernel/text.ts';
import type { SystemFiles } from '../../simulator/run/options.ts';
import type { Fact, Lesson, Live, Run, Task, Text } from './lesson.ts';
import { observe } from './observe.ts';
import type { Observed } from './observe.ts';
import { missing } from './predicates.ts';

/**
 * `passed`; `not yet`: `what` says what is missing, from what was seen; `broken`: it could not be looked at at all (it does not compile, a file is missing,
 * the host cannot be read), which is another thing than a wrong solution.
 */
export interface Result { readonly id: string; readonly state: 'passed' | 'not yet' | 'broken'; readonly what: readonly Text[] }

/** What a check may look at. */
export interface World {
  readonly system: SystemFiles;
  /** A file of the lesson's folder; null when there is none. */
  readonly read: (name: string) => Uint8Array | null;
  /** Names of processes that are elsewhere than the asking one, by type; null: the host cannot be read, with the reason. */
  readonly host: (() => readonly ProcessSeen[]) | string;
}

/** A process of the host, as live checks see it. */
export interface ProcessSeen { readonly comm: string; /** Types of namespaces in which it is elsewhere than the process that asks. */ readonly inNew: readonly string[] }

const both = (en: string, zh: string): Text => ({ en, 'zh-cn': zh });

/** The answers that the learner wrote, by task: `{ "how-many": "2" }`. */
export const ANSWERS = 'answers.json';

export function checkLesson(lesson: Lesson, world: World): Result[] {
  const runs = new Map<string, Observed | { readonly diagnostics: readonly Diagnostic[] } | null>();
  const observed = (run: Run): Observed | { readonly diagnostics: readonly Diagnostic[] } | null => {
    const key = JSON.stringify(run);
    if (!runs.has(key)) runs.set(key, world.read(run.program) === null ? null : observe(run, lesson.kernel, world.system, world.read));
    return runs.get(key) ?? null;
  };
  return lesson.tasks.map((task) => checkTask(task, world, observed));
}

function checkTask({ id, check }: Task, world: World, observed: (run: Run) => ReturnType<typeof observe> | null): Result {
  if ('live' in check) return liveResult(id, check.live, world);
  const { run } = 'question' in check ? check.question : check;
  const seen = observed(run);
  if (seen === null) return { id, state: 'broken', what: [both(`There is no file ${run.program} in this folder. “Reset” brings it back.`, `文件夹里没有 ${run.program}。“重置”可以把它找回来。`)] };
  if ('diagnostics' in seen) {
    return { id, state: 'broken', what: seen.diagnostics.filter(({ severity }) => severity !== 'warning').slice(0, 3).map(({ message, span }) => {
      const text = `${run.program}:${span.at.line}:${span.at.column}: ${message}`;
      return both(text, text);
    }) };
  }
  if (seen.notSimulated.length > 0) return { id, state: 'broken', what: [both(`The simulator does not know ${seen.notSimulated.join(', ')}.`, `模拟器不支持 ${seen.notSimulated.join('、')}。`)] };
  if ('question' in check) return answerResult(id, check.question.fact, seen, world);
  const what = check.all.map((predicate) => missing(predicate, seen)).filter((text): text is Text => text !== null);
  return { id, state: what.length === 0 ? 'passed' : 'not yet', what };
}

function answerResult(id: string, fact: Fact, seen: Observed, { read }: World): Result {
  const right = factOf(fact, seen);
  const bytes = read(ANSWERS);
  let answers: unknown;
  try {
    answers = bytes === null ? null : JSON.parse(decode(bytes));
  } catch {
    return { id, state: 'broken', what: [both(`${ANSWERS} is no valid JSON.`, `${ANSWERS} 不是有效的 JSON。`)] };
  }
  const given = typeof answers === 'object' && answers !== null ? (answers as Record<string, unknown>)[id] : undefined;
  const text = typeof given === 'number' || typeof given === 'string' ? String(given).trim() : '';
  if (text === '') return { id, state: 'not yet', what: [both(`Write your answer into ${ANSWERS}, as "${id}".`, `请把答案写进 ${ANSWERS} 的 "${id}"。`)] };
  return text === right ? { id, state: 'passed', what: [] } : { id, state: 'not yet', what: [both(`“${text}” is not what the simulated kernel says. Run the program and step through it.`, `“${text}”与模拟内核的结果不符。运行程序，一步一步看一看。`)] };
}

/** What the simulated run says; texts are compared as they stand. */
export function factOf(fact: Fact, seen: Observed): string {
  if ('namespaces' in fact) {
    const all = seen.namespaces.filter(({ kind }) => kind === fact.namespaces.type);
    return String((fact.namespaces.when === 'ever' ? all : all.filter(({ freed }) => !freed)).length);
  }
  if ('nsproxies' in fact) return String(seen.nsproxies);
  if ('exit' in fact) return String(seen.exit ?? seen.signal ?? '');
  if ('line' in fact) return (seen.lines[fact.line - 1] ?? '').trim();
  if ('errorOf' in fact) return seen.calls.find(({ name, error }) => name === fact.errorOf && error !== null)?.error ?? '0';
  return String(seen.calls.filter(({ name }) => name === fact.callsOf).length);
}

function liveResult(id: string, { process, inNew }: Live, { host }: World): Result {
  if (typeof host === 'string') return { id, state: 'broken', what: [both(`This machine cannot be looked at: ${host}`, `无法查看这台机器：${host}`)] };
  const named = host().filter(({ comm }) => comm === process);
  if (named.some((one) => inNew.every((type) => one.inNew.includes(type)))) return { id, state: 'passed', what: [] };
  return {
    id, state: 'not yet', what: [named.length === 0 ? both(`No process named “${process}” runs now.`, `现在没有名为“${process}”的进程。`)
      : both(`A process “${process}” runs, but not in new namespaces of type ${inNew.join(', ')}.`, `有进程“${process}”，但它不在新的 ${inNew.join('、')} 命名空间里。`)],
  };
}
