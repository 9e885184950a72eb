import { cap_issubset } from './capability.ts';
import type { Err } from './errno.ts';
import { CLONE_NEWUSER, CLONE_THREAD, has } from './flags.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { Counted } from './object.ts';
import type { task_struct } from './task.ts';
import { alloc_ucounts, dec_rlimit_ucounts, get_ucounts, inc_rlimit_ucounts, put_ucounts } from './ucount.ts';
import type { ucounts } from './ucount.ts';
import { create_user_ns, get_user_ns, put_user_ns } from './user.ts';
import type { user_namespace } from './user.ts';
import { queue_work } from './work.ts';

/** A set of capabilities as a bit set: bit n is capability n (41 of them, so not a 32-bit integer). */
export type kernel_cap_t = bigint;

/**
 * Credentials. Never changed once a task uses them (a changed copy replaces them), except in `prepare_creds`' hands. Ids are
 * kernel-wide (kuid, kgid). A task counts twice: the kernel keeps two pointers, `cred` and `real_cred`, which here are always one.
 */
export class cred extends Counted {
  override readonly kind = 'cred';
  uid = 0; gid = 0; suid = 0; sgid = 0; euid = 0; egid = 0; fsuid = 0; fsgid = 0;
  securebits = 0;
  cap_inheritable: kernel_cap_t = 0n;
  cap_permitted: kernel_cap_t = 0n;
  cap_effective: kernel_cap_t = 0n;
  cap_bset: kernel_cap_t = 0n;
  cap_ambient: kernel_cap_t = 0n;
  group_info: readonly number[] = [];
  user_ns: user_namespace;
  /** Counters of (user_ns, uid); in versions before 5.14 those of the user (`struct user_struct`), that is of (init_user_ns, uid). */
  ucounts: ucounts | null = null;
  constructor(user_ns: user_namespace) {
    super();
    this.user_ns = user_ns;
  }
}

const PREPARE = listing('prepare_creds', 'kernel/cred.c', [
  ['copy', 0, 'new = copy of current->cred', '{new} starts as a copy of {old}.', 'Credentials in use never change: a changed copy replaces them.'],
  ['userns', 0, 'get_user_ns(new->user_ns)', '{user_ns} has one more reference.', 'Each set of credentials holds its user namespace.'],
  ['ucounts', 0, 'new->ucounts = get_ucounts(old->ucounts)', '{new} shares the counters of the user.', 'Processes are counted by user.'],
  ['done', 0, 'return new', 'The caller may now change {new}.', 'Nobody else knows it yet.'],
]);

/** A copy of the running task's credentials to change and then `commit_creds` or `abort_creds`. */
export function prepare_creds(k: Kernel): cred {
  const old = k.current.cred;
  k.enter(PREPARE, { old });
  const made = new cred(old.user_ns);
  made.uid = old.uid; made.gid = old.gid; made.suid = old.suid; made.sgid = old.sgid;
  made.euid = old.euid; made.egid = old.egid; made.fsuid = old.fsuid; made.fsgid = old.fsgid;
  made.securebits = old.securebits;
  made.cap_inheritable = old.cap_inheritable; made.cap_permitted = old.cap_permitted; made.cap_effective = old.cap_effective;
  made.cap_bset = old.cap_bset; made.cap_ambient = old.cap_ambient;
  made.group_info = old.group_info;
  made.ucounts = old.ucounts;
  k.at(PREPARE.at.copy, { new: made, old });
  k.trace.alloc(made);
  k.at(PREPARE.at.userns, { user_ns: made.user_ns });
  get_user_ns(k, made.user_ns);
  k.at(PREPARE.at.ucounts, { new: made });
  if (made.ucounts) get_ucounts(k, made.ucounts);
  k.at(PREPARE.at.done, { new: made });
  return k.leave(PREPARE, made);
}

/** Drops references of credentials; the last one frees them, a little later (RCU). */
export function put_cred(k: Kernel, of: cred, n = 1): void {
  if (k.trace.put(of, n)) queue_work(k, 'put_cred_rcu', of);
}

/** Throws away a copy that will not be used. */
export function abort_creds(k: Kernel, of: cred): void {
  put_cred(k, of);
}

export function put_cred_rcu(k: Kernel, of: cred): void {
  if (of.ucounts) put_ucounts(k, of.ucounts);
  put_user_ns(k, of.user_ns);
  k.trace.free(of);
}

const COMMIT = listing('commit_creds', 'kernel/cred.c', [
  ['test', 0, 'if (ids or user namespace changed, or capabilities were gained)', 'Did the task change into somebody else?', 'Those who could look into it before may not be allowed to now.'],
  ['dumpable', 1, 'mm->dumpable = suid_dumpable; pdeath_signal = 0', '{task} is not dumpable any more.', 'Its memory must not be read by those who were its equals.'],
  ['count', 0, 'if (the user changed) move the process from the old to the new counter', '{task} is counted as a process of kuid {uid} now.', 'RLIMIT_NPROC counts processes by user.'],
  ['set', 0, 'task->real_cred = task->cred = new', '{task} has the credentials {new} now.', '{call} prepared them.'],
  ['put', 0, 'put_cred(old); put_cred(old)', '{old} loses the two references of {task}.', 'Both pointers of the task, cred and real_cred, moved on.'],
]);

