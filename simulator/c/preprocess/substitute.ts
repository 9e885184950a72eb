import type { Place } from '../ast.ts';
import { lex } from './lex.ts';
import { bytesOf } from '../bytes.ts';
import type { Macro, Piece } from './macro.ts';
import { Token } from './token.ts';

/** An argument as written, and (made when first wanted) with its own macros expanded. */
export interface Argument { readonly raw: readonly Token[]; readonly expanded: () => readonly Token[]; /** Of the rest of a variadic macro: it was not given at all, or it is the only one and empty. */ readonly omitted: boolean }

/** A token that a macro's body wrote, where the macro is used. */
export function placed(token: Token, use: Token, first: boolean): Token {
  const { place } = use;
  const at: Place = { file: place.file, line: place.line, column: place.column, macro: token.place };
  return new Token(token.kind, token.text, at, use.width, false, first ? use.space || use.first : token.space, token.painted);
}

const NOTHING = (use: Token): Token => new Token('nothing', '', use.place, 0, false, false);

/** The tokens that a use of a macro becomes, before they are read again for more macros. `report`: two tokens that do not paste. */
export function substitute(macro: Macro, use: Token, args: readonly Argument[], report: (message: string) => void): Token[] {
  const out = substitutePieces(macro, macro.pieces, use, args, report).filter((token) => token.kind !== 'nothing');
  const [head] = out;
  // the first token stands where the macro's name stood
  if (head && head.space !== (use.space || use.first)) out[0] = spaced(head, use.space || use.first);
  return out;
}

function spaced(token: Token, space: boolean): Token {
  return token.space === space && !token.first ? token : new Token(token.kind, token.text, token.place, token.width, false, space, token.painted);
}

function substitutePieces(macro: Macro, pieces: readonly Piece[], use: Token, args: readonly Argument[], report: (message: string) => void): Token[] {
  const out: Token[] = [];
  let pasting = false;
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] as Piece;
    let made: readonly Token[];
    if (piece.kind === 'token') {
      const next = pieces[i + 1];
      const comma = piece.paste && piece.token.is(',') && macro.variadic && next?.kind === 'parameter' && next.index === args.length - 1;
      const empty = comma && args.at(-1)?.omitted === true;
      // GNU: `, ## __VA_ARGS__` takes the comma away with the arguments, and pastes nothing
      made = empty ? [NOTHING(use)] : [placed(piece.token, use, false)];
      if (comma) {
        const rest = args[next.index];
        append(out, made, pasting, report);
        if (!empty && rest) out.push(...(next.paste ? rest.raw : rest.expanded()).map((token, n) => spaced(token, n === 0 ? next.token.space : token.space || token.first)));
        pasting = next.paste;
        i++;
        continue;
      }
    } else if (piece.kind === 'parameter') {
      const argument = args[piece.index];
      const tokens = pasting || piece.paste ? argument?.raw ?? [] : argument?.expanded() ?? [];
      made = tokens.length > 0 ? tokens.map((token, n) => spaced(token, n === 0 ? piece.token.space : token.space || token.first)) : pasting || piece.paste ? [NOTHING(use)] : [];
    } else if (piece.kind === 'stringify') {
      made = [stringified(args[piece.index]?.raw ?? [], piece.token, use)];
    } else {
      const rest = args.at(-1)?.expanded() ?? [];
      const inner = rest.length > 0 ? substitutePieces(macro, piece.pieces, use, args, report) : [];
      made = piece.stringify ? [stringified(inner.filter((token) => token.kind !== 'nothing'), piece.token, use)] : inner.length > 0 ? inner : [NOTHING(use)];
    }
    append(out, made, pasting, report);
    pasting = piece.paste;
  }
  return out;
}

function append(out: Token[], made: readonly Token[], pasting: boolean, report: (message: string) => void): void {
  const left = out.at(-1), [right, ...rest] = made;
  if (!pasting || !left || !right) { out.push(...made); return; }
  out.pop();
  out.push(...paste(left, right, report), ...rest);
}

/** `left ## right`: one token, or both again when they are none. */
function paste(left: Token, right: Token, report: (message: string) => void): Token[] {
  if (right.kind === 'nothing') return [left];
  if (left.kind === 'nothing') return [spaced(right, left.space)];
  const text = left.text + right.text;
  const [one, two] = lex('', bytesOf(text)).tokens;
  if (!one || two?.kind !== 'end' || one.kind === 'other' || one.kind === 'unterminated') {
    report(`pasting "${left.text}" and "${right.text}" does not give a valid preprocessing token`);
    return [left, right];
  }
  return [new Token(one.kind, one.text, left.place, left.width, false, left.space)];
}

function stringified(tokens: readonly Token[], hash: Token, use: Token): Token {
  const text = tokens.map((token, i) => {
    const space = i > 0 && (token.space || token.first) ? ' ' : '';
    return space + (token.kind === 'string' || token.kind === 'character' ? token.text.replace(/["\\]/g, '\\$&') : token.text);
  }).join('');
  // a lone backslash at the end would escape the quote
  const odd = /(?:^|[^\\])(?:\\\\)*\\$/.test(text);
  return placed(new Token('string', `"${odd ? text.slice(0, -1) : text}"`, hash.place, 1, false, hash.space), use, false);
}
