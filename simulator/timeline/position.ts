/**
 * A moment of a recording. Three units are never mixed: a *statement* is one statement of C that a task has begun, of all tasks together; an *event* is one change or
 * line of the kernel's trace; a *kernel line* is an event that is a line of a listing. Both numbers only grow, and only one of them at a time: while a task runs its
 * statements the kernel stands still. `{ statement: n, event: e }`: n statements have begun (the last of them has done nothing yet, unless the kernel was entered since),
 * and e events have happened.
 */
export interface Position { readonly statement: number; readonly event: number }

/** Negative when `a` is earlier. */
export function compare(a: Position, b: Position): number {
  return a.statement - b.statement || a.event - b.event;
}
