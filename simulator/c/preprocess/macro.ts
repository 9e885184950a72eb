import type { Place } from '../ast.ts';
import type { Token } from './token.ts';

/** A part of a macro's body. `paste`: `##` stands between it and the next one. */
export type Piece = { readonly paste: boolean; readonly token: Token } & (
  | { readonly kind: 'token' }
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'stringify'; readonly index: number }
  /** `__VA_OPT__(…)`, with `#` before it or not. */
  | { readonly kind: 'optional'; readonly pieces: readonly Piece[]; readonly stringify: boolean });

export interface Macro {
  readonly name: string;
  readonly place: Place;
  /** Null: object-like. The last one of a variadic macro takes all the rest. */
  readonly params: readonly string[] | null;
  readonly variadic: boolean;
  readonly pieces: readonly Piece[];
  /** Computed at each use: `__LINE__` and its like. */
  readonly dynamic?: (use: Token) => Token;
  /** Its expansion is being read: it is not expanded again. */
  busy: boolean;
}

export interface MacroProblem { readonly token: Token; readonly message: string }

/** Reads `NAME…` after `#define`: the macro, or what is wrong with it. */
export function defineMacro(tokens: readonly Token[]): Macro | MacroProblem {
  const [name, open] = tokens;
  if (!name) throw new RangeError('no tokens');
  if (name.kind !== 'identifier') return { token: name, message: 'macro names must be identifiers' };
  if (name.text === 'defined' || name.text === '__VA_ARGS__' || name.text === '__VA_OPT__') return { token: name, message: `'${name.text}' cannot be used as a macro name` };
  const base = { name: name.text, place: name.place, busy: false };
  if (!open?.is('(') || open.space) {
    const body = tokens.slice(1);
    const problem = pasteAtEdge(body);
    return problem ?? { ...base, params: null, variadic: false, pieces: piecesOf(body, [], false) as Piece[] };
  }
  const list = parameters(tokens);
  if ('message' in list) return list;
  const body = tokens.slice(list.end);
  const problem = pasteAtEdge(body);
  if (problem) return problem;
  const pieces = piecesOf(body, list.params, list.variadic);
  return 'message' in pieces ? pieces : { ...base, params: list.params, variadic: list.variadic, pieces };
}

function parameters(tokens: readonly Token[]): { readonly params: string[]; readonly variadic: boolean; readonly end: number } | MacroProblem {
  const params: string[] = [];
  let at = 2;
  const here = (): Token => tokens[Math.min(at, tokens.length - 1)] as Token;
  if (tokens[at]?.is(')')) return { params, variadic: false, end: at + 1 };
  for (;;) {
    const token = tokens[at];
    if (token?.is('...')) {
      params.push('__VA_ARGS__');
      return tokens[at + 1]?.is(')') ? { params, variadic: true, end: at + 2 } : { token: here(), message: "expected ')' after \"...\"" };
    }
    if (token?.kind !== 'identifier') return { token: here(), message: token ? `"${token.text}" may not appear in macro parameter list` : "expected ')' before end of line" };
    if (params.includes(token.text)) return { token, message: `duplicate macro parameter "${token.text}"` };
    params.push(token.text);
    const next = tokens[++at];
    if (next?.is('...')) return tokens[at + 1]?.is(')') ? { params, variadic: true, end: at + 2 } : { token: here(), message: "expected ')' after \"...\"" };
    if (next?.is(')')) return { params, variadic: false, end: at + 1 };
    if (!next?.is(',')) return { token: here(), message: next ? "expected ',' or ')', found \"" + next.text + '"' : "expected ')' before end of line" };
    at++;
  }
}

function pasteAtEdge(body: readonly Token[]): MacroProblem | null {
  const edge = [body[0], body.at(-1)].find((token) => token?.is('##'));
  return edge ? { token: edge, message: "'##' cannot appear at either end of a macro expansion" } : null;
}

function piecesOf(body: readonly Token[], params: readonly string[], variadic: boolean): Piece[] | MacroProblem {
  const pieces: Piece[] = [];
  const functionLike = params.length > 0 || variadic;
  for (let i = 0; i < body.length; i++) {
    let token = body[i] as Token;
    let stringify = false;
    if (functionLike && token.is('#')) {
      const next = body[i + 1];
      if (!next || !(params.includes(next.text) || variadic && next.text === '__VA_OPT__')) return { token, message: "'#' is not followed by a macro parameter" };
      stringify = true;
      if (next.text !== '__VA_OPT__') {
        i++;
        pieces.push({ kind: 'stringify', index: params.indexOf(next.text), token, paste: body[i + 1]?.is('##') ?? false });
        if (body[i + 1]?.is('##')) i++;
        continue;
      }
      token = next;
      i++;
    }
    if (variadic && token.text === '__VA_OPT__' && body[i + 1]?.is('(')) {
      const close = closing(body, i + 1);
      if (close < 0) return { token, message: 'unterminated __VA_OPT__' };
      const inner = piecesOf(body.slice(i + 2, close), params, variadic);
      if ('message' in inner) return inner;
      i = close;
      pieces.push({ kind: 'optional', pieces: inner, stringify, token, paste: body[i + 1]?.is('##') ?? false });
    } else {
      const index = token.kind === 'identifier' ? params.indexOf(token.text) : -1;
      const paste = body[i + 1]?.is('##') ?? false;
      pieces.push(index < 0 ? { kind: 'token', token, paste } : { kind: 'parameter', index, token, paste });
    }
    while (body[i + 1]?.is('##')) i++;
  }
  return pieces;
}

function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i]?.is('(')) depth++;
    else if (tokens[i]?.is(')') && --depth === 0) return i;
  }
  return -1;
}

/** A second `#define` that says the same is no redefinition. */
export function sameMacro(a: Macro, b: Macro): boolean {
  return (a.params?.join() ?? '-') === (b.params?.join() ?? '-') && a.variadic === b.variadic && samePieces(a.pieces, b.pieces);
}

function samePieces(a: readonly Piece[], b: readonly Piece[]): boolean {
  return a.length === b.length && a.every((x, i) => {
    const y = b[i];
    return y?.kind === x.kind && x.token.text === y.token.text && x.paste === y.paste && (i === 0 || x.token.space === y.token.space)
      && (x.kind !== 'optional' || y.kind !== 'optional' || samePieces(x.pieces, y.pieces))
      && (x.kind !== 'stringify' || y.kind !== 'stringify' || x.index === y.index);
  });
}
