/// <reference lib="webworker" />
// The simulator's worker: runs a program, records it, and goes to any moment of it. All state is here; the page only shows. In a browser it judges lessons, too.
import { checkLesson } from '../lessons/checks/check.ts';
import type { Checked, ToCheck } from '../lessons/checks/wire.ts';
import type { Typed } from '../simulator/run/script.ts';
import { InputScript } from '../simulator/run/script.ts';
import { Session } from '../simulator/run/session.ts';
import { Packed, partsOf } from '../simulator/run/packed.ts';
import type { SystemFiles } from '../simulator/run/options.ts';
import type { Diagnostic } from '../simulator/c/diagnostic.ts';
import type { Ended, ExportedStep, FromWorker, ProgramToRun, Said, ToWorker } from '../simulator/protocol.ts';
import type { Kernel } from '../simulator/kernel/kernel.ts';
import type { Pause } from '../simulator/machine/system/computer.ts';
import type { Words } from '../simulator/kernel/sentence.ts';
import { key_of } from '../simulator/kernel/state.ts';
import type { Ref } from '../simulator/picture/picture.ts';
import { callsOf, lanesOf } from '../simulator/timeline/marks.ts';
import { fillTexts } from '../simulator/kernel/listing.ts';
import { leftOutSentence } from '../simulator/run/left_out.ts';
import { parseState } from '../simulator/run/state_file.ts';
import { lineSearch } from '../simulator/timeline/line_search.ts';
import { momentOf } from '../simulator/timeline/moment.ts';
import type { Look } from '../simulator/timeline/moment.ts';
import { Recording } from '../simulator/timeline/recording.ts';
import type { Position } from '../simulator/timeline/position.ts';
import { compare } from '../simulator/timeline/position.ts';
import { outputOf } from '../simulator/timeline/terminals.ts';
import { positionAt, tickOf } from '../simulator/timeline/ticks.ts';
import { walk } from '../simulator/timeline/walk.ts';

declare const self: DedicatedWorkerGlobalScope;

/** Statements between two looks at the messages that came: a stop is heard within a few milliseconds. */
const SLICE = 20_000;
/** What a notebook may take; a run that reaches one of them stays as it is. */
const LIMITS = { statements: 1_000_000, instructions: 400_000_000, tasks: 200, memory: 256 << 20, output: 4 << 20 } as const;

let system: SystemFiles | undefined;
/** The kernel's sentences in the user's language; undefined: English. */
let words: Words | undefined;
interface Running { readonly run: number; readonly session: Session; readonly recording: Recording; readonly script: InputScript; look: Look }
let current: Running | undefined;
/** The run that may go on; another number ends the one that goes on now. */
let wanted = -1;
let stopped = false;

const send = (message: FromWorker): void => { self.postMessage(message); };
/** Of a program: what was said about its file, or about one that it includes. */
const saidOf = (program: string) => ({ severity, span, message, hint }: Diagnostic): Said => ({ file: span.at.file === program ? null : span.at.file, severity, line: span.at.line, column: span.at.column, message, hint: hint ?? null });
/** Lets messages come in. */
const breathe = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve); });

async function start(run: number, program: ProgramToRun, typed: readonly Typed[]): Promise<void> {
  if (!system) throw new Error('the system files have not come');
  const { file } = program;
  const texts = new Map([...program.with, program].map((each) => [each.file, new TextEncoder().encode(each.text)]));
  const files = { read: (path: string) => texts.get(path) ?? null };
  const interactive = program.stdin === null && program.tty;
  const session = Session.start({
    system, program: { file, files }, args: program.args, uid: program.uid, kernel: program.kernel, state: program.state === null ? null : parseState(program.state),
    privateRoot: program.privateRoot, tty: program.tty, ttyStdin: interactive, interactive, stdin: new TextEncoder().encode(program.stdin ?? ''), before: program.before,
    with: program.with.map((other) => ({ name: other.file.replace(/\.c$/, ''), source: { file: other.file, files } })), limits: LIMITS, trace: 'full',
  });
  if (!(session instanceof Session)) {
    send({ type: 'refused', run, said: session.diagnostics.map(saidOf(file)), why: null });
    return;
  }
  const recording = new Recording(session.computer);
  current = { run, session, recording, script: new InputScript(session, recording, interactive ? typed : []), look: { file, kernel: true, watched: null, selected: null, ask: false, words } };
  if (!await recordOn(current)) return;
  // the first thing that one sees is the program about to begin
  recording.seek(recording.start);
  const first = walk(recording, 'into', false);
  if (first) recording.seek(first);
  show();
}

/** To the program's end, to where it waits for a person, a limit, or a stop; then tells what there is. False: another run was begun meanwhile. */
async function recordOn({ run, session, recording, script, look }: Running): Promise<boolean> {
  let pause: Pause = session.over ?? 'budget';
  while (!stopped && wanted === run) {
    if (session.over || pause === 'input') {
      if (!script.next(session.over ?? pause)) break;
    }
    pause = recording.record({ statements: SLICE, instructions: SLICE * 20, stopAtStatement: false });
    send({ type: 'progress', run, statements: session.computer.statements });
    await breathe();
  }
  if (wanted !== run) return false;
  const result = session.result();
  const { k } = recording;
  send({
    type: 'recorded', run, said: session.built.flatMap((built) => built.diagnostics.map(saidOf(look.file))), start: tickOf(recording.start), end: tickOf(recording.end), statements: recording.end.statement,
    names: namesOf(k), stretches: lanesOf(recording), calls: callsOf(recording),
    ended: pause === 'input' && session.computer.console.prompts(k) ? { by: 'input' } : ending(result.exit, result.signal, pause === 'input' ? ['deadlock'] : result.limits, stopped),
    notSimulated: result.notSimulated, leftOut: session.leftOut.map(leftOutSentence), output: outputOf(recording), typed: script.typed,
  });
  return true;
}

