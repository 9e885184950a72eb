import { addressIn, clear, copy, load, store } from './access.ts';
import { high, low, quiet, setLow, setWords } from './handlers.ts';
import type { Handler, Handlers } from './handlers.ts';
import type { PagedSpace } from '../memory/space.ts';
import type { MachineThread } from './thread.ts';

/** Where an access goes: by the operands of the instruction. */
type Place = (t: MachineThread, a: number, b: number, c: number, write: boolean, size: number) => number;
const inFrame: Place = (t, _, b) => t.base + b >>> 0;
const global: Place = (_, __, b) => b >>> 0;
const indirect: Place = (t, _, b, c, write) => addressIn(t, b, c, write);
const indexed: Place = (t, _, b, c, write, size) => addressIn(t, b, low(t, c) * size, write);

const SUFFIXES = { '8S': 1, '8U': 1, '16S': 2, '16U': 2, '32': 4, '64': 8 } as const;

const loading = (place: Place, size: number, signed: boolean): Handler => (t, space, a, b, c) => {
  load(space, place(t, a, b, c, false, size), size, t.words, t.window + a);
  const shift = 32 - size * 8;
  if (signed) setLow(t, a, low(t, a) << shift >> shift);
  return null;
};
const storing = (place: Place, size: number): Handler => (t, space, a, b, c) => {
  store(space, place(t, a, b, c, true, size), size, low(t, a), high(t, a));
  return null;
};

const handlers: Handlers = {};
for (const [mode, place] of [['LDL', inFrame], ['LDG', global], ['LD', indirect], ['LDX', indexed]] as const) {
  for (const [suffix, size] of Object.entries(SUFFIXES)) handlers[`${mode}${suffix as keyof typeof SUFFIXES}`] = loading(place, size, suffix.endsWith('S'));
}
for (const [mode, place] of [['STL', inFrame], ['STG', global], ['ST', indirect], ['STX', indexed]] as const) {
  for (const size of [1, 2, 4, 8] as const) handlers[`${mode}${(size * 8) as 8 | 16 | 32 | 64}`] = storing(place, size);
}

const pair = new Int32Array(2);
/** What is at an address, as a word; the other word of a double one is in `pair[1]`. */
function word(space: PagedSpace, address: number, size = 4): number {
  load(space, address, size, pair, 0);
  return pair[0] ?? 0;
}
const local = (t: MachineThread, offset: number): number => t.base + offset >>> 0;
const argument = (t: MachineThread, distance: number): number => t.sp + distance >>> 0;

const loadedThen = (act: (left: number, right: number) => number): Handler => (t, space, a, b, c) => {
  setLow(t, a, act(low(t, b), word(space, local(t, c))));
  return null;
};
const branch = (taken: (left: number, right: number) => boolean): Handler => (t, space, a, b, c) => {
  if (taken(low(t, a), word(space, local(t, b)))) t.pc += c;
  return null;
};

/** The instructions that access memory, done with care: any alignment, any page. */
export const memoryHandlers: Handlers = {
  ...handlers,
  LDLX: (t, space, a, b) => { const value = word(space, local(t, b)); setWords(t, a, value, value >> 31); return null; },
  STLI32: (t, space, a, b) => { store(space, local(t, a), 4, b, 0); return null; },
  INCL32: (t, space, a, b) => { store(space, local(t, a), 4, word(space, local(t, a)) + b | 0, 0); return null; },
  INCL64: (t, space, a, b) => {
    const before = word(space, local(t, a), 8);
    const after = before + b | 0;
    store(space, local(t, a), 8, after, (pair[1] ?? 0) + (b >> 31) + (after >>> 0 < before >>> 0 ? 1 : 0) | 0);
    return null;
  },
  INCG32: (_, space, a, b) => { store(space, a >>> 0, 4, word(space, a >>> 0) + b | 0, 0); return null; },
  ADDSL32: (t, space, a, b) => { store(space, local(t, a), 4, word(space, local(t, a)) + low(t, b) | 0, 0); return null; },
  ADDL32: loadedThen((left, right) => left + right),
  SUBL32: loadedThen((left, right) => left - right),
  MULL32: loadedThen(Math.imul),
  BEQL32: branch((left, right) => left === right),
  BNEL32: branch((left, right) => left !== right),
  BLTL32: branch((left, right) => left < right),
  BLEL32: branch((left, right) => left <= right),
  BGTL32: branch((left, right) => left > right),
  BGEL32: branch((left, right) => left >= right),
  ARG32: (t, space, a, b) => { store(space, argument(t, a), 8, low(t, b), 0); return null; },
  ARG64: (t, space, a, b) => { store(space, argument(t, a), 8, low(t, b), high(t, b)); return null; },
  ARGL32: (t, space, a, b) => { store(space, argument(t, a), 8, word(space, local(t, b)), 0); return null; },
  ARGL64: (t, space, a, b) => { const value = word(space, local(t, b), 8); store(space, argument(t, a), 8, value, pair[1] ?? 0); return null; },
  ARGI: (t, space, a, b, c) => { store(space, argument(t, a), 8, b, c); return null; },
  COPY: (t, space, a, b, c) => { copy(space, addressIn(t, a, 0, true), addressIn(t, b, 0, false), c); return null; },
  CLEAR: (t, space, a, b) => { clear(space, addressIn(t, a, 0, true), b); return null; },
  ALLOCA: quiet((t, a, b) => {
    const size = t.number(b);
    // more than there is room for: an address where nothing is, so that its use is what fails
    const address = size >= 0 && size < t.stackPointer ? t.stackPointer - size : 0;
    t.stackPointer = address - address % 16;
    setWords(t, a, t.sp, 0);
  }),
  SETSP: quiet((t, a) => { t.sp = low(t, a); }),
};
