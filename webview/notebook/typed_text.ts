import type { Typed } from '../../simulator/run/script.ts';
import { t } from './words.ts';

/** What keys give: end of file, and the interrupt. */
export const END_OF_FILE = '\u0004';
export const INTERRUPT = '\u0003';

/** `ann⏎`, `^D`: something typed, as it is listed. */
export function typedName(text: string): string {
  if (text === '') return t('time passed');
  return text.replace(/[\n\r]/g, '⏎').replace(/[\0-\x1f\x7f]/g, (key) => `^${String.fromCharCode(key.charCodeAt(0) ^ 0x40)}`); // eslint-disable-line no-control-regex -- these are the keys that are named
}

/** The same as a pipe would bring it: up to the first end of file, without keys that mean something only to a terminal. */
export function stdinOf(typed: readonly Typed[]): string {
  const all = typed.map(({ text }) => text).join('').replaceAll('\r', '\n');
  const end = new RegExp(`(?:^|\\n)${END_OF_FILE}`).exec(all);
  const read = end ? all.slice(0, end.index + end[0].length - 1) : all;
  return read.replaceAll(END_OF_FILE, '').replaceAll(INTERRUPT, '');
}
