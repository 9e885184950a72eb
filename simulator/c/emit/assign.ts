import type { Assign, CompoundAssign, Expression, Increment } from '../ast.ts';
import { LONG } from '../check/basic_types.ts';
import type { Type } from '../types.ts';
import { OP } from '../../machine/isa.ts';
import { operate, scaleInto } from './arithmetic.ts';
import { cutToBits, loadBits, storeBits } from './bitfield.ts';
import { call } from './call.ts';
import { converted } from './convert.ts';
import type { FunctionEmitter } from './function.ts';
import { loadFrom, ownLocal, spot, storeTo } from './place.ts';
import type { Spot } from './place.ts';
import { assignRecord } from './record.ts';
import { constantOf, isBool, isFloat, isScalar, isWide, isWord, smallConstant } from './types.ts';
import { floatBits, loadConstant, value } from './value.ts';
import { hasEffects, isQuiet } from './walk.ts';

/** Where the target's registers begin, when its value is computed in `d`: what cuts bit-fields and makes truth values needs one more. */
const beyond = (target: Expression, d: number): number => d + (bitsOf(target) || isBool(target.type) ? 4 : 2);
const bitsOf = (e: Expression): { readonly shift: number; readonly width: number } | null => (e.kind === 'member' ? e.bits ?? null : null);

/** `target = value`; with `wanted` the target's new value is in `d`. gcc evaluates the operands of the value, then the target's address, and does the last step (a call, a load) after that. */
export function assign(f: FunctionEmitter, e: Assign, d: number, wanted: boolean): void {
  const { target } = e;
  f.uses(d);
  if (!isScalar(e.type)) {
    assignRecord(f, e, d);
    return;
  }
  const bits = bitsOf(target);
  const number = smallConstant(e.value);
  if (number !== null && !wanted && !bits && isWord(target.type) && target.kind === 'variable') {
    const at = spot(f, target, d);
    if (at.in === 'frame') {
      f.emit(OP.STLI32, at.offset, number);
      return;
    }
  }
  const at = bits ? null : evaluated(f, target, e.value, d);
  if (at) {
    storeTo(f, at, target.type, d);
    return;
  }
  value(f, e.value, d);
  const place = spot(f, target, d + 2);
  keep(f, target, place, d, wanted);
}

/** Where the order matters: the value is in `d` and the target's place is known. Null: nothing was emitted. */
function evaluated(f: FunctionEmitter, target: Expression, given: Expression, d: number): Spot | null {
  if (target.kind === 'variable') return null;
  if (given.kind === 'call') {
    let at: Spot | null = null;
    call(f, given, d, { quiet: isQuiet(target), act: (free) => (at = spot(f, target, Math.max(free, d + 2))).next });
    return at;
  }
  if (!hasEffects(target) || bitsOf(given) || given.kind !== 'variable' && given.kind !== 'deref' && given.kind !== 'member') return null;
  if (isBare(f, given)) {
    const at = spot(f, target, d + 2);
    loadFrom(f, spot(f, given, Math.max(at.next, d + 2)), given.type, d);
    return at;
  }
  const from = spot(f, given, d + 2);
  const at = spot(f, target, Math.max(from.next, d + 2));
  loadFrom(f, from, given.type, d);
  return at;
}

/** Its address needs nothing evaluated: gcc reads it in the last step. */
function isBare(f: FunctionEmitter, e: Expression): boolean {
  if (e.kind === 'variable') return true;
  if (e.kind === 'member') return isBare(f, e.object);
  return e.kind === 'deref' && ownLocal(f, e.operand) !== null;
}

/** Stores what is in `d`; with `wanted` it is then in `d` as the target gives it. */
function keep(f: FunctionEmitter, target: Expression, at: Spot, d: number, wanted: boolean): void {
  const bits = bitsOf(target);
  if (!bits) {
    storeTo(f, at, target.type, d);
    return;
  }
  storeBits(f, at, target.type, bits, d, Math.max(at.next, d + 2));
  if (wanted) cutToBits(f, target.type, bits.width, d);
}

function fetch(f: FunctionEmitter, target: Expression, at: Spot, d: number): void {
  const bits = bitsOf(target);
  if (bits) loadBits(f, at, target.type, bits, d);
  else loadFrom(f, at, target.type, d);
}

/** `target op= value`: the value first, then the target. */
export function compoundAssign(f: FunctionEmitter, e: CompoundAssign, d: number, wanted: boolean): void {
  const { target, op } = e;
  f.uses(d);
  if (e.scale !== undefined) {
    pointerAssign(f, e, e.scale, d, wanted);
    return;
  }
  const plain = !bitsOf(target) && isWord(target.type) && isWord(e.computed) && target.kind === 'variable';
  if (plain && (op === '+' || op === '-')) {
    const number = smallConstant(e.value);
    const at = spot(f, target, d + 2);
    if (number !== null && addNumber(f, at, op === '+' ? number : -number | 0)) {
      if (wanted) loadFrom(f, at, target.type, d);
      return;
    }
    if (op === '+' && at.in === 'frame') {
      value(f, e.value, d);
      f.emit(OP.ADDSL32, at.offset, d);
      if (wanted) loadFrom(f, at, target.type, d);
      return;
    }
  }
  value(f, e.value, d);
  const at = spot(f, target, beyond(target, d));
  const now = f.uses(Math.max(at.next, beyond(target, d)));
  f.uses(now + 2);
  fetch(f, target, at, now);
  converted(f, target.type, e.computed, now);
  operate(f, op, e.computed, d, now, d);
  converted(f, e.computed, target.type, d);
  keep(f, target, { ...at, next: now + 2 }, d, wanted);
}

