import type { Stop } from '../cpu.ts';
import { TEXT_BASE } from '../image.ts';
import { FIRST_REGISTER, WORDS } from '../isa.ts';
import { Fault } from '../memory.ts';
import type { PagedSpace } from '../memory/space.ts';
import { addressIn, badAddress, FOUR_GIB, store, load, Trap } from './access.ts';
import { high, low, quiet, setLow, setWords } from './handlers.ts';
import type { Handlers } from './handlers.ts';
import { callNative } from './native.ts';
import type { MachineThread } from './thread.ts';

const SIGILL = 4;
const ILL_ILLOPN = 2;
const SYS_exit = 60;
/** What SETJMP leaves in the buffer, beside registers, to tell it from any bytes. */
const JUMP_MARK = 0x6a6d7062;

/** A call of what is no function: why, as the processor finds out when it goes there. */
function badCall(t: MachineThread, space: PagedSpace, register: number): Error {
  const address = t.number(register);
  if (address < 0 || address >= FOUR_GIB) return badAddress(address, high(t, register), false);
  const region = space.regions.find(({ from, to }) => from <= address && address < to);
  if (region?.execute === true) return new Trap(SIGILL, ILL_ILLOPN, address);
  return new Fault(address, false, region ? 2 : 1);
}

function integers(t: MachineThread, first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => t.number(first + index * 2));
}

/** The thread stays at the instruction, until `finish`. */
function stopAt(t: MachineThread, stop: Stop): Stop {
  t.pc -= WORDS;
  return stop;
}

/** Is that window one of those under way, with that frame? */
function isUnderWay(t: MachineThread, window: number, base: number): boolean {
  let { window: at, base: its } = t;
  while (at > window) {
    its = t.words[at + 2] ?? 0;
    at = t.words[at + 1] ?? -1;
  }
  return at === window && its === base;
}

/** After a statement was counted: is it the last for now? */
function begun(t: MachineThread): Stop | null {
  if (t.left <= 0) return { why: t.stopAtStatement ? 'statement' : 'fuel' };
  return t.fuel <= 0 ? { why: 'fuel' } : null;
}

const jump = new Int32Array(6);

/** Calls, jumps and stops. */
export const controlHandlers: Handlers = {
  TRAP: quiet(() => { throw new Trap(SIGILL, ILL_ILLOPN); }),
  STMT: begun,
  SLDL32: (t, space, a, b) => {
    load(space, t.base + b >>> 0, 4, t.words, t.window + a);
    return begun(t);
  },
  SLDL64: (t, space, a, b) => {
    load(space, t.base + b >>> 0, 8, t.words, t.window + a);
    return begun(t);
  },
  TICK: () => ({ why: 'fuel' }),
  CALLR: (t, space, _, b) => { throw badCall(t, space, b); },
  ENTER: (t, _, a, b) => {
    if (!t.grow(t.window + a)) throw new Fault(t.base - b >>> 0, true, 1);
    t.sp = t.base - b | 0;
    return null;
  },
  TLS: quiet((t, a, b) => { t.setNumber(a, t.threadPointer + b); }),
  GETTP: quiet((t, a) => { t.setNumber(a, t.threadPointer); }),
  RETADDR: quiet((t, a) => { setWords(t, a, TEXT_BASE + (t.words[t.window] ?? 0) * 4, 0); }),
  FRAMEADDR: quiet((t, a) => { setWords(t, a, t.base - 16, 0); }),
  SYSCALL: (t, _, __, b) => stopAt(t, { why: 'syscall', nr: t.number(b), args: integers(t, b + 2, 6) }),
  CLONE: (t, _, __, b) => stopAt(t, { why: 'clone', nr: t.number(b), args: integers(t, b + 2, 5), fn: t.number(b + 12), arg: t.number(b + 14), stack: t.number(b + 16) }),
  SETJMP: (t, space, a, b) => {
    const buffer = addressIn(t, b, 0, true);
    for (const [index, value] of [JUMP_MARK, t.pc, t.window, t.top, t.base, t.sp].entries()) store(space, buffer + index * 4, 4, value, 0);
    setLow(t, a, 0);
    return null;
  },
  LONGJMP: (t, space, a, b) => {
    const buffer = addressIn(t, a, 0, false);
    for (let index = 0; index < jump.length; index++) load(space, buffer + index * 4, 4, jump, index);
    const [mark, pc = 0, window = 0, top = 0, base = 0, sp = 0] = jump;
    if (mark !== JUMP_MARK || !isUnderWay(t, window, base)) throw new Fault(buffer, false, 1);
    const value = low(t, b);
    Object.assign(t, { pc, window, top, base, sp });
    setLow(t, t.image.code[pc - WORDS + 1] ?? FIRST_REGISTER, value);
    return null;
  },
  NATIVE: (t, space, a) => {
    const native = t.image.natives[a];
    if (!native) throw new Trap(SIGILL, ILL_ILLOPN);
    callNative(native, t, space);
    return null;
  },
  MISSING: (t, _, a) => stopAt(t, { why: 'missing', name: t.image.missing[a] ?? '' }),
  EXIT: (t, _, a) => stopAt(t, { why: 'syscall', nr: SYS_exit, args: [low(t, a), 0, 0, 0, 0, 0] }),
  SIGRETURN: (t) => stopAt(t, { why: 'sigreturn', context: t.number(10) }),
};
