import type { Assign, Expression } from '../ast.ts';
import type { Type } from '../types.ts';
import { INTEGER } from '../check/basic_types.ts';
import { OP } from '../../machine/isa.ts';
import { vaArgSpot } from './builtin.ts';
import { call } from './call.ts';
import type { FunctionEmitter } from './function.ts';
import { addressInto, addressTo, alignment, displaced, loadFrom, spot, storeTo } from './place.ts';
import type { Spot } from './place.ts';
import { bytesOf } from './types.ts';
import { conditional, effect, statementExpression } from './value.ts';
import { isQuiet } from './walk.ts';

/** The place of a record (or array) that is no lvalue: a call's result and the like. */
export function record(f: FunctionEmitter, e: Expression, d: number): Spot {
  switch (e.kind) {
    case 'call': {
      const offset = f.reserve(Math.max(bytesOf(e.type), 1), Math.max(alignment(e.type), 8));
      call(f, e, d, { result: offset });
      return { in: 'frame', offset, next: d };
    }
    case 'assign': return assignRecord(f, e, d);
    case 'comma':
      effect(f, e.left, d);
      return spot(f, e.right, d);
    case 'conditional':
      conditional(f, e, d, (branchOf) => { addressTo(f, spot(f, branchOf, d), d); });
      return { in: 'register', register: f.uses(d), offset: 0, next: d + 2 };
    case 'statement-expression':
      statementExpression(f, e, d, (result) => { addressTo(f, spot(f, result, d), d); });
      return { in: 'register', register: f.uses(d), offset: 0, next: d + 2 };
    case 'builtin': return vaArgSpot(f, e, d);
    case 'cast': return spot(f, e.operand, d);
    default: throw new Error(`an expression '${e.kind}' has no place`);
  }
}

/** `a = b` of records; the place of a. */
export function assignRecord(f: FunctionEmitter, e: Assign, d: number): Spot {
  const { target } = e;
  if (e.value.kind === 'call') {
    const offset = f.reserve(Math.max(bytesOf(e.type), 1), Math.max(alignment(e.type), 8));
    let at: Spot | null = null;
    call(f, e.value, d, { result: offset, quiet: isQuiet(target), act: (free) => (at = spot(f, target, free)).next });
    // `act` was called
    const to = at as Spot | null ?? spot(f, target, d);
    copyRecord(f, to, { in: 'frame', offset, next: d }, e.type, Math.max(to.next, d));
    return to;
  }
  const from = spot(f, e.value, d);
  const to = spot(f, target, Math.max(from.next, d));
  copyRecord(f, to, from, e.type, Math.max(to.next, from.next, d));
  return to;
}

/** Small records are copied by loads and stores. */
const FEW = 16;
const PIECES = [[8, INTEGER['unsigned long']], [4, INTEGER['unsigned int']], [2, INTEGER['unsigned short']], [1, INTEGER['unsigned char']]] as const;

export function copyRecord(f: FunctionEmitter, to: Spot, from: Spot, type: Type, d: number): void { copyBytes(f, to, from, bytesOf(type), d); }

export function copyBytes(f: FunctionEmitter, to: Spot, from: Spot, size: number, d: number): void {
  if (size === 0) return;
  f.uses(d + 2);
  if (size > FEW || to.in === 'element' || from.in === 'element') {
    const target = addressInto(f, to, d);
    const source = addressInto(f, from, d + 2);
    f.emit(OP.COPY, target, source, size);
    return;
  }
  for (let done = 0; done < size;) {
    for (const [length, as] of PIECES) {
      if (size - done < length) continue;
      loadFrom(f, displaced(f, from, done, d + 2), as, d);
      storeTo(f, displaced(f, to, done, d + 2), as, d);
      done += length;
      break;
    }
  }
}
