import * as v from 'valibot';
import { visible } from '../../../helper/model/text.ts';

/** Why a message was not taken: where in it, what was expected there and what stood there. */
export interface Refusal {
  /** The JSON-RPC method. */
  readonly method: string;
  /** `params.part.processes[3].pid`, or `params` for the whole. */
  readonly where: string;
  readonly expected: string;
  /** Shortened, control characters made visible. */
  readonly received: string;
}

/** The value as the schema's type, or why not. `where` says which part of the message is looked at. */
export function check<Schema extends v.GenericSchema>(schema: Schema, value: unknown, method: string, where: string): { ok: v.InferOutput<Schema> } | { refusal: Refusal } {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return { ok: result.output };
  const [issue] = result.issues;
  const at = (issue.path ?? []).map((item) => (item.type === 'array' ? `[${String(item.key)}]` : `.${visible(String(item.key), 40)}`)).join('');
  // `custom` puts what it wants into its message, the others into `expected`
  const expected = issue.type === 'custom' ? issue.message : (issue.expected ?? issue.message);
  return { refusal: { method, where: `${where}${at}`, expected, received: describe(issue.input) } };
}

/** A value in a few characters, for a log. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  let text: string;
  try {
    text = typeof value === 'object' && value !== null && !Array.isArray(value) ? `{${Object.keys(value).slice(0, 5).join(', ')}}` : JSON.stringify(value);
  } catch {
    text = typeof value;
  }
  return visible(text, 60);
}

export function sentenceOf(refusal: Refusal): string {
  return `${refusal.method}: ${refusal.where}: expected ${refusal.expected}, received ${refusal.received}`;
}
