import { setLow, setWide, unsignedWide, wide } from './handlers.ts';
import type { MachineThread } from './thread.ts';

export interface OverflowKind {
  readonly op: '+' | '-' | '*';
  readonly leftSigned: boolean;
  readonly rightSigned: boolean;
  readonly signed: boolean;
  readonly size: number;
}
const OPS = ['+', '-', '*'] as const;

/** As the number that OVERFLOW has for it. */
export function overflowCode({ op, leftSigned, rightSigned, signed, size }: OverflowKind): number {
  return OPS.indexOf(op) | (leftSigned ? 4 : 0) | (rightSigned ? 8 : 0) | (signed ? 16 : 0) | size << 5;
}

/**
 * `__builtin_add_overflow` and its like: computed without limits, then cut to `size` bytes. The operands are in `b` and the next slot, extended to 64 bits; the
 * result replaces the first of them, `a` says whether it was cut.
 */
export function overflow(t: MachineThread, a: number, b: number, code: number): void {
  const left = (code & 4) !== 0 ? wide(t, b) : unsignedWide(t, b);
  const right = (code & 8) !== 0 ? wide(t, b + 2) : unsignedWide(t, b + 2);
  const op = OPS[code & 3] ?? '+';
  const exact = op === '+' ? left + right : op === '-' ? left - right : left * right;
  const size = (code >> 5) * 8;
  const cut = (code & 16) !== 0 ? BigInt.asIntN(size, exact) : BigInt.asUintN(size, exact);
  setWide(t, b, cut);
  setLow(t, a, cut === exact ? 0 : 1);
}
