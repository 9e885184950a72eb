import { typeText } from '../../c/check/type_text.ts';
import type { Field, RecordTag, Type } from '../../c/types.ts';
import { decode } from '../../kernel/text.ts';
import type { Image } from '../image.ts';
import { TEXT_BASE } from '../image.ts';
import type { AddressSpace } from '../memory.ts';

/**
 * A C object as it lies in memory, for people: small, and never an error, whatever the bytes are. `text`: its value as C would write it. `unreadable`: it is not in
 * memory that can be read. `parts`: members and elements; of long arrays the first, and `more` says how many there are besides.
 */
export interface Value {
  readonly type: string;
  readonly address: number;
  readonly size: number;
  readonly kind: 'number' | 'pointer' | 'array' | 'record' | 'other' | 'unreadable';
  readonly text: string;
  /** Of a pointer: where to; of a bad one, too. */
  readonly to?: number;
  /** Of a pointer: what it points to, if one may look there (`valueAt`). */
  readonly toType?: Type;
  readonly parts?: readonly Part[];
  readonly more?: number;
}
/** `name`: `x` or `[3]`. */
export interface Part { readonly name: string; readonly value: Value }

/** What is needed to look: one task's memory, and its program for the names of functions. */
export interface Sight { readonly space: AddressSpace; readonly image: Image }

/** Elements that are shown of an array, bytes of a text, and how deep records are opened. */
const MOST_ELEMENTS = 64;
const MOST_TEXT = 120;
const MOST_DEPTH = 6;

function sizeOf(type: Type): number {
  switch (type.kind) {
    case 'integer': case 'float': return type.size;
    case 'pointer': return 8;
    case 'array': return (type.length ?? 0) * sizeOf(type.of);
    case 'record': return type.tag.fields === null ? 0 : type.tag.size;
    default: return 0;
  }
}

/** The object of that type at that address. `length`: of an array whose type does not say it. */
export function valueAt(sight: Sight, type: Type, address: number, length: number | null = null, depth = 0): Value {
  const plain = { type: typeText(type), address, size: sizeOf(type) };
  switch (type.kind) {
    case 'integer': case 'float': case 'pointer': {
      const bytes = sight.space.read(address, type.kind === 'pointer' ? 8 : type.size);
      if (!bytes) return unreadable(plain);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      if (type.kind === 'integer') return { ...plain, kind: 'number', text: integerText(type, integer(view, type.size, type.signed)) };
      if (type.kind === 'float') return { ...plain, kind: 'number', text: floatText(type.size === 4 ? shortest(view.getFloat32(0, true)) : view.getFloat64(0, true)) };
      return pointerValue(sight, plain, type.to, view.getBigUint64(0, true));
    }
    case 'array': return arrayValue(sight, plain, type.of, address, type.length ?? length ?? 0, depth);
    case 'record': return recordValue(sight, plain, type.tag, address, depth);
    default: return { ...plain, kind: 'other', text: '' };
  }
}

type Plain = Pick<Value, 'type' | 'address' | 'size'>;

function unreadable(plain: Plain): Value {
  return { ...plain, kind: 'unreadable', text: '<not readable>' };
}

function integer(view: DataView, size: number, signed: boolean): bigint {
  switch (size) {
    case 1: return BigInt(signed ? view.getInt8(0) : view.getUint8(0));
    case 2: return BigInt(signed ? view.getInt16(0, true) : view.getUint16(0, true));
    case 4: return BigInt(signed ? view.getInt32(0, true) : view.getUint32(0, true));
    default: return signed ? view.getBigInt64(0, true) : view.getBigUint64(0, true);
  }
}

const ESCAPES: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 13: '\\r', 27: '\\e', 34: '\\"', 39: "\\'", 92: '\\\\' };

function characterText(code: number): string {
  return ESCAPES[code] ?? (code < 32 || code > 126 ? `\\x${code.toString(16).padStart(2, '0')}` : String.fromCharCode(code));
}

function integerText(type: Extract<Type, { kind: 'integer' }>, value: bigint): string {
  if (type.enum) for (const [name, constant] of type.enum.constants) if (constant === value) return `${name} (${value})`;
  if (type.name === '_Bool') return value === 0n ? 'false' : value === 1n ? 'true' : String(value);
  if (type.size !== 1) return String(value);
  const code = Number(BigInt.asUintN(8, value));
  return code === 39 || (code >= 32 && code < 127) || Object.hasOwn(ESCAPES, code) ? `${value} '${code === 34 ? '"' : characterText(code)}'` : String(value);
}

/** The number with fewest digits that is the same float. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/** With as many digits as it takes to tell it from others. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

export function addressText(address: number | bigint): string {
  return `0x${address.toString(16)}`;
}

/** A C string at an address, quoted, with an ellipsis when it is long; null: there is none that can be read. */
export function stringAt({ space }: Sight, address: number): string | null {
  const bytes: number[] = [];
  for (let at = address; bytes.length <= MOST_TEXT; at++) {
    const byte = space.read(at, 1)?.[0];
    if (byte === undefined) return null;
    if (byte === 0) return quoted(bytes, false);
    bytes.push(byte);
  }
  return quoted(bytes.slice(0, MOST_TEXT), true);
}

