import type { RecordTag, Type } from '../types.ts';
import { ERROR, isComplete, isError, isInteger, isVariablyModified, recordOf, sizeOf } from '../check/basic_types.ts';
import { layOut, type DeclaredField } from '../check/layout.ts';
import type { Tag } from '../check/scope.ts';
import { fieldPath } from '../check/unary.ts';
import { spanOf, type Token } from '../preprocess/token.ts';
import { attributes, noAttributes } from './attributes.ts';
import { constantValue } from './constant_expression.ts';
import { declarator } from './declarator.ts';
import { conditionalExpression } from './expression.ts';
import { specifiers } from './specifiers.ts';
import { staticAssert } from './static_assert.ts';
import type { Unit } from './unit.ts';

type RecordEntry = Tag & { kind: 'struct' | 'union' };

/** `struct tag { … }` or `struct tag`. */
export function recordSpecifier(u: Unit): Type {
  const keyword = u.next();
  const kind = keyword.text as 'struct' | 'union';
  const attrs = noAttributes();
  attributes(u, attrs);
  const name = u.token.kind === 'identifier' ? u.next() : null;
  if (!u.sees('{')) {
    if (!name) u.syntax(`expected identifier or '{' before '${u.token.text}'`);
    return recordOf(reference(u, kind, name).tag);
  }
  const entry = define(u, kind, name, keyword);
  u.next();
  entry.open = true;
  const fields: DeclaredField[] = [];
  const shadow: RecordTag = { ...entry.tag, fields: [] };
  while (!u.sees('}')) {
    if (u.token.kind === 'end') u.syntax("expected '}' at end of input");
    if (u.accept(';')) continue;
    if (u.sees('_Static_assert')) { staticAssert(u); continue; }
    members(u, kind, fields, shadow);
    if (!u.sees('}')) u.expect(';', u.token.kind === 'identifier' || u.token.kind === 'keyword' ? `a ';' is missing at the end of line ${u.previous.place.line}` : undefined);
  }
  u.expect('}');
  const { pack } = u;
  attributes(u, attrs);
  entry.open = false;
  layOut(entry.tag, fields, { packed: attrs.packed, align: attrs.align, pack });
  const bad = entry.tag.fields?.find((field) => field.bits && field.bits.shift + field.bits.width > 8 * sizeOf(field.type));
  if (bad) u.unsupported(spanOf(keyword), `the packed bit-field '${bad.name}' lies across more bytes than its type has: not supported`);
  return recordOf(entry.tag);
}

/** `struct tag`: the one in reach, or a new incomplete one. `struct tag;` alone always means this scope's. */
function reference(u: Unit, kind: 'struct' | 'union', name: Token): RecordEntry {
  const found = u.sees(';') ? u.scope.tags.get(name.text) : u.scope.findTag(name.text);
  if (found) {
    if (found.kind === kind) return found;
    u.error(spanOf(name), `'${name.text}' defined as wrong kind of tag`);
  }
  return enter(u, kind, name);
}

function define(u: Unit, kind: 'struct' | 'union', name: Token | null, keyword: Token): RecordEntry {
  if (!name) return { kind, tag: incomplete(kind, ''), span: spanOf(keyword), open: false };
  const found = u.scope.tags.get(name.text);
  if (!found) return enter(u, kind, name);
  if (found.kind !== kind) u.error(spanOf(name), `'${name.text}' defined as wrong kind of tag`);
  else if (found.open) u.error(spanOf(name), `nested redefinition of '${kind} ${name.text}'`);
  else if (found.tag.fields) u.error(spanOf(name), `redefinition of '${kind} ${name.text}'`);
  else return found;
  return { kind, tag: incomplete(kind, name.text), span: spanOf(name), open: false };
}

function incomplete(kind: 'struct' | 'union', name: string): RecordTag { return { union: kind === 'union', name, fields: null, size: 0, align: 1 }; }

