import type { Assign, CompoundAssign, Conditional, Expression, Increment, StatementExpression } from '../ast.ts';
import { OP } from '../../machine/isa.ts';
import { assign, compoundAssign, increment } from './assign.ts';
import { binary, pointerAdd, pointerDifference } from './arithmetic.ts';
import { loadBits } from './bitfield.ts';
import { builtin } from './builtin.ts';
import { call } from './call.ts';
import { branch, truth } from './condition.ts';
import { convert } from './convert.ts';
import type { FunctionEmitter } from './function.ts';
import { addressTo, isOwn, loadFrom, spot } from './place.ts';
import { statements } from './statement.ts';
import { constantOf, highWord, isFloat, isScalar, isWide, lowWord } from './types.ts';
import { hasEffects } from './walk.ts';

/** Code that leaves the value of a scalar in register `d`; it uses those above, too. */
export function value(f: FunctionEmitter, e: Expression, d: number): void {
  f.uses(d);
  const constant = e.type.kind === 'integer' || e.type.kind === 'pointer' ? constantOf(e) : null;
  if (constant !== null) {
    loadConstant(f, constant, isWide(e.type), d);
    return;
  }
  switch (e.kind) {
    case 'constant': return;
    case 'float': floatConstant(f, e.value, isWide(e.type), d); return;
    case 'variable': case 'deref': case 'string': case 'compound': loadFrom(f, spot(f, e, d), e.type, d); return;
    case 'member':
      if (e.bits) loadBits(f, spot(f, e, d), e.type, e.bits, d);
      else loadFrom(f, spot(f, e, d), e.type, d);
      return;
    case 'address': case 'decay': addressTo(f, spot(f, e.operand, d), d); return;
    case 'cast': convert(f, e, d); return;
    case 'unary':
      if (e.op === '!') truth(f, e, d);
      else {
        value(f, e.operand, d);
        negate(f, e, d);
      }
      return;
    case 'binary': binary(f, e, d); return;
    case 'pointer-add': pointerAdd(f, e, d); return;
    case 'pointer-difference': pointerDifference(f, e, d); return;
    case 'logical': truth(f, e, d); return;
    case 'conditional': conditional(f, e, d, (branchOf) => { value(f, branchOf, d); }); return;
    case 'comma':
      effect(f, e.left, d);
      value(f, e.right, d);
      return;
    case 'assign': assign(f, e, d, true); return;
    case 'compound-assign': compoundAssign(f, e, d, true); return;
    case 'increment': increment(f, e, d, true); return;
    case 'call': call(f, e, d); return;
    case 'statement-expression': statementExpression(f, e, d, (result) => { value(f, result, d); }); return;
    case 'builtin': builtin(f, e, d); return;
  }
}

export function loadConstant(f: FunctionEmitter, constant: bigint, wide: boolean, d: number): void {
  if (wide) f.emit(OP.LI64, f.uses(d), lowWord(constant), highWord(constant));
  else f.emit(OP.LI32, f.uses(d), lowWord(constant));
}

const numbers = new DataView(new ArrayBuffer(8));
export function floatBits(number: number, wide: boolean): bigint {
  // the NaN that compilers write has no sign
  if (Number.isNaN(number)) return wide ? 0x7ff8000000000000n : 0x7fc00000n;
  if (wide) numbers.setFloat64(0, number);
  else numbers.setFloat32(0, number);
  return wide ? numbers.getBigUint64(0) : BigInt(numbers.getUint32(0));
}
function floatConstant(f: FunctionEmitter, number: number, wide: boolean, d: number): void { loadConstant(f, floatBits(number, wide), wide, d); }

function negate(f: FunctionEmitter, { op, type }: Extract<Expression, { kind: 'unary' }>, d: number): void {
  const wide = isWide(type);
  if (isFloat(type)) f.emit(wide ? OP.NEGF : OP.NEGS, d, d);
  else if (op === '-') f.emit(wide ? OP.NEG64 : OP.NEG32, d, d);
  else f.emit(wide ? OP.NOT64 : OP.NOT32, d, d);
}

/** Code for what an expression does; its value is not wanted. */
export function effect(f: FunctionEmitter, e: Expression, d: number): void {
  switch (e.kind) {
    case 'constant': case 'float': case 'variable': case 'string': return;
    case 'assign': assign(f, e, d, false); return;
    case 'compound-assign': compoundAssign(f, e, d, false); return;
    case 'increment': increment(f, e, d, false); return;
    case 'cast': case 'decay': case 'address': case 'unary': effect(f, e.operand, d); return;
    case 'comma':
      effect(f, e.left, d);
      effect(f, e.right, d);
      return;
    case 'conditional': conditional(f, e, d, (branchOf) => { effect(f, branchOf, d); }); return;
    case 'logical': {
      const done = f.label();
      branch(f, e.left, done, e.op === '||', d);
      effect(f, e.right, d);
      f.bind(done);
      return;
    }
    case 'statement-expression': statementExpression(f, e, d, (result) => { effect(f, result, d); }); return;
    case 'call': call(f, e, d); return;
    case 'builtin': builtin(f, e, d); return;
    default:
      // as gcc, which leaves out what changes nothing, even a load that would fail
      if (!hasEffects(e) && !e.type.q.volatile) return;
      if (isScalar(e.type)) value(f, e, d);
      else spot(f, e, d);
  }
}

export function conditional(f: FunctionEmitter, e: Conditional, d: number, give: (branchOf: Expression) => void): void {
  const done = f.label();
  if (e.then === null) {
    value(f, e.condition, d);
    if (isFloat(e.condition.type)) {
      f.emit(OP.LI64, f.uses(d + 2));
      if (isWide(e.condition.type)) f.emit(OP.NEF, d + 2, d, d + 2);
      else {
        f.emit(OP.S2F, f.uses(d + 4), d);
        f.emit(OP.NEF, d + 2, d + 4, d + 2);
      }
      f.jump(done, 2, OP.BNZ32, d + 2);
    } else f.jump(done, 2, isWide(e.condition.type) ? OP.BNZ64 : OP.BNZ32, d);
    give(e.otherwise);
    f.bind(done);
    return;
  }
  const otherwise = f.label();
  branch(f, e.condition, otherwise, false, d);
  give(e.then);
  f.goto(done);
  f.bind(otherwise);
  give(e.otherwise);
  f.bind(done);
}

/** Registers below `d` are in use by what is around it. */
export function statementExpression(f: FunctionEmitter, e: StatementExpression, d: number, give: (result: Expression) => void): void {
  const outer = f.scratch;
  f.scratch = d;
  statements(f, e.body, () => { if (e.result) give(e.result); });
  f.scratch = outer;
}

/**
 * An operand that is not read before the instruction that uses it: a local that only this code changes, after what the expression does. So gcc has it: in `i + i++` both
 * are read after the increment.
 */
export function lateOperand(f: FunctionEmitter, e: Expression, d: number): Expression | null {
  switch (e.kind) {
    case 'variable': return e.symbol.kind === 'variable' && isOwn(f, e.symbol) ? e : null;
    case 'assign': return settled(f, e, d);
    case 'increment': return e.prefix ? settled(f, e, d) : null;
    case 'compound-assign': return settled(f, e, d);
    default: return null;
  }
}

function settled(f: FunctionEmitter, e: Assign | CompoundAssign | Increment, d: number): Expression | null {
  if (e.target.kind !== 'variable' || e.target.symbol.kind !== 'variable' || !isOwn(f, e.target.symbol)) return null;
  effect(f, e, d);
  return e.target;
}
