import { ask, difference, replay } from './compare.ts';
import type { Difference } from './compare.ts';
import { is_clone } from './operation.ts';
import type { Operation } from './operation.ts';
import type { SequencesModel } from './sequences-model.ts';

/** A sequence on which the model and the kernel differ at its last operation. */
export interface Found { readonly operations: readonly Operation[]; readonly difference: Difference }

/** How a machine plays sequences: each candidate up to its first difference; null where there is none. */
export type Try = (candidates: readonly (readonly Operation[])[]) => (Found | null)[];

/** Tries sequences on the model and on this machine's kernel. */
export function trier(model: SequencesModel, driver: string): Try {
  return (candidates) => {
    const played = candidates.map((operations) => replay(model, operations));
    const kernel = ask(driver, played);
    return played.map((one, n) => {
      const found = difference(one, kernel[n] ?? []);
      return found && { operations: one.operations.slice(0, found.at + 1), difference: found };
    });
  };
}

/**
 * The smallest sequence that still differs: without as many operations as can be left out (large parts first), then with as few flags and as
 * small numbers as will do. Many candidates are tried at once, so it takes few rounds.
 */
export function shrink(found: Found, attempt: Try): Found {
  let best = found;
  const smaller = (candidates: readonly (readonly Operation[])[]): boolean => {
    const next = attempt(candidates).find((one) => one !== null);
    if (!next) return false;
    best = next;
    return true;
  };
  for (let size = Math.ceil(best.operations.length / 2); size >= 1;) {
    const { operations } = best;
    const starts = Array.from({ length: Math.ceil(operations.length / size) }, (_, i) => i * size);
    if (smaller(starts.map((at) => operations.filter((_, n) => n < at || n >= at + size)))) size = Math.min(size, Math.max(1, Math.ceil(best.operations.length / 2)));
    else size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  for (let again = true; again;) again = smaller(best.operations.flatMap((one, n) => simpler(one).map((other) => best.operations.with(n, other))));
  return best;
}

/** The low byte of clone's flags. */
const SIGNALS = 0xff;

/** The same operation with a flag less, or a smaller number. */
function simpler(operation: Operation): Operation[] {
  const { call, n } = operation;
  const flags = call === 'setns' ? 1 : call === 'unshare' || is_clone(operation) ? 0 : null;
  if (flags === null) return [];
  const value = n[flags] ?? 0;
  const bits = Array.from({ length: 34 }, (_, bit) => 2 ** bit).filter((bit) => (call !== 'clone' || bit > SIGNALS) && Math.floor(value / bit) % 2 === 1);
  return bits.map((bit) => ({ ...operation, n: n.with(flags, value - bit) }));
}