function enter(u: Unit, kind: 'struct' | 'union', name: Token): RecordEntry {
  const entry: RecordEntry = { kind, tag: incomplete(kind, name.text), span: spanOf(name), open: false };
  if (u.scope.isPrototype) u.warn(spanOf(name), `'${kind} ${name.text}' declared inside parameter list will not be visible outside of this definition or declaration`);
  u.scope.tags.set(name.text, entry);
  return entry;
}

/** One line of members. */
function members(u: Unit, kind: 'struct' | 'union', fields: DeclaredField[], shadow: RecordTag): void {
  const base = specifiers(u, true);
  if (u.sees(';')) {
    // an anonymous record: its members are this one's; `struct tag;` or `int;` declare nothing
    if (base.type.kind === 'record' && base.type.tag.name === '') {
      for (const field of base.type.tag.fields ?? []) if (field.name !== '') duplicate(u, fields, shadow, field.name, u.previous);
      fields.push({ name: '', type: base.type, width: null, align: base.attributes.align, packed: base.attributes.packed });
    } else if (!isError(base.type)) u.warn(u.span(base.start), 'declaration does not declare anything');
    return;
  }
  do {
    const start = u.token;
    const { type, name, attributes: own } = u.sees(':') ? { type: base.type, name: null, attributes: noAttributes() } : declarator(u, base.type, 'named');
    const width = u.accept(':') ? bitWidth(u, type, name) : null;
    attributes(u, own);
    const align = own.align === null && base.attributes.align === null ? null : Math.max(own.align ?? 0, base.attributes.align ?? 0);
    if (name) duplicate(u, fields, shadow, name.text, name);
    const checked = width === null ? memberType(u, type, name, start, kind, fields) : type;
    if (isVariablyModified(checked)) u.unsupported(spanOf(start), 'members of variable size are not supported');
    if (name || width !== null) fields.push({ name: name?.text ?? '', type: checked, width, align, packed: own.packed || base.attributes.packed });
  } while (u.accept(','));
}

function duplicate(u: Unit, fields: readonly DeclaredField[], shadow: RecordTag, name: string, at: Token): void {
  shadow.fields = fields.map((field) => ({ name: field.name, type: field.type, offset: 0 }));
  if (fieldPath(shadow, name)) u.error(spanOf(at), `duplicate member '${name}'`);
}

function memberType(u: Unit, type: Type, name: Token | null, start: Token, kind: string, fields: readonly DeclaredField[]): Type {
  const called = name?.text ?? '';
  if (isError(type)) return type;
  if (type.kind === 'function') {
    u.error(spanOf(name ?? start), `field '${called}' declared as a function`);
    return ERROR;
  }
  if (type.kind === 'array' && type.length === null && !type.bytes && isComplete(type.of)) {
    // what follows a flexible member is reported there
    if (kind === 'struct' && fields.length === 0 && u.ahead(1).is('}')) u.error(spanOf(name ?? start), 'flexible array member in a struct with no named members');
    else if (kind === 'union') u.error(spanOf(name ?? start), 'flexible array member in union');
    else if (!(u.sees(';') && u.ahead(1).is('}'))) u.error(spanOf(name ?? start), 'flexible array member not at end of struct');
    return type;
  }
  if (!isComplete(type)) {
    u.error(spanOf(name ?? start), type.kind === 'void' ? `variable or field '${called}' declared void` : `field '${called}' has incomplete type`);
    return ERROR;
  }
  return type;
}

function bitWidth(u: Unit, type: Type, name: Token | null): number {
  const at = u.token;
  const e = conditionalExpression(u);
  const called = name ? `bit-field '${name.text}'` : 'bit-field';
  const value = constantValue(u, e, `${called} width not an integer constant`) ?? 1n;
  if (!isInteger(type)) {
    if (!isError(type)) u.error(spanOf(name ?? at), `${called} has invalid type`);
    return 1;
  }
  const most = type.name === '_Bool' ? 1 : 8 * type.size;
  if (value < 0n) u.error(spanOf(at), `negative width in ${called}`);
  else if (value > BigInt(most)) u.error(spanOf(at), `width of ${called} exceeds its type`);
  else if (value === 0n && name) u.error(spanOf(at), `zero width for ${called}`);
  else return Number(value);
  return 1;
}
