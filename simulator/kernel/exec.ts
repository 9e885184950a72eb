import { commit_creds } from './cred.ts';
import { keep_cputime } from './cputime.ts';
import { exec_creds } from './exec_cred.ts';
import type { bprm_file } from './exec_cred.ts';
import { isErr } from './errno.ts';
import { exit_mm, zap_other_threads } from './exit.ts';
import { do_close_on_exec, dup_fd, put_files_struct } from './files.ts';
import type { Kernel } from './kernel.ts';
import { exit_posix_timers } from './posix_timer.ts';
import { listing } from './listing.ts';
import { mm_alloc } from './mm.ts';
import { path_get } from './mount.ts';
import { create_new_namespaces, nsproxy_of, switch_task_namespaces } from './nsproxy.ts';
import { release_task } from './release.ts';
import { Blocked, wait_on } from './sched.ts';
import { PF_FORKNOEXEC, SIGCHLD } from './signals.ts';
import { sighand_struct } from './task.ts';
import type { task_struct } from './task.ts';
import { timens_on_fork } from './time.ts';
import type { path } from './vfs.ts';

/** The program that replaces the running one, found and checked already. */
export interface linux_binprm {
  readonly exe: path;
  readonly comm: string;
  readonly cmdline: readonly string[];
  readonly environ: readonly string[];
  readonly file: bprm_file;
  /** The caller may not read the program file: the process is not dumpable. */
  readonly unreadable?: boolean;
}

const EXEC = listing('begin_new_exec', 'fs/exec.c', [
  ['threads', 0, 'retval = de_thread(me)', 'Every other thread of the process ends; {me} takes the place of the leader.', 'The new program starts with one thread, and the process keeps its pid.'],
  ['files', 0, 'retval = unshare_files()', 'A descriptor table that is shared becomes the process\'s own.', 'Closing descriptors must not touch another process.'],
  ['mm', 0, 'retval = exec_mmap(bprm->mm)', '{me} has an empty memory, in which the new program will be.', 'The old program is gone from here on. A parent that waits in vfork() goes on now.'],
  ['namespaces', 0, 'retval = exec_task_namespaces()', '{me} enters its time namespace for children, if that is another.', 'A new program has not read any clock yet.', { since: '6.12' }],
  ['sighand', 0, 'retval = unshare_sighand(me)', 'Signal handlers that are shared become the process\'s own.', 'They are about to be reset.'],
  ['close', 0, 'do_close_on_exec(me->files)', 'Descriptors marked close-on-exec are closed.', 'The program asked for that with O_CLOEXEC or FD_CLOEXEC.'],
  ['dumpable', 0, 'set_dumpable(current->mm, …)', 'Whether others of the same user may look into the process is decided anew.', 'A program that changes ids, or cannot be read, is protected.'],
  ['name', 0, '__set_task_comm(me, bprm->filename)', 'The process is called {comm}.', 'That is the last part of the path of the program.'],
  ['handlers', 0, 'flush_signal_handlers(me, 0)', 'Handlers are reset to the default; what was ignored stays ignored.', 'The functions that handled signals are gone.'],
  ['creds', 0, 'commit_creds(bprm->cred)', '{me} has the credentials for the new program.', 'Capabilities are computed anew with each exec.'],
]);

/**
 * exec, from the point of no return on: other threads end (blocks until they have, and is then called again), memory, descriptors, signals,
 * credentials, time namespace (KERNEL.md 4.11, 6.6). Errors: those of create_new_namespaces.
 */
