import type { Kernel } from '../kernel/kernel.ts';
import type { Listing, ListingLine } from '../kernel/listing.ts';
import { callBegan } from './system_call.ts';

/** A kernel function that the running task is in. */
export interface KernelFrame {
  readonly listing: Listing;
  /** Lines that ran, in order; the last one is where it stands. */
  readonly ran: readonly ListingLine[];
  /** Number of the event that executed the last of them; −1: none yet. */
  readonly at: number;
}

/** The kernel functions that the running task is in after `at` events, outermost first, and the system call that led there. Empty: it is not in the kernel. */
export function kernelStack(k: Kernel, at: number): { readonly call: string | null; readonly frames: readonly KernelFrame[] } {
  const { events } = k.trace;
  const task = k.current.id;
  const began = callBegan(k, at);
  if (began === null) return { call: null, frames: [] };
  const frames: { listing: Listing; ran: ListingLine[]; at: number }[] = [];
  let running = task;
  for (let n = began.event; n < at; n++) {
    const event = events[n];
    if (!event) break;
    if (event.op === 'current') running = (event.after as { readonly id: number }).id;
    else if (event.op === 'enter' && event.before === task) frames.push({ listing: event.subject as Listing, ran: [], at: -1 });
    else if (event.op === 'return' && event.before === task) frames.pop();
    else if (event.op === 'line' && running === task) {
      const line = event.subject as ListingLine;
      const top = frames.findLast((frame) => frame.listing === line.listing);
      if (top) {
        top.ran.push(line);
        top.at = n;
      }
    }
  }
  return { call: began.call, frames };
}
