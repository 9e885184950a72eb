import type { Expression, Place, Span, VariableSymbol } from '../ast.ts';
import type { IntegerType, Qualifiers, Type } from '../types.ts';
import { ERROR, functionOf, INTEGER, isComplete, isError, isInteger, NO_QUALIFIERS, pointerTo, qualified, sizeOf, ULONG } from '../check/basic_types.ts';
import { implied, promote } from '../check/convert.ts';
import { typeText } from '../check/type_text.ts';
import { sizeOfCount, sizeSymbol, variableArray } from '../check/variable_size.ts';
import { isWrong } from '../check/constant.ts';
import { decayed } from '../check/convert.ts';
import { spanOf, type Token } from '../preprocess/token.ts';
import { attributes, noAttributes, parenthesised, type Attributes } from './attributes.ts';
import { assignmentExpression } from './expression.ts';
import { parameterList, type Parameter } from './parameters.ts';
import { before, type Unit } from './unit.ts';

/** The parameters of a function declarator; `names`: K&R's list of names whose types follow. */
export interface ParameterList {
  readonly params: readonly Parameter[];
  readonly variadic: boolean;
  readonly prototyped: boolean;
  readonly names: readonly Token[] | null;
  /** Sizes that parameters of variable length need at the start of the function. */
  readonly sizes: Unit['sizes'];
}

/** A step from the name outward. */
type Chunk =
  | { readonly kind: 'pointer'; readonly q: Qualifiers }
  | { readonly kind: 'array'; readonly count: Expression | null; readonly star: boolean; readonly at: Token; readonly q: Qualifiers }
  | { readonly kind: 'function'; readonly list: ParameterList; readonly at: Token };

export interface Declarator {
  readonly type: Type;
  readonly name: Token | null;
  readonly attributes: Attributes;
  /** Of the function that the name itself is, when it is one. */
  readonly parameters: ParameterList | null;
  /** Qualifiers written in the outermost `[const]` of a parameter. */
  readonly arrayQualifiers: Qualifiers;
  readonly span: Span;
  /** `asm("name")`. */
  readonly label: string | null;
}

/** `named`: a name must be there. `abstract`: there must be none. `parameter`: there may be one. */
export function declarator(u: Unit, base: Type, mode: 'named' | 'abstract' | 'parameter'): Declarator {
  const start = u.token.place;
  const attrs = noAttributes();
  const { chunks, name } = chunksOf(u, mode, attrs);
  const label = u.sees('asm') ? asmLabel(u) : null;
  attributes(u, attrs);
  let type = base;
  for (let i = chunks.length - 1; i >= 0; i--) {
    const chunk = chunks[i];
    if (chunk) type = apply(u, chunk, type, name, mode === 'parameter' && i === 0);
  }
  if (attrs.mode !== null && type.kind === 'integer') type = ofSize(type, attrs.mode);
  const [first] = chunks;
  return {
    type, name, attributes: attrs, label, parameters: first?.kind === 'function' ? first.list : null, arrayQualifiers: first?.kind === 'array' ? first.q : NO_QUALIFIERS,
    span: name ? spanOf(name) : u.span(start),
  };
}

function ofSize(type: IntegerType, size: 1 | 2 | 4 | 8): IntegerType {
  return type.signed ? INTEGER[({ 1: 'signed char', 2: 'short', 4: 'int', 8: 'long' } as const)[size]]
    : INTEGER[({ 1: 'unsigned char', 2: 'unsigned short', 4: 'unsigned int', 8: 'unsigned long' } as const)[size]];
}

function asmLabel(u: Unit): string {
  u.next();
  const { at } = u;
  parenthesised(u);
  return u.tokens.slice(at + 1, u.at - 1).map((token) => token.text.replace(/^"|"$/g, '')).join('');
}

function chunksOf(u: Unit, mode: 'named' | 'abstract' | 'parameter', attrs: Attributes): { readonly chunks: Chunk[]; readonly name: Token | null } {
  const pointers: Chunk[] = [];
  attributes(u, attrs);
  while (u.accept('*')) {
    pointers.unshift({ kind: 'pointer', q: qualifiers(u, attrs) });
    if (pointers.length > 200) u.giveUp('a type of too many pointers');
  }
  attributes(u, attrs);
  let chunks: Chunk[] = [], name: Token | null = null;
  if (u.sees('(') && isGrouping(u, mode)) {
    u.next();
    ({ chunks, name } = u.deeper(() => chunksOf(u, mode, attrs)));
    u.expect(')');
  } else if (u.token.kind === 'identifier' && mode !== 'abstract') name = u.next();
  else if (mode === 'named') missingName(u);
  while (u.sees('[') || u.sees('(')) {
    chunks.push(u.sees('[') ? arrayChunk(u) : functionChunk(u));
    if (chunks.length > 200) u.giveUp('a type of too many parts');
  }
  return { chunks: [...chunks, ...pointers], name };
}

