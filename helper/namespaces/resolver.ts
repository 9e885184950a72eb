import fs from 'node:fs';
import type { Errno, Namespace, NamespaceField, NsType, Unread } from '../protocol.ts';
import { CLONE_FLAG } from '../kernel/abi.ts';
import type { Native } from '../kernel/native.ts';
import { openNamespace } from '../kernel/openNamespace.ts';
import { Visitor } from '../kernel/visit.ts';
import { readContents } from './contents.ts';

/** What a namespace tells of itself. `unread` says why each missing field is missing. */
export type Facts = Omit<Namespace, 'key' | 'heldBy' | 'initial' | 'level'>;

/** Is this namespace in the caller's tables already? Then its ancestors need not be asked for again. */
export type Known = (type: NsType, inode: number) => boolean;

interface Pending { readonly fd: number; readonly inode: number; readonly type: NsType; readonly memberPid: number | null }

/**
 * Asks the kernel about one namespace: one open of its nsfs file, then ioctls on it. Parents and owners that the caller
 * does not know are asked for in turn, so that namespaces without a process of their own are found as well.
 * Every descriptor is closed before `resolve` returns: an open one would keep its namespace alive.
 */
export class Resolver {
  readonly #native: Native | Errno;
  readonly #visitor: Visitor;

  constructor(native: Native | Errno) {
    this.#native = native;
    this.#visitor = new Visitor(native);
  }

  /**
   * @param path a file that leads to the namespace, one character per byte
   * @param type its kind; the answer is `EINVAL` when the file is no namespace, or of another kind (as far as that can be told without koffi)
   * @param memberPid a process that lives in it, for what only a member's /proc files tell
   * @returns the namespace first, then those met on the way up that `known` does not have
   */
  resolve(path: string, type: NsType, memberPid: number | null, known: Known): { facts: Facts[] } | Errno {
    const fd = openNamespace(path);
    return typeof fd === 'string' ? fd : this.resolveDescriptor(fd, type, memberPid, known);
  }

  /** As `resolve`, of a descriptor that is already open; it is closed. */
  resolveDescriptor(fd: number, type: NsType, memberPid: number | null, known: Known): { facts: Facts[] } | Errno {
    const waiting: Pending[] = [];
    const met = new Set<string>();
    /** Takes the descriptor over: it is asked in its turn and closed, or closed at once. */
    const take = (taken: number, takenType: NsType, pid: number | null): number => {
      const { ino } = fs.fstatSync(taken);
      const name = `${takenType}:${ino}`;
      if (met.has(name) || (met.size > 0 && known(takenType, ino))) fs.closeSync(taken);
      else waiting.push({ fd: taken, inode: ino, type: takenType, memberPid: pid });
      met.add(name);
      return ino;
    };
    if (typeof this.#native !== 'string' && this.#native.nstype(fd) !== CLONE_FLAG[type]) {
      fs.closeSync(fd);
      return 'EINVAL';
    }
    take(fd, type, memberPid);
    const facts: Facts[] = [];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        facts.push(this.#ask(next, take));
      } finally {
        fs.closeSync(next.fd);
      }
    }
    return { facts };
  }

  #ask({ fd, inode, type, memberPid }: Pending, take: (fd: number, type: NsType, pid: null) => number): Facts {
    const unread: { -readonly [F in NamespaceField]?: Errno } = {};
    const { contents, unread: contentsUnread } = readContents(type, inode, fd, memberPid, this.#native, this.#visitor);
    let id: string | null = null;
    let owner: number | null = null;
    let parent: number | null = null;
    let ownerUid: number | null = null;
    const native = this.#native;
    if (typeof native === 'string') {
      unread.id = unread.owner = native;
      unread.parent = hasParent(type) ? native : 'EINVAL';
      unread.ownerUid = type === 'user' ? native : 'EINVAL';
    } else {
      const related = (result: number | Errno, field: 'owner' | 'parent', relatedType: NsType): number | null => {
        if (typeof result === 'number') return take(result, relatedType, null);
        unread[field] = result;
        return null;
      };
      const gotId = native.id(fd);
      if (typeof gotId === 'string') unread.id = gotId;
      else id = gotId.toString();
      owner = related(native.userns(fd), 'owner', 'user');
      if (type === 'pid') parent = related(native.parent(fd), 'parent', 'pid');
      else if (type === 'user') {
        parent = owner; // for user namespaces the kernel answers both questions alike
        if (unread.owner) unread.parent = unread.owner;
      } else unread.parent = 'EINVAL';
      const uid = type === 'user' ? native.ownerUid(fd) : 'EINVAL';
      if (typeof uid === 'number') ownerUid = uid;
      else unread.ownerUid = uid;
    }
    const all: Unread<NamespaceField> = { ...unread, ...contentsUnread };
    return { type, inode, id, owner, parent, ownerUid, contents, unread: all };
  }
}

function hasParent(type: NsType): boolean {
  return type === 'pid' || type === 'user';
}
