import type { Place } from '../ast.ts';
import type { FloatType, IntegerName, Type } from '../types.ts';
import { DOUBLE, ERROR, FLOAT, INT, INTEGER, LONG_DOUBLE, qualified, VA_LIST, VOID, alignOf } from '../check/basic_types.ts';
import { closest } from '../closest.ts';
import { endOf, spanOf, type Token } from '../preprocess/token.ts';
import { attributes, noAttributes, setAlignment, type Attributes } from './attributes.ts';
import { enumSpecifier } from './enum.ts';
import { expression } from './expression.ts';
import { recordSpecifier } from './record.ts';
import { typeName } from './type_name.ts';
import type { Unit } from './unit.ts';

export type Storage = 'typedef' | 'extern' | 'static' | 'auto' | 'register';
/** What stands before the declarators. `empty`: nothing but a tag was declared there. */
export interface Specifiers {
  readonly type: Type;
  readonly storage: Storage | null;
  readonly threadLocal: boolean;
  readonly inline: boolean;
  readonly attributes: Attributes;
  readonly start: Place;
  /** `__auto_type`: the initializer gives the type. */
  readonly auto: boolean;
  /** The `;` behind a record's members was missing, and has been reported: nothing of this declaration follows. */
  readonly ended: boolean;
}

const TYPE_WORDS = new Set(['void', 'char', 'short', 'int', 'long', 'float', 'double', 'signed', 'unsigned', '_Bool', '_Complex', '_Imaginary', 'struct', 'union', 'enum', 'typeof', '_Atomic', '__int128',
  '__auto_type', '__builtin_va_list', '_Float128', '__float128', '_Float32', '_Float64', '_Float32x', '_Float64x', '_Decimal32', '_Decimal64', '_Decimal128']);
const QUALIFIERS = new Set(['const', 'volatile', 'restrict']);
const STORAGE = new Set(['typedef', 'extern', 'static', 'auto', 'register', 'inline', '_Noreturn', '_Thread_local', '_Alignas', '__extension__', '__attribute__']);

/** A type's name begins here (in a cast, `sizeof`, a parameter list). */
export function startsType(u: Unit, token: Token = u.token): boolean {
  if (token.kind === 'keyword') return TYPE_WORDS.has(token.text) || QUALIFIERS.has(token.text) || token.text === '__extension__' || token.text === '__attribute__' || token.text === '_Alignas';
  return token.kind === 'identifier' && u.scope.find(token.text)?.kind === 'typedef';
}
/** A declaration begins here. */
export function startsDeclaration(u: Unit): boolean {
  const { token } = u;
  if (token.kind === 'keyword') return TYPE_WORDS.has(token.text) || QUALIFIERS.has(token.text) || STORAGE.has(token.text) && !(token.text === '__extension__' && !startsDeclarationAt(u, 1));
  // a label, even if a type has that name
  return token.kind === 'identifier' && u.scope.find(token.text)?.kind === 'typedef' && !u.ahead(1).is(':');
}
function startsDeclarationAt(u: Unit, n: number): boolean {
  const token = u.ahead(n);
  return token.kind === 'keyword' && (TYPE_WORDS.has(token.text) || QUALIFIERS.has(token.text) || STORAGE.has(token.text)) || token.kind === 'identifier' && u.scope.find(token.text)?.kind === 'typedef';
}

