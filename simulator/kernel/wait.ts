import { err, type Err } from './errno.ts';
import { fget } from './files.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { O_NONBLOCK } from './mode.ts';
import { exit_status, how_ended } from './notify.ts';
import { pid } from './pid.ts';
import { find_vpid, pid_vnr } from './pid_lookup.ts';
import { release_task } from './release.ts';
import { wait_on } from './sched.ts';
import type { Blocked } from './sched.ts';
import { CLD_CONTINUED, CLD_STOPPED, SIGCHLD, SIGCONT, SIGNAL_STOP_CONTINUED, SIGNAL_STOP_STOPPED } from './signals.ts';
import type { task_struct } from './task.ts';
import { thread_group_cputime } from './cputime.ts';
import { from_kuid_munged } from './uidgid.ts';
import { atLeast } from './version.ts';

export const WNOHANG = 1;
export const WUNTRACED = 2;
export const WSTOPPED = 2;
export const WEXITED = 4;
export const WCONTINUED = 8;
export const WNOWAIT = 0x01000000;
export const __WNOTHREAD = 0x20000000;
export const __WALL = 0x40000000;
export const __WCLONE = 0x80000000;
export const P_ALL = 0;
export const P_PID = 1;
export const P_PGID = 2;
export const P_PIDFD = 3;

/** What was found out about a child: its pid and uid, `stat`, the status word of wait4, and `code` (CLD_…) and `status` as waitid tells them. */
export interface wait_result {
  readonly pid: number; readonly uid: number; readonly status: number; readonly code: number; readonly stat: number;
  /** Nanoseconds that it and the children it waited for have run. */
  readonly runtime: bigint;
}

/** Which children are waited for: all, the one with this pid, or the members of this process group. */
export interface wait_opts { readonly type: 'all' | 'pid' | 'pgid'; readonly pid: pid | null; readonly options: number }

const WAIT = listing('do_wait', 'kernel/exit.c', [
  ['each', 0, 'for each child p of this thread, then of the other threads', '{p} is looked at.', 'Any thread may wait for the children of the others, unless __WNOTHREAD says otherwise.'],
  ['eligible', 1, 'if (!eligible_child(p)) continue', '{p} is not meant.', 'It has another pid or group, or ends with another signal than SIGCHLD (then __WALL or __WCLONE is needed).'],
  ['zombie', 1, 'if (p->exit_state == EXIT_ZOMBIE && !delay_group_leader(p)) return wait_task_zombie(p)', '{p} has ended.', 'It waited as a zombie for this.'],
  ['reap', 2, 'release_task(p)', '{p} is reaped.', 'Its status was given to its parent; its pid is free again.'],
  ['stopped', 1, 'if (WUNTRACED and p stopped) report it', '{p} stopped.', 'The caller asked for that with WUNTRACED or WSTOPPED.'],
  ['continued', 1, 'if (WCONTINUED and p was continued) report it', '{p} goes on.', 'The caller asked for that with WCONTINUED.'],
  ['alive', 1, 'notask_error = 0', '{p} may still end.', 'So waiting makes sense.'],
  ['none', 0, 'return -ECHILD', 'There is no child to wait for: ECHILD.', 'All have been waited for, or none fits.'],
  ['sleep', 0, 'schedule()', 'The caller waits, or returns 0 with WNOHANG.', 'Children exist, but none has anything to tell.'],
]);

/** Looks at the children once: what one of them has to tell, 'none' when there is nobody to wait for, null when nobody has anything to tell yet. */
export function do_wait(k: Kernel, wo: wait_opts): wait_result | 'none' | null {
  k.enter(WAIT, { options: wo.options });
  const { at } = WAIT;
  const { current } = k;
  const threads = (wo.options & __WNOTHREAD) !== 0 ? [current] : [current, ...[...current.signal.threads.values()].filter((t) => t !== current)];
  let some = false;
  for (const tsk of threads) {
    for (const p of tsk.children.values()) {
      k.at(at.each, { p });
      if (!eligible_child(wo, p)) {
        k.at(at.eligible, { p });
        continue;
      }
      const ended = p.state === 'zombie' && p.signal.threads.size === 1;
      if (ended && (wo.options & WEXITED) !== 0) return k.leave(WAIT, wait_task_zombie(k, wo, p));
      const told = wait_task_stopped(k, wo, p) ?? wait_task_continued(k, wo, p);
      if (told) return k.leave(WAIT, told);
      if (p.state === 'dead' || ended) continue;
      k.at(at.alive, { p });
      some = true;
    }
  }
  k.at(some ? at.sleep : at.none);
  return k.leave(WAIT, some ? null : 'none');
}

/** Would `do_wait` find something to tell now? Asked by a wait that a signal ended: what there is to tell comes first, the signal after it. */
export function has_news(k: Kernel, wo: wait_opts): boolean {
  const { current } = k;
  const threads = (wo.options & __WNOTHREAD) !== 0 ? [current] : [...current.signal.threads.values()];
  return threads.some((tsk) => [...tsk.children.values()].some((p) => eligible_child(wo, p)
    && ((p.state === 'zombie' && p.signal.threads.size === 1 && (wo.options & WEXITED) !== 0)
      || ((wo.options & WUNTRACED) !== 0 && (p.signal.flags & SIGNAL_STOP_STOPPED) !== 0 && p.signal.stop_code !== 0)
      || ((wo.options & WCONTINUED) !== 0 && (p.signal.flags & SIGNAL_STOP_CONTINUED) !== 0))));
}

