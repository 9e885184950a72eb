import { isErr } from '../kernel/errno.ts';
import type { Listing } from '../kernel/listing.ts';
import { result_text } from '../kernel/names.ts';
import { KObject } from '../kernel/object.ts';
import { value_text } from '../kernel/sentence.ts';
import type { Recording } from './recording.ts';
import { eventPosition } from './steps.ts';
import { tickOf } from './ticks.ts';

/** A kernel function of the system call that the running task is in, with those it calls below it. Depth 0: the outermost. */
export interface CallNode {
  readonly fn: string;
  readonly file: string;
  readonly depth: number;
  /** The moments at which it was entered, and had returned. */
  readonly from: number;
  readonly to: number;
  /** What it returned, as text; null: nothing, or it had not returned when the recording ended. */
  readonly result: string | null;
  readonly failed: boolean;
  /** It calls none, for a list that folds. */
  readonly leaf: boolean;
}

/** More are no list that a person reads. */
const MOST = 3_000;

/** The whole call, also what is still to come of it, in the order in which functions are entered. `began`: the event that began it. */
export function callNodes(recording: Recording, began: number): CallNode[] {
  const { k, end } = recording;
  const { events } = k.trace;
  const task = k.current.id;
  interface Open { node: number; fn: string }
  const nodes: (CallNode & { to: number })[] = [];
  const stack: Open[] = [];
  for (let n = began + 1; n < end.event && nodes.length < MOST; n++) {
    const event = events[n];
    if (!event || (event.op === 'remove' && event.subject === k.calls && event.name === task)) break;
    if (event.before !== task) continue;
    if (event.op === 'enter') {
      const { fn, file } = event.subject as Listing;
      const above = stack.at(-1);
      const parent = above && nodes[above.node];
      if (above && parent) nodes[above.node] = { ...parent, leaf: false };
      stack.push({ node: nodes.length, fn });
      nodes.push({ fn, file, depth: stack.length - 1, from: tick(recording, n + 1), to: tickOf(end), result: null, failed: false, leaf: true });
    } else if (event.op === 'return') {
      const open = stack.pop();
      const node = open && nodes[open.node];
      if (open && node) nodes[open.node] = { ...node, to: tick(recording, n + 1), result: resultOf(event.after), failed: typeof event.after === 'number' && isErr(event.after) };
    }
  }
  return nodes;
}

function tick(recording: Recording, event: number): number { return tickOf(eventPosition(recording, event)); }

function resultOf(value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value === 'number') return result_text(value);
  return value === null || value instanceof KObject || typeof value === 'boolean' ? value_text('', value) : null;
}
