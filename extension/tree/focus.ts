import type { Entry } from './forest.ts';

/** More processes than this are not followed one by one: they are read in turn anyway. */
const MOST_PIDS = 200;
const MOST_NAMESPACES = 200;

/** What the helper should read on every tick: what is unfolded or selected. */
export function focusOf(entries: Iterable<Entry>, selected: Entry | undefined): { pids: number[]; namespaces: string[] } {
  const pids = new Set<number>();
  const namespaces = new Set<string>();
  const look = (entry: Entry): void => {
    const { target } = entry.node;
    if (target.kind === 'process') pids.add(target.pid);
    else if (target.kind === 'namespace' || target.kind === 'reference') namespaces.add(target.key);
  };
  if (selected) look(selected);
  for (const entry of entries) {
    if (namespaces.size >= MOST_NAMESPACES || pids.size >= MOST_PIDS) break;
    if (!entry.children || entry.folded || entry.node.target.kind !== 'namespace') continue;
    look(entry);
    for (const child of entry.children.slice(0, MOST_PIDS - pids.size)) if (child.node.target.kind === 'process') look(child);
  }
  return { pids: [...pids].sort((a, b) => a - b), namespaces: [...namespaces].sort() };
}
