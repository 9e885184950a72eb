import type { task_struct } from '../kernel/task.ts';
import type { Position } from './position.ts';
import type { Recording } from './recording.ts';

/** What a step is counted in. */
export type Unit = 'event' | 'line' | 'statement';

/** The moment when the n-th statement has just begun. */
export function statementPosition({ journal, start, end }: Recording, n: number): Position {
  if (n <= start.statement) return start;
  if (n > end.statement) return end;
  return { statement: n, event: journal.events(journal.begun(n) - 1) };
}

/** The moment after the first n events. */
export function eventPosition({ journal, start, end }: Recording, n: number): Position {
  if (n <= start.event) return start;
  if (n >= end.event) return end;
  // the first operation after n events: until it, no statement began
  const index = journal.happened(n);
  return { statement: index < journal.length ? journal.statements(index) : end.statement, event: n };
}

/** A stretch in which one task ran its own code: statements from + 1 … to. */
export interface Stretch { readonly task: number; readonly mm: number; readonly from: number; readonly to: number; readonly event: number }

/** Who ran when, in order: for lanes of a scrubber. Neighbours of one task are one. */
export function stretches({ journal, end }: Recording): readonly Stretch[] {
  const all: Stretch[] = [];
  for (let index = 0; index < journal.length; index++) {
    const operation = journal.operation(index);
    const from = journal.statements(index);
    const to = index + 1 < journal.length ? journal.statements(index + 1) : end.statement;
    if (operation?.op !== 'run' || to === from) continue;
    const last = all.at(-1);
    if (last?.task === operation.task && last.mm === operation.mm) all[all.length - 1] = { ...last, to };
    else all.push({ task: operation.task, mm: operation.mm, from, to, event: journal.events(index) });
  }
  return all;
}

/** The next statement, forwards or backwards, of any task or of one; null: there is none. */
function nextStatement(recording: Recording, direction: 1 | -1, task: task_struct | null): Position | null {
  const { at, start, end, journal } = recording;
  // backwards out of the kernel: to where the statement began that called it
  const here = statementPosition(recording, at.statement);
  const inside = direction < 0 && here.event < at.event && at.statement > start.statement;
  for (let n = inside ? at.statement : at.statement + direction; n > start.statement && n <= end.statement;) {
    const index = journal.begun(n) - 1;
    const operation = journal.operation(index);
    if (!task || (operation?.op === 'run' && operation.task === task.id)) return statementPosition(recording, n);
    // over the whole of the other's run
    n = direction > 0 ? (index + 1 < journal.length ? journal.statements(index + 1) : end.statement) + 1 : journal.statements(index);
  }
  return null;
}

/** Events that begin something else: what stands before the next of them is still what the line before it did. */
const BEGIN: ReadonlySet<string> = new Set(['line', 'enter', 'return', 'current']);

/** The moment at which a line that was executed by event n − 1 has done all that it does: what it says has happened then. */
export function settled({ k, end }: Recording, n: number): number {
  const { events } = k.trace;
  let at = n;
  while (at < end.event && !BEGIN.has(events[at]?.op ?? 'line')) at++;
  return at;
}

/** Back over what the line before did, to right behind the line itself. */
function unsettled({ k, start }: Recording, n: number): number {
  const { events } = k.trace;
  let at = n;
  while (at > start.event && !BEGIN.has(events[at - 1]?.op ?? 'line')) at--;
  return at;
}

/** Where a step leads, or null at the start or end. `task`: only its statements count, and only kernel lines while it runs; null: of any. */
export function step(recording: Recording, unit: Unit, direction: 1 | -1, task: task_struct | null = null): Position | null {
  if (unit === 'statement') return nextStatement(recording, direction, task);
  const { at, start, end, history } = recording;
  if (unit === 'event') {
    const event = at.event + direction;
    return event <= start.event || event >= end.event ? null : eventPosition(recording, event);
  }
  for (let event = direction < 0 ? unsettled(recording, at.event) : at.event; ;) {
    event = history.line(event, direction);
    if (event <= start.event || event >= end.event) return null;
    const done = settled(recording, event);
    // a moment within what a line does belongs to that line
    if (done !== at.event && (!task || recording.runnerAt(event) === task)) return eventPosition(recording, done);
  }
}
