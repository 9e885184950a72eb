import type { Expression, Initializer, InitializerEntry, Span, StringLiteral } from '../ast.ts';
import type { Type } from '../types.ts';
import { convertForAssignment } from '../check/assign.ts';
import { isComplete, isError, isScalar, sizeOf, unqualified } from '../check/basic_types.ts';
import { compatible } from '../check/compatible.ts';
import { isWrong } from '../check/constant.ts';
import { staticRecord, staticValue } from '../check/static_value.ts';
import { assignmentExpression } from './expression.ts';
import { list } from './initializer_list.ts';
import type { Unit } from './unit.ts';

/** An initializer under way. */
export interface Filling {
  readonly u: Unit;
  /** Its values must be constants. */
  readonly isStatic: boolean;
  readonly entries: InitializerEntry[];
  /** One past the last byte that got a value. */
  extent: number;
}

/** The object, or the part of one, that gets a value. */
export interface Target { readonly type: Type; readonly offset: number; readonly bits?: { readonly shift: number; readonly width: number } }

/** What follows `=` (or a compound literal's type). `type` comes back completed: an array's length may be known only now. */
export function initializer(u: Unit, type: Type, isStatic: boolean): { readonly type: Type; readonly init: Initializer } {
  const filling: Filling = { u, isStatic, entries: [], extent: 0 };
  const completed = u.sees('{') ? braced(filling, { type, offset: 0 }) : fromExpression(filling, { type, offset: 0 }, assignmentExpression(u));
  const size = isComplete(completed) ? sizeOf(completed) : 0;
  if (!isStatic && filling.extent > size) u.error(u.span(u.previous.place), 'non-static initialization of a flexible array member');
  return { type: completed, init: { size: Math.max(size, filling.extent), entries: filling.entries } };
}

/** `{ … }` for one object. */
export function braced(f: Filling, at: Target): Type {
  const { u } = f;
  return u.deeper(() => {
    const open = u.next();
    if (u.token.kind === 'string' && isCharacterArray(at.type) && endsWith(u)) {
      const completed = fromExpression(f, at, assignmentExpression(u));
      u.accept(',');
      u.expect('}');
      return completed;
    }
    if (at.type.kind === 'array' || at.type.kind === 'record') return list(f, at);
    if (u.accept('}')) {
      if (!isError(at.type)) u.error(u.span(open.place), 'empty scalar initializer');
      return at.type;
    }
    if (u.sees('{')) {
      if (!isError(at.type)) u.warn(u.span(u.token.place), 'braces around scalar initializer');
      braced(f, at);
    } else if (u.sees('.') || u.sees('[')) {
      if (!isError(at.type)) u.error(u.span(u.token.place), u.sees('.') ? 'field name not in record or union initializer' : 'array index in non-array initializer');
      skipDesignators(u);
      store(f, at, assignmentExpression(u));
    } else store(f, at, assignmentExpression(u));
    while (u.accept(',') && !u.sees('}')) {
      if (!isError(at.type)) u.warn(u.span(u.token.place), 'excess elements in scalar initializer');
      discard(f);
    }
    u.expect('}');
    return at.type;
  });
}

/** After the string literals comes the end of the braces. */
function endsWith(u: Unit): boolean {
  let n = 0;
  while (u.ahead(n).kind === 'string') n++;
  return u.ahead(n).is('}') || u.ahead(n).is(',') && u.ahead(n + 1).is('}');
}

function skipDesignators(u: Unit): void {
  while (!u.sees('=') && u.token.kind !== 'end' && !u.sees('}') && !u.sees(',')) u.next();
  u.accept('=');
}

/** Reads a value that has no place. */
export function discard(f: Filling): void {
  const { u } = f;
  if (u.sees('{')) braced({ ...f, entries: [] }, { type: { kind: 'array', of: { kind: 'integer', name: 'int', size: 4, signed: true, q: { const: false, volatile: false, restrict: false } }, length: null, q: { const: false, volatile: false, restrict: false } }, offset: 0 });
  else assignmentExpression(u);
}

