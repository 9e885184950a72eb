import { err } from './errno.ts';
import { do_exit, do_group_exit } from './exit.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { do_notify_parent_cldstop } from './notify.ts';
import { pipe_interrupted } from './pipe.ts';
import { dequeue_task, wait_is_interruptible, wake_up_process } from './sched.ts';
import { is_current_pgrp_orphaned } from './session.ts';
import { action_of } from './signal.ts';
import { dequeue_signal_from } from './sigqueue.ts';
import {
  PF_EXITING, SA_NODEFER, SA_RESETHAND, SA_RESTART, SIGKILL, SIGNAL_GROUP_EXIT, SIGNAL_STOP_STOPPED, SIGNAL_UNKILLABLE, SIGSTOP, UNMASKABLE, sig_kernel_ignore,
  sig_kernel_only, sig_kernel_stop, sigmask,
} from './signals.ts';
import type { k_sigaction, siginfo, task_struct } from './task.ts';

/** What the machine must do before the running task goes on in user mode. */
export type Delivery =
  | { readonly what: 'none' }
  /** Call the handler; `oldset` is the mask to restore when it returns (sys_rt_sigreturn). */
  | { readonly what: 'handler'; readonly signo: number; readonly info: siginfo; readonly action: k_sigaction; readonly oldset: bigint }
  /** The task stopped, or ended (or is ending and blocked): someone else must run. */
  | { readonly what: 'stopped' | 'dead' };

const GET = listing('get_signal', 'kernel/signal.c', [
  ['killed', 0, 'if (signal->flags & SIGNAL_GROUP_EXIT, or an exec of another thread): goto fatal', '{task} is being ended.', 'Its process was killed, or called exit_group(), or another thread called exec.'],
  ['dequeue', 0, 'signr = dequeue_signal()', 'Signal {signr} is taken.', 'The lowest number that is not blocked comes first, those for this thread before those for the process.'],
  ['none', 1, 'if (!signr) break', 'No signal is left.', 'The task goes on in user mode.'],
  ['ignore', 0, 'if (ka->sa.sa_handler == SIG_IGN) continue', 'Signal {signr} is ignored.', 'The program asked for that after the signal was sent.'],
  ['handler', 0, 'if (ka->sa.sa_handler != SIG_DFL) break', 'The program\'s handler for signal {signr} will be called.', 'It was installed with sigaction().'],
  ['nothing', 0, 'if (sig_kernel_ignore(signr)) continue', 'Signal {signr} does nothing by default.', 'It only ends waits.'],
  ['init', 0, 'if ((signal->flags & SIGNAL_UNKILLABLE) && !sig_kernel_only(signr)) continue', '{task} is the init of its pid namespace: signal {signr} does nothing.', 'It was blocked when it was sent, and there is no handler.'],
  ['stop', 0, 'if (sig_kernel_stop(signr)): do_signal_stop(signr)', 'The process stops.', 'That is what signal {signr} does by default; SIGCONT lets it go on.'],
  ['orphan', 1, 'if (is_current_pgrp_orphaned()) continue', 'Its process group is orphaned: it does not stop.', 'Nobody of its session is left above it who could let it go on.'],
  ['fatal', 0, 'do_group_exit(signr)', 'The process ends.', 'That is what signal {signr} does by default.'],
]);

/** Takes the running task's next signal, and does what the kernel does itself about it. */
export function get_signal(k: Kernel): Delivery {
  const task = k.current;
  if ((task.flags & PF_EXITING) !== 0) {
    do_exit(k, 0);
    return { what: 'dead' };
  }
  k.enter(GET, { task });
  const { at } = GET;
  const { signal } = task;
  for (;;) {
    if ((signal.flags & SIGNAL_GROUP_EXIT) !== 0 || task.pending.has(SIGKILL)) {
      k.at(at.killed, { task });
      k.trace.remove(task.pending, SIGKILL);
      return die(k, SIGKILL);
    }
    const info = dequeue_signal_from(k, task, ~task.blocked);
    if (!info) {
      k.at(at.none);
      restore_saved_sigmask(k, task);
      return k.leave(GET, { what: 'none' });
    }
    const { signo } = info;
    k.at(at.dequeue, { signr: signo });
    const action = action_of(task, signo);
    if (action.handler === 'ignore') {
      k.at(at.ignore, { signr: signo });
    } else if (action.handler !== 'default') {
      k.at(at.handler, { signr: signo });
      return k.leave(GET, call_handler(k, info, action));
    } else if (sig_kernel_ignore(signo)) {
      k.at(at.nothing, { signr: signo });
    } else if ((signal.flags & SIGNAL_UNKILLABLE) !== 0 && !sig_kernel_only(signo)) {
      k.at(at.init, { task, signr: signo });
    } else if (sig_kernel_stop(signo)) {
      k.at(at.stop, { signr: signo });
      if (signo !== SIGSTOP && is_current_pgrp_orphaned(k)) {
        k.at(at.orphan);
        continue;
      }
      do_signal_stop(k, signo);
      return k.leave(GET, { what: 'stopped' });
    } else {
      k.at(at.fatal, { signr: signo });
      return die(k, signo);
    }
  }
}

