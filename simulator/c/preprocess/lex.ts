import { byteString, codePointAt } from '../bytes.ts';
import type { Place } from '../ast.ts';
import { splice } from './splice.ts';
import { Token, type TokenKind } from './token.ts';

/** A file as tokens, comments gone. `problems` are the file's own: what is wrong with a single token is said when it is used. */
export interface Lexed {
  readonly file: string;
  readonly tokens: readonly Token[];
  readonly problems: readonly { readonly place: Place; readonly message: string }[];
  /** The whole file stands between `#ifndef GUARD` and its `#endif`: nothing is left of it once GUARD is defined. */
  readonly guard: string | null;
}

const PUNCTUATORS = ['...', '<<=', '>>=', '->', '++', '--', '<<', '>>', '<=', '>=', '==', '!=', '&&', '||', '*=', '/=', '%=', '+=', '-=', '&=', '^=', '|=', '##', '<:', ':>', '<%', '%>', '%:'];
const ALTERNATIVE: Readonly<Record<string, string>> = { '<:': '[', ':>': ']', '<%': '{', '%>': '}', '%:': '#', '%:%:': '##' };
const BY_FIRST = new Map<string, readonly string[]>();
for (const text of PUNCTUATORS) BY_FIRST.set(text.charAt(0), [...BY_FIRST.get(text.charAt(0)) ?? [], text]);
const SINGLE = '[](){}.&*+-~!/%<>^|?:;=,#';

// What a byte can begin or go on with, by its value.
const NAME = 1, DIGIT = 2, SPACE = 4, HIGH = 8;
const CLASS = new Uint8Array(256);
for (let c = 0; c < 256; c++) {
  const ch = String.fromCharCode(c);
  CLASS[c] = /[A-Za-z_$]/.test(ch) ? NAME : /[0-9]/.test(ch) ? DIGIT : /[ \t\r\f\v\0]/.test(ch) ? SPACE : c >= 0x80 ? HIGH : 0;
}
const XID = /^\p{XID_Continue}$/u;

/** How many bytes of a character that names may hold stand at `at`: 0 for none. */
function nameBytes(text: string, at: number): number {
  const kind = CLASS[text.charCodeAt(at)] ?? 0;
  if ((kind & (NAME | DIGIT)) !== 0) return 1;
  if (kind === HIGH) {
    const found = codePointAt(text, at);
    return found && XID.test(String.fromCodePoint(found.point)) ? found.length : 0;
  }
  if (text.charCodeAt(at) === 0x5c) {
    const escaped = /^\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})/.exec(text.slice(at, at + 10));
    return escaped ? escaped[0].length : 0;
  }
  return 0;
}

function endOfName(text: string, from: number): number {
  let at = from;
  for (let n = nameBytes(text, at); n > 0; n = nameBytes(text, at)) at += n;
  return at;
}

function endOfNumber(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const c = text.charAt(at);
    if ((c === '+' || c === '-') && 'eEpP'.includes(text.charAt(at - 1))) at++;
    else if (c === '.') at++;
    else {
      const n = nameBytes(text, at);
      if (n === 0) return at;
      at += n;
    }
  }
}

/** Just past the closing quote, or −1 when the line ends before it. */
function endOfQuoted(text: string, from: number): number {
  const quote = text.charCodeAt(from);
  for (let at = from + 1; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === quote) return at + 1;
    if (c === 0x0a) return -1;
    if (c === 0x5c) at++;
    if (text.charCodeAt(at) === 0x0a) return -1;
  }
  return -1;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

