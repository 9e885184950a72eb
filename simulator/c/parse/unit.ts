import type { CSymbol, Expression, FunctionDefinition, FunctionSymbol, Place, Span, Statement, VariableDefinition, VariableSymbol } from '../ast.ts';
import type { Diagnostic, Severity } from '../diagnostic.ts';
import type { FunctionType } from '../types.ts';
import { Scope } from '../check/scope.ts';
import type { Packing } from '../preprocess/packing.ts';
import type { Preprocessed } from '../preprocess/preprocess.ts';
import { SYSTEM_PREFIX } from '../preprocess/include.ts';
import { endOf, spanOf, type Token } from '../preprocess/token.ts';
import type { Nested } from './nested_function.ts';
import type { SwitchContext } from './statement.ts';

/** A syntax error that has been reported: whoever can go on behind it catches this. */
export class SyntaxProblem extends Error {}
/** Too many errors, or something nested too deeply: nothing more is read. */
export class GivenUp extends Error {}

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** `inside`: the variable-length arrays whose scope it is in; of gotos, one list each. */
interface LabelUse { defined: Span | null; used: Span | null; inside: readonly VariableSymbol[]; readonly from: { readonly span: Span; readonly inside: readonly VariableSymbol[] }[] }

/** The function that is being read. */
export interface FunctionContext {
  readonly symbol: FunctionSymbol;
  readonly type: FunctionType;
  readonly labels: Map<string, LabelUse>;
  /** Names reported as undeclared: once a function is enough. */
  readonly undeclared: Set<string>;
  /** Loops and switches around the place that is read. */
  loops: number;
  switches: SwitchContext[];
  /** Variable-length arrays in whose scope the place is. */
  inside: readonly VariableSymbol[];
  /** Of a nested function: where its links are, and what they link to. */
  readonly captures?: { readonly chain: VariableSymbol; readonly variables: VariableSymbol[] };
}

const MAX_ERRORS = 50;
/** Levels of nesting of expressions, statements, declarators and initializers together. */
const MAX_DEPTH = 256;

