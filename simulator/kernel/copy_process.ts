import { CAP_SYS_ADMIN, CAP_SYS_RESOURCE, capable } from './capability.ts';
import type { kernel_clone_args } from './clone_args.ts';
import type { cgroup } from './cgroup.ts';
import { cgroup_can_fork } from './cgroup_fork.ts';
import { copy_creds, exit_creds, uncount_process } from './cred.ts';
import { err, isErr, type Err } from './errno.ts';
import { exit_files, exit_fs, exit_mm } from './exit.ts';
import { dup_fd, fd_install, fput } from './files.ts';
import {
  CLONE_CHILD_CLEARTID, CLONE_CLEAR_SIGHAND, CLONE_DETACHED, CLONE_FILES, CLONE_FS, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWUSER, CLONE_PARENT, CLONE_PIDFD, CLONE_SIGHAND,
  CLONE_SYSVSEM, CLONE_THREAD, CLONE_VM, has,
} from './flags.ts';
import { copy_fs_struct } from './fs_struct.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import type { ListingLine } from './listing.ts';
import { dup_mm } from './mm.ts';
import { copy_namespaces, exit_task_namespaces, nsproxy_of } from './nsproxy.ts';
import { task_active_pid_ns } from './pid.ts';
import type { pid } from './pid.ts';
import { alloc_pid, free_pid } from './pid_alloc.ts';
import { is_child_reaper } from './pid_lookup.ts';
import { pidfd_prepare } from './pidfd.ts';
import type { prepared_pidfd } from './pidfd.ts';
import { change_pid } from './release.ts';
import { copy_semundo, exit_sem } from './semundo.ts';
import { signal_pending } from './signal.ts';
import { ERESTARTNOINTR, PF_FORKNOEXEC, SIGNAL_UNKILLABLE } from './signals.ts';
import { sighand_struct, signal_struct, task_struct } from './task.ts';
import { is_rlimit_overlimit } from './ucount.ts';
import { atLeast, within } from './version.ts';

const RLIMIT_NPROC = 6;
/** Threads that the machine can have: what /proc/sys/kernel/threads-max says. */
export const MAX_THREADS = 192730;

