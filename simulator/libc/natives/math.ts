import type { Native } from '../../machine/native.ts';

/** To the nearest integer, to even at a tie. */
function nearest(x: number): number {
  if (!Number.isFinite(x) || Math.abs(x) >= 2 ** 52) return x;
  const down = Math.floor(x);
  const rest = x - down;
  const result = rest < 0.5 || rest === 0.5 && down % 2 === 0 ? down : down + 1;
  return result === 0 && (x < 0 || Object.is(x, -0)) ? -0 : result;
}

/** To the nearest integer, away from zero at a tie. */
function round(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}

function remainder(x: number, y: number): number {
  if (y === 0 || !Number.isFinite(x) || Number.isNaN(y)) return NaN;
  if (!Number.isFinite(y)) return x;
  const size = Math.abs(y);
  const rest = Math.abs(x) % size;
  // whether the quotient is odd shows in what is left of twice the divisor
  const odd = size < 2 ** 1023 && Math.abs(x) % (2 * size) >= size;
  const half = rest - size / 2;
  const result = half > 0 || half === 0 && odd ? rest - size : rest;
  return x < 0 || Object.is(x, -0) ? -result : result;
}

/** IEEE's power: 1 to any power is 1, also to NaN and infinity. */
function pow(x: number, y: number): number {
  if (x === 1) return 1;
  return x === -1 && !Number.isFinite(y) && !Number.isNaN(y) ? 1 : x ** y;
}

const ONE: Readonly<Record<string, (x: number) => number>> = {
  acos: Math.acos, asin: Math.asin, atan: Math.atan, cos: Math.cos, sin: Math.sin, tan: Math.tan, acosh: Math.acosh, asinh: Math.asinh, atanh: Math.atanh,
  cosh: Math.cosh, sinh: Math.sinh, tanh: Math.tanh, exp: Math.exp, exp2: (x) => 2 ** x, exp10: (x) => 10 ** x, expm1: Math.expm1, log: Math.log, log10: Math.log10,
  log1p: Math.log1p, log2: Math.log2, cbrt: Math.cbrt, sqrt: Math.sqrt, ceil: Math.ceil, floor: Math.floor, trunc: Math.trunc, round, rint: nearest,
};
const TWO: Readonly<Record<string, (x: number, y: number) => number>> = { atan2: Math.atan2, hypot: Math.hypot, pow, fmod: (x, y) => x % y, remainder };

/** `__math_sin` and so on: what sin(3) calculates; errno is the business of the C around it (src/math/). */
export const MATH: readonly Native[] = [
  ...Object.entries(ONE).map(([name, f]): Native => ({ name: `__math_${name}`, returns: 'f64', call: (_memory, args) => f(args.f64(0)) })),
  ...Object.entries(TWO).map(([name, f]): Native => ({ name: `__math_${name}`, returns: 'f64', call: (_memory, args) => f(args.f64(0), args.f64(1)) })),
];
