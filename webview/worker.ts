/// <reference lib="webworker" />
// The simulator's worker: runs a program, records it, and goes to any moment of it. All state is here; the page only shows.
import { Session } from '../simulator/run/session.ts';
import { Packed } from '../simulator/run/packed.ts';
import type { SystemFiles } from '../simulator/run/options.ts';
import type { Diagnostic } from '../simulator/c/diagnostic.ts';
import type { FromWorker, ProgramToRun, Said, ToWorker } from '../simulator/protocol.ts';
import type { Kernel } from '../simulator/kernel/kernel.ts';
import { key_of } from '../simulator/kernel/state.ts';
import { callsOf, lanesOf } from '../simulator/timeline/marks.ts';
import { momentOf } from '../simulator/timeline/moment.ts';
import { Recording } from '../simulator/timeline/recording.ts';
import { positionAt, tickOf } from '../simulator/timeline/ticks.ts';
import { walk } from '../simulator/timeline/walk.ts';

declare const self: DedicatedWorkerGlobalScope;

/** Statements between two looks at the messages that came: a stop is heard within a few milliseconds. */
const SLICE = 20_000;
/** What a notebook may take; a run that reaches one of them stays as it is. */
const LIMITS = { statements: 1_000_000, instructions: 400_000_000, tasks: 200, memory: 256 << 20, output: 4 << 20 } as const;

let system: SystemFiles | undefined;
let current: { readonly run: number; readonly recording: Recording; readonly file: string } | undefined;
/** The run that may go on; another number ends the one that goes on now. */
let wanted = -1;
let stopped = false;

const send = (message: FromWorker): void => { self.postMessage(message); };
const said = ({ severity, span, message, hint }: Diagnostic): Said => ({ severity, line: span.at.line, column: span.at.column, message, hint: hint ?? null });
/** Lets messages come in. */
const breathe = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve); });

async function start(run: number, program: ProgramToRun): Promise<void> {
  if (!system) throw new Error('the system files have not come');
  const { file } = program;
  const text = new TextEncoder().encode(program.text);
  const session = Session.start({
    system, program: { file, files: { read: (path) => (path === file ? text : null) } }, args: program.args, uid: program.uid, kernel: program.kernel,
    privateRoot: program.privateRoot, tty: true, ttyStdin: false, stdin: new TextEncoder().encode(program.stdin), before: program.before, with: [], limits: LIMITS, trace: 'full',
  });
  if (!(session instanceof Session)) {
    send({ type: 'refused', run, said: session.diagnostics.map(said), why: null });
    return;
  }
  const recording = new Recording(session.computer);
  current = { run, recording, file };
  while (!session.over && !stopped && wanted === run) {
    recording.record({ statements: SLICE, instructions: SLICE * 20, stopAtStatement: false });
    send({ type: 'progress', run, statements: session.computer.statements });
    await breathe();
  }
  if (wanted !== run) return;
  const result = session.result();
  const { k } = recording;
  send({
    type: 'recorded', run, said: session.built.flatMap((built) => built.diagnostics.map(said)), start: tickOf(recording.start), end: tickOf(recording.end), statements: recording.end.statement,
    names: namesOf(k), stretches: lanesOf(recording), calls: callsOf(recording),
    exit: ending(result.exit, result.signal, result.limits, stopped), notSimulated: result.notSimulated,
  });
  // the first thing that one sees is the program about to begin
  recording.seek(recording.start);
  const first = walk(recording, 'into', false);
  if (first) recording.seek(first);
  show();
}

/** What each task was called last: `a.out-7001`. Ended ones are known by the kernel functions that they were in. */
function namesOf(k: Kernel): Record<string, string> {
  const names: Record<string, string> = Object.fromEntries([...k.tasks.values()].map((task) => [key_of(task), task.comm]));
  for (const { op, name, before } of k.trace.events) if (op === 'enter') names[`task:${String(before)}`] = (name as string).replace(/-(\d+)$/, ' $1');
  return names;
}

function ending(exit: number | null, signal: string | null, limits: readonly string[], cut: boolean): string {
  if (signal !== null) return `ended by ${signal}`;
  if (exit !== null) return `exit status ${exit}`;
  return limits.length > 0 ? `stopped: limit of ${limits.join(', ')}` : cut ? 'stopped' : 'not ended';
}

function show(): void {
  if (current) send({ type: 'moment', run: current.run, moment: momentOf(current.recording, current.file) });
}

async function answer(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'system':
      system = new Packed(message.bytes);
      send({ type: 'ready' });
      return;
    case 'run':
      wanted = message.run;
      stopped = false;
      try {
        await start(message.run, message.program);
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
      const to = message.type === 'seek' ? positionAt(recording, message.tick) : walk(recording, message.step, message.kernel);
      if (to) recording.seek(to);
      show();
    }
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => { void answer(data); });