const COPY = listing('copy_process', 'kernel/fork.c', [
  ['fs_ns', 0, 'if ((clone_flags & (CLONE_NEWNS|CLONE_FS)) == (CLONE_NEWNS|CLONE_FS)) return -EINVAL', 'CLONE_NEWNS and CLONE_FS together: EINVAL.', 'Root and working directory cannot be shared between two mount namespaces.'],
  ['fs_user', 0, 'if ((clone_flags & (CLONE_NEWUSER|CLONE_FS)) == (CLONE_NEWUSER|CLONE_FS)) return -EINVAL', 'CLONE_NEWUSER and CLONE_FS together: EINVAL.', 'A new user namespace gives the right to chroot; the parent\'s root directory must not move with it.', { since: '3.8' }],
  ['thread', 0, 'if ((clone_flags & CLONE_THREAD) && !(clone_flags & CLONE_SIGHAND)) return -EINVAL', 'CLONE_THREAD without CLONE_SIGHAND: EINVAL.', 'Threads of a process share their signal handlers.'],
  ['sighand', 0, 'if ((clone_flags & CLONE_SIGHAND) && !(clone_flags & CLONE_VM)) return -EINVAL', 'CLONE_SIGHAND without CLONE_VM: EINVAL.', 'Handlers are addresses; they mean nothing in another memory.'],
  ['init', 0, 'if ((clone_flags & CLONE_PARENT) && current->signal->flags & SIGNAL_UNKILLABLE) return -EINVAL', 'CLONE_PARENT by the init of a pid namespace: EINVAL.', 'The child would be a sibling of init, and nobody would reap it.', { since: '3.8' }],
  ['vm_pid', 0, 'if ((clone_flags & (CLONE_VM|CLONE_NEWPID)) && task_active_pid_ns(current) != current->nsproxy->pid_ns) return -EINVAL', 'Children of this task live in another pid namespace: it can neither share memory with one nor nest a further namespace. EINVAL.', 'It has called unshare(CLONE_NEWPID) or setns().', { since: '3.8', until: '3.8' }],
  ['thread_new', 0, 'if ((clone_flags & CLONE_THREAD) && (clone_flags & (CLONE_NEWUSER | CLONE_NEWPID))) return -EINVAL', 'CLONE_THREAD with CLONE_NEWUSER or CLONE_NEWPID: EINVAL.', 'All threads of a process are in one user namespace and one pid namespace.', { since: '4.19' }],
  ['thread_pid', 0, 'if ((clone_flags & CLONE_THREAD) && task_active_pid_ns(current) != nsp->pid_ns_for_children) return -EINVAL', 'Children of this task live in another pid namespace, and a thread would have to as well: EINVAL.', 'It has called unshare(CLONE_NEWPID) or setns().', { since: '4.19' }],
  ['time', 0, 'if ((clone_flags & (CLONE_THREAD | CLONE_VM)) && nsp->time_ns != nsp->time_ns_for_children) return -EINVAL', 'The child would enter another time namespace, and share memory with this task: EINVAL.', 'The clocks of a time namespace are read from a page of the memory.', { since: '5.7', until: '6.1' }],
  ['detached', 0, 'if ((clone_flags & CLONE_PIDFD) && (clone_flags & CLONE_DETACHED)) return -EINVAL', 'CLONE_PIDFD with CLONE_DETACHED: EINVAL.', 'The obsolete flag is kept free to mean something for pidfds one day.', { since: '5.7' }],
  ['pidfd_thread', 0, 'if ((clone_flags & CLONE_PIDFD) && (clone_flags & CLONE_THREAD)) return -EINVAL', 'CLONE_PIDFD with CLONE_THREAD: EINVAL.', 'A pidfd stands for a process in this version.', { since: '5.7', until: '6.1' }],
  ['restart', 0, 'if (signal_pending(current)) return -ERESTARTNOINTR', 'A signal came first: the call is made again after it.', 'A signal that was sent before the fork must not reach the child as well.'],
  ['dup', 0, 'p = dup_task_struct(current)', '{p} is made: a copy of {current}, with the same pointers.', 'What it does not share is replaced one by one.'],
  ['limit_first', 0, 'if (processes of the user >= RLIMIT_NPROC) return -EAGAIN', 'The user has too many processes: EAGAIN.', 'RLIMIT_NPROC limits them; root, CAP_SYS_RESOURCE and CAP_SYS_ADMIN are free of it.', { until: '5.7' }],
  ['creds', 0, 'retval = copy_creds(p, clone_flags)', 'Credentials, and with CLONE_NEWUSER a user namespace.', 'They come first, because they decide who owns the other namespaces.'],
  ['limit', 0, 'if (is_rlimit_overlimit(task_ucounts(p), UCOUNT_RLIMIT_NPROC, …)) goto bad_fork_cleanup_count', 'The user has too many processes: EAGAIN.', 'RLIMIT_NPROC limits them; root, CAP_SYS_RESOURCE and CAP_SYS_ADMIN are free of it.', { since: '6.1' }],
  ['threads', 0, 'if (nr_threads >= max_threads) goto bad_fork_cleanup_count', 'The machine has too many threads: EAGAIN.', 'threads-max limits them.'],
  ['semundo', 0, 'retval = copy_semundo(clone_flags, p)', 'Semaphore adjustments: shared with CLONE_SYSVSEM, else none.', 'A child has not used any semaphore yet.'],
  ['files', 0, 'retval = copy_files(clone_flags, p)', 'Descriptors: shared with CLONE_FILES, else a copy of the table.', 'The open files themselves are the same either way.'],
  ['fs', 0, 'retval = copy_fs(clone_flags, p)', 'Root and working directory: shared with CLONE_FS, else a copy.', 'With CLONE_FS, a chdir() of one is a chdir() of the other.'],
  ['handlers', 0, 'retval = copy_sighand(clone_flags, p)', 'Signal handlers: shared with CLONE_SIGHAND, else a copy.', 'Threads always share them.'],
  ['signal', 0, 'retval = copy_signal(clone_flags, p)', 'With CLONE_THREAD {p} joins the process of {current}, else it is a process of its own.', 'What threads have in common hangs there: pending signals, limits, how the process ends.'],
  ['mm', 0, 'retval = copy_mm(clone_flags, p)', 'Memory: shared with CLONE_VM, else a copy.', 'That is what mostly makes a process or a thread.'],
  ['namespaces', 0, 'retval = copy_namespaces(clone_flags, p)', 'Namespaces: the same nsproxy, or a new one.', 'The flags CLONE_NEW… decide.'],
  ['pid', 0, 'pid = alloc_pid(p->nsproxy->pid_ns_for_children, args->set_tid, args->set_tid_size)', '{p} gets its numbers.', 'It lives in the pid namespace that its nsproxy holds for children.'],
  ['pidfd', 0, 'if (clone_flags & CLONE_PIDFD): pidfd_prepare(pid), put_user(pidfd, args->pidfd)', 'A descriptor for {p} is made.', '{call} was called with CLONE_PIDFD.', { since: '5.7' }],
  ['ids', 0, 'p->pid = pid_nr(pid); p->group_leader = …; p->exit_signal = …', '{p} is named.', 'A thread belongs to the leader of its process, and ends without a signal.'],
  ['cgroup', 0, 'retval = cgroup_can_fork(p, args)', 'May {p} be in the cgroup?', 'It is that of its parent, or the one given with CLONE_INTO_CGROUP.', { since: '4.19' }],
  ['parent', 0, 'p->real_parent = (clone_flags & (CLONE_PARENT|CLONE_THREAD)) ? current->real_parent : current', '{parent} is the parent of {p}.', 'With CLONE_PARENT and CLONE_THREAD the child is a sibling of the caller.'],
  ['late_signal', 0, 'if (signal_pending(current)) return -ERESTARTNOINTR', 'A signal came first: the call is made again after it.', 'A signal that was sent before the fork must not reach the child as well.', { until: '4.19' }],
  ['reaper', 0, 'if (is_child_reaper(pid)): ns->child_reaper = p; p->signal->flags |= SIGNAL_UNKILLABLE', '{p} is number 1 of {ns}: its init.', 'It adopts orphans there, and signals from inside cannot end it.'],
  ['attach', 0, 'attach_pid(p, PIDTYPE_TGID, PIDTYPE_PGID, PIDTYPE_SID); list_add_tail(&p->sibling, &p->real_parent->children)', '{p} joins the process group and session of its parent, and the children of {parent}.', 'From here on it can be found and waited for.'],
  ['join', 0, 'current->signal->nr_threads++; list_add_tail(&p->thread_node, &p->signal->thread_head)', '{p} is one more thread of the process.', '{call} was called with CLONE_THREAD.'],
  ['done', 0, 'return p', '{p} is complete.', 'It has never run yet.'],
  ['undo', 0, 'bad_fork_…: give everything back in reverse order', 'What {p} has got so far is given back in reverse.', 'The call fails, and must leave nothing behind.'],
]);