export function begin_new_exec(k: Kernel, bprm: linux_binprm): 0 | Blocked {
  const me = k.current;
  const { at } = EXEC;
  if (me.signal.group_exec_task !== me) {
    k.enter(EXEC, { me });
    k.at(at.threads, { me });
  }
  if (de_thread(k, me) === Blocked) return Blocked;
  const { cred, secure } = exec_creds(k, bprm.file);
  k.at(at.files);
  const { files } = me;
  if (files && files.count > 1) {
    k.trace.write(me, 'files', dup_fd(k, files));
    put_files_struct(k, files);
  }
  k.at(at.mm, { me });
  exit_mm(k, me);
  const mm = mm_alloc(k, cred.user_ns);
  k.trace.write(mm, 'exe', path_get(k, bprm.exe));
  k.trace.write(mm, 'cmdline', bprm.cmdline);
  k.trace.write(mm, 'environ', bprm.environ);
  k.trace.write(me, 'mm', mm);
  if (k.features.exec_enters_time_ns) {
    k.at(at.namespaces, { me });
    exec_task_namespaces(k);
  }
  k.at(at.sighand);
  unshare_sighand(k, me);
  k.at(at.close);
  if (me.files) do_close_on_exec(k, me.files);
  k.at(at.dumpable);
  k.trace.write(me, 'flags', me.flags & ~PF_FORKNOEXEC);
  // whoever gains something is not dumpable either: commit_creds sees to it
  k.trace.write(mm, 'dumpable', bprm.unreadable === true || me.cred.uid !== me.cred.euid || me.cred.gid !== me.cred.egid ? 0 : 1);
  if (secure) k.trace.write(me, 'pdeath_signal', 0);
  k.at(at.name, { comm: bprm.comm });
  k.trace.write(me, 'comm', bprm.comm.slice(0, 15));
  k.trace.write(me, 'self_exec_id', me.self_exec_id + 1);
  k.trace.write(me, 'clear_child_tid', 0);
  // the machine begins to count anew
  keep_cputime(k, me, 0n);
  exit_posix_timers(k);
  k.at(at.handlers);
  flush_signal_handlers(k, me);
  k.at(at.creds, { me });
  commit_creds(k, cred);
  return k.leave(EXEC, 0);
}

const THREADS = listing('de_thread', 'fs/exec.c', [
  ['alone', 0, 'if (thread_group_empty(tsk)) goto no_thread_group', '{tsk} is the only thread.', 'Nobody has to be ended.'],
  ['kill', 0, 'sig->group_exec_task = tsk; zap_other_threads(tsk)', 'Every other thread gets SIGKILL.', 'The new program starts with one thread.'],
  ['wait', 0, 'while (others are left) schedule()', '{tsk} waits until they have ended.', 'They end when they run next.'],
  ['leader', 0, 'exchange_tids(tsk, leader); release_task(leader)', '{tsk} takes over the pid of the leading thread {leader}, which is reaped.', 'The process keeps its pid whichever thread calls exec.'],
  ['signal', 0, 'tsk->exit_signal = SIGCHLD', '{tsk} tells its parent by SIGCHLD when it ends.', 'The new program does not know of any other agreement.'],
]);

function de_thread(k: Kernel, tsk: task_struct): 0 | Blocked {
  const { at } = THREADS;
  const { signal } = tsk;
  if (signal.group_exec_task !== tsk) {
    k.enter(THREADS, { tsk });
    if (signal.threads.size === 1) {
      k.at(at.alone, { tsk });
      k.at(at.signal, { tsk });
      k.trace.write(tsk, 'exit_signal', SIGCHLD);
      return k.leave(THREADS, 0);
    }
    k.at(at.kill);
    k.trace.write(signal, 'group_exec_task', tsk);
    zap_other_threads(k, tsk);
    k.at(at.wait, { tsk });
  }
  const leader = tsk.group_leader;
  const others = [...signal.threads.values()].filter((t) => t !== tsk && !(t === leader && t.state === 'zombie'));
  if (others.length > 0) return wait_on(k, signal, 'de_thread');
  if (leader !== tsk) {
    k.at(at.leader, { tsk, leader });
    take_over(k, tsk, leader);
  }
  k.trace.write(signal, 'group_exec_task', null);
  k.at(at.signal, { tsk });
  k.trace.write(tsk, 'exit_signal', SIGCHLD);
  return k.leave(THREADS, 0);
}

