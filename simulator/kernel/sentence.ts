import * as clone_flags from './flags.ts';
import { NSPROXY_FLAGS, has } from './flags.ts';
import type { Kernel } from './kernel.ts';
import type { Listing, ListingLine } from './listing.ts';
import { object_name, result_text } from './names.ts';
import { KObject } from './object.ts';
import type { RunningCall } from './task.ts';
import type { Operands, TraceEvent } from './trace.ts';

/** Everything that a line's sentences may speak of. */
export interface Moment {
  /** `clone()`; null when no program's call led here: a worker of the kernel did. */
  readonly call: string | null;
  /** Of the line itself, and of the function that it stands in. */
  readonly operands: Operands;
}

/** What the listings' sentences, and the few words that are filled into them, read in another language, by their English. What is not in it stays English. */
export type Words = Readonly<Record<string, string>>;
/** Words of `Words` that no listing says. */
export const FILLED_IN = ['with', 'without', 'the kernel', 'nothing', 'none'] as const;
const ENGLISH: Words = {};

/** A line with its sentences filled in. */
export interface Told { readonly line: ListingLine; readonly what: string; readonly why: string }

/** The sentences of the line that event number `at` executed. */
export function tell(k: Kernel, events: readonly TraceEvent[], at: number, words: Words = ENGLISH): Told {
  const event = events[at];
  if (event?.op !== 'line') throw new RangeError(`event ${at} executes no line`);
  const line = event.subject as ListingLine;
  const moment = moment_of(k, events, at);
  return { line, what: fill(words[line.what] ?? line.what, moment, words), why: fill(words[line.why] ?? line.why, moment, words) };
}

/** Walks back to where the line's function was entered, and from there to the system call that its task was in. */
export function moment_of(k: Kernel, events: readonly TraceEvent[], at: number): Moment {
  let depth = 0;
  let frame: TraceEvent | null = null;
  for (let n = at; n >= 0; n--) {
    const event = events[n];
    if (!event) break;
    if (frame === null) {
      if (event.op === 'return') depth++;
      else if (event.op === 'enter' && depth > 0) depth--;
      else if (event.op === 'enter') frame = event;
    } else if (event.op === 'entry' && event.subject === k.calls && event.name === frame.before) {
      return { call: (event.after as RunningCall).name, operands: operands_of(frame, events[at]) };
    }
  }
  return { call: null, operands: operands_of(frame, events[at]) };
}

function operands_of(frame: TraceEvent | null, line: TraceEvent | undefined): Operands {
  return { ...frame?.after as Operands | undefined, ...line?.after as Operands | null };
}

const SLOT = /\{(\w+)\}/g;

/** Puts the values into a sentence. A name that nobody gives a value stays as it is written: a test looks for those. */
export function fill(sentence: string, moment: Moment, words: Words = ENGLISH): string {
  return sentence.replace(SLOT, (slot, name: string, at: number) => value_of(name, moment, sentence.slice(at + slot.length), words) ?? slot);
}

function value_of(name: string, { call, operands }: Moment, rest: string, words: Words): string | null {
  if (name in operands) return value_text(name, operands[name], words);
  if (name === 'call') return call ?? word('the kernel', words);
  const flags = name === 'with' ? flags_of(operands) : null;
  return flags === null ? null : word(with_or_without(flags, rest), words);
}

function word(english: (typeof FILLED_IN)[number], words: Words): string { return words[english] ?? english; }

/** Does `flags` have what the sentence goes on to name: one flag, or any of those whose namespaces hang on the nsproxy? */
function with_or_without(flags: number, rest: string): 'with' | 'without' {
  const [, name = ''] = /^ (CLONE_\w+)/.exec(rest) ?? [];
  const mask = FLAGS.get(name) ?? NSPROXY_FLAGS;
  return has(flags, mask) ? 'with' : 'without';
}

/** By name, lowest bit first. */
const FLAGS: ReadonlyMap<string, number> = new Map(
  Object.entries(clone_flags).filter((entry): entry is [string, number] => entry[0].startsWith('CLONE_') && typeof entry[1] === 'number').sort(([, a], [, b]) => a - b),
);

/** `CLONE_NEWUTS | CLONE_VM | 0x11`; `0` for none. */
export function flags_text(flags: number): string {
  const names: string[] = [];
  let rest = flags;
  for (const [name, bit] of FLAGS) {
    if (!has(flags, bit)) continue;
    names.push(name);
    rest -= bit;
  }
  if (rest !== 0 || names.length === 0) names.push(rest === 0 ? '0' : `0x${rest.toString(16)}`);
  return names.join(' | ');
}

/** Operands that are sets of clone flags. */
const FLAG_OPERANDS: ReadonlySet<string> = new Set(['flags', 'clone_flags', 'unshare_flags']);

/** The clone flags among the operands, if any. */
export function flags_of(operands: Operands): number | null {
  for (const name of FLAG_OPERANDS) {
    const flags = operands[name];
    if (typeof flags === 'number') return flags;
  }
  return null;
}

/** A value as a sentence says it. */
export function value_text(name: string, value: unknown, words: Words = ENGLISH): string {
  if (value instanceof KObject) return object_name(value);
  switch (typeof value) {
    case 'number': return FLAG_OPERANDS.has(name) ? flags_text(value) : result_text(value);
    case 'string': return value;
    case 'bigint': case 'boolean': return String(value);
    case 'undefined': return word('nothing', words);
    case 'object': break;
    default: return '?';
  }
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return value.length === 0 ? word('none', words) : value.map((part) => value_text('', part, words)).join(', ');
  return Object.entries(value).map(([key, part]) => `${key} ${value_text(key, part, words)}`).join(', ');
}

/** `copy_utsname(flags CLONE_NEWUTS, user_ns user A, old_ns uts A)`: a call as a step over it shows it. */
export function call_text(of: Listing, operands: Operands): string {
  const args = Object.entries(operands).map(([name, value]) => `${name} ${value_text(name, value)}`);
  return `${of.fn}(${args.join(', ')})`;
}
