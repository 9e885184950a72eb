import type { NsType } from './ns_common.ts';
import type { Version } from './version.ts';

/** What a version has, where a yes or no or a number is the whole difference (KERNEL.md 9). */
export interface Features {
  /** Namespace types that can be made. */
  readonly types: readonly NsType[];
  /** The user namespace hangs on the nsproxy, and a user has no ids of its own in it (until 2.6.28). */
  readonly user_ns_in_nsproxy: boolean;
  /** Capabilities are tested in a user namespace (3.x on); before, they are global. */
  readonly ns_capable: boolean;
  /** Namespaces have inode numbers and /proc/PID/ns (3.0; 3.8 here). */
  readonly inums: boolean;
  /** The initial net and mount namespaces have fixed inode numbers. */
  readonly fixed_net_mnt_inums: boolean;
  /** Namespaces have an id that is never used again. */
  readonly ns_ids: boolean;
  /** user.max_*_namespaces (4.9). */
  readonly ucounts: boolean;
  /** Credentials carry their own counters by (user namespace, uid), as RLIMIT_NPROC needs (5.14). */
  readonly cred_ucounts: boolean;
  /** /proc/PID/setgroups (3.19). */
  readonly setgroups: boolean;
  /** Lines of a uid_map: 5, then 340 (4.15). */
  readonly map_lines: number;
  /** Mapping id 0 of the parent needs CAP_SETFCAP (5.12). */
  readonly map_root_needs_setfcap: boolean;
  /** A user namespace more than this many levels down cannot be made; null: no such limit. */
  readonly user_ns_level: number | null;
  /** setns: not there; through a file of /proc/PID/ns; through a pidfd too, several types at once (5.8). */
  readonly setns: 'none' | 'fd' | 'nsset';
  /** Highest capability. */
  readonly cap_last: number;
  /** The ambient set (4.3). */
  readonly cap_ambient: boolean;
  /** exec puts the task into its time namespace for children (6.2). */
  readonly exec_enters_time_ns: boolean;
  /** setns(mnt) tests the caller's own fs_struct even when it works on a copy. */
  readonly mntns_install_own_fs: boolean;
  /** Descriptors for processes (5.1; usable since 5.3). */
  readonly pidfd: boolean;
  /** clone(CLONE_PIDFD | CLONE_THREAD), pidfd_open(PIDFD_THREAD) (6.9). */
  readonly pidfd_thread: boolean;
  /** Namespaces through ioctls of a pidfd (6.11). */
  readonly pidfd_ioctl: boolean;
  /** unshare and setns of IPC drop the shared memory too (3.17). */
  readonly exit_shm: boolean;
}

const SIX: readonly NsType[] = ['mnt', 'uts', 'ipc', 'user', 'pid', 'net'];
const v2_6_24: Features = {
  types: SIX, user_ns_in_nsproxy: true, ns_capable: false, inums: false, fixed_net_mnt_inums: false, ns_ids: false, ucounts: false, cred_ucounts: false,
  setgroups: false, map_lines: 0, map_root_needs_setfcap: false, user_ns_level: null, setns: 'none', cap_last: 31, cap_ambient: false,
  exec_enters_time_ns: false, mntns_install_own_fs: false, exit_shm: false, pidfd: false, pidfd_thread: false, pidfd_ioctl: false,
};
const v3_8: Features = { ...v2_6_24, user_ns_in_nsproxy: false, ns_capable: true, inums: true, map_lines: 5, setns: 'fd', cap_last: 36 };
const v4_19: Features = {
  ...v3_8, types: [...SIX, 'cgroup'], ucounts: true, setgroups: true, map_lines: 340, user_ns_level: 32, cap_last: 37, cap_ambient: true, exit_shm: true,
};
const v5_7: Features = { ...v4_19, types: [...SIX, 'cgroup', 'time'], pidfd: true };
const v6_1: Features = { ...v5_7, cred_ucounts: true, map_root_needs_setfcap: true, setns: 'nsset', cap_last: 40 };
const v6_12: Features = { ...v6_1, exec_enters_time_ns: true, mntns_install_own_fs: true, pidfd_thread: true, pidfd_ioctl: true };
const v6_18: Features = { ...v6_12, mntns_install_own_fs: false, fixed_net_mnt_inums: true, ns_ids: true };

export const FEATURES: Readonly<Record<Version, Features>> = {
  '2.6.24': v2_6_24, '3.8': v3_8, '4.19': v4_19, '5.7': v5_7, '6.1': v6_1, '6.12': v6_12, '6.18': v6_18,
};
