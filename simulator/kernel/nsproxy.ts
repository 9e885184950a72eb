import { CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { copy_cgroup_ns, put_cgroup_ns } from './cgroup.ts';
import type { cgroup_namespace } from './cgroup.ts';
import { copy_namespaces_2_6_24, create_new_namespaces_2_6_24 } from './era-2.6.24.ts';
import { copy_namespaces_3_8 } from './era-3.8.ts';
import { err, isErr, type Err } from './errno.ts';
import { CLONE_NEWIPC, CLONE_SYSVSEM, CLONE_VM, NSPROXY_FLAGS, has } from './flags.ts';
import { copy_ipcs, put_ipc_ns } from './ipc.ts';
import type { ipc_namespace } from './ipc.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { copy_mnt_ns, put_mnt_ns } from './mnt.ts';
import type { mnt_namespace } from './mnt.ts';
import { copy_net_ns, put_net } from './net.ts';
import type { net } from './net.ts';
import { Counted } from './object.ts';
import { copy_pid_ns, put_pid_ns } from './pid.ts';
import type { pid_namespace } from './pid.ts';
import type { fs_struct, task_struct } from './task.ts';
import { copy_time_ns, get_time_ns, put_time_ns, timens_on_fork } from './time.ts';
import type { time_namespace } from './time.ts';
import { put_user_ns } from './user.ts';
import type { user_namespace } from './user.ts';
import { copy_utsname, put_uts_ns } from './uts.ts';
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

export function get_nsproxy(k: Kernel, ns: nsproxy): nsproxy {
  return k.trace.get(ns);
}

/** Drops a reference; the last one frees the nsproxy with its references. */
export function put_nsproxy(k: Kernel, ns: nsproxy): void {
  if (k.trace.put(ns)) free_nsproxy(k, ns);
}

const COPY = listing('copy_namespaces', 'kernel/nsproxy.c', [
  ['none', 0, 'if (!(flags & (CLONE_NEWNS | CLONE_NEWUTS | … )))', 'Does {p} get a namespace of its own?', '{call} was called {with} flags for namespaces that hang on the nsproxy. CLONE_NEWUSER is not among them.'],
  ['time', 1, 'if (old_ns->time_ns_for_children == old_ns->time_ns)', 'Is the time namespace for children the one in use?', 'After unshare(CLONE_NEWTIME) they differ, and a child has to move; a child that shares the memory of its parent stays.', { since: '5.7' }],
  ['share', 2, 'get_nsproxy(old_ns); return 0', '{p} shares {old_ns}: its count goes up by one.', 'No new namespace is wanted, so one nsproxy serves them both.'],
  ['capable', 0, 'else if (!ns_capable(user_ns, CAP_SYS_ADMIN)) return -EPERM', 'The caller has no CAP_SYS_ADMIN in {user_ns}: EPERM.', 'Making namespaces other than user namespaces needs it there.'],
  ['sysvsem', 0, 'if ((flags & CLONE_NEWIPC) && (flags & CLONE_SYSVSEM)) return -EINVAL', 'CLONE_NEWIPC and CLONE_SYSVSEM together: EINVAL.', 'A list of semaphores to undo can not be shared across ipc namespaces.'],
  ['create', 0, 'new_ns = create_new_namespaces(flags, p, user_ns, p->fs)', 'A new nsproxy is made for {p}.', 'At least one of its namespaces differs from those of the parent.'],
  ['failed', 1, 'return PTR_ERR(new_ns)', 'It could not be made.', 'Nothing is left of it.'],
  ['enter', 0, 'timens_on_fork(new_ns, p)', '{p} enters the time namespace for children.', 'A time namespace begins with a new process, as its clocks must not jump.', { since: '5.7' }],
  ['set', 0, 'p->nsproxy = new_ns', '{p} points to {new_ns}.', 'The nsproxy of the parent is untouched.'],
  ['done', 0, 'return 0', '{p} has its namespaces.', 'copy_process() goes on.'],
]);

/**
 * Namespaces of the task that clone makes (KERNEL.md 4.5). `p` points to the nsproxy of its parent and holds no reference yet.
 * Errors: EPERM, EINVAL, ENOSPC.
 */
export function copy_namespaces(k: Kernel, flags: number, p: task_struct): 0 | Err {
  if (k.features.user_ns_in_nsproxy) return copy_namespaces_2_6_24(k, flags, p);
  if (k.version === '3.8') return copy_namespaces_3_8(k, flags, p);
  const old_ns = nsproxy_of(p);
  const { user_ns } = p.cred;
  k.enter(COPY, { flags, p });
  k.at(COPY.at.none, { p, flags });
  const timed = k.features.types.includes('time');
  if (!has(flags, NSPROXY_FLAGS)) {
    if (timed) k.at(COPY.at.time, { old_ns });
    if (old_ns.time_ns_for_children === old_ns.time_ns || (has(flags, CLONE_VM) && k.features.exec_enters_time_ns)) {
      k.at(COPY.at.share, { p, old_ns });
      get_nsproxy(k, old_ns);
      return k.leave(COPY, 0);
    }
  } else if (!ns_capable(k, user_ns, CAP_SYS_ADMIN)) {
    k.at(COPY.at.capable, { user_ns });
    return k.leave(COPY, err('EPERM'));
  }
  if (has(flags, CLONE_NEWIPC) && has(flags, CLONE_SYSVSEM)) {
    k.at(COPY.at.sysvsem);
    return k.leave(COPY, err('EINVAL'));
  }
  k.at(COPY.at.create, { p });
  const new_ns = create_new_namespaces(k, flags, p, user_ns, p.fs);
  if (isErr(new_ns)) {
    k.at(COPY.at.failed);
    return k.leave(COPY, new_ns);
  }
  if (timed && !(has(flags, CLONE_VM) && k.features.exec_enters_time_ns)) {
    k.at(COPY.at.enter, { p });
    timens_on_fork(k, new_ns, p);
  }
  k.at(COPY.at.set, { p, new_ns });
  k.trace.write(p, 'nsproxy', new_ns);
  k.at(COPY.at.done, { p });
  return k.leave(COPY, 0);
}

/** The nsproxy of a task that is not exiting. */
export function nsproxy_of(task: task_struct): nsproxy {
  if (!task.nsproxy) throw new Error(`task ${task.id} has no nsproxy`);
  return task.nsproxy;
}

const CREATE = listing('create_new_namespaces', 'kernel/nsproxy.c', [
  ['alloc', 0, 'new_nsp = create_nsproxy()', '{new_nsp} is made, with a count of 1 and all slots empty.', 'The namespaces are filled in one by one.'],
  ['mnt', 0, 'new_nsp->mnt_ns = copy_mnt_ns(flags, old->mnt_ns, user_ns, new_fs)', 'The mount namespace comes first.', 'It is shared or copied, as CLONE_NEWNS says.'],
  ['mnt_put', 1, 'goto out_ns', 'No mount namespace could be had: the unfinished nsproxy is thrown away.', 'Nothing else was taken yet.'],
  ['uts', 0, 'new_nsp->uts_ns = copy_utsname(flags, user_ns, old->uts_ns)', 'Then the UTS namespace.', 'It is shared or copied, as CLONE_NEWUTS says.'],
  ['uts_put', 1, 'goto out_uts', 'No UTS namespace could be had.', 'What was taken so far is given back in reverse.'],
  ['ipc', 0, 'new_nsp->ipc_ns = copy_ipcs(flags, user_ns, old->ipc_ns)', 'Then the ipc namespace.', 'It is shared or made empty, as CLONE_NEWIPC says.'],
  ['ipc_put', 1, 'goto out_ipc', 'No ipc namespace could be had.', 'What was taken so far is given back in reverse.'],
  ['pid', 0, 'new_nsp->pid_ns_for_children = copy_pid_ns(flags, user_ns, old->pid_ns_for_children)', 'Then the pid namespace in which children will live.', 'It is shared or made, as CLONE_NEWPID says.'],
  ['pid_put', 1, 'goto out_pid', 'No pid namespace could be had.', 'What was taken so far is given back in reverse.'],
  ['cgroup', 0, 'new_nsp->cgroup_ns = copy_cgroup_ns(flags, user_ns, old->cgroup_ns)', 'Then the cgroup namespace.', 'It is shared or made, as CLONE_NEWCGROUP says.', { since: '4.19' }],
  ['cgroup_put', 1, 'goto out_cgroup', 'No cgroup namespace could be had.', 'What was taken so far is given back in reverse.', { since: '4.19' }],
  ['net', 0, 'new_nsp->net_ns = copy_net_ns(flags, user_ns, old->net_ns)', 'Then the net namespace.', 'It is shared or made, as CLONE_NEWNET says.'],
  ['net_put', 1, 'goto out_net', 'No net namespace could be had.', 'What was taken so far is given back in reverse.'],
  ['time', 0, 'new_nsp->time_ns_for_children = copy_time_ns(flags, user_ns, old->time_ns_for_children)', 'Last the time namespace for children.', 'It is shared or made, as CLONE_NEWTIME says.', { since: '5.7' }],
  ['time_put', 1, 'goto out_time', 'No time namespace could be had.', 'What was taken so far is given back in reverse.', { since: '5.7' }],
  ['time_own', 0, 'new_nsp->time_ns = get_time_ns(old->time_ns)', 'The time namespace in use stays {time_ns}.', 'Clocks of a running task do not change.', { since: '5.7' }],
  ['done', 0, 'return new_nsp', '{new_nsp} is complete.', 'Whoever asked for it decides what to do with it.'],
]);

/**
 * A new nsproxy of count 1: each namespace of `tsk` shared, or made anew if `flags` say so (KERNEL.md 4.6). Nothing of `tsk` changes.
 * `new_fs`: root and working directory to move along into a copied mount namespace. Errors: of the first part that fails; all is undone.
 */
export function create_new_namespaces(k: Kernel, flags: number, tsk: task_struct, user_ns: user_namespace, new_fs: fs_struct | null): nsproxy | Err {
  if (k.features.user_ns_in_nsproxy) return create_new_namespaces_2_6_24(k, flags, tsk, new_fs);
  const old = nsproxy_of(tsk);
  k.enter(CREATE, { flags, tsk, user_ns });
  const made = new nsproxy();
  k.at(CREATE.at.alloc, { new_nsp: made });
  k.trace.alloc(made);
  const failed = fill(k, made, old, flags, user_ns, new_fs);
  if (failed) return k.leave(CREATE, failed);
  k.at(CREATE.at.done, { new_nsp: made });
  return k.leave(CREATE, made);
}

function fill(k: Kernel, made: nsproxy, old: nsproxy, flags: number, user_ns: user_namespace, new_fs: fs_struct | null): 0 | Err {
  const { at } = CREATE;
  k.at(at.mnt, { flags });
  const mnt_ns = copy_mnt_ns(k, flags, old.mnt_ns, user_ns, new_fs);
  if (isErr(mnt_ns)) return undo(k, made, at.mnt_put, mnt_ns);
  k.trace.write(made, 'mnt_ns', mnt_ns);
  k.at(at.uts, { flags });
  const uts_ns = copy_utsname(k, flags, user_ns, present(old.uts_ns));
  if (isErr(uts_ns)) return undo(k, made, at.uts_put, uts_ns);
  k.trace.write(made, 'uts_ns', uts_ns);
  k.at(at.ipc, { flags });
  const ipc_ns = copy_ipcs(k, flags, user_ns, present(old.ipc_ns));
  if (isErr(ipc_ns)) return undo(k, made, at.ipc_put, ipc_ns);
  k.trace.write(made, 'ipc_ns', ipc_ns);
  k.at(at.pid, { flags });
  const pid_ns = copy_pid_ns(k, flags, user_ns, present(old.pid_ns_for_children));
  if (isErr(pid_ns)) return undo(k, made, at.pid_put, pid_ns);
  k.trace.write(made, 'pid_ns_for_children', pid_ns);
  if (old.cgroup_ns) {
    k.at(at.cgroup, { flags });
    const cgroup_ns = copy_cgroup_ns(k, flags, user_ns, old.cgroup_ns);
    if (isErr(cgroup_ns)) return undo(k, made, at.cgroup_put, cgroup_ns);
    k.trace.write(made, 'cgroup_ns', cgroup_ns);
  }
  k.at(at.net, { flags });
  const net_ns = copy_net_ns(k, flags, user_ns, present(old.net_ns));
  if (isErr(net_ns)) return undo(k, made, at.net_put, net_ns);
  k.trace.write(made, 'net_ns', net_ns);
  if (old.time_ns && old.time_ns_for_children) {
    k.at(at.time, { flags });
    const time_ns = copy_time_ns(k, flags, user_ns, old.time_ns_for_children);
    if (isErr(time_ns)) return undo(k, made, at.time_put, time_ns);
    k.trace.write(made, 'time_ns_for_children', time_ns);
    k.at(at.time_own, { time_ns: old.time_ns });
    k.trace.write(made, 'time_ns', get_time_ns(k, old.time_ns));
  }
  return 0;
}

/** Gives back, in reverse, what the unfinished nsproxy holds. */
function undo(k: Kernel, made: nsproxy, line: Parameters<Kernel['at']>[0], failed: Err): Err {
  k.at(line);
  if (made.net_ns) put_net(k, made.net_ns);
  if (made.cgroup_ns) put_cgroup_ns(k, made.cgroup_ns);
  if (made.pid_ns_for_children) put_pid_ns(k, made.pid_ns_for_children);
  if (made.ipc_ns) put_ipc_ns(k, made.ipc_ns);
  if (made.uts_ns) put_uts_ns(k, made.uts_ns);
  if (made.mnt_ns) put_mnt_ns(k, made.mnt_ns);
  k.trace.free(made);
  return failed;
}

function present<T>(ns: T | null): T {
  if (ns === null) throw new Error('an nsproxy in use lacks a namespace');
  return ns;
}

const FREE = listing('free_nsproxy', 'kernel/nsproxy.c', [
  ['mnt', 0, 'put_mnt_ns(ns->mnt_ns)', '{ns} lets go of {mnt_ns}.', 'No task uses this nsproxy any more, so it gives back each namespace.'],
  ['uts', 0, 'put_uts_ns(ns->uts_ns)', '{ns} lets go of {uts_ns}.', 'If no other nsproxy and no open file holds it, it ends here.'],
  ['ipc', 0, 'put_ipc_ns(ns->ipc_ns)', '{ns} lets go of {ipc_ns}.', 'If no other nsproxy and no open file holds it, it ends here.'],
  ['pid', 0, 'put_pid_ns(ns->pid_ns_for_children)', '{ns} lets go of {pid_ns}.', 'Its processes hold it too.'],
  ['time', 0, 'put_time_ns(ns->time_ns)', '{ns} lets go of {time_ns}.', 'It was held once for the task itself …', { since: '5.7' }],
  ['time_children', 0, 'put_time_ns(ns->time_ns_for_children)', '{ns} lets go of {time_ns_for_children}.', '… and once for its children.', { since: '5.7' }],
  ['cgroup', 0, 'put_cgroup_ns(ns->cgroup_ns)', '{ns} lets go of {cgroup_ns}.', 'If no other nsproxy and no open file holds it, it ends here.', { since: '4.19' }],
  ['user', 0, 'put_user_ns(ns->user_ns)', '{ns} lets go of {user_ns}.', 'In this version the nsproxy holds it.', { until: '2.6.24' }],
  ['net', 0, 'put_net(ns->net_ns)', '{ns} lets go of {net_ns}.', 'Sockets may still hold it.'],
  ['free', 0, 'free(ns)', '{ns} is gone.', 'Its count reached 0.'],
]);

/** Frees an nsproxy that no task points to. */
export function free_nsproxy(k: Kernel, ns: nsproxy): void {
  k.enter(FREE, { ns });
  const { at } = FREE;
  if (ns.mnt_ns) { k.at(at.mnt, { ns, mnt_ns: ns.mnt_ns }); put_mnt_ns(k, ns.mnt_ns); }
  if (ns.uts_ns) { k.at(at.uts, { ns, uts_ns: ns.uts_ns }); put_uts_ns(k, ns.uts_ns); }
  if (ns.ipc_ns) { k.at(at.ipc, { ns, ipc_ns: ns.ipc_ns }); put_ipc_ns(k, ns.ipc_ns); }
  if (ns.pid_ns_for_children) { k.at(at.pid, { ns, pid_ns: ns.pid_ns_for_children }); put_pid_ns(k, ns.pid_ns_for_children); }
  if (ns.time_ns) { k.at(at.time, { ns, time_ns: ns.time_ns }); put_time_ns(k, ns.time_ns); }
  if (ns.time_ns_for_children) { k.at(at.time_children, { ns, time_ns_for_children: ns.time_ns_for_children }); put_time_ns(k, ns.time_ns_for_children); }
  if (ns.cgroup_ns) { k.at(at.cgroup, { ns, cgroup_ns: ns.cgroup_ns }); put_cgroup_ns(k, ns.cgroup_ns); }
  if (ns.user_ns) { k.at(at.user, { ns, user_ns: ns.user_ns }); put_user_ns(k, ns.user_ns); }
  if (ns.net_ns) { k.at(at.net, { ns, net_ns: ns.net_ns }); put_net(k, ns.net_ns); }
  k.at(at.free, { ns });
  k.trace.free(ns);
  k.leave(FREE, 0);
}

const SWITCH = listing('switch_task_namespaces', 'kernel/nsproxy.c', [
  ['swap', 0, 'ns = p->nsproxy; p->nsproxy = new', '{p} points to {new} now, no longer to {ns}.', 'One pointer moves, so all its namespaces change at once.'],
  ['put', 0, 'if (ns) put_nsproxy(ns)', '{ns} has one task less.', 'With the last task an nsproxy is freed.'],
]);

/** Moves a task to another nsproxy (null: it is exiting); takes over the caller's reference. */
export function switch_task_namespaces(k: Kernel, p: task_struct, made: nsproxy | null): void {
  k.enter(SWITCH, { p, new: made });
  const ns = p.nsproxy;
  k.at(SWITCH.at.swap, { p, new: made, ns });
  k.trace.write(p, 'nsproxy', made);
  if (ns) {
    k.at(SWITCH.at.put, { ns });
    put_nsproxy(k, ns);
  }
  k.leave(SWITCH, 0);
}

const EXIT = listing('exit_task_namespaces', 'kernel/nsproxy.c', [
  ['switch', 0, 'switch_task_namespaces(p, NULL)', '{p} gives up its namespaces.', 'It is exiting (or could not be made). As a zombie it has no nsproxy.'],
]);

export function exit_task_namespaces(k: Kernel, p: task_struct): void {
  k.enter(EXIT, { p });
  k.at(EXIT.at.switch, { p });
  switch_task_namespaces(k, p, null);
  k.leave(EXIT, 0);
}