function addNumber(f: FunctionEmitter, at: Spot, number: number): boolean {
  if (at.in === 'frame') f.emit(OP.INCL32, at.offset, number);
  else if (at.in === 'symbol') f.relocate(f.emit(OP.INCG32, 0, number), 1, at.symbol, at.offset, 'address');
  else return false;
  return true;
}

function pointerAssign(f: FunctionEmitter, e: CompoundAssign, scale: number | Expression, d: number, wanted: boolean): void {
  const { target } = e;
  const index = typeof scale === 'number' ? constantOf(e.value) : null;
  if (index !== null && typeof scale === 'number' && addToWide(f, target, Number(index) * (e.op === '-' ? -scale : scale), d, wanted)) return;
  value(f, e.value, d);
  if (scale !== 1) {
    scaleInto(f, scale, d + 2);
    f.emit(OP.MUL64, d, d, d + 2);
  }
  const at = spot(f, target, d + 2);
  const now = f.uses(Math.max(at.next, d + 2));
  loadFrom(f, at, target.type, now);
  f.emit(e.op === '-' ? OP.SUB64 : OP.ADD64, d, now, d);
  storeTo(f, at, target.type, d);
}

/** A local of 64 bits that grows by a number. */
function addToWide(f: FunctionEmitter, target: Expression, number: number, d: number, wanted: boolean): boolean {
  if (target.kind !== 'variable' || number !== (number | 0)) return false;
  const at = spot(f, target, d);
  if (at.in !== 'frame') return false;
  f.emit(OP.INCL64, at.offset, number);
  if (wanted) loadFrom(f, at, target.type, d);
  return true;
}

/** `++`, `--`. */
export function increment(f: FunctionEmitter, e: Increment, d: number, wanted: boolean): void {
  const { target, step, scale } = e;
  const { type } = target;
  f.uses(d);
  const simple = !bitsOf(target) && target.kind === 'variable' && (e.prefix || !wanted);
  if (simple && isWord(type)) {
    const at = spot(f, target, d);
    if (addNumber(f, at, step)) {
      if (wanted) loadFrom(f, at, type, d);
      return;
    }
  }
  const distance = typeof scale === 'number' ? step * scale : null;
  const integral = type.kind === 'pointer' || type.kind === 'integer' && type.size === 8;
  if (target.kind === 'variable' && integral && distance !== null && distance === (distance | 0)) {
    const at = spot(f, target, d);
    if (at.in === 'frame') {
      if (wanted && !e.prefix) loadFrom(f, at, type, d);
      f.emit(OP.INCL64, at.offset, distance);
      if (wanted && e.prefix) loadFrom(f, at, type, d);
      return;
    }
  }
  if (!wanted || e.prefix) {
    const at = spot(f, target, beyond(target, d));
    const free = Math.max(at.next, beyond(target, d));
    fetch(f, target, at, d);
    addStep(f, e, type, d, free);
    keep(f, target, { ...at, next: free }, d, wanted);
    return;
  }
  const at = spot(f, target, beyond(target, d));
  const now = f.uses(Math.max(at.next, beyond(target, d)));
  fetch(f, target, at, d);
  f.emit(isWide(type) ? OP.MOV64 : OP.MOV32, now, d);
  addStep(f, e, type, now, now + 2);
  keep(f, target, { ...at, next: now + 2 }, now, false);
}

/** Adds one step to what is in `d`, with registers from `free` on. */
function addStep(f: FunctionEmitter, { step, scale }: Increment, type: Type, d: number, free: number): void {
  f.uses(free);
  if (isFloat(type)) {
    const wide = isWide(type);
    loadConstant(f, floatBits(step, wide), wide, free);
    operate(f, '+', type, d, d, free);
  } else if (typeof scale !== 'number') {
    value(f, scale, free);
    f.emit(step < 0 ? OP.SUB64 : OP.ADD64, d, d, free);
  } else if (isWide(type)) {
    const distance = step * scale;
    if (distance === (distance | 0)) f.emit(OP.ADDI64, d, d, distance);
    else {
      loadConstant(f, BigInt(distance), true, free);
      f.emit(OP.ADD64, d, d, free);
    }
  } else {
    f.emit(OP.ADDI32, d, d, step);
    // the sum is an int
    if (type.kind === 'integer') converted(f, { ...LONG, size: 4, name: 'int' }, type, d);
  }
}
