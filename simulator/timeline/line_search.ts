import { placeOf } from '../machine/inspect/task_view.ts';
import type { Position } from './position.ts';
import type { Recording } from './recording.ts';
import { statementPosition } from './steps.ts';
import { depthOf } from './walk.ts';

/** Statements that are looked at from one point backwards before the next stretch: a stretch is run through forwards. */
const STRETCH = 4_096;
/** Statements between two pauses, in which a caller may give up. */
const SLICE = 2_000;

/**
 * The next moment at which any task begins a statement on one of these lines of the file: what a breakpoint and "run to here" wait for. A generator that
 * yields now and then; its result is null when there is none. The recording is left anywhere: the caller goes where it wants to be.
 */
export function* lineSearch(recording: Recording, file: string, lines: ReadonlySet<number>, direction: 1 | -1): Generator<undefined, Position | null> {
  const { at, start, end } = recording;
  if (lines.size === 0) return null;
  if (direction > 0) return yield* first(recording, file, lines, at.statement + 1, end.statement);
  // inside of the kernel, the statement that called it lies behind, too
  const inside = statementPosition(recording, at.statement).event < at.event;
  for (let to = inside ? at.statement : at.statement - 1; to > start.statement; to -= STRETCH) {
    let last: Position | null = null;
    for (let from = Math.max(start.statement + 1, to - STRETCH + 1); from <= to;) {
      const found: Position | null = yield* first(recording, file, lines, from, to);
      if (!found) break;
      last = found;
      from = found.statement + 1;
    }
    if (last) return last;
  }
  return null;
}

/** Several statements on one line are one stop, as long as they are of one call. */
function* first(recording: Recording, file: string, lines: ReadonlySet<number>, from: number, to: number): Generator<undefined, Position | null> {
  const stood = new Map<number, string>();
  for (let n = Math.max(recording.start.statement + 1, from - 1); n <= to; n++) {
    if ((n - from) % SLICE === SLICE - 1) yield;
    const position = statementPosition(recording, n);
    recording.seek(position);
    const task = recording.k.current;
    const place = placeOf(recording.computer.machine, task);
    const now = `${place?.file ?? ''}:${place?.line ?? 0}:${depthOf(recording, task)}`;
    const came = stood.get(task.id) !== now;
    stood.set(task.id, now);
    if (n >= from && came && place?.file === file && lines.has(place.line)) return position;
  }
  return null;
}