interface Rule { readonly line: ListingLine; readonly broken: (k: Kernel, flags: number) => boolean }
const all = (flags: number, ...wanted: readonly number[]): boolean => wanted.every((flag) => has(flags, flag));
const elsewhere = (k: Kernel): boolean => task_active_pid_ns(k.current) !== nsproxy_of(k.current).pid_ns_for_children;
const { at } = COPY;

/** The flag checks, in order; each version has those whose line it has. KERNEL.md 5.2, 9.2. */
const RULES: readonly Rule[] = [
  { line: at.fs_ns, broken: (_k, flags) => all(flags, CLONE_NEWNS, CLONE_FS) },
  { line: at.fs_user, broken: (_k, flags) => all(flags, CLONE_NEWUSER, CLONE_FS) },
  { line: at.thread, broken: (_k, flags) => has(flags, CLONE_THREAD) && !has(flags, CLONE_SIGHAND) },
  { line: at.sighand, broken: (_k, flags) => has(flags, CLONE_SIGHAND) && !has(flags, CLONE_VM) },
  { line: at.init, broken: (k, flags) => has(flags, CLONE_PARENT) && (k.current.signal.flags & SIGNAL_UNKILLABLE) !== 0 },
  { line: at.vm_pid, broken: (k, flags) => has(flags, CLONE_VM | CLONE_NEWPID) && elsewhere(k) },
  { line: at.thread_new, broken: (_k, flags) => has(flags, CLONE_THREAD) && has(flags, CLONE_NEWUSER | CLONE_NEWPID) },
  { line: at.thread_pid, broken: (k, flags) => has(flags, CLONE_THREAD) && elsewhere(k) },
  { line: at.time, broken: (k, flags) => has(flags, CLONE_THREAD | CLONE_VM) && nsproxy_of(k.current).time_ns !== nsproxy_of(k.current).time_ns_for_children },
  { line: at.detached, broken: (_k, flags) => all(flags, CLONE_PIDFD, CLONE_DETACHED) },
  { line: at.pidfd_thread, broken: (_k, flags) => all(flags, CLONE_PIDFD, CLONE_THREAD) },
];

