import { Counted } from './object.ts';
import type { cgroup_namespace } from './cgroup.ts';
import type { ipc_namespace } from './ipc.ts';
import type { mnt_namespace } from './mnt.ts';
import type { net } from './net.ts';
import type { pid_namespace } from './pid.ts';
import type { time_namespace } from './time.ts';
import type { user_namespace } from './user.ts';
import type { uts_namespace } from './uts.ts';

/**
 * The namespaces of a task, shared by all tasks that have all of them in common. `count` is the number of tasks that point here.
 * A slot is null while the nsproxy is being built, in versions that do not have it, and `mnt_ns` of init_nsproxy before the root mount.
 */
export class nsproxy extends Counted {
  override readonly kind = 'nsproxy';
  uts_ns: uts_namespace | null = null;
  ipc_ns: ipc_namespace | null = null;
  mnt_ns: mnt_namespace | null = null;
  /** Where the next child will live; called `pid_ns` up to 3.10. Not the task's own pid namespace. */
  pid_ns_for_children: pid_namespace | null = null;
  net_ns: net | null = null;
  time_ns: time_namespace | null = null;
  time_ns_for_children: time_namespace | null = null;
  cgroup_ns: cgroup_namespace | null = null;
  /** 2.6.24 only; later it hangs on the credentials. */
  user_ns: user_namespace | null = null;
}