/** Makes prepared credentials the running task's. Takes over the caller's reference. */
export function commit_creds(k: Kernel, made: cred): 0 {
  const task = k.current;
  const old = task.cred;
  k.enter(COMMIT, { new: made });
  k.at(COMMIT.at.test);
  if (old.euid !== made.euid || old.egid !== made.egid || old.fsuid !== made.fsuid || old.fsgid !== made.fsgid || !cred_cap_issubset(k, old, made)) {
    k.at(COMMIT.at.dumpable, { task });
    if (task.mm) k.trace.write(task.mm, 'dumpable', 0);
    k.trace.write(task, 'pdeath_signal', 0);
  }
  k.trace.get(made);
  const moved = old.uid !== made.uid || old.user_ns !== made.user_ns;
  if (moved) {
    k.at(COMMIT.at.count, { task, uid: made.uid });
    if (made.ucounts) inc_rlimit_ucounts(k, made.ucounts, 'nproc', 1);
  }
  k.at(COMMIT.at.set, { task, new: made });
  k.trace.write(task, 'cred', made);
  if (moved && old.ucounts) dec_rlimit_ucounts(k, old.ucounts, 'nproc', 1);
  k.at(COMMIT.at.put, { task, old });
  put_cred(k, old, 2);
  return k.leave(COMMIT, 0);
}

/** Are these permitted capabilities no more than those? The creator of a user namespace has all in it, so entering it gains none. */
function cred_cap_issubset(k: Kernel, set: cred, subset: cred): boolean {
  if (!k.features.ns_capable || set.user_ns === subset.user_ns) return cap_issubset(subset.cap_permitted, set.cap_permitted);
  for (let ns = subset.user_ns; ns.parent; ns = ns.parent) {
    if (set.user_ns === ns.parent && ns.owner_uid === set.euid) return true;
  }
  return false;
}

const COPY = listing('copy_creds', 'kernel/cred.c', [
  ['thread', 0, 'if (clone_flags & CLONE_THREAD): get_cred(p->cred) twice, return 0', '{p} shares the credentials {cred}.', 'A thread belongs to the same user; the two references are its pointers cred and real_cred.'],
  ['prepare', 0, 'new = prepare_creds()', '{p} gets credentials of its own, a copy.', 'A new process may change its own later.'],
  ['user', 0, 'if (clone_flags & CLONE_NEWUSER): create_user_ns(new)', 'A user namespace is made for {p}.', '{call} was called with CLONE_NEWUSER.'],
  ['ucounts', 1, 'set_cred_ucounts(new)', 'The counters become those of the user in the new user namespace.', 'The user namespace of {new} changed.'],
  ['set', 0, 'p->cred = p->real_cred = get_cred(new)', '{new} belongs to {p}.', 'Both its pointers refer to it.'],
]);

/** Credentials of the task that clone makes. Errors: those of create_user_ns; EAGAIN. */
export function copy_creds(k: Kernel, p: task_struct, clone_flags: number): 0 | Err {
  k.enter(COPY, { p, clone_flags });
  if (has(clone_flags, CLONE_THREAD)) {
    k.at(COPY.at.thread, { p, cred: p.cred });
    k.trace.get(p.cred, 2);
    if (p.cred.ucounts) inc_rlimit_ucounts(k, p.cred.ucounts, 'nproc', 1);
    return k.leave(COPY, 0);
  }
  k.at(COPY.at.prepare, { p });
  const made = prepare_creds(k);
  if (has(clone_flags, CLONE_NEWUSER)) {
    k.at(COPY.at.user, { p });
    const failed = create_user_ns(k, made);
    if (failed) {
      put_cred(k, made);
      return k.leave(COPY, failed);
    }
    k.at(COPY.at.ucounts, { new: made });
    set_cred_ucounts(k, made);
  }
  k.at(COPY.at.set, { p, new: made });
  k.trace.get(made);
  k.trace.write(p, 'cred', made);
  if (made.ucounts) inc_rlimit_ucounts(k, made.ucounts, 'nproc', 1);
  return k.leave(COPY, 0);
}

/** Takes back what copy_creds counted, when the clone fails later; and what a task counted, when it is reaped (release_task). */
export function uncount_process(k: Kernel, task: task_struct): void {
  if (task.cred.ucounts) dec_rlimit_ucounts(k, task.cred.ucounts, 'nproc', 1);
}

/** A task_struct is freed: it lets go of its credentials. */
export function exit_creds(k: Kernel, task: task_struct): void {
  put_cred(k, task.cred, 2);
}

/** The counters of the credentials' user, anew after uid or user namespace changed. EAGAIN can not happen: counters cost nothing here. */
export function set_cred_ucounts(k: Kernel, of: cred): 0 {
  const old = of.ucounts;
  const ns = k.features.cred_ucounts ? of.user_ns : k.init_user_ns;
  if (old && old.ns === ns && old.uid === of.uid) return 0;
  k.trace.write(of, 'ucounts', alloc_ucounts(k, ns, of.uid));
  if (old) put_ucounts(k, old);
  return 0;
}

