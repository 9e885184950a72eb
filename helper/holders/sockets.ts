import fs from 'node:fs';
import type { Errno, Phase } from '../protocol.ts';
import { errnoOf } from '../kernel/errno.ts';
import type { Native } from '../kernel/native.ts';
import { nsInode } from '../kernel/procFile.ts';
import type { Facts, Known } from '../namespaces/resolver.ts';
import { Resolver } from '../namespaces/resolver.ts';
import type { HeldRef } from './heldRef.ts';

/** Net namespace (inode) of each socket (inode): a socket never changes its own. Give the same map again, so that each is asked once. */
export type SocketNets = Map<number, number>;

export interface FoundSockets {
  refs: HeldRef[];
  /** Net namespaces reached only through a socket (no path leads there), and their owners that `known` does not have. */
  facts: Facts[];
  unread: [number, Errno][];
  phase: Phase;
}

const SOCKET = /^socket:\[(\d+)\]$/;
/** How many sockets are asked between two yields: about a quarter of a millisecond. */
const SLICE = 32;

/**
 * Sockets whose holder lives in another net namespace: each keeps its own namespace alive. A duplicate of every socket is
 * taken (pidfd_getfd), asked for its namespace and closed at once; the holder notices nothing.
 * Needs the right to trace the holder and CAP_NET_ADMIN over the socket's namespace.
 */
export function* findSockets(pids: readonly { readonly pid: number; readonly net: number | null }[], native: Native | Errno,
  known: Known = () => true, nets: SocketNets = new Map<number, number>()): Generator<undefined, FoundSockets> {
  const refs: HeldRef[] = [];
  const facts: Facts[] = [];
  const unread: [number, Errno][] = [];
  if (typeof native === 'string') return { refs, facts, unread, phase: native };
  const resolver = new Resolver(native);
  const met = new Set<string>();
  const current = new Set<number>();
  let asked = 0;
  for (const { pid, net } of pids) {
    const sockets = socketsOf(pid);
    if (typeof sockets === 'string') {
      if (sockets !== 'ENOENT' && sockets !== 'ESRCH') unread.push([pid, sockets]);
      continue;
    }
    if (sockets.length > 0) {
      const home = net ?? nsInode(pid, 'net');
      let pidfd: number | Errno | undefined;
      for (const { fd, inode } of sockets) {
        current.add(inode);
        let there: number | Errno | undefined = nets.get(inode);
        if (there === undefined) {
          pidfd ??= native.pidfdOpen(pid);
          there = typeof pidfd === 'string' ? pidfd : netOf(pidfd, fd, inode);
          if (typeof there === 'string') {
            if (there === 'EBADF') continue; // closed since
            if (there !== 'ESRCH') unread.push([pid, there]);
            break; // the reason holds for all of this process
          }
          nets.set(inode, there);
          if (++asked % SLICE === 0) yield;
        }
        if (there !== home && typeof home === 'number') refs.push({ type: 'net', inode: there, open: null, held: { kind: 'socket', pid, fd } });
      }
      if (typeof pidfd === 'number') fs.closeSync(pidfd);
    }
    yield;
  }
  for (const inode of nets.keys()) if (!current.has(inode)) nets.delete(inode);
  return { refs, facts, unread, phase: 'complete' };

  /** Net namespace of that socket, by asking a duplicate. EBADF: the descriptor is another file by now. */
  function netOf(pidfd: number, fd: number, inode: number): number | Errno {
    const socket = (native as Native).pidfdGetfd(pidfd, fd);
    if (typeof socket === 'string') return socket;
    let ns: number | Errno;
    try {
      if (fs.fstatSync(socket).ino !== inode) return 'EBADF';
      ns = (native as Native).socketNetns(socket);
    } finally {
      fs.closeSync(socket);
    }
    if (typeof ns === 'string') return ns;
    const { ino } = fs.fstatSync(ns);
    if (met.has(`net:${ino}`) || known('net', ino)) {
      fs.closeSync(ns);
      return ino;
    }
    const resolved = resolver.resolveDescriptor(ns, 'net', null, (type, other) => met.has(`${type}:${other}`) || known(type, other));
    if (typeof resolved !== 'string') {
      for (const each of resolved.facts) {
        met.add(`${each.type}:${each.inode}`);
        facts.push(each);
      }
    }
    return ino;
  }
}

function socketsOf(pid: number): { fd: number; inode: number }[] | Errno {
  try {
    const sockets: { fd: number; inode: number }[] = [];
    for (const name of fs.readdirSync(`/proc/${pid}/fd`)) {
      const inode = socketInode(`/proc/${pid}/fd/${name}`);
      if (inode !== undefined) sockets.push({ fd: Number(name), inode });
    }
    return sockets;
  } catch (error) {
    return errnoOf(error);
  }
}

function socketInode(path: string): number | undefined {
  try {
    const match = SOCKET.exec(fs.readlinkSync(path));
    return match ? Number(match[1]) : undefined;
  } catch {
    return undefined; // closed since the folder was read
  }
}
