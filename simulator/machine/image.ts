import type { Place, VariableSymbol } from '../c/ast.ts';
import type { Type } from '../c/types.ts';
import type { Native } from './native.ts';

/**
 * A linked program, ready to run: never changed, shared by all tasks that run it, and the same for the same source. Addresses are below 2^32 (so that the
 * machine computes them as 32-bit numbers); a pointer with other bits set is a bad address. The layout follows a static x86-64 executable.
 */
export interface Image {
  /** As it is called in messages: `prog.c`, `ls`. */
  readonly name: string;
  /** Code of the machine (isa.ts), 4 words an instruction. A function's address is `TEXT_BASE` + 16 × the number of its first instruction. */
  readonly code: Int32Array;
  readonly segments: readonly Segment[];
  /** Template of the thread-local variables: initialised bytes, whole size. Thread pointer − size is where they begin. */
  readonly tls: { readonly data: Uint8Array; readonly size: number; readonly align: number };
  /** Where the first task begins: `_start(long *sp)` of the libc. */
  readonly entry: number;
  /** End of the data: where the heap (brk) begins. */
  readonly brk: number;
  readonly functions: readonly FunctionInfo[];
  readonly variables: readonly VariableInfo[];
  /** For each instruction (index = instruction number): index into `places`, or −1. */
  readonly lines: Int32Array;
  readonly places: readonly Place[];
  /** Undefined functions that the program calls though nobody defines them; a call stops the program with `not simulated: NAME`. */
  readonly missing: readonly string[];
  /** Functions in TypeScript that the program calls, as the linker found them by name. */
  readonly natives: readonly Native[];
}

export const TEXT_BASE = 0x400000;

export interface Segment { readonly address: number; readonly bytes: Uint8Array; readonly size: number; readonly write: boolean; readonly name: 'text' | 'rodata' | 'data' | 'bss' }

export interface FunctionInfo {
  readonly name: string;
  /** Numbers of its instructions: first, and one past the last. */
  readonly from: number;
  readonly to: number;
  readonly type: Type;
  readonly place: Place;
  /** Part of libc or of a command: steps go over it, and its statements are not the user's. */
  readonly system: boolean;
  readonly params: readonly LocalInfo[];
  readonly locals: readonly LocalInfo[];
}

/** Where a local lives: bytes from the frame's base (`Frame.base` in cpu.ts), and between which instructions it is in scope. `address` instead: a static local. */
export interface LocalInfo { readonly name: string; readonly type: Type; readonly offset: number; readonly address?: number; readonly from: number; readonly to: number }

export interface VariableInfo { readonly name: string; readonly type: Type; readonly address: number; readonly system: boolean; readonly within: string | null; readonly symbol?: VariableSymbol }
