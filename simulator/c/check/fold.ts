import type { BinaryOperator, Constant, Expression, FloatConstant, Span } from '../ast.ts';
import type { IntegerType } from '../types.ts';
import { INT, isError } from './basic_types.ts';
import { constant, floatConstant } from './constant.ts';

/** An operator on constants, both of one type already; null: not constant, or not defined (a division by zero). */
export function foldBinary(op: BinaryOperator, left: Expression, right: Expression, span: Span): Constant | FloatConstant | null {
  if (isError(left.type) || isError(right.type)) return null;
  if (left.kind === 'float' && right.kind === 'float' && left.type.kind === 'float') {
    const compared = compare(op, left.value, right.value);
    if (compared !== null) return constant(INT, compared ? 1n : 0n, span);
    const value = arithmetic(op, left.value, right.value);
    return value === null ? null : floatConstant(left.type, value, span);
  }
  if (left.kind !== 'constant' || right.kind !== 'constant') return null;
  const compared = compare(op, left.value, right.value);
  if (compared !== null) return constant(INT, compared ? 1n : 0n, span);
  if (left.type.kind !== 'integer') return null;
  const value = integers(op, left.value, right.value, left.type);
  return value === null ? null : constant(left.type, value, span);
}

function compare(op: BinaryOperator, a: bigint | number, b: bigint | number): boolean | null {
  switch (op) {
    case '<': return a < b;
    case '>': return a > b;
    case '<=': return a <= b;
    case '>=': return a >= b;
    case '==': return a === b;
    case '!=': return a !== b;
    default: return null;
  }
}

function arithmetic(op: BinaryOperator, a: number, b: number): number | null {
  switch (op) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return a / b;
    default: return null;
  }
}

function integers(op: BinaryOperator, a: bigint, b: bigint, type: IntegerType): bigint | null {
  switch (op) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return b === 0n || overflows(a, b, type) ? null : a / b;
    case '%': return b === 0n || overflows(a, b, type) ? null : a % b;
    case '&': return a & b;
    case '|': return a | b;
    case '^': return a ^ b;
    // a shift by the width or more is not defined; the machine takes the count modulo the width
    case '<<': return b < 0n || b >= BigInt(8 * type.size) ? null : a << b;
    case '>>': return b < 0n || b >= BigInt(8 * type.size) ? null : a >> b;
    default: return null;
  }
}

/** The smallest value divided by −1 is SIGFPE: left to the running program. */
function overflows(a: bigint, b: bigint, type: IntegerType): boolean {
  return type.signed && b === -1n && a === -(1n << BigInt(8 * type.size - 1));
}

export function foldUnary(op: '-' | '~' | '!', operand: Expression, span: Span): Constant | FloatConstant | null {
  if (isError(operand.type)) return null;
  if (op === '!') {
    const truth = truthOf(operand);
    return truth === null ? null : constant(INT, truth ? 0n : 1n, span);
  }
  if (operand.kind === 'float' && op === '-' && operand.type.kind === 'float') return floatConstant(operand.type, -operand.value, span);
  if (operand.kind !== 'constant' || operand.type.kind !== 'integer') return null;
  return constant(operand.type, op === '-' ? -operand.value : ~operand.value, span);
}

/** Whether a constant is not zero; null when it is no constant. */
export function truthOf(e: Expression): boolean | null {
  if (isError(e.type)) return null;
  return e.kind === 'constant' ? e.value !== 0n : e.kind === 'float' ? e.value !== 0 : isSomewhere(e) ? true : null;
}

/** The address of a whole object, or of a function that is not weak: never null. */
export function isSomewhere(e: Expression): boolean {
  if (e.kind === 'cast' && e.type.kind === 'pointer') return isSomewhere(e.operand);
  if (e.kind !== 'address' && e.kind !== 'decay') return false;
  const { operand } = e;
  return operand.kind === 'string' || operand.kind === 'variable' && !(operand.symbol.kind === 'function' && (operand.symbol.weak === true || !operand.symbol.defined));
}
