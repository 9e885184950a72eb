import type { BinaryOperator, Builtin } from '../ast.ts';
import { INTEGER } from '../check/basic_types.ts';
import type { Type } from '../types.ts';
import { OP } from '../../machine/isa.ts';
import { operate } from './arithmetic.ts';
import { evaluate } from './builtin.ts';
import { converted } from './convert.ts';
import type { FunctionEmitter } from './function.ts';
import { loadFrom, storeTo } from './place.ts';
import type { Spot } from './place.ts';
import { bytesOf, isWide } from './types.ts';

const OPERATORS: Readonly<Record<string, BinaryOperator>> = { add: '+', sub: '-', or: '|', and: '&', xor: '^', nand: '&' };

/**
 * GNU atomics. They are plain loads and stores, since a thread loses the processor only between statements or in a system call. The operands: a pointer, then values.
 */
export function atomic(f: FunctionEmitter, e: Builtin, d: number): void {
  const { operands } = e;
  const pointer = operands[0]?.type;
  const type = pointer?.kind === 'pointer' ? pointer.to : INTEGER.int;
  const at = (register: number): Spot => ({ in: 'register', register, offset: 0, next: register + 2 });
  const move = (to: number, from: number): number => f.emit(isWide(type) ? OP.MOV64 : OP.MOV32, to, from);
  evaluate(f, operands, d);
  const free = f.uses(d + operands.length * 2);
  switch (e.name) {
    case '__sync_synchronize': return;
    case '__atomic_load_n': loadFrom(f, at(d), type, d); return;
    case '__atomic_store_n': storeTo(f, at(d), type, d + 2); return;
    case '__atomic_exchange_n':
      loadFrom(f, at(d), type, free);
      storeTo(f, at(d), type, d + 2);
      move(d, free);
      return;
    case '__atomic_compare_exchange_n':
      loadFrom(f, at(d + 2), type, free);
      compareAndSwap(f, type, at(d), free, d + 4, free + 2, () => { storeTo(f, at(d + 2), type, free + 2); });
      f.emit(OP.MOV32, d, free);
      return;
    case '__sync_bool_compare_and_swap':
      compareAndSwap(f, type, at(d), d + 2, d + 4, free, () => undefined);
      f.emit(OP.MOV32, d, d + 2);
      return;
    case '__sync_val_compare_and_swap':
      compareAndSwap(f, type, at(d), d + 2, d + 4, free, () => undefined);
      move(d, free);
      return;
    default: fetchAnd(f, e.name, type, d, free);
  }
}

/** `now` is loaded; when it is what `expected` holds, `wanted` is stored, else `otherwise` is done. `expected` then says whether it was. */
function compareAndSwap(f: FunctionEmitter, type: Type, at: Spot, expected: number, wanted: number, now: number, otherwise: () => void): void {
  const no = f.label();
  const done = f.label();
  loadFrom(f, at, type, now);
  f.jump(no, 3, isWide(type) ? OP.BNE64 : OP.BNE32, now, expected);
  storeTo(f, at, type, wanted);
  f.emit(OP.LI32, expected, 1);
  f.goto(done);
  f.bind(no);
  otherwise();
  f.emit(OP.LI32, expected, 0);
  f.bind(done);
}

/** `__atomic_fetch_add` gives what was there, `__atomic_add_fetch` what is there then. */
function fetchAnd(f: FunctionEmitter, name: string, type: Type, d: number, free: number): void {
  const before = /^__atomic_fetch_(\w+)$/.exec(name)?.[1];
  const what = before ?? /^__atomic_(\w+)_fetch$/.exec(name)?.[1] ?? 'add';
  const wide = isWide(type);
  f.uses(free + 2);
  loadFrom(f, { in: 'register', register: d, offset: 0, next: d + 2 }, type, free);
  operate(f, OPERATORS[what] ?? '+', wide ? INTEGER.long : INTEGER.int, free + 2, free, d + 2);
  if (what === 'nand') f.emit(wide ? OP.NOT64 : OP.NOT32, free + 2, free + 2);
  if (bytesOf(type) < 4) converted(f, INTEGER.int, type, free + 2);
  storeTo(f, { in: 'register', register: d, offset: 0, next: d + 2 }, type, free + 2);
  f.emit(wide ? OP.MOV64 : OP.MOV32, d, before === undefined ? free + 2 : free);
}
