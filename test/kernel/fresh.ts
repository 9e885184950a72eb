import type { HostModel } from '../../helper/model/model.ts';
import type { Process } from '../../helper/protocol.ts';
import { Client } from './client.ts';

/**
 * Holds a client's model against a helper that starts afresh: differences in processes and namespaces as lines of text.
 * Whatever else lives on the machine may have moved between the two, so those namespaces are looked at that the given processes
 * are in or hold, and these processes, completely.
 */
export async function diffFromFresh(client: Client, pids: readonly number[]): Promise<string[]> {
  const fresh = await Client.start();
  try {
    await fresh.watchFromStart();
    await fresh.refresh();
    await client.refresh();
    return compare(client.model, fresh.model, new Set(pids));
  } finally {
    await fresh.end();
  }
}

function compare(kept: HostModel, fresh: HostModel, pids: ReadonlySet<number>): string[] {
  const differences: string[] = [];
  const say = (what: string, a: unknown, b: unknown): void => {
    const [kept, fresh] = [stable(a), stable(b)];
    if (kept !== fresh) differences.push(`${what}: kept ${kept}, fresh ${fresh}`);
  };
  // whether it runs or sleeps changes from moment to moment, and is no news by itself
  const calm = (process: Process | undefined): unknown => process && { ...process, state: 'RSDI'.includes(process.state) ? 'alive' : process.state };
  for (const pid of pids) say(`process ${pid}`, calm(kept.processes.get(pid)), calm(fresh.processes.get(pid)));
  // a process of the world that one has and the other has not: children of an actor that ended, for instance
  const children = (model: HostModel): number[] => [...model.processes.values()].filter((process) => pids.has(process.ppid)).map((process) => process.pid).sort();
  say('children', children(kept), children(fresh));
  const belongs = (model: HostModel): Map<string, unknown> => {
    const found = new Map<string, unknown>();
    for (const namespace of model.namespaces.values()) {
      const members = model.members(namespace).map((process) => process.pid);
      // the namespaces that everybody is in have members that come and go
      if (namespace.initial === true || members.some((pid) => !pids.has(pid))) continue;
      const { heldBy } = namespace;
      if (members.length === 0 && !heldBy.some((holder) => holder.pid !== null && pids.has(holder.pid))) continue;
      found.set(`${namespace.type}:[${namespace.inode}]`, { ...namespace, members, heldBy: heldBy.map(stable).sort() });
    }
    return found;
  };
  const [a, b] = [belongs(kept), belongs(fresh)];
  for (const name of new Set([...a.keys(), ...b.keys()])) say(name, a.get(name), b.get(name));
  return differences;
}

/** JSON with its keys in order; a process that is not there is `null`. */
function stable(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) => inner !== null && typeof inner === 'object' && !Array.isArray(inner)
    ? Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1))) : inner);
}
