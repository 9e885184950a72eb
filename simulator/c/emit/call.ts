import type { Call, Expression } from '../ast.ts';
import { OP } from '../../machine/isa.ts';
import type { FunctionEmitter } from './function.ts';
import { localOffset, spot } from './place.ts';
import type { Spot } from './place.ts';
import { copyBytes } from './record.ts';
import { bytesOf, constantOf, highWord, isFloat, isScalar, isWide, lowWord, slotAfter, slotsOf } from './types.ts';
import { lateOperand, value } from './value.ts';
import { isQuiet } from './walk.ts';

export interface CallOptions {
  /** Where in the frame a record that is returned goes. */
  readonly result?: number;
  /** Done when all arguments are evaluated and before the call, with the registers from `free` on; gives the first that is free then. `quiet`: it calls nothing. */
  readonly act?: (free: number) => number;
  readonly quiet?: boolean;
}

/** An argument that is evaluated, until it is put below the stack pointer. */
type Argument =
  | { readonly as: 'register'; readonly register: number; readonly wide: boolean }
  | { readonly as: 'local'; readonly offset: number; readonly wide: boolean }
  | { readonly as: 'constant'; readonly value: bigint; readonly wide: boolean }
  | { readonly as: 'record'; readonly at: Spot; readonly size: number }
  | { readonly as: 'stored' };

/** Slots beyond these are not put early: what a signal's handler leaves alone below the stack pointer are 128 bytes. */
const EARLY = 16;

/** A call; a scalar result is in `d`. Arguments are evaluated from the last to the first. */
export function call(f: FunctionEmitter, e: Call, d: number, options: CallOptions = {}): void {
  f.uses(d);
  const result = options.result ?? (e.type.kind === 'record' ? f.reserve(Math.max(bytesOf(e.type), 1), 8) : null);
  const slots: number[] = [];
  let slot = result === null ? 0 : 1;
  for (const argument of e.arguments) {
    slot = slotAfter(slot, argument.type);
    slots.push(slot);
    slot += slotsOf(argument.type);
  }
  const size = slot + slot % 2;
  const to = (index: number): number => (slot === 0 ? 0 : ((slots[index] ?? 0) - size) * 8);
  let free = d;
  const direct = e.callee.kind === 'decay' && e.callee.operand.kind === 'variable' && e.callee.operand.symbol.kind === 'function' ? e.callee.operand.symbol : null;
  if (!direct) {
    value(f, e.callee, d);
    free += 2;
  }
  const kept: Argument[] = [];
  const mayStore = options.act === undefined || options.quiet === true;
  for (let index = e.arguments.length - 1; index >= 0; index--) {
    const argument = e.arguments[index];
    if (!argument) continue;
    let made = evaluate(f, argument, free);
    if (made.as === 'register') {
      const early = mayStore && size - (slots[index] ?? 0) <= EARLY && e.arguments.slice(0, index).every(isQuiet);
      if (early) {
        f.emit(made.wide ? OP.ARG64 : OP.ARG32, to(index), made.register);
        made = { as: 'stored' };
      } else free += 2;
    } else if (made.as === 'record') free = Math.max(free, made.at.next);
    kept[index] = made;
  }
  if (options.act) free = options.act(free);
  f.at(e.span.at);
  for (const [index, argument] of kept.entries()) put(f, argument, to(index), free + 4);
  if (result !== null) {
    f.emit(OP.LEA, f.uses(free), result);
    f.emit(OP.ARG64, -size * 8, free);
  }
  if (direct) f.relocate(f.emit(OP.CALL, d, 0, size * 8), 2, f.unit.symbol(direct), 0, 'entry');
  else f.emit(OP.CALLR, d, d, size * 8);
}

function evaluate(f: FunctionEmitter, e: Expression, d: number): Argument {
  const wide = isWide(e.type);
  if (!isScalar(e.type)) return { as: 'record', at: spot(f, e, d), size: bytesOf(e.type) };
  const constant = isFloat(e.type) ? null : constantOf(e);
  if (constant !== null) return { as: 'constant', value: constant, wide };
  const late = lateOperand(f, e, d);
  if (late?.kind === 'variable' && late.symbol.kind === 'variable') {
    const { type } = late.symbol;
    if (bytesOf(type) === 4 || bytesOf(type) >= 8) return { as: 'local', offset: f.offsets.get(late.symbol) ?? localOffset(f, late.symbol), wide };
  }
  value(f, late ?? e, d);
  return { as: 'register', register: d, wide };
}

/** `to`: distance from the stack pointer. */
function put(f: FunctionEmitter, argument: Argument, to: number, d: number): void {
  switch (argument.as) {
    case 'stored': return;
    case 'register': f.emit(argument.wide ? OP.ARG64 : OP.ARG32, to, argument.register); return;
    case 'local': f.emit(argument.wide ? OP.ARGL64 : OP.ARGL32, to, argument.offset); return;
    case 'constant': f.emit(OP.ARGI, to, lowWord(argument.value), argument.wide ? highWord(argument.value) : 0); return;
    case 'record': {
      f.emit(OP.GETSP, f.uses(d), to);
      copyBytes(f, { in: 'register', register: d, offset: 0, next: d + 2 }, argument.at, argument.size, d + 2);
    }
  }
}
