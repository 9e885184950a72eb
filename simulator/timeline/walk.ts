import type { ListingLine } from '../kernel/listing.ts';
import type { task_struct } from '../kernel/task.ts';
import { kernelStack } from './kernel_stack.ts';
import type { Position } from './position.ts';
import { compare } from './position.ts';
import type { Recording } from './recording.ts';
import { eventPosition, settled, step } from './steps.ts';

/**
 * How a person steps. `into`: the next line, of the program or of the kernel. `over`: the next line of this function or an outer one. `out`: the next line of an outer
 * function. `back` and `backOut` are into and out turned round.
 */
export type Step = 'into' | 'over' | 'out' | 'back' | 'backOut';

/** So many statements of called functions are looked at one by one to find the end of the call; then the step ends where it is. */
const PATIENCE = 20_000;

/** Where a step of the running task leads; null: nowhere, it is at an end. Others run meanwhile as they were scheduled. `kernel` false: kernel lines are no steps. */
export function walk(recording: Recording, how: Step, kernel: boolean): Position | null {
  const { k, at } = recording;
  const task = k.current;
  const { frames } = kernelStack(k, at.event);
  switch (how) {
    case 'into': return earliest(kernel ? step(recording, 'line', 1, task) : null, step(recording, 'statement', 1, task)) ?? recording.end;
    case 'back': return latest(kernel ? step(recording, 'line', -1, task) : null, step(recording, 'statement', -1, task)) ?? recording.start;
    case 'over': return frames.length > 0 ? kernelForward(recording, frames.length) ?? userForward(recording, Infinity) : userForward(recording, depthOf(recording, task));
    case 'out': return frames.length > 0 ? kernelForward(recording, frames.length - 1) ?? userForward(recording, Infinity) : userForward(recording, depthOf(recording, task) - 1);
    case 'backOut': return frames.length > 1 ? kernelBack(recording, frames.length - 1) : frames.length > 0 ? step(recording, 'statement', -1, task) : userBack(recording, depthOf(recording, task) - 1);
  }
}

function earliest(a: Position | null, b: Position | null): Position | null {
  return a && b ? (compare(a, b) <= 0 ? a : b) : a ?? b;
}

function latest(a: Position | null, b: Position | null): Position | null {
  return a && b ? (compare(a, b) >= 0 ? a : b) : a ?? b;
}

/** The next kernel line of this task at that depth or further out, within the system call it is in; null: the call ends first. */
function kernelForward(recording: Recording, most: number): Position | null {
  const { k, at, end } = recording;
  const { events } = k.trace;
  const task = k.current.id;
  let depth = kernelStack(k, at.event).frames.length;
  let running = task;
  for (let n = at.event; n < end.event; n++) {
    const event = events[n];
    if (!event) break;
    if (event.op === 'current') running = (event.after as task_struct).id;
    else if (event.op === 'enter' && event.before === task) depth++;
    else if (event.op === 'return' && event.before === task) depth--;
    else if (event.op === 'remove' && event.subject === k.calls && event.name === task) return null;
    else if (event.op === 'line' && running === task && depth <= most) return eventPosition(recording, settled(recording, n + 1));
  }
  return null;
}

/** The last kernel line of this task at that depth before now. */
function kernelBack(recording: Recording, most: number): Position | null {
  const { k, at } = recording;
  const { frames } = kernelStack(k, at.event);
  const outer = frames[most - 1];
  return outer && outer.at >= 0 ? eventPosition(recording, settled(recording, outer.at + 1)) : step(recording, 'line', -1, k.current);
}

/** How many functions of the program the task is in (those of the libc, which are stepped over, do not count). */
export function depthOf(recording: Recording, task: task_struct): number {
  const thread = recording.computer.machine.user.threads.get(task.id);
  if (!thread) return 0;
  return thread.frames().filter(({ function: n }) => thread.image.functions[n]?.system === false).length;
}

/** The next statement of the task in a function at most so deep. The recording is left where it was. */
function userForward(recording: Recording, deepest: number): Position | null {
  // outside of any function of the program: whatever comes
  return search(recording, 1, deepest < 1 ? Infinity : deepest) ?? recording.end;
}

function userBack(recording: Recording, deepest: number): Position | null {
  return (deepest < 1 ? null : search(recording, -1, deepest)) ?? recording.start;
}

function search(recording: Recording, direction: 1 | -1, deepest: number): Position | null {
  const { at: origin, k } = recording;
  const task = k.current;
  let found: Position | null = null;
  for (let tries = 0; tries < PATIENCE; tries++) {
    const next = step(recording, 'statement', direction, task);
    if (!next) break;
    found = next;
    if (deepest === Infinity) break;
    recording.seek(next);
    if (depthOf(recording, task) <= deepest) break;
    found = null;
  }
  recording.seek(origin);
  return found;
}

/** The kernel line that is executed next in the innermost function, for "next" in a listing; null: another function's, or none. */
export function nextLine(recording: Recording): ListingLine | null {
  const { k, at, end } = recording;
  const task = k.current.id;
  for (let n = at.event; n < end.event; n++) {
    const event = k.trace.events[n];
    if (event?.op === 'line') return event.subject as ListingLine;
    if ((event?.op === 'enter' || event?.op === 'return') && event.before === task) return null;
  }
  return null;
}

