import type { Place, Span } from '../ast.ts';

/**
 * `number`: a preprocessing number, not looked at yet. `unterminated`: a quote without its end, to the end of the line. `other`: a byte or character that C has no use for.
 * `keyword` comes only out of the preprocessor, with `text` in its plain spelling (`inline` for `__inline__`). `nothing`: what an empty argument leaves beside `##`.
 */
export type TokenKind = 'identifier' | 'keyword' | 'number' | 'character' | 'string' | 'punctuator' | 'header' | 'unterminated' | 'other' | 'nothing' | 'end';

export class Token {
  readonly kind: TokenKind;
  /** As it is spelled, one character a byte; quotes and prefixes included. */
  readonly text: string;
  readonly place: Place;
  /** Columns it takes at `place` (of a macro's name, when a macro made it). */
  readonly width: number;
  /** It is the first of its line. */
  readonly first: boolean;
  /** White space stands before it. */
  readonly space: boolean;
  /** The name of a macro that was being expanded when this was met: never expanded again. */
  readonly painted: boolean;
  constructor(kind: TokenKind, text: string, place: Place, width: number, first: boolean, space: boolean, painted = false) {
    this.kind = kind;
    this.text = text;
    this.place = place;
    this.width = width;
    this.first = first;
    this.space = space;
    this.painted = painted;
  }
  is(text: string): boolean { return this.kind === 'punctuator' && this.text === text; }
}

export function endOf(token: Token): Place {
  const { place } = token;
  return place.macro ? { file: place.file, line: place.line, column: place.column + token.width, macro: place.macro } : { file: place.file, line: place.line, column: place.column + token.width };
}

export function spanOf(token: Token): Span { return { at: token.place, from: token.place, to: endOf(token) }; }

/** Tokens as text again, with a space where one stood: for `#`, `#error` and messages. */
export function spell(tokens: readonly Token[]): string {
  return tokens.map((token, i) => (i > 0 && (token.space || token.first) ? ' ' : '') + token.text).join('');
}
