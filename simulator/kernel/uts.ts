import { CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import { CLONE_NEWUTS, has } from './flags.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { ns_alloc_inum, ns_common, ns_free_inum } from './ns_common.ts';
import type { nsset } from './setns.ts';
import { dec_namespaces, inc_namespaces } from './ucount.ts';
import { get_user_ns, put_user_ns } from './user.ts';
import type { user_namespace } from './user.ts';

/** The six strings of uname(2). At most 64 bytes each. */
export interface new_utsname {
  readonly sysname: string;
  readonly nodename: string;
  readonly release: string;
  readonly version: string;
  readonly machine: string;
  readonly domainname: string;
}

export class uts_namespace extends ns_common {
  override readonly kind = 'uts';
  user_ns: user_namespace;
  name: new_utsname;
  constructor(user_ns: user_namespace, name: new_utsname) {
    super();
    this.user_ns = user_ns;
    this.name = name;
  }
  override get owner(): user_namespace { return this.user_ns; }
}

const COPY = listing('copy_utsname', 'kernel/utsname.c', [
  ['get', 0, 'get_uts_ns(old_ns)', '{old_ns} is held while it may be copied.', 'Another thread could drop the last reference in the meantime.'],
  ['test', 0, 'if (!(flags & CLONE_NEWUTS))', 'Is a new UTS namespace wanted?', '{call} was called {with} CLONE_NEWUTS.'],
  ['share', 1, 'return old_ns', '{old_ns} is shared: the new nsproxy points to the same one.', 'Without CLONE_NEWUTS the host name stays common, and the reference just taken belongs to the new nsproxy.'],
  ['clone', 0, 'new_ns = clone_uts_ns(user_ns, old_ns)', 'copy_utsname() makes a second UTS namespace.', '{call} was called with CLONE_NEWUTS.'],
  ['put', 0, 'put_uts_ns(old_ns)', 'The reference held on {old_ns} during the copy is dropped.', 'The new nsproxy will point to the copy (or there was an error), so nobody needs this reference.'],
  ['done', 0, 'return new_ns', 'The caller gets {new_ns}.', 'It becomes the uts_ns slot of the new nsproxy.'],
]);

/** The UTS namespace for a new nsproxy: the old one with a reference more, or a copy. Errors: ENOSPC (limit). */
export function copy_utsname(k: Kernel, flags: number, user_ns: user_namespace, old_ns: uts_namespace): uts_namespace | Err {
  k.enter(COPY, { flags, user_ns, old_ns });
  k.at(COPY.at.get, { old_ns });
  get_uts_ns(k, old_ns);
  k.at(COPY.at.test, { flags });
  if (!has(flags, CLONE_NEWUTS)) {
    k.at(COPY.at.share, { old_ns });
    return k.leave(COPY, old_ns);
  }
  k.at(COPY.at.clone, { old_ns, user_ns });
  const new_ns = clone_uts_ns(k, user_ns, old_ns);
  k.at(COPY.at.put, { old_ns });
  put_uts_ns(k, old_ns);
  k.at(COPY.at.done, { new_ns });
  return k.leave(COPY, new_ns);
}

const CLONE = listing('clone_uts_ns', 'kernel/utsname.c', [
  ['charge', 0, 'ucounts = inc_ucount(user_ns, euid, UCOUNT_UTS_NAMESPACES)', 'One UTS namespace is charged to the creator.', 'Each user may make only so many (user.max_uts_namespaces).', { since: '4.19' }],
  ['full', 1, 'return -ENOSPC', 'The limit is reached: ENOSPC.', 'A limit in this user namespace or in one above it is used up.', { since: '4.19' }],
  ['alloc', 0, 'ns = new uts_namespace', '{ns} is made, with a count of 1.', 'That one reference will be the slot of the new nsproxy.'],
  ['name', 0, 'ns->name = old_ns->name', '{ns} starts with the names of {old_ns}: host name {nodename}.', 'A new UTS namespace is a copy; later changes are separate.'],
  ['own', 0, 'ns->user_ns = get_user_ns(user_ns)', '{ns} is owned by {user_ns}.', 'Whether someone may change the host name is decided by capabilities in that user namespace.'],
  ['done', 0, 'return ns', '{ns} is complete.', 'copy_utsname() asked for it.'],
]);

function clone_uts_ns(k: Kernel, user_ns: user_namespace, old_ns: uts_namespace): uts_namespace | Err {
  k.enter(CLONE, { user_ns, old_ns });
  if (k.features.ucounts) k.at(CLONE.at.charge, { user_ns });
  const ucounts = inc_namespaces(k, user_ns, 'uts');
  if (typeof ucounts === 'number') {
    k.at(CLONE.at.full);
    return k.leave(CLONE, ucounts);
  }
  const ns = new uts_namespace(user_ns, old_ns.name);
  k.at(CLONE.at.alloc, { ns });
  k.trace.alloc(ns);
  ns_alloc_inum(k, ns);
  k.trace.write(ns, 'ucounts', ucounts);
  k.at(CLONE.at.name, { ns, old_ns, nodename: old_ns.name.nodename });
  get_user_ns(k, user_ns);
  k.at(CLONE.at.own, { ns, user_ns });
  k.at(CLONE.at.done, { ns });
  return k.leave(CLONE, ns);
}

export function get_uts_ns(k: Kernel, ns: uts_namespace): uts_namespace {
  return k.trace.get(ns);
}

export function put_uts_ns(k: Kernel, ns: uts_namespace): void {
  if (k.trace.put(ns)) free_uts_ns(k, ns);
}

const FREE = listing('free_uts_ns', 'kernel/utsname.c', [
  ['uncharge', 0, 'dec_ucount(ns->ucounts, UCOUNT_UTS_NAMESPACES)', 'The creator may make one more again.', '{ns} no longer counts against the limit.', { since: '4.19' }],
  ['owner', 0, 'put_user_ns(ns->user_ns)', '{ns} lets go of its owner {user_ns}.', 'A namespace keeps its owning user namespace alive only while it lives itself.'],
  ['inum', 0, 'proc_free_inum(ns)', '{ns} gives its inode number back.', 'Nothing can name it any more.', { since: '3.8' }],
  ['free', 0, 'free(ns)', '{ns} is gone.', 'Its last reference was dropped.'],
]);

function free_uts_ns(k: Kernel, ns: uts_namespace): void {
  k.enter(FREE, { ns });
  if (ns.ucounts) k.at(FREE.at.uncharge, { ns });
  dec_namespaces(k, ns.ucounts, 'uts');
  k.at(FREE.at.owner, { ns, user_ns: ns.user_ns });
  put_user_ns(k, ns.user_ns);
  if (ns.inum !== 0) k.at(FREE.at.inum, { ns });
  ns_free_inum(k, ns);
  k.at(FREE.at.free, { ns });
  k.trace.free(ns);
  k.leave(FREE, 0);
}

const INSTALL = listing('utsns_install', 'kernel/utsname.c', [
  ['capable', 0, 'if (!ns_capable(ns->user_ns, CAP_SYS_ADMIN) || !ns_capable(cred->user_ns, CAP_SYS_ADMIN)) return -EPERM', 'CAP_SYS_ADMIN is missing: EPERM.', 'Joining {ns} needs it in the owner of {ns} and in the own user namespace.'],
  ['set', 0, 'get_uts_ns(ns); put_uts_ns(nsproxy->uts_ns); nsproxy->uts_ns = ns', '{nsproxy} points to {ns}.', 'It replaces the UTS namespace that was there.'],
]);

/** Puts the namespace into the nsproxy that setns prepares. Errors: EPERM. */
export function utsns_install(k: Kernel, set: nsset, ns: uts_namespace): 0 | Err {
  k.enter(INSTALL, { ns });
  if (!ns_capable(k, ns.user_ns, CAP_SYS_ADMIN) || !ns_capable(k, set.cred.user_ns, CAP_SYS_ADMIN)) {
    k.at(INSTALL.at.capable, { ns });
    return k.leave(INSTALL, err('EPERM'));
  }
  k.at(INSTALL.at.set, { nsproxy: set.nsproxy, ns });
  get_uts_ns(k, ns);
  if (set.nsproxy.uts_ns) put_uts_ns(k, set.nsproxy.uts_ns);
  k.trace.write(set.nsproxy, 'uts_ns', ns);
  return k.leave(INSTALL, 0);
}