/** What each task was called last: `a.out-7001`. Ended ones are known by the kernel functions that they were in. */
function namesOf(k: Kernel): Record<string, string> {
  const names: Record<string, string> = Object.fromEntries([...k.tasks.values()].map((task) => [key_of(task), [task.comm, ...task.thread_pid?.numbers.slice(0, 1).map(({ nr }) => nr) ?? []].join(' ')]));
  for (const { op, name, before } of k.trace.events) if (op === 'enter') names[`task:${String(before)}`] = (name as string).replace(/-(\d+)$/, ' $1');
  return names;
}

function ending(status: number | null, signal: string | null, limits: readonly string[], cut: boolean): Ended {
  if (signal !== null) return { by: 'signal', signal };
  if (status !== null) return { by: 'exit', status };
  return limits.length > 0 ? { by: 'limit', limits } : cut ? { by: 'stop' } : { by: 'nothing' };
}

function show(): void {
  if (current) send({ type: 'moment', run: current.run, moment: momentOf(current.recording, current.look) });
}

async function answer(message: ToWorker): Promise<void> {
  settle();
  switch (message.type) {
    case 'system':
      system = new Packed(partsOf(message.bytes));
      words = message.words ?? undefined;
      if (message.listings) fillTexts(message.listings);
      send({ type: 'ready' });
      return;
    case 'run':
      wanted = message.run;
      stopped = false;
      try {
        await start(message.run, message.program, message.typed);
      } catch (error) {
        send({ type: 'refused', run: message.run, said: [], why: error instanceof Error ? error.message : String(error) });
      }
      return;
    case 'stop':
      if (message.run === wanted) stopped = true;
      return;
    case 'step': case 'seek': {
      if (current?.run !== message.run) return;
      const { recording } = current;
      if (message.type === 'step') current.look = { ...current.look, kernel: message.kernel };
      const to = message.type === 'seek' ? positionAt(recording, message.tick) : walk(recording, message.step, message.kernel);
      if (to) recording.seek(to);
      show();
      return;
    }
    case 'look':
      if (current?.run !== message.run) return;
      current.look = { ...current.look, watched: message.watched, selected: message.selected, kernel: message.kernel, ask: message.ask };
      show();
      return;
    case 'export':
      if (current?.run === message.run) await exportSteps(current, message.most);
      return;
    case 'line':
      if (current?.run === message.run) await toLine(current, new Set(message.lines), message.direction);
      return;
    case 'next':
      if (current?.run === message.run) await otherNext(current, message.task);
      return;
    case 'type':
      if (current?.run === message.run) await typeAt(current, message.text);
  }
}

/** Where a search began that is under way; whoever wants something else first goes back there. */
let searching: Position | null = null;

function settle(): void {
  if (searching) current?.recording.seek(searching);
  searching = null;
}

async function toLine({ recording, look, run }: Running, lines: ReadonlySet<number>, direction: 1 | -1): Promise<void> {
  const from = recording.at;
  searching = from;
  const looking = lineSearch(recording, look.file, lines, direction);
  let found = looking.next();
  while (found.done !== true) {
    await breathe();
    if (searching !== from) return;
    found = looking.next();
  }
  searching = null;
  recording.seek(found.value ?? from);
  show();
  if (!found.value) send({ type: 'nowhere', run, why: 'line' });
}

/** From the first line of the program on, into everything; then back to where one was. */
async function exportSteps({ run, recording, look }: Running, most: number): Promise<void> {
  const from = recording.at;
  searching = from;
  const steps: ExportedStep[] = [];
  recording.seek(recording.start);
  let to = walk(recording, 'into', look.kernel);
  while (to && steps.length < most) {
    recording.seek(to);
    const { tick, task, stack, lines, listing, sentence, picture, terminals } = momentOf(recording, { ...look, watched: null, selected: null, ask: false });
    steps.push({ tick, task, stack, lines, listing, sentence, picture, output: terminals[0].text });
    const next = walk(recording, 'into', look.kernel);
    to = next && compare(next, to) > 0 ? next : null;
    if (steps.length % 50 !== 0) continue;
    await breathe();
    if (searching !== from) return;
  }
  settle();
  send({ type: 'exported', run, steps, complete: to === null });
}

async function otherNext(running: Running, ref: Ref): Promise<void> {
  const { run, recording, script } = running;
  const task = [...recording.k.tasks.values()].find((each) => key_of(each) === ref);
  const { at } = recording;
  if (!task || !recording.branch(task)) {
    send({ type: 'nowhere', run, why: 'next' });
    return;
  }
  script.forgetAfter(at);
  stopped = false;
  if (!await recordOn(running)) return;
  recording.seek(at);
  show();
}

/** The run goes on from here with what was typed; then one sees where it waits again, or has ended. */
async function typeAt(running: Running, text: string): Promise<void> {
  running.script.type(text);
  stopped = false;
  if (await recordOn(running)) show();
}

function judge({ lesson, files, noHost }: ToCheck): Checked {
  try {
    if (!system) throw new Error('the system files have not come');
    return { type: 'checked', results: checkLesson(lesson, { system, read: (name) => files.get(name) ?? null, host: noHost }) };
  } catch (error) {
    return { type: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToWorker | ToCheck>) => {
  if (data.type === 'check') self.postMessage(judge(data));
  else void answer(data);
});
