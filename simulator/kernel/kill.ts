import { CAP_KILL, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { task_active_pid_ns } from './pid.ts';
import type { pid } from './pid.ts';
import { find_vpid, pid_vnr, task_pid_nr_ns, task_tgid_nr_ns } from './pid_lookup.ts';
import { send_signal, send_signal_from } from './signal.ts';
import { SIGCONT, SI_TKILL, SI_USER, _NSIG } from './signals.ts';
import type { siginfo, task_struct } from './task.ts';

const PERMISSION = listing('check_kill_permission', 'kernel/signal.c', [
  ['valid', 0, 'if (!valid_signal(sig)) return -EINVAL', 'Signal {sig} does not exist: EINVAL.', 'Signals go from 1 to 64; 0 only asks whether it would be allowed.'],
  ['cred', 0, 'if (!same_thread_group(current, t) && !kill_ok_by_cred(t))', 'Is the caller neither of the same process nor of the same user as {t}?', 'The real or effective uid must be the real or saved uid of {t}; or CAP_KILL is needed in its user namespace.'],
  ['session', 1, 'if (sig is SIGCONT and t is in the same session) break', 'SIGCONT is allowed within a session.', 'A shell must be able to let its jobs go on.'],
  ['denied', 1, 'return -EPERM', 'The caller may not: EPERM.', 'It is another user\'s process.'],
  ['ok', 0, 'return 0', 'The caller may send signal {sig} to {t}.', 'Whether {t} cares is another matter.'],
]);

/** May the running task send this signal? Errors: EINVAL, EPERM. */
export function check_kill_permission(k: Kernel, sig: number, t: task_struct): 0 | Err {
  k.enter(PERMISSION, { sig, t });
  const { at } = PERMISSION;
  if (sig < 0 || sig > _NSIG) {
    k.at(at.valid, { sig });
    return k.leave(PERMISSION, err('EINVAL'));
  }
  const { current } = k;
  if (current.signal !== t.signal && !kill_ok_by_cred(k, t)) {
    k.at(at.cred, { t });
    if (sig === SIGCONT && t.signal.session === current.signal.session) {
      k.at(at.session);
      return k.leave(PERMISSION, 0);
    }
    k.at(at.denied);
    return k.leave(PERMISSION, err('EPERM'));
  }
  k.at(at.ok, { sig, t });
  return k.leave(PERMISSION, 0);
}

function kill_ok_by_cred(k: Kernel, t: task_struct): boolean {
  const own = k.current.cred;
  const { suid, uid, user_ns } = t.cred;
  return own.euid === suid || own.euid === uid || own.uid === suid || own.uid === uid || ns_capable(k, user_ns, CAP_KILL);
}

/** Sends to the process that the task belongs to. Errors: EINVAL, EPERM. */
export function group_send_sig_info(k: Kernel, sig: number, t: task_struct): 0 | Err {
  const failed = check_kill_permission(k, sig, t);
  if (!failed && sig !== 0) send_signal_from(k, sig, SI_USER, t, true);
  return failed;
}

/** kill(2). `pid`: > 0 a process, 0 the own process group, -1 all that may be signalled but init and oneself, < -1 a process group. */
export function sys_kill(k: Kernel, nr: number, sig: number): 0 | Err {
  if (nr > 0) {
    const found = find_vpid(k, nr)?.pid_task;
    return found ? group_send_sig_info(k, sig, found) : err('ESRCH');
  }
  if (nr === -2147483648) return err('ESRCH');
  if (nr !== -1) {
    const pgrp = nr === 0 ? k.current.signal.pgrp : find_vpid(k, -nr);
    return pgrp ? __kill_pgrp_info(k, sig, pgrp) : err('ESRCH');
  }
  return kill_all(k, sig);
}

/** Sends to each process of a group; fails only if none could be sent to. */
export function __kill_pgrp_info(k: Kernel, sig: number, pgrp: pid): 0 | Err {
  let failed: 0 | Err = err('ESRCH');
  let success = false;
  for (const p of [...pgrp.pgrp.values()]) {
    const result = group_send_sig_info(k, sig, p);
    success ||= result === 0;
    failed = result;
  }
  return success ? 0 : failed;
}

/** Everybody whom the caller sees but its init and itself. Those it may not signal do not make it fail. */
function kill_all(k: Kernel, sig: number): 0 | Err {
  const ns = task_active_pid_ns(k.current);
  let result: 0 | Err = 0;
  let count = 0;
  for (const p of [...k.tasks.values()]) {
    if (p.group_leader !== p || task_tgid_nr_ns(p, ns) <= 1 || p.signal === k.current.signal) continue;
    const failed = group_send_sig_info(k, sig, p);
    count++;
    if (failed !== err('EPERM')) result = failed;
  }
  return count > 0 ? result : err('ESRCH');
}

/** tgkill(2): one thread of one process. Errors: EINVAL, ESRCH, EPERM. */
export function sys_tgkill(k: Kernel, tgid: number, nr: number, sig: number): 0 | Err {
  if (nr <= 0 || tgid <= 0) return err('EINVAL');
  return do_send_specific(k, tgid, nr, sig);
}

/** tkill(2): one thread. Errors: EINVAL, ESRCH, EPERM. */
export function sys_tkill(k: Kernel, nr: number, sig: number): 0 | Err {
  return nr <= 0 ? err('EINVAL') : do_send_specific(k, 0, nr, sig);
}

function do_send_specific(k: Kernel, tgid: number, nr: number, sig: number): 0 | Err {
  const t = find_vpid(k, nr)?.pid_task;
  if (!t || (tgid > 0 && pid_vnr(k, t.signal.tgid) !== tgid)) return err('ESRCH');
  const failed = check_kill_permission(k, sig, t);
  if (!failed && sig !== 0) send_signal_from(k, sig, SI_TKILL, t, false);
  return failed;
}

/** rt_sigqueueinfo(2): a signal with a value, to a process. Only to itself may one send what looks as if the kernel sent it. Errors: EPERM, ESRCH, EINVAL. */
export function sys_rt_sigqueueinfo(k: Kernel, nr: number, info: siginfo): 0 | Err {
  if ((info.code >= 0 || info.code === SI_TKILL) && pid_vnr(k, k.current.signal.tgid) !== nr) return err('EPERM');
  const t = find_vpid(k, nr)?.pid_task;
  return t ? send_info(k, info, t, true) : err('ESRCH');
}

/** rt_tgsigqueueinfo(2): the same, to one thread. Errors: EINVAL, EPERM, ESRCH. */
export function sys_rt_tgsigqueueinfo(k: Kernel, tgid: number, nr: number, info: siginfo): 0 | Err {
  if (nr <= 0 || tgid <= 0) return err('EINVAL');
  if ((info.code >= 0 || info.code === SI_TKILL) && pid_vnr(k, k.current.thread_pid) !== nr) return err('EPERM');
  const t = find_vpid(k, nr)?.pid_task;
  return t && pid_vnr(k, t.signal.tgid) === tgid ? send_info(k, info, t, false) : err('ESRCH');
}

function send_info(k: Kernel, info: siginfo, t: task_struct, group: boolean): 0 | Err {
  const failed = check_kill_permission(k, info.signo, t);
  if (failed || info.signo === 0) return failed;
  const outside = task_pid_nr_ns(k.current, task_active_pid_ns(t)) === 0;
  send_signal(k, outside ? { ...info, pid: 0 } : info, t, group, outside);
  return 0;
}