function die(k: Kernel, signo: number): Delivery {
  k.leave(GET, undefined);
  do_group_exit(k, signo);
  return { what: 'dead' };
}

/** The mask while the handler runs, and the action after it. */
function call_handler(k: Kernel, info: siginfo, action: k_sigaction): Delivery {
  const task = k.current;
  const { signo } = info;
  const oldset = task.saved_sigmask ?? task.blocked;
  k.trace.write(task, 'saved_sigmask', null);
  if (action.flags & SA_RESETHAND && task.sighand) k.trace.insert(task.sighand.action, signo, { handler: 'default', flags: 0, mask: 0n });
  const own = (action.flags & SA_NODEFER) !== 0 ? 0n : sigmask(signo);
  k.trace.write(task, 'blocked', (task.blocked | action.mask | own) & ~UNMASKABLE);
  return { what: 'handler', signo, info, action, oldset };
}

/** sigsuspend ends without a handler: the mask from before is back. */
function restore_saved_sigmask(k: Kernel, task: task_struct): void {
  if (task.saved_sigmask === null) return;
  k.trace.write(task, 'blocked', task.saved_sigmask);
  k.trace.write(task, 'saved_sigmask', null);
}

/** All threads stop; the parent is told. */
function do_signal_stop(k: Kernel, signo: number): void {
  const { signal, group_leader } = k.current;
  k.trace.write(signal, 'flags', SIGNAL_STOP_STOPPED | (signal.flags & SIGNAL_UNKILLABLE));
  k.trace.write(signal, 'stop_code', signo);
  for (const t of signal.threads.values()) stop_thread(k, t);
  do_notify_parent_cldstop(k, group_leader, 'stopped');
}

function stop_thread(k: Kernel, t: task_struct): void {
  if (t.state === 'zombie' || t.state === 'dead') return;
  if (t.wait) {
    if (!wait_is_interruptible(t, false)) return;
    const { kind } = t.wait;
    const result = pipe_interrupted(k, t);
    wake_up_process(k, t);
    k.trace.write(t, 'interrupted', { kind, result });
  }
  dequeue_task(k, t);
  k.trace.write(t, 'state', 'stopped');
}

/** Waits after which a call is not made again once a handler ran, whatever SA_RESTART says; that is always made again; that is never. */
const NO_HANDLER: ReadonlySet<string> = new Set(['pause', 'sigsuspend', 'poll', 'select', 'nanosleep', 'msgrcv', 'msgsnd', 'msgctl']);
const ALWAYS: ReadonlySet<string> = new Set(['clone']);
const NEVER: ReadonlySet<string> = new Set(['semop', 'sigtimedwait', 'epoll', 'seccomp recv']);

/**
 * The running task's call was interrupted by a signal (`task.interrupted`), and `action` (null: no handler) was delivered: what the call
 * returns, or 'again' when it is to be made again.
 */
export function interrupted_result(k: Kernel, action: k_sigaction | null): number | 'again' {
  const task = k.current;
  const was = task.interrupted;
  k.trace.write(task, 'interrupted', null);
  if (!was || ALWAYS.has(was.kind)) return 'again';
  if (was.result !== null) return was.result;
  if (NEVER.has(was.kind)) return err('EINTR');
  if (!action) return 'again';
  return NO_HANDLER.has(was.kind) || (action.flags & SA_RESTART) === 0 ? err('EINTR') : 'again';
}
