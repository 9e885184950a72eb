import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { ns_common, proc_free_inum } from './ns_common.ts';
import type { NsType } from './ns_common.ts';
import { Table } from './trace.ts';
import { dec_ucount } from './ucount.ts';

/** Ids `first … first+count-1` of this namespace are the kernel-wide ids from `lower_first`. */
export interface uid_gid_extent { readonly first: number; readonly lower_first: number; readonly count: number }

export class user_namespace extends ns_common {
  override readonly kind = 'user';
  readonly parent: user_namespace | null;
  readonly level: number;
  /** kuid and kgid of the creator. */
  readonly owner_uid: number;
  readonly group: number;
  uid_map: readonly uid_gid_extent[] = [];
  gid_map: readonly uid_gid_extent[] = [];
  projid_map: readonly uid_gid_extent[] = [];
  /** USERNS_SETGROUPS_ALLOWED. */
  setgroups_allowed: boolean;
  /** The creator had CAP_SETFCAP when it made this: it may map id 0 of the parent. */
  parent_could_setfcap = false;
  readonly ucount_max = new Table<NsType, number>(this, 'ucount_max');
  constructor(parent: user_namespace | null, owner_uid: number, group: number, setgroups_allowed: boolean) {
    super();
    this.parent = parent;
    this.level = parent ? parent.level + 1 : 0;
    this.owner_uid = owner_uid;
    this.group = group;
    this.setgroups_allowed = setgroups_allowed;
  }
  override get owner(): user_namespace | null { return this.parent; }
}

export function get_user_ns(k: Kernel, ns: user_namespace): user_namespace {
  return k.trace.get(ns);
}

export function put_user_ns(k: Kernel, ns: user_namespace): void {
  if (k.trace.put(ns)) __put_user_ns(k, ns);
}

const PUT = listing('__put_user_ns', 'kernel/user_namespace.c', [
  ['free', 0, 'free ns and go on with its parent while that has no reference left', '{ns} is freed.', 'No credentials, no owned namespace and no child refer to it any more.'],
]);

function __put_user_ns(k: Kernel, ns: user_namespace): void {
  k.enter(PUT, { ns });
  let at: user_namespace | null = ns;
  while (at) {
    const { parent, ucounts }: user_namespace = at;
    k.at(PUT.at.free, { ns: at });
    if (at.inum) proc_free_inum(k, at);
    k.trace.free(at);
    if (ucounts) dec_ucount(k, ucounts, 'user');
    at = parent && k.trace.put(parent) ? parent : null;
  }
  k.leave(PUT, 0);
}
