import fs from 'node:fs';
import os from 'node:os';
import type { Errno } from '../../protocol.ts';
import { openNamespace } from '../../kernel/openNamespace.ts';
import { nsInode, readProcFile } from '../../kernel/procFile.ts';
import type { Visitor } from '../../kernel/visit.ts';

/** A net namespace, and the ways to it: a process inside, or a path of its namespace file. */
export interface NetPlace { readonly inode: number; readonly pid: number | null; readonly open: string | null }

/** Texts by file name; a file that is absent (no IPv6) or unreadable gives its errno. */
export type NetFiles<Name extends string> = Readonly<Record<Name, { readonly text: string } | Errno>>;

/**
 * Reads files of `/proc/net` of a namespace: those of a process inside, which takes no right; without one this thread
 * visits the namespace (less than 10 µs besides the reading itself; a child process would cost 4 ms and a place in other viewers' lists).
 */
export function readNetFiles<Name extends string>(place: NetPlace, names: readonly Name[], visitor: Visitor): NetFiles<Name> | Errno {
  const read = (folder: string): NetFiles<Name> => Object.fromEntries(names.map((name) => [name, readProcFile(`${folder}/${name}`)])) as NetFiles<Name>;
  if (nsInode('thread-self', 'net') === place.inode) return read('/proc/thread-self/net');
  let why: Errno = 'ESRCH';
  if (place.pid !== null) {
    const there = nsInode(place.pid, 'net');
    // without the right to see the link the caller knows best; a link elsewhere means that the process moved or the pid was reused
    if (there === place.inode || there === 'EACCES') {
      const files = read(`/proc/${place.pid}/net`);
      // of a process that has ended nothing is left to read
      if (!Object.values<{ text: string } | Errno>(files).every((file) => file === 'ENOENT' || file === 'EINVAL' || file === 'ESRCH')) return files;
    } else if (typeof there === 'string') why = there;
  }
  if (place.open === null) return why;
  return visitNet(place, visitor, () => read('/proc/thread-self/net'));
}

/** Calls `read` inside the net namespace, which is opened through its path or its process. */
export function visitNet<T>(place: NetPlace, visitor: Visitor, read: () => T): T | Errno {
  const path = place.open ?? (place.pid === null ? null : `/proc/${place.pid}/ns/net`);
  if (path === null) return 'ESRCH';
  const fd = openNamespace(path);
  if (typeof fd === 'string') return fd;
  try {
    if (fs.fstatSync(fd).ino !== place.inode) return 'ESRCH'; // the path leads elsewhere by now
    const visited = visitor.visit('net', fd, read);
    return typeof visited === 'string' ? visited : visited.value;
  } finally {
    fs.closeSync(fd);
  }
}

/** IPv4 addresses by interface name, `address/prefix`, asked inside the namespace: exact, but only of interfaces that are up and running. */
export function exactAddresses(place: NetPlace, visitor: Visitor): ReadonlyMap<string, readonly string[]> | Errno {
  const read = (): ReadonlyMap<string, readonly string[]> | Errno => {
    try {
      const byName = new Map<string, string[]>();
      for (const [label, infos] of Object.entries(os.networkInterfaces())) {
        const name = label.replace(/:.*/, ''); // an address may carry a label, `eth0:1`
        byName.set(name, [...byName.get(name) ?? [], ...(infos ?? []).flatMap(({ family, cidr }) => family === 'IPv4' && cidr !== null ? [cidr] : [])]);
      }
      return byName;
    } catch {
      return 'EIO'; // getifaddrs failed; fib_trie still tells
    }
  };
  return nsInode('thread-self', 'net') === place.inode ? read() : visitNet(place, visitor, read);
}
