import type { Details, Errno, Namespace, Requests } from '../protocol.ts';
import type { Native } from '../kernel/native.ts';
import { Visitor } from '../kernel/visit.ts';
import { readCgroupRoot } from './cgroupRoot.ts';
import { readMounts } from './mounts.ts';
import type { NetPlace } from './net/netFiles.ts';
import { readAllListeners, readNetDetails } from './net/netDetails.ts';

/**
 * What is dear to read about one namespace, read now.
 * @param memberPid a process inside, null when there is none
 * @param open a path that leads to the namespace (`HeldRef.open`), for one without a process
 * @param pids processes that may hold its sockets, or be its members: all that are known is right, fewer is faster
 */
export function readDetails(ns: Pick<Namespace, 'key' | 'type' | 'inode'>, memberPid: number | null, open: string | null, native: Native | Errno, pids: readonly number[]): Details {
  const visitor = new Visitor(native);
  switch (ns.type) {
    case 'net': return { key: ns.key, ...readNetDetails({ inode: ns.inode, pid: memberPid, open }, visitor, pids) };
    case 'mnt': {
      const mounts = readMounts(ns.inode, memberPid, open, native);
      return typeof mounts === 'string' ? { key: ns.key, unread: { mounts } } : { key: ns.key, mounts, unread: {} };
    }
    case 'cgroup': {
      const root = readCgroupRoot(ns.inode, memberPid, pids, visitor);
      return typeof root === 'string' ? { key: ns.key, unread: { cgroupRoot: root } } : { key: ns.key, cgroupRoot: root.path, unread: {} };
    }
    default: return { key: ns.key, unread: {} };
  }
}

/** Listening sockets of all these net namespaces with the processes that have them open: "who owns :8080?". */
export function readListeners(nets: readonly NetPlace[], pids: readonly number[], native: Native | Errno): Requests['listeners']['result'] {
  return readAllListeners(nets, pids, new Visitor(native));
}
