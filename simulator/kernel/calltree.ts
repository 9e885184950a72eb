import type { Kernel } from './kernel.ts';
import type { Listing } from './listing.ts';
import { task_nr } from './names.ts';
import type { task_struct } from './task.ts';
import type { TraceEvent } from './trace.ts';

/** One function call with the calls that it made, in order. */
export interface CallNode {
  readonly fn: string;
  /** Object id of the task that made it. */
  readonly task: number;
  readonly value: unknown;
  readonly calls: readonly CallNode[];
}

/** The calls of a stretch of events. Functions that had not returned at its end have the value undefined. `only`: other functions are left out, what they call is not. */
export function call_tree(events: readonly TraceEvent[], only?: ReadonlySet<string>): CallNode[] {
  interface Open { fn: string; task: number; value: unknown; calls: Open[] }
  const roots: Open[] = [];
  const open: Open[] = [];
  for (const { op, subject, before, after } of events) {
    if (op === 'enter') open.push({ fn: (subject as Listing).fn, task: before as number, value: undefined, calls: [] });
    if (op !== 'return') continue;
    const done = open.pop();
    // A return without its enter belongs to a call that began before this stretch.
    if (done) close(done, after);
  }
  for (let left = open.pop(); left; left = open.pop()) close(left, undefined);
  return roots;

  function close(node: Open, value: unknown): void {
    node.value = value;
    const above = open.at(-1)?.calls ?? roots;
    if (only && !only.has(node.fn)) above.push(...node.calls);
    else above.push(node);
  }
}

/**
 * The calls as the kernel's function_graph tracer lays them out: before each line the task (`comm-pid`), then `name();` for a function that
 * calls none, else `name() {`, its calls two columns deeper, and its end with the name again. A line of dashes where another task goes on.
 */
export function function_graph(k: Kernel, events: readonly TraceEvent[], only?: ReadonlySet<string>): string {
  const lines: string[] = [];
  let last: number | null = null;
  const names = task_names(k, events);
  for (const node of call_tree(events, only)) {
    if (last !== null && last !== node.task) lines.push(DASHES);
    last = node.task;
    print(node, 0);
  }
  return lines.map((line) => `${line}\n`).join('');

  function print({ fn, task, calls }: CallNode, depth: number): void {
    const put = (text: string): void => { lines.push(`${(names.get(task) ?? `task-${task}`).padEnd(TASK_COLUMNS)} | ${' '.repeat(depth * 2)}${text}`); };
    if (calls.length === 0) {
      put(`${fn}();`);
      return;
    }
    put(`${fn}() {`);
    for (const call of calls) print(call, depth + 1);
    put(`} /* ${fn} */`);
  }
}

const TASK_COLUMNS = 20;
const DASHES = '-'.repeat(TASK_COLUMNS + 2);

/** `sh-12` by object id: of the tasks that live, and of those that ended meanwhile. */
function task_names(k: Kernel, events: readonly TraceEvent[]): Map<number, string> {
  const names = new Map<number, string>();
  const add = (task: task_struct): void => { names.set(task.id, `${task.comm}-${task_nr(task)}`); };
  for (const { op, subject } of events) if (op === 'free' && (subject as { kind: string }).kind === 'task') add(subject as task_struct);
  for (const task of k.tasks.values()) add(task);
  return names;
}
