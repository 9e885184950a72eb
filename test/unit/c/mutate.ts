import fc from 'fast-check';

/** One change of a text: where (as a share of its length), how much, and what with. */
export interface Mutation { readonly kind: 'delete' | 'insert' | 'replace' | 'repeat' | 'cut' | 'token' | 'swap' | 'drop'; readonly at: number; readonly length: number; readonly with: Uint8Array; readonly token: string }

/** What is put in the place of a token: enough of C to build what nobody would write. */
const TOKENS = ['{', '}', '(', ')', '[', ']', ';', ',', '#', '##', '\n#define f(x', '\n#if 1\n', '\n#endif\n', '\n#include <stdio.h>\n', '\n#include "x.h"\n', '"', "'", '/*', '*/', '//', '\\\n', '...', '*', '&', '->', '.',
  'struct', 'union { int a; }', 'typedef', 'int', 'unsigned long', 'void', 'static', 'extern', 'sizeof', 'sizeof(', '_Generic(', 'goto x;', 'case 1:', 'default:', 'return', 'if (', 'else', 'switch (1)', 'do', 'while (', 'for (;;)',
  '__attribute__((', 'typeof(', '({', '0x', '1e', '1e999999', '99999999999999999999999', '08', '1.2.3', "'abcd'", '"\\xffff"', 'L"w"', '= {', '[-1]', '[1ull << 62]', ': 99', '/ 0', '<< 200', '(char[1 << 30]){0}', '%', '?:', '__VA_ARGS__', '_Static_assert(0, "no");', 'asm("nop")', '\0'];

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('token' as const, 'drop' as const, 'swap' as const, 'delete' as const, 'insert' as const, 'replace' as const, 'repeat' as const, 'cut' as const),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(40),
  with: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  token: fc.constantFrom(...TOKENS),
});

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(mutation, { minLength: 1, maxLength: 6 });

/** The text with all changes made, one after the other. */
export function mutated(text: Uint8Array, changes: readonly Mutation[]): Uint8Array {
  return changes.reduce(change, text);
}

function change(text: Uint8Array, { kind, at, length, with: bytes, token }: Mutation): Uint8Array {
  const start = Math.floor(at * text.length);
  const [before, some, after] = [text.subarray(0, start), text.subarray(start, start + length), text.subarray(start + length)];
  switch (kind) {
    case 'delete': return join(before, after);
    case 'insert': return join(before, bytes, some, after);
    case 'replace': return join(before, bytes, text.subarray(start + bytes.length));
    case 'repeat': return join(before, ...Array.from({ length: 50 }, () => some), after);
    case 'cut': return before;
    default: {
      const [from, to] = word(text, start);
      const found = text.subarray(from, to);
      if (kind === 'drop') return join(text.subarray(0, from), text.subarray(to));
      if (kind === 'token') return join(text.subarray(0, from), new TextEncoder().encode(token), text.subarray(to));
      const [next, end] = word(text, to);
      return join(text.subarray(0, from), text.subarray(next, end), text.subarray(to, next), found, text.subarray(end));
    }
  }
}

/** The word, or the single other byte, that begins at or after a place. */
function word(text: Uint8Array, at: number): [from: number, to: number] {
  const isWord = (byte: number | undefined): boolean => byte !== undefined && /\w/.test(String.fromCharCode(byte));
  let from = at;
  while (from < text.length && [9, 10, 32].includes(text[from] ?? 0)) from++;
  let to = from;
  while (isWord(text[to])) to++;
  return [from, Math.max(to, Math.min(from + 1, text.length))];
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
