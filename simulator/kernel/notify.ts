import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { task_active_pid_ns } from './pid.ts';
import { task_pid_nr_ns } from './pid_lookup.ts';
import { wake_up } from './sched.ts';
import { action_of, send_signal } from './signal.ts';
import { CLD_CONTINUED, CLD_DUMPED, CLD_EXITED, CLD_KILLED, CLD_STOPPED, SA_NOCLDSTOP, SA_NOCLDWAIT, SIGCHLD, SIGCONT, SIGNAL_GROUP_EXIT, _NSIG } from './signals.ts';
import type { siginfo, task_struct } from './task.ts';
import { from_kuid_munged } from './uidgid.ts';

const NOTIFY = listing('do_notify_parent', 'kernel/signal.c', [
  ['pidfd', 0, 'do_notify_pidfd(tsk)', 'Whoever polls a pidfd of {tsk} is woken.', 'A pidfd is readable once its process ended.', { since: '5.7' }],
  ['exec', 0, 'if (tsk->parent_exec_id != parent->self_exec_id) sig = SIGCHLD', 'The parent runs another program by now: it gets SIGCHLD.', 'The new program did not ask for another signal.'],
  ['ignored', 0, 'if (the parent ignores SIGCHLD, or set SA_NOCLDWAIT) autoreap = true', '{parent} does not want to know: {tsk} is reaped at once.', 'Nobody has to wait for it.'],
  ['send', 0, 'send sig to the parent', '{parent} gets signal {sig}.', 'A child of it ended.'],
  ['wake', 0, '__wake_up_parent(tsk, parent)', '{parent} is woken if it waits for children.', 'wait4() and waitid() look again.'],
]);

/** How a process ended, for SIGCHLD and waitid: code (CLD_…) and status. */
export function how_ended(tsk: task_struct): { readonly code: number; readonly stat: number } {
  const status = exit_status(tsk);
  const signo = status & 0x7f;
  if (signo === 0) return { code: CLD_EXITED, stat: (status >> 8) & 0xff };
  return { code: (status & 0x80) !== 0 ? CLD_DUMPED : CLD_KILLED, stat: signo };
}

/** The status word: of the process if it ended as one, else of this thread. */
export function exit_status(tsk: task_struct): number {
  return (tsk.signal.flags & SIGNAL_GROUP_EXIT) !== 0 ? tsk.signal.group_exit_code : tsk.exit_code;
}

/** Tells the parent that a process ended; true when nobody will wait for it, so that it is to be reaped at once. */
export function do_notify_parent(k: Kernel, tsk: task_struct, exit_signal: number): boolean {
  const parent = tsk.real_parent;
  k.enter(NOTIFY, { tsk, exit_signal });
  const { at } = NOTIFY;
  if (tsk.thread_pid) {
    if (k.features.pidfd) k.at(at.pidfd, { tsk });
    wake_up(k, tsk.thread_pid);
  }
  if (!parent) return k.leave(NOTIFY, true);
  let sig = exit_signal;
  if (sig !== SIGCHLD && tsk.parent_exec_id !== parent.self_exec_id) {
    k.at(at.exec);
    sig = SIGCHLD;
  }
  const action = action_of(parent, SIGCHLD);
  let autoreap = false;
  if (sig === SIGCHLD && (action.handler === 'ignore' || (action.flags & SA_NOCLDWAIT) !== 0)) {
    k.at(at.ignored, { parent, tsk });
    autoreap = true;
    if (action.handler === 'ignore') sig = 0;
  }
  if (sig > 0 && sig <= _NSIG) {
    const { code, stat } = how_ended(tsk);
    k.at(at.send, { parent, sig });
    send_signal(k, child_info(tsk, parent, sig, code, stat), parent, true, false);
  }
  k.at(at.wake, { parent });
  wake_up(k, parent.signal);
  return k.leave(NOTIFY, autoreap);
}

function child_info(tsk: task_struct, parent: task_struct, signo: number, code: number, status: number): siginfo {
  return { signo, code, sender: tsk, pid: task_pid_nr_ns(tsk, task_active_pid_ns(parent)), uid: from_kuid_munged(parent.cred.user_ns, tsk.cred.uid), status };
}

/** Tells the parent that a process stopped or goes on. */
export function do_notify_parent_cldstop(k: Kernel, tsk: task_struct, why: 'stopped' | 'continued'): void {
  const parent = tsk.real_parent;
  if (!parent?.sighand) return;
  const action = action_of(parent, SIGCHLD);
  if (action.handler !== 'ignore' && (action.flags & SA_NOCLDSTOP) === 0) {
    const [code, stat] = why === 'stopped' ? [CLD_STOPPED, tsk.signal.stop_code] : [CLD_CONTINUED, SIGCONT];
    send_signal(k, child_info(tsk, parent, SIGCHLD, code, stat), parent, true, false);
  }
  wake_up(k, parent.signal);
}
