import type { Result } from './check.ts';
import type { Lesson } from './lesson.ts';

/** The wire between whoever wants a lesson judged and the simulator's worker (`postMessage`). */

/** To the worker, after it was given the system's files: judges the files of a learner's folder. */
export interface ToCheck {
  readonly type: 'check';
  readonly lesson: Lesson;
  /** By their names in the folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Why no host can be looked at. */
  readonly noHost: string;
}

/** From the worker. `failed`: it could not be judged at all, and why. */
export type Checked = { readonly type: 'checked'; readonly results: readonly Result[] } | { readonly type: 'failed'; readonly why: string };
