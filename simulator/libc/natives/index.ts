import type { Native } from '../../machine/native.ts';
import { DECIMAL_DIGITS } from './decimal.ts';
import { DECIMAL_TO_FLOAT } from './decimal_to_float.ts';
import { MATH } from './math.ts';
import { MEMORY } from './memory.ts';
import { TEXT } from './text.ts';
import { WIDE_CLASS } from './wide.ts';

/** Functions of the libc in TypeScript, by name. Each gives what the one in C (../src/) gives. */
export const NATIVES: ReadonlyMap<string, Native> = new Map([...MEMORY, ...TEXT, DECIMAL_DIGITS, DECIMAL_TO_FLOAT, WIDE_CLASS, ...MATH].map((native) => [native.name, native]));