/** A thread becomes the leader of its process: it gets the leader's pid, place among the children, group and session. */
function take_over(k: Kernel, tsk: task_struct, leader: task_struct): void {
  const { signal } = tsk;
  const { pgrp, session } = signal;
  const own = tsk.thread_pid;
  const theirs = leader.thread_pid;
  if (!own || !theirs) throw new Error('a thread that calls exec has no pid');
  for (const [type, to] of [['pgrp', pgrp], ['session', session]] as const) {
    if (!to) continue;
    k.trace.remove(to[type], leader.id);
    k.trace.insert(to[type], tsk.id, tsk);
  }
  const parent = leader.real_parent;
  if (parent) {
    k.trace.remove(parent.children, leader.id);
    k.trace.insert(parent.children, tsk.id, tsk);
  }
  k.trace.write(tsk, 'thread_pid', theirs);
  k.trace.write(theirs, 'pid_task', tsk);
  k.trace.write(leader, 'thread_pid', own);
  k.trace.write(own, 'pid_task', leader);
  const ns = theirs.numbers[theirs.level]?.ns;
  if (ns?.child_reaper === leader) k.trace.write(ns, 'child_reaper', tsk);
  k.trace.write(tsk, 'group_leader', tsk);
  k.trace.write(leader, 'group_leader', tsk);
  k.trace.write(tsk, 'start_time', leader.start_time);
  release_task(k, leader);
}

const TIME = listing('exec_task_namespaces', 'kernel/nsproxy.c', [
  ['same', 0, 'if (tsk->nsproxy->time_ns_for_children == tsk->nsproxy->time_ns) return 0', 'The time namespace for children is the one in use.', 'Nothing has to change.', { since: '6.12' }],
  ['create', 0, 'new = create_new_namespaces(0, tsk, current_user_ns(), tsk->fs)', 'A copy of the nsproxy is made.', 'Others may use the old one.', { since: '6.12' }],
  ['enter', 0, 'timens_on_fork(new, tsk)', '{tsk} enters the time namespace for children.', 'The clocks may jump now: the new program has not read them yet.', { since: '6.12' }],
  ['switch', 0, 'switch_task_namespaces(tsk, new)', 'The new nsproxy replaces the old one.', 'All its other namespaces are the same.', { since: '6.12' }],
]);

/** exec enters the time namespace that was meant for children (6.2). [A34 A35] */
export function exec_task_namespaces(k: Kernel): void {
  const tsk = k.current;
  const { at } = TIME;
  k.enter(TIME, { tsk });
  const old = nsproxy_of(tsk);
  if (old.time_ns_for_children === old.time_ns) {
    k.at(at.same);
    k.leave(TIME, 0);
    return;
  }
  k.at(at.create);
  const made = create_new_namespaces(k, 0, tsk, tsk.cred.user_ns, tsk.fs);
  if (isErr(made)) throw new Error('copying an nsproxy without making anything cannot fail');
  k.at(at.enter, { tsk });
  timens_on_fork(k, made, tsk);
  k.at(at.switch);
  switch_task_namespaces(k, tsk, made);
  k.leave(TIME, 0);
}

function unshare_sighand(k: Kernel, me: task_struct): void {
  const { sighand } = me;
  if (!sighand || sighand.count === 1) return;
  const made = new sighand_struct();
  for (const [sig, action] of sighand.action.map) made.action.map.set(sig, action);
  k.trace.write(me, 'sighand', k.trace.alloc(made));
  k.trace.put(sighand);
}

/** Handlers become the default; what is ignored stays so. */
function flush_signal_handlers(k: Kernel, me: task_struct): void {
  const { sighand } = me;
  if (!sighand) return;
  for (const [sig, { handler }] of [...sighand.action.map]) {
    if (handler === 'ignore') k.trace.insert(sighand.action, sig, { handler, flags: 0, mask: 0n });
    else k.trace.remove(sighand.action, sig);
  }
}
