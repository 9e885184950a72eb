import type { Cast } from '../ast.ts';
import type { Type } from '../types.ts';
import { OP } from '../../machine/isa.ts';
import type { FunctionEmitter } from './function.ts';
import { ownWord } from './place.ts';
import { bytesOf, isBool, isFloat, isScalar, isSigned, isWide } from './types.ts';
import { effect, value } from './value.ts';

/** A conversion. */
export function convert(f: FunctionEmitter, e: Cast, d: number): void {
  const { type: to, operand } = e;
  const from = operand.type;
  if (to.kind === 'void' || !isScalar(to)) {
    effect(f, operand, d);
    return;
  }
  const local = isWide(to) && !isFloat(to) && from.kind === 'integer' && from.signed ? ownWord(f, operand) : null;
  if (local !== null) {
    f.emit(OP.LDLX, f.uses(d), local);
    return;
  }
  value(f, operand, d);
  converted(f, from, to, d);
}

/** What is in `d` as a value of type `from` becomes one of type `to`. */
export function converted(f: FunctionEmitter, from: Type, to: Type, d: number): void {
  if (isBool(to)) toBool(f, from, d);
  else if (isFloat(to)) toFloat(f, from, isWide(to), d);
  else if (isFloat(from)) fromFloat(f, from, to, d);
  else if (isWide(to)) {
    if (!isWide(from)) f.emit(isSigned(from) ? OP.SX64 : OP.ZX64, d, d);
  } else narrow(f, from, to, d);
}

export function toBool(f: FunctionEmitter, from: Type, d: number): void {
  if (isBool(from)) return;
  if (!isFloat(from)) {
    f.emit(isWide(from) ? OP.BOOL64 : OP.BOOL32, d, d);
    return;
  }
  if (!isWide(from)) f.emit(OP.S2F, d, d);
  f.emit(OP.LI64, f.uses(d + 2));
  f.emit(OP.NEF, d, d, d + 2);
}

/** An integer of 8 or 16 bits is extended again from its lowest bits, unless it fits anyway. */
function narrow(f: FunctionEmitter, from: Type, to: Type, d: number): void {
  const size = bytesOf(to);
  if (size > 2) return;
  const fits = !isWide(from) && (bytesOf(from) < size ? !isSigned(from) || isSigned(to) : bytesOf(from) === size && isSigned(from) === isSigned(to));
  if (fits) return;
  if (isSigned(to)) f.emit(size === 1 ? OP.SX8 : OP.SX16, d, d);
  else f.emit(size === 1 ? OP.ZX8 : OP.ZX16, d, d);
}

function toFloat(f: FunctionEmitter, from: Type, wide: boolean, d: number): void {
  if (isFloat(from)) {
    if (isWide(from) !== wide) f.emit(wide ? OP.S2F : OP.F2S, d, d);
    return;
  }
  if (isWide(from)) {
    f.emit(wide ? (isSigned(from) ? OP.L2F : OP.UL2F) : isSigned(from) ? OP.L2S : OP.UL2S, d, d);
    return;
  }
  f.emit(bytesOf(from) === 4 && !isSigned(from) ? OP.U2F : OP.I2F, d, d);
  if (!wide) f.emit(OP.F2S, d, d);
}

/** As gcc does it: through int for what is narrower, through long for unsigned int. */
function fromFloat(f: FunctionEmitter, from: Type, to: Type, d: number): void {
  if (!isWide(from)) f.emit(OP.S2F, d, d);
  if (isWide(to)) {
    f.emit(isSigned(to) ? OP.F2L : OP.F2UL, d, d);
    return;
  }
  f.emit(bytesOf(to) === 4 && !isSigned(to) ? OP.F2L : OP.F2I, d, d);
  const size = bytesOf(to);
  if (size < 4) f.emit(isSigned(to) ? (size === 1 ? OP.SX8 : OP.SX16) : size === 1 ? OP.ZX8 : OP.ZX16, d, d);
}
