import fc from 'fast-check';

/** NSLAB_SEED chooses another. */
export const SEED = Number(process.env['NSLAB_SEED'] ?? 20261126);

/** Lists of decisions, each of which is a program; as many as gcc builds in one go. */
export const batches = fc.array(fc.noBias(fc.array(fc.nat(0xffff), { minLength: 20, maxLength: 1500, size: 'max' })), { minLength: 1, maxLength: 50, size: 'max' });
