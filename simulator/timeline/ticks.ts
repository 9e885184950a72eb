import type { Position } from './position.ts';
import type { Recording } from './recording.ts';
import { eventPosition } from './steps.ts';

/**
 * Moments as one number, for a scrubber: of statements and events only one goes on at a time, so their sum tells them apart.
 */
export function tickOf({ statement, event }: Position): number {
  return statement + event;
}

/** The moment with that number; the nearest one in the recording. */
export function positionAt(recording: Recording, tick: number): Position {
  const { start, end } = recording;
  if (tick <= tickOf(start)) return start;
  if (tick >= tickOf(end)) return end;
  let low = start.event;
  let high = end.event;
  // the last number of events that had happened by then; from there on statements went on
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tickOf(eventPosition(recording, middle)) <= tick) low = middle;
    else high = middle - 1;
  }
  return { statement: tick - low, event: low };
}
