import type { Expression, VariableSymbol } from '../ast.ts';
import type { ArrayType, Type } from '../types.ts';
import { OP } from '../../machine/isa.ts';
import type { FunctionEmitter } from './function.ts';
import { compoundLiteral } from './initialise.ts';
import { record } from './record.ts';
import { bytesOf, constantOf, isArrayOfVariableLength, isWord, plain } from './types.ts';
import { value } from './value.ts';

/**
 * Where an object is. `frame`: bytes from the base. `symbol`: in static storage. `register`: bytes from the address in it. `element`: base register + index register (32 bits
 * with sign) × size. `next`: the first register that it does not need.
 */
export type Spot =
  | { readonly in: 'frame'; readonly offset: number; readonly next: number }
  | { readonly in: 'symbol'; readonly symbol: number; readonly offset: number; readonly next: number }
  | { readonly in: 'register'; readonly register: number; readonly offset: number; readonly next: number }
  | { readonly in: 'element'; readonly register: number; readonly index: number; readonly size: number; readonly next: number };

/** Offsets beyond that are added for themselves, so that no sum of an address and an offset goes astray unseen. */
const FAR = 1 << 15;
const SIZES = [1, 2, 4, 8];
const PADD = [OP.PADD1, OP.PADD2, OP.PADD4, OP.PADD8];

/** Makes a lvalue's place known, with registers from `d` on. */
export function spot(f: FunctionEmitter, e: Expression, d: number): Spot {
  switch (e.kind) {
    case 'variable': return e.symbol.kind === 'function' ? { in: 'symbol', symbol: f.unit.symbol(e.symbol), offset: 0, next: d } : variable(f, e.symbol, d);
    case 'string': return { in: 'symbol', symbol: f.unit.string(e), offset: 0, next: d };
    case 'compound': return compoundLiteral(f, e, d);
    case 'deref': return pointed(f, e.operand, d, e.type);
    case 'member': return displaced(f, isLvalue(e.object) ? spot(f, e.object, d) : record(f, e.object, d), e.offset, d);
    default: return record(f, e, d);
  }
}

const isLvalue = (e: Expression): boolean => e.kind === 'variable' || e.kind === 'deref' || e.kind === 'member' || e.kind === 'string' || e.kind === 'compound';

export function variable(f: FunctionEmitter, symbol: VariableSymbol, d: number): Spot {
  if (symbol.storage === 'automatic') {
    const offset = f.offsets.get(symbol) ?? localOffset(f, symbol);
    if (!isArrayOfVariableLength(symbol.type)) return { in: 'frame', offset, next: d };
    f.emit(OP.LDL64, f.uses(d), offset);
    return { in: 'register', register: d, offset: 0, next: d + 2 };
  }
  if (symbol.storage === 'static') return { in: 'symbol', symbol: f.unit.symbol(symbol), offset: 0, next: d };
  f.relocate(f.emit(OP.TLS, f.uses(d)), 2, f.unit.symbol(symbol), 0, 'thread');
  return { in: 'register', register: d, offset: 0, next: d + 2 };
}

/** Room in the frame for a local; of a variable-length array for its address. */
export function localOffset(f: FunctionEmitter, symbol: VariableSymbol): number {
  const { type } = symbol;
  const isVariable = isArrayOfVariableLength(type);
  const size = isVariable ? 8 : bytesOf(type);
  const align = Math.max(isVariable ? 8 : alignment(type), symbol.align ?? 1);
  const offset = f.reserve(Math.max(size, 1), Math.min(Math.max(align, size >= 16 ? 16 : 1), 16));
  f.offsets.set(symbol, offset);
  if (isOwn(f, symbol)) f.own.add(offset);
  return offset;
}

/** Of variables of a type, as gcc aligns them. */
export function alignment(type: Type): number {
  if (type.kind === 'array') return alignment(type.of);
  if (type.kind === 'record') return type.tag.align;
  return type.kind === 'function' ? 1 : Math.max(bytesOf(type), 1);
}

