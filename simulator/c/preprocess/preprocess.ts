import { readable } from '../bytes.ts';
import type { Diagnostic, SourceFiles } from '../diagnostic.ts';
import { runDirective, type OpenFile, type Preprocessing } from './directive.ts';
import { Expander } from './expand.ts';
import { lex, type Lexed } from './lex.ts';
import { KEYWORDS } from './keywords.ts';
import type { Macro } from './macro.ts';
import { initialMacros } from './dynamic.ts';
import { conditionOperator } from './operator.ts';
import { Packing } from './packing.ts';
import { Token, spanOf } from './token.ts';

/** What the parser reads: keywords told from names, names decoded. `said`: diagnostics, each with how many tokens were there before it. */
export interface Preprocessed {
  readonly tokens: readonly Token[];
  readonly said: readonly { readonly before: number; readonly diagnostic: Diagnostic }[];
  readonly packing: Packing;
  /** A header was not found: as with gcc nothing after that is looked at. */
  readonly stopped: boolean;
}

const MAX_TOKENS = 500_000;

/** Translation phases 1 to 4. `defines` are as `-D` gives them: name and text. */
export function preprocess(file: string, text: Uint8Array, files: SourceFiles, system: SourceFiles, defines: Readonly<Record<string, string>> = {}): Preprocessed {
  const out: Token[] = [];
  const said: { before: number; diagnostic: Diagnostic }[] = [];
  const p: Preprocessing = {
    files, system, said, stack: [], macros: new Map<string, Macro>(), guarded: new Set(), once: new Set(), stopped: false, counter: 0, main: file, inCondition: false, packing: new Packing(), written: () => out.length,
    say: (severity, token, message, hint) => { said.push({ before: out.length, diagnostic: { severity, span: spanOf(token), message, ...hint === undefined ? {} : { hint } } }); },
    expander: new Expander({
      get macros() { return p.macros; },
      fromFile: () => fromFile(p),
      operator: (expander, token) => conditionOperator(p, expander, token),
      error: (token, message) => { p.say('error', token, message); },
    }),
  };
  p.macros = initialMacros(p, defines);
  enterFile(p, lex(file, text), false);
  for (;;) {
    const token = p.expander.next();
    if (token.kind === 'nothing') continue;
    if (token.kind === 'other' || token.is('#') || token.is('##')) {
      stray(p, token);
      continue;
    }
    if (out.length >= MAX_TOKENS && token.kind !== 'end') {
      p.say('error', token, 'the program has too many tokens');
      p.stopped = true;
    }
    const stop = token.kind === 'end' || p.stopped;
    out.push(stop && token.kind !== 'end' ? new Token('end', '', token.place, 0, true, false) : parserToken(p, token));
    if (stop) return { tokens: out, said, packing: p.packing, stopped: p.stopped };
  }
}

/** What no token of C begins with: reported and left out. */
function stray(p: Preprocessing, token: Token): void {
  const code = token.text.charCodeAt(0);
  const shown = token.text.length === 1 && (code >= 0x80 || code < 0x20) ? `\\${code.toString(8)}` : readable(token.text);
  const quote = /^\xe2\x80[\x98-\x9f]$/.test(token.text), space = token.text === '\xc2\xa0';
  p.say('error', token, `stray '${shown}' in program`, quote ? 'this is a typographic quote: C wants " or \'' : space ? 'this is a no-break space (U+00A0): C wants a plain space' : undefined);
}

function parserToken(p: Preprocessing, token: Token): Token {
  if (token.kind === 'identifier') {
    const keyword = KEYWORDS.get(token.text);
    if (keyword !== undefined) return new Token('keyword', keyword, token.place, token.width, token.first, token.space);
    const plain = /[\x80-\xff\\]/.test(token.text) ? decodeName(token.text) : token.text;
    return plain === token.text ? token : new Token('identifier', plain, token.place, token.width, token.first, token.space);
  }
  if (token.kind === 'unterminated') {
    p.say('error', token, `missing terminating ${token.text.startsWith("'") || token.text.includes("L'") ? "'" : '"'} character`, 'the string or character must end on the line it begins on');
    return new Token(token.text.includes('"') ? 'string' : 'number', token.text.includes('"') ? `${token.text.replace(/\\$/, '')}"` : '0', token.place, token.width, token.first, token.space);
  }
  return token;
}

function decodeName(text: string): string {
  return readable(text).replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/g, (_, short?: string, long?: string) => String.fromCodePoint(Math.min(parseInt(short ?? long ?? '0', 16), 0x10ffff)));
}

export function enterFile(p: Preprocessing, lexed: Lexed, system: boolean): void {
  const open: OpenFile = { lexed, path: lexed.file, system, index: 0, conditions: [], lineOffset: 0, shownFile: lexed.file };
  p.stack.push(open);
  for (const { place, message } of lexed.problems) p.said.push({ before: 0, diagnostic: { severity: 'error', span: { at: place, from: place, to: place }, message } });
}

/** The next token of the files that is no directive's; directives are obeyed on the way. */
function fromFile(p: Preprocessing): Token {
  for (;;) {
    const open = p.stack.at(-1);
    if (!open) throw new RangeError('no file is open');
    const token = open.lexed.tokens[open.index];
    if (!token) throw new RangeError('read past the end');
    if (p.stopped) return open.lexed.tokens.at(-1) ?? token;
    if (token.kind === 'end') {
      for (const condition of open.conditions) p.say('error', condition.token, `unterminated #${condition.word}`, 'its #endif is missing');
      open.conditions.length = 0;
      if (open.lexed.guard !== null) p.guarded.add(open.path);
      if (p.stack.length === 1) return token;
      p.stack.pop();
      continue;
    }
    if (token.first && token.is('#')) {
      let end = open.index + 1;
      while (open.lexed.tokens[end]?.first === false) end++;
      const line = open.lexed.tokens.slice(open.index + 1, end);
      open.index = end;
      runDirective(p, open, line);
      continue;
    }
    open.index++;
    return shown(open, token);
  }
}

/** `#line` changes what line and file a token says it is from. */
function shown(open: OpenFile, token: Token): Token {
  if (open.lineOffset === 0 && open.shownFile === open.path) return token;
  const { column, line } = token.place;
  return new Token(token.kind, token.text, { file: open.shownFile, line: line + open.lineOffset, column }, token.width, token.first, token.space);
}
