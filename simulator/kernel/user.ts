import { CAP_SETFCAP, CAP_SYS_ADMIN, cap_full_set, cap_raised, ns_capable } from './capability.ts';
import { prepare_creds, put_cred, set_cred_ucounts } from './cred.ts';
import type { cred } from './cred.ts';
import { err, type Err } from './errno.ts';
import { CLONE_NEWUSER, has } from './flags.ts';
import { current_chrooted } from './fs_struct.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { ns_alloc_inum, ns_common, ns_free_inum } from './ns_common.ts';
import type { NsType } from './ns_common.ts';
import type { nsset } from './setns.ts';
import { Table } from './trace.ts';
import { RLIM_INFINITY, dec_namespaces, inc_namespaces } from './ucount.ts';
import type { UcountRlimit } from './ucount.ts';
import { kgid_has_mapping, kuid_has_mapping } from './uidgid.ts';
import { queue_work } from './work.ts';

/** Ids `first … first+count-1` of this namespace are the kernel-wide ids from `lower_first`. */
export interface uid_gid_extent { readonly first: number; readonly lower_first: number; readonly count: number }

export class user_namespace extends ns_common {
  override readonly kind = 'user';
  readonly parent: user_namespace | null;
  readonly level: number;
  /** kuid and kgid of the creator. */
  readonly owner_uid: number;
  readonly group: number;
  uid_map: readonly uid_gid_extent[] = [];
  gid_map: readonly uid_gid_extent[] = [];
  projid_map: readonly uid_gid_extent[] = [];
  /** USERNS_SETGROUPS_ALLOWED. */
  setgroups_allowed: boolean;
  /** The creator had CAP_SETFCAP when it made this: it may map id 0 of the parent. */
  parent_could_setfcap = false;
  readonly ucount_max = new Table<NsType, number>(this, 'ucount_max');
  /** What the creator's own limits were: those inside can not have more together. */
  readonly rlimit_max = new Table<UcountRlimit, number>(this, 'rlimit_max');
  constructor(parent: user_namespace | null, owner_uid: number, group: number, setgroups_allowed: boolean) {
    super();
    this.parent = parent;
    this.level = parent ? parent.level + 1 : 0;
    this.owner_uid = owner_uid;
    this.group = group;
    this.setgroups_allowed = setgroups_allowed;
  }
  override get owner(): user_namespace | null { return this.parent; }
}

/** Limit of namespaces of each type in a new user namespace. */
export const INT_MAX = 0x7fffffff;
const LIMITED: readonly NsType[] = ['user', 'pid', 'uts', 'ipc', 'net', 'mnt', 'cgroup', 'time'];
const RLIMIT_NPROC = 6;
const RLIMIT_MEMLOCK = 8;
const RLIMIT_SIGPENDING = 11;
const RLIMIT_MSGQUEUE = 12;

const CREATE = listing('create_user_ns', 'kernel/user_namespace.c', [
  ['level', 0, 'if (parent_ns->level > 32) return -ENOSPC', '{parent_ns} is {level} levels deep already.', 'User namespaces can be nested 33 deep: every test of a capability walks up.', { since: '4.19' }],
  ['charge', 0, 'ucounts = inc_user_namespaces(parent_ns, euid)', 'One user namespace is charged to the creator.', 'Each user may make only so many (user.max_user_namespaces).', { since: '4.19' }],
  ['full', 1, 'return -ENOSPC', 'The limit is reached: ENOSPC.', 'A limit in {parent_ns} or above is used up.', { since: '4.19' }],
  ['chroot', 0, 'if (current_chrooted()) return -EPERM', 'The caller is in a chroot: EPERM.', 'With the capabilities of a new user namespace it could leave the chroot.'],
  ['mapped', 0, 'if (euid or egid has no mapping in parent_ns) return -EPERM', 'The caller has no id of its own in {parent_ns}: EPERM.', 'The namespace needs an owner that {parent_ns} can name.'],
  ['alloc', 0, 'ns = new user_namespace', '{ns} is made, with a count of 1.', 'That one reference will be the one of the credentials.'],
  ['parent', 0, 'ns->parent = parent_ns; level + 1; owner = euid; group = egid', '{ns} is a child of {parent_ns}, owned by kuid {owner}.', 'It takes over the reference that {new} had on {parent_ns}.'],
  ['limits', 0, 'ns->ucount_max[*] = INT_MAX; setgroups as in parent_ns', '{ns} starts without limits of its own.', 'Limits of the namespaces above go on counting.', { since: '4.19' }],
  ['caps', 0, 'set_cred_user_ns(new, ns)', '{new} gets every capability, in {ns}.', 'The first process of a user namespace must be able to set it up. They count only for what {ns} owns.'],
  ['done', 0, 'return 0', '{ns} is complete.', 'Its ids show as 65534 until uid_map and gid_map are written.'],
]);