/** The place that is `offset` bytes further. */
export function displaced(f: FunctionEmitter, at: Spot, offset: number, d: number): Spot {
  if (offset === 0) return at;
  if (at.in === 'element') {
    const base = addressInto(f, at, d);
    return displaced(f, { in: 'register', register: base, offset: 0, next: d + 2 }, offset, d);
  }
  const sum = at.offset + offset;
  if (at.in === 'register' && (sum >= FAR || sum <= -FAR)) {
    f.emit(OP.ADDI64, f.uses(d), at.register, sum);
    return { in: 'register', register: d, offset: 0, next: d + 2 };
  }
  return { ...at, offset: sum };
}

/** What a pointer points to. */
export function pointed(f: FunctionEmitter, pointer: Expression, d: number, type: Type | null): Spot {
  if (pointer.kind === 'address' || pointer.kind === 'decay') return spot(f, pointer.operand, d);
  if (pointer.kind === 'cast' && pointer.type.kind === 'pointer' && (pointer.operand.type.kind === 'pointer')) return pointed(f, pointer.operand, d, type);
  if (pointer.kind === 'pointer-add' && typeof pointer.scale === 'number') {
    const index = constantOf(pointer.index);
    if (index !== null) {
      const bytes = index * BigInt(pointer.subtract ? -pointer.scale : pointer.scale);
      if (bytes > -FAR && bytes < FAR) return displaced(f, pointed(f, pointer.pointer, d, null), Number(bytes), d);
    } else if (!pointer.subtract) return element(f, pointer.pointer, pointer.index, pointer.scale, d, type);
  }
  value(f, pointer, d);
  return { in: 'register', register: d, offset: 0, next: d + 2 };
}

/** `index` as an int, when that is what it was converted from. */
export function shortIndex(index: Expression): Expression | null {
  const inner = index.kind === 'cast' ? index.operand : index;
  return index.kind === 'cast' && inner.type.kind === 'integer' && inner.type.size <= 4 && !(inner.type.size === 4 && !inner.type.signed) ? inner : null;
}

function element(f: FunctionEmitter, pointer: Expression, index: Expression, scale: number, d: number, type: Type | null): Spot {
  const short = shortIndex(index);
  const base = pointed(f, pointer, d, null);
  const fast = short !== null && SIZES.includes(scale);
  const register = addressInto(f, base, d);
  if (fast) {
    value(f, short, d + 2);
    const at: Spot = { in: 'element', register, index: d + 2, size: scale, next: d + 4 };
    // the one access that the instruction does is of the element itself
    return type && isAccessedWhole(type, scale) ? at : { in: 'register', register: addressInto(f, at, d), offset: 0, next: d + 2 };
  }
  addIndex(f, register, index, scale, false, d);
  return { in: 'register', register: d, offset: 0, next: d + 2 };
}

const isAccessedWhole = (type: Type, scale: number): boolean => (type.kind === 'integer' || type.kind === 'pointer' || type.kind === 'float') && bytesOf(type) === scale;

/** d = register ± index × scale. The index is evaluated here, with registers from d + 2 on. */
export function addIndex(f: FunctionEmitter, register: number, index: Expression, scale: number, subtract: boolean, d: number): void {
  const short = shortIndex(index);
  const at = SIZES.indexOf(scale);
  f.uses(d + 4);
  if (short && at >= 0 && !subtract) {
    value(f, short, d + 2);
    f.emit(PADD[at] ?? OP.PADD1, f.uses(d), register, d + 2);
    return;
  }
  if (short && scale < 2 ** 31) {
    value(f, short, d + 2);
    f.emit(OP.SXMUL, d + 2, d + 2, scale);
  } else {
    value(f, index, d + 2);
    if (at > 0) {
      f.emit(OP.LI32, d + 4, at);
      f.emit(OP.SHL64, d + 2, d + 2, d + 4);
    } else if (scale !== 1) {
      f.emit(OP.LI64, d + 4, scale | 0, Math.floor(scale / 2 ** 32));
      f.emit(OP.MUL64, d + 2, d + 2, d + 4);
    }
  }
  f.emit(subtract ? OP.SUB64 : OP.ADD64, f.uses(d), register, d + 2);
}

/** The address of a place in a register: in `d`, or where it is already. */
export function addressInto(f: FunctionEmitter, at: Spot, d: number): number {
  switch (at.in) {
    case 'frame': f.emit(OP.LEA, f.uses(d), at.offset); return d;
    case 'symbol': f.relocate(f.emit(OP.LI64, f.uses(d)), 2, at.symbol, at.offset, 'address'); return d;
    case 'element': f.emit(PADD[SIZES.indexOf(at.size)] ?? OP.PADD1, f.uses(d), at.register, at.index); return d;
    case 'register':
      if (at.offset === 0) return at.register;
      f.emit(OP.ADDI64, f.uses(d), at.register, at.offset);
      return d;
  }
}

