import { CAP_SYS_ADMIN, capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import {
  CLONE_FILES, CLONE_FS, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWUSER, CLONE_NEWUTS, CLONE_SIGHAND, CLONE_SYSVSEM, CLONE_THREAD, CLONE_VM,
  has, only,
} from './flags.ts';
import { copy_ipcs, put_ipc_ns } from './ipc.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import type { ListingLine } from './listing.ts';
import { copy_mnt_ns, put_mnt_ns } from './mnt.ts';
import { copy_net_ns } from './net.ts';
import { get_nsproxy, nsproxy, nsproxy_of, put_nsproxy } from './nsproxy.ts';
import { copy_pid_ns, put_pid_ns } from './pid.ts';
import type { fs_struct, task_struct } from './task.ts';
import { plus } from './unshare.ts';
import type { UnshareRules } from './unshare.ts';
import { get_user_ns, put_user_ns, user_namespace } from './user.ts';
import { copy_utsname, put_uts_ns } from './uts.ts';

// 2.6.24: the nsproxy holds the user namespace too. Capabilities are global; a user namespace has its own counters of users and no
// ids of its own; nothing limits or numbers namespaces; there is no setns.

const ERA = { until: '2.6.24' } as const;

const COPY = listing('copy_namespaces', 'kernel/nsproxy.c', [
  ['get', 0, 'get_nsproxy(old_ns)', '{old_ns} has one more reference.', 'In most cases {p} will share it.', ERA],
  ['none', 0, 'if (!(flags & (CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET))) return 0', 'Does {p} get a namespace of its own?', '{call} was called {with} such a flag.', ERA],
  ['capable', 0, 'if (!capable(CAP_SYS_ADMIN)) err = -EPERM', 'The caller has no CAP_SYS_ADMIN: EPERM.', 'Every kind of namespace needs it in this version, user namespaces too.', ERA],
  ['create', 0, 'else new_ns = create_new_namespaces(flags, p, p->fs)', 'A new nsproxy is made for {p}.', 'At least one of its namespaces differs from those of the parent.', ERA],
  ['set', 1, 'p->nsproxy = new_ns', '{p} points to {new_ns}.', 'The nsproxy of the parent is untouched.', ERA],
  ['put', 0, 'put_nsproxy(old_ns)', 'The reference taken first is given back.', '{p} does not use {old_ns}.', ERA],
]);

const WANTED = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

export function copy_namespaces_2_6_24(k: Kernel, flags: number, p: task_struct): 0 | Err {
  const old_ns = nsproxy_of(p);
  k.enter(COPY, { flags, p });
  k.at(COPY.at.get, { p, old_ns });
  get_nsproxy(k, old_ns);
  k.at(COPY.at.none, { p });
  if (!has(flags, WANTED)) return k.leave(COPY, 0);
  let failed: 0 | Err = 0;
  if (!capable(k, CAP_SYS_ADMIN)) {
    k.at(COPY.at.capable);
    failed = err('EPERM');
  } else {
    k.at(COPY.at.create, { p });
    const new_ns = create_new_namespaces_2_6_24(k, flags, p, p.fs);
    if (isErr(new_ns)) failed = new_ns;
    else {
      k.at(COPY.at.set, { p, new_ns });
      k.trace.write(p, 'nsproxy', new_ns);
    }
  }
  k.at(COPY.at.put, { p, old_ns });
  put_nsproxy(k, old_ns);
  return k.leave(COPY, failed);
}

const CREATE = listing('create_new_namespaces', 'kernel/nsproxy.c', [
  ['clone', 0, 'new_nsp = clone_nsproxy(tsk->nsproxy)', '{new_nsp} is made: a byte copy of {old}, with a count of 1.', 'Its slots point to the same namespaces, but hold no reference to them yet.', ERA],
  ['mnt', 0, 'new_nsp->mnt_ns = copy_mnt_ns(flags, old->mnt_ns, new_fs)', 'The mount namespace comes first.', 'It is shared or copied, as CLONE_NEWNS says.', ERA],
  ['uts', 0, 'new_nsp->uts_ns = copy_utsname(flags, old->uts_ns)', 'Then the UTS namespace.', 'It is shared or copied, as CLONE_NEWUTS says.', ERA],
  ['ipc', 0, 'new_nsp->ipc_ns = copy_ipcs(flags, old->ipc_ns)', 'Then the ipc namespace.', 'It is shared or made empty, as CLONE_NEWIPC says.', ERA],
  ['pid', 0, 'new_nsp->pid_ns = copy_pid_ns(flags, task_active_pid_ns(tsk))', 'Then the pid namespace.', 'It is shared or made, as CLONE_NEWPID says.', ERA],
  ['user', 0, 'new_nsp->user_ns = copy_user_ns(flags, old->user_ns)', 'Then the user namespace.', 'It is shared or made, as CLONE_NEWUSER says.', ERA],
  ['net', 0, 'new_nsp->net_ns = copy_net_ns(flags, old->net_ns)', 'Last the net namespace.', 'It is shared or made, as CLONE_NEWNET says.', ERA],
  ['failed', 0, 'on an error: put what was taken, in reverse, and free new_nsp', 'One could not be had: what was taken so far is given back.', 'Nothing of the caller was changed.', ERA],
  ['done', 0, 'return new_nsp', '{new_nsp} is complete.', 'Whoever asked for it decides what to do with it.', ERA],
]);

/** A byte copy of the old nsproxy, whose slots are then filled anew one by one: mnt, uts, ipc, pid, user, net. */
export function create_new_namespaces_2_6_24(k: Kernel, flags: number, tsk: task_struct, new_fs: fs_struct | null): nsproxy | Err {
  const old = nsproxy_of(tsk);
  const { uts_ns, ipc_ns, user_ns, net_ns, pid_ns_for_children } = old;
  if (!uts_ns || !ipc_ns || !user_ns || !net_ns || !pid_ns_for_children) throw new Error('an nsproxy in use lacks a namespace');
  k.enter(CREATE, { flags, tsk });
  const { at } = CREATE;
  const made = new nsproxy();
  Object.assign(made, { uts_ns, ipc_ns, user_ns, net_ns, mnt_ns: old.mnt_ns, pid_ns_for_children });
  k.at(at.clone, { new_nsp: made, old });
  k.trace.alloc(made);
  const owner = k.init_user_ns;
  const taken: (() => void)[] = [];
  /** Fills one slot; false when it failed, and then everything is undone. */
  let failed: 0 | Err = 0;
  const slot = <F extends 'mnt_ns' | 'uts_ns' | 'ipc_ns' | 'pid_ns_for_children' | 'user_ns' | 'net_ns'>(line: ListingLine, field: F, copy: () => nsproxy[F] | Err, put: (ns: NonNullable<nsproxy[F]>) => void): void => {
    if (failed) return;
    k.at(line);
    const ns = copy();
    if (isErr(ns)) {
      failed = ns;
      return;
    }
    k.trace.write(made, field, ns);
    if (ns !== null) taken.push(() => put(ns));
  };
  slot(at.mnt, 'mnt_ns', () => copy_mnt_ns(k, flags, old.mnt_ns, owner, new_fs), (ns) => put_mnt_ns(k, ns));
  slot(at.uts, 'uts_ns', () => copy_utsname(k, flags, owner, uts_ns), (ns) => put_uts_ns(k, ns));
  slot(at.ipc, 'ipc_ns', () => copy_ipcs(k, flags, owner, ipc_ns), (ns) => put_ipc_ns(k, ns));
  slot(at.pid, 'pid_ns_for_children', () => copy_pid_ns(k, flags, owner, pid_ns_for_children), (ns) => put_pid_ns(k, ns));
  slot(at.user, 'user_ns', () => copy_user_ns(k, flags, user_ns), (ns) => put_user_ns(k, ns));
  slot(at.net, 'net_ns', () => copy_net_ns(k, flags, owner, net_ns), () => undefined);
  if (failed) {
    k.at(at.failed);
    for (const put of taken.reverse()) put();
    k.trace.free(made);
    return k.leave(CREATE, failed);
  }
  k.at(at.done, { new_nsp: made });
  return k.leave(CREATE, made);
}

const USER = listing('copy_user_ns', 'kernel/user_namespace.c', [
  ['get', 0, 'get_user_ns(old_ns)', '{old_ns} is held while it may be copied.', 'Another thread could drop the last reference in the meantime.', ERA],
  ['test', 0, 'if (!(flags & CLONE_NEWUSER)) return old_ns', 'Is a new user namespace wanted?', '{call} was called {with} CLONE_NEWUSER.', ERA],
  ['clone', 0, 'new_ns = clone_user_ns(old_ns)', '{new_ns} is made: it counts the processes of each user separately.', 'That is all a user namespace does in this version: ids and capabilities are those of the whole machine.', ERA],
  ['put', 0, 'put_user_ns(old_ns)', 'The reference held on {old_ns} is dropped.', 'The new nsproxy points to the new one.', ERA],
]);

/** The user namespace for a new nsproxy. Never fails. */
export function copy_user_ns(k: Kernel, flags: number, old_ns: user_namespace): user_namespace {
  k.enter(USER, { flags, old_ns });
  k.at(USER.at.get, { old_ns });
  get_user_ns(k, old_ns);
  k.at(USER.at.test);
  if (!has(flags, CLONE_NEWUSER)) return k.leave(USER, old_ns);
  const { euid, egid } = k.current.cred;
  const new_ns = new user_namespace(null, euid, egid, true);
  k.at(USER.at.clone, { new_ns });
  k.trace.alloc(new_ns);
  k.at(USER.at.put, { old_ns });
  put_user_ns(k, old_ns);
  return k.leave(USER, new_ns);
}

/** THREAD implies VM, VM implies SIGHAND; a SIGHAND that is shared implies THREAD, and THREAD is always refused, as SYSVSEM is. No NEWPID. */
export const unshare_rules_2_6_24: UnshareRules = {
  implied: (k, given) => {
    let flags = given;
    if (has(flags, CLONE_THREAD)) flags = plus(flags, CLONE_VM);
    if (has(flags, CLONE_VM)) flags = plus(flags, CLONE_SIGHAND);
    if (has(flags, CLONE_SIGHAND) && k.current.signal.threads.size > 1) flags = plus(flags, CLONE_THREAD);
    if (has(flags, CLONE_NEWNS)) flags = plus(flags, CLONE_FS);
    return flags;
  },
  check: (k, flags) => {
    const { sighand, mm } = k.current;
    const known = CLONE_THREAD | CLONE_FS | CLONE_NEWNS | CLONE_SIGHAND | CLONE_VM | CLONE_FILES | CLONE_SYSVSEM | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWNET;
    const possible = only(flags, known) && !has(flags, CLONE_THREAD | CLONE_SYSVSEM)
      && !(has(flags, CLONE_SIGHAND) && sighand && sighand.count > 1) && !(has(flags, CLONE_VM) && mm && mm.count > 1);
    return possible ? 0 : err('EINVAL');
  },
};
