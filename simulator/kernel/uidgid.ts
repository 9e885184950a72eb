import type { Kernel } from './kernel.ts';
import type { uid_gid_extent, user_namespace } from './user.ts';

/** What an id that has no number in a user namespace reads as (overflowuid, overflowgid). */
export const OVERFLOW_ID = 65534;
/** No id: what an id without a mapping becomes. */
export const INVALID_ID = -1;

/** From an id of the namespace to the kernel-wide one; -1 when it is not mapped. */
export function map_id_down(map: readonly uid_gid_extent[], id: number): number {
  for (const { first, lower_first, count } of map) if (id >= first && id < first + count) return lower_first + (id - first);
  return INVALID_ID;
}

/** From a kernel-wide id to that of the namespace; -1 when it is not mapped. */
export function map_id_up(map: readonly uid_gid_extent[], id: number): number {
  for (const { first, lower_first, count } of map) if (id >= lower_first && id < lower_first + count) return first + (id - lower_first);
  return INVALID_ID;
}

export function make_kuid(ns: user_namespace, uid: number): number { return map_id_down(ns.uid_map, uid); }
export function make_kgid(ns: user_namespace, gid: number): number { return map_id_down(ns.gid_map, gid); }
export function from_kuid(ns: user_namespace, kuid: number): number { return map_id_up(ns.uid_map, kuid); }
export function from_kgid(ns: user_namespace, kgid: number): number { return map_id_up(ns.gid_map, kgid); }

/** As `from_kuid`, but 65534 in place of -1: what stat, getuid and the like tell. */
export function from_kuid_munged(ns: user_namespace, kuid: number): number {
  const uid = from_kuid(ns, kuid);
  return uid === INVALID_ID ? OVERFLOW_ID : uid;
}
export function from_kgid_munged(ns: user_namespace, kgid: number): number {
  const gid = from_kgid(ns, kgid);
  return gid === INVALID_ID ? OVERFLOW_ID : gid;
}

export function kuid_has_mapping(ns: user_namespace, kuid: number): boolean { return from_kuid(ns, kuid) !== INVALID_ID; }
export function kgid_has_mapping(ns: user_namespace, kgid: number): boolean { return from_kgid(ns, kgid) !== INVALID_ID; }

/** The running task's user namespace. */
export function current_user_ns(k: Kernel): user_namespace { return k.current.cred.user_ns; }
