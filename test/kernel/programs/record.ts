// Runs the corpus on this machine's kernel and writes down what came out (goldens/NAME.txt). As root, with gcc:
//   taskset -c 0 node test/kernel/programs/record.ts [--check-stable] [NAME...]
// With --check-stable each run is made 20 times, and nothing is written of a program that differs. There is no way to make a golden but to run it.
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { GOLDENS, programs } from './corpus.ts';
import type { Program } from './corpus.ts';
import { cases, directives, libraries, title } from './directives.ts';
import type { Case, Directive } from './directives.ts';
import { format } from './golden.ts';
import type { Outcome } from './golden.ts';
import { Layers } from './layers.ts';
import { normalise } from './normalise.ts';

const TIMES = 20;
const AT_ONCE = 3;

const scratch = mkdtempSync(path.join(os.tmpdir(), 'nslab-record-'));
const sandbox = path.join(scratch, 'sandbox');

/** As a learner does it: in the source's directory, so that __FILE__ is its plain name. */
function gcc(source: string, to: string, ...more: string[]): void {
  execFileSync('gcc', ['-w', '-O0', '-o', to, path.basename(source), ...more], { cwd: path.dirname(source), stdio: ['ignore', 'inherit', 'inherit'] });
}

/** The program and the companions of one run, built: name in the working directory → file. */
function build(program: Program, { with: others }: Directive): Map<string, string> {
  const out = mkdtempSync(path.join(scratch, 'build-'));
  const files = new Map([['a.out', path.join(out, 'a.out')]]);
  gcc(program.file, path.join(out, 'a.out'), ...libraries(program.source.toString()), '-lpthread', '-lrt');
  for (const other of others) {
    const [file = '', name = ''] = other.split('=');
    gcc(path.join(path.dirname(program.file), file), path.join(out, name), '-lpthread', '-lrt');
    files.set(name, path.join(out, name));
  }
  return files;
}

async function run(lower: string, { uid, tty, directive }: Case): Promise<Outcome> {
  const out = mkdtempSync(path.join(scratch, 'out-'));
  const stdin = path.join(out, 'stdin');
  writeFileSync(stdin, directive.stdin);
  await promisify(execFile)(sandbox, ['--uid', String(uid), '--lower', lower, '--out', out, '--stdin', stdin, tty ? '--tty' : '--pipes',
    ...directive.before.flatMap((line) => ['--before', line]), '--', ...directive.args]);
  const text = (name: string): string => normalise(readFileSync(path.join(out, name), 'utf8'));
  const end = text('status').trim();
  if (end === 'timeout') throw new Error('it does not end');
  const outcome = tty ? { end, output: text('transcript') } : { end, output: text('stdout'), errors: text('stderr') };
  rmSync(out, { recursive: true });
  return outcome;
}

/** What one program did, or a sentence that says why that cannot be kept. */
async function record(layers: Layers, program: Program, times: number): Promise<ReadonlyMap<string, Outcome> | string> {
  const lowers = directives(program.source.toString()).map((directive) => layers.lower(build(program, directive)));
  const outcomes = new Map<string, Outcome>();
  for (const one of cases(program.source.toString())) {
    const lower = lowers[one.run - 1] ?? '';
    const first = await run(lower, one);
    outcomes.set(title(one), first);
    for (let i = 1; i < times; i++) {
      const next = await run(lower, one);
      if (JSON.stringify(next) !== JSON.stringify(first)) return `${title(one)}: ${JSON.stringify(first)}, and the ${i + 1}th time ${JSON.stringify(next)}`;
    }
  }
  return outcomes;
}

function header(program: Program): Map<string, string> {
  return new Map([
    ['kernel', `${os.release()} ${os.machine()}`],
    ['gcc', execFileSync('gcc', ['-dumpfullversion'], { encoding: 'utf8' }).trim()],
    ['source', createHash('sha256').update(program.source).digest('hex')],
  ]);
}

const given = process.argv.slice(2);
const times = given.includes('--check-stable') ? TIMES : 1;
const names = given.filter((word) => !word.startsWith('--'));
const wanted = programs().filter(({ name }) => names.length === 0 || names.some((part) => name.includes(part)));
if (process.getuid?.() !== 0) throw new Error('Recording runs programs as root on a real kernel: run this as root.');
gcc(path.join(import.meta.dirname, 'sandbox.c'), sandbox);
if (!existsSync(GOLDENS)) mkdirSync(GOLDENS);
const layers = new Layers();
let kept = 0;
try {
  const queue = [...wanted];
  const work = async (): Promise<void> => {
    for (let program = queue.shift(); program; program = queue.shift()) {
      const found = await record(layers, program, times).catch((error: unknown) => String(error));
      if (typeof found === 'string') {
        console.error(`${program.name}: ${found}`);
        process.exitCode = 1;
        continue;
      }
      writeFileSync(program.golden, format({ header: header(program), outcomes: found }));
      kept++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
} finally {
  layers.remove();
  rmSync(scratch, { recursive: true });
}
console.log(`${kept} of ${wanted.length} programs recorded${times > 1 ? `, the same ${times} times` : ''}`);
