import type { Version } from '../../../simulator/kernel/version.ts';

/** Scenarios in which the model still differs from the recordings of a version, and in what. Everything else is compared and must be equal. */
export const notCompared: Readonly<Partial<Record<Version, Readonly<Record<string, string>>>>> = {};