function quoted(bytes: readonly number[], cut: boolean): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is escaped
  const text = decode(Uint8Array.from(bytes)).replace(/[\u0000-\u001f"\\\u007f]/g, (char) => characterText(char.charCodeAt(0)));
  return `"${text}"${cut ? '…' : ''}`;
}

function pointerValue(sight: Sight, plain: Plain, to: Type, value: bigint): Value {
  const address = value <= 0xffffffffn ? Number(value) : null;
  if (value === 0n) return { ...plain, kind: 'pointer', text: 'NULL', to: 0 };
  const shown = addressText(value);
  if (address === null) return { ...plain, kind: 'pointer', text: `${shown} <bad address>`, to: Number(value) };
  if (to.kind === 'function') {
    const name = functionAt(sight.image, address);
    return { ...plain, kind: 'pointer', text: name === null ? `${shown} <no function>` : `${shown} <${name}>`, to: address };
  }
  const made = { ...plain, kind: 'pointer' as const, to: address, toType: to };
  if (to.kind === 'integer' && to.size === 1 && to.name !== '_Bool') {
    const text = stringAt(sight, address);
    return { ...made, text: text === null ? `${shown} <not readable>` : `${shown} ${text}` };
  }
  return { ...made, text: sight.space.read(address, 1) ? shown : `${shown} <not readable>` };
}

const INSTRUCTION = 16;

/** Name of the function that begins at that address. */
function functionAt({ functions }: Image, address: number): string | null {
  const at = (address - TEXT_BASE) / INSTRUCTION;
  return functions.find(({ from }) => from === at)?.name ?? null;
}

function arrayValue(sight: Sight, plain: Plain, of: Type, address: number, length: number, depth: number): Value {
  const size = sizeOf(of);
  const made = { ...plain, size: size * length, kind: 'array' as const };
  if (of.kind === 'integer' && of.size === 1 && of.name !== '_Bool') {
    const bytes = sight.space.read(address, Math.min(length, MOST_TEXT));
    if (!bytes) return unreadable(made);
    const end = bytes.indexOf(0);
    return { ...made, text: quoted([...end < 0 ? bytes : bytes.subarray(0, end)], end < 0 && length > MOST_TEXT), ...elements(sight, of, address, length, size, depth) };
  }
  if (depth >= MOST_DEPTH) return { ...made, text: '{…}' };
  const shown = elements(sight, of, address, length, size, depth);
  return { ...made, text: brief(shown.parts.map(({ value }) => value.text), shown.more !== undefined), ...shown };
}

function elements(sight: Sight, of: Type, address: number, length: number, size: number, depth: number): { readonly parts: readonly Part[]; readonly more?: number } {
  const count = Math.min(length, MOST_ELEMENTS);
  const parts = Array.from({ length: count }, (_, n) => ({ name: `[${n}]`, value: valueAt(sight, of, address + n * size, null, depth + 1) }));
  return length > count ? { parts, more: length - count } : { parts };
}

function recordValue(sight: Sight, plain: Plain, tag: RecordTag, address: number, depth: number): Value {
  if (tag.fields === null) return { ...plain, kind: 'other', text: '<incomplete>' };
  if (depth >= MOST_DEPTH) return { ...plain, kind: 'record', text: '{…}' };
  const parts = tag.fields.map((field) => ({ name: field.name, value: fieldValue(sight, field, address + field.offset, depth + 1) }));
  return { ...plain, kind: 'record', text: brief(parts.map(({ name, value }) => (name === '' ? value.text : `${name} = ${value.text}`)), false), parts };
}

function fieldValue(sight: Sight, { type, bits }: Field, address: number, depth: number): Value {
  const value = valueAt(sight, type, address, null, depth);
  if (!bits || type.kind !== 'integer') return value;
  const bytes = sight.space.read(address, type.size);
  if (!bytes) return value;
  const unit = integer(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), type.size, false);
  const cut = (unit >> BigInt(bits.shift)) & ((1n << BigInt(bits.width)) - 1n);
  return { ...value, text: integerText(type, type.signed ? BigInt.asIntN(bits.width, cut) : cut) };
}

const MOST_BRIEF = 80;

/** `{1, 2, 3}`, cut where it gets long. */
function brief(texts: readonly string[], more: boolean): string {
  let text = '';
  for (const [n, one] of texts.entries()) {
    if (text.length + one.length > MOST_BRIEF) return `{${text}${n > 0 ? ', ' : ''}…}`;
    text += `${n > 0 ? ', ' : ''}${one}`;
  }
  return `{${text}${more ? ', …' : ''}}`;
}
