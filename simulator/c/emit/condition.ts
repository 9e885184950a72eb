import type { Binary, Expression } from '../ast.ts';
import { OP } from '../../machine/isa.ts';
import { operands } from './arithmetic.ts';
import type { FunctionEmitter, Label } from './function.ts';
import { ownWord } from './place.ts';
import { constantOf, isFloat, isSigned, isWide, smallConstant } from './types.ts';
import { lateOperand, value } from './value.ts';

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
const INVERSE: Readonly<Record<Comparison, Comparison>> = { '==': '!=', '!=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>' };
const isComparison = (op: string): op is Comparison => op in INVERSE;

/** Jumps to `label` when the scalar is (`sense`) or is not (`!sense`) true; else goes on. */
export function branch(f: FunctionEmitter, e: Expression, label: Label, sense: boolean, d: number): void {
  const constant = e.type.kind === 'integer' || e.type.kind === 'pointer' ? constantOf(e) : null;
  if (constant !== null) {
    if ((constant !== 0n) === sense) f.goto(label);
    return;
  }
  if (e.kind === 'unary' && e.op === '!') branch(f, e.operand, label, !sense, d);
  else if (e.kind === 'logical') logical(f, e.op, e.left, e.right, label, sense, d);
  else if (e.kind === 'cast' && e.implied && e.type.kind === 'integer' && (e.operand.kind === 'binary' && isComparison(e.operand.op) || e.operand.kind === 'logical')) branch(f, e.operand, label, sense, d);
  else if (e.kind === 'binary' && isComparison(e.op)) comparison(f, e, e.op, label, sense, d);
  else if (isFloat(e.type)) {
    floatTruth(f, e, d);
    f.jump(label, 2, sense ? OP.BNZ32 : OP.BZ32, d);
  } else {
    value(f, e, d);
    f.jump(label, 2, isWide(e.type) ? (sense ? OP.BNZ64 : OP.BZ64) : sense ? OP.BNZ32 : OP.BZ32, d);
  }
}

function logical(f: FunctionEmitter, op: '&&' | '||', left: Expression, right: Expression, label: Label, sense: boolean, d: number): void {
  if ((op === '||') === sense) {
    branch(f, left, label, sense, d);
    branch(f, right, label, sense, d);
    return;
  }
  const over = f.label();
  branch(f, left, over, !sense, d);
  branch(f, right, label, sense, d);
  f.bind(over);
}

const NUMBER: Readonly<Record<Comparison, number>> = { '==': OP.BEQI32, '!=': OP.BNEI32, '<': OP.BLTI32, '<=': OP.BLEI32, '>': OP.BGTI32, '>=': OP.BGEI32 };
const LOCAL: Readonly<Record<Comparison, number>> = { '==': OP.BEQL32, '!=': OP.BNEL32, '<': OP.BLTL32, '<=': OP.BLEL32, '>': OP.BGTL32, '>=': OP.BGEL32 };

function comparison(f: FunctionEmitter, e: Binary, written: Comparison, label: Label, sense: boolean, d: number): void {
  const { left, right } = e;
  const { type } = left;
  if (isFloat(type)) {
    truth(f, e, d);
    f.jump(label, 2, sense ? OP.BNZ32 : OP.BZ32, d);
    return;
  }
  const op = sense ? written : INVERSE[written];
  const equality = op === '==' || op === '!=';
  if (!isWide(type) && (isSigned(type) || equality)) {
    const number = smallConstant(right);
    if (number !== null) {
      value(f, left, d);
      f.jump(label, 3, NUMBER[op], d, number);
      return;
    }
    const local = ownWord(f, right);
    if (local !== null) {
      value(f, left, d);
      f.jump(label, 3, LOCAL[op], d, local);
      return;
    }
  }
  if (isWide(type) && equality && constantOf(right) === 0n) {
    value(f, left, d);
    f.jump(label, 2, op === '==' ? OP.BZ64 : OP.BNZ64, d);
    return;
  }
  operands(f, left, right, true, d);
  const turned = op === '>' || op === '>=';
  const instruction = branchFor(turned ? (op === '>' ? '<' : '<=') : op, isWide(type), isSigned(type));
  f.jump(label, 3, instruction, turned ? d + 2 : d, turned ? d : d + 2);
}

function branchFor(op: '==' | '!=' | '<' | '<=', wide: boolean, signed: boolean): number {
  switch (op) {
    case '==': return wide ? OP.BEQ64 : OP.BEQ32;
    case '!=': return wide ? OP.BNE64 : OP.BNE32;
    case '<': return wide ? (signed ? OP.BLT64 : OP.BULT64) : signed ? OP.BLT32 : OP.BULT32;
    case '<=': return wide ? (signed ? OP.BLE64 : OP.BULE64) : signed ? OP.BLE32 : OP.BULE32;
  }
}

function setFor(op: '==' | '!=' | '<' | '<=', wide: boolean, signed: boolean): number {
  switch (op) {
    case '==': return wide ? OP.EQ64 : OP.EQ32;
    case '!=': return wide ? OP.NE64 : OP.NE32;
    case '<': return wide ? (signed ? OP.LT64 : OP.ULT64) : signed ? OP.LT32 : OP.ULT32;
    case '<=': return wide ? (signed ? OP.LE64 : OP.ULE64) : signed ? OP.LE32 : OP.ULE32;
  }
}
const FLOAT = { '==': OP.EQF, '!=': OP.NEF, '<': OP.LTF, '<=': OP.LEF } as const;

/** 0 or 1 in `d`: of a comparison, `!`, `&&` or `||`. */
export function truth(f: FunctionEmitter, e: Expression, d: number): void {
  f.uses(d);
  if (e.kind === 'unary') {
    if (isFloat(e.operand.type)) {
      floatTruth(f, e.operand, d);
      f.emit(OP.ZERO32, d, d);
    } else {
      value(f, e.operand, d);
      f.emit(isWide(e.operand.type) ? OP.ZERO64 : OP.ZERO32, d, d);
    }
    return;
  }
  if (e.kind === 'binary' && isComparison(e.op)) {
    compare(f, e, e.op, d);
    return;
  }
  const no = f.label();
  const done = f.label();
  branch(f, e, no, false, d);
  f.emit(OP.LI32, d, 1);
  f.goto(done);
  f.bind(no);
  f.emit(OP.LI32, d, 0);
  f.bind(done);
}

function compare(f: FunctionEmitter, e: Binary, op: Comparison, d: number): void {
  const { type } = e.left;
  operands(f, e.left, e.right, true, d);
  if (isFloat(type) && !isWide(type)) {
    f.emit(OP.S2F, d, d);
    f.emit(OP.S2F, d + 2, d + 2);
  }
  const turned = op === '>' || op === '>=';
  const plainOp = op === '>' ? '<' : op === '>=' ? '<=' : op;
  const instruction = isFloat(type) ? FLOAT[plainOp] : setFor(plainOp, isWide(type), isSigned(type));
  f.emit(instruction, d, turned ? d + 2 : d, turned ? d : d + 2);
}

/** Is a float other than zero? NaN is. */
function floatTruth(f: FunctionEmitter, e: Expression, d: number): void {
  const late = lateOperand(f, e, d);
  value(f, late ?? e, d);
  if (!isWide(e.type)) f.emit(OP.S2F, d, d);
  f.emit(OP.LI64, f.uses(d + 2));
  f.emit(OP.NEF, d, d, d + 2);
}
