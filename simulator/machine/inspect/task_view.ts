import type { Place } from '../../c/ast.ts';
import { file_path } from '../../kernel/dcache.ts';
import { errnoName } from '../../kernel/errno.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { task_struct } from '../../kernel/task.ts';
import type { Image, LocalInfo } from '../image.ts';
import type { Machine } from '../system/machine.ts';
import { valueAt } from './value.ts';
import type { Part, Sight, Value } from './value.ts';

/** One function call under way. System functions (libc, commands) have no place and no variables. */
export interface FrameView {
  readonly function: string;
  readonly system: boolean;
  /** Where it is; of an outer frame: where it called from. */
  readonly place: Place | null;
  /** It is the handler of this signal. */
  readonly signal?: number;
  readonly arguments: readonly Part[];
  /** Those in scope there; of two with one name the inner comes later. */
  readonly locals: readonly Part[];
}

export interface DescriptorView { readonly fd: number; readonly path: string; readonly flags: number; readonly closeOnExec: boolean; readonly position: number }

/** What a task's own program knows: everything but the kernel's objects. */
export interface TaskView {
  readonly task: number;
  /** Name of its program: `prog.c`, `ls`. */
  readonly program: string;
  /** Innermost first. */
  readonly frames: readonly FrameView[];
  readonly globals: readonly Part[];
  /** Its thread's errno, as a number and a name (`EPERM`); null before it is set up. */
  readonly errno: { readonly value: number; readonly name: string | null } | null;
  readonly descriptors: readonly DescriptorView[];
}

/** A task's memory and program to look at; null: it has none (it ended, or runs no program of ours). */
export function sightOf({ user }: Machine, task: task_struct): Sight | null {
  const thread = user.threads.get(task.id);
  const space = task.mm ? user.spaces.get(task.mm.id) : undefined;
  return thread && space ? { space, image: thread.image } : null;
}

/** Everything about a task at this moment; null as `sightOf`. */
export function viewTask(k: Kernel, machine: Machine, task: task_struct): TaskView | null {
  const sight = sightOf(machine, task);
  const thread = machine.user.threads.get(task.id);
  if (!sight || !thread) return null;
  const { image } = sight;
  return {
    task: task.id, program: image.name, frames: thread.frames().filter((frame) => frame.function >= 0).map((frame) => frameView(sight, frame)),
    globals: globalsOf(sight, thread.threadPointer >>> 0), errno: errnoOf(sight, thread.threadPointer >>> 0), descriptors: descriptorsOf(k, task),
  };
}

/** Only where it is: for the line that is marked in the source. */
export function placeOf(machine: Machine, task: task_struct): Place | null {
  const thread = machine.user.threads.get(task.id);
  if (!thread) return null;
  for (const frame of thread.frames()) {
    const place = placeAt(thread.image, frame.at);
    if (frame.function >= 0 && thread.image.functions[frame.function]?.system === false && place) return place;
  }
  return null;
}

function placeAt(image: Image, at: number): Place | null {
  return image.places[image.lines[at] ?? -1] ?? null;
}

function frameView(sight: Sight, { function: index, at, base, signal }: { readonly function: number; readonly at: number; readonly base: number; readonly signal?: number }): FrameView {
  const { image } = sight;
  const fn = image.functions[index];
  const system = fn?.system ?? true;
  const variables = (all: readonly LocalInfo[] | undefined): Part[] => (all ?? [])
    .filter(({ name, from, to }) => name !== '' && at >= from && at < to)
    .map(({ name, type, offset, address }) => ({ name, value: valueAt(sight, type, address ?? base + offset) }));
  return {
    function: fn?.name ?? '?', system, place: system ? null : placeAt(image, at), ...signal === undefined ? {} : { signal },
    arguments: system ? [] : variables(fn?.params), locals: system ? [] : variables(fn?.locals),
  };
}

/** Variables of the user's files; static ones of functions are called `function.name`. */
function globalsOf(sight: Sight, threadPointer: number): Part[] {
  return sight.image.variables.filter(({ system }) => !system).map(({ name, type, address, within, symbol }) => {
    const at = symbol?.storage === 'thread' ? threadPointer - sight.image.tls.size + address : address;
    return { name: within === null ? name : `${within}.${name}`, value: valueAt(sight, type, at) };
  });
}

function errnoOf(sight: Sight, threadPointer: number): TaskView['errno'] {
  const found = sight.image.variables.find(({ name, system }) => system && name === '__errno');
  if (!found || threadPointer === 0) return null;
  const value: Value = valueAt(sight, found.type, threadPointer - sight.image.tls.size + found.address);
  const number = Number(value.text);
  return value.kind === 'number' ? { value: number, name: number === 0 ? null : errnoName(-number) } : null;
}

/** The descriptor table, as /proc/PID/fd shows it. */
export function descriptorsOf(k: Kernel, task: task_struct): DescriptorView[] {
  const { files, fs } = task;
  if (!files || !fs) return [];
  return [...files.fd.map].sort(([a], [b]) => a - b).map(([fd, of]) => (
    { fd, path: file_path(k, of, fs.root), flags: of.f_flags, closeOnExec: files.close_on_exec.has(fd), position: of.f_pos }));
}

/** Bytes of a task's memory; null where a byte cannot be read. */
export function bytesAt({ space }: Sight, address: number, length: number): readonly (number | null)[] {
  const all = space.read(address, length);
  return all ? [...all] : Array.from({ length }, (_, n) => space.read(address + n, 1)?.[0] ?? null);
}
