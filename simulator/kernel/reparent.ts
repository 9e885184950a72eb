import { isErr } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { check_kill_permission } from './kill.ts';
import { listing } from './listing.ts';
import { do_notify_parent } from './notify.ts';
import { task_active_pid_ns } from './pid.ts';
import type { pid } from './pid.ts';
import { release_task } from './release.ts';
import { Blocked } from './sched.ts';
import { send_sig_priv, send_signal_noinfo } from './signal.ts';
import { PF_EXITING, SIGCHLD, SIGCONT, SIGHUP } from './signals.ts';
import type { task_struct } from './task.ts';
import { atLeast } from './version.ts';
import { zap_pid_ns_processes } from './zap.ts';

const FORGET = listing('forget_original_parent', 'kernel/exit.c', [
  ['reaper', 0, 'reaper = find_child_reaper(father)', 'Who is the init of the pid namespace of {father}?', 'It adopts orphans if nobody nearer does. If it is {father} itself, the pid namespace ends.'],
  ['none', 0, 'if (list_empty(&father->children)) return', '{father} has no children.', 'Nothing has to be given away.'],
  ['new', 0, 'reaper = find_new_reaper(father, reaper)', '{reaper} adopts the children of {father}.', 'Another thread of the same process comes first, then the nearest subreaper in the same pid namespace, then init.'],
  ['each', 0, 't->real_parent = reaper', '{child} has {reaper} as its parent now.', 'Its parent ended first.'],
  ['pdeath', 1, 'if (t->pdeath_signal) group_send_sig_info(t->pdeath_signal, t)', '{child} is sent signal {sig}.', 'It asked for that with prctl(PR_SET_PDEATHSIG). It comes from its parent, which must have the right to send it.'],
  ['leader', 1, 'if (!same_thread_group(reaper, father)) reparent_leader(father, p)', '{child} tells its new parent by SIGCHLD when it ends.', 'The new parent did not choose another signal.'],
]);

/** Gives the children of a task that ends to somebody else. Blocked: it is the init of its pid namespace, and others are still ending. */
export function forget_original_parent(k: Kernel, father: task_struct): Blocked | undefined {
  const resumed = k.exiting.has(father.id);
  if (!resumed) {
    k.enter(FORGET, { father });
    k.at(FORGET.at.reaper, { father });
  }
  const child_reaper = find_child_reaper(k, father, resumed);
  if (child_reaper === Blocked) return Blocked;
  if (father.children.size === 0) {
    k.at(FORGET.at.none, { father });
    k.leave(FORGET, undefined);
    return undefined;
  }
  const reaper = find_new_reaper(k, father, child_reaper);
  k.at(FORGET.at.new, { reaper, father });
  const dead: task_struct[] = [];
  for (const p of [...father.children.values()]) {
    for (const t of p.signal.threads.values()) {
      k.at(FORGET.at.each, { child: t, reaper });
      k.trace.write(t, 'real_parent', reaper);
      if (t.pdeath_signal !== 0) {
        k.at(FORGET.at.pdeath, { child: t, sig: t.pdeath_signal });
        // in the name of the one that ends: who could not have sent it with kill(2) does not send it now either
        if (!isErr(check_kill_permission(k, t.pdeath_signal, t))) send_signal_noinfo(k, t.pdeath_signal, t, true);
      }
    }
    k.trace.remove(father.children, p.id);
    k.trace.insert(reaper.children, p.id, p);
    if (reaper.signal !== father.signal) {
      k.at(FORGET.at.leader, { child: p });
      if (reparent_leader(k, father, p)) dead.push(p);
    }
  }
  for (const p of dead) release_task(k, p);
  k.leave(FORGET, undefined);
  return undefined;
}

/** True when it is a zombie that the new parent does not want to know about. */
function reparent_leader(k: Kernel, father: task_struct, p: task_struct): boolean {
  if (p.state === 'dead') return false;
  k.trace.write(p, 'exit_signal', SIGCHLD);
  if (p.state === 'zombie' && p.signal.threads.size === 1 && do_notify_parent(k, p, p.exit_signal)) {
    k.trace.write(p, 'state', 'dead');
    return true;
  }
  kill_orphaned_pgrp(k, p, father);
  return false;
}

