import { cgroup_namespace, cgroupns_install } from './cgroup.ts';
import { commit_creds, prepare_creds, put_cred } from './cred.ts';
import type { cred } from './cred.ts';
import { sys_setns_3_8 } from './era-3.8.ts';
import { err, isErr, type Err } from './errno.ts';
import { fget } from './files.ts';
import { CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS, has, only } from './flags.ts';
import { copy_fs_struct, free_fs_struct, set_fs_pwd, set_fs_root } from './fs_struct.ts';
import { ipc_namespace, ipcns_install } from './ipc.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { mnt_namespace, mntns_install } from './mnt.ts';
import { net, netns_install } from './net.ts';
import { ns_common } from './ns_common.ts';
import type { NsType } from './ns_common.ts';
import { create_new_namespaces, free_nsproxy, get_nsproxy, put_nsproxy, switch_task_namespaces } from './nsproxy.ts';
import type { nsproxy } from './nsproxy.ts';
import { get_pid_ns, pid, pid_namespace, pidns_install, put_pid_ns, task_active_pid_ns } from './pid.ts';
import { PTRACE_MODE_READ_REALCREDS, ptrace_may_access } from './ptrace.ts';
import { exit_sem } from './semundo.ts';
import type { fs_struct } from './task.ts';
import { time_namespace, timens_freeze, timens_install } from './time.ts';
import { get_user_ns, put_user_ns, user_namespace, userns_install } from './user.ts';
import { uts_namespace, utsns_install } from './uts.ts';

/** What a setns is preparing: nothing of it is the task's until it is committed. */
export interface nsset {
  readonly flags: number;
  readonly nsproxy: nsproxy;
  /** Root and working directory to move: the task's own, or a copy. Null when no mount namespace is joined. */
  readonly fs: fs_struct | null;
  /** The task's own, or a copy when a user namespace is joined. */
  readonly cred: cred;
}

/** The flag of each type of namespace. */
export const NS_FLAG: Readonly<Record<NsType, number>> = {
  uts: CLONE_NEWUTS, ipc: CLONE_NEWIPC, mnt: CLONE_NEWNS, pid: CLONE_NEWPID, net: CLONE_NEWNET, cgroup: CLONE_NEWCGROUP, time: CLONE_NEWTIME, user: CLONE_NEWUSER,
};

const SETNS = listing('__x64_sys_setns', 'kernel/nsproxy.c', [
  ['fd', 0, 'f = fget(fd); if (!f) return -EBADF', 'What is open as descriptor {fd}?', 'setns() joins the namespace that a descriptor stands for.'],
  ['badf', 1, 'return -EBADF', 'Nothing that can be used is: EBADF.', 'It is not open, or was opened with O_PATH.'],
  ['ns', 0, 'if (proc_ns_file(f)): if (flags && ns->ops->type != flags) err = -EINVAL', 'Descriptor {fd} is {ns}.', 'It was opened below /proc/PID/ns, or through a bind mount of such a file; nstype, if not 0, must say its type.'],
  ['type', 1, 'flags = ns->ops->type', 'Its type says what is joined.', 'nstype may be left 0.'],
  ['pidfd', 0, 'else if (pidfd_pid(f)): err = check_setns_flags(flags)', 'Descriptor {fd} is a pidfd: the flags choose which namespaces of that process are joined.', 'At least one type must be given, and nothing else.'],
  ['neither', 0, 'else err = -EINVAL', 'Descriptor {fd} is neither a namespace nor a process: EINVAL.', 'Only these can be joined.'],
  ['bad', 0, 'if (err) goto out', 'The flags do not fit: EINVAL.', 'Nothing was changed.'],
  ['prepare', 0, 'err = prepare_nsset(flags, &nsset)', 'Copies are prepared of all that will change.', 'A failure must leave the task as it was.'],
  ['install', 0, 'err = ns->ops->install(&nsset, ns)', '{ns} is put into the copies.', 'The type\'s own function tests the permission.'],
  ['validate', 0, 'err = validate_nsset(&nsset, pid)', 'The chosen namespaces of the process are put into the copies.', 'Each type\'s own function tests the permission.'],
  ['commit', 0, 'if (!err) commit_nsset(&nsset)', 'All is allowed: the copies become the task\'s.', 'From here on nothing can fail.'],
  ['put', 0, 'put_nsset(&nsset)', 'What is left of the copies is given back.', 'After an error that is everything.'],
]);

