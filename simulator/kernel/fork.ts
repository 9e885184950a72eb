import type { kernel_clone_args } from './clone_args.ts';
import { copy_process } from './copy_process.ts';
import { err, isErr } from './errno.ts';
import {
  CLONE_FS, CLONE_NEWPID, CLONE_NEWUSER, CLONE_PARENT, CLONE_PARENT_SETTID, CLONE_PIDFD, CLONE_THREAD, CLONE_VFORK, CLONE_VM, CSIGNAL, has,
} from './flags.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import type { Row } from './listing.ts';
import { pid_vnr } from './pid_lookup.ts';
import { Blocked, set_running, wait_on } from './sched.ts';
import { ERESTARTNOINTR, SIGCHLD } from './signals.ts';
import type { task_struct } from './task.ts';
import { atLeast } from './version.ts';

const REST = [
  ['copy', 0, 'p = copy_process(args)', 'A copy of the calling task is made.', '{call} asked for a new task.'],
  ['failed', 1, 'return PTR_ERR(p)', 'It could not be made: {error}.', 'Nothing of it is left.'],
  ['nr', 0, 'nr = pid_vnr(pid)', '{p} is number {nr} for the caller.', 'The caller gets the number in its own pid namespace; the child may have others.'],
  ['settid', 0, 'if (clone_flags & CLONE_PARENT_SETTID) put_user(nr, args->parent_tid)', 'The number {nr} is stored in the caller\'s memory.', '{call} was called with CLONE_PARENT_SETTID.'],
  ['vfork', 0, 'if (clone_flags & CLONE_VFORK) p->vfork_done = &vfork', '{p} will tell when it does not need the memory any more.', '{call} was called with CLONE_VFORK.'],
  ['wake', 0, 'wake_up_new_task(p)', '{p} may run from now on.', 'Everything it needs is there.'],
  ['wait', 0, 'if (clone_flags & CLONE_VFORK) wait_for_vfork_done(p, &vfork)', 'The caller waits until {p} calls exec or ends.', 'They use the same memory, stack and all: two at once would destroy it.'],
  ['done', 0, 'return nr', 'The caller gets {nr}.', 'The child gets 0 when it runs.'],
] as const satisfies readonly Row[];

const MODERN = listing('kernel_clone', 'kernel/fork.c', [
  ['pidfd', 0, 'if ((clone_flags & CLONE_PIDFD) && (clone_flags & CLONE_PARENT_SETTID) && args->pidfd == args->parent_tid) return -EINVAL', 'The descriptor and the thread id would be stored in the same place: EINVAL.', 'clone() has one argument for both; clone3() has two.', { since: '6.1' }],
  ...REST,
]);
const UNDERSCORE = listing('_do_fork', 'kernel/fork.c', REST);
const OLD = listing('do_fork', 'kernel/fork.c', [
  ['together', 0, 'if ((clone_flags & (CLONE_NEWUSER | CLONE_NEWPID)) && (clone_flags & (CLONE_THREAD | CLONE_PARENT))) return -EINVAL', 'A thread or sibling in a new user or pid namespace: EINVAL.', 'Threads are in one user namespace and one pid namespace; and siblings were to have one parent that sees them.', { since: '3.8', until: '3.8' }],
  ...REST,
]);

/** The function's name changed: do_fork, _do_fork (4.2), kernel_clone (5.10). */
function listing_of(k: Kernel): typeof UNDERSCORE {
  if (atLeast(k.version, '6.1')) return MODERN;
  return (atLeast(k.version, '4.19') ? UNDERSCORE : OLD);
}

/**
 * fork, vfork, clone, clone3: the child's number in the caller's pid namespace, or an error (copy_process). With CLONE_VFORK it blocks, and
 * is then called again with the same arguments; so it is after a signal that came first.
 */
