import type { Expression, StringLiteral } from '../ast.ts';
import type { Field, Type } from '../types.ts';
import { isError, isScalar, sizeOf } from '../check/basic_types.ts';
import { isWrong } from '../check/constant.ts';
import { decayed } from '../check/convert.ts';
import { fieldPath, noMember } from '../check/unary.ts';
import { spanOf, type Token } from '../preprocess/token.ts';
import { integerConstant } from './constant_expression.ts';
import { assignmentExpression } from './expression.ts';
import { braced, discard, fillsWith, store, storeString, type Filling, type Target } from './initializer.ts';

/** An array or record whose parts are being given values: `next` is the index of the one that comes. */
interface Level { readonly type: Type; readonly offset: number; next: number; /** Highest index that had a value, plus one. */ count: number }

const level = (at: Target): Level => ({ type: at.type, offset: at.offset, next: 0, count: 0 });

/** The part that comes next; null: the level is full. */
function current(l: Level): Target | null {
  if (l.type.kind === 'array') {
    if (l.type.length !== null && l.next >= l.type.length) return null;
    return { type: l.type.of, offset: l.offset + l.next * sizeOf(l.type.of) };
  }
  if (l.type.kind !== 'record') return null;
  const fields = l.type.tag.fields ?? [];
  const field: Field | undefined = l.type.tag.union && l.next > fields.length ? undefined : fields[l.next];
  return field ? { type: field.type, offset: l.offset + field.offset, ...field.bits ? { bits: field.bits } : {} } : null;
}

function advance(l: Level): void {
  l.next++;
  l.count = Math.max(l.count, l.next);
  // a union holds one value
  if (l.type.kind === 'record' && l.type.tag.union) l.next = (l.type.tag.fields?.length ?? 0) + 1;
}

/** The elements of a braced list for an array or record, `{` read, with designators and with inner braces left out. */
export function list(f: Filling, at: Target): Type {
  const { u } = f;
  const top = level(at);
  let stack = [top];
  while (!u.sees('}')) {
    if (u.token.kind === 'end') u.syntax("expected '}' at end of input");
    let repeat = { from: f.entries.length, times: 1, stride: 0, level: top };
    if (u.sees('[') || u.sees('.') || u.token.kind === 'identifier' && u.ahead(1).is(':')) {
      stack = [top];
      repeat = { ...repeat, ...designators(f, stack) };
    } else while (stack.length > 1 && !current(stack.at(-1) as Level)) stack.pop();
    element(f, stack, at);
    replicate(f, repeat);
    if (!u.accept(',')) break;
  }
  if (!u.sees('}')) u.syntax(`expected '}' before '${u.token.text}'`, spanOf(u.token), "a ',' may be missing");
  u.expect('}');
  return at.type.kind === 'array' && at.type.length === null ? { ...at.type, length: top.count } : at.type;
}

/** One value, which goes to the innermost part it fits. */
function element(f: Filling, stack: Level[], whole: Target): void {
  const { u } = f;
  const top = stack.at(-1) as Level;
  const at = current(top);
  if (!at) {
    if (!isError(whole.type)) u.warn(u.span(u.token.place), `excess elements in ${whole.type.kind === 'array' ? 'array' : whole.type.kind === 'record' && whole.type.tag.union ? 'union' : 'struct'} initializer`);
    discard(f);
    return;
  }
  if (u.sees('{')) {
    const completed = braced(f, at);
    f.extent = Math.max(f.extent, at.offset + sizeOf(completed));
    advance(top);
    return;
  }
  place(f, stack, assignmentExpression(u));
}

function place(f: Filling, stack: Level[], e: Expression): void {
  const [whole] = stack;
  const all = stack.length === 1 && whole?.next === 0 ? fillsWith(whole.type, e) : null;
  if (whole && all) {
    // { ("abc") }
    const { type } = storeWhole(f, whole, all);
    whole.next = whole.count = type.kind === 'array' ? type.length ?? 0 : 0;
    return;
  }
  for (;;) {
    const top = stack.at(-1) as Level;
    const at = current(top);
    if (!at) {
      // a part without parts of its own takes nothing
      if (stack.length === 1) return;
      stack.pop();
      continue;
    }
    advance(top);
    if (isScalar(at.type) || isError(at.type) || isWrong(e)) { store(f, at, e); return; }
    const text = fillsWith(at.type, e);
    if (text) { storeString(f, at, text); return; }
    if (at.type.kind === 'record' && e.type.kind === 'record' && at.type.tag === e.type.tag) { store(f, at, e); return; }
    if (at.type.kind !== 'record' && at.type.kind !== 'array') { store(f, at, decayed(e)); return; }
    stack.push(level(at));
  }
}

