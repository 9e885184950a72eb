import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { do_notify_parent_cldstop } from './notify.ts';
import { pipe_interrupted } from './pipe.ts';
import { task_active_pid_ns } from './pid.ts';
import { task_pid_nr_ns, task_tgid_nr_ns } from './pid_lookup.ts';
import { set_running, wait_is_interruptible, wake_up, wake_up_process } from './sched.ts';
import { sigqueue } from './sigqueue.ts';
import {
  PF_EXITING, SIGCONT, SIGKILL, SIGNAL_GROUP_EXIT, SIGNAL_STOP_CONTINUED, SIGNAL_STOP_STOPPED, SIGNAL_UNKILLABLE, SIGRTMIN, SI_KERNEL, SI_USER, sig_kernel_coredump,
  sig_kernel_ignore, sig_kernel_only, sig_kernel_stop, sigmask,
} from './signals.ts';
import type { k_sigaction, siginfo, task_struct } from './task.ts';
import { from_kuid_munged } from './uidgid.ts';

export { get_signal, interrupted_result } from './deliver.ts';
export type { Delivery } from './deliver.ts';
export { sys_kill, sys_tgkill, sys_tkill } from './kill.ts';
export { force_sig_fault, sys_pause, sys_rt_sigaction, sys_rt_sigpending, sys_rt_sigprocmask, sys_rt_sigreturn, sys_rt_sigsuspend } from './sigaction.ts';

const DEFAULT: k_sigaction = { handler: 'default', flags: 0, mask: 0n };

/** What a task does about a signal. */
export function action_of(t: task_struct, sig: number): k_sigaction {
  return t.sighand?.action.get(sig) ?? DEFAULT;
}

/** Signals that wait for this thread, or for its process, and that it does not block. `but`: one that does not count. */
export function signal_pending(t: task_struct, but = 0): boolean {
  for (const table of [t.pending, t.signal.shared_pending]) {
    for (const sig of table.map.keys()) if (sig !== but && (sig === SIGKILL || (t.blocked & sigmask(sig)) === 0n)) return true;
  }
  return false;
}

/** Is it about to be killed? */
export function fatal_signal_pending(t: task_struct): boolean {
  return t.pending.has(SIGKILL);
}

/** Does it do nothing about this signal, so that the signal need not be kept? */
function sig_task_ignored(t: task_struct, sig: number, force: boolean): boolean {
  const { handler } = action_of(t, sig);
  if ((t.signal.flags & SIGNAL_UNKILLABLE) !== 0 && handler === 'default' && !(force && sig_kernel_only(sig))) return true;
  return handler === 'ignore' || (handler === 'default' && sig_kernel_ignore(sig));
}

function sig_ignored(t: task_struct, sig: number, force: boolean): boolean {
  return ((t.blocked | (t.real_blocked ?? 0n)) & sigmask(sig)) === 0n && sig_task_ignored(t, sig, force);
}

const PREPARE = listing('prepare_signal', 'kernel/signal.c', [
  ['dying', 0, 'if (signal->flags & SIGNAL_GROUP_EXIT) return false', '{p} is ending already: the signal is dropped.', 'Nothing that it could do about it matters any more.'],
  ['stop', 0, 'else if (sig_kernel_stop(sig)): forget a pending SIGCONT', 'Signal {sig} stops the process; a SIGCONT that was not taken yet is forgotten.', 'The last one sent decides.'],
  ['cont', 0, 'else if (sig == SIGCONT): forget pending stops, wake stopped threads', 'SIGCONT makes {p} go on, even if it blocks or ignores SIGCONT.', 'The last one sent decides.'],
  ['init', 0, 'if (SIGNAL_UNKILLABLE && handler == SIG_DFL && !(force && sig_kernel_only(sig))) return false', '{p} is the init of its pid namespace and has no handler for signal {sig}: it is dropped.', 'An init must not be ended by those who depend on it. From an ancestor namespace SIGKILL and SIGSTOP get through.'],
  ['ignored', 0, 'if (sig_task_ignored(p, sig, force)) return false', '{p} ignores signal {sig}: it is dropped.', 'Its action is to ignore it, or to do nothing by default.'],
  ['keep', 0, 'return true', 'Signal {sig} will be kept for {p}.', 'It has a handler, an action, or is blocked for now.'],
]);

