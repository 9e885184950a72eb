import { type Macro } from './macro.ts';
import { substitute, type Argument } from './substitute.ts';
import { Token } from './token.ts';

/** Tokens that are read before what follows in the file: a macro's expansion, an argument, a token put back. */
interface Context {
  readonly tokens: readonly Token[];
  index: number;
  readonly macro: Macro | null;
  /** Reading stops at its end: an argument is expanded as if nothing followed. */
  readonly barrier: boolean;
}

/** What the expansion needs of its surroundings. */
export interface Source {
  readonly macros: ReadonlyMap<string, Macro>;
  /** The next token that is no directive's; at the end of everything, always the `end` token. */
  readonly fromFile: () => Token;
  /** `defined`, `__has_include` and so on inside a `#if`: the token that stands for it, or null. */
  readonly operator: (expander: Expander, token: Token) => Token | null;
  readonly error: (token: Token, message: string) => void;
}

const MAX_TOKENS = 1_000_000;

/**
 * Expands macros as gcc's preprocessor does: a macro whose expansion is still being read is not expanded, and its name, met there, never will be. An expansion that has been
 * read to its end is over, even if the name of the next macro came from it and its arguments follow.
 */
export class Expander {
  readonly #source: Source;
  readonly #contexts: Context[] = [];
  #made = 0;
  constructor(source: Source) { this.#source = source; }

  /** The next token, not expanded. */
  raw(): Token {
    for (;;) {
      const context = this.#contexts.at(-1);
      if (!context) return this.#source.fromFile();
      const token = context.tokens[context.index];
      if (token) {
        context.index++;
        return token;
      }
      if (context.barrier) return END;
      this.#contexts.pop();
      if (context.macro) context.macro.busy = false;
    }
  }

  /** The next token after all expansion. */
  next(): Token {
    for (;;) {
      const token = this.raw();
      if (token.kind !== 'identifier' || token.painted) return token;
      const operator = this.#source.operator(this, token);
      if (operator) return operator;
      const macro = this.#source.macros.get(token.text);
      if (!macro) return token;
      if (macro.busy) return new Token(token.kind, token.text, token.place, token.width, token.first, token.space, true);
      if (macro.dynamic) return macro.dynamic(token);
      if (macro.params === null) this.#enter(macro, token, []);
      else {
        const args = this.#arguments(macro, token);
        if (args === null) return token;
        this.#enter(macro, token, args);
      }
    }
  }

  /** All tokens of a list, expanded as if nothing followed. */
  expand(tokens: readonly Token[]): Token[] {
    const depth = this.#contexts.length;
    this.#contexts.push({ tokens, index: 0, macro: null, barrier: true });
    const out: Token[] = [];
    for (let token = this.next(); token.kind !== 'end'; token = this.next()) out.push(token);
    for (let context = this.#contexts.pop(); context && this.#contexts.length > depth; context = this.#contexts.pop()) if (context.macro) context.macro.busy = false;
    return out;
  }

  unread(token: Token): void { this.#contexts.push({ tokens: [token], index: 0, macro: null, barrier: false }); }

  #enter(macro: Macro, use: Token, args: readonly Argument[]): void {
    const tokens = substitute(macro, use, args, (message) => this.#source.error(use, message));
    this.#made += tokens.length;
    if (this.#made > MAX_TOKENS) {
      if (this.#made < Infinity) this.#source.error(use, 'macros expand to too many tokens');
      this.#made = Infinity;
      return;
    }
    macro.busy = true;
    this.#contexts.push({ tokens, index: 0, macro, barrier: false });
  }

  /** The arguments of a use of `macro`; null: no parenthesis follows, so it is no use. */
  #arguments(macro: Macro, use: Token): Argument[] | null {
    const open = this.raw();
    if (!open.is('(')) {
      if (open !== END) this.unread(open);
      return null;
    }
    const params = macro.params ?? [];
    const lists: Token[][] = [[]];
    for (let depth = 1; ;) {
      const token = this.raw();
      if (token.kind === 'end') {
        this.#source.error(use, `unterminated argument list invoking macro "${macro.name}"`);
        if (token !== END) this.unread(token);
        return null;
      }
      if (token.is('(')) depth++;
      else if (token.is(')') && --depth === 0) break;
      else if (token.is(',') && depth === 1 && !(macro.variadic && lists.length === params.length)) {
        lists.push([]);
        continue;
      }
      // a name that may not be expanded here must not be when the argument is read again
      lists.at(-1)?.push(token.kind === 'identifier' && this.#source.macros.get(token.text)?.busy === true && !token.painted
        ? new Token(token.kind, token.text, token.place, token.width, token.first, token.space, true) : token);
    }
    return this.#checkedArguments(macro, use, params, lists);
  }

  #checkedArguments(macro: Macro, use: Token, params: readonly string[], lists: Token[][]): Argument[] | null {
    if (params.length === 0 && lists.length === 1 && lists[0]?.length === 0) lists.pop();
    const omitted = macro.variadic && (lists.length === params.length - 1 || params.length === 1 && lists[0]?.length === 0);
    if (macro.variadic && lists.length === params.length - 1) lists.push([]);
    if (lists.length > params.length) this.#source.error(use, `macro "${macro.name}" passed ${lists.length} arguments, but takes just ${params.length}`);
    else if (lists.length < params.length) this.#source.error(use, `macro "${macro.name}" requires ${params.length} arguments, but only ${lists.length} given`);
    if (lists.length !== params.length) return null;
    return params.map((_, i) => {
      const raw = lists[i] ?? [];
      let expanded: readonly Token[] | null = null;
      return { raw, expanded: () => expanded ??= this.expand(raw), omitted: omitted && i === params.length - 1 };
    });
  }
}

/** What a barrier gives. */
const END = new Token('end', '', { file: '', line: 0, column: 0 }, 0, true, false);