function storeWhole(f: Filling, { type, offset }: Level, text: StringLiteral): { readonly type: Type } { return { type: storeString(f, { type, offset }, text) }; }

/** `[i].member =`: makes `stack` stand at that part. A range `[a ... b]` is filled with what its first element gets. */
function designators(f: Filling, stack: Level[]): { times: number; stride: number; level: Level } | Record<string, never> {
  const { u } = f;
  let range: { times: number; stride: number; level: Level } | null = null;
  for (let first = true; ; first = false) {
    const { token } = u;
    const old = first && token.kind === 'identifier';
    if (!old && !u.sees('[') && !u.sees('.')) break;
    if (!first) descend(f, stack);
    const top = stack.at(-1) as Level;
    if (u.accept('[')) {
      const found = index(f, top, token);
      if (found > 1) range = { times: found, stride: top.type.kind === 'array' ? sizeOf(top.type.of) : 0, level: top };
    } else {
      u.accept('.');
      const name = u.expectIdentifier();
      if (old) u.next();
      named(f, stack, name);
      if (old) return range ?? {};
    }
  }
  if (!u.accept('=') && !u.sees('{')) {
    // GNU's old form has no `=` after `[i]`
    if (u.sees('}') || u.sees(',')) u.syntax(`expected '=' before '${u.token.text}' token`);
  }
  return range ?? {};
}

function descend(f: Filling, stack: Level[]): void {
  const top = stack.at(-1) as Level;
  const at = current(top);
  if (!at) return;
  advance(top);
  if (at.type.kind !== 'record' && at.type.kind !== 'array' && !isError(at.type)) f.u.syntax(f.u.sees('.') ? 'field name not in record or union initializer' : 'array index in non-array initializer');
  stack.push(level(at));
}

/** `[i]` or `[a ... b]`, `[` read: how many elements it means. */
function index(f: Filling, top: Level, at: Token): number {
  const { u } = f;
  if (top.type.kind !== 'array') {
    if (!isError(top.type)) u.error(spanOf(at), 'array index in non-array initializer');
  }
  const low = integerConstant(u, 'nonconstant array index in initializer') ?? 0n;
  const high = u.accept('...') ? integerConstant(u, 'nonconstant array index in initializer') ?? low : low;
  u.expect(']');
  if (top.type.kind !== 'array') return 1;
  if (low < 0n || top.type.length !== null && high >= BigInt(top.type.length) || high >= 1n << 31n) {
    u.error(spanOf(at), 'array index in initializer exceeds array bounds');
    return 1;
  }
  if (high < low) {
    u.error(spanOf(at), 'empty index range in initializer');
    return 1;
  }
  top.next = Number(low);
  top.count = Math.max(top.count, Number(high) + 1);
  return Number(high - low) + 1;
}

function named(f: Filling, stack: Level[], name: Token): void {
  const { u } = f;
  const top = stack.at(-1) as Level;
  if (top.type.kind !== 'record') {
    if (!isError(top.type)) u.error(spanOf(name), 'field name not in record or union initializer');
    return;
  }
  const path = fieldPath(top.type.tag, name.text);
  if (!path) {
    noMember(u, top.type, top.type.tag, name.text, spanOf(name));
    return;
  }
  path.forEach((field, i) => {
    const l = stack.at(-1) as Level;
    if (l.type.kind !== 'record') return;
    l.next = (l.type.tag.fields ?? []).indexOf(field);
    if (i < path.length - 1) {
      const at = current(l);
      advance(l);
      if (at) stack.push(level(at));
    }
  });
}

const MAX_COPIES = 1_000_000;

function replicate(f: Filling, repeat: { from: number; times: number; stride: number; level: Level }): void {
  if (repeat.times <= 1) return;
  const made = f.entries.slice(repeat.from);
  // one step was made for the first element
  repeat.level.next += repeat.times - 1;
  if (made.length * repeat.times > MAX_COPIES) f.u.giveUp('an initializer of too many elements');
  for (let n = 1; n < repeat.times; n++) {
    for (const entry of made) f.entries.push({ ...entry, offset: entry.offset + n * repeat.stride });
  }
  f.extent = Math.max(f.extent, ...made.map((entry) => entry.offset + (repeat.times - 1) * repeat.stride + sizeOf(entry.type)));
}
