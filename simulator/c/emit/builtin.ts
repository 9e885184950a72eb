import type { Builtin, Expression } from '../ast.ts';
import { INTEGER } from '../check/basic_types.ts';
import type { Type } from '../types.ts';
import { BITS } from '../../machine/cpu/bits.ts';
import type { BitsName } from '../../machine/cpu/bits.ts';
import { overflowCode } from '../../machine/cpu/overflow.ts';
import { OP } from '../../machine/isa.ts';
import { atomic } from './atomic.ts';
import { converted } from './convert.ts';
import type { FunctionEmitter } from './function.ts';
import { loadFrom, storeTo } from './place.ts';
import type { Spot } from './place.ts';
import { bytesOf, isSigned, slotsOf } from './types.ts';
import { effect, value } from './value.ts';

const at = (register: number): Spot => ({ in: 'register', register, offset: 0, next: register + 2 });
const POINTER = INTEGER['unsigned long'];

/** What is no ordinary function; a value is in `d`. */
export function builtin(f: FunctionEmitter, e: Builtin, d: number): void {
  const { operands } = e;
  const [first] = operands;
  f.uses(d);
  switch (e.name) {
    case 'va_start':
      if (first) value(f, first, d);
      f.emit(OP.LEA, f.uses(d + 2), f.variadicFrom);
      f.emit(OP.ST64, d + 2, d, 0);
      return;
    case 'va_end': if (first) effect(f, first, d); return;
    case 'va_copy': evaluate(f, operands, d); f.emit(OP.LD64, d + 2, d + 2, 0); f.emit(OP.ST64, d + 2, d, 0); return;
    case 'va_arg': loadFrom(f, vaArgSpot(f, e, d), e.type, d); return;
    case 'alloca': evaluate(f, operands, d); f.emit(OP.ALLOCA, d, d); return;
    case 'unreachable': case 'trap': f.emit(OP.TRAP); return;
    case 'return_address': f.emit(OP.RETADDR, d); return;
    case 'frame_address': f.emit(OP.FRAMEADDR, d); return;
    case '__syscall': machine(f, e, OP.SYSCALL, d); return;
    case '__clone': machine(f, e, OP.CLONE, d); return;
    case '__setjmp': evaluate(f, operands, d); f.emit(OP.SETJMP, d, d); return;
    case '__longjmp': evaluate(f, operands, d); f.emit(OP.LONGJMP, d, d + 2); return;
    case '__thread_pointer': f.emit(OP.GETTP, d); return;
    case '__builtin_add_overflow': overflow(f, operands, '+', d); return;
    case '__builtin_sub_overflow': overflow(f, operands, '-', d); return;
    case '__builtin_mul_overflow': overflow(f, operands, '*', d); return;
    default: if (!bits(f, e, d)) atomic(f, e, d);
  }
}

/** Operands into d, d + 2, …, the last first. */
export function evaluate(f: FunctionEmitter, operands: readonly Expression[], d: number): void {
  for (let index = operands.length - 1; index >= 0; index--) {
    const operand = operands[index];
    // what is evaluated later must leave alone what is there already
    if (operand) into(f, operand, d + index * 2, d + operands.length * 2);
  }
}

function into(f: FunctionEmitter, operand: Expression, d: number, free: number): void {
  f.uses(d);
  if (d + 2 === free) value(f, operand, d);
  else {
    value(f, operand, free);
    f.emit(OP.MOV64, d, free);
  }
}

function machine(f: FunctionEmitter, { operands }: Builtin, op: number, d: number): void {
  evaluate(f, operands, d + 2);
  f.emit(op, d, d + 2);
}

/** Where the next argument is; the list is moved past it. */
export function vaArgSpot(f: FunctionEmitter, e: Builtin, d: number): Spot {
  const [list] = e.operands;
  f.uses(d + 2);
  if (list) value(f, list, d + 2);
  f.emit(OP.LD64, d, d + 2, 0);
  if (e.type.kind === 'float' && e.type.size === 16) {
    f.emit(OP.ADDI64, d, d, 15);
    f.emit(OP.LI64, f.uses(d + 4), -16, -1);
    f.emit(OP.AND64, d, d, d + 4);
  }
  f.emit(OP.ADDI64, f.uses(d + 4), d, slotsOf(e.type) * 8);
  f.emit(OP.ST64, d + 4, d + 2, 0);
  return at(d);
}

function overflow(f: FunctionEmitter, operands: readonly Expression[], op: '+' | '-' | '*', d: number): void {
  const [left, right, result] = operands;
  if (!left || !right || result?.type.kind !== 'pointer') return;
  const to = result.type.to;
  evaluate(f, operands, d);
  converted(f, left.type, sameWidth(left.type), d);
  converted(f, right.type, sameWidth(right.type), d + 2);
  const code = overflowCode({ op, leftSigned: isSigned(left.type), rightSigned: isSigned(right.type), signed: isSigned(to), size: bytesOf(to) });
  f.emit(OP.OVERFLOW, f.uses(d + 6), d, code);
  storeTo(f, at(d + 4), to, d);
  f.emit(OP.MOV32, d, d + 6);
}
const sameWidth = (type: Type): Type => (isSigned(type) ? INTEGER.long : POINTER);

function bits(f: FunctionEmitter, { name, operands }: Builtin, d: number): boolean {
  const [, plain = '', wide = ''] = /^__builtin_(popcount|clz|ctz|ffs|parity|clrsb|bswap16|bswap32|bswap64)(l{0,2})$/.exec(name) ?? [];
  const which = BITS.indexOf(`${plain}${wide === '' ? '' : '64'}` as BitsName);
  if (which < 0) return false;
  evaluate(f, operands, d);
  f.emit(OP.BITS, d, d, which);
  return true;
}