/**
 * The child, complete but not running; or an error, and then nothing is left of it (KERNEL.md 4.3). Errors: EINVAL, EAGAIN, EPERM, ENOSPC,
 * EEXIST, ENOMEM, EFAULT, EMFILE, EBADF, EACCES; ERESTARTNOINTR: deliver the signal, then call again.
 */
export function copy_process(k: Kernel, args: kernel_clone_args): task_struct | Err {
  const { flags } = args;
  k.enter(COPY, { clone_flags: flags });
  for (const { line, broken } of RULES) {
    if (!within(k.version, line.span) || !broken(k, flags)) continue;
    k.at(line);
    return k.leave(COPY, err('EINVAL'));
  }
  const { current } = k;
  if (atLeast(k.version, '5.7') && signal_pending(current)) {
    k.at(at.restart);
    return k.leave(COPY, ERESTARTNOINTR);
  }
  const thread = has(flags, CLONE_THREAD);
  const p = dup_task_struct(k, thread);
  k.at(at.dup, { p, current });
  const failed = copy_parts(k, p, args);
  if (failed) {
    k.trace.free(p);
    return k.leave(COPY, failed);
  }
  k.at(at.done, { p });
  return k.leave(COPY, p);
}

/** A task that points to what the caller points to, and holds none of it yet. */
function dup_task_struct(k: Kernel, thread: boolean): task_struct {
  const { current } = k;
  const p = new task_struct(current.comm, current.cred, thread ? current.signal : new signal_struct());
  p.nsproxy = current.nsproxy;
  p.blocked = current.blocked;
  p.cputime_base = k.cpu_time?.(current) ?? 0n;
  p.no_new_privs = current.no_new_privs;
  p.seccomp = current.seccomp;
  p.nice = current.nice;
  p.ioprio = current.ioprio;
  p.policy = current.policy;
  p.rt_priority = current.rt_priority;
  p.flags = PF_FORKNOEXEC;
  p.start_time = k.timekeeper.monotonic;
  p.self_exec_id = current.self_exec_id;
  return k.trace.alloc(p);
}

/** Everything from the credentials on; on an error, what was taken is given back, but for the task_struct itself. */
function copy_parts(k: Kernel, p: task_struct, args: kernel_clone_args): 0 | Err {
  const { flags } = args;
  const { current } = k;
  if (!atLeast(k.version, '6.1') && over_limit(k, current, 0)) {
    k.at(at.limit_first);
    return err('EAGAIN');
  }
  k.at(at.creds, { p });
  const denied = copy_creds(k, p, flags);
  if (denied) return denied;
  const line = atLeast(k.version, '6.1') && over_limit(k, p, 1) ? at.limit : k.tasks.size >= (k.sysctl.get('kernel/threads-max') ?? MAX_THREADS) ? at.threads : null;
  if (line) {
    k.at(line);
    return undo_creds(k, p, err('EAGAIN'));
  }
  k.at(at.semundo);
  copy_semundo(k, has(flags, CLONE_SYSVSEM), p);
  k.at(at.files);
  copy_files(k, p, flags);
  k.at(at.fs);
  copy_fs(k, p, flags);
  k.at(at.handlers);
  copy_sighand(k, p, flags);
  k.at(at.signal, { p, current });
  copy_signal(k, p, flags);
  k.at(at.mm);
  copy_mm(k, p, flags);
  k.at(at.namespaces);
  const refused = copy_namespaces(k, flags, p);
  if (refused) return undo_resources(k, p, flags, refused);
  return name_and_link(k, p, args);
}