/** setns(2). `flags`: nstype for a namespace's file, types to join for a pidfd. Errors: EBADF, EINVAL, EPERM, ESRCH, EUSERS; ENOSYS before 3.0. */
export function sys_setns(k: Kernel, fd: number, flags: number): number {
  if (k.features.setns === 'none') return err('ENOSYS');
  if (k.features.setns === 'fd') return sys_setns_3_8(k, fd, flags);
  k.enter(SETNS, { fd, flags });
  k.at(SETNS.at.fd, { fd });
  const file = fget(k, fd);
  if (!file) {
    k.at(SETNS.at.badf);
    return k.leave(SETNS, err('EBADF'));
  }
  const target = file.private_data;
  let joined = flags;
  let failed: 0 | Err = 0;
  if (target instanceof ns_common) {
    k.at(SETNS.at.ns, { fd, ns: target });
    const type = NS_FLAG[target.kind];
    if (flags !== 0 && flags !== type) failed = err('EINVAL');
    else k.at(SETNS.at.type);
    joined = type;
  } else if (target instanceof pid) {
    k.at(SETNS.at.pidfd, { fd });
    failed = check_setns_flags(k, flags);
  } else {
    k.at(SETNS.at.neither, { fd });
    failed = err('EINVAL');
  }
  if (failed) {
    k.at(SETNS.at.bad);
    return k.leave(SETNS, failed);
  }
  k.at(SETNS.at.prepare);
  const set = prepare_nsset(k, joined);
  if (isErr(set)) return k.leave(SETNS, set);
  if (target instanceof ns_common) {
    k.at(SETNS.at.install, { ns: target });
    failed = install(k, set, target);
  } else {
    k.at(SETNS.at.validate);
    failed = validate_nsset(k, set, target as pid);
  }
  if (!failed) {
    k.at(SETNS.at.commit);
    commit_nsset(k, set);
  } else {
    k.at(SETNS.at.put);
    put_nsset(k, set);
  }
  return k.leave(SETNS, failed);
}

function check_setns_flags(k: Kernel, flags: number): 0 | Err {
  let known = 0;
  for (const type of k.features.types) known |= NS_FLAG[type];
  return flags === 0 || !only(flags, known) ? err('EINVAL') : 0;
}

const PREPARE = listing('prepare_nsset', 'kernel/nsproxy.c', [
  ['nsproxy', 0, 'nsset->nsproxy = create_new_namespaces(0, me, current_user_ns(), me->fs)', 'A copy of the nsproxy is made: every namespace shared, one slot to be replaced.', 'Other tasks may use the old nsproxy, so it is never changed.'],
  ['cred', 0, 'nsset->cred = (flags & CLONE_NEWUSER) ? prepare_creds() : current_cred()', 'Credentials: a copy if a user namespace is joined, else the own ones.', 'The user namespace hangs on the credentials.'],
  ['fs', 0, 'if (flags == CLONE_NEWNS) nsset->fs = me->fs; else if (flags & CLONE_NEWNS) nsset->fs = copy_fs_struct(me->fs)', 'Root and working directory: a copy if other types follow that may fail, else the own ones.', 'Joining a mount namespace moves them.'],
]);

/** Everything that a setns may change, as copies. */
export function prepare_nsset(k: Kernel, flags: number): nsset | Err {
  k.enter(PREPARE, { flags });
  const me = k.current;
  k.at(PREPARE.at.nsproxy);
  const made = create_new_namespaces(k, 0, me, me.cred.user_ns, me.fs);
  if (isErr(made)) return k.leave(PREPARE, made);
  k.at(PREPARE.at.cred);
  const credentials = has(flags, CLONE_NEWUSER) ? prepare_creds(k) : me.cred;
  k.at(PREPARE.at.fs);
  const fs = !has(flags, CLONE_NEWNS) || !me.fs ? null : flags === CLONE_NEWNS ? me.fs : copy_fs_struct(k, me.fs);
  return k.leave(PREPARE, { flags, nsproxy: made, fs, cred: credentials });
}

/** The type's own function: tests the permission and puts the namespace into the copies. */
export function install(k: Kernel, set: nsset, ns: ns_common): 0 | Err {
  if (ns instanceof uts_namespace) return utsns_install(k, set, ns);
  if (ns instanceof ipc_namespace) return ipcns_install(k, set, ns);
  if (ns instanceof mnt_namespace) return mntns_install(k, set, ns);
  if (ns instanceof pid_namespace) return pidns_install(k, set, ns);
  if (ns instanceof net) return netns_install(k, set, ns);
  if (ns instanceof cgroup_namespace) return cgroupns_install(k, set, ns);
  if (ns instanceof time_namespace) return timens_install(k, set, ns);
  if (ns instanceof user_namespace) return userns_install(k, set, ns);
  return err('EINVAL');
}

const VALIDATE = listing('validate_nsset', 'kernel/nsproxy.c', [
  ['task', 0, 'tsk = pid_task(pid); if (!tsk) return -ESRCH', 'Is the process still there?', 'A pidfd may outlive its process.'],
  ['gone', 1, 'return -ESRCH', 'It is not: ESRCH.', 'It was reaped.'],
  ['access', 0, 'if (!ptrace_may_access(tsk, PTRACE_MODE_READ_REALCREDS)) return -EPERM', 'The caller may not look into {tsk}: EPERM.', 'Joining its namespaces shows what it sees.'],
  ['nsproxy', 0, 'nsp = get_nsproxy(tsk->nsproxy); if (!nsp) return -ESRCH', '{tsk} has no nsproxy any more: ESRCH.', 'It is exiting or a zombie.'],
  ['each', 0, 'for each chosen type, in the order user, mnt, uts, ipc, pid, cgroup, net, time: install', '{ns} is joined.', 'The user namespace comes first, so that its capabilities count for the rest.'],
  ['failed', 1, 'goto out', 'It is refused: nothing is joined.', 'All or nothing.'],
  ['out', 0, 'put_pid_ns(pid_ns); put_nsproxy(nsp); put_user_ns(user_ns)', 'What {tsk} has is let go.', 'It was held so that it could not end meanwhile.'],
]);

