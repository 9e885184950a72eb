import { CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import { CLONE_NEWIPC, has } from './flags.ts';
import { default_ipc_limits, free_ipc_objects, ipc_ids } from './ipc_ids.ts';
import type { kern_ipc_perm, ipc_limits } from './ipc_ids.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { mq_clear, mq_init_ns } from './mqueue.ts';
import type { mqueue_inode } from './mqueue.ts';
import { ns_alloc_inum, ns_common, ns_free_inum } from './ns_common.ts';
import type { nsset } from './setns.ts';
import { Table } from './trace.ts';
import { dec_namespaces, inc_namespaces } from './ucount.ts';
import { get_user_ns, put_user_ns } from './user.ts';
import type { user_namespace } from './user.ts';
import { queue_work } from './work.ts';
import { flush_free_ipc } from './worker.ts';

export class ipc_namespace extends ns_common {
  override readonly kind = 'ipc';
  readonly user_ns: user_namespace;
  /** System V semaphore sets, message queues and shared memory segments, each kind with ids of its own. */
  readonly sem_ids = new ipc_ids(this, 'sem_ids');
  readonly msg_ids = new ipc_ids(this, 'msg_ids');
  readonly shm_ids = new ipc_ids(this, 'shm_ids');
  /** sysctls kernel.sem, msgmni, shmmax … of this namespace. */
  limits: ipc_limits = default_ipc_limits;
  /** POSIX message queues by name without the slash: what /dev/mqueue shows. */
  readonly mqueues = new Table<string, mqueue_inode>(this, 'mqueues');
  constructor(user_ns: user_namespace) {
    super();
    this.user_ns = user_ns;
  }
  override get owner(): user_namespace { return this.user_ns; }
}

const COPY = listing('copy_ipcs', 'ipc/namespace.c', [
  ['test', 0, 'if (!(flags & CLONE_NEWIPC))', 'Is a new ipc namespace wanted?', '{call} was called {with} CLONE_NEWIPC.'],
  ['share', 1, 'return get_ipc_ns(ns)', '{ns} is shared: the new nsproxy points to the same one.', 'Without CLONE_NEWIPC queues, semaphores and shared memory stay common.'],
  ['create', 0, 'return create_ipc_ns(user_ns, ns)', 'An ipc namespace is made.', '{call} was called with CLONE_NEWIPC.'],
]);

/** The ipc namespace for a new nsproxy: the old one with a reference more, or a new, empty one. Errors: ENOSPC. */
export function copy_ipcs(k: Kernel, flags: number, user_ns: user_namespace, ns: ipc_namespace): ipc_namespace | Err {
  k.enter(COPY, { flags, user_ns, ns });
  k.at(COPY.at.test, { flags });
  if (!has(flags, CLONE_NEWIPC)) {
    k.at(COPY.at.share, { ns });
    return k.leave(COPY, get_ipc_ns(k, ns));
  }
  k.at(COPY.at.create);
  return k.leave(COPY, create_ipc_ns(k, user_ns));
}

const CREATE = listing('create_ipc_ns', 'ipc/namespace.c', [
  ['charge', 0, 'ucounts = inc_ipc_namespaces(user_ns)', 'One ipc namespace is charged to the creator.', 'Each user may make only so many (user.max_ipc_namespaces).', { since: '4.19' }],
  ['again', 1, 'if (!ucounts && flush_work(&free_ipc_work)) try again', 'The limit is reached, but dead ipc namespaces are waiting to be freed: they are, and it is tried again.', 'A kernel worker frees them a little after their end.', { since: '6.1' }],
  ['full', 1, 'return -ENOSPC', 'The limit is reached: ENOSPC.', 'A limit in this user namespace or in one above it is used up.', { since: '4.19' }],
  ['alloc', 0, 'ns = new ipc_namespace', '{ns} is made, with a count of 1 and nothing in it.', 'Nothing is copied: the old objects stay in the old namespace, and ids start at 0 again.'],
  ['own', 0, 'ns->user_ns = get_user_ns(user_ns)', '{ns} is owned by {user_ns}.', 'Capabilities over its objects count in that user namespace.'],
  ['mqueue', 0, 'mq_init_ns(ns)', '{ns} gets its own place for POSIX message queues.', 'Queue names belong to the ipc namespace too.'],
  ['sysv', 0, 'sem_init_ns(ns); msg_init_ns(ns); shm_init_ns(ns)', 'Its tables of semaphores, queues and segments are empty, its limits the usual ones.', 'Limits set in the old namespace do not carry over.'],
  ['done', 0, 'return ns', '{ns} is complete.', 'copy_ipcs() asked for it.'],
]);

function create_ipc_ns(k: Kernel, user_ns: user_namespace): ipc_namespace | Err {
  k.enter(CREATE, { user_ns });
  if (k.features.ucounts) k.at(CREATE.at.charge, { user_ns });
  let ucounts = inc_namespaces(k, user_ns, 'ipc');
  if (typeof ucounts === 'number' && k.features.cred_ucounts && flush_free_ipc(k)) {
    k.at(CREATE.at.again);
    ucounts = inc_namespaces(k, user_ns, 'ipc');
  }
  if (typeof ucounts === 'number') {
    k.at(CREATE.at.full);
    return k.leave(CREATE, ucounts);
  }
  const ns = new ipc_namespace(user_ns);
  k.at(CREATE.at.alloc, { ns });
  k.trace.alloc(ns);
  ns_alloc_inum(k, ns);
  k.at(CREATE.at.own, { ns, user_ns });
  get_user_ns(k, user_ns);
  k.trace.write(ns, 'ucounts', ucounts);
  k.at(CREATE.at.mqueue, { ns });
  mq_init_ns(k, ns);
  k.at(CREATE.at.sysv, { ns });
  k.at(CREATE.at.done, { ns });
  return k.leave(CREATE, ns);
}

export function get_ipc_ns(k: Kernel, ns: ipc_namespace): ipc_namespace {
  return k.trace.get(ns);
}

const PUT = listing('put_ipc_ns', 'ipc/namespace.c', [
  ['put', 0, 'if (--ns->count != 0) return', 'One reference of {ns} is dropped.', 'An nsproxy or an open file let go of it.'],
  ['queue', 0, 'mq_clear_sbinfo(ns); schedule_work(&free_ipc_work)', '{ns} has no reference left: a kernel worker will free it.', 'Removing its objects may take long, so the caller does not wait.'],
]);

export function put_ipc_ns(k: Kernel, ns: ipc_namespace): void {
  k.enter(PUT, { ns });
  k.at(PUT.at.put, { ns });
  if (k.trace.put(ns)) {
    k.at(PUT.at.queue, { ns });
    mq_clear(k, ns);
    queue_work(k, 'free_ipc', ns);
  }
  k.leave(PUT, 0);
}

const FREE = listing('free_ipc_ns', 'ipc/namespace.c', [
  ['objects', 0, 'sem_exit_ns(ns); msg_exit_ns(ns); shm_exit_ns(ns)', 'All semaphores, queues and segments of {ns} are removed.', 'They live in the namespace and end with it; memory that is attached somewhere stays until it is detached.'],
  ['uncharge', 0, 'dec_ipc_namespaces(ns->ucounts)', 'The creator may make one more again.', '{ns} no longer counts against the limit.', { since: '4.19' }],
  ['owner', 0, 'put_user_ns(ns->user_ns)', '{ns} lets go of its owner {user_ns}.', 'A namespace keeps its owning user namespace alive only while it lives itself.'],
  ['inum', 0, 'ns_free_inum(ns)', '{ns} gives its inode number back.', 'Nothing can name it any more.', { since: '3.8' }],
  ['free', 0, 'free(ns)', '{ns} is gone.', 'Its last reference was dropped.'],
]);

export function free_ipc(k: Kernel, ns: ipc_namespace): void {
  k.enter(FREE, { ns });
  k.at(FREE.at.objects, { ns });
  free_ipc_objects(k, [ns.sem_ids, ns.msg_ids, ns.shm_ids]);
  if (ns.ucounts) {
    k.at(FREE.at.uncharge, { ns });
    dec_namespaces(k, ns.ucounts, 'ipc');
  }
  k.at(FREE.at.owner, { ns, user_ns: ns.user_ns });
  put_user_ns(k, ns.user_ns);
  if (ns.inum !== 0) k.at(FREE.at.inum, { ns });
  ns_free_inum(k, ns);
  k.at(FREE.at.free, { ns });
  k.trace.free(ns);
  k.leave(FREE, 0);
}

const INSTALL = listing('ipcns_install', 'ipc/namespace.c', [
  ['capable', 0, 'if (!ns_capable(ns->user_ns, CAP_SYS_ADMIN) || !ns_capable(cred->user_ns, CAP_SYS_ADMIN)) return -EPERM', 'CAP_SYS_ADMIN is missing: EPERM.', 'Joining {ns} needs it in the owner of {ns} and in the own user namespace.'],
  ['set', 0, 'put_ipc_ns(nsproxy->ipc_ns); nsproxy->ipc_ns = get_ipc_ns(ns)', '{nsproxy} points to {ns}.', 'It replaces the ipc namespace that was there.'],
]);

/** Puts the namespace into the nsproxy that setns prepares. Errors: EPERM. */
export function ipcns_install(k: Kernel, set: nsset, ns: ipc_namespace): 0 | Err {
  k.enter(INSTALL, { ns });
  if (!ns_capable(k, ns.user_ns, CAP_SYS_ADMIN) || !ns_capable(k, set.cred.user_ns, CAP_SYS_ADMIN)) {
    k.at(INSTALL.at.capable, { ns });
    return k.leave(INSTALL, err('EPERM'));
  }
  k.at(INSTALL.at.set, { nsproxy: set.nsproxy, ns });
  if (set.nsproxy.ipc_ns) put_ipc_ns(k, set.nsproxy.ipc_ns);
  k.trace.write(set.nsproxy, 'ipc_ns', get_ipc_ns(k, ns));
  return k.leave(INSTALL, 0);
}

/** The table of one kind of object: for callers that treat the three alike. */
export function ids_of(ns: ipc_namespace, kind: kern_ipc_perm['what']): ipc_ids {
  return kind === 'sem' ? ns.sem_ids : kind === 'msg' ? ns.msg_ids : ns.shm_ids;
}