/** A thread of the same process that goes on. */
export function find_alive_thread(p: task_struct): task_struct | null {
  for (const t of p.signal.threads.values()) if ((t.flags & PF_EXITING) === 0) return t;
  return null;
}

const REAPER = listing('find_child_reaper', 'kernel/exit.c', [
  ['other', 0, 'if (pid_ns->child_reaper != father) return reaper', 'The init of {ns} is {reaper}.', '{father} is an ordinary process.'],
  ['thread', 0, 'reaper = find_alive_thread(father): pid_ns->child_reaper = reaper', 'Another thread, {reaper}, is the init of {ns} now.', 'Only one thread of the init ended.'],
  ['zap', 0, 'zap_pid_ns_processes(pid_ns)', 'The init of {ns} ends: everybody in there is killed.', 'Without its init a pid namespace cannot go on.'],
]);

function find_child_reaper(k: Kernel, father: task_struct, resumed: boolean): task_struct | Blocked {
  const ns = task_active_pid_ns(father);
  const { child_reaper } = ns;
  if (!resumed) k.enter(REAPER, { father });
  if (child_reaper !== father) {
    k.at(REAPER.at.other, { ns, reaper: child_reaper, father });
    return k.leave(REAPER, child_reaper ?? father);
  }
  const reaper = find_alive_thread(father);
  if (reaper) {
    k.at(REAPER.at.thread, { reaper, ns });
    k.trace.write(ns, 'child_reaper', reaper);
    return k.leave(REAPER, reaper);
  }
  if (!resumed) k.at(REAPER.at.zap, { ns });
  if (atLeast(k.version, '3.8') && zap_pid_ns_processes(k, ns) === Blocked) return Blocked;
  return k.leave(REAPER, father);
}

/** Another thread; the nearest subreaper above on the same level of pid namespaces; or init. [N6] */
function find_new_reaper(k: Kernel, father: task_struct, child_reaper: task_struct): task_struct {
  const thread = find_alive_thread(father);
  if (thread) return thread;
  if (!father.signal.has_child_subreaper) return child_reaper;
  const level = father.thread_pid?.level;
  for (let at = father.real_parent; at && at !== k.init_task && at.thread_pid?.level === level; at = at.real_parent) {
    if (!at.signal.is_child_subreaper) continue;
    const alive = find_alive_thread(at);
    if (alive) return alive;
  }
  return child_reaper;
}

/** Is there no process in the group (but `ignored`) whose parent is in another group of the same session? Then nobody can continue its jobs. */
export function will_become_orphaned_pgrp(k: Kernel, pgrp: pid, ignored: task_struct | null): boolean {
  for (const p of pgrp.pgrp.values()) {
    const parent = p.real_parent;
    if (p === ignored || (p.state === 'zombie' && p.signal.threads.size === 1) || !parent || parent === k.init_task) continue;
    if (parent.signal.tgid?.numbers[0]?.nr === 1) continue;
    if (parent.signal.pgrp !== pgrp && parent.signal.session === p.signal.session) return false;
  }
  return true;
}

/** The parent of `tsk` ended (`parent`), or `tsk` itself does (null): a group with stopped processes that this makes an orphan gets SIGHUP and SIGCONT. */
export function kill_orphaned_pgrp(k: Kernel, tsk: task_struct, parent: task_struct | null): void {
  const above = parent ?? tsk.real_parent;
  const ignored = parent ? null : tsk;
  const { pgrp, session } = tsk.signal;
  if (!pgrp || !above || above.signal.pgrp === pgrp || above.signal.session !== session) return;
  const members = [...pgrp.pgrp.values()];
  if (!will_become_orphaned_pgrp(k, pgrp, ignored) || !members.some((p) => p.state === 'stopped')) return;
  for (const p of members) {
    send_sig_priv(k, SIGHUP, p, true);
    send_sig_priv(k, SIGCONT, p, true);
  }
}
