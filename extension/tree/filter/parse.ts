import type { NsType } from '../../../helper/protocol.ts';
import { NS_TYPES } from '../../../helper/protocol.ts';

/** How a namespace can be held or marked: what a bare keyword asks for. */
export const KEYWORDS = {
  fd: 'held by an open descriptor',
  bind: 'held by a bind mount',
  socket: 'held by a socket',
  thread: 'a single thread is in it',
  parent: 'parent of another',
  owner: 'owner of another',
  empty: 'no process is in it',
  initial: 'the machine booted with it',
  new: 'came a moment ago',
} as const;
export type Keyword = keyof typeof KEYWORDS;

/** Prefixes that take a value. */
export const PREFIXES = {
  type: 'uts, net, pid …',
  pid: 'a process, by its pid here or inside',
  user: 'a user, by uid or name',
  container: 'by name, ID or engine',
  inode: 'the number in a label',
  text: 'any text, also a word that means something else here',
} as const;
export type Prefix = keyof typeof PREFIXES;

export type Term = { readonly negated: boolean } & (
  | { readonly kind: 'type'; readonly type: NsType }
  | { readonly kind: 'keyword'; readonly keyword: Keyword }
  | { readonly kind: 'pid'; readonly pid: number }
  /** A bare number: a pid, or (five digits and more) a part of an inode. */
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'inode'; readonly digits: string }
  /** Lower case from here on: uid or name. */
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'container'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string });

/** What a namespace must fulfil to be shown: all terms. */
export interface Filter {
  /** As it was typed, trimmed. */
  readonly text: string;
  readonly terms: readonly Term[];
}

/** More terms than anybody types; a matcher keeps one bit for each. */
export const MOST_TERMS = 30;

/** A word of what was typed: `-`, a prefix with its colon, and the rest, perhaps in quotes. */
const WORD = /(-?)(?:([A-Za-z]+):)?(?:"([^"]*)("?)|(\S*))\s*/y;

/** Reads what a person typed. An error is one sentence that says what to type instead. Empty text is a filter without terms. */
export function parseFilter(typed: string): Filter | { readonly error: string } {
  const text = typed.trim();
  const terms: Term[] = [];
  WORD.lastIndex = 0;
  while (WORD.lastIndex < text.length) {
    const match = WORD.exec(text);
    if (!match || match[0] === '') return { error: `Cannot read the filter from “${text.slice(WORD.lastIndex)}” on.` };
    const [, minus, prefix, quoted, closing, plain] = match;
    if (quoted !== undefined && closing !== '"') return { error: 'A quotation mark is missing at the end.' };
    const value = quoted ?? plain ?? '';
    if (value === '' && prefix === undefined) {
      if (minus === '-') return { error: 'After “-” a term must follow, as in “-initial”.' };
      continue;
    }
    const term = prefix === undefined ? bare(value, quoted !== undefined) : prefixed(prefix, value);
    if ('error' in term) return term;
    terms.push({ ...term, negated: minus === '-' });
    if (terms.length > MOST_TERMS) return { error: `A filter has at most ${MOST_TERMS} terms.` };
  }
  return { text, terms };
}

type Positive = Term extends infer T ? T extends Term ? Omit<T, 'negated'> : never : never;

function bare(value: string, quoted: boolean): Positive {
  const word = value.toLowerCase();
  if (!quoted) {
    if (isType(word)) return { kind: 'type', type: word };
    if (Object.hasOwn(KEYWORDS, word)) return { kind: 'keyword', keyword: word as Keyword };
    if (/^\d+$/.test(word)) return { kind: 'number', digits: word };
  }
  return { kind: 'text', text: word };
}

function prefixed(prefix: string, value: string): Positive | { readonly error: string } {
  const name = prefix.toLowerCase();
  if (!Object.hasOwn(PREFIXES, name)) {
    return { error: `“${prefix}:” is not known here; there are ${Object.keys(PREFIXES).map((p) => `${p}:`).join(' ')} Text with a colon goes in quotation marks.` };
  }
  const word = value.toLowerCase();
  if (word === '') return { error: `After “${name}:” comes ${PREFIXES[name as Prefix]}.` };
  switch (name as Prefix) {
    case 'type': return isType(word) ? { kind: 'type', type: word } : { error: `“${value}” is no type of namespace; there are ${NS_TYPES.join(', ')}.` };
    case 'pid': return /^\d{1,10}$/.test(word) ? { kind: 'pid', pid: Number(word) } : { error: `“${value}” is not a pid.` };
    case 'inode': return /^\d+$/.test(word) ? { kind: 'inode', digits: word } : { error: `“${value}” is not an inode number.` };
    case 'user': return { kind: 'user', user: word };
    case 'container': return { kind: 'container', text: word };
    case 'text': return { kind: 'text', text: word };
  }
}

function isType(word: string): word is NsType { return (NS_TYPES as readonly string[]).includes(word); }
