import type { Listing } from './listing.ts';
import type { TraceEvent } from './trace.ts';

/** One function call with the calls that it made, in order. */
export interface CallNode {
  readonly fn: string;
  /** Object id of the task that made it, and what it was called then: `comm-pid`. */
  readonly task: number;
  readonly label: string;
  readonly value: unknown;
  readonly calls: readonly CallNode[];
}

/**
 * The calls of a stretch of events, in the order in which the outermost of each task began. Calls of a task that sleeps stay open while others run.
 * Functions that had not returned at its end have the value undefined. `only`: other functions are left out, what they call is not.
 */
export function call_tree(events: readonly TraceEvent[], only?: ReadonlySet<string>): CallNode[] {
  interface Open { fn: string; task: number; label: string; value: unknown; calls: Open[] }
  const roots: Open[] = [];
  const stacks = new Map<number, Open[]>();
  for (const { op, subject, name, before, after } of events) {
    if (op !== 'enter' && op !== 'return') continue;
    const task = before as number;
    const stack = stacks.get(task) ?? [];
    stacks.set(task, stack);
    if (op === 'enter') {
      const node: Open = { fn: (subject as Listing).fn, task, label: name as string, value: undefined, calls: [] };
      if (!only || only.has(node.fn)) (stack.findLast((above) => !only || only.has(above.fn))?.calls ?? roots).push(node);
      stack.push(node);
    } else {
      // a return without its enter belongs to a call that began before this stretch
      const done = stack.pop();
      if (done) done.value = after;
    }
  }
  return roots;
}

/**
 * The calls as the kernel's function_graph tracer lays them out: before each line the task (`comm-pid`), then `name();` for a function that
 * calls none, else `name() {`, its calls two columns deeper, and its end with the name again. A line of dashes where another task goes on.
 */
export function function_graph(events: readonly TraceEvent[], only?: ReadonlySet<string>): string {
  const lines: string[] = [];
  let last: number | null = null;
  for (const node of call_tree(events, only)) {
    if (last !== null && last !== node.task) lines.push(DASHES);
    last = node.task;
    print(node, 0);
  }
  return lines.map((line) => `${line}\n`).join('');

  function print({ fn, label, calls }: CallNode, depth: number): void {
    const put = (text: string): void => { lines.push(`${label.padEnd(TASK_COLUMNS)} | ${' '.repeat(depth * 2)}${text}`); };
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
