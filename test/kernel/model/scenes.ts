import { CLONE_SCENES } from './scenes-clone.ts';
import { MAP_SCENES } from './scenes-maps.ts';
import { SETNS_SCENES } from './scenes-setns.ts';
import type { Stage } from './stage.ts';
import { UNSHARE_SCENES } from './scenes-unshare.ts';

/** A few operations that lead a task to rules which chance alone would seldom reach. `by`: who it has to be. Played by the first task or any other, in whatever state. */
export interface Scene { readonly by: 'root' | 'user' | 'any'; readonly play: (stage: Stage, task: number) => void }

export const SCENES: readonly Scene[] = [...CLONE_SCENES, ...UNSHARE_SCENES, ...SETNS_SCENES, ...MAP_SCENES];
