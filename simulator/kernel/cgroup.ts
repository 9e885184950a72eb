import { CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import { CLONE_NEWCGROUP, has } from './flags.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { ns_alloc_inum, ns_common, ns_free_inum } from './ns_common.ts';
import { Counted } from './object.ts';
import type { nsset } from './setns.ts';
import { Table } from './trace.ts';
import { dec_namespaces, inc_namespaces } from './ucount.ts';
import { get_user_ns, put_user_ns } from './user.ts';
import type { user_namespace } from './user.ts';

/** A group of the v2 hierarchy. The model has one hierarchy, so a css_set is named by its group. */
export class cgroup extends Counted {
  override readonly kind = 'cgroup group';
  readonly parent: cgroup | null;
  /** Last part of its path; '' for the root. */
  readonly name: string;
  readonly children = new Table<string, cgroup>(this, 'children');
  /** Owner (kuid, kgid) of its directory and of its cgroup.procs, mode bits. */
  uid = 0;
  gid = 0;
  constructor(parent: cgroup | null, name: string) {
    super();
    this.parent = parent;
    this.name = name;
  }
}

export class cgroup_namespace extends ns_common {
  override readonly kind = 'cgroup';
  readonly user_ns: user_namespace;
  /** The group that shows as "/" inside. */
  readonly root_cset: cgroup;
  constructor(user_ns: user_namespace, root_cset: cgroup) {
    super();
    this.user_ns = user_ns;
    this.root_cset = root_cset;
  }
  override get owner(): user_namespace { return this.user_ns; }
}

const COPY = listing('copy_cgroup_ns', 'kernel/cgroup/namespace.c', [
  ['test', 0, 'if (!(flags & CLONE_NEWCGROUP))', 'Is a new cgroup namespace wanted?', '{call} was called {with} CLONE_NEWCGROUP.'],
  ['share', 1, 'get_cgroup_ns(old_ns); return old_ns', '{old_ns} is shared: the new nsproxy points to the same one.', 'Without CLONE_NEWCGROUP paths of groups look the same.'],
  ['capable', 0, 'if (!ns_capable(user_ns, CAP_SYS_ADMIN)) return -EPERM', 'The caller has no CAP_SYS_ADMIN in {user_ns}: EPERM.', 'It is asked for here once more.'],
  ['charge', 0, 'ucounts = inc_cgroup_namespaces(user_ns)', 'One cgroup namespace is charged to the creator.', 'Each user may make only so many (user.max_cgroup_namespaces).'],
  ['full', 1, 'return -ENOSPC', 'The limit is reached: ENOSPC.', 'A limit in this user namespace or in one above it is used up.'],
  ['cset', 0, 'cset = task_css_set(current); get_css_set(cset)', 'The group in which the calling task is, {cset}, will be the root.', 'Inside, the own group looks like "/".'],
  ['alloc', 0, 'new_ns = alloc_cgroup_ns()', '{new_ns} is made, with a count of 1.', 'That one reference will be the slot of the new nsproxy.'],
  ['own', 0, 'new_ns->user_ns = get_user_ns(user_ns); new_ns->root_cset = cset', '{new_ns} is owned by {user_ns}.', 'Who may join it is decided there.'],
  ['done', 0, 'return new_ns', '{new_ns} is complete.', 'It becomes the cgroup_ns slot of the new nsproxy.'],
]);

/** The cgroup namespace for a new nsproxy. Errors: EPERM, ENOSPC. */
export function copy_cgroup_ns(k: Kernel, flags: number, user_ns: user_namespace, old_ns: cgroup_namespace): cgroup_namespace | Err {
  k.enter(COPY, { flags, user_ns, old_ns });
  k.at(COPY.at.test, { flags });
  if (!has(flags, CLONE_NEWCGROUP)) {
    k.at(COPY.at.share, { old_ns });
    return k.leave(COPY, get_cgroup_ns(k, old_ns));
  }
  if (!ns_capable(k, user_ns, CAP_SYS_ADMIN)) {
    k.at(COPY.at.capable, { user_ns });
    return k.leave(COPY, err('EPERM'));
  }
  k.at(COPY.at.charge, { user_ns });
  const ucounts = inc_namespaces(k, user_ns, 'cgroup');
  if (typeof ucounts === 'number') {
    k.at(COPY.at.full);
    return k.leave(COPY, ucounts);
  }
  const cset = task_cgroup(k.current);
  k.at(COPY.at.cset, { cset });
  k.trace.get(cset);
  const new_ns = new cgroup_namespace(user_ns, cset);
  k.at(COPY.at.alloc, { new_ns });
  k.trace.alloc(new_ns);
  ns_alloc_inum(k, new_ns);
  k.at(COPY.at.own, { new_ns, user_ns });
  get_user_ns(k, user_ns);
  k.trace.write(new_ns, 'ucounts', ucounts);
  k.at(COPY.at.done, { new_ns });
  return k.leave(COPY, new_ns);
}

/** The group in which a task is. */
export function task_cgroup(task: { readonly cgroups: cgroup | null }): cgroup {
  if (!task.cgroups) throw new Error('the task is in no group');
  return task.cgroups;
}

export function get_cgroup_ns(k: Kernel, ns: cgroup_namespace): cgroup_namespace {
  return k.trace.get(ns);
}

export function put_cgroup_ns(k: Kernel, ns: cgroup_namespace): void {
  if (k.trace.put(ns)) free_cgroup_ns(k, ns);
}

const FREE = listing('free_cgroup_ns', 'kernel/cgroup/namespace.c', [
  ['cset', 0, 'put_css_set(ns->root_cset)', '{ns} lets go of its root, {root}.', 'The group itself stays.'],
  ['uncharge', 0, 'dec_cgroup_namespaces(ns->ucounts)', 'The creator may make one more again.', '{ns} no longer counts against the limit.'],
  ['owner', 0, 'put_user_ns(ns->user_ns)', '{ns} lets go of its owner {user_ns}.', 'A namespace keeps its owning user namespace alive only while it lives itself.'],
  ['inum', 0, 'ns_free_inum(ns)', '{ns} gives its inode number back.', 'Nothing can name it any more.'],
  ['free', 0, 'free(ns)', '{ns} is gone.', 'Its last reference was dropped.'],
]);

function free_cgroup_ns(k: Kernel, ns: cgroup_namespace): void {
  k.enter(FREE, { ns });
  k.at(FREE.at.cset, { ns, root: ns.root_cset });
  put_cgroup(k, ns.root_cset);
  k.at(FREE.at.uncharge, { ns });
  dec_namespaces(k, ns.ucounts, 'cgroup');
  k.at(FREE.at.owner, { ns, user_ns: ns.user_ns });
  put_user_ns(k, ns.user_ns);
  k.at(FREE.at.inum, { ns });
  ns_free_inum(k, ns);
  k.at(FREE.at.free, { ns });
  k.trace.free(ns);
  k.leave(FREE, 0);
}

/** Drops a reference of a group: a removed one that nothing refers to is freed. */
export function put_cgroup(k: Kernel, group: cgroup): void {
  if (!k.trace.put(group)) return;
  k.trace.free(group);
  if (group.parent) put_cgroup(k, group.parent);
}

const INSTALL = listing('cgroupns_install', 'kernel/cgroup/namespace.c', [
  ['capable', 0, 'if (!ns_capable(cred->user_ns, CAP_SYS_ADMIN) || !ns_capable(ns->user_ns, CAP_SYS_ADMIN)) return -EPERM', 'CAP_SYS_ADMIN is missing: EPERM.', 'Joining {ns} needs it in the own user namespace and in the owner of {ns}.'],
  ['same', 0, 'if (ns == nsproxy->cgroup_ns) return 0', '{ns} is the own one already.', 'There is nothing to change.'],
  ['set', 0, 'get_cgroup_ns(ns); put_cgroup_ns(nsproxy->cgroup_ns); nsproxy->cgroup_ns = ns', '{nsproxy} points to {ns}.', 'Only what paths look like changes: the task stays in its group.'],
]);

/** Puts the namespace into the nsproxy that setns prepares. Errors: EPERM. */
export function cgroupns_install(k: Kernel, set: nsset, ns: cgroup_namespace): 0 | Err {
  k.enter(INSTALL, { ns });
  if (!ns_capable(k, set.cred.user_ns, CAP_SYS_ADMIN) || !ns_capable(k, ns.user_ns, CAP_SYS_ADMIN)) {
    k.at(INSTALL.at.capable, { ns });
    return k.leave(INSTALL, err('EPERM'));
  }
  const to = set.nsproxy;
  if (ns === to.cgroup_ns) {
    k.at(INSTALL.at.same, { ns });
    return k.leave(INSTALL, 0);
  }
  k.at(INSTALL.at.set, { nsproxy: to, ns });
  get_cgroup_ns(k, ns);
  if (to.cgroup_ns) put_cgroup_ns(k, to.cgroup_ns);
  k.trace.write(to, 'cgroup_ns', ns);
  return k.leave(INSTALL, 0);
}
