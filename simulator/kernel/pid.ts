import { err, type Err } from './errno.ts';
import { CLONE_NEWPID, CLONE_THREAD, has } from './flags.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { ns_alloc_inum, ns_common, ns_free_inum } from './ns_common.ts';
import type { nsset } from './setns.ts';
import { Counted } from './object.ts';
import type { task_struct } from './task.ts';
import { Table } from './trace.ts';
import { dec_namespaces, inc_namespaces } from './ucount.ts';
import { get_user_ns, in_userns, put_user_ns } from './user.ts';
import type { user_namespace } from './user.ts';
import { atLeast } from './version.ts';
import { queue_work } from './work.ts';
import { CAP_SYS_ADMIN, ns_capable } from './capability.ts';

/** The top bit of `pid_allocated`: processes may still be added. */
export const PIDNS_ADDING = 0x80000000;

/** Numbers end here at the latest. Each pid namespace has a limit of its own since 6.14, and this is what a new one starts with. */
const PID_MAX_LIMIT = 4194304;

export class pid_namespace extends ns_common {
  override readonly kind = 'pid';
  readonly user_ns: user_namespace;
  readonly parent: pid_namespace | null;
  readonly level: number;
  child_reaper: task_struct | null = null;
  pid_allocated = PIDNS_ADDING;
  pid_max = 32768;
  /** Signal that reboot(2) inside makes init seem to die of; 0: none. */
  reboot = 0;
  /** The init that is ending and has killed the others. */
  zapped: task_struct | null = null;
  readonly idr = new Table<number, pid>(this, 'idr');
  /** Last number given out: the next is looked for after it. */
  idr_cursor = 0;
  constructor(user_ns: user_namespace, parent: pid_namespace | null) {
    super();
    this.user_ns = user_ns;
    this.parent = parent;
    this.level = parent ? parent.level + 1 : 0;
  }
  override get owner(): user_namespace { return this.user_ns; }
}

/** The number a `struct pid` has in one pid namespace. */
export interface upid { readonly nr: number; readonly ns: pid_namespace }

/** Identity of a task (or process group, or session) in all pid namespaces that can see it: `numbers[0]` is the initial one's. */
export class pid extends Counted {
  override readonly kind = 'struct pid';
  readonly level: number;
  numbers: readonly upid[];
  /** The task whose thread id it is. */
  pid_task: task_struct | null = null;
  /** Tasks by the way they use it: process group members, session members, by task id. */
  readonly pgrp = new Table<number, task_struct>(this, 'pgrp');
  readonly session = new Table<number, task_struct>(this, 'session');
  constructor(level: number, numbers: readonly upid[]) {
    super();
    this.level = level;
    this.numbers = numbers;
  }
}

/** The pid namespace in which a task lives: that of the last number of its pid. It never changes. */
export function task_active_pid_ns(task: task_struct): pid_namespace {
  const { thread_pid } = task;
  const upid = thread_pid?.numbers[thread_pid.level];
  if (!upid) throw new Error(`task ${task.id} has no pid`);
  return upid.ns;
}

/** Is this a thread of the machine's first process? */
export function is_global_init(k: Kernel, task: task_struct): boolean {
  return task.signal.tgid?.numbers[0]?.nr === 1 && task.signal !== k.init_task.signal;
}

/** Takes a reference; the initial one is not counted (until 7.x). */
export function get_pid_ns(k: Kernel, ns: pid_namespace): pid_namespace {
  return ns === k.init_pid_ns ? ns : k.trace.get(ns);
}

const COPY = listing('copy_pid_ns', 'kernel/pid_namespace.c', [
  ['test', 0, 'if (!(flags & CLONE_NEWPID))', 'Is a new pid namespace wanted?', '{call} was called {with} CLONE_NEWPID.'],
  ['share', 1, 'return get_pid_ns(old_ns)', '{old_ns} stays the one for children.', 'Without CLONE_NEWPID the next children live where the others do.'],
  ['thread', 0, 'if (flags & CLONE_THREAD) return -EINVAL', 'A thread was to be made in a new pid namespace: EINVAL.', 'All threads of a process live in the same one.', { until: '2.6.24' }],
  ['active', 0, 'if (task_active_pid_ns(current) != old_ns) return -EINVAL', 'The caller lives in another pid namespace than {old_ns}.', 'A task whose children already go elsewhere can not make one more level: EINVAL.'],
  ['create', 0, 'return create_pid_namespace(user_ns, old_ns)', 'A pid namespace is made below {old_ns}.', '{call} was called with CLONE_NEWPID.'],
]);

