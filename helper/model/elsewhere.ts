import { NS_TYPES } from '../protocol.ts';
import type { Process } from '../protocol.ts';

/** A process by name, with the types of namespaces in which it is elsewhere than another. */
export interface Elsewhere { readonly comm: string; readonly inNew: readonly string[] }

/** All processes against one (pid): what they do not share with it. Links that could not be read say nothing. */
export function elsewhereThan(pid: number, processes: ReadonlyMap<number, Process>): Elsewhere[] {
  const self = processes.get(pid);
  return [...processes.values()].map(({ comm, ns }) => ({
    comm, inNew: NS_TYPES.filter((_, n) => self !== undefined && self.ns[n] != null && ns[n] != null && self.ns[n] !== ns[n]),
  }));
}
