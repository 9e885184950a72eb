/** A moment on this thread. */
export interface Moment {
  /** Milliseconds on the wall clock. */
  readonly wall: number;
  /** Milliseconds of the processor that this thread has used; NaN where Node cannot tell (before 23.9). */
  readonly cpu: number;
}

export function now(): Moment {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => { user: number; system: number } };
  const used = threadCpuUsage?.();
  return { wall: performance.now(), cpu: used ? (used.user + used.system) / 1000 : NaN };
}

/** When this program began to run. Import this file first: the evaluation of all others in the bundle comes after it. */
export const began = now();

/** How long it took from one moment to another, plus what was spent before. */
export function between(from: Moment, to: Moment, before: Moment = { wall: 0, cpu: 0 }): Moment {
  return { wall: before.wall + to.wall - from.wall, cpu: before.cpu + to.cpu - from.cpu };
}
