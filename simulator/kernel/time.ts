import { CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import { CLONE_NEWTIME, has } from './flags.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { ns_alloc_inum, ns_common, ns_free_inum } from './ns_common.ts';
import type { nsproxy } from './nsproxy.ts';
import { KObject } from './object.ts';
import type { nsset } from './setns.ts';
import type { task_struct } from './task.ts';
import { dec_namespaces, inc_namespaces } from './ucount.ts';
import { get_user_ns, put_user_ns } from './user.ts';
import type { user_namespace } from './user.ts';

/** Offsets in nanoseconds that are added to the host's clock. */
export interface timens_offsets { readonly monotonic: bigint; readonly boottime: bigint }

export class time_namespace extends ns_common {
  override readonly kind = 'time';
  readonly user_ns: user_namespace;
  offsets: timens_offsets;
  /** Set when the first task enters: offsets can not be changed any more. */
  frozen_offsets: boolean;
  constructor(user_ns: user_namespace, offsets: timens_offsets, frozen: boolean) {
    super();
    this.user_ns = user_ns;
    this.offsets = offsets;
    this.frozen_offsets = frozen;
  }
  override get owner(): user_namespace { return this.user_ns; }
}

/** The machine's clock, in nanoseconds. */
export class timekeeper extends KObject {
  override readonly kind = 'timekeeper';
  /** Since boot; moves when the machine says so. */
  monotonic = 0n;
  /** What must be added to get the time since 1970. */
  realtime_offset: bigint;
  constructor(realtime_offset: bigint) {
    super();
    this.realtime_offset = realtime_offset;
  }
}

const COPY = listing('copy_time_ns', 'kernel/time/namespace.c', [
  ['test', 0, 'if (!(flags & CLONE_NEWTIME))', 'Is a new time namespace wanted?', '{call} was called {with} CLONE_NEWTIME.'],
  ['share', 1, 'return get_time_ns(old_ns)', '{old_ns} stays the one for children.', 'Without CLONE_NEWTIME the next children have the same clocks.'],
  ['clone', 0, 'return clone_time_ns(user_ns, old_ns)', 'A second time namespace is made.', '{call} was called with CLONE_NEWTIME.'],
]);

/** The time namespace for the children of a new nsproxy. Errors: ENOSPC. */
export function copy_time_ns(k: Kernel, flags: number, user_ns: user_namespace, old_ns: time_namespace): time_namespace | Err {
  k.enter(COPY, { flags, user_ns, old_ns });
  k.at(COPY.at.test, { flags });
  if (!has(flags, CLONE_NEWTIME)) {
    k.at(COPY.at.share, { old_ns });
    return k.leave(COPY, get_time_ns(k, old_ns));
  }
  k.at(COPY.at.clone, { old_ns });
  return k.leave(COPY, clone_time_ns(k, user_ns, old_ns));
}

const CLONE = listing('clone_time_ns', 'kernel/time/namespace.c', [
  ['charge', 0, 'ucounts = inc_time_namespaces(user_ns)', 'One time namespace is charged to the creator.', 'Each user may make only so many (user.max_time_namespaces).'],
  ['full', 1, 'return -ENOSPC', 'The limit is reached: ENOSPC.', 'A limit in this user namespace or in one above it is used up.'],
  ['alloc', 0, 'ns = new time_namespace', '{ns} is made, with a count of 1.', 'That one reference will be the slot time_ns_for_children.'],
  ['offsets', 0, 'ns->offsets = old_ns->offsets; ns->frozen_offsets = false', '{ns} starts with the offsets of {old_ns}.', 'They can be changed until the first process enters.'],
  ['own', 0, 'ns->user_ns = get_user_ns(user_ns)', '{ns} is owned by {user_ns}.', 'Whether someone may set the offsets is decided by CAP_SYS_TIME there.'],
  ['done', 0, 'return ns', '{ns} is complete.', 'copy_time_ns() asked for it.'],
]);

function clone_time_ns(k: Kernel, user_ns: user_namespace, old_ns: time_namespace): time_namespace | Err {
  k.enter(CLONE, { user_ns, old_ns });
  k.at(CLONE.at.charge, { user_ns });
  const ucounts = inc_namespaces(k, user_ns, 'time');
  if (typeof ucounts === 'number') {
    k.at(CLONE.at.full);
    return k.leave(CLONE, ucounts);
  }
  const ns = new time_namespace(user_ns, old_ns.offsets, false);
  k.at(CLONE.at.alloc, { ns });
  k.trace.alloc(ns);
  ns_alloc_inum(k, ns);
  k.trace.write(ns, 'ucounts', ucounts);
  k.at(CLONE.at.offsets, { ns, old_ns });
  k.at(CLONE.at.own, { ns, user_ns });
  get_user_ns(k, user_ns);
  k.at(CLONE.at.done, { ns });
  return k.leave(CLONE, ns);
}

export function get_time_ns(k: Kernel, ns: time_namespace): time_namespace {
  return k.trace.get(ns);
}

export function put_time_ns(k: Kernel, ns: time_namespace): void {
  if (k.trace.put(ns)) free_time_ns(k, ns);
}

const FREE = listing('free_time_ns', 'kernel/time/namespace.c', [
  ['uncharge', 0, 'dec_time_namespaces(ns->ucounts)', 'The creator may make one more again.', '{ns} no longer counts against the limit.'],
  ['owner', 0, 'put_user_ns(ns->user_ns)', '{ns} lets go of its owner {user_ns}.', 'A namespace keeps its owning user namespace alive only while it lives itself.'],
  ['inum', 0, 'ns_free_inum(ns)', '{ns} gives its inode number back.', 'Nothing can name it any more.'],
  ['free', 0, 'free(ns)', '{ns} is gone.', 'Its last reference was dropped.'],
]);

function free_time_ns(k: Kernel, ns: time_namespace): void {
  k.enter(FREE, { ns });
  k.at(FREE.at.uncharge, { ns });
  dec_namespaces(k, ns.ucounts, 'time');
  k.at(FREE.at.owner, { ns, user_ns: ns.user_ns });
  put_user_ns(k, ns.user_ns);
  k.at(FREE.at.inum, { ns });
  ns_free_inum(k, ns);
  k.at(FREE.at.free, { ns });
  k.trace.free(ns);
  k.leave(FREE, 0);
}

/** The first task enters: from now on the clocks of the namespace do not change. */
export function timens_freeze(k: Kernel, ns: time_namespace): void {
  k.trace.write(ns, 'frozen_offsets', true);
}

const FORK = listing('timens_on_fork', 'kernel/time/namespace.c', [
  ['same', 0, 'if (nsproxy->time_ns == nsproxy->time_ns_for_children) return', '{tsk} has the clocks of its parent.', 'The time namespace for children is the one in use.'],
  ['move', 0, 'nsproxy->time_ns = get_time_ns(nsproxy->time_ns_for_children)', '{tsk} is in {ns}: its monotonic and boot time clocks are those of {ns}.', 'A new process enters the time namespace that its parent has for children.'],
  ['freeze', 0, 'timens_commit(tsk, ns)', 'The offsets of {ns} are frozen.', 'A process has entered; its clocks must not jump.'],
]);

/** The task that clone makes enters the time namespace for children. */
export function timens_on_fork(k: Kernel, to: nsproxy, tsk: task_struct): void {
  k.enter(FORK, { nsproxy: to, tsk });
  const ns = to.time_ns_for_children;
  const old = to.time_ns;
  if (ns === old || !ns) {
    k.at(FORK.at.same, { tsk });
    k.leave(FORK, undefined); return;
  }
  k.at(FORK.at.move, { tsk, ns });
  get_time_ns(k, ns);
  if (old) put_time_ns(k, old);
  k.trace.write(to, 'time_ns', ns);
  k.at(FORK.at.freeze, { ns });
  timens_freeze(k, ns);
  k.leave(FORK, 0);
}

const INSTALL = listing('timens_install', 'kernel/time/namespace.c', [
  ['single', 0, 'if (!current_is_single_threaded()) return -EUSERS', 'The memory of the process is shared by several tasks: EUSERS.', 'They read the clock from one page of that memory.'],
  ['capable', 0, 'if (!ns_capable(ns->user_ns, CAP_SYS_ADMIN) || !ns_capable(cred->user_ns, CAP_SYS_ADMIN)) return -EPERM', 'CAP_SYS_ADMIN is missing: EPERM.', 'Joining {ns} needs it in the owner of {ns} and in the own user namespace.'],
  ['own', 0, 'get_time_ns(ns); put_time_ns(nsproxy->time_ns); nsproxy->time_ns = ns', '{nsproxy} has {ns} as its time namespace.', 'The caller itself enters.'],
  ['children', 0, 'get_time_ns(ns); put_time_ns(nsproxy->time_ns_for_children); nsproxy->time_ns_for_children = ns', 'So have its children.', 'Otherwise they would go back.'],
]);

/** Puts both time namespaces into the nsproxy that setns prepares. Errors: EUSERS, EPERM. */
export function timens_install(k: Kernel, set: nsset, ns: time_namespace): 0 | Err {
  k.enter(INSTALL, { ns });
  const { mm, signal } = k.current;
  if (signal.count > 1 || (mm !== null && mm.count > 1)) {
    k.at(INSTALL.at.single);
    return k.leave(INSTALL, err('EUSERS'));
  }
  if (!ns_capable(k, ns.user_ns, CAP_SYS_ADMIN) || !ns_capable(k, set.cred.user_ns, CAP_SYS_ADMIN)) {
    k.at(INSTALL.at.capable, { ns });
    return k.leave(INSTALL, err('EPERM'));
  }
  const to = set.nsproxy;
  k.at(INSTALL.at.own, { nsproxy: to, ns });
  get_time_ns(k, ns);
  if (to.time_ns) put_time_ns(k, to.time_ns);
  k.trace.write(to, 'time_ns', ns);
  k.at(INSTALL.at.children);
  get_time_ns(k, ns);
  if (to.time_ns_for_children) put_time_ns(k, to.time_ns_for_children);
  k.trace.write(to, 'time_ns_for_children', ns);
  return k.leave(INSTALL, 0);
}
