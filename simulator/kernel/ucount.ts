import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { Counted } from './object.ts';
import type { NsType } from './ns_common.ts';
import { Table } from './trace.ts';
import { put_user_ns } from './user.ts';
import type { user_namespace } from './user.ts';

/** Limits of resources that are counted by user: processes, bytes of POSIX message queues, queued signals, locked memory. */
export type UcountRlimit = 'nproc' | 'msgqueue' | 'sigpending' | 'memlock';
export const RLIM_INFINITY = Infinity;

/** How many objects of each kind one user (kuid) has made in one user namespace. */
export class ucounts extends Counted {
  override readonly kind = 'ucounts';
  readonly ns: user_namespace;
  /** kuid: the id in the initial user namespace. */
  readonly uid: number;
  readonly ucount = new Table<NsType, number>(this, 'ucount');
  /** What resource limits count by user. */
  readonly rlimit = new Table<UcountRlimit, number>(this, 'rlimit');
  constructor(ns: user_namespace, uid: number) {
    super();
    this.ns = ns;
    this.uid = uid;
  }
}

const INC = listing('inc_ucount', 'kernel/ucount.c', [
  ['each', 0, 'for each user namespace from ns up to the initial one', 'The counter of {uid} in {ns} is looked at.', 'A namespace is charged to its creator here and to the creator of every user namespace above.'],
  ['full', 1, 'if the counter is at ns->ucount_max: undo, return NULL', 'The limit of {ns} is used up; what was counted so far is taken back.', 'A limit in any user namespace above binds as well.'],
  ['count', 1, 'counter + 1', 'One more is counted in {ns}.', 'It is below the limit.'],
]);

/** Charges one namespace of `type` to kuid `uid` in `ns` and on the way up; null when a limit is reached (the caller fails with ENOSPC). */
export function inc_ucount(k: Kernel, ns: user_namespace, uid: number, type: NsType): ucounts | null {
  k.enter(INC, { ns, uid, type });
  const own = alloc_ucounts(k, ns, uid);
  for (let at: ucounts | null = own; at; at = at.ns.ucounts) {
    k.at(INC.at.each, { ns: at.ns, uid: at.uid });
    const used = at.ucount.get(type) ?? 0;
    if (used >= (at.ns.ucount_max.get(type) ?? 0)) {
      k.at(INC.at.full, { ns: at.ns });
      for (let undo: ucounts | null = own; undo && undo !== at; undo = undo.ns.ucounts) add(k, undo, type, -1);
      put_ucounts(k, own);
      return k.leave(INC, null);
    }
    k.at(INC.at.count, { ns: at.ns });
    add(k, at, type, 1);
  }
  return k.leave(INC, own);
}

const DEC = listing('dec_ucount', 'kernel/ucount.c', [
  ['each', 0, 'for each user namespace from ucounts->ns up: counter - 1', 'One less is counted in {ns}.', 'The namespace that was charged is being freed, or was not made after all.'],
]);

/** Takes back what `inc_ucount` charged. */
export function dec_ucount(k: Kernel, ucounts: ucounts, type: NsType): void {
  k.enter(DEC, { ucounts, type });
  for (let at: ucounts | null = ucounts; at; at = at.ns.ucounts) {
    k.at(DEC.at.each, { ns: at.ns });
    add(k, at, type, -1);
  }
  put_ucounts(k, ucounts);
  k.leave(DEC, 0);
}

/** Charges a namespace of `type` to the running task's euid: the counters, null in versions that do not count, or ENOSPC. */
export function inc_namespaces(k: Kernel, ns: user_namespace, type: NsType): ucounts | null | Err {
  if (!k.features.ucounts) return null;
  return inc_ucount(k, ns, k.current.cred.euid, type) ?? err('ENOSPC');
}

export function dec_namespaces(k: Kernel, charged: ucounts | null, type: NsType): void {
  if (charged) dec_ucount(k, charged, type);
}

/** Counts `n` more of a limited resource here and in each user namespace above; the value here. */
export function inc_rlimit_ucounts(k: Kernel, ucounts: ucounts, type: UcountRlimit, n: number): number {
  for (let at: ucounts | null = ucounts; at; at = at.ns.ucounts) k.trace.insert(at.rlimit, type, (at.rlimit.get(type) ?? 0) + n);
  return ucounts.rlimit.get(type) ?? 0;
}

export function dec_rlimit_ucounts(k: Kernel, ucounts: ucounts, type: UcountRlimit, n: number): void {
  inc_rlimit_ucounts(k, ucounts, type, -n);
}

/** Is the user above `rlimit` here, or above what the creator of a user namespace on the way up could have? */
export function is_rlimit_overlimit(ucounts: ucounts, type: UcountRlimit, rlimit: number): boolean {
  let max = rlimit;
  for (let at: ucounts | null = ucounts; at; at = at.ns.ucounts) {
    if ((at.rlimit.get(type) ?? 0) > max) return true;
    max = at.ns.rlimit_max.get(type) ?? RLIM_INFINITY;
  }
  return false;
}

export function get_ucounts(k: Kernel, counters: ucounts): ucounts {
  return k.trace.get(counters);
}

/** The counters of (ns, uid), made when there are none; takes a reference. */
export function alloc_ucounts(k: Kernel, ns: user_namespace, uid: number): ucounts {
  const key = `${ns.id}:${uid}`;
  const found = k.ucounts.get(key);
  if (found) return k.trace.get(found);
  const made = k.trace.alloc(new ucounts(ns, uid));
  k.trace.get(ns);
  k.trace.insert(k.ucounts, key, made);
  return made;
}

export function put_ucounts(k: Kernel, counters: ucounts): void {
  if (!k.trace.put(counters)) return;
  k.trace.remove(k.ucounts, `${counters.ns.id}:${counters.uid}`);
  k.trace.free(counters);
  put_user_ns(k, counters.ns);
}

function add(k: Kernel, counters: ucounts, type: NsType, n: number): void {
  k.trace.insert(counters.ucount, type, (counters.ucount.get(type) ?? 0) + n);
}