/** `typesOnly`: no storage classes (a type's name, a member). */
export function specifiers(u: Unit, typesOnly = false): Specifiers {
  const start = u.token.place;
  const attrs = noAttributes();
  const words: string[] = [];
  let storage: Storage | null = null, threadLocal = false, inline = false, auto = false, ended = false, type: Type | null = null;
  const q = { const: false, volatile: false, restrict: false };
  for (;;) {
    const { token } = u;
    if (token.kind === 'identifier') {
      if (type !== null || words.length > 0 || auto) break;
      const meaning = u.scope.find(token.text);
      if (meaning?.kind === 'typedef') {
        u.next();
        ({ type } = meaning);
        if (meaning.align !== null) attrs.align = Math.max(attrs.align ?? 0, meaning.align);
        continue;
      }
      if (!looksLikeType(u, typesOnly)) break;
      u.next();
      unknownType(u, token);
      type = ERROR;
      continue;
    }
    if (token.kind !== 'keyword') break;
    const { text } = token;
    if (QUALIFIERS.has(text)) q[text as keyof typeof q] = true;
    else if (text === 'typedef' || text === 'extern' || text === 'static' || text === 'auto' || text === 'register') {
      if (typesOnly && text !== 'register') u.error(spanOf(token), `expected specifier-qualifier-list before '${text}'`);
      if (storage !== null) u.error(spanOf(token), storage === text ? `duplicate '${text}'` : 'multiple storage classes in declaration specifiers');
      storage = text;
    } else if (text === '_Thread_local') threadLocal = true;
    else if (text === 'inline') inline = true;
    else if (text === '_Noreturn' || text === '__extension__') { /* nothing that changes the program */ }
    else if (text === '__attribute__') {
      attributes(u, attrs);
      continue;
    } else if (text === '_Alignas') {
      alignas(u, attrs);
      continue;
    } else if (text === '_Atomic') {
      u.next();
      if (u.accept('(')) {
        ({ type } = typeName(u));
        u.expect(')');
      }
      continue;
    } else if (text === '__auto_type') auto = true;
    else if (TYPE_WORDS.has(text)) {
      if (type !== null && u.previous.is('}') && token.first) {
        const place = endOf(u.previous);
        u.error({ at: place, from: place, to: place }, `expected ';', identifier or '(' before '${text}'`, `a ';' is missing at the end of line ${u.previous.place.line}`);
        ended = true;
        break;
      }
      if (type !== null) {
        u.error(spanOf(token), 'two or more data types in declaration specifiers');
        if (!['struct', 'union', 'enum', 'typeof'].includes(text)) { u.next(); continue; }
      }
      if (text === 'struct' || text === 'union') { type = u.deeper(() => recordSpecifier(u)); continue; }
      if (text === 'enum') { type = enumSpecifier(u); continue; }
      if (text === 'typeof') { type = typeOf(u); continue; }
      if (text === '__builtin_va_list') type = VA_LIST;
      else words.push(text);
    } else break;
    u.next();
  }
  if (type !== null && words.length > 0) u.error(u.span(start), 'two or more data types in declaration specifiers');
  let result = type ?? (auto ? ERROR : basicType(u, words, start, typesOnly));
  result = qualified(result, q);
  return { type: result, storage, threadLocal, inline, attributes: attrs, start, auto, ended };
}

/** A name that is no type stands where a type should: `foo x;` and its like, not `x = 1;`. */
function looksLikeType(u: Unit, typesOnly: boolean): boolean {
  const next = u.ahead(1);
  if (typesOnly) return true;
  if (next.kind === 'identifier' || next.kind === 'keyword' && (QUALIFIERS.has(next.text) || TYPE_WORDS.has(next.text))) return true;
  return next.is('*') && u.ahead(2).kind === 'identifier' && (u.ahead(3).is(';') || u.ahead(3).is('=') || u.ahead(3).is(',') || u.ahead(3).is('(') || u.ahead(3).is('[') || u.ahead(3).is(')'));
}

export function unknownType(u: Unit, token: Token): void {
  const tag = u.scope.findTag(token.text);
  const known: Readonly<Record<string, string>> = { bool: 'include <stdbool.h>', size_t: 'include <stddef.h>', FILE: 'include <stdio.h>', pid_t: 'include <sys/types.h>', uid_t: 'include <sys/types.h>',
    uint8_t: 'include <stdint.h>', uint16_t: 'include <stdint.h>', uint32_t: 'include <stdint.h>', uint64_t: 'include <stdint.h>', int64_t: 'include <stdint.h>', int32_t: 'include <stdint.h>', ssize_t: 'include <sys/types.h>',
    va_list: 'include <stdarg.h>', pthread_t: 'include <pthread.h>', DIR: 'include <dirent.h>', mode_t: 'include <sys/types.h>', off_t: 'include <sys/types.h>', time_t: 'include <time.h>', intptr_t: 'include <stdint.h>', uintptr_t: 'include <stdint.h>' };
  const types = [...u.scope.visible()].filter((meaning) => meaning.kind === 'typedef').map((meaning) => meaning.name);
  const near = closest(token.text, [...types, 'int', 'char', 'long', 'unsigned', 'double', 'float', 'void', 'struct', 'static', 'const', 'return', 'while', 'switch']);
  const hint = tag ? `use '${tag.kind} ${token.text}'` : Object.hasOwn(known, token.text) ? known[token.text] : near === null ? undefined : `did you mean '${near}'?`;
  u.error(spanOf(token), `unknown type name '${token.text}'`, hint);
}