/** The pid namespace for the children of a new nsproxy. Errors: EINVAL, ENOSPC. */
export function copy_pid_ns(k: Kernel, flags: number, user_ns: user_namespace, old_ns: pid_namespace): pid_namespace | Err {
  k.enter(COPY, { flags, user_ns, old_ns });
  k.at(COPY.at.test, { flags });
  if (!has(flags, CLONE_NEWPID)) {
    k.at(COPY.at.share, { old_ns });
    return k.leave(COPY, get_pid_ns(k, old_ns));
  }
  if (has(flags, CLONE_THREAD) && !atLeast(k.version, '3.8')) {
    k.at(COPY.at.thread);
    return k.leave(COPY, err('EINVAL'));
  }
  if (task_active_pid_ns(k.current) !== old_ns) {
    k.at(COPY.at.active, { old_ns });
    return k.leave(COPY, err('EINVAL'));
  }
  k.at(COPY.at.create, { old_ns });
  return k.leave(COPY, create_pid_namespace(k, user_ns, old_ns));
}

/** Deepest level of a pid namespace: 32 below the initial one. */
const MAX_PID_NS_LEVEL = 32;

const CREATE = listing('create_pid_namespace', 'kernel/pid_namespace.c', [
  ['below', 0, 'if (!in_userns(parent_pid_ns->user_ns, user_ns)) return -EINVAL', '{user_ns} is not the owner of {parent} or below it: EINVAL.', 'Whoever owns a pid namespace can signal everybody in those below it, so their owners must be below too.', { since: '4.19' }],
  ['level', 0, 'if (level > MAX_PID_NS_LEVEL) return err', '{parent} is at level {level} already: no deeper one can be made.', 'Each process has a number on every level; their count is limited.', { since: '3.8' }],
  ['charge', 0, 'ucounts = inc_pid_namespaces(user_ns)', 'One pid namespace is charged to the creator.', 'Each user may make only so many (user.max_pid_namespaces).', { since: '4.19' }],
  ['full', 1, 'return -ENOSPC', 'The limit is reached: ENOSPC.', 'A limit in this user namespace or in one above it is used up.', { since: '4.19' }],
  ['alloc', 0, 'ns = new pid_namespace; ns->level = level', '{ns} is made, one level below {parent}, without processes.', 'Its first process will be number 1 and its init.'],
  ['parent', 0, 'ns->parent = get_pid_ns(parent_pid_ns)', '{ns} holds {parent}.', 'Everybody in {ns} has a number in {parent} too.'],
  ['own', 0, 'ns->user_ns = get_user_ns(user_ns)', '{ns} is owned by {user_ns}.', 'Who may join it, or mount its /proc, is decided by capabilities there.', { since: '3.8' }],
  ['adding', 0, 'ns->pid_allocated = PIDNS_ADDING', '{ns} takes processes.', 'The flag goes when its init ends; then nobody can be added any more.', { since: '3.8' }],
]);

/** A pid namespace below `parent`. Errors: EINVAL (owner), ENOSPC (level, limit; a level too deep was EINVAL until 4.9). */
export function create_pid_namespace(k: Kernel, user_ns: user_namespace, parent: pid_namespace): pid_namespace | Err {
  k.enter(CREATE, { user_ns, parent });
  const { at } = CREATE;
  if (atLeast(k.version, '4.19') && !in_userns(parent.user_ns, user_ns)) {
    k.at(at.below, { user_ns, parent });
    return k.leave(CREATE, err('EINVAL'));
  }
  if (parent.level >= MAX_PID_NS_LEVEL && atLeast(k.version, '3.8')) {
    k.at(at.level, { parent, level: parent.level });
    return k.leave(CREATE, err(k.features.ucounts ? 'ENOSPC' : 'EINVAL'));
  }
  if (k.features.ucounts) k.at(at.charge);
  const ucounts = inc_namespaces(k, user_ns, 'pid');
  if (typeof ucounts === 'number') {
    k.at(at.full);
    return k.leave(CREATE, ucounts);
  }
  const ns = new pid_namespace(user_ns, parent);
  ns.pid_max = atLeast(k.version, '6.18') ? PID_MAX_LIMIT : parent.pid_max;
  k.at(at.alloc, { ns, parent });
  k.trace.alloc(ns);
  ns_alloc_inum(k, ns);
  k.trace.write(ns, 'ucounts', ucounts);
  k.at(at.parent, { ns, parent });
  get_pid_ns(k, parent);
  if (atLeast(k.version, '3.8')) k.at(at.own, { ns, user_ns });
  get_user_ns(k, user_ns);
  if (atLeast(k.version, '3.8')) k.at(at.adding, { ns });
  return k.leave(CREATE, ns);
}

