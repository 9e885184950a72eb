import fs from 'node:fs';
import os from 'node:os';
import type { Diagnostic, SourceFiles } from '../simulator/c/diagnostic.ts';
import { sourceOf } from '../simulator/c/frontend.ts';
import { renderDiagnostics } from '../simulator/c/render.ts';
import type { LimitReached, Limits, ProgramSource, RunOptions, RunResult } from '../simulator/run/options.ts';
import type { HostState } from '../simulator/kernel/host_state.ts';
import { leftOutText } from '../simulator/run/left_out.ts';
import { BadState, parseState } from '../simulator/run/state_file.ts';
import { Session } from '../simulator/run/session.ts';
import { visible } from '../helper/model/text.ts';
import { runArguments } from './run_options.ts';
import type { RunArguments } from './run_options.ts';
import { shortRun } from './short_run.ts';
import { NobodyReads, readAhead, readSome, writeAll } from './streams.ts';
import { systemFiles } from './system_files.ts';
import { OK, RUN_HELP, USAGE } from './usage.ts';

/** nslab's own exit statuses. */
const NOT_COMPILED = 2, LIMIT = 124, NOT_SIMULATED = 126, BROKEN_PIPE = 141;
/** Instructions between two looks at what was printed. */
const SLICE = 5_000_000;
/** A short run has no more instructions, and its program no more bytes. */
const FIRST_SLICE = 50_000, SHORT = 16_384;

const files: SourceFiles = {
  read(name) {
    try {
      return fs.readFileSync(name);
    } catch {
      return null;
    }
  },
};

function limits({ maxSteps }: RunArguments): Limits {
  return { statements: maxSteps, instructions: Math.max(20_000_000_000, maxSteps * 20), tasks: 1000, memory: 768 << 20, output: 64 << 20 };
}

const WHICH: Readonly<Record<LimitReached, (limits: Limits) => string>> = {
  statements: ({ statements }) => `it ran ${statements.toLocaleString('en')} statements without ending (--max-steps sets how many it may)`,
  instructions: () => 'it ran too long in the library or in commands',
  tasks: ({ tasks }) => `there are ${tasks.toLocaleString('en')} tasks, more than the simulator makes`,
  memory: () => 'it uses more memory than the simulator has',
  output: ({ output }) => `it printed more than ${output >> 20} MiB`,
  deadlock: () => 'everybody waits for something that cannot come',
};

/** `nslab run`: the exit status. Throws UsageError. */
export function run(words: readonly string[]): number {
  const asked = runArguments(words);
  const complain = (text: string): void => writeAll(2, Buffer.from(`nslab: ${text}\n`));
  try {
    return asked.help ? (writeAll(1, Buffer.from(RUN_HELP)), OK) : checked(asked, complain);
  } catch (error) {
    if (error instanceof NobodyReads) return BROKEN_PIPE;
    throw error;
  }
}

function checked(asked: RunArguments, complain: (text: string) => void): number {
  for (const name of [asked.file, ...asked.with.map(({ file }) => file), ...[asked.stdin, asked.state].filter((name) => name !== null)]) {
    const why = unreadable(name);
    if (why === null) continue;
    complain(`${visible(name)}: ${why}`);
    return USAGE;
  }
  return started(asked, complain);
}

function started(asked: RunArguments, complain: (text: string) => void): number {
  let state: HostState | null = null;
  try {
    if (asked.state !== null) state = parseState(fs.readFileSync(asked.state, 'utf8'));
  } catch (error) {
    if (!(error instanceof BadState)) throw error;
    complain(`${visible(asked.state ?? '')}: ${visible(error.message)}`);
    return USAGE;
  }
  const options = { ...runOptions(asked), state };
  // commands that run before are no short run
  const short = state === null && options.before.length === 0 && options.with.length === 0 && fs.statSync(asked.file).size <= SHORT ? shortRun() : null;
  try {
    return toItsEnd(asked, options, complain, () => short?.end());
  } finally {
    short?.end();
  }
}

/** `goesOn` is called when it turns out to be no short run. */
function toItsEnd(asked: RunArguments, options: RunOptions, complain: (text: string) => void, goesOn: () => void): number {
  const session = Session.start(options);
  const say = (diagnostics: readonly Diagnostic[]): void => {
    if (diagnostics.length > 0) writeAll(2, Buffer.from(renderDiagnostics(diagnostics, (file) => sourceOf(file, files, options.system))));
  };
  if (!(session instanceof Session)) {
    say(session.diagnostics);
    return NOT_COMPILED;
  }
  for (const { diagnostics } of session.built) say(diagnostics);
  for (const left of session.leftOut) complain(visible(leftOutText(left)));
  let slice = FIRST_SLICE;
  do {
    session.advance({ statements: Infinity, instructions: slice, stopAtStatement: false });
    slice = SLICE;
    if (session.over === null) goesOn();
    if (asked.json) continue;
    for (const { stream, bytes } of session.takeOutput()) if (stream !== 'terminal' || asked.ttyStdin) writeAll(stream === 'stderr' ? 2 : 1, bytes);
  } while (session.over === null);
  const result = session.result();
  if (asked.json) writeAll(1, Buffer.from(`${JSON.stringify(document(result))}\n`));
  if (asked.trace === '') writeAll(2, Buffer.from(result.trace));
  else if (asked.trace !== null) fs.writeFileSync(asked.trace, result.trace);
  return ending(result, options.limits, complain);
}

/** Why a file cannot be read; null when it can. */
function unreadable(name: string): string | null {
  try {
    return fs.statSync(name).isDirectory() ? 'Is a directory' : (fs.accessSync(name, fs.constants.R_OK), null);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'No such file or directory' : 'Permission denied';
  }
}

function runOptions(asked: RunArguments): RunOptions {
  const given = asked.stdin === null ? readAhead() : fs.readFileSync(asked.stdin);
  const source = (file: string): ProgramSource => ({ file, files });
  return {
    system: systemFiles(), program: source(asked.file), args: asked.args, uid: asked.uid, kernel: asked.kernel, privateRoot: asked.privateRoot, tty: asked.tty,
    ttyStdin: asked.ttyStdin, stdin: given ?? new Uint8Array(0), ...given === null ? { more: readSome } : {}, before: asked.before,
    with: asked.with.map(({ file, name }) => ({ name, source: source(file) })), limits: limits(asked), trace: asked.trace === null ? 'off' : 'calls',
  };
}

/** The result as JSON: texts in UTF-8, with U+FFFD for bytes that are none. */
function document({ exit, signal, stdout, stderr, transcript, steps, limits: reached, notSimulated }: RunResult): object {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
  return { exit, signal, stdout: text(stdout), stderr: text(stderr), transcript: text(transcript), steps, limits: reached, notSimulated };
}

/** Says what the program could not know, and finds the exit status. */
function ending({ exit, signal, limits: reached, notSimulated }: RunResult, allowed: Limits, complain: (text: string) => void): number {
  for (const what of notSimulated) complain(`not simulated: ${what}`);
  for (const limit of reached) complain(`stopped: ${WHICH[limit](allowed)}`);
  if (notSimulated.length > 0) return NOT_SIMULATED;
  if (reached.length > 0) return LIMIT;
  return signal === null ? exit ?? LIMIT : 128 + signalNumber(signal);
}

function signalNumber(name: string): number {
  return Object.hasOwn(os.constants.signals, name) ? os.constants.signals[name as NodeJS.Signals] : Number(name.slice(3));
}
