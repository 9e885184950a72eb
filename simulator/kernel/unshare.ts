import { CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { commit_creds, put_cred, set_cred_ucounts } from './cred.ts';
import type { cred } from './cred.ts';
import { unshare_rules_2_6_24 } from './era-2.6.24.ts';
import { unshare_rules_3_8 } from './era-3.8.ts';
import { err, isErr, type Err } from './errno.ts';
import { dup_fd, put_files_struct } from './files.ts';
import {
  CLONE_FILES, CLONE_FS, CLONE_NEWIPC, CLONE_NEWNS, CLONE_NEWUSER, CLONE_SIGHAND, CLONE_SYSVSEM, CLONE_THREAD, CLONE_VM, NSPROXY_FLAGS, has, only,
} from './flags.ts';
import { copy_fs_struct, free_fs_struct } from './fs_struct.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { create_new_namespaces, switch_task_namespaces } from './nsproxy.ts';
import type { nsproxy } from './nsproxy.ts';
import { exit_sem } from './semundo.ts';
import { NS_FLAG } from './setns.ts';
import { exit_shm } from './shm.ts';
import type { files_struct, fs_struct } from './task.ts';
import { unshare_userns } from './user.ts';

const UNSHARE = listing('ksys_unshare', 'kernel/fork.c', [
  ['user', 0, 'if (unshare_flags & CLONE_NEWUSER) unshare_flags |= CLONE_THREAD | CLONE_FS', 'A new user namespace needs a process of one thread and directories of its own.', 'Threads share credentials in the eyes of others; and a shared root directory would let one user namespace chroot the other.', { since: '3.8' }],
  ['vm', 0, 'if (unshare_flags & CLONE_VM) unshare_flags |= CLONE_SIGHAND', 'Memory of its own needs signal handlers of its own.', 'Handlers are addresses in that memory.'],
  ['sighand', 0, 'if (unshare_flags & CLONE_SIGHAND) unshare_flags |= CLONE_THREAD', 'Signal handlers of its own need a process of one thread.', 'Threads always share their handlers.'],
  ['ns', 0, 'if (unshare_flags & CLONE_NEWNS) unshare_flags |= CLONE_FS', 'A new mount namespace needs directories of its own.', 'Root and working directory move into the copy of the tree.'],
  ['check', 0, 'err = check_unshare_flags(unshare_flags)', 'Are the flags possible?', 'Threads, signal handlers and memory can not be taken apart once they are shared.'],
  ['bad', 1, 'return err', 'They are not: EINVAL.', 'Nothing was changed.'],
  ['fs', 0, 'err = unshare_fs(unshare_flags, &new_fs)', 'Root and working directory: a copy if they are shared or will move.', 'CLONE_FS was asked for, or follows from other flags.'],
  ['fd', 0, 'err = unshare_fd(unshare_flags, &new_fd)', 'Open files: a copy of the table if it is shared.', '{call} was called {with} CLONE_FILES.'],
  ['userns', 0, 'err = unshare_userns(unshare_flags, &new_cred)', 'A user namespace comes before all others.', 'The others will belong to it.', { since: '3.8' }],
  ['nsproxy', 0, 'err = unshare_nsproxy_namespaces(unshare_flags, &new_nsproxy, new_cred, new_fs)', 'The namespaces that hang on the nsproxy.', 'All at once, in an nsproxy of their own.'],
  ['failed', 0, 'give back new_cred, new_fd, new_fs; return err', 'One step failed: everything made so far is given back.', 'The task stays as it was.'],
  ['ucounts', 0, 'if (new_cred) set_cred_ucounts(new_cred)', 'The counters become those of the user in the new user namespace.', 'Processes are counted in each user namespace.', { since: '6.1' }],
  ['sem', 0, 'if (unshare_flags & (CLONE_NEWIPC | CLONE_SYSVSEM)) exit_sem(current)', 'What semaphore operations with SEM_UNDO did is undone.', 'The task leaves the ipc namespace of those semaphores, or the list it shared.'],
  ['shm', 0, 'if (unshare_flags & CLONE_NEWIPC) exit_shm(current)', 'Shared memory segments of this task are orphaned.', 'They stay in the old ipc namespace.', { since: '4.19' }],
  ['switch', 0, 'if (new_nsproxy) switch_task_namespaces(current, new_nsproxy)', '{task} points to the new nsproxy.', 'From here on nothing can fail.'],
  ['swap_fs', 0, 'if (new_fs) swap current->fs', '{task} has root and working directory of its own.', 'Other tasks that shared them keep the old ones.'],
  ['swap_fd', 0, 'if (new_fd) swap current->files', '{task} has a descriptor table of its own.', 'Other tasks that shared it keep the old one.'],
  ['creds', 0, 'if (new_cred) commit_creds(new_cred)', '{task} is in the new user namespace.', 'Its credentials are replaced last.', { since: '3.8' }],
  ['done', 0, 'return err', 'The call is over.', 'Only the calling thread was changed.'],
]);

/** How a version reads unshare flags: which follow from others, and the test. */
export interface UnshareRules {
  readonly implied: (k: Kernel, flags: number) => number;
  readonly check: (k: Kernel, flags: number) => 0 | Err;
}

const modern: UnshareRules = { implied, check: check_unshare_flags };

/** unshare(2) (KERNEL.md 4.8, 5.4). Changes the calling thread only, and all or nothing. Errors: EINVAL, EPERM, ENOSPC. */
export function ksys_unshare(k: Kernel, unshare_flags: number): number {
  const rules = k.version === '2.6.24' ? unshare_rules_2_6_24 : k.version === '3.8' ? unshare_rules_3_8 : modern;
  k.enter(UNSHARE, { unshare_flags });
  const flags = rules.implied(k, unshare_flags);
  k.at(UNSHARE.at.check, { flags });
  const bad = rules.check(k, flags);
  if (bad) {
    k.at(UNSHARE.at.bad);
    return k.leave(UNSHARE, bad);
  }
  k.at(UNSHARE.at.fs);
  const new_fs = unshare_fs(k, flags);
  k.at(UNSHARE.at.fd);
  const new_fd = unshare_fd(k, flags);
  if (k.features.ns_capable) k.at(UNSHARE.at.userns);
  const new_cred = k.features.ns_capable ? unshare_userns(k, flags) : null;
  if (isErr(new_cred)) return k.leave(UNSHARE, give_back(k, new_fs, new_fd, null, new_cred));
  k.at(UNSHARE.at.nsproxy);
  const new_nsproxy = unshare_nsproxy_namespaces(k, flags, new_cred, new_fs);
  if (isErr(new_nsproxy)) return k.leave(UNSHARE, give_back(k, new_fs, new_fd, new_cred, new_nsproxy));
  if (new_cred && k.features.cred_ucounts) {
    k.at(UNSHARE.at.ucounts);
    set_cred_ucounts(k, new_cred);
  }
  commit(k, flags, new_fs, new_fd, new_cred, new_nsproxy);
  k.at(UNSHARE.at.done);
  return k.leave(UNSHARE, 0);
}

export const sys_unshare = ksys_unshare;

/** Flags that follow from others, in the kernel's order. NEWPID implies nothing. */
function implied(k: Kernel, given: number): number {
  let flags = given;
  if (has(flags, CLONE_NEWUSER)) { k.at(UNSHARE.at.user); flags = plus(flags, CLONE_THREAD | CLONE_FS); }
  if (has(flags, CLONE_VM)) { k.at(UNSHARE.at.vm); flags = plus(flags, CLONE_SIGHAND); }
  if (has(flags, CLONE_SIGHAND)) { k.at(UNSHARE.at.sighand); flags = plus(flags, CLONE_THREAD); }
  if (has(flags, CLONE_NEWNS)) { k.at(UNSHARE.at.ns); flags = plus(flags, CLONE_FS); }
  return flags;
}

/** Sets flags below 2^31, leaving those above 2^32 as they are. */
export function plus(flags: number, more: number): number {
  return Math.floor(flags / 2 ** 32) * 2 ** 32 + ((flags | more) >>> 0);
}

const CHECK = listing('check_unshare_flags', 'kernel/fork.c', [
  ['unknown', 0, 'if (unshare_flags & ~(those that unshare knows)) return -EINVAL', 'A flag that unshare() does not know: EINVAL.', 'Not everything that clone() can share can be unshared.'],
  ['thread', 0, 'if ((THREAD, SIGHAND or VM is set) && !thread_group_empty(current)) return -EINVAL', 'The process has several threads: EINVAL.', 'A thread can not leave its process.'],
  ['sighand', 0, 'if ((SIGHAND or VM is set) && sighand->count > 1) return -EINVAL', 'Another process shares the signal handlers: EINVAL.', 'They can not be taken apart.'],
  ['vm', 0, 'if (VM is set && !current_is_single_threaded()) return -EINVAL', 'Another process shares the memory: EINVAL.', 'It can not be taken apart.'],
  ['ok', 0, 'return 0', 'The flags are possible.', 'What THREAD, SIGHAND and VM ask for is already so.'],
]);

function check_unshare_flags(k: Kernel, flags: number): 0 | Err {
  k.enter(CHECK, { unshare_flags: flags });
  const { signal, sighand, mm } = k.current;
  let known = CLONE_THREAD | CLONE_FS | CLONE_SIGHAND | CLONE_VM | CLONE_FILES | CLONE_SYSVSEM;
  for (const type of k.features.types) known |= NS_FLAG[type];
  const line = !only(flags, known) ? CHECK.at.unknown
    : has(flags, CLONE_THREAD | CLONE_SIGHAND | CLONE_VM) && signal.threads.size > 1 ? CHECK.at.thread
      : has(flags, CLONE_SIGHAND | CLONE_VM) && sighand && sighand.count > 1 ? CHECK.at.sighand
        : has(flags, CLONE_VM) && mm && mm.count > 1 ? CHECK.at.vm : CHECK.at.ok;
  k.at(line);
  return k.leave(CHECK, line === CHECK.at.ok ? 0 : err('EINVAL'));
}

/** A copy of root and working directory when they are shared, or will move with a new mount namespace. */
function unshare_fs(k: Kernel, flags: number): fs_struct | null {
  const { fs } = k.current;
  return has(flags, CLONE_FS) && fs && (fs.count > 1 || has(flags, CLONE_NEWNS)) ? copy_fs_struct(k, fs) : null;
}

function unshare_fd(k: Kernel, flags: number): files_struct | null {
  const { files } = k.current;
  return has(flags, CLONE_FILES) && files && files.count > 1 ? dup_fd(k, files) : null;
}

const NSPROXY = listing('unshare_nsproxy_namespaces', 'kernel/nsproxy.c', [
  ['none', 0, 'if (!(unshare_flags & (CLONE_NEWNS | CLONE_NEWUTS | … ))) return 0', 'Is a namespace wanted that hangs on the nsproxy?', '{call} was called {with} such a flag. CLONE_NEWUSER is not among them.'],
  ['owner', 0, 'user_ns = new_cred ? new_cred->user_ns : current_user_ns()', 'The new namespaces will belong to {user_ns}.', 'That is the user namespace just made, if there is one.', { since: '3.8' }],
  ['capable', 0, 'if (!ns_capable(user_ns, CAP_SYS_ADMIN)) return -EPERM', 'The caller has no CAP_SYS_ADMIN in {user_ns}: EPERM.', 'Making namespaces other than user namespaces needs it there.'],
  ['create', 0, '*new_nsp = create_new_namespaces(unshare_flags, current, user_ns, new_fs ? new_fs : current->fs)', 'A new nsproxy is made.', 'It will replace that of the caller if all goes well.'],
  ['done', 0, 'return err', 'The caller goes on.', 'The new nsproxy is not in use yet.'],
]);

/** An nsproxy with what is asked for anew; null when nothing is. Errors: EPERM, those of create_new_namespaces. */
function unshare_nsproxy_namespaces(k: Kernel, flags: number, new_cred: cred | null, new_fs: fs_struct | null): nsproxy | null | Err {
  k.enter(NSPROXY, { unshare_flags: flags });
  k.at(NSPROXY.at.none);
  const wanted = k.features.user_ns_in_nsproxy ? NSPROXY_FLAGS | CLONE_NEWUSER : NSPROXY_FLAGS;
  if (!has(flags, wanted)) return k.leave(NSPROXY, null);
  const { user_ns } = new_cred ?? k.current.cred;
  if (k.features.ns_capable) k.at(NSPROXY.at.owner, { user_ns });
  if (!ns_capable(k, user_ns, CAP_SYS_ADMIN)) {
    k.at(NSPROXY.at.capable, { user_ns });
    return k.leave(NSPROXY, err('EPERM'));
  }
  k.at(NSPROXY.at.create);
  const made = create_new_namespaces(k, flags, k.current, user_ns, new_fs ?? k.current.fs);
  k.at(NSPROXY.at.done);
  return k.leave(NSPROXY, made);
}

function give_back(k: Kernel, new_fs: fs_struct | null, new_fd: files_struct | null, new_cred: cred | null, failed: Err): Err {
  k.at(UNSHARE.at.failed);
  if (new_cred) put_cred(k, new_cred);
  if (new_fd) put_files_struct(k, new_fd);
  if (new_fs) free_fs_struct(k, new_fs);
  return failed;
}

/** The point of no return: what was made replaces what there is. */
function commit(k: Kernel, flags: number, new_fs: fs_struct | null, new_fd: files_struct | null, new_cred: cred | null, new_nsproxy: nsproxy | null): void {
  const task = k.current;
  if (has(flags, CLONE_NEWIPC | CLONE_SYSVSEM)) {
    k.at(UNSHARE.at.sem);
    exit_sem(k, task);
  }
  if (has(flags, CLONE_NEWIPC) && k.features.exit_shm) {
    k.at(UNSHARE.at.shm);
    exit_shm(k, task);
  }
  if (new_nsproxy) {
    k.at(UNSHARE.at.switch, { task });
    switch_task_namespaces(k, task, new_nsproxy);
  }
  if (new_fs && task.fs) {
    k.at(UNSHARE.at.swap_fs, { task });
    const old = task.fs;
    k.trace.write(task, 'fs', new_fs);
    if (k.trace.put(old)) free_fs_struct(k, old);
  }
  if (new_fd && task.files) {
    k.at(UNSHARE.at.swap_fd, { task });
    const old = task.files;
    k.trace.write(task, 'files', new_fd);
    put_files_struct(k, old);
  }
  if (new_cred) {
    k.at(UNSHARE.at.creds, { task });
    commit_creds(k, new_cred);
  }
}
