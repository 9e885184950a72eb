import type { Version } from '../../simulator/kernel/version.ts';
import { VERSIONS } from '../../simulator/kernel/version.ts';
import { splitWords } from './command_words.ts';
import { t } from './words.ts';

/** What a program's fence says of it: ```` ```c nslab name="a.c" args="-x 1" ````. Values are JSON strings without their own notation for anything else. */
export interface Attributes {
  readonly name: string;
  readonly args: readonly string[];
  readonly uid: 0 | 1000;
  /** Null: the newest. */
  readonly kernel: Version | null;
  /** Null: not given; a program with a terminal then waits for what a person types there. */
  readonly stdin: string | null;
  readonly before: readonly string[];
  /** Names of other cells' programs, built beside it: `server.c` becomes `./server`. */
  readonly with: readonly string[];
  readonly privateRoot: boolean;
  /** Name of the notebook's state with which the computer begins; null: it is as it always is. */
  readonly state: string | null;
  /** Its output is a terminal; else a pipe, which libc buffers in another way. */
  readonly tty: boolean;
  /** Ask before steps, until the reader chooses otherwise. */
  readonly predict: boolean;
  /** The step to be at when it has run, counted from the program's start; null: its first line. */
  readonly goto: number | null;
}

export const PLAIN: Attributes = { name: 'program.c', args: [], uid: 0, kernel: null, stdin: null, before: [], with: [], privateRoot: false, state: null, tty: true, predict: false, goto: null };

/** Names of programs, as they may stand in a fence and in the file system. */
export const PROGRAM_NAME = /^[\w.-]+\.c$/;

/** Names of states, as they may stand in a fence. */
export const STATE_NAME = /^[\w.-]{1,60}$/;

export type AttributeName = 'name' | 'args' | 'uid' | 'kernel' | 'stdin' | 'before' | 'with' | 'private-root' | 'state' | 'tty' | 'predict' | 'goto';

const WORD = /\s*([A-Za-z-]+)(?:="((?:[^"\\]|\\.)*)")?/y;

/** Reads what stands after `c nslab`. Nothing is thrown: what cannot be read is a fault, and the rest counts. */
export function attributesOf(words: string): { readonly attributes: Attributes; readonly faults: readonly string[] } {
  const faults: string[] = [];
  let attributes = PLAIN;
  for (const { name, raw, from } of entriesOf(words)) {
    if (name === null) {
      faults.push(t('cannot read “{0}”: attributes are name="value"', words.slice(from).trim()));
      break;
    }
    const value = raw === null ? '' : unescaped(raw);
    if (value === null) faults.push(t('{0}: a bad escape in “{1}”', name, raw ?? ''));
    else attributes = take(attributes, name, value, faults);
  }
  return { attributes, faults };
}

/** What stands after `json nslab`: a name and nothing else. */
export function stateNameOf(words: string): { readonly name: string; readonly faults: readonly string[] } {
  const faults: string[] = [];
  let name = '';
  for (const entry of entriesOf(words)) {
    const value = entry.raw === null ? null : unescaped(entry.raw);
    if (entry.name === 'name' && value !== null && STATE_NAME.test(value)) name = value;
    else faults.push(entry.name === null ? t('cannot read “{0}”: attributes are name="value"', words.slice(entry.from).trim()) : t('a state has a name="…" of letters, digits, “.”, “-” and “_”, and nothing else'));
  }
  if (name === '' && faults.length === 0) faults.push(t('a state needs a name="…", by which programs begin with it'));
  return { name, faults };
}

/** The words with that attribute's values in place of what it had; [] takes it out, null stands for an attribute without a value. All other words stay as they are. */
export function withAttribute(words: string, name: AttributeName, values: readonly (string | null)[]): string {
  const entries = entriesOf(words);
  const same = entries.filter((entry) => entry.name === name);
  const written = values.map((value) => (value === null ? ` ${name}` : ` ${name}="${JSON.stringify(value).slice(1, -1)}"`)).join('');
  const at = same[0]?.from ?? words.trimEnd().length;
  let kept = '';
  let last = 0;
  let placed = false;
  for (const { name: other, from, to } of entries) {
    if (from >= at && !placed) {
      kept += words.slice(last, from) + written;
      last = from;
      placed = true;
    }
    if (other !== name) continue;
    kept += words.slice(last, from);
    last = to;
  }
  const rest = words.slice(last);
  return placed ? kept + rest : `${(kept + rest).trimEnd()}${written}`;
}

interface Entry { readonly name: string | null; readonly raw: string | null; readonly from: number; readonly to: number }

/** The attributes with their places; what cannot be read is one last entry without a name. */
function entriesOf(words: string): readonly Entry[] {
  const entries: Entry[] = [];
  const end = words.trimEnd().length;
  WORD.lastIndex = 0;
  while (WORD.lastIndex < end) {
    const from = WORD.lastIndex;
    const match = WORD.exec(words);
    if (!match) return [...entries, { name: null, raw: null, from, to: end }];
    entries.push({ name: match[1] ?? '', raw: match[2] ?? null, from, to: WORD.lastIndex });
  }
  return entries;
}

/** JSON's escapes. */
function unescaped(raw: string): string | null {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return null;
  }
}

function take(to: Attributes, name: string, value: string, faults: string[]): Attributes {
  switch (name) {
    case 'name': return { ...to, name: PROGRAM_NAME.test(value) ? value : `${value.replace(/[^\w.-]/g, '') || 'program'}.c` };
    case 'args': {
      const args = splitWords(value);
      if (args === null) faults.push(t('args: a quote is not closed in “{0}”', value));
      return { ...to, args: args ?? value.split(' ').filter(Boolean) };
    }
    case 'uid':
      if (value !== '0' && value !== '1000') faults.push(t('uid is 0 or 1000, not “{0}”', value));
      return { ...to, uid: value === '1000' ? 1000 : 0 };
    case 'kernel': {
      const known = VERSIONS.find((one) => one === value) ?? null;
      if (known === null) faults.push(t('there is no kernel “{0}”: there are {1}', value, VERSIONS.join(', ')));
      return { ...to, kernel: known };
    }
    case 'stdin': return { ...to, stdin: value };
    case 'before': return { ...to, before: [...to.before, value] };
    case 'with':
      if (PROGRAM_NAME.test(value)) return { ...to, with: [...to.with, value] };
      faults.push(t('with is the name of another program of this notebook, such as “server.c”, not “{0}”', value));
      return to;
    case 'state':
      if (STATE_NAME.test(value)) return { ...to, state: value };
      faults.push(t('state is the name of a state of this notebook, such as “host”, not “{0}”', value));
      return to;
    case 'private-root': return { ...to, privateRoot: true };
    case 'tty':
      if (value !== '' && value !== 'on' && value !== 'off') faults.push(t('tty is on or off, not “{0}”', value));
      return { ...to, tty: value !== 'off' };
    case 'predict': return { ...to, predict: value !== 'off' };
    case 'goto':
      if (/^\d{1,9}$/.test(value)) return { ...to, goto: Number(value) };
      faults.push(t('goto is the number of a step, not “{0}”', value));
      return to;
    default:
      faults.push(t('there is no attribute “{0}”', name));
      return to;
  }
}