/** A translation unit under way: where the parser stands, what is declared, and what has been said. */
export class Unit {
  readonly tokens: readonly Token[];
  at = 0;
  scope: Scope = new Scope(null);
  readonly fileScope: Scope = this.scope;
  readonly said: { readonly before: number; readonly diagnostic: Diagnostic }[] = [];
  readonly functions: FunctionDefinition[] = [];
  readonly variables: VariableDefinition[] = [];
  /** What has linkage, by name: all declarations of a name are one symbol. */
  readonly linked = new Map<string, CSymbol>();
  fn: FunctionContext | null = null;
  /** Declarations of hidden locals (sizes of variable-length arrays, compound literals' like) that must stand before the statement that is read. */
  hidden: Statement[] = [];
  /** Whose locals they are. */
  readonly owners = new WeakMap<VariableSymbol, FunctionContext>();
  readonly nested = new Map<FunctionSymbol, Nested>();
  /** Declared `register`: they have no address. */
  readonly registers = new WeakSet<VariableSymbol>();
  readonly parameters = new WeakSet<VariableSymbol>();
  /** Sizes of variable-length arrays in the declarator that is read: hidden locals and what they are to hold. */
  sizes: { readonly symbol: VariableSymbol; readonly value: Expression }[] = [];
  /** Locals declared in the block that is read. */
  locals: VariableSymbol[] = [];
  counter = 0;
  errors = 0;
  #depth = 0;
  #silent = 0;
  /** `#pragma pack` where the parser stands. */
  readonly #packing: Packing;
  constructor({ tokens, packing }: Pick<Preprocessed, 'tokens' | 'packing'>) {
    this.tokens = tokens;
    this.#packing = packing;
  }
  get pack(): number | null { return this.#packing.at(this.at); }

  // ---- reading ----
  get token(): Token { return this.tokens[this.at] ?? this.#last(); }
  ahead(n: number): Token { return this.tokens[this.at + n] ?? this.#last(); }
  #last(): Token {
    const last = this.tokens.at(-1);
    if (!last) throw new RangeError('no tokens');
    return last;
  }
  get previous(): Token { return this.tokens[Math.max(0, this.at - 1)] ?? this.#last(); }
  next(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.at++;
    return token;
  }
  /** The next token is this punctuator or keyword. */
  sees(text: string): boolean { return this.token.text === text && this.token.kind !== 'other'; }
  accept(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at++;
    return true;
  }
  /** Takes it, or reports that it is missing: where it should have been, as gcc does. */
  expect(text: string, hint?: string): Token {
    if (this.sees(text)) return this.next();
    return this.#missing(`'${text}'`, hint);
  }
  #missing(what: string, hint?: string): never {
    const { previous, token } = this;
    const place = endOf(previous);
    const sameLine = this.at > 0 && previous.place.line === token.place.line && previous.place.file === token.place.file;
    const span = sameLine && what !== "';'" || this.at === 0 ? spanOf(token) : { at: place, from: place, to: place };
    return this.syntax(`expected ${what} ${before(token)}`, span, hint ?? (what === "';'" ? `a ';' is missing at the end of line ${previous.place.line}` : undefined));
  }
  expectIdentifier(): Token {
    if (this.token.kind === 'identifier') return this.next();
    return this.syntax(`expected identifier ${before(this.token)}`);
  }
  syntax(message: string, span: Span = spanOf(this.token), hint?: string): never {
    this.error(span, message, hint);
    throw new SyntaxProblem(message);
  }
  /** From `start` (its first token's place) to the last token read; it is said to stand at `at`. */
  span(start: Place, at: Place = start): Span { return { at, from: start, to: endOf(this.previous) }; }

  /** Runs `read` one level deeper; a limit keeps the stack. */
  deeper<T>(read: () => T): T {
    if (this.#depth >= MAX_DEPTH) this.giveUp(`nested more than ${MAX_DEPTH} levels deep`);
    this.#depth++;
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }
  giveUp(message: string): never {
    this.#silent = 0;
    this.#say('unsupported', spanOf(this.token), message);
    this.errors++;
    throw new GivenUp(message);
  }

  // ---- saying ----
  error(span: Span, message: string, hint?: string): void {
    this.#say('error', span, message, hint);
    if (this.#silent === 0 && ++this.errors >= MAX_ERRORS) throw new GivenUp('too many errors');
  }
  unsupported(span: Span, message: string, hint?: string): void {
    this.#say('unsupported', span, message, hint);
    if (this.#silent === 0) this.errors++;
  }
  warn(span: Span, message: string, hint?: string): void {
    if (!(span.at.macro ?? span.at).file.startsWith(SYSTEM_PREFIX)) this.#say('warning', span, message, hint);
  }
  note(span: Span, message: string): void { this.#say('note', span, message); }
  #say(severity: Severity, span: Span, message: string, hint?: string): void {
    if (this.#silent > 0) return;
    this.said.push({ before: this.at, diagnostic: { severity, span, message, ...hint === undefined ? {} : { hint } } });
  }

  // ---- scopes ----
  push(): void { this.scope = new Scope(this.scope); }
  pop(): void { this.scope = this.scope.parent ?? this.scope; }
  get atFileScope(): boolean { return this.scope === this.fileScope; }
  /** A name that no program can have. */
  hiddenName(what: string): string { return `.${what}${this.counter++}`; }
}

/** `before 'return'`, as gcc ends its messages. */
export function before(token: Token): string {
  switch (token.kind) {
    case 'end': return 'at end of input';
    case 'string': return 'before string constant';
    case 'number': return 'before numeric constant';
    case 'character': return 'before character constant';
    case 'punctuator': return `before '${token.text}' token`;
    default: return `before '${token.text}'`;
  }
}
