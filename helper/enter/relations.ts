import fs from 'node:fs';
import type { EnterUserNamespace, Errno, NsType } from '../protocol.ts';
import type { Native } from '../kernel/native.ts';

/** Deeper than namespaces can be nested (32 levels, and the initial one). */
const LEVELS = 34;

/** Whose a namespace is: the inode of its owner, and why not. */
export interface Owner { readonly inode: number | null; readonly unread: Errno | null }

/** Asks for owners and ancestors of open namespaces, and remembers every user namespace on the way up. All descriptors it opens are closed. */
export class Relations {
  readonly #native: Native | Errno;
  readonly #users = new Map<number, EnterUserNamespace>();

  constructor(native: Native | Errno) {
    this.#native = native;
  }

  get userNamespaces(): EnterUserNamespace[] { return [...this.#users.values()]; }

  /** The owner of an open namespace; of a user namespace its parent. The owner's own ancestors are remembered. */
  owner(fd: number): Owner {
    if (typeof this.#native === 'string') return { inode: null, unread: this.#native };
    const above = this.#native.userns(fd);
    if (typeof above === 'string') return { inode: null, unread: above };
    return { inode: this.#climb(above), unread: null };
  }

  /** Remembers an open user namespace itself, and its ancestors. */
  user(fd: number): void {
    const copy = fs.openSync(`/proc/self/fd/${fd}`, 'r');
    this.#climb(copy);
  }

  /** Ancestors of an open pid namespace, nearest first, and why there are no more. */
  ancestors(fd: number): { readonly inodes: number[]; readonly end: Errno | null } {
    const inodes: number[] = [];
    const native = this.#native;
    if (typeof native === 'string') return { inodes, end: native };
    let at = fd;
    try {
      for (let level = 0; level < LEVELS; level++) {
        const above = native.parent(at);
        if (typeof above === 'string') return { inodes, end: above };
        if (at !== fd) fs.closeSync(at);
        at = above;
        inodes.push(fs.fstatSync(at).ino);
      }
      return { inodes, end: null };
    } finally {
      if (at !== fd) fs.closeSync(at);
    }
  }

  /** Takes over a descriptor of a user namespace; its inode. */
  #climb(first: number): number {
    const inode = fs.fstatSync(first).ino;
    let at = first;
    const native = this.#native;
    for (let level = 0; level < LEVELS; level++) {
      const here = fs.fstatSync(at).ino;
      if (this.#users.has(here)) break;
      const uid = typeof native === 'string' ? native : native.ownerUid(at);
      const above = typeof native === 'string' ? native : native.userns(at);
      this.#users.set(here, {
        inode: here,
        parent: typeof above === 'number' ? fs.fstatSync(above).ino : null, parentUnread: typeof above === 'string' ? above : null,
        ownerUid: typeof uid === 'number' ? uid : null, ownerUidUnread: typeof uid === 'string' ? uid : null,
      });
      fs.closeSync(at);
      if (typeof above === 'string') return inode;
      at = above;
    }
    fs.closeSync(at);
    return inode;
  }
}

/** In which order a plan lists them: as nsenter enters them. */
export const ENTER_ORDER: readonly NsType[] = ['user', 'cgroup', 'ipc', 'uts', 'net', 'pid', 'mnt', 'time'];
