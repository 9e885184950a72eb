import type { Budget } from '../cpu.ts';
import type { Image } from '../image.ts';
import type { Protection } from '../memory.ts';

/** How a range is mapped; `object` is the number of a shared object (userspace.ts), `growsDownTo` makes it a stack. */
export interface Mapping extends Protection {
  readonly name: string;
  readonly object?: number;
  readonly offset?: number;
  readonly growsDownTo?: number;
  readonly bytes?: Uint8Array;
  readonly ends?: boolean;
}

/**
 * Everything that is ever done to user space (threads, address spaces, memory that these share, the clock), as data. Whoever does the same operations in the same
 * order gets the same bytes: that is how a recording goes to any of its moments. Threads are named by the id of their task, spaces by that of their mm.
 */
export type Operation =
  | { readonly op: 'run'; readonly task: number; readonly mm: number; readonly budget: Budget }
  | { readonly op: 'finish'; readonly task: number; readonly value: number }
  | { readonly op: 'write'; readonly mm: number; readonly address: number; readonly bytes: Uint8Array }
  | { readonly op: 'map'; readonly mm: number; readonly from: number; readonly length: number; readonly mapping: Mapping }
  | { readonly op: 'unmap'; readonly mm: number; readonly from: number; readonly length: number }
  | { readonly op: 'protect'; readonly mm: number; readonly from: number; readonly length: number; readonly protection: Protection }
  /** A new space: a copy of `copy`, or an empty one. */
  | { readonly op: 'space'; readonly mm: number; readonly copy: number | null }
  | { readonly op: 'drop space'; readonly mm: number }
  | { readonly op: 'object'; readonly object: number; readonly length: number }
  | { readonly op: 'write object'; readonly object: number; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly op: 'grow object'; readonly object: number; readonly length: number }
  /** Where the file ends that it is of: pages behind that are not there. */
  | { readonly op: 'limit object'; readonly object: number; readonly end: number }
  | { readonly op: 'drop object'; readonly object: number }
  /** A thread with the registers of another. `stack`, `tls`: with these instead, when they are not null. */
  | { readonly op: 'copy'; readonly task: number; readonly of: number; readonly stack: number | null; readonly tls: number | null }
  | { readonly op: 'start'; readonly task: number; readonly image: Image; readonly stack: number }
  | { readonly op: 'start at'; readonly task: number; readonly fn: number; readonly arg: number; readonly stack: number }
  | { readonly op: 'tls'; readonly task: number; readonly value: number }
  | { readonly op: 'handler'; readonly task: number; readonly handler: number; readonly signo: number; readonly info: number; readonly context: number; readonly stack: number }
  /** Back from a handler. `result`: what the call that it interrupted shall have returned instead; null: no change. */
  | { readonly op: 'return'; readonly task: number; readonly result: number | null }
  | { readonly op: 'drop thread'; readonly task: number }
  /** The monotonic clock, in nanoseconds, jumps there. */
  | { readonly op: 'clock'; readonly to: bigint };