function missingName(u: Unit): never {
  const { token } = u;
  if (token.kind === 'keyword') return u.syntax(`expected identifier or '(' ${before(token)}`, spanOf(token), `'${token.text}' is a keyword of C and cannot be a name`);
  return u.syntax(`expected identifier or '(' ${before(token)}`);
}

function qualifiers(u: Unit, attrs: Attributes): Qualifiers {
  const q = { const: false, volatile: false, restrict: false };
  for (;;) {
    const { text } = u.token;
    if (u.token.kind !== 'keyword') return q;
    if (text === 'const' || text === 'volatile' || text === 'restrict') q[text] = true;
    else if (text === '__attribute__') {
      attributes(u, attrs);
      continue;
    } else if (text !== '_Atomic') return q;
    u.next();
  }
}

/** `(` in a declarator groups, or begins the parameters of a function without a name. */
function isGrouping(u: Unit, mode: string): boolean {
  if (mode === 'named') return true;
  const next = u.ahead(1);
  if (next.is('*') || next.is('(') || next.is('[') || next.text === '__attribute__') return true;
  return mode === 'parameter' && next.kind === 'identifier' && u.scope.find(next.text)?.kind !== 'typedef';
}

function arrayChunk(u: Unit): Chunk {
  const at = u.next();
  const attrs = noAttributes();
  u.accept('static');
  const q = qualifiers(u, attrs);
  u.accept('static');
  if (u.accept(']')) return { kind: 'array', count: null, star: false, at, q };
  if (u.sees('*') && u.ahead(1).is(']')) {
    u.next();
    u.next();
    return { kind: 'array', count: null, star: true, at, q };
  }
  const count = assignmentExpression(u);
  u.expect(']');
  return { kind: 'array', count, star: false, at, q };
}

function functionChunk(u: Unit): Chunk {
  const at = u.next();
  return { kind: 'function', list: u.deeper(() => parameterList(u)), at };
}

function apply(u: Unit, chunk: Chunk, type: Type, name: Token | null, outermostOfParameter: boolean): Type {
  switch (chunk.kind) {
    case 'pointer': return qualified(pointerTo(type), chunk.q);
    case 'function': {
      const called = name?.text ?? 'type name';
      if (type.kind === 'function') u.error(spanOf(name ?? chunk.at), `'${called}' declared as function returning a function`);
      else if (type.kind === 'array') u.error(spanOf(name ?? chunk.at), `'${called}' declared as function returning an array`);
      else return functionOf(type, chunk.list.params.map((param) => param.type), chunk.list);
      return ERROR;
    }
    case 'array': return arrayType(u, chunk, type, name, outermostOfParameter);
  }
}

function arrayType(u: Unit, chunk: Chunk & { kind: 'array' }, of: Type, name: Token | null, parameter: boolean): Type {
  const called = name?.text ?? 'type name';
  const span = spanOf(name ?? chunk.at);
  if (isError(of)) return ERROR;
  if (of.kind === 'function' || of.kind === 'void') {
    u.error(span, of.kind === 'void' ? `declaration of '${called}' as array of voids` : `declaration of '${called}' as array of functions`);
    return ERROR;
  }
  if (!isComplete(of)) {
    u.error(span, `array type has incomplete element type '${typeText(of)}'`, of.kind === 'array' ? 'all dimensions but the first need a size' : undefined);
    return ERROR;
  }
  if (chunk.count === null) return { kind: 'array', of, length: null, q: NO_QUALIFIERS };
  const count = promote(decayed(chunk.count));
  if (isWrong(count)) return ERROR;
  if (!isInteger(count.type)) {
    u.error(span, `size of array '${called}' has non-integer type`);
    return ERROR;
  }
  if (count.kind === 'constant') return fixedArray(u, of, count.value, called, span);
  if (u.fn === null && u.scope.parent === null) {
    u.error(span, `variably modified '${called}' at file scope`);
    return ERROR;
  }
  // the outermost size of a parameter is only looked at: the parameter is a pointer
  if (parameter) return { kind: 'array', of, length: null, q: NO_QUALIFIERS };
  const symbol = variableSize(u, of, count, chunk.at.place);
  return variableArray(of, symbol);
}

function fixedArray(u: Unit, of: Type, count: bigint, called: string, span: Span): Type {
  if (count < 0n) {
    u.error(span, `size of array '${called}' is negative`);
    return ERROR;
  }
  if (count * BigInt(Math.max(1, sizeOf(of))) > 0x7fffffffffffffffn) {
    u.error(span, `size of array '${called}' is too large`);
    return ERROR;
  }
  // an array of variable elements is variable itself
  if (of.kind === 'array' && of.bytes) {
    return variableArray(of, variableSize(u, of, { kind: 'constant', type: ULONG, value: count, span }, span.at));
  }
  return { kind: 'array', of, length: Number(count), q: NO_QUALIFIERS };
}

function variableSize(u: Unit, of: Type, count: Expression, at: Place): VariableSymbol {
  const span = { at, from: at, to: at };
  const symbol = sizeSymbol(u.hiddenName('size'), span);
  u.sizes.push({ symbol, value: sizeOfCount(of, implied(count, ULONG), count.span) });
  return symbol;
}
