import type { Ref } from '../../simulator/picture/picture.ts';
import { shapeOf } from './names.ts';

const PATHS = {
  circle: 'M6 1a5 5 0 1 1 0 10A5 5 0 1 1 6 1z', square: 'M1.2 1.2h9.6v9.6H1.2z', triangle: 'M6 .7 11.5 10.8H.5z', diamond: 'M6 .2 11.8 6 6 11.8.2 6z',
  hexagon: 'M3.3 1h5.4L11.6 6 8.7 11H3.3L.4 6z', cross: 'M4 .6h4V4h3.4v4H8v3.4H4V8H.6V4H4z',
} as const;

/** A task's mark. `hollow`: being built, or a zombie. Decoration: words beside it say the same. */
export function Glyph({ task, hollow = false, dashed = false, size = 12 }: { readonly task: Ref; readonly hollow?: boolean; readonly dashed?: boolean; readonly size?: number }) {
  const { shape, tone } = shapeOf(task);
  return <svg class={`glyph t${tone}${hollow ? ' hollow' : ''}${dashed ? ' dashed' : ''}`} width={size} height={size} viewBox="0 0 12 12" aria-hidden="true"><path d={PATHS[shape]} /></svg>;
}