/** Makes a user namespace below that of `made` and puts `made` into it. No capability needed. Errors: ENOSPC, EPERM. */
export function create_user_ns(k: Kernel, made: cred): 0 | Err {
  const parent_ns = made.user_ns;
  k.enter(CREATE, { new: made });
  const { user_ns_level, ucounts: counted } = k.features;
  if (user_ns_level !== null && parent_ns.level > user_ns_level) {
    k.at(CREATE.at.level, { parent_ns, level: parent_ns.level });
    return k.leave(CREATE, err('ENOSPC'));
  }
  if (counted) k.at(CREATE.at.charge, { parent_ns });
  const ucounts = inc_namespaces(k, parent_ns, 'user');
  if (typeof ucounts === 'number') {
    k.at(CREATE.at.full, { parent_ns });
    return k.leave(CREATE, ucounts);
  }
  const refused = current_chrooted(k) ? CREATE.at.chroot
    : !kuid_has_mapping(parent_ns, made.euid) || !kgid_has_mapping(parent_ns, made.egid) ? CREATE.at.mapped : null;
  if (refused) {
    k.at(refused, { parent_ns });
    dec_namespaces(k, ucounts, 'user');
    return k.leave(CREATE, err('EPERM'));
  }
  const ns = new user_namespace(parent_ns, made.euid, made.egid, parent_ns.setgroups_allowed);
  ns.parent_could_setfcap = cap_raised(made.cap_effective, CAP_SETFCAP);
  k.at(CREATE.at.alloc, { ns });
  k.trace.alloc(ns);
  ns_alloc_inum(k, ns);
  k.at(CREATE.at.parent, { ns, parent_ns, new: made, owner: made.euid });
  k.trace.write(ns, 'ucounts', ucounts);
  if (counted) k.at(CREATE.at.limits, { ns });
  for (const type of LIMITED) k.trace.insert(ns.ucount_max, type, INT_MAX);
  set_userns_rlimits(k, ns);
  k.at(CREATE.at.caps, { new: made, ns });
  set_cred_user_ns(k, made, ns);
  k.at(CREATE.at.done, { ns });
  return k.leave(CREATE, 0);
}

/** What the creator may have at most becomes the most that all inside may have together. RLIMIT_NPROC does not bind the initial root. */
function set_userns_rlimits(k: Kernel, ns: user_namespace): void {
  const { cred: creator, signal } = k.current;
  const limit = (resource: number): number => signal.rlimit.get(resource)?.cur ?? RLIM_INFINITY;
  const enforced = creator.uid !== 0 || creator.user_ns !== k.init_user_ns;
  k.trace.insert(ns.rlimit_max, 'nproc', enforced ? limit(RLIMIT_NPROC) : RLIM_INFINITY);
  k.trace.insert(ns.rlimit_max, 'msgqueue', limit(RLIMIT_MSGQUEUE));
  k.trace.insert(ns.rlimit_max, 'sigpending', limit(RLIMIT_SIGPENDING));
  k.trace.insert(ns.rlimit_max, 'memlock', limit(RLIMIT_MEMLOCK));
}

/** Puts credentials into a user namespace: every capability there, nothing inheritable, securebits as at boot. Moves no reference. */
function set_cred_user_ns(k: Kernel, made: cred, user_ns: user_namespace): void {
  const full = cap_full_set(k);
  k.trace.write(made, 'securebits', 0);
  k.trace.write(made, 'cap_inheritable', 0n);
  k.trace.write(made, 'cap_permitted', full);
  k.trace.write(made, 'cap_effective', full);
  k.trace.write(made, 'cap_ambient', 0n);
  k.trace.write(made, 'cap_bset', full);
  k.trace.write(made, 'user_ns', user_ns);
}

const UNSHARE = listing('unshare_userns', 'kernel/user_namespace.c', [
  ['test', 0, 'if (!(unshare_flags & CLONE_NEWUSER)) return 0', 'Is a new user namespace wanted?', '{call} was called {with} CLONE_NEWUSER.'],
  ['creds', 0, 'cred = prepare_creds()', 'The new user namespace goes into a copy of the credentials.', 'They replace the old ones only if all else succeeds.'],
  ['create', 0, 'err = create_user_ns(cred)', 'A user namespace is made.', 'unshare() was called with CLONE_NEWUSER.'],
  ['done', 0, 'return err', 'The caller gets credentials {cred} in the new user namespace.', 'They are committed last.'],
]);

/** Credentials in a new user namespace for unshare; null when none is wanted. */
export function unshare_userns(k: Kernel, unshare_flags: number): cred | null | Err {
  k.enter(UNSHARE, { unshare_flags });
  k.at(UNSHARE.at.test, { unshare_flags });
  if (!has(unshare_flags, CLONE_NEWUSER)) return k.leave(UNSHARE, null);
  k.at(UNSHARE.at.creds);
  const made = prepare_creds(k);
  k.at(UNSHARE.at.create);
  const failed = create_user_ns(k, made);
  if (failed) {
    put_cred(k, made);
    return k.leave(UNSHARE, failed);
  }
  k.at(UNSHARE.at.done, { cred: made });
  return k.leave(UNSHARE, made);
}

