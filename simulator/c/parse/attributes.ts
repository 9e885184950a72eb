import type { Unit } from './unit.ts';
import { spanOf, type Token } from '../preprocess/token.ts';
import { integerConstant } from './constant_expression.ts';

/** What `__attribute__`, `_Alignas` and `_Noreturn` say that matters here; all other attributes change nothing a program could see. */
export interface Attributes {
  packed: boolean;
  align: number | null;
  weak: boolean;
  when: 'constructor' | 'destructor' | null;
  /** `mode(DI)`: the size that an integer type is to have. */
  mode: 1 | 2 | 4 | 8 | null;
}

export function noAttributes(): Attributes { return { packed: false, align: null, weak: false, when: null, mode: null }; }

/** Reads any number of `__attribute__((…))`, adding to `into`. */
export function attributes(u: Unit, into: Attributes): void {
  while (u.sees('__attribute__')) {
    u.next();
    u.expect('(');
    u.expect('(');
    while (!u.sees(')')) {
      if (u.accept(',')) continue;
      attribute(u, into);
      if (!u.sees(')')) u.expect(',');
    }
    u.expect(')');
    u.expect(')');
  }
}

const MODES: Readonly<Record<string, 1 | 2 | 4 | 8>> = { QI: 1, byte: 1, HI: 2, SI: 4, DI: 8, word: 8, pointer: 8 };
const MEANT_BY_MACHINE: Readonly<Record<string, string>> = {
  vector_size: 'vector types are not supported', cleanup: "the attribute 'cleanup' is not supported",
  alias: "the attribute 'alias' is not supported", ifunc: "the attribute 'ifunc' is not supported", transparent_union: '', scalar_storage_order: "the attribute 'scalar_storage_order' is not supported",
};

function attribute(u: Unit, into: Attributes): void {
  const name = u.next();
  if (name.kind !== 'identifier' && name.kind !== 'keyword') u.syntax(`expected identifier before '${name.text}'`, spanOf(name));
  const word = name.text.replace(/^__(.*)__$/, '$1');
  switch (word) {
    case 'packed': into.packed = true; break;
    case 'weak': into.weak = true; break;
    case 'constructor': case 'destructor': into.when = word; break;
    case 'mode': {
      u.expect('(');
      const mode = u.next();
      const size = MODES[mode.text.replace(/^__(.*)__$/, '$1')];
      if (size === undefined) u.unsupported(spanOf(mode), `the machine mode '${mode.text}' is not supported`);
      else into.mode = size;
      u.expect(')');
      return;
    }
    case 'aligned': case 'warn_if_not_aligned': {
      if (!u.accept('(')) {
        into.align = Math.max(into.align ?? 0, 16);
        return;
      }
      setAlignment(u, into, name);
      u.expect(')');
      return;
    }
    default: {
      const unsupported = MEANT_BY_MACHINE[word];
      if (unsupported !== undefined && unsupported !== '') u.unsupported(spanOf(name), unsupported);
    }
  }
  if (u.sees('(')) parenthesised(u);
}

/** Reads the constant of `aligned(…)`. */
export function setAlignment(u: Unit, into: Attributes, at: Token): void {
  const value = integerConstant(u, 'requested alignment is not an integer constant');
  if (value === null || value === 0n) return;
  if (value < 0n || (value & value - 1n) !== 0n || value > 1n << 28n) u.error(spanOf(at), 'requested alignment is not a positive power of 2');
  else into.align = Math.max(into.align ?? 0, Number(value));
}

/** Passes over `(…)`, whatever it holds. */
export function parenthesised(u: Unit): void {
  u.expect('(');
  for (let depth = 1; depth > 0;) {
    const token = u.next();
    if (token.kind === 'end') u.syntax("expected ')' at end of input");
    if (token.is('(')) depth++;
    else if (token.is(')')) depth--;
  }
}
