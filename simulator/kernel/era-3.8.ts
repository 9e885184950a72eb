import { CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { commit_creds, prepare_creds, put_cred } from './cred.ts';
import { err, isErr, type Err } from './errno.ts';
import { fget } from './files.ts';
import {
  CLONE_FILES, CLONE_FS, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWUSER, CLONE_NEWUTS, CLONE_SIGHAND, CLONE_SYSVSEM, CLONE_THREAD, CLONE_VM,
  has, only,
} from './flags.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { ns_common } from './ns_common.ts';
import { create_new_namespaces, free_nsproxy, get_nsproxy, nsproxy_of, put_nsproxy, switch_task_namespaces } from './nsproxy.ts';
import { exit_sem } from './semundo.ts';
import { NS_FLAG, install } from './setns.ts';
import type { nsset } from './setns.ts';
import type { task_struct } from './task.ts';
import { timens_freeze } from './time.ts';
import { plus } from './unshare.ts';
import type { UnshareRules } from './unshare.ts';

// What 3.8 did in another way. Its setns, one type by a file of /proc/PID/ns, served until 5.7.

const IN_NSPROXY = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET;

const COPY = listing('copy_namespaces', 'kernel/nsproxy.c', [
  ['get', 0, 'get_nsproxy(old_ns)', '{old_ns} has one more reference.', 'In most cases {p} will share it.', { until: '3.8' }],
  ['none', 0, 'if (!(flags & (CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET))) return 0', 'Does {p} get a namespace of its own?', '{call} was called {with} such a flag.', { until: '3.8' }],
  ['capable', 0, 'if (!ns_capable(user_ns, CAP_SYS_ADMIN)) err = -EPERM', 'The caller has no CAP_SYS_ADMIN in {user_ns}: EPERM.', 'Making namespaces other than user namespaces needs it there.', { until: '3.8' }],
  ['sysvsem', 0, 'else if ((flags & CLONE_NEWIPC) && (flags & CLONE_SYSVSEM)) err = -EINVAL', 'CLONE_NEWIPC and CLONE_SYSVSEM together: EINVAL.', 'A list of semaphores to undo can not be shared across ipc namespaces.', { until: '3.8' }],
  ['create', 0, 'else new_ns = create_new_namespaces(flags, p, user_ns, p->fs)', 'A new nsproxy is made for {p}.', 'At least one of its namespaces differs from those of the parent.', { until: '3.8' }],
  ['set', 1, 'p->nsproxy = new_ns', '{p} points to {new_ns}.', 'The nsproxy of the parent is untouched.', { until: '3.8' }],
  ['put', 0, 'put_nsproxy(old_ns)', 'The reference taken first is given back.', '{p} does not use {old_ns}.', { until: '3.8' }],
]);

export function copy_namespaces_3_8(k: Kernel, flags: number, p: task_struct): 0 | Err {
  const old_ns = nsproxy_of(p);
  const { user_ns } = p.cred;
  k.enter(COPY, { flags, p });
  k.at(COPY.at.get, { p, old_ns });
  get_nsproxy(k, old_ns);
  k.at(COPY.at.none, { p });
  if (!has(flags, IN_NSPROXY)) return k.leave(COPY, 0);
  let failed: 0 | Err = 0;
  if (!ns_capable(k, user_ns, CAP_SYS_ADMIN)) {
    k.at(COPY.at.capable, { user_ns });
    failed = err('EPERM');
  } else if (has(flags, CLONE_NEWIPC) && has(flags, CLONE_SYSVSEM)) {
    k.at(COPY.at.sysvsem);
    failed = err('EINVAL');
  } else {
    k.at(COPY.at.create, { p });
    const new_ns = create_new_namespaces(k, flags, p, user_ns, p.fs);
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

const CHECK = listing('check_unshare_flags', 'kernel/fork.c', [
  ['unknown', 0, 'if (unshare_flags & ~(those that unshare knows)) return -EINVAL', 'A flag that unshare() does not know: EINVAL.', 'Not everything that clone() can share can be unshared.', { until: '3.8' }],
  ['users', 0, 'if ((THREAD, SIGHAND or VM is set) && mm->mm_users > 1) return -EINVAL', 'The memory is shared by several tasks: EINVAL.', 'Threads, signal handlers and memory can not be taken apart.', { until: '3.8' }],
  ['ok', 0, 'return 0', 'The flags are possible.', 'What THREAD, SIGHAND and VM ask for is already so.', { until: '3.8' }],
]);

/** NEWUSER and NEWPID imply THREAD, THREAD implies VM, VM implies SIGHAND; one test by the users of the memory. */
export const unshare_rules_3_8: UnshareRules = {
  implied: (_k, given) => {
    let flags = given;
    if (has(flags, CLONE_NEWUSER)) flags = plus(flags, CLONE_THREAD | CLONE_FS);
    if (has(flags, CLONE_NEWPID)) flags = plus(flags, CLONE_THREAD);
    if (has(flags, CLONE_THREAD)) flags = plus(flags, CLONE_VM);
    if (has(flags, CLONE_VM)) flags = plus(flags, CLONE_SIGHAND);
    if (has(flags, CLONE_NEWNS)) flags = plus(flags, CLONE_FS);
    return flags;
  },
  check: (k, flags) => {
    k.enter(CHECK, { unshare_flags: flags });
    const { mm } = k.current;
    const line = !only(flags, CLONE_THREAD | CLONE_FS | CLONE_SIGHAND | CLONE_VM | CLONE_FILES | CLONE_SYSVSEM | CLONE_NEWUSER | IN_NSPROXY) ? CHECK.at.unknown
      : has(flags, CLONE_THREAD | CLONE_SIGHAND | CLONE_VM) && mm && mm.count > 1 ? CHECK.at.users : CHECK.at.ok;
    k.at(line);
    return k.leave(CHECK, line === CHECK.at.ok ? 0 : err('EINVAL'));
  },
};

const SETNS = listing('__x64_sys_setns', 'kernel/nsproxy.c', [
  ['fd', 0, 'file = proc_ns_fget(fd)', 'What is open as descriptor {fd}?', 'setns() joins the namespace that a descriptor stands for.', { until: '5.7' }],
  ['bad', 1, 'return -EBADF or -EINVAL', 'Not a namespace.', 'EBADF: it is not open. EINVAL: it is another file.', { until: '5.7' }],
  ['type', 0, 'if (nstype && ns->ops->type != nstype) return -EINVAL', '{ns} is of another type than nstype says: EINVAL.', 'nstype, if not 0, must be its type.', { until: '5.7' }],
  ['copy', 0, 'new_nsproxy = create_new_namespaces(0, current, current_user_ns(), current->fs)', 'A copy of the nsproxy is made.', 'Other tasks may use the old one, so it is never changed.', { until: '5.7' }],
  ['install', 0, 'err = ns->ops->install(new_nsproxy, ns)', '{ns} is put into it.', 'The type\'s own function tests the permission.', { until: '5.7' }],
  ['failed', 1, 'free_nsproxy(new_nsproxy); return err', 'It is refused.', 'The copy is thrown away, the task is as it was.', { until: '5.7' }],
  ['switch', 0, 'switch_task_namespaces(current, new_nsproxy)', 'The new nsproxy replaces the old one.', 'setns always leaves a new nsproxy.', { until: '5.7' }],
]);

/** setns until 5.7: one namespace, by its file. What install does to credentials and directories is done at once. */
export function sys_setns_3_8(k: Kernel, fd: number, nstype: number): number {
  k.enter(SETNS, { fd, nstype });
  const { current } = k;
  k.at(SETNS.at.fd, { fd });
  const file = fget(k, fd);
  const ns = file?.private_data;
  if (!(ns instanceof ns_common)) {
    k.at(SETNS.at.bad);
    return k.leave(SETNS, err(file ? 'EINVAL' : 'EBADF'));
  }
  const flags = NS_FLAG[ns.kind];
  if (nstype !== 0 && nstype !== flags) {
    k.at(SETNS.at.type, { ns });
    return k.leave(SETNS, err('EINVAL'));
  }
  k.at(SETNS.at.copy);
  const made = create_new_namespaces(k, 0, current, current.cred.user_ns, current.fs);
  if (isErr(made)) return k.leave(SETNS, made);
  const joins_user = ns.kind === 'user';
  const set: nsset = { flags, nsproxy: made, fs: ns.kind === 'mnt' ? current.fs : null, cred: joins_user ? prepare_creds(k) : current.cred };
  k.at(SETNS.at.install, { ns });
  const failed = install(k, set, ns);
  if (failed) {
    k.at(SETNS.at.failed);
    if (joins_user) put_cred(k, set.cred);
    free_nsproxy(k, made);
    return k.leave(SETNS, failed);
  }
  if (joins_user) commit_creds(k, set.cred);
  if (ns.kind === 'ipc') exit_sem(k, current);
  if (ns.kind === 'time' && made.time_ns) timens_freeze(k, made.time_ns);
  k.at(SETNS.at.switch);
  switch_task_namespaces(k, current, made);
  return k.leave(SETNS, 0);
}