export function get_user_ns(k: Kernel, ns: user_namespace): user_namespace {
  return k.trace.get(ns);
}

export function put_user_ns(k: Kernel, ns: user_namespace): void {
  if (k.trace.put(ns)) __put_user_ns(k, ns);
}

const PUT = listing('__put_user_ns', 'kernel/user_namespace.c', [
  ['queue', 0, 'schedule_work(&ns->work)', 'A kernel worker will free {ns}.', 'No credentials, no owned namespace and no child refer to it any more; freeing can take a while, so another thread does it.'],
]);

function __put_user_ns(k: Kernel, ns: user_namespace): void {
  k.enter(PUT, { ns });
  k.at(PUT.at.queue, { ns });
  queue_work(k, 'free_user_ns', ns);
  k.leave(PUT, 0);
}

const FREE = listing('free_user_ns', 'kernel/user_namespace.c', [
  ['inum', 0, 'ns_free_inum(ns)', '{ns} gives its inode number back.', 'Nothing can name it any more.'],
  ['free', 0, 'free(ns)', '{ns} is gone.', 'Its last reference was dropped.'],
  ['uncharge', 0, 'dec_user_namespaces(ucounts)', 'The creator may make one more again.', 'The namespace no longer counts against the limit.'],
  ['parent', 0, 'ns = parent; go on if this was its last reference', '{parent} loses the reference of its child.', 'A parent lives at least as long as its children.'],
]);

export function free_user_ns(k: Kernel, ns: user_namespace): void {
  k.enter(FREE, { ns });
  let at: user_namespace | null = ns;
  while (at) {
    const { parent, ucounts }: user_namespace = at;
    k.at(FREE.at.inum, { ns: at });
    ns_free_inum(k, at);
    k.at(FREE.at.free, { ns: at });
    k.trace.free(at);
    k.at(FREE.at.uncharge);
    dec_namespaces(k, ucounts, 'user');
    k.at(FREE.at.parent, { parent });
    at = parent && k.trace.put(parent) ? parent : null;
  }
  k.leave(FREE, 0);
}

/** Is `child` this namespace or below it? */
export function in_userns(ancestor: user_namespace, child: user_namespace): boolean {
  let at: user_namespace | null = child;
  while (at && at.level > ancestor.level) at = at.parent;
  return at === ancestor;
}

const INSTALL = listing('userns_install', 'kernel/user_namespace.c', [
  ['same', 0, 'if (user_ns == current_user_ns()) return -EINVAL', 'The task is in {ns} already: EINVAL.', 'Entering again would give back capabilities that were dropped.'],
  ['threads', 0, 'if (the thread group has more than one thread) return -EINVAL', 'The process has several threads: EINVAL.', 'All threads of a process are in one user namespace.'],
  ['fs', 0, 'if (current->fs->users != 1) return -EINVAL', 'Root and working directory are shared with another process: EINVAL.', 'A process of another user namespace could chroot this one.'],
  ['capable', 0, 'if (!ns_capable(user_ns, CAP_SYS_ADMIN)) return -EPERM', 'The caller lacks CAP_SYS_ADMIN in {ns}: EPERM.', 'Only its owner (from the parent), or somebody with the capability above, may enter.'],
  ['set', 0, 'put_user_ns(cred->user_ns); set_cred_user_ns(cred, get_user_ns(user_ns))', '{cred} moves to {ns}, with every capability there.', 'Who may enter a user namespace may do all in it.'],
  ['ucounts', 0, 'set_cred_ucounts(cred)', 'The counters become those of the user in {ns}.', 'Processes are counted in each user namespace.', { since: '6.1' }],
]);

export function userns_install(k: Kernel, set: nsset, ns: user_namespace): 0 | Err {
  k.enter(INSTALL, { ns });
  const { cred: own, signal, fs } = k.current;
  const [line, failed] = ns === own.user_ns ? [INSTALL.at.same, err('EINVAL')] as const
    : signal.threads.size > 1 ? [INSTALL.at.threads, err('EINVAL')] as const
      : fs && fs.count !== 1 ? [INSTALL.at.fs, err('EINVAL')] as const
        : !ns_capable(k, ns, CAP_SYS_ADMIN) ? [INSTALL.at.capable, err('EPERM')] as const : [null, 0] as const;
  if (line) {
    k.at(line, { ns });
    return k.leave(INSTALL, failed);
  }
  const made = set.cred;
  k.at(INSTALL.at.set, { cred: made, ns });
  put_user_ns(k, made.user_ns);
  set_cred_user_ns(k, made, get_user_ns(k, ns));
  if (k.features.cred_ucounts) {
    k.at(INSTALL.at.ucounts, { ns });
    set_cred_ucounts(k, made);
  }
  return k.leave(INSTALL, 0);
}
