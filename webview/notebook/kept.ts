import * as v from 'valibot';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** What is remembered of a program cell between two openings of its file, beside the file and never in it. */
export const KeptCell = v.object({
  /** Lines of the program, from 1. */
  breakpoints: v.pipe(v.array(v.pipe(count, v.minValue(1))), v.maxLength(1_000)),
  /** Steps from the start; null: it had not run. */
  step: v.nullable(count),
  /** Of the text and the choices that ran: with others the step means something else. */
  ran: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  view: v.picklist(['wires', 'table', 'graph', 'owners']),
  since: v.picklist(['step', 'call']),
  tab: v.picklist(['terminal', 'variables', 'descriptors', 'ns', 'pids', 'calls']),
  enter: v.boolean(),
  ask: v.boolean(),
  score: v.object({ right: count, asked: count }),
  /** What was typed into it (simulator/run/script.ts). */
  typed: v.optional(v.pipe(v.array(v.object({ text: v.pipe(v.string(), v.maxLength(8_000)), at: v.nullable(count) })), v.maxLength(1_000)), []),
});
export type KeptCell = v.InferOutput<typeof KeptCell>;

/** By the cell's program name and its number among cells of that name: `first.c`, `first.c#2`. */
export const Kept = v.record(v.pipe(v.string(), v.maxLength(300)), KeptCell);
export type Kept = v.InferOutput<typeof Kept>;

export const NOTHING_KEPT: KeptCell = { breakpoints: [], step: null, ran: null, view: 'wires', since: 'step', tab: 'terminal', enter: true, ask: false, score: { right: 0, asked: 0 }, typed: [] };

/** A short number of a text (FNV-1a): tells whether it is the same one. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193) >>> 0;
  return `${hash.toString(16)}-${text.length}`;
}
