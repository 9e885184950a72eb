import { put_cgroup } from './cgroup.ts';
import { exit_creds, uncount_process } from './cred.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import type { pid } from './pid.ts';
import { free_pid } from './pid_alloc.ts';
import { do_notify_parent } from './notify.ts';
import { wake_up } from './sched.ts';
import { seccomp_filter_release } from './seccomp_notify.ts';
import type { task_struct } from './task.ts';
import { atLeast } from './version.ts';
import { queue_work } from './work.ts';

const RELEASE = listing('release_task', 'kernel/exit.c', [
  ['uncount', 0, 'dec_rlimit_ucounts(task_ucounts(p), UCOUNT_RLIMIT_NPROC, 1)', '{p} no longer counts as a process of its user.', 'RLIMIT_NPROC counts zombies too, until they are reaped.'],
  ['unhash', 0, '__exit_signal(p): leave the thread group, detach the pids', '{p} has no number any more.', 'From here on nobody can find it.'],
  ['leader', 0, 'if (p was the last thread beside a zombie leader): do_notify_parent(leader)', 'The process of {p} has ended entirely now.', 'A leading thread that ended before the others waits for them as a zombie; only now its parent is told.'],
  ['put', 0, 'put_task_struct_rcu_user(p)', '{p} is freed a little later, and its credentials with it.', 'Somebody may be looking at it without a lock.'],
  ['repeat', 0, 'if (nobody wants to know about the leader): p = leader; repeat', 'The leader is reaped as well.', 'Its parent ignores SIGCHLD.'],
]);

/** A task that ended leaves the tables: its pids are freed, its parent loses it. */
export function release_task(k: Kernel, task: task_struct): void {
  for (let p: task_struct | null = task; p;) p = release_one(k, p);
}

function release_one(k: Kernel, p: task_struct): task_struct | null {
  k.enter(RELEASE, { p });
  const { at } = RELEASE;
  k.at(at.uncount, { p });
  uncount_process(k, p);
  k.at(at.unhash, { p });
  const leader = p.group_leader;
  __unhash_process(k, p);
  let again: task_struct | null = null;
  const { threads } = p.signal;
  if (leader !== p && threads.size === 1 && threads.has(leader.id) && leader.state === 'zombie') {
    k.at(at.leader, { p });
    if (do_notify_parent(k, leader, leader.exit_signal)) {
      k.trace.write(leader, 'state', 'dead');
      again = leader;
    }
  }
  if (!atLeast(k.version, '6.12')) seccomp_filter_release(k, p);
  k.at(at.put, { p });
  queue_work(k, 'put_task_struct', p);
  if (again) k.at(at.repeat);
  k.leave(RELEASE, undefined);
  return again;
}

/** Leaves the thread group, the parent's children and all pids. A group whose other threads exec waits for is told. */
function __unhash_process(k: Kernel, p: task_struct): void {
  const { signal, thread_pid } = p;
  k.trace.write(p, 'state', 'dead');
  k.trace.remove(signal.threads, p.id);
  const { group_exec_task } = signal;
  if (group_exec_task) wake_up(k, signal);
  k.trace.remove(k.tasks, p.id);
  if (p.group_leader === p) {
    if (p.real_parent) k.trace.remove(p.real_parent.children, p.id);
    detach_group(k, p);
  }
  if (thread_pid) {
    k.trace.write(thread_pid, 'pid_task', null);
    k.trace.write(p, 'thread_pid', null);
    free_unused(k, thread_pid);
  }
  if (p.sighand) {
    if (k.trace.put(p.sighand)) k.trace.free(p.sighand);
    k.trace.write(p, 'sighand', null);
  }
}

/** The process leaves its process group and session; their struct pids go with their last member. */
function detach_group(k: Kernel, p: task_struct): void {
  const { pgrp, session } = p.signal;
  if (pgrp) change_pid(k, p, 'pgrp', null);
  if (session) change_pid(k, p, 'session', null);
}

/** Moves a process to another process group or session (null: to none). */
export function change_pid(k: Kernel, leader: task_struct, type: 'pgrp' | 'session', to: pid | null): void {
  const { signal } = leader;
  const from = signal[type];
  if (from) k.trace.remove(from[type], leader.id);
  if (to) k.trace.insert(to[type], leader.id, leader);
  if (to) k.trace.write(signal, type, to);
  if (from && from !== to) free_unused(k, from);
}

/** Nobody uses it as process, group or session: its numbers are free again. */
function free_unused(k: Kernel, of: pid): void {
  if (of.pid_task || of.pgrp.size > 0 || of.session.size > 0) return;
  if (of.numbers[0]?.ns.idr.get(of.numbers[0].nr) === of) free_pid(k, of);
}

/** A task_struct is freed: with it go its credentials and, after the last thread, what the threads had in common. */
export function __put_task_struct(k: Kernel, task: task_struct): void {
  exit_creds(k, task);
  if (task.cgroups) put_cgroup(k, task.cgroups);
  const { signal } = task;
  if (signal.threads.size === 0 && !signal.freed) k.trace.free(signal);
  k.trace.free(task);
}
