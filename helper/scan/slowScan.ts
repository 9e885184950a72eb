import type { HeldBy, Phase } from '../protocol.ts';
import { NS_TYPES } from '../protocol.ts';
import type { HeldRef } from '../holders/heldRef.ts';
import type { NamespaceTable } from './namespaceTable.ts';
import type { ProcessTable } from './processTable.ts';
import type { Sources } from './sources.ts';

const MNT = NS_TYPES.indexOf('mnt');
const NET = NS_TYPES.indexOf('net');

/** How the three kinds of reading went. */
export type HolderPhases = Record<'descriptors' | 'mounts' | 'sockets', Phase>;

/**
 * Reads what is dear: threads, and what holds namespaces besides processes (descriptors, bind mounts, sockets).
 * Yields after each small piece; what was found takes effect kind by kind.
 * @param witness a process that sees the own mount namespace as the helper does
 * @param ownMount inode of the own mount namespace
 * @param catchUp reads the processes that came meanwhile: a namespace that the walk met is often that of a new one
 */
export function* slowScan(processes: ProcessTable, namespaces: NamespaceTable, sources: Sources, witness: (mntInode: number) => number | undefined, catchUp: () => void,
  ownMount: () => number | null): Generator<undefined, HolderPhases> {
  namespaces.expectStale();
  for (const process of [...processes.all.values()]) {
    if (process.kernelThread || process.tuple.unread.ns || process.threadCount <= 1 || processes.all.get(process.pid) !== process) continue;
    processes.readThreads(process);
    processes.leave();
    yield;
  }
  // a kernel thread has no descriptors
  const pids = [...processes.all.values()].filter((process) => !process.kernelThread).map((process) => process.pid);

  const descriptors = yield* sources.descriptors(pids);
  const isThere = ({ held }: HeldRef): boolean => held.kind === 'bind mount' || processes.all.has(held.pid);
  namespaces.hold(descriptors.refs.filter(isThere), (held) => held.kind === 'descriptor', processes.tick);
  const unread = new Map(descriptors.unread);
  for (const process of processes.all.values()) if (process.fail('fd', unread.get(process.pid) ?? null)) processes.touch(process);
  yield;

  const inMount = new Map<number, number>();
  for (const process of processes.all.values()) {
    const inode = process.ns[MNT] ?? null;
    if (inode !== null && process.state !== 'Z' && !inMount.has(inode)) inMount.set(inode, witness(inode) ?? process.pid);
  }
  const mounts = yield* sources.mounts([...inMount].map(([inode, pid]) => ({ inode, pid })), namespaces.knows);
  catchUp();
  namespaces.meet(mounts.processless, processes.tick);
  // the own mount namespace is read at each tick, so what this scan saw of it is older; but for what lies outside of our root
  const isOlder = (held: HeldBy): boolean => held.kind === 'bind mount' && held.pid !== null && held.mountNamespace === ownMount();
  namespaces.hold(mounts.refs.filter(({ held }) => !isOlder(held)), (held) => held.kind === 'bind mount' && !isOlder(held), processes.tick);
  for (const [pid, errno] of mounts.unread) {
    const process = processes.all.get(pid);
    if (process?.fail('mountinfo', errno)) processes.touch(process);
  }
  yield;

  const members = pids.flatMap((pid) => {
    const process = processes.all.get(pid);
    return process ? { pid, net: process.ns[NET] ?? null } : [];
  });
  const sockets = yield* sources.sockets(members, namespaces.knows);
  namespaces.learn(sockets.facts, processes.tick);
  namespaces.hold(sockets.refs.filter(isThere), (held) => held.kind === 'socket', processes.tick);
  return { descriptors: 'complete', mounts: mounts.phase, sockets: sockets.phase };
}
