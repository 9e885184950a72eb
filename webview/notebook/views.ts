import type { Picture, Ref } from '../../simulator/picture/picture.ts';
import type { Changed } from './diff.ts';
import type { Places } from './places.ts';

/** What each way of drawing the picture is given. They draw, and tell what was chosen; nothing else. */
export interface ViewProps {
  readonly picture: Picture;
  readonly places: Places;
  readonly changes: ReadonlyMap<Ref, Changed>;
  readonly current: Ref | null;
  readonly width: number;
  readonly selected: Ref | null;
  readonly onSelect: (ref: Ref | null) => void;
}

export type View = 'wires' | 'table' | 'graph' | 'owners';
