import type { Place, VariableSymbol } from '../ast.ts';
import type { Type } from '../types.ts';

export type SectionName = 'text' | 'rodata' | 'data' | 'bss' | 'tls';

/** A symbol of an object file. `section` null: undefined here. `offset`: bytes within the section; of a function: number of its first instruction within the object. */
export interface ObjectSymbol {
  readonly name: string;
  readonly binding: 'local' | 'global' | 'weak';
  readonly kind: 'function' | 'object' | 'thread';
  readonly section: SectionName | null;
  readonly offset: number;
  readonly size: number;
  readonly when: 'constructor' | 'destructor' | null;
  /** Where it is defined, else where it is first named: for the linker's messages. */
  readonly place: Place | null;
}

/**
 * What a symbol's value is put into. `entry`: the word of a function's first instruction, into code. `address`: into code, 32 bits; into data, 64 bits. `thread`: the
 * distance from the thread pointer, into code.
 */
export const RELOCATIONS = ['entry', 'address', 'thread'] as const;
export type RelocationKind = typeof RELOCATIONS[number];

/** Four numbers each: where (word of the code, byte of the section), index of the symbol, what is added, number of the kind. */
export type Relocations = Int32Array;

export interface ObjectLocal { readonly name: string; readonly type: Type; readonly offset: number; /** A static local: index of its symbol. */ readonly symbol: number | null; readonly from: number; readonly to: number }

/** Numbers of instructions are within the object. */
export interface ObjectFunction {
  readonly name: string;
  readonly symbol: number;
  readonly from: number;
  readonly to: number;
  readonly type: Type;
  readonly place: Place;
  readonly params: readonly ObjectLocal[];
  readonly locals: readonly ObjectLocal[];
}

export interface ObjectVariable { readonly name: string; readonly type: Type; readonly symbol: number; readonly within: string | null; readonly declared: VariableSymbol | null }

/** A translation unit as code: what the linker joins. Plain data that can be kept as bytes (serialise.ts). */
export interface ObjectFile {
  /** Of the source. */
  readonly name: string;
  readonly system: boolean;
  readonly code: Int32Array;
  readonly codeRelocations: Relocations;
  readonly rodata: Uint8Array;
  readonly rodataRelocations: Relocations;
  readonly data: Uint8Array;
  readonly dataRelocations: Relocations;
  readonly bss: number;
  /** Initialised bytes, and the whole size. Thread-locals hold no addresses before they are linked: theirs are relocations, too. */
  readonly tls: Uint8Array;
  readonly tlsSize: number;
  readonly tlsRelocations: Relocations;
  readonly symbols: readonly ObjectSymbol[];
  readonly functions: readonly ObjectFunction[];
  readonly variables: readonly ObjectVariable[];
  /** For each instruction: index into `places`, or −1. */
  readonly lines: Int32Array;
  readonly places: readonly Place[];
}