export function isCharacterArray(type: Type): boolean { return type.kind === 'array' && type.of.kind === 'integer' && type.of.size <= 4 && type.of.name !== '_Bool'; }

/** Whether a string literal can fill that array. */
export function fillsWith(type: Type, e: Expression): StringLiteral | null {
  const fits = e.kind === 'string' && type.kind === 'array' && type.of.kind === 'integer' && e.type.kind === 'array' && sizeOf(type.of) === sizeOf(e.type.of) && (type.of.size === 1 || compatible(unqualified(type.of), e.type.of));
  return fits ? e : null;
}

/** A whole object from one expression. */
export function fromExpression(f: Filling, at: Target, e: Expression): Type {
  const { u } = f;
  if (at.type.kind !== 'array') {
    store(f, at, e);
    return at.type;
  }
  if (isError(at.type) || isWrong(e)) return at.type;
  const text = fillsWith(at.type, e);
  if (text) return storeString(f, at, text);
  if (e.kind === 'compound' && e.type.kind === 'array' && compatible(unqualified(at.type.of), unqualified(e.type.of))) {
    for (const entry of e.init.entries) f.entries.push({ ...entry, offset: entry.offset + at.offset });
    return at.type.length === null ? { ...at.type, length: e.type.length } : at.type;
  }
  u.error(e.span, isCharacterArray(at.type) && e.kind === 'string' ? `cannot initialize array from a string literal of another element type` : 'invalid initializer', isCharacterArray(at.type) ? undefined : 'an array is initialized by a list: { … }');
  return at.type.length === null ? { ...at.type, length: 1 } : at.type;
}

/** A string into a character array: without the terminating zero when there is no room for it. */
export function storeString(f: Filling, at: Target, e: StringLiteral): Type {
  if (at.type.kind !== 'array') return at.type;
  const unit = sizeOf(at.type.of);
  const own = e.bytes.length / unit;
  // a flexible member takes what it is given
  const length = at.type.length ?? own;
  if (own - 1 > length) f.u.warn(e.span, `initializer-string for array of '${unit === 1 ? 'char' : 'wchar_t'}' is too long`);
  const bytes = e.bytes.length > length * unit ? e.bytes.slice(0, length * unit) : e.bytes;
  const type = { ...at.type, length };
  f.entries.push({ offset: at.offset, type, value: { kind: 'bytes', bytes } });
  f.extent = Math.max(f.extent, at.offset + bytes.length);
  return type;
}

/** A scalar or a record from an expression. */
export function store(f: Filling, at: Target, e: Expression): void {
  const { u } = f;
  const span: Span = e.span;
  if (!isError(at.type) && !isScalar(at.type) && at.type.kind !== 'record') {
    if (!isWrong(e)) u.error(span, 'invalid initializer');
    return;
  }
  let value: Expression | null = convertForAssignment(u, at.type, e, { kind: 'initialization' }, span);
  if (isWrong(value)) return;
  f.extent = Math.max(f.extent, at.offset + (at.bits ? Math.ceil((at.bits.shift + at.bits.width) / 8) : sizeOf(at.type)));
  if (f.isStatic && at.type.kind === 'record') {
    const inner = staticRecord(value, at.offset);
    if (inner) f.entries.push(...inner);
    else u.error(span, 'initializer element is not constant', STATIC_HINT);
    return;
  }
  if (f.isStatic) value = staticValue(u, value);
  if (!value) {
    u.error(span, 'initializer element is not constant', STATIC_HINT);
    return;
  }
  f.entries.push({ offset: at.offset, type: at.type, value, ...at.bits ? { bits: at.bits } : {} });
}

const STATIC_HINT = 'variables outside of functions and static ones get their value before the program runs';