/** What a signal does the moment it is sent; false: it need not be kept. */
function prepare_signal(k: Kernel, sig: number, p: task_struct, force: boolean): boolean {
  k.enter(PREPARE, { sig, p, force });
  const { at } = PREPARE;
  const { signal } = p;
  if ((signal.flags & SIGNAL_GROUP_EXIT) !== 0) {
    k.at(at.dying, { p });
    return k.leave(PREPARE, false);
  }
  if (sig_kernel_stop(sig)) {
    k.at(at.stop, { sig });
    flush(k, p, (other) => other === SIGCONT);
  } else if (sig === SIGCONT) {
    k.at(at.cont, { p });
    continue_threads(k, p);
  }
  if (sig_ignored(p, sig, force)) {
    const init = (signal.flags & SIGNAL_UNKILLABLE) !== 0 && action_of(p, sig).handler === 'default';
    k.at(init ? at.init : at.ignored, { p, sig });
    return k.leave(PREPARE, false);
  }
  k.at(at.keep, { sig, p });
  return k.leave(PREPARE, true);
}

/** Forgets pending signals of the whole process. */
export function flush(k: Kernel, p: task_struct, which: (sig: number) => boolean): void {
  for (const table of [p.signal.shared_pending, ...[...p.signal.threads.values()].map((t) => t.pending)]) {
    for (const sig of [...table.map.keys()]) if (which(sig)) k.trace.remove(table, sig);
  }
}

function continue_threads(k: Kernel, p: task_struct): void {
  const { signal } = p;
  flush(k, p, sig_kernel_stop);
  let any = false;
  for (const t of signal.threads.values()) {
    if (t.state !== 'stopped') continue;
    any = true;
    set_running(k, t);
  }
  if (!any) return;
  k.trace.write(signal, 'flags', (signal.flags & ~SIGNAL_STOP_STOPPED) | SIGNAL_STOP_CONTINUED);
  k.trace.write(signal, 'stop_code', 0);
  k.trace.write(signal, 'cld_continued', true);
}

/** Makes a task notice a signal: ends its wait, if a signal can end it. `fatal`: it will end the task. */
export function signal_wake_up(k: Kernel, t: task_struct, fatal: boolean): void {
  if (t.state === 'stopped') {
    if (fatal) set_running(k, t);
    return;
  }
  if (!t.wait || !wait_is_interruptible(t, fatal)) return;
  const { kind } = t.wait;
  const result = pipe_interrupted(k, t);
  wake_up_process(k, t);
  k.trace.write(t, 'interrupted', { kind, result });
}

/** Would this thread take it now? */
function wants_signal(k: Kernel, sig: number, t: task_struct): boolean {
  if ((t.blocked & sigmask(sig)) !== 0n || (t.flags & PF_EXITING) !== 0) return false;
  if (sig === SIGKILL) return true;
  // The signal itself is queued already; one that sleeps was not woken for an earlier one.
  return t.state !== 'stopped' && t.state !== 'zombie' && (t === k.current || t.wait !== null || !signal_pending(t, sig));
}

const COMPLETE = listing('complete_signal', 'kernel/signal.c', [
  ['choose', 0, 't = a thread that wants the signal', 'Which thread takes signal {sig}?', 'A signal sent to a process goes to any one thread that does not block it.'],
  ['none', 1, 'if there is none: return', 'None does now.', 'It stays pending until one unblocks it.'],
  ['fatal', 0, 'if (sig_fatal(p, sig)): signal->flags = SIGNAL_GROUP_EXIT; each thread gets SIGKILL', 'Signal {sig} ends the whole process of {p}.', 'Its action is to end the process. The flag UNKILLABLE, if set, is overwritten: only a forced SIGKILL comes this far.'],
  ['wake', 0, 'signal_wake_up(t, sig == SIGKILL)', '{t} is to look at its signals.', 'It does so before it goes on in user mode.'],
]);

function complete_signal(k: Kernel, sig: number, p: task_struct, group: boolean): void {
  k.enter(COMPLETE, { sig, p });
  const { at } = COMPLETE;
  const { signal } = p;
  k.at(at.choose, { sig });
  const t = wants(k, sig, p, group);
  if (!t) {
    k.at(at.none);
    k.leave(COMPLETE, undefined);
    return;
  }
  const fatal = action_of(p, sig).handler === 'default' && !sig_kernel_ignore(sig) && !sig_kernel_stop(sig);
  const awaited = ((t.real_blocked ?? 0n) & sigmask(sig)) !== 0n;
  if (fatal && !awaited && (signal.flags & SIGNAL_GROUP_EXIT) === 0 && !sig_kernel_coredump(sig)) {
    k.at(at.fatal, { sig, p });
    k.trace.write(signal, 'flags', SIGNAL_GROUP_EXIT);
    k.trace.write(signal, 'group_exit_code', sig);
    for (const thread of signal.threads.values()) kill_thread(k, thread);
    k.leave(COMPLETE, undefined);
    return;
  }
  k.at(at.wake, { t });
  signal_wake_up(k, t, sig === SIGKILL);
  k.leave(COMPLETE, undefined);
}

