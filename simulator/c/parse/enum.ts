import type { EnumTag, IntegerType, Type } from '../types.ts';
import { INT, INTEGER, UINT, unqualified } from '../check/basic_types.ts';
import type { Meaning, Tag } from '../check/scope.ts';
import { spanOf, type Token } from '../preprocess/token.ts';
import { attributes, noAttributes } from './attributes.ts';
import { constantValue } from './constant_expression.ts';
import { conditionalExpression } from './expression.ts';
import { redeclared } from './redeclare.ts';
import type { Unit } from './unit.ts';

type EnumEntry = Tag & { kind: 'enum' };

/** `enum tag { … }` or `enum tag`. */
export function enumSpecifier(u: Unit): Type {
  const keyword = u.next();
  const attrs = noAttributes();
  attributes(u, attrs);
  const name = u.token.kind === 'identifier' ? u.next() : null;
  if (!u.sees('{')) {
    if (!name) u.syntax(`expected identifier or '{' before '${u.token.text}'`);
    const found = u.scope.findTag(name.text);
    if (found?.kind === 'enum') return found.type;
    if (found) u.error(spanOf(name), `'${name.text}' defined as wrong kind of tag`);
    return declareTag(u, name).type;
  }
  const entry = openTag(u, name, keyword);
  u.next();
  enumerators(u, entry, attrs.packed);
  attributes(u, attrs);
  if (attrs.packed) entry.type = smallest(entry);
  return entry.type;
}

function declareTag(u: Unit, name: Token): EnumEntry {
  const tag: EnumTag = { name: name.text, constants: new Map() };
  const entry: EnumEntry = { kind: 'enum', tag, type: { ...UINT, enum: tag }, complete: false, span: spanOf(name) };
  u.scope.tags.set(name.text, entry);
  return entry;
}

function openTag(u: Unit, name: Token | null, keyword: Token): EnumEntry {
  if (name) {
    const found = u.scope.tags.get(name.text);
    if (found?.kind === 'enum' && !found.complete) return found;
    if (found) u.error(spanOf(name), found.kind === 'enum' ? `redeclaration of 'enum ${name.text}'` : `'${name.text}' defined as wrong kind of tag`);
    return declareTag(u, name);
  }
  const tag: EnumTag = { name: '', constants: new Map() };
  return { kind: 'enum', tag, type: { ...UINT, enum: tag }, complete: false, span: spanOf(keyword) };
}

function enumerators(u: Unit, entry: EnumEntry, packed: boolean): void {
  let next = 0n, counted: IntegerType = INT;
  const made: (Meaning & { kind: 'enumerator' })[] = [];
  if (u.sees('}')) u.error(spanOf(u.token), 'empty enum is invalid');
  while (!u.sees('}')) {
    const name = u.expectIdentifier();
    const attrs = noAttributes();
    attributes(u, attrs);
    if (u.accept('=')) {
      const e = conditionalExpression(u);
      next = constantValue(u, e, `enumerator value for '${name.text}' is not an integer constant`) ?? next;
      counted = fits(next, INT) || e.type.kind !== 'integer' ? INT : unqualified(e.type);
    } else if (!fits(next, counted)) {
      u.error(spanOf(name), 'overflow in enumeration values');
      counted = INTEGER['unsigned long'];
    }
    redeclared(u, name);
    const meaning: Meaning & { kind: 'enumerator' } = { kind: 'enumerator', name: name.text, type: fits(next, INT) ? INT : fits(next, INTEGER.long) ? INTEGER.long : INTEGER['unsigned long'], value: next, span: spanOf(name) };
    made.push(meaning);
    u.scope.names.set(name.text, meaning);
    entry.tag.constants.set(name.text, next);
    next++;
    if (!u.accept(',') && !u.sees('}')) u.syntax(`expected ',' or '}' before '${u.token.text}'`);
  }
  u.expect('}');
  entry.type = packed ? smallest(entry) : representing(entry);
  entry.complete = true;
  // constants that do not fit an int make all of them be of the enum's own type
  if (!made.every(({ value }) => fits(value, INT))) for (const meaning of made) meaning.type = { ...entry.type };
}

function fits(value: bigint, type: IntegerType): boolean {
  const bits = BigInt(8 * type.size);
  return type.signed ? value >= -(1n << bits - 1n) && value < 1n << bits - 1n : value >= 0n && value < 1n << bits;
}

/** `unsigned int`, or `int` with a negative constant, or their long forms when those do not hold them all. */
function representing(entry: EnumEntry): IntegerType {
  const values = [...entry.tag.constants.values()];
  const negative = values.some((value) => value < 0n);
  const choice = negative ? [INT, INTEGER.long] : [UINT, INTEGER['unsigned long']];
  const type = choice.find((candidate) => values.every((value) => fits(value, candidate))) ?? INTEGER['unsigned long'];
  return { ...type, enum: entry.tag };
}

/** `packed`: the narrowest type that holds them all. */
function smallest(entry: EnumEntry): IntegerType {
  const values = [...entry.tag.constants.values()];
  const negative = values.some((value) => value < 0n);
  const choice = negative ? [INTEGER['signed char'], INTEGER.short, INT, INTEGER.long] : [INTEGER['unsigned char'], INTEGER['unsigned short'], UINT, INTEGER['unsigned long']];
  return { ...choice.find((candidate) => values.every((value) => fits(value, candidate))) ?? INTEGER.long, enum: entry.tag };
}
