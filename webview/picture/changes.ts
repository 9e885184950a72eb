import type { Messages } from '../messages.ts';
import { fill } from '../messages.ts';
import { place } from './columns.ts';
import { taskName } from './describe.ts';
import type { Table } from './model.ts';

/** What an update did to a picture: the places to mark for a moment, and the sentences to say once. */
export interface Change {
  /** `row link`. */
  readonly places: ReadonlySet<string>;
  readonly sentences: readonly string[];
}

export function changeOf(before: Table | undefined, after: Table, m: Messages): Change {
  const places = new Set<string>();
  const sentences: string[] = [];
  const old = new Map(before?.rows.map((row) => [row.key, row]));
  for (const row of before ? after.rows : []) {
    if (!row.task) continue;
    const was = old.get(row.key);
    if (!was) {
      sentences.push(fill(m.sayAdded, taskName(row.task, m)));
      continue;
    }
    if (row.task.ended && was.task?.ended === false) sentences.push(fill(m.endedSentence, taskName(row.task, m)));
    for (const column of after.columns) {
      const at = place(column.link);
      const inode = row.ns[at] ?? null;
      if (inode === null || was.ns[at] === inode) continue;
      places.add(`${row.key} ${column.link}`);
      const shown = [...after.namespaces.values()].find((n) => n.type === column.type && n.inode === inode);
      if (shown && !column.forChildren) sentences.push(fill(m.sayMoved, taskName(row.task, m), column.type, shown.letter));
    }
  }
  return { places, sentences };
}
