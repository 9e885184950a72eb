import type { Expression, Span } from '../ast.ts';
import type { IntegerType } from '../types.ts';
import { INT, INTEGER, LONG, UINT, ULONG } from '../check/basic_types.ts';
import { convertForAssignment } from '../check/assign.ts';
import { constant, intConstant } from '../check/constant.ts';
import { wrongCount } from './builtin.ts';
import type { Unit } from './unit.ts';

const COUNT = /^__builtin_(popcount|parity|clz|ctz|clrsb|ffs)(l{0,2})$/;
const SWAP = /^__builtin_bswap(16|32|64)$/;

export function isBitBuiltin(name: string): boolean { return COUNT.test(name) || SWAP.test(name); }

/** Bit counting and swapping of bytes, folded where the argument is constant. */
export function countBits(u: Unit, name: string, args: readonly Expression[], span: Span): Expression {
  const [arg] = args;
  if (!arg || args.length !== 1) return wrongCount(u, name, args.length, 1, span);
  const swap = SWAP.exec(name)?.[1];
  const [, what = '', wide = ''] = COUNT.exec(name) ?? [];
  const type: IntegerType = swap === undefined ? (wide === '' ? what === 'ffs' || what === 'clrsb' ? INT : UINT : what === 'ffs' || what === 'clrsb' ? LONG : ULONG) : swap === '16' ? INTEGER['unsigned short'] : swap === '32' ? UINT : ULONG;
  const operand = convertForAssignment(u, type, arg, { kind: 'argument', number: 1, callee: name });
  if (operand.kind === 'constant') {
    if (swap !== undefined) return constant(type, swapped(operand.value, type.size), span);
    const value = counted(what, BigInt.asUintN(8 * type.size, operand.value), 8 * type.size);
    if (value !== null) return intConstant(value, span);
  }
  if (swap === undefined && what === 'parity') {
    const count: Expression = { kind: 'builtin', name: `__builtin_popcount${wide}`, operands: [operand], type: INT, span };
    return { kind: 'binary', op: '&', left: count, right: intConstant(1, span), type: INT, span };
  }
  return { kind: 'builtin', name, operands: [operand], type: swap === undefined ? INT : type, span };
}

function swapped(value: bigint, size: number): bigint {
  let out = 0n;
  for (let i = 0; i < size; i++) out |= (value >> BigInt(8 * i) & 0xffn) << BigInt(8 * (size - 1 - i));
  return out;
}

/** Null: not defined for 0. */
function counted(what: string, value: bigint, width: number): number | null {
  const bits = value.toString(2);
  switch (what) {
    case 'popcount': return bits.replace(/0/g, '').length;
    case 'parity': return bits.replace(/0/g, '').length % 2;
    case 'clz': return value === 0n ? null : width - bits.length;
    case 'ctz': return value === 0n ? null : /0*$/.exec(bits)?.[0].length ?? 0;
    case 'ffs': return value === 0n ? 0 : 1 + (/0*$/.exec(bits)?.[0].length ?? 0);
    default: return null;
  }
}
