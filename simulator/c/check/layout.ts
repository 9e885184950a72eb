import type { Field, RecordTag, Type } from '../types.ts';
import { alignOf, sizeOf } from './basic_types.ts';

/** A member as it was declared. `width`: of a bit-field; 0 for `int : 0`. */
export interface DeclaredField { readonly name: string; readonly type: Type; readonly width: number | null; readonly align: number | null; readonly packed: boolean }
export interface RecordAttributes { readonly packed: boolean; readonly align: number | null; /** `#pragma pack(n)`: no member is aligned to more. */ readonly pack: number | null }

/**
 * Gives members their places (System V ABI for x86-64, 3.1.2, and what gcc makes of attributes): a bit-field goes on where the one before it ended, unless it would
 * cross a border of a unit of its own type; `int : 0` moves on to such a border; unnamed ones do not count for the record's alignment. Packed bit-fields follow without a gap.
 */
export function layOut(tag: RecordTag, declared: readonly DeclaredField[], attributes: RecordAttributes): void {
  const fields: Field[] = [];
  let bit = 0, end = 0, align = 1;
  for (const field of declared) {
    const packed = (attributes.packed || field.packed) && field.align === null;
    const natural = alignOf(field.type);
    let own = packed ? 1 : natural;
    if (field.align !== null) own = attributes.packed || field.packed ? field.align : Math.max(field.align, natural);
    if (attributes.pack !== null) own = Math.min(own, attributes.pack);
    if (tag.union) bit = 0;
    if (field.width === null) {
      const offset = roundUp(Math.ceil(bit / 8), own);
      align = Math.max(align, own);
      fields.push({ name: field.name, type: field.type, offset });
      bit = 8 * (offset + sizeOf(field.type));
    } else {
      // under `#pragma pack` bit-fields are packed as they come, and count with their type's alignment even in a packed record
      if (attributes.pack !== null) own = Math.min(Math.max(natural, field.align ?? 1), attributes.pack);
      const asked = field.align === null ? 1 : Math.min(field.align, attributes.pack ?? field.align);
      bit = placeBits(field, own, asked, attributes.packed || field.packed || attributes.pack !== null, bit, fields);
      if (field.name !== '' && field.width > 0) align = Math.max(align, own);
    }
    end = Math.max(end, bit);
  }
  if (attributes.align !== null) align = Math.max(align, attributes.align);
  tag.align = align;
  tag.size = roundUp(Math.ceil(end / 8), align);
  tag.fields = fields.map((field) => within(field, tag.size));
}

/** Places a bit-field that may begin at `bit`: where the next thing may. */
function placeBits(field: DeclaredField, align: number, asked: number, packed: boolean, bit: number, fields: Field[]): number {
  const width = field.width ?? 0;
  const size = sizeOf(field.type), unit = 8 * size;
  if (width === 0) return roundUp(bit, 8 * Math.max(align, alignOf(field.type)));
  let at = roundUp(bit, asked === 1 && field.align === null ? 1 : 8 * asked);
  if (!packed && Math.floor(at / unit) !== Math.floor((at + width - 1) / unit)) at = roundUp(at, unit);
  if (field.name !== '') fields.push({ name: field.name, type: field.type, ...unitOf(at, width, unit, packed) });
  return at + width;
}

/** The unit of its type that holds a bit-field, and where in it. One that is packed across such units begins at the byte it begins in. */
function unitOf(at: number, width: number, unit: number, packed: boolean): { offset: number; bits: { shift: number; width: number } } {
  const aligned = Math.floor(at / unit) * unit;
  const from = packed && at + width > aligned + unit ? Math.floor(at / 8) * 8 : aligned;
  return { offset: from / 8, bits: { shift: at - from, width } };
}

/** A packed bit-field's unit may reach beyond the record: then it is moved back, so that no access touches what follows (but in a record smaller than the unit). */
function within(field: Field, size: number): Field {
  if (!field.bits) return field;
  const back = Math.max(0, Math.min(field.offset, field.offset + sizeOf(field.type) - size));
  const shift = field.bits.shift + 8 * back;
  return back === 0 || shift + field.bits.width > 8 * sizeOf(field.type) ? field : { ...field, offset: field.offset - back, bits: { shift, width: field.bits.width } };
}

export function roundUp(value: number, to: number): number { return Math.ceil(value / to) * to; }
