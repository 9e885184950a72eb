import { readable } from '../bytes.ts';
import type { Diagnostic, Severity, SourceFiles } from '../diagnostic.ts';
import { ConditionError, evaluateCondition } from './condition.ts';
import type { Expander } from './expand.ts';
import { includeFile } from './include_directive.ts';
import type { Lexed } from './lex.ts';
import { defineMacro, sameMacro, type Macro } from './macro.ts';
import { OPERATORS } from './operator.ts';
import type { Packing } from './packing.ts';
import { spell, type Token } from './token.ts';

/** A `#if` that is open. `taken`: one of its branches has been read, so that no other one will be. */
export interface Condition { readonly token: Token; word: string; taken: boolean; sawElse: boolean }

export interface OpenFile {
  readonly lexed: Lexed;
  readonly path: string;
  readonly system: boolean;
  /** The next of `lexed.tokens`. */
  index: number;
  readonly conditions: Condition[];
  /** What `#line` said. */
  lineOffset: number;
  shownFile: string;
}

/** The state of a preprocessor's run. */
export interface Preprocessing {
  readonly files: SourceFiles;
  readonly system: SourceFiles;
  readonly said: { before: number; diagnostic: Diagnostic }[];
  readonly stack: OpenFile[];
  macros: Map<string, Macro>;
  /** Files that have an include guard and were read to their end. */
  readonly guarded: Set<string>;
  /** Files with `#pragma once`. */
  readonly once: Set<string>;
  stopped: boolean;
  counter: number;
  readonly main: string;
  inCondition: boolean;
  readonly packing: Packing;
  /** How many tokens have been given out. */
  readonly written: () => number;
  readonly say: (severity: Severity, token: Token, message: string, hint?: string) => void;
  readonly expander: Expander;
}

/** Obeys one directive: the rest of its line after `#`. */
export function runDirective(p: Preprocessing, open: OpenFile, line: readonly Token[]): void {
  const [name, ...rest] = line;
  if (!name) return;
  switch (name.text) {
    case 'define': { define(p, name, rest); return; }
    case 'undef': { undefine(p, name, rest); return; }
    case 'include':
    case 'import':
    case 'include_next': { includeFile(p, open, name, rest); return; }
    case 'if': case 'ifdef': case 'ifndef': {
      const yes = isTrue(p, name, rest);
      open.conditions.push({ token: name, word: name.text, taken: yes, sawElse: false });
      if (!yes) skip(p, open);
      return;
    }
    case 'elif': case 'elifdef': case 'elifndef': case 'else': {
      // reached from a branch that was read: all others are passed over
      const condition = open.conditions.at(-1);
      if (!condition) { p.say('error', name, `#${name.text} without #if`); return; }
      if (condition.sawElse) p.say('error', name, `#${name.text} after #else`);
      if (name.text === 'else') condition.sawElse = true;
      condition.word = name.text;
      skip(p, open);
      return;
    }
    case 'endif':
      if (!open.conditions.pop()) p.say('error', name, '#endif without #if');
      return;
    case 'error':
      p.say('error', name, `#error${rest.length > 0 ? ' ' : ''}${readable(spell(rest))}`);
      return;
    case 'warning':
      p.say('warning', name, `#warning${rest.length > 0 ? ' ' : ''}${readable(spell(rest))}`);
      return;
    case 'line': { setLine(p, open, name, rest); return; }
    case 'pragma':
      if (rest[0]?.text === 'once') p.once.add(open.path);
      else if (rest[0]?.text === 'pack') p.packing.pragma(rest.slice(1), p.written());
      return;
    case 'ident': case 'sccs': case 'assert': case 'unassert': return;
    default:
      if (name.kind === 'number') setLine(p, open, name, line);
      else p.say('error', name, `invalid preprocessing directive #${readable(name.text)}`, nearest(name.text));
  }
}