/** The address of a place in `d` itself. */
export function addressTo(f: FunctionEmitter, at: Spot, d: number): void {
  const register = addressInto(f, at, d);
  if (register !== d) f.emit(OP.MOV64, f.uses(d), register);
}

const LOADS = {
  frame: { '1s': OP.LDL8S, '1u': OP.LDL8U, '2s': OP.LDL16S, '2u': OP.LDL16U, '4': OP.LDL32, '8': OP.LDL64 },
  symbol: { '1s': OP.LDG8S, '1u': OP.LDG8U, '2s': OP.LDG16S, '2u': OP.LDG16U, '4': OP.LDG32, '8': OP.LDG64 },
  register: { '1s': OP.LD8S, '1u': OP.LD8U, '2s': OP.LD16S, '2u': OP.LD16U, '4': OP.LD32, '8': OP.LD64 },
  element: { '1s': OP.LDX8S, '1u': OP.LDX8U, '2s': OP.LDX16S, '2u': OP.LDX16U, '4': OP.LDX32, '8': OP.LDX64 },
};
const STORES = {
  frame: { 1: OP.STL8, 2: OP.STL16, 4: OP.STL32, 8: OP.STL64 },
  symbol: { 1: OP.STG8, 2: OP.STG16, 4: OP.STG32, 8: OP.STG64 },
  register: { 1: OP.ST8, 2: OP.ST16, 4: OP.ST32, 8: OP.ST64 },
  element: { 1: OP.STX8, 2: OP.STX16, 4: OP.STX32, 8: OP.STX64 },
};

/** Of a scalar in memory: of a long double what counts. */
const accessSize = (type: Type): 1 | 2 | 4 | 8 => {
  const size = bytesOf(type);
  return size === 1 || size === 2 || size === 4 ? size : 8;
};

export function loadFrom(f: FunctionEmitter, at: Spot, type: Type, d: number): void {
  const size = accessSize(type);
  const key = size === 1 || size === 2 ? `${size}${type.kind === 'integer' && type.signed && type.name !== '_Bool' ? 's' : 'u'}` as const : `${size}` as const;
  access(f, at, LOADS[at.in][key], f.uses(d));
}

export function storeTo(f: FunctionEmitter, at: Spot, type: Type, from: number): void {
  access(f, at, STORES[at.in][accessSize(type)], from);
}

function access(f: FunctionEmitter, at: Spot, op: number, register: number): void {
  switch (at.in) {
    case 'frame': f.emit(op, register, at.offset); return;
    case 'symbol': f.relocate(f.emit(op, register), 2, at.symbol, at.offset, 'address'); return;
    case 'register': f.emit(op, register, at.register, at.offset); return;
    case 'element': f.emit(op, register, at.register, at.index);
  }
}

/** The variable, when the expression is a local one (perhaps converted in a way that changes nothing) that only this function's own code can change. */
export function ownLocal(f: FunctionEmitter, e: Expression): VariableSymbol | null {
  const inner = plain(e);
  return inner.kind === 'variable' && inner.symbol.kind === 'variable' && isOwn(f, inner.symbol) ? inner.symbol : null;
}
export const isOwn = (f: FunctionEmitter, symbol: VariableSymbol): boolean =>
  symbol.storage === 'automatic' && !f.addressed.has(symbol) && !symbol.type.q.volatile && (symbol.type.kind === 'integer' || symbol.type.kind === 'pointer' || symbol.type.kind === 'float');

/** Offset of such a local of 32 bits, for the instructions that take one. */
export function ownWord(f: FunctionEmitter, e: Expression): number | null {
  const symbol = ownLocal(f, e);
  return symbol && isWord(symbol.type) ? f.offsets.get(symbol) ?? localOffset(f, symbol) : null;
}

/** The hidden local that holds the size of a variable-length array. */
export function sizeLocal(type: ArrayType): VariableSymbol | null { return type.bytes as VariableSymbol | undefined ?? null; }