function eligible_child(wo: wait_opts, p: task_struct): boolean {
  if (wo.type === 'pid' && p.thread_pid !== wo.pid) return false;
  if (wo.type === 'pgid' && p.signal.pgrp !== wo.pid) return false;
  if ((wo.options & __WALL) !== 0) return true;
  return (p.exit_signal === SIGCHLD) !== ((wo.options & __WCLONE) !== 0);
}

function result(k: Kernel, p: task_struct, stat: number, code: number, status: number): wait_result {
  return { pid: pid_vnr(k, p.thread_pid), uid: from_kuid_munged(k.current.cred.user_ns, p.cred.uid), status, code, stat, runtime: thread_group_cputime(k, p.signal) + p.signal.children_runtime };
}

function wait_task_zombie(k: Kernel, wo: wait_opts, p: task_struct): wait_result {
  k.at(WAIT.at.zombie, { p });
  const { code, stat } = how_ended(p);
  const told = result(k, p, exit_status(p), code, stat);
  if ((wo.options & WNOWAIT) === 0) {
    k.at(WAIT.at.reap, { p });
    const { signal } = k.current;
    k.trace.write(signal, 'children_runtime', signal.children_runtime + told.runtime);
    k.trace.write(p, 'state', 'dead');
    release_task(k, p);
  }
  return told;
}

function wait_task_stopped(k: Kernel, wo: wait_opts, p: task_struct): wait_result | null {
  const { signal } = p;
  if ((wo.options & WUNTRACED) === 0 || (signal.flags & SIGNAL_STOP_STOPPED) === 0 || signal.stop_code === 0) return null;
  k.at(WAIT.at.stopped, { p });
  const told = result(k, p, (signal.stop_code << 8) | 0x7f, CLD_STOPPED, signal.stop_code);
  if ((wo.options & WNOWAIT) === 0) k.trace.write(signal, 'stop_code', 0);
  return told;
}

function wait_task_continued(k: Kernel, wo: wait_opts, p: task_struct): wait_result | null {
  const { signal } = p;
  if ((wo.options & WCONTINUED) === 0 || (signal.flags & SIGNAL_STOP_CONTINUED) === 0) return null;
  k.at(WAIT.at.continued, { p });
  if ((wo.options & WNOWAIT) === 0) k.trace.write(signal, 'flags', signal.flags & ~SIGNAL_STOP_CONTINUED);
  return result(k, p, 0xffff, CLD_CONTINUED, SIGCONT);
}

function wait_for(k: Kernel, wo: wait_opts): wait_result | 0 | Err | Blocked {
  if (wo.type !== 'all' && !wo.pid) return err('ECHILD');
  const told = do_wait(k, wo);
  if (told === 'none') return err('ECHILD');
  if (told) return told;
  return (wo.options & WNOHANG) !== 0 ? 0 : wait_on(k, k.current.signal, 'wait4', [wo]);
}

const INT_MIN = -2147483648;

/** wait4(2). `upid`: -1 any child, > 0 that one, 0 own process group, < -1 a process group. 0: WNOHANG and nothing to tell. Errors: EINVAL, ECHILD, ESRCH. */
export function sys_wait4(k: Kernel, upid: number, options: number): wait_result | 0 | Err | Blocked {
  if ((options & ~(WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL)) !== 0) return err('EINVAL');
  if (upid === INT_MIN) return err('ESRCH');
  const wanted = options | WEXITED;
  if (upid === -1) return wait_for(k, { type: 'all', pid: null, options: wanted });
  if (upid > 0) return wait_for(k, { type: 'pid', pid: find_vpid(k, upid), options: wanted });
  return wait_for(k, { type: 'pgid', pid: upid === 0 ? k.current.signal.pgrp : find_vpid(k, -upid), options: wanted });
}

/** waitid(2). 0: WNOHANG and nothing to tell. Errors: EINVAL, ECHILD, EBADF, EAGAIN (pidfd that does not block). */
export function sys_waitid(k: Kernel, which: number, upid: number, options: number): wait_result | 0 | Err | Blocked {
  if ((options & ~(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED | __WNOTHREAD | __WCLONE | __WALL)) !== 0) return err('EINVAL');
  if ((options & (WEXITED | WSTOPPED | WCONTINUED)) === 0) return err('EINVAL');
  switch (which) {
    case P_ALL: return wait_for(k, { type: 'all', pid: null, options });
    case P_PID: return upid <= 0 ? err('EINVAL') : wait_for(k, { type: 'pid', pid: find_vpid(k, upid), options });
    case P_PGID:
      if (upid < 0 || (upid === 0 && !atLeast(k.version, '5.7'))) return err('EINVAL');
      return wait_for(k, { type: 'pgid', pid: upid === 0 ? k.current.signal.pgrp : find_vpid(k, upid), options });
    case P_PIDFD: return k.features.pidfd && upid >= 0 ? wait_pidfd(k, upid, options) : err('EINVAL');
    default: return err('EINVAL');
  }
}

function wait_pidfd(k: Kernel, fd: number, options: number): wait_result | 0 | Err | Blocked {
  const file = fget(k, fd);
  const of = file?.private_data;
  if (!file || !(of instanceof pid)) return err('EBADF');
  const nonblock = (file.f_flags & O_NONBLOCK) !== 0;
  const told = wait_for(k, { type: 'pid', pid: of, options: nonblock ? options | WNOHANG : options });
  return told === 0 && nonblock && (options & WNOHANG) === 0 ? err('EAGAIN') : told;
}
