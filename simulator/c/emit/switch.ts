import type { Switch } from '../ast.ts';
import { OP, WORDS } from '../../machine/isa.ts';
import type { FunctionEmitter, Label } from './function.ts';
import { emitStatement } from './statement.ts';
import { isSigned, isWide } from './types.ts';
import { loadConstant, value } from './value.ts';

interface Range { readonly low: bigint; readonly high: bigint; readonly label: Label }

/** With at least so many cases, and a table not much larger than they, there is a table. */
const ENOUGH = 4;
const LARGEST = 1024n;

export function emitSwitch(f: FunctionEmitter, s: Switch): void {
  const d = f.scratch;
  const done = f.label();
  f.statement(s.value.span);
  value(f, s.value, d);
  const ranges = s.cases.map((each): Range => {
    const label = f.label();
    f.cases.set(each, label);
    return { low: each.low, high: each.high, label };
  }).sort((a, b) => (a.low < b.low ? -1 : 1));
  const otherwise = s.default ? f.label() : done;
  if (s.default) f.cases.set(s.default, otherwise);
  const wide = isWide(s.value.type);
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (first && last) {
    const span = last.high - first.low + 1n;
    const values = ranges.reduce((sum, { low, high }) => sum + high - low + 1n, 0n);
    if (!wide && ranges.length >= ENOUGH && span <= LARGEST && span <= values * 3n + 8n) table(f, ranges, first.low, Number(span), otherwise, d);
    else search(f, ranges, wide, isSigned(s.value.type), otherwise, d);
  }
  f.goto(otherwise);
  f.targets.push({ breakTo: done, continueTo: null });
  emitStatement(f, s.body);
  f.targets.pop();
  f.bind(done);
}

/** A jump through a table in the code. */
function table(f: FunctionEmitter, ranges: readonly Range[], low: bigint, count: number, otherwise: Label, d: number): void {
  f.emit(OP.SWITCH, d, Number(BigInt.asIntN(32, low)), count);
  const entries = new Array<Label>(count + 1).fill(otherwise);
  for (const range of ranges) entries.fill(range.label, Number(range.low - low) + 1, Number(range.high - low) + 2);
  const first = f.next;
  for (let word = 0; word < entries.length; word += WORDS) f.emit(0);
  for (const [index, label] of entries.entries()) f.tableEntry(label, first * WORDS + index, first * WORDS);
}

/** Halves the cases until few are left to compare with. */
function search(f: FunctionEmitter, ranges: readonly Range[], wide: boolean, signed: boolean, otherwise: Label, d: number): void {
  if (ranges.length > 6) {
    const middle = ranges.length >> 1;
    const upper = f.label();
    const [range] = ranges.slice(middle);
    if (range) {
      compare(f, range.low, wide, d, d + 2);
      f.jump(upper, 3, lessOrEqual(wide, signed), d + 2, d);
    }
    search(f, ranges.slice(0, middle), wide, signed, otherwise, d);
    f.goto(otherwise);
    f.bind(upper);
    search(f, ranges.slice(middle), wide, signed, otherwise, d);
    return;
  }
  for (const { low, high, label } of ranges) {
    if (low === high) {
      if (wide) {
        compare(f, low, wide, d, d + 2);
        f.jump(label, 3, OP.BEQ64, d, d + 2);
      } else f.jump(label, 3, OP.BEQI32, d, Number(BigInt.asIntN(32, low)));
      continue;
    }
    const over = f.label();
    compare(f, low, wide, d, d + 2);
    f.jump(over, 3, less(wide, signed), d, d + 2);
    compare(f, high, wide, d, d + 2);
    f.jump(label, 3, lessOrEqual(wide, signed), d, d + 2);
    f.bind(over);
  }
}

const compare = (f: FunctionEmitter, number: bigint, wide: boolean, d: number, at: number): void => { f.uses(d); loadConstant(f, number, wide, at); };
const less = (wide: boolean, signed: boolean): number => (wide ? (signed ? OP.BLT64 : OP.BULT64) : signed ? OP.BLT32 : OP.BULT32);
const lessOrEqual = (wide: boolean, signed: boolean): number => (wide ? (signed ? OP.BLE64 : OP.BULE64) : signed ? OP.BLE32 : OP.BULE32);
