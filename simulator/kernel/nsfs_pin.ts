import { cgroup_namespace, put_cgroup_ns } from './cgroup.ts';
import { ipc_namespace, put_ipc_ns } from './ipc.ts';
import type { Kernel } from './kernel.ts';
import { mnt_namespace, put_mnt_ns } from './mnt.ts';
import { net, put_net } from './net.ts';
import type { ns_common } from './ns_common.ts';
import { Counted } from './object.ts';
import { pid_namespace, get_pid_ns, put_pid_ns } from './pid.ts';
import { time_namespace, put_time_ns } from './time.ts';
import { user_namespace, put_user_ns } from './user.ts';
import { uts_namespace, put_uts_ns } from './uts.ts';
import type { dentry } from './vfs.ts';

/**
 * The file of a namespace while something holds it: an open descriptor or a mount. `count`: how many do. However many, the
 * namespace is held by one reference (KERNEL.md 7.1 [R30] [R31] [R32]).
 */
export class nsfs_stash extends Counted {
  override readonly kind = 'nsfs file';
  readonly ns: ns_common;
  readonly dentry: dentry;
  constructor(ns: ns_common, at: dentry) {
    super();
    this.ns = ns;
    this.dentry = at;
  }
}

/** The namespace whose file this is; null for any other. */
export function dentry_ns(at: dentry): ns_common | null {
  return at.d_inode.i_op === 'nsfs' ? at.d_inode.i_object as ns_common : null;
}

/** A descriptor or mount begins to hold this place. */
export function nsfs_pin(k: Kernel, at: dentry): void {
  const ns = dentry_ns(at);
  if (!ns) return;
  const stash = k.nsfs.get(ns);
  if (stash) {
    k.trace.get(stash);
    return;
  }
  k.trace.insert(k.nsfs, ns, k.trace.alloc(new nsfs_stash(ns, at)));
  k.trace.write(ns, 'stashed', true);
  if (ns instanceof pid_namespace) get_pid_ns(k, ns);
  else k.trace.get(ns);
}

/** It no longer does. */
export function nsfs_unpin(k: Kernel, at: dentry): void {
  const ns = dentry_ns(at);
  if (!ns) return;
  const stash = k.nsfs.get(ns);
  if (!stash) throw new Error(`${ns.kind} namespace ${ns.id} is let go of but was not held`);
  if (!k.trace.put(stash)) return;
  k.trace.remove(k.nsfs, ns);
  k.trace.free(stash);
  k.trace.write(ns, 'stashed', false);
  put_ns(k, ns);
}

/** Drops a reference of a namespace of whatever type. */
export function put_ns(k: Kernel, ns: ns_common): void {
  if (ns instanceof uts_namespace) put_uts_ns(k, ns);
  else if (ns instanceof ipc_namespace) put_ipc_ns(k, ns);
  else if (ns instanceof mnt_namespace) put_mnt_ns(k, ns);
  else if (ns instanceof pid_namespace) put_pid_ns(k, ns);
  else if (ns instanceof net) put_net(k, ns);
  else if (ns instanceof cgroup_namespace) put_cgroup_ns(k, ns);
  else if (ns instanceof time_namespace) put_time_ns(k, ns);
  else if (ns instanceof user_namespace) put_user_ns(k, ns);
}