export function kernel_clone(k: Kernel, args: kernel_clone_args): number | Blocked {
  const L = listing_of(k);
  const { at } = L;
  const { current } = k;
  const { flags } = args;
  if (current.vfork_wait) return vfork_done(k, L);
  k.enter(L, { flags });
  const refused = check_first(k, args);
  if (refused) return k.leave(L, refused);
  k.at(at.copy);
  const p = copy_process(k, args);
  if (isErr(p)) {
    k.at(at.failed, { error: p });
    k.leave(L, p);
    if (p !== ERESTARTNOINTR) return p;
    // It does not sleep, but is at once as if woken by the signal: that is delivered, and the call made again.
    k.trace.write(current, 'interrupted', { kind: 'clone', result: null });
    return Blocked;
  }
  const nr = pid_vnr(k, p.thread_pid);
  k.at(at.nr, { p, nr });
  if (has(flags, CLONE_PARENT_SETTID)) {
    k.at(at.settid, { nr });
    args.put_user?.(args.parent_tid ?? 0, nr);
  }
  if (has(flags, CLONE_VFORK)) {
    k.at(at.vfork, { p });
    k.trace.write(p, 'vfork_parent', current);
    k.trace.write(current, 'vfork_wait', { child: p, nr });
  }
  k.at(at.wake, { p });
  wake_up_new_task(k, p);
  if (has(flags, CLONE_VFORK)) {
    k.at(at.wait, { p });
    return wait_on(k, p, 'vfork');
  }
  k.at(at.done, { nr });
  return k.leave(L, nr);
}

/** Tests that come before everything else. */
function check_first(k: Kernel, args: kernel_clone_args): number {
  const { flags } = args;
  if (k.features.pidfd && has(flags, CLONE_PIDFD) && has(flags, CLONE_PARENT_SETTID) && args.pidfd === args.parent_tid) {
    if (atLeast(k.version, '6.1')) k.at(MODERN.at.pidfd);
    return err('EINVAL');
  }
  if (k.version === '3.8' && has(flags, CLONE_NEWUSER | CLONE_NEWPID) && has(flags, CLONE_THREAD | CLONE_PARENT)) {
    k.at(OLD.at.together);
    return err('EINVAL');
  }
  return 0;
}

/** The call goes on after waiting: if the child has let go of the memory, it is over. */
function vfork_done(k: Kernel, L: typeof UNDERSCORE): number | Blocked {
  const { current } = k;
  const waited = current.vfork_wait;
  if (!waited) throw new Error('no vfork is waited for');
  const { child, nr } = waited;
  if (child.vfork_parent === current) return wait_on(k, child, 'vfork');
  k.trace.write(current, 'vfork_wait', null);
  k.at(L.at.done, { nr });
  return k.leave(L, nr);
}

/** The new task joins the end of the queue. */
function wake_up_new_task(k: Kernel, p: task_struct): void {
  set_running(k, p);
}

export function sys_fork(k: Kernel): number | Blocked {
  return kernel_clone(k, { flags: 0, exit_signal: SIGCHLD });
}

export function sys_vfork(k: Kernel): number | Blocked {
  return kernel_clone(k, { flags: CLONE_VFORK | CLONE_VM, exit_signal: SIGCHLD });
}

/** clone(2) as the system call is: the low byte of `flags` is the exit signal; `parent_tid` is the place for the pidfd too. Bits above 32 do not count. */
export function sys_clone(k: Kernel, flags: number, stack: number, parent_tid: number, child_tid: number, tls: number, put_user?: kernel_clone_args['put_user']): number | Blocked {
  const low = (flags % 2 ** 32) >>> 0;
  return kernel_clone(k, {
    flags: (low & ~CSIGNAL) >>> 0, exit_signal: low & CSIGNAL, stack, parent_tid, pidfd: parent_tid, child_tid, tls, ...(put_user ? { put_user } : {}),
  });
}

/** A task that is to be a process of its own without a program calling fork: the first ones, at boot. Shares directories when there are none yet. */
export function user_mode_thread(k: Kernel): task_struct {
  const p = copy_process(k, { flags: k.current.fs ? 0 : CLONE_FS, exit_signal: SIGCHLD });
  if (isErr(p)) throw new Error(`the first processes could not be made: ${p}`);
  wake_up_new_task(k, p);
  return p;
}
