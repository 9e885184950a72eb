import { bytesOf, codePointAt, utf8 } from '../bytes.ts';
import type { IntegerName } from '../types.ts';

export interface LiteralProblem { readonly message: string; readonly float?: boolean }
export interface IntegerLiteral { readonly value: bigint; readonly name: IntegerName; readonly unsigned: boolean; readonly warning?: string }

const INTEGER = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)([uUlL]*)$/;
const SUFFIXES: Readonly<Record<string, { readonly unsigned: boolean; readonly long: 0 | 1 | 2 }>> = {
  '': { unsigned: false, long: 0 }, u: { unsigned: true, long: 0 }, l: { unsigned: false, long: 1 }, ul: { unsigned: true, long: 1 }, lu: { unsigned: true, long: 1 },
  ll: { unsigned: false, long: 2 }, ull: { unsigned: true, long: 2 }, llu: { unsigned: true, long: 2 },
};
const MAX: readonly (readonly [IntegerName, bigint, boolean, 0 | 1 | 2])[] = [
  ['int', 0x7fffffffn, false, 0], ['unsigned int', 0xffffffffn, true, 0], ['long', 0x7fffffffffffffffn, false, 1], ['unsigned long', 0xffffffffffffffffn, true, 1],
  ['long long', 0x7fffffffffffffffn, false, 2], ['unsigned long long', 0xffffffffffffffffn, true, 2],
];

/** An integer constant: its value, and the first type of C's list (6.4.4.1) that holds it. */
export function integerValue(text: string): IntegerLiteral | LiteralProblem {
  const match = INTEGER.exec(text);
  if (!match) return integerProblem(text);
  const [, digits = '', suffix = ''] = match;
  // `lL` is no suffix: both must be of one case
  const kind = /lL|Ll/.test(suffix) ? undefined : SUFFIXES[suffix.toLowerCase()];
  if (!kind) return { message: `invalid suffix "${suffix}" on integer constant` };
  const octal = /^0[0-9]+$/.test(digits);
  if (octal && /[89]/.test(digits)) return { message: `invalid digit "${/[89]/.exec(digits)?.[0] ?? ''}" in octal constant` };
  const exact = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  const value = BigInt.asUintN(64, exact);
  const decimal = /^[1-9]/.test(digits);
  const tooLarge = exact !== value;
  const fitting = MAX.find(([, max, unsigned, long]) => value <= max && long >= kind.long && (unsigned ? kind.unsigned || !decimal : !kind.unsigned));
  const name = fitting?.[0] ?? (kind.long === 2 ? 'unsigned long long' : 'unsigned long');
  const warning = tooLarge ? 'integer constant is too large for its type' : fitting ? undefined : 'integer constant is so large that it is unsigned';
  return { value, name, unsigned: name.startsWith('unsigned'), ...warning === undefined ? {} : { warning } };
}

function integerProblem(text: string): LiteralProblem {
  if (floatValue(text)) return { message: 'floating constant where an integer is wanted', float: true };
  const suffix = /^(?:0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)(.*)$/.exec(text)?.[1] ?? '';
  const float = /^(?:[0-9]*\.[0-9]*|[0-9]+)(?:[eE][+-]?[0-9]+)?(.*)$/.exec(text)?.[1] ?? '';
  if (/^[0-9.]/.test(text) && text.includes('.')) return /^[0-9]*\.[0-9.]*\./.test(text) ? { message: 'too many decimal points in number' } : { message: `invalid suffix "${float}" on floating constant` };
  if (/[eE][+-]?$/.test(text) && !/^0[xX]/.test(text)) return { message: 'exponent has no digits' };
  return { message: `invalid suffix "${suffix}" on integer constant` };
}

export interface FloatLiteral { readonly value: number; readonly name: 'float' | 'double' | 'long double' }

