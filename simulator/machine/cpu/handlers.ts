import type { Stop } from '../cpu.ts';
import type { OpName } from '../isa.ts';
import type { PagedSpace } from '../memory/space.ts';
import type { MachineThread } from './thread.ts';

/** Does one instruction (`t.pc` is past it already). Not null: the thread stops. Throws Fault, Trap, OutOfMemory: it was not done. */
export type Handler = (t: MachineThread, space: PagedSpace, a: number, b: number, c: number) => Stop | null;
export type Handlers = Partial<Record<OpName, Handler>>;

/** An instruction that only changes registers. */
export const quiet = (act: (t: MachineThread, a: number, b: number, c: number) => void): Handler => (t, _, a, b, c) => {
  act(t, a, b, c);
  return null;
};

/** The low word of a register. */
export const low = (t: MachineThread, register: number): number => t.words[t.window + register] ?? 0;
export const high = (t: MachineThread, register: number): number => t.words[t.window + register + 1] ?? 0;
export const double = (t: MachineThread, register: number): number => t.doubles[(t.window + register) >> 1] ?? 0;

export function setLow(t: MachineThread, register: number, value: number): void { t.words[t.window + register] = value; }
export function setWords(t: MachineThread, register: number, lowWord: number, highWord: number): void {
  t.words[t.window + register] = lowWord;
  t.words[t.window + register + 1] = highWord;
}
export function setDouble(t: MachineThread, register: number, value: number): void { t.doubles[(t.window + register) >> 1] = value; }

/** All 64 bits of a register, with sign. */
export const wide = (t: MachineThread, register: number): bigint => BigInt(high(t, register)) << 32n | BigInt(low(t, register) >>> 0);
export const unsignedWide = (t: MachineThread, register: number): bigint => BigInt.asUintN(64, wide(t, register));
export function setWide(t: MachineThread, register: number, value: bigint): void {
  setWords(t, register, Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)));
}
