import type { Native } from '../../machine/native.ts';

const WORDS = new DataView(new ArrayBuffer(8));
/** More digits than any number has. */
const MOST = 1100;

/** A positive finite number as mantissa × 2^exponent. */
export function exact(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  WORDS.setFloat64(0, value);
  const bits = WORDS.getBigUint64(0);
  const fraction = bits & 0xfffffffffffffn;
  const biased = Number(bits >> 52n & 0x7ffn);
  return biased === 0 ? { mantissa: fraction, exponent: -1074 } : { mantissa: fraction | 1n << 52n, exponent: biased - 1075 };
}

/** value × 10^places to the nearest integer, to even at a tie. */
function scaled(value: number, places: number): bigint {
  const { mantissa, exponent } = exact(value);
  let above = mantissa;
  let below = 1n;
  if (exponent >= 0) above <<= BigInt(exponent);
  else below <<= BigInt(-exponent);
  if (places >= 0) above *= 10n ** BigInt(places);
  else below *= 10n ** BigInt(-places);
  const whole = above / below;
  const twice = (above % below) * 2n;
  return twice > below || twice === below && (whole & 1n) === 1n ? whole + 1n : whole;
}

/** How many digits are before the point, or one more: value is rounded to one digit for it. */
function digits_before(value: number): number {
  const text = value.toExponential(0);
  return Number(text.slice(text.indexOf('e') + 1)) + 1;
}

/** Digits without zeros at the end, and where the point is: 0.DIGITS × 10^point. */
export function decimal_digits(value: number, fixed: boolean, count: number): { readonly digits: string; readonly point: number } {
  const wanted = Math.min(count, MOST);
  // one digit too many first, and one fewer if there are: rounded from too few, 9.99…e-7 would look like 1e-6 in full
  let places = fixed ? wanted : wanted - digits_before(value) + 1;
  let number = scaled(value, places);
  if (!fixed && number >= 10n ** BigInt(wanted)) {
    places--;
    number = scaled(value, places);
  }
  if (number === 0n) return { digits: '', point: 0 };
  const all = number.toString();
  return { digits: all.replace(/0+$/, ''), point: all.length - places };
}

export const DECIMAL_DIGITS: Native = {
  name: '__decimal_digits', returns: 'i32',
  call: (memory, args) => {
    const { digits, point } = decimal_digits(args.f64(0), args.i32(1) !== 0, args.i32(2));
    memory.write(args.size(3), Uint8Array.from(digits, (c) => c.charCodeAt(0)));
    const word = new Uint8Array(4);
    new DataView(word.buffer).setInt32(0, point, true);
    memory.write(args.size(4), word);
    return digits.length;
  },
};
