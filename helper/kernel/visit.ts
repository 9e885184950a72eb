import fs from 'node:fs';
import type { Errno, NsType } from '../protocol.ts';
import { CLONE_FLAG } from './abi.ts';
import type { Native } from './native.ts';
import { openNamespace } from './openNamespace.ts';

/** Kinds that one thread of a multithreaded process may change without touching the others or itself beyond that namespace. */
export type VisitedType = 'uts' | 'net' | 'cgroup';

/**
 * Reads something that is only told to those inside: the calling thread enters the namespace, reads, and comes back.
 *
 * setns(2) of a uts, net or cgroup namespace changes the calling thread only; libuv's threads and V8's stay where they are, and
 * nothing else runs on this thread meanwhile because `read` is synchronous. It is never done for user or mnt (those refuse
 * threads, and would change what "here" means).
 */
export class Visitor {
  readonly #native: Native | Errno;
  /** By kind: may we enter our own one, so that we can come back? Asked once, before the first visit. */
  readonly #mayReturn = new Map<VisitedType, true | Errno>();

  constructor(native: Native | Errno) { this.#native = native; }

  /** Calls `read` inside the namespace of `fd`. EPERM: we may not go, or might not come back. What `read` throws is thrown, here. */
  visit<T>(type: VisitedType, fd: number, read: () => T): { readonly value: T } | Errno {
    const native = this.#native;
    if (typeof native === 'string') return native;
    const home = openNamespace(`/proc/thread-self/ns/${type}`);
    if (typeof home === 'string') return home;
    try {
      let may = this.#mayReturn.get(type);
      if (may === undefined) {
        // entering where we are already needs the same right as coming back, and changes nothing
        const trial = native.setns(home, CLONE_FLAG[type]);
        this.#mayReturn.set(type, may = trial === 0 ? true : trial);
      }
      if (may !== true) return may;
      const entered = native.setns(fd, CLONE_FLAG[type]);
      if (entered !== 0) return entered;
      try {
        return { value: read() };
      } finally {
        // stranded in a foreign namespace, all that we report would be wrong: better no helper than a lying one
        if (native.setns(home, CLONE_FLAG[type]) !== 0) process.abort();
      }
    } finally {
      fs.closeSync(home);
    }
  }
}

/** Can this kind be visited? */
export function isVisited(type: NsType): type is VisitedType {
  return type === 'uts' || type === 'net' || type === 'cgroup';
}