function wants(k: Kernel, sig: number, p: task_struct, group: boolean): task_struct | null {
  if (wants_signal(k, sig, p)) return p;
  if (!group) return null;
  for (const t of p.signal.threads.values()) if (wants_signal(k, sig, t)) return t;
  return null;
}

/** Gives one thread a SIGKILL that nothing can keep off. */
export function kill_thread(k: Kernel, thread: task_struct): void {
  if (thread.state === 'zombie' || thread.state === 'dead') return;
  k.trace.insert(thread.pending, SIGKILL, { signo: SIGKILL, code: SI_KERNEL, sender: null });
  signal_wake_up(k, thread, true);
}

const SEND = listing('__send_signal_locked', 'kernel/signal.c', [
  ['prepare', 0, 'if (!prepare_signal(sig, t, force)) goto ret', 'Need signal {sig} be kept for {t}?', 'What is ignored is not queued.'],
  ['legacy', 0, 'if (legacy_queue(pending, sig)) goto ret', 'Signal {sig} is pending already: one is as good as two.', 'Only real-time signals are counted.'],
  ['queue', 0, 'add it to pending', 'Signal {sig} is pending for {t}.', 'It is taken before the task goes on in user mode.'],
  ['complete', 0, 'complete_signal(sig, t, type)', 'Somebody is chosen to take it.', 'A sleeping task is woken.'],
]);

/** Sends a signal to a thread, or to its process. `force`: from the kernel or an ancestor pid namespace. */
export function send_signal(k: Kernel, info: siginfo, t: task_struct, group: boolean, force: boolean): void {
  const { signo: sig } = info;
  k.enter(SEND, { sig, t });
  const { at } = SEND;
  k.at(at.prepare, { sig, t });
  const wanted = prepare_signal(k, sig, t, force);
  if (sig === SIGCONT) notify_continued(k, t);
  const pending = group ? t.signal.shared_pending : t.pending;
  if (wanted && pending.has(sig) && sig < SIGRTMIN) k.at(at.legacy, { sig });
  else if (wanted) {
    k.at(at.queue, { sig, t });
    sigqueue(k, pending, info);
    if (t.sighand) wake_up(k, t.sighand);
    k.at(at.complete);
    complete_signal(k, sig, t, group);
  }
  k.leave(SEND, undefined);
}

/** The parent of a process that was stopped and goes on is told by that process when it runs; the model does so at once. */
function notify_continued(k: Kernel, t: task_struct): void {
  if (!t.signal.cld_continued) return;
  k.trace.write(t.signal, 'cld_continued', false);
  do_notify_parent_cldstop(k, t.group_leader, 'continued');
}

/** A signal by the kernel itself, which always counts as forced. */
export function send_sig_priv(k: Kernel, sig: number, t: task_struct, group: boolean): void {
  send_signal(k, { signo: sig, code: SI_KERNEL, sender: null, pid: 0, uid: 0 }, t, group, true);
}

/** A signal in the name of the running task, as kill(2) sends it: `code` SI_USER, SI_TKILL, SI_QUEUE. */
export function send_signal_from(k: Kernel, sig: number, code: number, t: task_struct, group: boolean, value?: number): void {
  const { current } = k;
  const ns = task_active_pid_ns(t);
  const outside = task_pid_nr_ns(current, ns) === 0;
  const uid = from_kuid_munged(t.cred.user_ns, current.cred.uid);
  const info = { signo: sig, code, sender: current, pid: task_tgid_nr_ns(current, ns), uid, ...(value === undefined ? {} : { value }) };
  send_signal(k, info, t, group, outside || code === SI_KERNEL);
}

/** A signal without information, as from the running task (pdeath_signal, orphaned process groups). */
export function send_signal_noinfo(k: Kernel, sig: number, t: task_struct, group: boolean): void {
  send_signal_from(k, sig, SI_USER, t, group);
}
