import type { Member } from '../ast.ts';
import { INTEGER } from '../check/basic_types.ts';
import type { Type } from '../types.ts';
import { OP } from '../../machine/isa.ts';
import type { FunctionEmitter } from './function.ts';
import { displaced, loadFrom, storeTo } from './place.ts';
import type { Spot } from './place.ts';
import { loadConstant } from './value.ts';
import { bytesOf, isSigned, isWide } from './types.ts';

type Bits = NonNullable<Member['bits']>;
const UNSIGNED = { 1: INTEGER['unsigned char'], 2: INTEGER['unsigned short'], 4: INTEGER['unsigned int'], 8: INTEGER['unsigned long'] } as const;

/** What is read and written for a bit-field: the smallest aligned piece of its unit that holds it; of a packed one that no unit holds, eight bytes. */
function piece(type: Type, { shift, width }: Bits): { readonly size: 1 | 2 | 4 | 8; readonly offset: number; readonly shift: number } {
  for (const size of [1, 2, 4, 8] as const) {
    const bits = size * 8;
    const offset = Math.floor(shift / bits) * size;
    if (size <= bytesOf(type) && Math.floor((shift + width - 1) / bits) * size === offset) return { size, offset, shift: shift % bits };
  }
  return { size: 8, offset: shift >> 3, shift: shift & 7 };
}

export function loadBits(f: FunctionEmitter, at: Spot, type: Type, bits: Bits, d: number): void {
  const { size, offset, shift } = piece(type, bits);
  loadFrom(f, displaced(f, at, offset, at.next), UNSIGNED[size], d);
  extract(f, size === 8, shift, bits.width, type, d);
}

/** The field's value from the piece in `d`, extended by its sign if it has one. */
function extract(f: FunctionEmitter, wide: boolean, shift: number, width: number, type: Type, d: number): void {
  const signed = isSigned(type);
  const all = wide ? 64 : 32;
  shiftBy(f, wide ? OP.SHL64 : OP.SHLI32, wide, all - shift - width, d);
  shiftBy(f, wide ? (signed ? OP.SHR64 : OP.USHR64) : signed ? OP.SHRI32 : OP.USHRI32, wide, all - width, d);
  if (!wide && isWide(type)) f.emit(signed ? OP.SX64 : OP.ZX64, d, d);
}

function shiftBy(f: FunctionEmitter, op: number, wide: boolean, count: number, d: number): void {
  if (count === 0) return;
  if (wide) f.emit(OP.LI32, f.uses(d + 2), count);
  f.emit(op, d, d, wide ? d + 2 : count);
}

/** Stores what is in `from` into a bit-field, with registers from `d` on, which are beyond `from` and the spot's. */
export function storeBits(f: FunctionEmitter, at: Spot, type: Type, bits: Bits, from: number, d: number): void {
  const { size, offset, shift } = piece(type, bits);
  const wide = size === 8;
  const place = displaced(f, at, offset, d);
  const old = Math.max(place.next, d);
  const its = old + 2;
  f.uses(its + 2);
  const mask = (1n << BigInt(bits.width)) - 1n;
  loadFrom(f, place, UNSIGNED[size], old);
  loadConstant(f, ~(mask << BigInt(shift)), wide, its);
  f.emit(wide ? OP.AND64 : OP.AND32, old, old, its);
  if (wide && !isWide(type)) f.emit(OP.ZX64, its, from);
  else f.emit(OP.MOV64, its, from);
  loadConstant(f, mask, wide, its + 2);
  f.emit(wide ? OP.AND64 : OP.AND32, its, its, its + 2);
  if (shift !== 0) {
    f.emit(OP.LI32, its + 2, shift);
    f.emit(wide ? OP.SHL64 : OP.SHL32, its, its, its + 2);
  }
  f.emit(wide ? OP.OR64 : OP.OR32, old, old, its);
  storeTo(f, place, UNSIGNED[size], old);
}

/** What is in `d` becomes what a bit-field of that width gives back. */
export function cutToBits(f: FunctionEmitter, type: Type, width: number, d: number): void { extract(f, isWide(type), 0, width, type, d); }