function name_and_link(k: Kernel, p: task_struct, args: kernel_clone_args): 0 | Err {
  const { flags } = args;
  const { current } = k;
  k.at(at.pid, { p });
  const ns = nsproxy_of(p).pid_ns_for_children;
  if (!ns) throw new Error('an nsproxy in use has no pid namespace');
  const made = alloc_pid(k, ns, args.set_tid ?? []);
  if (isErr(made)) return undo_namespaces(k, p, flags, made);
  let pidfd: prepared_pidfd | null = null;
  if (has(flags, CLONE_PIDFD) && k.features.pidfd) {
    k.at(at.pidfd, { p });
    const prepared = pidfd_prepare(k, made, has(flags, CLONE_THREAD) ? 'thread' : 'process', 0);
    if (isErr(prepared)) return undo_pid(k, p, flags, made, prepared);
    pidfd = prepared;
    if (args.put_user && !args.put_user(args.pidfd ?? 0, pidfd.fd)) {
      fput(k, pidfd.file);
      return undo_pid(k, p, flags, made, err('EFAULT'));
    }
  }
  k.at(at.ids, { p });
  const thread = has(flags, CLONE_THREAD);
  k.trace.write(p, 'thread_pid', made);
  if (thread) k.trace.write(p, 'group_leader', current.group_leader);
  k.trace.write(p, 'exit_signal', thread ? -1 : has(flags, CLONE_PARENT) ? current.group_leader.exit_signal : args.exit_signal);
  k.trace.write(p, 'clear_child_tid', has(flags, CLONE_CHILD_CLEARTID) ? args.child_tid ?? 0 : 0);
  if (k.features.types.includes('cgroup')) k.at(at.cgroup, { p });
  const group = cgroup_can_fork(k, args);
  const late = isErr(group) ? group : late_failure(k);
  if (late) {
    if (pidfd) fput(k, pidfd.file);
    return undo_pid(k, p, flags, made, late);
  }
  link(k, p, made, flags, group as cgroup);
  if (pidfd) fd_install(k, pidfd.fd, pidfd.file, true);
  return 0;
}

/**
 * What is tested under the lock of the task list, last of all. The real one also asks again whether the pid namespace takes processes: its
 * init may have ended on another processor since alloc_pid. The model has one processor.
 */
function late_failure(k: Kernel): 0 | Err {
  if (atLeast(k.version, '5.7') || !signal_pending(k.current)) return 0;
  k.at(at.late_signal);
  return ERESTARTNOINTR;
}

function link(k: Kernel, p: task_struct, made: pid, flags: number, group: cgroup): void {
  const { current } = k;
  k.trace.write(p, 'cgroups', k.trace.get(group));
  const thread = has(flags, CLONE_THREAD);
  const parent = has(flags, CLONE_PARENT | CLONE_THREAD) ? current.real_parent : current;
  k.at(at.parent, { p, parent });
  k.trace.write(p, 'real_parent', parent);
  k.trace.write(p, 'parent_exec_id', has(flags, CLONE_PARENT | CLONE_THREAD) ? current.parent_exec_id : current.self_exec_id);
  const { signal } = p;
  if (thread) k.at(at.join, { p });
  else {
    const ns = made.numbers[made.level]?.ns;
    if (ns && is_child_reaper(made)) {
      k.at(at.reaper, { p, ns });
      k.trace.write(ns, 'child_reaper', p);
      k.trace.write(signal, 'flags', signal.flags | SIGNAL_UNKILLABLE);
    }
    k.at(at.attach, { p, parent });
    k.trace.write(signal, 'tgid', made);
    const { has_child_subreaper, is_child_subreaper } = (parent ?? current).signal;
    k.trace.write(signal, 'has_child_subreaper', has_child_subreaper || is_child_subreaper);
    const { pgrp, session } = current.signal;
    change_pid(k, p, 'pgrp', pgrp);
    change_pid(k, p, 'session', session);
    if (parent) k.trace.insert(parent.children, p.id, p);
  }
  k.trace.write(made, 'pid_task', p);
  k.trace.insert(signal.threads, p.id, p);
  k.trace.insert(k.tasks, p.id, p);
}