/** Puts the chosen namespaces of another process into the copies. Errors: ESRCH, EPERM, those of the types. */
export function validate_nsset(k: Kernel, set: nsset, of: pid): 0 | Err {
  k.enter(VALIDATE, { pid: of });
  k.at(VALIDATE.at.task);
  const tsk = of.pid_task;
  if (!tsk) {
    k.at(VALIDATE.at.gone);
    return k.leave(VALIDATE, err('ESRCH'));
  }
  if (!ptrace_may_access(k, tsk, PTRACE_MODE_READ_REALCREDS)) {
    k.at(VALIDATE.at.access, { tsk });
    return k.leave(VALIDATE, err('EPERM'));
  }
  const nsp = tsk.nsproxy;
  if (!nsp) {
    k.at(VALIDATE.at.nsproxy, { tsk });
    return k.leave(VALIDATE, err('ESRCH'));
  }
  get_nsproxy(k, nsp);
  const active = task_active_pid_ns(tsk);
  if (has(set.flags, CLONE_NEWPID)) get_pid_ns(k, active);
  const { user_ns } = tsk.cred;
  if (has(set.flags, CLONE_NEWUSER)) get_user_ns(k, user_ns);
  const chosen: (ns_common | null)[] = [user_ns, nsp.mnt_ns, nsp.uts_ns, nsp.ipc_ns, active, nsp.cgroup_ns, nsp.net_ns, nsp.time_ns];
  let failed: 0 | Err = 0;
  for (const ns of chosen) {
    if (!ns || !has(set.flags, NS_FLAG[ns.kind])) continue;
    k.at(VALIDATE.at.each, { ns });
    failed = install(k, set, ns);
    if (failed) {
      k.at(VALIDATE.at.failed);
      break;
    }
  }
  k.at(VALIDATE.at.out, { tsk });
  if (has(set.flags, CLONE_NEWPID)) put_pid_ns(k, active);
  put_nsproxy(k, nsp);
  if (has(set.flags, CLONE_NEWUSER)) put_user_ns(k, user_ns);
  return k.leave(VALIDATE, failed);
}

const COMMIT = listing('commit_nsset', 'kernel/nsproxy.c', [
  ['user', 0, 'if (flags & CLONE_NEWUSER) commit_creds(nsset->cred)', 'The task is in another user namespace now.', 'Its credentials were replaced.'],
  ['fs', 0, 'if ((flags & CLONE_NEWNS) && (flags & ~CLONE_NEWNS)) root and working directory = those of the copy', 'Root and working directory are the root of the mount namespace.', 'The old directories are not in this tree.'],
  ['ipc', 0, 'if (flags & CLONE_NEWIPC) exit_sem(me)', 'What semaphore operations with SEM_UNDO did is undone.', 'The semaphores are in the ipc namespace that is left.'],
  ['time', 0, 'if (flags & CLONE_NEWTIME) timens_commit(me, nsset->nsproxy->time_ns)', 'The offsets of the time namespace are frozen.', 'A task has entered.'],
  ['switch', 0, 'switch_task_namespaces(me, nsset->nsproxy)', 'The new nsproxy replaces the old one.', 'setns always leaves a new nsproxy, even when the namespace was the own one.'],
]);

/** Makes the copies the task's. Cannot fail. */
export function commit_nsset(k: Kernel, set: nsset): void {
  k.enter(COMMIT, { flags: set.flags });
  const me = k.current;
  if (has(set.flags, CLONE_NEWUSER)) {
    k.at(COMMIT.at.user);
    commit_creds(k, set.cred);
  }
  if (set.fs && me.fs && set.fs !== me.fs) {
    k.at(COMMIT.at.fs);
    set_fs_root(k, me.fs, set.fs.root);
    set_fs_pwd(k, me.fs, set.fs.pwd);
    free_fs_struct(k, set.fs);
  }
  if (has(set.flags, CLONE_NEWIPC)) {
    k.at(COMMIT.at.ipc);
    exit_sem(k, me);
  }
  if (has(set.flags, CLONE_NEWTIME) && set.nsproxy.time_ns) {
    k.at(COMMIT.at.time);
    timens_freeze(k, set.nsproxy.time_ns);
  }
  k.at(COMMIT.at.switch);
  switch_task_namespaces(k, me, set.nsproxy);
  k.leave(COMMIT, undefined);
}

/** After an error: gives back all copies. */
function put_nsset(k: Kernel, set: nsset): void {
  if (has(set.flags, CLONE_NEWUSER)) put_cred(k, set.cred);
  if (set.fs && set.fs !== k.current.fs) free_fs_struct(k, set.fs);
  free_nsproxy(k, set.nsproxy);
}
