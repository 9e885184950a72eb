import type { Native } from '../../machine/native.ts';
import { exact } from './decimal.ts';

/** A decimal number: digits × 10^exponent, as an integer and a power. */
interface Decimal { readonly digits: bigint; readonly exponent: number }

/** Below, equal or above: the decimal number against a positive finite double. */
function against(decimal: Decimal, value: number): number {
  const { mantissa, exponent } = exact(value);
  let left = decimal.digits;
  let right = mantissa;
  if (decimal.exponent >= 0) left *= 10n ** BigInt(decimal.exponent);
  else right *= 10n ** BigInt(-decimal.exponent);
  if (exponent >= 0) right <<= BigInt(exponent);
  else left <<= BigInt(-exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The nearest float, when `near` is the nearest double: rounding twice is wrong where the double lies in the middle between two floats and the number does not. */
function to_float(decimal: Decimal, near: number): number {
  const float = Math.fround(near);
  const other = float + 2 * (near - float);
  if (near === float || !Number.isFinite(float) || Math.fround(other) !== other) return float;
  const side = against(decimal, near);
  return side > 0 ? Math.max(float, other) : side < 0 ? Math.min(float, other) : float;
}

/** `text`: digits and at most one point. `range`: too large, or bits were lost below the smallest normal number. */
export function decimal_to_float(text: string, exponent: number, narrow: boolean): { readonly value: number; readonly range: boolean } {
  if (!/[1-9]/.test(text)) return { value: 0, range: false };
  const near = Number(`${text}e${exponent}`);
  if (near === 0 || near === Infinity) return { value: near, range: true };
  const point = text.indexOf('.');
  const decimal: Decimal = { digits: BigInt(text.replace('.', '')), exponent: exponent - (point < 0 ? 0 : text.length - point - 1) };
  const value = narrow ? to_float(decimal, near) : near;
  const least = narrow ? 2 ** -126 : 2 ** -1022;
  return { value, range: value === Infinity || value < least && (value === 0 || against(decimal, value) !== 0) };
}

export const DECIMAL_TO_FLOAT: Native = {
  name: '__decimal_to_float', returns: 'f64',
  call: (memory, args) => {
    const text = String.fromCharCode(...memory.read(args.size(0), args.size(1)).subarray(0, 60_000));
    const { value, range } = decimal_to_float(text, Number(args.i64(2)), args.i32(3) === 24);
    if (range) memory.write(args.size(5), Uint8Array.of(1, 0, 0, 0));
    return value;
  },
};
