import type { Binary, BinaryOperator, Expression, PointerAdd, PointerDifference } from '../ast.ts';
import type { Type } from '../types.ts';
import { OP } from '../../machine/isa.ts';
import { truth } from './condition.ts';
import type { FunctionEmitter } from './function.ts';
import { addIndex, ownWord, pointed, addressTo } from './place.ts';
import { constantOf, isFloat, isSigned, isWide, plain, smallConstant } from './types.ts';
import { lateOperand, value } from './value.ts';

const COMMUTATIVE = new Set<BinaryOperator>(['+', '*', '&', '|', '^', '==', '!=']);
const COMPARISONS = new Set<BinaryOperator>(['<', '>', '<=', '>=', '==', '!=']);

/**
 * Evaluates two operands, in the order in which gcc does it, with registers from `d` on: the first into d, the second into d + 2. An operand that is only a local
 * variable is read last; gcc swaps what can be swapped so that a lone variable comes second.
 */
export function operands(f: FunctionEmitter, left: Expression, right: Expression, swappable: boolean, d: number): void {
  f.uses(d + 2);
  if (swappable && plain(left).kind === 'variable' && plain(right).kind !== 'variable' && constantOf(right) === null && !lateVariable(f, left)) {
    value(f, right, d + 2);
    value(f, left, d);
    return;
  }
  const late = lateOperand(f, left, d);
  if (!late) value(f, left, d);
  value(f, right, d + 2);
  if (late) value(f, late, d);
}

const lateVariable = (f: FunctionEmitter, e: Expression): boolean => e.kind === 'variable' && lateOperand(f, e, 0) !== null;

export const isSwappable = (op: BinaryOperator): boolean => COMMUTATIVE.has(op) || COMPARISONS.has(op);

export function binary(f: FunctionEmitter, e: Binary, d: number): void {
  const { op, left, right } = e;
  if (COMPARISONS.has(op)) {
    truth(f, e, d);
    return;
  }
  // as gcc folds it: -a + b is b - a
  if (op === '+' && left.kind === 'unary' && left.op === '-' && !isFloat(e.type) && constantOf(left) === null) {
    binary(f, { ...e, op: '-', left: right, right: left.operand }, d);
    return;
  }
  const small = isFloat(e.type) ? null : smallConstant(right);
  if (small !== null && withNumber(f, op, left, small, e.type, d)) return;
  const local = !isWide(e.type) && !isFloat(e.type) ? ownWord(f, right) : null;
  const fused = local === null ? undefined : { '+': OP.ADDL32, '-': OP.SUBL32, '*': OP.MULL32 }[op as string];
  if (local !== null && fused !== undefined) {
    value(f, left, d);
    f.emit(fused, d, d, local);
    return;
  }
  operands(f, left, right, COMMUTATIVE.has(op), d);
  operate(f, op, e.type, d, d, d + 2);
}

/** An operation with a number that fits into the instruction. False: there is none such. */
function withNumber(f: FunctionEmitter, op: BinaryOperator, left: Expression, number: number, type: Type, d: number): boolean {
  const instruction = isWide(type) ? wideWithNumber(op) : wordWithNumber(op, isSigned(type));
  if (instruction === undefined || op === '-' && number === -(2 ** 31)) return false;
  value(f, left, d);
  f.emit(instruction, d, d, op === '-' ? -number : number);
  return true;
}

function wideWithNumber(op: BinaryOperator): number | undefined { return op === '+' || op === '-' ? OP.ADDI64 : undefined; }
function wordWithNumber(op: BinaryOperator, signed: boolean): number | undefined {
  switch (op) {
    case '+': case '-': return OP.ADDI32;
    case '*': return OP.MULI32;
    case '&': return OP.ANDI32;
    case '<<': return OP.SHLI32;
    case '>>': return signed ? OP.SHRI32 : OP.USHRI32;
    default: return undefined;
  }
}