/** Translation phases 1 to 3. `file` is the name that places get. */
export function lex(file: string, bytes: Uint8Array): Lexed {
  const { text, joints } = splice(byteString(bytes));
  const tokens: Token[] = [];
  const problems: { place: Place; message: string }[] = [];
  let at = text.startsWith('\xef\xbb\xbf') ? 3 : 0;
  let line = 1, lineStart = at, joint = 0, first = true, space = false;
  /** A line, or a joined piece of one, begins at `offset`. */
  const placeOf = (offset: number): Place => {
    for (let next = joints[joint]; next !== undefined && next <= offset; next = joints[joint]) {
      line++;
      lineStart = next;
      joint++;
    }
    return { file, line, column: offset - lineStart + 1 };
  };
  const newline = (offset: number): void => {
    placeOf(offset);
    line++;
    lineStart = offset + 1;
    first = true;
    space = false;
  };
  const push = (kind: TokenKind, end: number, spelling?: string): void => {
    tokens.push(new Token(kind, spelling ?? text.slice(at, end), placeOf(at), end - at, first, space));
    first = false;
    space = false;
    at = end;
  };
  const quoted = (open: number): void => {
    const end = endOfQuoted(text, open);
    if (end < 0) push('unterminated', endOfLine(text, open));
    else push(text.charAt(open) === '"' ? 'string' : 'character', end);
  };
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const kind = CLASS[code] ?? 0;
    if (code === 0x0a) { newline(at++); continue; }
    if (kind === SPACE) { space = true; at++; continue; }
    if (code === 0x2f && text.charCodeAt(at + 1) === 0x2f) { at = endOfLine(text, at); continue; }
    if (code === 0x2f && text.charCodeAt(at + 1) === 0x2a) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) problems.push({ place: placeOf(at), message: 'unterminated comment' });
      const stop = end < 0 ? text.length : end + 2;
      const wasFirst: boolean = first;
      for (let nl = text.indexOf('\n', at); nl >= 0 && nl < stop; nl = text.indexOf('\n', nl + 1)) newline(nl);
      // a comment is a space, and what follows it in its last line still belongs to the line it began in
      first = wasFirst;
      space = true;
      at = stop;
      continue;
    }
    const n = nameBytes(text, at);
    if (n > 0 && kind !== DIGIT) {
      const end = endOfName(text, at);
      const quote = text.charCodeAt(end);
      if ((quote === 0x22 || quote === 0x27) && /^(?:L|u|U|u8)$/.test(text.slice(at, end))) quoted(end);
      else push('identifier', end);
      continue;
    }
    if (kind === DIGIT || code === 0x2e && CLASS[text.charCodeAt(at + 1)] === DIGIT) { push('number', endOfNumber(text, at)); continue; }
    if (code === 0x22 || code === 0x27) { quoted(at); continue; }
    if (code === 0x3c && isInclude(tokens)) {
      const end = text.indexOf('>', at);
      if (end > 0 && end < endOfLine(text, at)) { push('header', end + 1); continue; }
    }
    const ch = text.charAt(at);
    if (ch === '%' && text.startsWith('%:%:', at)) { push('punctuator', at + 4, '##'); continue; }
    const long = BY_FIRST.get(ch)?.find((p) => text.startsWith(p, at));
    if (long !== undefined) push('punctuator', at + long.length, ALTERNATIVE[long] ?? long);
    else if (SINGLE.includes(ch)) push('punctuator', at + 1);
    else push('other', at + (codePointAt(text, at)?.length ?? 1));
  }
  first = true;
  push('end', at, '');
  return { file, tokens, problems, guard: guardOf(tokens) };
}

/** The tokens so far end in `# include`: a header's name comes. */
function isInclude(tokens: readonly Token[]): boolean {
  const name = tokens.at(-1), hash = tokens.at(-2);
  return name?.kind === 'identifier' && hash !== undefined && hash.first && hash.is('#') && /^(?:include|include_next|import)$/.test(name.text);
}

function guardOf(tokens: readonly Token[]): string | null {
  const [hash, ifndef, name] = tokens;
  if (!hash?.is('#') || ifndef?.text !== 'ifndef' || name?.kind !== 'identifier') return null;
  let depth = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token?.first || !token.is('#')) continue;
    const word = tokens[i + 1]?.text ?? '';
    if (/^if(?:n?def)?$/.test(word)) depth++;
    else if (depth === 1 && /^el/.test(word)) return null;
    else if (word === 'endif' && --depth === 0) return tokens[i + 2]?.kind === 'end' ? name.text : null;
  }
  return null;
}
