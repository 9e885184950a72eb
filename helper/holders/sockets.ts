import fs from 'node:fs';
import type { Errno, NsType, Phase } from '../protocol.ts';
import type { Native } from '../kernel/native.ts';
import { nsInode } from '../kernel/procFile.ts';
import type { Facts, Known } from '../namespaces/resolver.ts';
import { Resolver } from '../namespaces/resolver.ts';
import type { HeldRef } from './heldRef.ts';
import type { OpenSockets } from './openSockets.ts';
import { openSockets } from './openSockets.ts';

/** Net namespace (inode) of each socket (inode, decimal): a socket never changes its own. Give the same map again, so that each is asked once. */
export type SocketNets = Map<string, number>;

export interface FoundSockets {
  refs: HeldRef[];
  /** Net namespaces reached only through a socket (no path leads there), and their owners that `known` does not have. */
  facts: Facts[];
  unread: [number, Errno][];
  phase: Phase;
}

/** How many sockets are asked between two yields: about a quarter of a millisecond. */
const SLICE = 32;

/**
 * Sockets whose holder lives in another net namespace: each keeps its own namespace alive. A duplicate of every socket is
 * taken (pidfd_getfd), asked for its namespace and closed at once; the holder notices nothing.
 * Needs the right to trace the holder and CAP_NET_ADMIN over the socket's namespace.
 * @param tables the sockets of processes, as `findDescriptors` just met them; it is emptied. Others are read here.
 */
export function* findSockets(pids: readonly { readonly pid: number; readonly net: number | null }[], native: Native | Errno,
  known: Known = () => true, nets: SocketNets = new Map<string, number>(), tables?: OpenSockets): Generator<undefined, FoundSockets> {
  const refs: HeldRef[] = [];
  const facts: Facts[] = [];
  const unread: [number, Errno][] = [];
  if (typeof native === 'string') return { refs, facts, unread, phase: native };
  const resolver = new Resolver(native);
  const socketNetns = (socket: number): number | Errno => native.socketNetns(socket);
  const met = new Set<string>();
  const current = new Set<string>();
  let asked = 0;
  for (const { pid, net } of pids) {
    const sockets = tables?.get(pid) ?? openSockets(pid);
    tables?.delete(pid);
    if (typeof sockets === 'string') {
      if (sockets !== 'ENOENT' && sockets !== 'ESRCH') unread.push([pid, sockets]);
      continue;
    }
    const home = sockets.length === 0 ? null : net ?? nsInode(pid, 'net');
    let pidfd: number | Errno | undefined;
    let failed: Errno | undefined;
    try {
      for (const { fd, inode } of sockets) {
        current.add(inode);
        let there = nets.get(inode);
        if (there === undefined || (there !== home && !isKnown('net', there))) {
          pidfd ??= native.pidfdOpen(pid);
          const socket = typeof pidfd === 'string' ? pidfd : native.pidfdGetfd(pidfd, fd);
          if (socket === 'EBADF') continue; // closed since
          if (typeof socket === 'string') {
            failed = socket;
            break; // for want of a right, or because it ended: the same for all its descriptors
          }
          const answer = netOf(socket, inode, home);
          if (++asked % SLICE === 0) yield;
          if (typeof answer === 'string') {
            failed = answer;
            continue;
          }
          if (answer === undefined) continue;
          nets.set(inode, there = answer);
        }
        if (there !== home && typeof home === 'number') refs.push({ type: 'net', inode: there, open: null, held: { kind: 'socket', pid, fd } });
      }
    } finally {
      if (typeof pidfd === 'number') fs.closeSync(pidfd);
    }
    if (failed && failed !== 'ESRCH') unread.push([pid, failed]);
    yield;
  }
  tables?.clear(); // those of processes that ended meanwhile
  for (const inode of nets.keys()) if (!current.has(inode)) nets.delete(inode);
  return { refs, facts, unread, phase: 'complete' };

  function isKnown(type: NsType, inode: number): boolean {
    return met.has(`${type}:${inode}`) || known(type, inode);
  }

  /** Net namespace of the duplicate, which is closed; undefined when the descriptor is another file by now. */
  function netOf(socket: number, inode: string, home: number | Errno | null): number | Errno | undefined {
    let ns: number | Errno;
    try {
      if (String(fs.fstatSync(socket).ino) !== inode) return undefined;
      ns = socketNetns(socket);
    } finally {
      fs.closeSync(socket);
    }
    if (typeof ns === 'string') return ns;
    const { ino } = fs.fstatSync(ns);
    if (ino === home || isKnown('net', ino)) {
      fs.closeSync(ns);
      return ino;
    }
    const resolved = resolver.resolveDescriptor(ns, 'net', null, isKnown);
    for (const each of typeof resolved === 'string' ? [] : resolved.facts) {
      met.add(`${each.type}:${each.inode}`);
      facts.push(each);
    }
    return ino;
  }
}
