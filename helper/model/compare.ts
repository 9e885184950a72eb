import type { Namespace, NsType, Process } from '../protocol.ts';
import { NS_TYPES } from '../protocol.ts';
import type { HostModel } from './model.ts';
import { processKey } from './model.ts';

/** A process that left one namespace for another of the same type. */
export interface Move {
  /** As it is in the later model. */
  readonly process: Process;
  readonly type: NsType;
  /** Inodes. */
  readonly from: number;
  readonly to: number;
}

/** What is different in the second of two models. */
export interface Comparison {
  /** Namespaces of the second that the first does not have. */
  readonly came: readonly Namespace[];
  /** Namespaces of the first that the second does not have. */
  readonly went: readonly Namespace[];
  readonly moved: readonly Move[];
  readonly processesCame: readonly Process[];
  readonly processesWent: readonly Process[];
  /** Are both of the same run of the same machine? Inodes, pids and start times mean nothing across boots. */
  readonly sameBoot: boolean;
}

/**
 * Compares two models of one host. Without ids from the kernel a namespace is known by type and inode, and one that took
 * over another's inode is told from it by what never changes: owner, parent and creator.
 * @param bootIds of the first and the second; when they differ everything went and everything came
 */
export function compareModels(before: HostModel, after: HostModel, bootIds?: readonly [string, string]): Comparison {
  const sameBoot = bootIds === undefined || bootIds[0] === bootIds[1];
  const came = sorted([...after.namespaces.values()].filter((ns) => !sameBoot || !isSame(before.find(ns.type, ns.inode), ns)));
  const went = sorted([...before.namespaces.values()].filter((ns) => !sameBoot || !isSame(after.find(ns.type, ns.inode), ns)));
  const moved: Move[] = [];
  const processesCame: Process[] = [];
  const stayed = new Set<string>();
  for (const process of byPid(after)) {
    const old = before.processes.get(process.pid);
    if (!sameBoot || !old || processKey(old) !== processKey(process)) {
      processesCame.push(process);
      continue;
    }
    stayed.add(processKey(process));
    for (const [i, type] of NS_TYPES.entries()) {
      const [from, to] = [old.ns[i] ?? null, process.ns[i] ?? null];
      if (from === null || to === null) continue;
      const [a, b] = [before.find(type, from), after.find(type, to)];
      if (from !== to || (a && b && !isSame(a, b))) moved.push({ process, type, from, to });
    }
  }
  const processesWent = byPid(before).filter((process) => !stayed.has(processKey(process)));
  return { came, went, moved, processesCame, processesWent, sameBoot };
}

function isSame(a: Namespace | undefined, b: Namespace): boolean {
  if (!a) return false;
  if (a.id !== null && b.id !== null) return a.id === b.id;
  // one of the two was read without the right or the means to ask: only contradictions tell them apart
  return !(['owner', 'parent', 'ownerUid'] as const).some((field) => a[field] !== null && b[field] !== null && a[field] !== b[field]);
}

function byPid(model: HostModel): Process[] {
  return [...model.processes.values()].sort((a, b) => a.pid - b.pid);
}

function sorted(namespaces: Namespace[]): Namespace[] {
  return namespaces.sort((a, b) => NS_TYPES.indexOf(a.type) - NS_TYPES.indexOf(b.type) || a.inode - b.inode);
}