const PUT = listing('put_pid_ns', 'kernel/pid_namespace.c', [
  ['put', 0, 'if (!--ns->count) …', 'One reference of {ns} is dropped.', 'Each nsproxy, struct pid and child namespace that refers to it counts once.'],
  ['queue', 1, 'schedule_work(&ns->work)', '{ns} has no reference left: a kernel worker will free it, and then its parents as far as nobody else needs them.', 'Taking its sysctl table away may sleep, and not everybody who drops a reference may.', { since: '6.18' }],
  ['destroy', 1, 'destroy_pid_namespace(ns): its inode number is free', '{ns} has no reference left.', 'Its memory goes, and the charge for it, when nobody can be looking at it any more.', { until: '6.12' }],
  ['parent', 1, 'ns = parent; again', '{parent} has one reference less.', '{ns} held it as its parent.', { until: '6.12' }],
]);

export function put_pid_ns(k: Kernel, ns: pid_namespace): void {
  k.enter(PUT, { ns });
  k.at(PUT.at.put, { ns });
  if (ns !== k.init_pid_ns && k.trace.put(ns)) {
    if (!freed_by_worker(k)) destroy_pid_namespaces(k, ns);
    else {
      k.at(PUT.at.queue, { ns });
      queue_work(k, 'free_pid_ns', ns);
    }
  }
  k.leave(PUT, 0);
}

/** In all that is freed: by a worker, number and charge together; before, at once but for what RCU does. */
function freed_by_worker(k: Kernel): boolean { return atLeast(k.version, '6.18'); }

function destroy_pid_namespaces(k: Kernel, ns: pid_namespace): void {
  for (let at: pid_namespace | null = ns; at;) {
    const { parent }: pid_namespace = at;
    k.at(PUT.at.destroy, { ns: at });
    ns_free_inum(k, at);
    queue_work(k, 'free_pid_ns', at);
    if (!parent || parent === k.init_pid_ns) return;
    k.at(PUT.at.parent, { ns: at, parent });
    at = k.trace.put(parent) ? parent : null;
  }
}

/** What is left to do for a pid namespace without references; for its parents too, as far as this was their last one. */
export function free_pid_ns_work(k: Kernel, ns: pid_namespace): void {
  for (let at: pid_namespace | null = ns; at && at !== k.init_pid_ns;) {
    const { parent }: pid_namespace = at;
    dec_namespaces(k, at.ucounts, 'pid');
    put_user_ns(k, at.user_ns);
    if (freed_by_worker(k)) ns_free_inum(k, at);
    k.trace.free(at);
    at = freed_by_worker(k) && parent && parent !== k.init_pid_ns && k.trace.put(parent) ? parent : null;
  }
}

const INSTALL = listing('pidns_install', 'kernel/pid_namespace.c', [
  ['capable', 0, 'if (!ns_capable(ns->user_ns, CAP_SYS_ADMIN) || !ns_capable(cred->user_ns, CAP_SYS_ADMIN)) return -EPERM', 'CAP_SYS_ADMIN is missing.', 'Joining {ns} needs it in the owner of {ns} and in the own user namespace.'],
  ['below', 0, 'if (ns is neither the active pid namespace nor below it) return -EINVAL', '{ns} is not the active pid namespace or one below it.', 'A process may go down only: those above must go on seeing all its children.'],
  ['set', 0, 'nsproxy->pid_ns_for_children = get_pid_ns(ns)', 'Children will live in {ns}.', 'The pid namespace of the task itself never changes.'],
]);

export function pidns_install(k: Kernel, nsset: nsset, ns: pid_namespace): 0 | Err {
  k.enter(INSTALL, { ns });
  if (!ns_capable(k, ns.user_ns, CAP_SYS_ADMIN) || !ns_capable(k, nsset.cred.user_ns, CAP_SYS_ADMIN)) {
    k.at(INSTALL.at.capable, { ns });
    return k.leave(INSTALL, err('EPERM'));
  }
  const active = task_active_pid_ns(k.current);
  let at: pid_namespace | null = ns;
  while (at && at !== active) at = at.parent;
  if (!at) {
    k.at(INSTALL.at.below, { ns });
    return k.leave(INSTALL, err('EINVAL'));
  }
  k.at(INSTALL.at.set, { ns });
  const old = nsset.nsproxy.pid_ns_for_children;
  if (old) put_pid_ns(k, old);
  k.trace.write(nsset.nsproxy, 'pid_ns_for_children', get_pid_ns(k, ns));
  return k.leave(INSTALL, 0);
}

export { find_task_by_vpid } from './pid_lookup.ts';
