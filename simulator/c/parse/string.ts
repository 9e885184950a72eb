import type { StringLiteral } from '../ast.ts';
import { arrayOf, INTEGER } from '../check/basic_types.ts';
import { spanOf } from '../preprocess/token.ts';
import { ELEMENT, elements, encodingOf, isFatal, type Encoding } from './literal.ts';
import type { Unit } from './unit.ts';

/** Adjacent string literals are one; a prefix of any of them is everybody's. */
export function stringLiteral(u: Unit): StringLiteral {
  const start = u.token.place;
  const first = u.at;
  while (u.token.kind === 'string') u.next();
  const tokens = u.tokens.slice(first, u.at);
  const prefixes = new Set(tokens.map((token) => encodingOf(token.text)).filter((prefix) => prefix !== ''));
  if (prefixes.size > 1) u.error(u.span(start), 'unsupported non-standard concatenation of string literals');
  const encoding: Encoding = [...prefixes][0] ?? '';
  const { name, size } = ELEMENT[encoding];
  const values: number[] = [];
  for (const token of tokens) {
    const read = elements(token.text, encoding);
    for (const value of read.values) values.push(value);
    for (const warning of read.warnings) {
      if (isFatal(warning)) u.error(spanOf(token), warning);
      else u.warn(spanOf(token), warning);
    }
  }
  values.push(0);
  const bytes = new Uint8Array(values.length * size);
  values.forEach((value, i) => {
    for (let b = 0; b < size; b++) bytes[i * size + b] = value >>> 8 * b;
  });
  return { kind: 'string', type: arrayOf(INTEGER[name], values.length), bytes, span: u.span(start) };
}
