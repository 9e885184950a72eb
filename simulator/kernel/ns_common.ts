import { Counted } from './object.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import type { ucounts } from './ucount.ts';
import type { user_namespace } from './user.ts';

export type NsType = 'uts' | 'ipc' | 'mnt' | 'pid' | 'net' | 'cgroup' | 'time' | 'user';

/** Types in the order in which `/proc/PID/ns` lists them. */
export const NS_TYPES: readonly NsType[] = ['net', 'uts', 'ipc', 'pid', 'user', 'mnt', 'cgroup', 'time'];

/** What every namespace has. `count` is `__ns_ref` of 6.18; before 5.10 each type had a count of its own. */
export abstract class ns_common extends Counted {
  abstract override readonly kind: NsType;
  /** Inode number in /proc/PID/ns; 0 in versions that have none. */
  inum = 0;
  /** Never reused (6.18); 0 before. */
  ns_id = 0;
  /** The user namespace that owns it; of a user namespace that is its parent, null for the initial one. */
  abstract get owner(): user_namespace | null;
  /** Whom its creation was charged to; null for initial namespaces. */
  ucounts: ucounts | null = null;
  /** Its nsfs inode exists, that is, it is open or bind mounted somewhere: worth one reference however often. */
  stashed = false;
}

/** First number of the pool of inode numbers that are given out while running. */
export const PROC_DYNAMIC_FIRST = 0xf0000000;

/** Numbers of the initial namespaces (KERNEL.md 1.4); net and mnt have fixed ones on 6.18 only. */
export const INIT_INUM: Readonly<Record<NsType, number>> = {
  ipc: 0xefffffff, uts: 0xeffffffe, user: 0xeffffffd, pid: 0xeffffffc, cgroup: 0xeffffffb, time: 0xeffffffa, net: 0xeffffff9, mnt: 0xeffffff8,
};

const ALLOC = listing('proc_alloc_inum', 'fs/proc/generic.c', [
  ['take', 0, 'inum = lowest free number of the pool', '{ns} gets inode number {inum}.', 'It is the lowest number that no namespace has now: numbers of dead namespaces are used again at once.'],
]);
const FREE = listing('proc_free_inum', 'fs/proc/generic.c', [
  ['give', 0, 'give inum back to the pool', 'Inode number {inum} is free again.', 'Its namespace is being freed; the next new namespace may get the same number.'],
]);

/** Gives a namespace its inode number (and its ns_id where there are any). No version without numbers calls it. */
export function proc_alloc_inum(k: Kernel, ns: ns_common): void {
  k.enter(ALLOC, { ns });
  let inum = PROC_DYNAMIC_FIRST;
  while (k.inums.has(inum)) inum++;
  k.trace.insert(k.inums, inum, ns);
  k.trace.write(ns, 'inum', inum);
  k.at(ALLOC.at.take, { ns, inum });
  k.leave(ALLOC, 0);
}

export function proc_free_inum(k: Kernel, ns: ns_common): void {
  k.enter(FREE, { ns });
  k.trace.remove(k.inums, ns.inum);
  k.at(FREE.at.give, { inum: ns.inum });
  k.leave(FREE, 0);
}

/** Numbers for a namespace, in versions that have them. */
export function ns_alloc_inum(k: Kernel, ns: ns_common): void {
  if (k.features.inums) proc_alloc_inum(k, ns);
  if (k.features.ns_ids) k.trace.write(ns, 'ns_id', next_ns_id(k));
}

export function ns_free_inum(k: Kernel, ns: ns_common): void {
  if (ns.inum !== 0) proc_free_inum(k, ns);
}

function next_ns_id(k: Kernel): number {
  const next = (k.ns_ids.get('last') ?? 0) + 1;
  k.trace.insert(k.ns_ids, 'last', next);
  return next;
}
