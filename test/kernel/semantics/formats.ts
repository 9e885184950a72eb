import { BIND, cast, operand } from './expression.ts';
import type { Float, Int } from './expression.ts';
import type { Choices } from './choices.ts';
import { promoted } from './types.ts';

/** A conversion of printf and the argument that it takes, for an integer. */
export function integerFormat(choices: Choices, of: Int): [format: string, argument: string] {
  const { bits } = promoted(of.type);
  const length = bits === 64 ? choices.pick(['l', 'll', 'j', 'z']) : choices.pick(['', '', '', 'h', 'hh']);
  const conversion = choices.pick(promoted(of.type).signed ? ['d', 'd', 'i', 'x'] : ['u', 'u', 'x', 'o', 'X']);
  const flags = choices.pick(['', '', '', '-', '0', conversion === 'd' || conversion === 'i' ? '+' : '#', conversion === 'd' ? ' ' : '']);
  const width = choices.pick(['', '', '', '8', '3', '20']);
  const precision = choices.pick(['', '', '', '', '.5', '.0', '.']);
  return [`%${flags}${width}${precision}${length}${conversion}`, operand(of.type.bits === 1 ? cast(of, promoted(of.type)) : of, BIND.assign)];
}

/** The same for a floating number, which is passed as a double. */
export function floatFormat(choices: Choices, of: Float): [format: string, argument: string] {
  const conversion = choices.pick(['g', 'f', 'e', 'G', 'a', 'E']);
  const flags = choices.pick(['', '', '+', '-', '0', '#']);
  const width = choices.pick(['', '', '15', '4']);
  // of %a without a precision the digits are exact, with one they depend on how the number is normalised
  const precision = conversion === 'a' ? '' : choices.pick(['', '.3', '.0', '.17', '.1']);
  return [`%${flags}${width}${precision}${conversion}`, operand(of, BIND.assign)];
}
