import fc from 'fast-check';

/** Runs a property with a fixed seed (fast-check prints it, and the smallest failing case, when it fails); NSLAB_SEED chooses another. */
export function property<T>(checked: fc.IProperty<T>, runs = 200): void {
  fc.assert(checked, { seed: Number(process.env["NSLAB_SEED"] ?? 20261123), numRuns: runs });
}
