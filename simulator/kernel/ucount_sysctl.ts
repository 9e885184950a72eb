import { CAP_SYS_RESOURCE, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { NsType } from './ns_common.ts';
import { INT_MAX } from './user.ts';
import type { user_namespace } from './user.ts';

/** Name of the file in /proc/sys/user for each type. */
export const USER_SYSCTL: Readonly<Record<NsType, string>> = {
  user: 'max_user_namespaces', pid: 'max_pid_namespaces', uts: 'max_uts_namespaces', ipc: 'max_ipc_namespaces', net: 'max_net_namespaces',
  mnt: 'max_mnt_namespaces', cgroup: 'max_cgroup_namespaces', time: 'max_time_namespaces',
};

/**
 * Permission bits of /proc/sys/user/* for the running task, which sees those of its own user namespace: owner's with CAP_SYS_RESOURCE in it,
 * else (also for uid 0 of it) reading only. [B16c B16d]
 */
export function set_permissions(k: Kernel): number {
  return ns_capable(k, k.current.cred.user_ns, CAP_SYS_RESOURCE) ? 0o644 : 0o444;
}

/** Reads a limit of the reader's own user namespace. */
export function user_max_show(ns: user_namespace, type: NsType): string {
  return `${ns.ucount_max.get(type) ?? 0}\n`;
}

/** Writes one: 0 … INT_MAX in decimal. Errors: EINVAL. Whoever opened the file for writing was allowed to. [B16e] */
export function user_max_write(k: Kernel, ns: user_namespace, type: NsType, text: string): number | Err {
  const found = /^[ \t\n]*(-?\d+)(?=[ \t\n\0]|$)/.exec(text);
  if (!found) return err('EINVAL');
  const value = Number(found[1]);
  if (value < 0 || value > INT_MAX) return err('EINVAL');
  k.trace.insert(ns.ucount_max, type, value);
  return text.length;
}

/** How many of a type the user `kuid` has made in `ns`: for pictures and explanations. */
export function user_used(k: Kernel, ns: user_namespace, kuid: number, type: NsType): number {
  return k.ucounts.get(`${ns.id}:${kuid}`)?.ucount.get(type) ?? 0;
}
