import { viewTask, sightOf } from '../machine/inspect/task_view.ts';
import { valueAt } from '../machine/inspect/value.ts';
import type { Part, Sight, Value } from '../machine/inspect/value.ts';
import type { task_struct } from '../kernel/task.ts';
import type { Recording } from './recording.ts';

/** A variable, member, element, or what a pointer points to (`*name`), as a tree to unfold. Plain data. */
export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly text: string;
  readonly address: number;
  readonly parts: readonly Variable[];
  /** Elements that are not listed. */
  readonly more: number;
}

export interface FrameState {
  readonly fn: string;
  readonly file: string;
  readonly line: number;
  /** It handles this signal. */
  readonly signal: number | null;
  readonly arguments: readonly Variable[];
  readonly locals: readonly Variable[];
}

/** What one task's own program knows at a moment. */
export interface ProgramState {
  readonly program: string;
  /** Innermost first; functions of the C library are left out. */
  readonly frames: readonly FrameState[];
  readonly globals: readonly Variable[];
  /** `0`, or `EPERM (1)`. */
  readonly errno: string | null;
  readonly descriptors: readonly { readonly fd: number; readonly path: string; readonly closeOnExec: boolean; readonly position: number }[];
}

/** Pointers that are followed from one variable to the next: a list shows its first members. */
const MOST_POINTERS = 3;

/** Null: the task runs no program at this moment (it ended, or is being made). */
export function programStateOf({ k, computer: { machine } }: Recording, task: task_struct): ProgramState | null {
  const view = viewTask(k, machine, task);
  const sight = sightOf(machine, task);
  if (!view || !sight) return null;
  const shown = (parts: readonly Part[]): Variable[] => parts.map(({ name, value }) => variable(sight, name, value, 0));
  return {
    program: view.program,
    frames: view.frames.filter(({ system }) => !system).map((frame) => ({
      fn: frame.function, file: frame.place?.file ?? '', line: frame.place?.line ?? 0, signal: frame.signal ?? null, arguments: shown(frame.arguments), locals: shown(frame.locals),
    })),
    globals: shown(view.globals),
    errno: view.errno && (view.errno.name === null ? String(view.errno.value) : `${view.errno.name} (${view.errno.value})`),
    descriptors: view.descriptors.map(({ fd, path, closeOnExec, position }) => ({ fd, path, closeOnExec, position })),
  };
}

function variable(sight: Sight, name: string, { type, text, address, to, toType, parts = [], more = 0 }: Value, pointers: number): Variable {
  const below = parts.map((part) => variable(sight, part.name, part.value, pointers));
  if (to !== undefined && to !== 0 && toType && (toType.kind === 'record' || toType.kind === 'integer' || toType.kind === 'pointer' || toType.kind === 'float') && pointers < MOST_POINTERS) {
    const pointed = valueAt(sight, toType, to);
    if (pointed.kind !== 'unreadable' && pointed.kind !== 'other') below.push(variable(sight, `*${name}`, pointed, pointers + 1));
  }
  return { name, type, text, address, parts: below, more };
}
