import { visible } from '../helper/model/text.ts';
import { DEFAULT_VERSION, RELEASE, VERSIONS } from '../simulator/kernel/version.ts';
import type { Version } from '../simulator/kernel/version.ts';
import { RUN_HELP, UsageError } from './usage.ts';

/** What `nslab run` was asked for. */
export interface RunArguments {
  readonly file: string;
  readonly args: readonly string[];
  readonly uid: 0 | 1000;
  readonly kernel: Version;
  readonly privateRoot: boolean;
  readonly tty: boolean;
  readonly ttyStdin: boolean;
  /** A file; null: nslab's own standard input. */
  readonly stdin: string | null;
  /** A file with a host's state (simulator/run/state_file.ts); null: none. */
  readonly state: string | null;
  readonly before: readonly string[];
  readonly with: readonly { readonly file: string; readonly name: string }[];
  readonly maxSteps: number;
  /** A file; '' is standard error; null: no trace. */
  readonly trace: string | null;
  readonly json: boolean;
  readonly help: boolean;
}

export const DEFAULT_STEPS = 200_000_000;

type Draft = { -readonly [name in keyof RunArguments]: RunArguments[name] };

type Take = (to: Draft, value: string) => void;
const flag = (set: (to: Draft) => void): { readonly value: false; readonly take: Take } => ({ value: false, take: set });
const option = (take: Take): { readonly value: true; readonly take: Take } => ({ value: true, take });

const OPTIONS: Readonly<Record<string, ReturnType<typeof flag> | ReturnType<typeof option>>> = {
  '--uid': option((to, value) => { to.uid = uid(value); }),
  '--kernel': option((to, value) => { to.kernel = version(value); }),
  '--private-root': flag((to) => { to.privateRoot = true; }),
  '--tty': flag((to) => { to.tty = true; }),
  '--no-tty': flag((to) => { to.tty = false; }),
  '--tty-stdin': flag((to) => { to.ttyStdin = true; }),
  '--stdin': option((to, value) => { to.stdin = value; }),
  '--state': option((to, value) => { to.state = value; }),
  '--before': option((to, value) => { to.before = [...to.before, value]; }),
  '--with': option((to, value) => { to.with = [...to.with, companion(value)]; }),
  '--max-steps': option((to, value) => { to.maxSteps = steps(value); }),
  '--json': flag((to) => { to.json = true; }),
  '--help': flag((to) => { to.help = true; }),
  '-h': flag((to) => { to.help = true; }),
};

function uid(value: string): 0 | 1000 {
  if (value !== '0' && value !== '1000') throw new UsageError(`--uid is 0 (root) or 1000 (learner), not '${visible(value)}'`, RUN_HELP);
  return value === '0' ? 0 : 1000;
}

/** `6.18`, or the release that it stands for. */
function version(value: string): Version {
  const found = VERSIONS.find((known) => known === value || RELEASE[known] === value);
  if (!found) throw new UsageError(`there is no kernel '${visible(value)}' (known: ${VERSIONS.join(', ')})`, RUN_HELP);
  return found;
}

function steps(value: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (!Number.isSafeInteger(number) || number < 1) throw new UsageError(`--max-steps is a number of statements, not '${visible(value)}'`, RUN_HELP);
  return number;
}

/** `dir/other.c` is built to `./other`, `other.c=name` to `./name`. */
function companion(value: string): { readonly file: string; readonly name: string } {
  const equals = value.lastIndexOf('=');
  const file = equals < 0 ? value : value.slice(0, equals);
  const name = equals < 0 ? file.slice(file.lastIndexOf('/') + 1).replace(/\.c$/, '') : value.slice(equals + 1);
  if (file === '' || name === '' || name.includes('/') || name === '.' || name === '..' || name === 'a.out') throw new UsageError(`--with is FILE.c or FILE.c=NAME, not '${visible(value)}'`, RUN_HELP);
  return { file, name };
}

/** Reads the words after `nslab run`. What comes after the program's name is the program's. Throws UsageError. */
export function runArguments(words: readonly string[]): RunArguments {
  const to: Draft = {
    file: '', args: [], uid: 0, kernel: DEFAULT_VERSION, privateRoot: false, tty: true, ttyStdin: false, stdin: null, state: null, before: [], with: [], maxSteps: DEFAULT_STEPS,
    trace: null, json: false, help: false,
  };
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') {
      at++;
      break;
    }
    if (!word.startsWith('-') || word === '-') break;
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const name = equals < 0 ? word : word.slice(0, equals);
    // its file can only be given by `=`: else the program would be taken for it
    if (name === '--trace') {
      to.trace = equals < 0 ? '' : word.slice(equals + 1);
      continue;
    }
    const known = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
    if (!known) throw new UsageError(`unknown option '${visible(name)}' of run`, RUN_HELP);
    if (!known.value && equals >= 0) throw new UsageError(`option '${visible(name)}' takes no value`, RUN_HELP);
    if (known.value && equals < 0 && at + 1 >= words.length) throw new UsageError(`option '${visible(name)}' needs a value`, RUN_HELP);
    known.take(to, known.value ? (equals < 0 ? words[++at] ?? '' : word.slice(equals + 1)) : '');
  }
  const file = words[at];
  if (to.help) return to;
  if (file === undefined) throw new UsageError('the program is missing: nslab run [options] prog.c [args…]', RUN_HELP);
  to.file = file;
  to.args = words.slice(at + 1);
  if (!to.tty && to.ttyStdin) throw new UsageError('--tty-stdin needs a terminal: it does not go with --no-tty', RUN_HELP);
  const names = to.with.map(({ name }) => name);
  const twice = names.find((name, n) => names.indexOf(name) !== n);
  if (twice !== undefined) throw new UsageError(`two programs are called '${visible(twice)}'`, RUN_HELP);
  return to;
}
