import type { CompoundLiteral, Expression, Initializer, InitializerEntry } from '../ast.ts';
import { OP } from '../../machine/isa.ts';
import { storeBits } from './bitfield.ts';
import { writeEntry } from './data.ts';
import type { FunctionEmitter } from './function.ts';
import { addressInto, displaced, localOffset, spot, storeTo } from './place.ts';
import type { Spot } from './place.ts';
import { copyBytes, copyRecord } from './record.ts';
import { Section } from './section.ts';
import { bytesOf, constantOf, isScalar, isWord, smallConstant } from './types.ts';
import { value } from './value.ts';

/** From that many bytes on, a value made of constants is copied from a template. */
const TEMPLATE = 16;

/** Gives an object in the frame its first value. */
export function initialise(f: FunctionEmitter, offset: number, given: Initializer, d: number): void {
  // gcc evaluates them in the order of the members
  const init = { ...given, entries: given.entries.toSorted((a, b) => a.offset - b.offset || (a.bits?.shift ?? 0) - (b.bits?.shift ?? 0)) };
  const place: Spot = { in: 'frame', offset, next: d };
  const [only] = init.entries;
  if (init.entries.length === 1 && only?.offset === 0 && !only.bits && only.value.kind !== 'bytes' && bytesOf(only.type) === init.size) {
    store(f, place, only, d);
    return;
  }
  if (init.size >= TEMPLATE && init.entries.length > 1 && init.entries.every(isConstant) || init.entries.some(({ value: given }) => given.kind === 'bytes') && init.entries.every(isConstant)) {
    template(f, place, init, d);
    return;
  }
  // constants that a template has need no code of their own
  clear(f, place, init, d);
  for (const entry of init.entries) store(f, displaced(f, place, entry.offset, d), entry, d);
}

const isConstant = ({ value: given }: InitializerEntry): boolean => given.kind === 'bytes' || given.kind === 'float' || (given.type.kind === 'integer' || given.type.kind === 'pointer') && constantOf(given) !== null;

function template(f: FunctionEmitter, place: Spot, init: Initializer, d: number): void {
  const section = new Section();
  section.reserve(init.size, 1);
  for (const entry of init.entries) writeEntry(f.unit, section, 0, entry);
  const bytes = section.take();
  const length = bytes.findLastIndex((byte) => byte !== 0) + 1;
  if (init.size - length > 64) {
    // a short text in a long array
    clear(f, place, { ...init, entries: [] }, d);
    copyBytes(f, place, { in: 'symbol', symbol: f.unit.constantBytes(bytes.subarray(0, length), 16), offset: 0, next: d }, length, d);
    return;
  }
  copyBytes(f, place, { in: 'symbol', symbol: f.unit.constantBytes(bytes, 16), offset: 0, next: d }, init.size, d);
}

/** What no entry fills is zero. */
function clear(f: FunctionEmitter, place: Spot, init: Initializer, d: number): void {
  const filled = init.entries.some(({ bits }) => bits) ? 0 : init.entries.reduce((sum, entry) => sum + entrySize(entry), 0);
  if (filled === init.size || init.size === 0) return;
  if (init.size <= 8 && place.in === 'frame') {
    for (let done = 0; done < init.size;) {
      const size = init.size - done >= 4 ? 4 : init.size - done >= 2 ? 2 : 1;
      if (size === 4) f.emit(OP.STLI32, place.offset + done, 0);
      else {
        f.emit(OP.LI32, f.uses(d), 0);
        f.emit(size === 2 ? OP.STL16 : OP.STL8, d, place.offset + done);
      }
      done += size;
    }
    return;
  }
  f.emit(OP.CLEAR, addressInto(f, place, f.uses(d)), init.size);
}

const entrySize = ({ type, value: given }: InitializerEntry): number => (given.kind === 'bytes' ? given.bytes.length : bytesOf(type));

function store(f: FunctionEmitter, at: Spot, { type, bits, value: given }: InitializerEntry, d: number): void {
  if (given.kind === 'bytes') {
    copyBytes(f, at, { in: 'symbol', symbol: f.unit.constantBytes(given.bytes, 1), offset: 0, next: d }, given.bytes.length, d);
    return;
  }
  if (!isScalar(type)) {
    copyRecord(f, at, recordSpot(f, given, d), type, d + 2);
    return;
  }
  const number = smallConstant(given);
  if (!bits && number !== null && isWord(type) && at.in === 'frame') {
    f.emit(OP.STLI32, at.offset, number);
    return;
  }
  value(f, given, d);
  if (bits) storeBits(f, at, type, bits, d, d + 2);
  else storeTo(f, at, type, d);
}

const recordSpot = (f: FunctionEmitter, e: Expression, d: number): Spot => spot(f, e, d);

/** `(T){…}`: set each time, when it is of a function. */
export function compoundLiteral(f: FunctionEmitter, e: CompoundLiteral, d: number): Spot {
  if (e.symbol.storage === 'static') return { in: 'symbol', symbol: f.unit.symbol(e.symbol), offset: 0, next: d };
  const offset = f.offsets.get(e.symbol) ?? localOffset(f, e.symbol);
  initialise(f, offset, e.init, d);
  return { in: 'frame', offset, next: d };
}