/** `extra`: 1 when the new process is counted already. */
function over_limit(k: Kernel, of: task_struct, extra: 0 | 1): boolean {
  const { cred } = of;
  const limit = k.current.signal.rlimit.get(RLIMIT_NPROC)?.cur ?? Infinity;
  if (!cred.ucounts) return false;
  const over = extra === 1 ? is_rlimit_overlimit(cred.ucounts, 'nproc', limit) : (cred.ucounts.rlimit.get('nproc') ?? 0) >= limit;
  return over && cred.uid !== 0 && !capable(k, CAP_SYS_RESOURCE) && !capable(k, CAP_SYS_ADMIN);
}

function copy_files(k: Kernel, p: task_struct, flags: number): void {
  const { files } = k.current;
  if (files) k.trace.write(p, 'files', has(flags, CLONE_FILES) ? k.trace.get(files) : dup_fd(k, files));
}

function copy_fs(k: Kernel, p: task_struct, flags: number): void {
  const { fs } = k.current;
  if (fs) k.trace.write(p, 'fs', has(flags, CLONE_FS) ? k.trace.get(fs) : copy_fs_struct(k, fs));
}

function copy_sighand(k: Kernel, p: task_struct, flags: number): void {
  const { sighand } = k.current;
  if (!sighand) return;
  if (has(flags, CLONE_SIGHAND)) {
    k.trace.write(p, 'sighand', k.trace.get(sighand));
    return;
  }
  const made = new sighand_struct();
  for (const [sig, action] of sighand.action.map) {
    if (!has(flags, CLONE_CLEAR_SIGHAND) || action.handler === 'ignore') made.action.map.set(sig, action);
  }
  k.trace.write(p, 'sighand', k.trace.alloc(made));
}

function copy_signal(k: Kernel, p: task_struct, flags: number): void {
  const { signal } = k.current;
  if (has(flags, CLONE_THREAD)) {
    k.trace.get(signal);
    return;
  }
  p.signal.oom_score_adj = signal.oom_score_adj;
  p.signal.oom_score_adj_min = signal.oom_score_adj_min;
  for (const [resource, limit] of signal.rlimit.map) p.signal.rlimit.map.set(resource, limit);
  k.trace.alloc(p.signal);
}

function copy_mm(k: Kernel, p: task_struct, flags: number): void {
  const { mm } = k.current;
  if (mm) k.trace.write(p, 'mm', has(flags, CLONE_VM) ? k.trace.get(mm) : dup_mm(k, mm));
}

function undo_pid(k: Kernel, p: task_struct, flags: number, made: pid, failed: Err): Err {
  k.trace.write(p, 'thread_pid', null);
  free_pid(k, made);
  return undo_namespaces(k, p, flags, failed);
}

function undo_namespaces(k: Kernel, p: task_struct, flags: number, failed: Err): Err {
  exit_task_namespaces(k, p);
  return undo_resources(k, p, flags, failed);
}

function undo_resources(k: Kernel, p: task_struct, flags: number, failed: Err): Err {
  k.at(at.undo, { p });
  exit_mm(k, p);
  if (has(flags, CLONE_THREAD)) k.trace.put(p.signal);
  else k.trace.free(p.signal);
  if (p.sighand && k.trace.put(p.sighand)) k.trace.free(p.sighand);
  exit_fs(k, p);
  exit_files(k, p);
  exit_sem(k, p);
  return undo_creds(k, p, failed);
}

function undo_creds(k: Kernel, p: task_struct, failed: Err): Err {
  uncount_process(k, p);
  exit_creds(k, p);
  return failed;
}
