// The process part's file (it adds processes, and with the vfs part the root mount): the state from which everything starts.
import { cap_full_set } from './capability.ts';
import { cgroup, cgroup_namespace } from './cgroup.ts';
import { cred } from './cred.ts';
import { ipc_namespace } from './ipc.ts';
import { Kernel } from './kernel.ts';
import { net, setup_net } from './net.ts';
import { INIT_INUM } from './ns_common.ts';
import type { NsType, ns_common } from './ns_common.ts';
import { nsproxy } from './nsproxy.ts';
import { pid, pid_namespace } from './pid.ts';
import { sighand_struct, signal_struct, task_struct } from './task.ts';
import { time_namespace, timekeeper } from './time.ts';
import type { Level } from './trace.ts';
import { alloc_ucounts, RLIM_INFINITY } from './ucount.ts';
import { user_namespace } from './user.ts';
import type { Version } from './version.ts';
import { DEFAULT_VERSION, RELEASE } from './version.ts';
import { uts_namespace } from './uts.ts';

/** 2026-01-01 00:00:00 UTC, and how long the machine has been running then. */
const START_OF_TIME = 1_767_225_600n;
const UPTIME = 1000n;
const SECOND = 1_000_000_000n;
/** max_threads / 2: what the initial user namespace lets each user make of each type. */
const UCOUNT_MAX = 96365;

/** Ids of the initial namespaces in 6.18, and the last id given out at boot. */
const INIT_NS_ID: Readonly<Record<NsType, number>> = { uts: 1, time: 2, net: 3, mnt: 4, cgroup: 5, ipc: 4098, user: 4099, pid: 4100 };

/** Soft and hard limits at start, by number of the resource (RLIMIT_CPU is 0). */
const RLIMITS: readonly (readonly [cur: number, max: number])[] = [
  [RLIM_INFINITY, RLIM_INFINITY], [RLIM_INFINITY, RLIM_INFINITY], [RLIM_INFINITY, RLIM_INFINITY], [8388608, RLIM_INFINITY], [0, RLIM_INFINITY],
  [RLIM_INFINITY, RLIM_INFINITY], [UCOUNT_MAX, UCOUNT_MAX], [1024, 1048576], [8388608, 8388608], [RLIM_INFINITY, RLIM_INFINITY],
  [RLIM_INFINITY, RLIM_INFINITY], [UCOUNT_MAX, UCOUNT_MAX], [819200, 819200], [0, 0], [0, 0], [RLIM_INFINITY, RLIM_INFINITY],
];

/**
 * A kernel with init_task and init_nsproxy, whose members are the static initial namespaces; `mnt_ns` alone is NULL, since there is no
 * root mount yet. Each initial namespace has one reference more than is used: it is never freed.
 */
export function boot(version: Version = DEFAULT_VERSION, level: Level = 'off'): Kernel {
  const k = new Kernel(version, level);
  k.timekeeper = k.trace.alloc(new timekeeper((START_OF_TIME - UPTIME) * SECOND));
  k.trace.write(k.timekeeper, 'monotonic', UPTIME * SECOND);

  const user_ns = k.trace.alloc(new user_namespace(null, 0, 0, true));
  k.init_user_ns = user_ns;
  const all = [{ first: 0, lower_first: 0, count: 0xffffffff }];
  user_ns.uid_map = all;
  user_ns.gid_map = all;
  user_ns.projid_map = all;
  user_ns.parent_could_setfcap = true;
  for (const type of k.features.types) user_ns.ucount_max.map.set(type, UCOUNT_MAX);

  const root = k.trace.alloc(new cgroup(null, ''));
  k.init_pid_ns = k.trace.alloc(new pid_namespace(user_ns, null));
  k.init_nsproxy = k.trace.alloc(init_nsproxy(k, user_ns, root));
  k.init_task = k.trace.alloc(init_task(k, user_ns, root));
  k.current = k.init_task;
  k.trace.insert(k.tasks, k.init_task.id, k.init_task);
  k.trace.insert(k.init_task.signal.threads, k.init_task.id, k.init_task);
  number_initial(k);
  if (k.init_nsproxy.net_ns) setup_net(k, k.init_nsproxy.net_ns);
  return k;
}

function init_nsproxy(k: Kernel, user_ns: user_namespace, root: cgroup): nsproxy {
  const made = new nsproxy();
  const held = <T extends ns_common>(ns: T, times = 1): T => k.trace.get(k.trace.alloc(ns), times);
  // Owner of all that are made here: every type but user and mnt.
  k.trace.get(user_ns, k.features.types.length - 2);
  made.uts_ns = held(new uts_namespace(user_ns, {
    sysname: 'Linux', nodename: 'host', release: RELEASE[k.version], version: '#1 SMP PREEMPT_DYNAMIC', machine: 'x86_64', domainname: '(none)',
  }));
  made.ipc_ns = held(new ipc_namespace(user_ns));
  made.pid_ns_for_children = k.init_pid_ns;
  made.net_ns = held(new net(user_ns));
  if (k.features.types.includes('cgroup')) made.cgroup_ns = held(new cgroup_namespace(user_ns, k.trace.get(root)));
  if (k.features.types.includes('time')) {
    const time = held(new time_namespace(user_ns, { monotonic: 0n, boottime: 0n }, true), 2);
    made.time_ns = time;
    made.time_ns_for_children = time;
  }
  if (k.features.user_ns_in_nsproxy) made.user_ns = k.trace.get(user_ns);
  return made;
}

function init_task(k: Kernel, user_ns: user_namespace, root: cgroup): task_struct {
  const credentials = new cred(user_ns);
  const full = cap_full_set(k);
  Object.assign(credentials, { cap_permitted: full, cap_effective: full, cap_bset: full, count: 2 });
  k.trace.alloc(credentials);
  k.trace.get(user_ns);
  credentials.ucounts = alloc_ucounts(k, user_ns, 0);
  const signal = k.trace.alloc(new signal_struct());
  for (const [resource, [cur, max]] of RLIMITS.entries()) signal.rlimit.map.set(resource, { cur, max });
  const task = new task_struct('swapper/0', credentials, signal);
  task.state = 'running';
  task.sighand = k.trace.alloc(new sighand_struct());
  task.nsproxy = k.init_nsproxy;
  task.cgroups = k.trace.get(root);
  task.real_parent = task;
  task.thread_pid = k.trace.alloc(new pid(0, [{ nr: 0, ns: k.init_pid_ns }]));
  task.thread_pid.pid_task = task;
  signal.tgid = task.thread_pid;
  signal.pgrp = task.thread_pid;
  signal.session = task.thread_pid;
  return task;
}

/** Inode numbers and ids of the initial namespaces. Net and mnt took what was free at their time, until 6.18. */
function number_initial(k: Kernel): void {
  if (!k.features.inums) return;
  const { uts_ns, ipc_ns, net_ns, cgroup_ns, time_ns } = k.init_nsproxy;
  for (const ns of [uts_ns, ipc_ns, cgroup_ns, time_ns, net_ns, k.init_pid_ns, k.init_user_ns]) {
    if (!ns) continue;
    if (ns.kind === 'net' && !k.features.fixed_net_mnt_inums) continue;
    ns.inum = INIT_INUM[ns.kind];
    k.inums.map.set(ns.inum, ns);
    if (k.features.ns_ids) ns.ns_id = INIT_NS_ID[ns.kind];
  }
  if (k.features.ns_ids) k.ns_ids.map.set('last', INIT_NS_ID.pid);
}
