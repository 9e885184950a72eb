import { CAP_SYS_ADMIN, capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { find_vpid } from './pid_lookup.ts';
import type { pid } from './pid.ts';
import { Blocked, wake_up } from './sched.ts';
import { is_current_pgrp_orphaned } from './session.ts';
import { action_of, send_sig_priv } from './signal.ts';
import { SIGCONT, SIGHUP, SIGTTIN, sigmask } from './signals.ts';
import type { task_struct } from './task.ts';
import { current_tty } from './tty.ts';
import type { tty_struct } from './tty.ts';

/** A signal to everybody in a process group. */
export function kill_pgrp(k: Kernel, pgrp: pid | null, sig: number): void {
  for (const task of [...pgrp?.pgrp.values() ?? []]) send_sig_priv(k, sig, task, true);
}

/**
 * May the caller use its terminal now? In the background it is sent SIGTTIN (to read) or SIGTTOU (to change something), and makes its call again when it is
 * let go on. Who ignores or blocks SIGTTOU may; reading so, or in an orphaned group, is EIO.
 */
export function tty_check_change(k: Kernel, tty: tty_struct, sig: number, kind: string): 0 | Err | Blocked {
  const { current } = k;
  if (current_tty(k) !== tty || tty.pgrp === null || current.signal.pgrp === tty.pgrp) return 0;
  if ((current.blocked & sigmask(sig)) !== 0n || action_of(current, sig).handler === 'ignore') return sig === SIGTTIN ? err('EIO') : 0;
  if (is_current_pgrp_orphaned(k)) return err('EIO');
  kill_pgrp(k, current.signal.pgrp, sig);
  k.trace.write(current, 'interrupted', { kind, result: null });
  return Blocked;
}

/** The caller leads a session without a terminal: this becomes its terminal. */
export function proc_set_tty(k: Kernel, tty: tty_struct): void {
  const { session, pgrp } = k.current.signal;
  k.trace.write(tty, 'session', session);
  k.trace.write(tty, 'pgrp', pgrp);
}

/** open(2) of a terminal gives it to a session leader that has none. */
export function tty_open_proc_set_tty(k: Kernel, tty: tty_struct): void {
  if (k.current.signal.leader && !current_tty(k) && tty.session === null) proc_set_tty(k, tty);
}

/** TIOCSCTTY; `arg` 1: take it away from another session. Errors: EPERM. */
export function tiocsctty(k: Kernel, tty: tty_struct, arg: number): 0 | Err {
  const { signal } = k.current;
  if (signal.leader && tty.session !== null && tty.session === signal.session) return 0;
  if (!signal.leader || current_tty(k)) return err('EPERM');
  if (tty.session !== null && (arg !== 1 || !capable(k, CAP_SYS_ADMIN))) return err('EPERM');
  proc_set_tty(k, tty);
  return 0;
}

/** The session lets go of its terminal; of a leader, the foreground is told. `exiting`: the leader ended, and what is open on the terminal hangs up. */
export function disassociate_ctty(k: Kernel, exiting: boolean): void {
  const tty = current_tty(k);
  if (!tty || !k.current.signal.leader) return;
  const { pgrp } = tty;
  k.trace.write(tty, 'session', null);
  k.trace.write(tty, 'pgrp', null);
  if (exiting) tty_hangup(k, tty);
  for (const sig of [SIGHUP, SIGCONT]) kill_pgrp(k, pgrp, sig);
}

/** TIOCNOTTY. Errors: ENOTTY. */
export function tiocnotty(k: Kernel, tty: tty_struct): 0 | Err {
  if (current_tty(k) !== tty) return err('ENOTTY');
  disassociate_ctty(k, false);
  return 0;
}

/** What is open reads the end from now on, and can not be written. */
export function tty_hangup(k: Kernel, tty: tty_struct): void {
  k.trace.write(tty, 'hangups', tty.hangups + 1);
  wake_up(k, tty);
}

/** The last thread of a process ends. */
export function exit_tty(k: Kernel, task: task_struct): void {
  if (task.signal.leader) disassociate_ctty(k, true);
}

/** TIOCSPGRP: who is in the foreground. Errors: ENOTTY, EINVAL, ESRCH, EPERM (of another session). */
export function tiocspgrp(k: Kernel, tty: tty_struct, nr: number): 0 | Err {
  if (current_tty(k) !== tty) return err('ENOTTY');
  if (nr < 0) return err('EINVAL');
  const found = find_vpid(k, nr);
  if (!found) return err('ESRCH');
  const member = [...found.pgrp.values()][0] ?? found.pid_task;
  if (member?.signal.session !== k.current.signal.session) return err('EPERM');
  k.trace.write(tty, 'pgrp', found);
  return 0;
}
