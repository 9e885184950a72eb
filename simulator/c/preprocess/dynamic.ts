import { bytesOf } from '../bytes.ts';
import type { Preprocessing } from './directive.ts';
import { lex } from './lex.ts';
import { defineMacro, type Macro, type Piece } from './macro.ts';
import { DATE, PREDEFINED, TIME } from './predefined.ts';
import { Token } from './token.ts';

/** The macros before the first line: gcc's own, as tokens made once, then those of the command line and those computed at each use. */
export function initialMacros(p: Preprocessing, defines: Readonly<Record<string, string>>): Map<string, Macro> {
  const macros = new Map(predefined());
  for (const macro of parse(defines, '<command-line>')) macros.set(macro.name, macro);
  const place = { file: '<built-in>', line: 1, column: 1 };
  const number = (use: Token, value: number): Token => new Token('number', String(value), use.place, use.width, false, use.space || use.first);
  const string = (use: Token, text: string): Token => new Token('string', `"${text.replace(/["\\]/g, '\\$&')}"`, use.place, use.width, false, use.space || use.first);
  const dynamic: Readonly<Record<string, (use: Token) => Token>> = {
    __LINE__: (use) => number(use, use.place.line),
    __FILE__: (use) => string(use, p.stack.at(-1)?.shownFile ?? ''),
    __FILE_NAME__: (use) => string(use, (p.stack.at(-1)?.shownFile ?? '').replace(/^.*\//, '')),
    __BASE_FILE__: (use) => string(use, p.main),
    __INCLUDE_LEVEL__: (use) => number(use, p.stack.length - 1),
    __COUNTER__: (use) => number(use, p.counter++),
    __DATE__: (use) => string(use, DATE),
    __TIME__: (use) => string(use, TIME),
    __TIMESTAMP__: (use) => string(use, `Thu ${DATE.slice(0, 6)} ${TIME} 2026`),
  };
  for (const [name, make] of Object.entries(dynamic)) macros.set(name, { name, place, params: null, variadic: false, pieces: [], dynamic: make, busy: false });
  return macros;
}

let own: ReadonlyMap<string, Macro> | null = null;
function predefined(): ReadonlyMap<string, Macro> {
  own ??= new Map(Object.entries(PREDEFINED).map(([name, text]) => [name, lazy(name, text)]));
  // a compilation that was ended in the middle must not leave a macro closed for the next one
  for (const macro of own.values()) macro.busy = false;
  return own;
}

/** Most of gcc's macros are never used: their text is read when one is. */
function lazy(name: string, text: string): Macro {
  let pieces: readonly Piece[] | null = null;
  return { name, place: { file: '<built-in>', line: 1, column: 1 }, params: null, variadic: false, busy: false, get pieces() { return pieces ??= parse({ [name]: text }, '<built-in>')[0]?.pieces ?? []; } };
}

function parse(defines: Readonly<Record<string, string>>, file: string): Macro[] {
  return Object.entries(defines).flatMap(([name, text]) => {
    const made = defineMacro(lex(file, bytesOf(`${name} ${text}`)).tokens.slice(0, -1));
    return 'pieces' in made ? [made] : [];
  });
}