const DECIMAL_FLOAT = /^((?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)([fFlLdD]?)$/;
const HEX_FLOAT = /^0[xX](?:([0-9a-fA-F]+)\.?([0-9a-fA-F]*)|\.([0-9a-fA-F]+))[pP]([+-]?[0-9]+)([fFlL]?)$/;

/** A floating constant; null when it is none. */
export function floatValue(text: string): FloatLiteral | null {
  const decimal = DECIMAL_FLOAT.exec(text);
  if (decimal) return typed(Number(decimal[1]), decimal[2] ?? '');
  const hex = HEX_FLOAT.exec(text);
  if (!hex) return null;
  const fraction = hex[2] ?? hex[3] ?? '';
  return typed(scaled(BigInt(`0x0${hex[1] ?? ''}${fraction}`), Number(hex[4]) - 4 * fraction.length), hex[5] ?? '');
}

/** mantissa × 2^exponent, rounded once. */
function scaled(mantissa: bigint, power: number): number {
  // beyond that every value is 0 or infinite
  const exponent = Math.max(-100_000, Math.min(100_000, power));
  const drop = Math.max(0, mantissa.toString(2).length - 64);
  // the bits that go are kept as one sticky bit, so that Number() rounds as if they were there
  const sticky = drop > 0 && (mantissa & (1n << BigInt(drop)) - 1n) !== 0n ? 1n : 0n;
  let value = Number(mantissa >> BigInt(drop) | sticky), left = exponent + drop;
  for (; left > 1000; left -= 1000) value *= 2 ** 1000;
  for (; left < -1000; left += 1000) value *= 2 ** -1000;
  return value * 2 ** left;
}

function typed(value: number, suffix: string): FloatLiteral {
  if (/[fF]/.test(suffix)) return { value: Math.fround(value), name: 'float' };
  return { value, name: /[lL]/.test(suffix) ? 'long double' : 'double' };
}

// ---- characters and strings ----
/** How wide the elements of a literal are, by its prefix. */
export type Encoding = '' | 'u8' | 'L' | 'u' | 'U';
export const ELEMENT: Readonly<Record<Encoding, { readonly name: IntegerName; readonly size: 1 | 2 | 4 }>> = {
  '': { name: 'char', size: 1 }, u8: { name: 'char', size: 1 }, L: { name: 'int', size: 4 }, u: { name: 'unsigned short', size: 2 }, U: { name: 'unsigned int', size: 4 },
};
const SIMPLE: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, e: 27, E: 27, '\\': 92, "'": 39, '"': 34, '?': 63 };

export function encodingOf(text: string): Encoding { return /^(?:u8|L|u|U)?/.exec(text)?.[0] as Encoding; }

/** What stands between the quotes as elements of the literal's width. An unknown escape is that character, as gcc takes it. */
export function elements(text: string, encoding: Encoding): { readonly values: readonly number[]; readonly warnings: readonly string[] } {
  const { size } = ELEMENT[encoding];
  const values: number[] = [];
  const warnings: string[] = [];
  const body = text.slice(encodingOf(text).length + 1, -1);
  const character = (point: number): void => {
    if (size === 1) for (const byte of bytesOf(utf8(point))) values.push(byte);
    else if (size === 2 && point > 0xffff) values.push(0xd800 | point - 0x10000 >> 10, 0xdc00 | point - 0x10000 & 0x3ff);
    else values.push(point);
  };
  for (let at = 0; at < body.length;) {
    const code = body.charCodeAt(at);
    if (code !== 0x5c) {
      const found = size === 1 || code < 0x80 ? null : codePointAt(body, at);
      if (found) character(found.point);
      else values.push(code);
      at += found?.length ?? 1;
      continue;
    }
    const escape = /^\\(?:([0-7]{1,3})|x([0-9a-fA-F]+)|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(body.slice(at, at + 80));
    if (escape) {
      const [all, octal, hex, u4, u8] = escape;
      if (octal !== undefined || hex !== undefined) {
        const value = octal === undefined ? Number(BigInt(`0x${hex ?? '0'}`) & 0xffffffffn) : parseInt(octal, 8);
        const limit = 2 ** (8 * size);
        if (value >= limit) warnings.push(`${octal === undefined ? 'hex' : 'octal'} escape sequence out of range`);
        values.push(value % limit);
      } else character(Math.min(parseInt(u4 ?? u8 ?? '0', 16), 0x10ffff));
      at += all.length;
      continue;
    }
    const letter = body.charAt(at + 1);
    const simple = SIMPLE[letter];
    if (simple === undefined) warnings.push(letter === 'x' ? '\\x used with no following hex digits' : `unknown escape sequence: '\\${letter}'`);
    values.push(simple ?? body.charCodeAt(at + 1));
    at += 2;
  }
  return { values, warnings };
}

/** Warnings that gcc has as errors. */
export function isFatal(warning: string): boolean { return warning.startsWith('\\x used'); }

export interface CharacterLiteral { readonly value: bigint; readonly name: IntegerName; readonly warning?: string }

/** A character constant; several characters pack into an int, the last one lowest. */
export function characterValue(text: string): CharacterLiteral | LiteralProblem {
  const encoding = encodingOf(text);
  const { values, warnings } = elements(text, encoding);
  if (values.length === 0) return { message: 'empty character constant' };
  const warning = warnings[0];
  const warned = warning === undefined ? {} : { warning };
  if (encoding === '' || encoding === 'u8') {
    if (values.length === 1) return { value: BigInt.asIntN(8, BigInt(values[0] ?? 0)), name: 'int', ...warned };
    const packed = values.slice(-4).reduce((sum, value) => sum << 8n | BigInt(value), 0n);
    return { value: BigInt.asIntN(32, packed), name: 'int', warning: values.length > 4 ? 'character constant too long for its type' : 'multi-character character constant' };
  }
  const { name, size } = ELEMENT[encoding];
  const last = BigInt(values.at(-1) ?? 0);
  return { value: encoding === 'L' ? BigInt.asIntN(32, last) : BigInt.asUintN(8 * size, last), name, ...warned };
}