function alignas(u: Unit, into: Attributes): void {
  const at = u.next();
  u.expect('(');
  if (startsType(u)) {
    const { type } = typeName(u);
    into.align = Math.max(into.align ?? 0, alignOf(type));
  } else setAlignment(u, into, at);
  u.expect(')');
}

function typeOf(u: Unit): Type {
  u.next();
  u.expect('(');
  const type = startsType(u) ? typeName(u).type : expression(u).type;
  u.expect(')');
  return type;
}

const COUNTED = ['signed', 'unsigned', 'short', 'long', 'char', 'int', 'float', 'double', 'void', '_Bool'];
const SPELLINGS = new Map<string, Type>();
function spelling(type: Type, ...texts: readonly string[]): void { for (const text of texts) SPELLINGS.set(key(text.split(' ')), type); }
function key(words: readonly string[]): string { return [...words].sort().join(' '); }
const integers: readonly (readonly [IntegerName, ...string[]])[] = [
  ['char', 'char'], ['signed char', 'signed char'], ['unsigned char', 'unsigned char'], ['_Bool', '_Bool'],
  ['short', 'short', 'signed short', 'short int', 'signed short int'], ['unsigned short', 'unsigned short', 'unsigned short int'],
  ['int', 'int', 'signed', 'signed int'], ['unsigned int', 'unsigned', 'unsigned int'],
  ['long', 'long', 'signed long', 'long int', 'signed long int'], ['unsigned long', 'unsigned long', 'unsigned long int'],
  ['long long', 'long long', 'signed long long', 'long long int', 'signed long long int'], ['unsigned long long', 'unsigned long long', 'unsigned long long int'],
];
for (const [name, ...texts] of integers) spelling(INTEGER[name], ...texts);
spelling(VOID, 'void');
spelling(FLOAT, 'float', '_Float32');
spelling(DOUBLE, 'double', '_Float64', '_Float32x');
spelling(LONG_DOUBLE satisfies FloatType, 'long double', '_Float64x');

function basicType(u: Unit, words: readonly string[], start: Place, typesOnly: boolean): Type {
  if (words.length === 0) {
    if (typesOnly) {
      u.error(spanOf(u.token), `expected specifier-qualifier-list before '${u.token.text}'`);
      return ERROR;
    }
    return INT;
  }
  const type = SPELLINGS.get(key(words));
  if (type) return type;
  const foreign = words.find((word) => !COUNTED.includes(word));
  if (foreign !== undefined) {
    u.unsupported(u.span(start), `the type '${words.join(' ')}' is not supported`);
    return ERROR;
  }
  if (words.filter((word) => word === 'long').length > 2) u.error(u.span(start), "'long long long' is too long for GCC");
  else if (words.includes('signed') && words.includes('unsigned')) u.error(u.span(start), "both 'signed' and 'unsigned' in declaration specifiers");
  else u.error(u.span(start), words.length > 1 && words.some((word) => ['char', 'void', 'float', 'double', 'int', '_Bool'].includes(word)) ? 'two or more data types in declaration specifiers' : `'${words.join(' ')}' is no type`);
  return ERROR;
}

/** Only specifiers' words stand here, and no type: the implicit int of old C. */
export function lacksType(u: Unit, from: number): boolean {
  for (let at = from; at < u.at; at++) {
    const token = u.tokens[at];
    if (token && (token.kind === 'identifier' || TYPE_WORDS.has(token.text))) return false;
  }
  return true;
}