const WORD: Partial<Record<BinaryOperator, number>> = { '+': OP.ADD32, '-': OP.SUB32, '*': OP.MUL32, '&': OP.AND32, '|': OP.OR32, '^': OP.XOR32, '<<': OP.SHL32 };
const WIDE: Partial<Record<BinaryOperator, number>> = { '+': OP.ADD64, '-': OP.SUB64, '*': OP.MUL64, '&': OP.AND64, '|': OP.OR64, '^': OP.XOR64, '<<': OP.SHL64 };
const DOUBLES: Partial<Record<BinaryOperator, number>> = { '+': OP.ADDF, '-': OP.SUBF, '*': OP.MULF, '/': OP.DIVF };
const FLOATS: Partial<Record<BinaryOperator, number>> = { '+': OP.ADDS, '-': OP.SUBS, '*': OP.MULS, '/': OP.DIVS };

function instructionFor(op: BinaryOperator, type: Type): number {
  if (isFloat(type)) return (isWide(type) ? DOUBLES : FLOATS)[op] ?? OP.TRAP;
  const wide = isWide(type);
  const signed = isSigned(type);
  switch (op) {
    case '/': return wide ? (signed ? OP.DIV64 : OP.UDIV64) : signed ? OP.DIV32 : OP.UDIV32;
    case '%': return wide ? (signed ? OP.REM64 : OP.UREM64) : signed ? OP.REM32 : OP.UREM32;
    case '>>': return wide ? (signed ? OP.SHR64 : OP.USHR64) : signed ? OP.SHR32 : OP.USHR32;
    default: return (wide ? WIDE : WORD)[op] ?? OP.TRAP;
  }
}

/** `d = left op right`, of registers. */
export function operate(f: FunctionEmitter, op: BinaryOperator, type: Type, d: number, left: number, right: number): void {
  f.emit(instructionFor(op, type), f.uses(d), left, right);
}

export function pointerAdd(f: FunctionEmitter, e: PointerAdd, d: number): void {
  const index = typeof e.scale === 'number' ? constantOf(e.index) : null;
  if (index !== null && typeof e.scale === 'number') {
    const bytes = BigInt.asIntN(64, index * BigInt(e.subtract ? -e.scale : e.scale));
    if (bytes === BigInt.asIntN(32, bytes)) {
      if (e.pointer.kind === 'decay' && bytes > -32768n && bytes < 32768n) {
        addressTo(f, pointed(f, e, d, null), d);
        return;
      }
      value(f, e.pointer, d);
      if (bytes !== 0n) f.emit(OP.ADDI64, d, d, Number(bytes));
      return;
    }
  }
  const late = lateOperand(f, e.pointer, d);
  if (late) {
    // the index may change it
    indexInto(f, e, d + 2);
    value(f, late, d);
    f.emit(e.subtract ? OP.SUB64 : OP.ADD64, d, d, d + 2);
    return;
  }
  value(f, e.pointer, d);
  if (typeof e.scale === 'number') addIndex(f, d, e.index, e.scale, e.subtract, d);
  else {
    indexInto(f, e, d + 2);
    f.emit(e.subtract ? OP.SUB64 : OP.ADD64, d, d, d + 2);
  }
}

/** d = index × scale. */
function indexInto(f: FunctionEmitter, e: PointerAdd, d: number): void {
  value(f, e.index, d);
  if (e.scale === 1) return;
  scaleInto(f, e.scale, d + 2);
  f.emit(OP.MUL64, d, d, d + 2);
}

export function scaleInto(f: FunctionEmitter, scale: number | Expression, d: number): void {
  if (typeof scale === 'number') f.emit(OP.LI64, f.uses(d), scale | 0, Math.floor(scale / 2 ** 32));
  else value(f, scale, d);
}

export function pointerDifference(f: FunctionEmitter, e: PointerDifference, d: number): void {
  operands(f, e.left, e.right, false, d);
  f.emit(OP.SUB64, d, d, d + 2);
  if (e.scale === 1) return;
  const shift = typeof e.scale === 'number' ? Math.log2(e.scale) : NaN;
  if (Number.isInteger(shift)) {
    f.emit(OP.LI32, d + 2, shift);
    f.emit(OP.SHR64, d, d, d + 2);
    return;
  }
  scaleInto(f, e.scale, d + 2);
  f.emit(OP.DIV64, d, d, d + 2);
}