const DIRECTIVES = ['define', 'undef', 'include', 'if', 'ifdef', 'ifndef', 'elif', 'else', 'endif', 'error', 'warning', 'line', 'pragma'];
function nearest(word: string): string | undefined {
  const near = DIRECTIVES.find((directive) => directive.length > 2 && directive.split('').sort().join('') === word.split('').sort().join('')) ?? DIRECTIVES.find((directive) => directive.startsWith(word) || word.startsWith(directive) && directive.length > 2);
  return near === undefined ? undefined : `did you mean #${near}?`;
}

function define(p: Preprocessing, directive: Token, rest: readonly Token[]): void {
  if (rest.length === 0) { p.say('error', directive, 'no macro name given in #define directive'); return; }
  const made = defineMacro(rest);
  if ('message' in made) { p.say('error', made.token, made.message); return; }
  const old = p.macros.get(made.name);
  if (old && !sameMacro(old, made)) p.say('warning', rest[0] as Token, `"${made.name}" redefined`);
  p.macros.set(made.name, made);
}

function undefine(p: Preprocessing, directive: Token, rest: readonly Token[]): void {
  const [name] = rest;
  if (name?.kind !== 'identifier') p.say('error', name ?? directive, name ? 'macro names must be identifiers' : 'no macro name given in #undef directive');
  else p.macros.delete(name.text);
}

/** Is the condition after `#if`, `#ifdef`, … true? What cannot be read is false. */
function isTrue(p: Preprocessing, directive: Token, rest: readonly Token[]): boolean {
  if (/def$/.test(directive.text)) {
    const [name] = rest;
    if (name?.kind !== 'identifier') {
      p.say('error', name ?? directive, name ? 'macro names must be identifiers' : `no macro name given in #${directive.text} directive`);
      return false;
    }
    return (p.macros.has(name.text) || OPERATORS.has(name.text)) !== /nd/.test(directive.text);
  }
  p.inCondition = true;
  try {
    return evaluateCondition(p.expander.expand(rest), directive, directive.text);
  } catch (problem) {
    if (!(problem instanceof ConditionError)) throw problem;
    p.say('error', problem.token, problem.message);
    return false;
  } finally {
    p.inCondition = false;
  }
}

/** Passes over tokens up to the branch of the innermost condition that is to be read, or its `#endif`. */
function skip(p: Preprocessing, open: OpenFile): void {
  const { tokens } = open.lexed;
  for (let depth = 0; ;) {
    const token = tokens[open.index];
    if (!token || token.kind === 'end') return;
    open.index++;
    if (!token.first || !token.is('#')) continue;
    const name = tokens[open.index];
    if (!name || name.first) continue;
    let end = open.index;
    while (tokens[end]?.first === false) end++;
    if (/^if(?:n?def)?$/.test(name.text)) depth++;
    else if (name.text === 'endif' && depth-- === 0) {
      open.index = end;
      open.conditions.pop();
      return;
    } else if (depth === 0 && /^(?:else|elif|elifn?def)$/.test(name.text)) {
      const rest = tokens.slice(open.index + 1, end);
      open.index = end;
      if (branch(p, open, name, rest)) return;
    }
  }
}

function branch(p: Preprocessing, open: OpenFile, name: Token, rest: readonly Token[]): boolean {
  const condition = open.conditions.at(-1);
  if (!condition) return true;
  if (condition.sawElse) p.say('error', name, `#${name.text} after #else`);
  condition.word = name.text;
  if (name.text === 'else') condition.sawElse = true;
  if (condition.taken) return false;
  condition.taken = name.text === 'else' || isTrue(p, name, rest);
  return condition.taken;
}

function setLine(p: Preprocessing, open: OpenFile, name: Token, rest: readonly Token[]): void {
  const [number, file] = p.expander.expand(rest[0]?.kind === 'number' || name.text === 'line' ? rest : [name, ...rest]);
  if (number?.kind !== 'number' || !/^[0-9]+$/.test(number.text)) {
    p.say('error', number ?? name, `"${number?.text ?? ''}" after #line is not a positive integer`);
    return;
  }
  if (file && file.kind !== 'string') p.say('error', file, `"${readable(file.text)}" is not a valid filename`);
  open.lineOffset = Number(number.text) - (name.place.line + 1);
  if (file?.kind === 'string') open.shownFile = readable(file.text.slice(1, -1));
}
