import { checkpoint_restore_ns_capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { PIDNS_ADDING, get_pid_ns, pid, put_pid_ns } from './pid.ts';
import type { pid_namespace, upid } from './pid.ts';
import { wake_up } from './sched.ts';
import { atLeast } from './version.ts';
import { queue_work } from './work.ts';

/** After the numbers wrapped around, those below this are not given out again. */
const RESERVED_PIDS = 300;

const ALLOC = listing('alloc_pid', 'kernel/pid.c', [
  ['size', 0, 'if (set_tid_size > ns->level + 1) return -EINVAL', 'More pids are asked for than there are levels: EINVAL.', 'One for each pid namespace from {ns} up to the initial one at most.', { since: '5.7' }],
  ['alloc', 0, 'pid = new struct pid; pid->level = ns->level', 'A struct pid with {levels} numbers is made.', 'The child is visible in {ns} and in every pid namespace above it.'],
  ['each', 0, 'for (tmp = ns; tmp; tmp = tmp->parent)', 'A number in {tmp}.', 'Each pid namespace counts for itself.'],
  ['wanted', 1, 'if (set_tid_size): tid = set_tid[ns->level - i]', 'The caller of clone3() wants number {tid} there.', 'set_tid lists numbers from the innermost namespace outwards.', { since: '5.7' }],
  ['bad', 2, 'if (tid < 1 || tid >= pid_max) return -EINVAL', '{tid} is not a possible pid: EINVAL.', 'Pids go from 1 to pid_max - 1.', { since: '5.7' }],
  ['first', 2, 'if (tid != 1 && !tmp->child_reaper) return -EINVAL', '{tmp} has no init yet, so the first process must be number 1: EINVAL.', 'Number 1 becomes the init of its pid namespace.', { since: '5.7' }],
  ['capable', 2, 'if (!checkpoint_restore_ns_capable(tmp->user_ns)) return -EPERM', 'The caller may not choose pids in {tmp}: EPERM.', 'It needs CAP_CHECKPOINT_RESTORE (or CAP_SYS_ADMIN) in the owner of {tmp}.', { since: '5.7' }],
  ['used', 2, 'if the number is in use: return -EEXIST', 'Number {tid} is in use: EEXIST.', 'A number names one process.', { since: '5.7' }],
  ['next', 1, 'else nr = next free number after the last one given out', 'The child is number {nr} in {tmp}.', 'Numbers go up and start again at 300 after pid_max, so that one is not used again at once.'],
  ['none', 1, 'if there is none: undo, return -EAGAIN', 'All numbers of {tmp} are in use: EAGAIN.', 'pid_max limits how many processes there can be.'],
  ['hold', 0, 'get_pid_ns(ns)', '{pid} holds {ns}.', 'A pid namespace lives at least as long as the pids in it, even those of zombies.'],
  ['dead', 0, 'if (!(ns->pid_allocated & PIDNS_ADDING)): undo, return -ENOMEM', '{ns} takes no more processes: ENOMEM.', 'Its init ended, and a pid namespace without init is dead for ever.', { since: '3.8' }],
  ['publish', 0, 'for each level: publish the number; upid->ns->pid_allocated++', 'Number {nr} of {tmp} leads to {pid} now.', 'From here on the process can be found by it.'],
  ['done', 0, 'return pid', '{pid} is complete.', 'copy_process() gives it to the child.'],
]);

/**
 * A struct pid for a new task of this pid namespace, with a number on each level. `set_tid`: wanted numbers, innermost first.
 * Errors: EINVAL, EPERM, EEXIST, EAGAIN, ENOMEM (KERNEL.md 4.7).
 */
export function alloc_pid(k: Kernel, ns: pid_namespace, set_tid: readonly number[] = []): pid | Err {
  k.enter(ALLOC, { ns, set_tid });
  const { at } = ALLOC;
  if (set_tid.length > ns.level + 1) {
    k.at(at.size, { ns });
    return k.leave(ALLOC, err('EINVAL'));
  }
  k.at(at.alloc, { ns, levels: ns.level + 1 });
  const numbers: upid[] = [];
  let failed: Err | null = null;
  for (let tmp: pid_namespace | null = ns; tmp; tmp = tmp.parent) {
    k.at(at.each, { tmp });
    const tid = set_tid[numbers.length];
    const nr = tid === undefined ? next_number(k, tmp) : wanted_number(k, tmp, tid);
    if (isErr(nr)) {
      failed = nr;
      break;
    }
    if (tid === undefined) k.trace.write(tmp, 'idr_cursor', nr);
    numbers.unshift({ nr, ns: tmp });
  }
  if (failed !== null) return k.leave(ALLOC, undo(k, ns, failed));
  const made = k.trace.alloc(new pid(ns.level, numbers));
  k.at(at.hold, { pid: made, ns });
  get_pid_ns(k, ns);
  if (atLeast(k.version, '3.8') && (ns.pid_allocated & PIDNS_ADDING) === 0) {
    k.at(at.dead, { ns });
    put_pid_ns(k, ns);
    k.trace.free(made);
    return k.leave(ALLOC, undo(k, ns, err('ENOMEM')));
  }
  for (const { nr, ns: tmp } of [...numbers].reverse()) {
    k.at(at.publish, { nr, tmp, pid: made });
    k.trace.insert(tmp.idr, nr, made);
    k.trace.write(tmp, 'pid_allocated', tmp.pid_allocated + 1);
  }
  k.at(at.done, { pid: made });
  return k.leave(ALLOC, made);
}

/** Numbers that were passed over stay so, but the first process of a namespace is to be number 1. */
function undo(k: Kernel, ns: pid_namespace, failed: Err): Err {
  if (ns.pid_allocated === PIDNS_ADDING) k.trace.write(ns, 'idr_cursor', 0);
  return failed;
}

function wanted_number(k: Kernel, tmp: pid_namespace, tid: number): number | Err {
  const { at } = ALLOC;
  k.at(at.wanted, { tid });
  const [line, failed] = tid < 1 || tid >= tmp.pid_max ? [at.bad, err('EINVAL')] as const
    : tid !== 1 && !tmp.child_reaper ? [at.first, err('EINVAL')] as const
      : !checkpoint_restore_ns_capable(k, tmp.user_ns) ? [at.capable, err('EPERM')] as const
        : tmp.idr.has(tid) ? [at.used, err('EEXIST')] as const : [null, tid] as const;
  if (line) k.at(line, { tid, tmp });
  return failed;
}

function next_number(k: Kernel, tmp: pid_namespace): number | Err {
  const lowest = tmp.idr_cursor + 1 > RESERVED_PIDS ? RESERVED_PIDS : 1;
  const start = Math.max(tmp.idr_cursor + 1, lowest);
  for (const [from, to] of [[start, tmp.pid_max], [lowest, Math.min(start, tmp.pid_max)]] as const) {
    for (let nr = from; nr < to; nr++) {
      if (tmp.idr.has(nr)) continue;
      k.at(ALLOC.at.next, { nr, tmp });
      return nr;
    }
  }
  k.at(ALLOC.at.none, { tmp });
  return err('EAGAIN');
}

const FREE = listing('free_pid', 'kernel/pid.c', [
  ['each', 0, 'for each level: ns->pid_allocated--', 'Number {nr} of {ns} is free again.', 'Nobody uses {pid} as process, group or session any more.'],
  ['wake', 1, 'if only one or two are left: wake_up_process(ns->child_reaper)', 'The init of {ns} is woken.', 'If it is ending, it waits until it is the last one.'],
  ['failed', 1, 'if none ever lived there: ns->pid_allocated = 0', '{ns} takes no more processes.', 'Its first process could not be made after all: it never gets an init.', { since: '4.19' }],
  ['later', 0, 'call_rcu(delayed_put_pid)', '{pid} is let go of a little later.', 'Somebody may be looking at it without a lock.'],
]);

/** Takes the numbers back. Whoever still holds the struct pid (a pidfd) keeps it, without numbers that lead to it. */
export function free_pid(k: Kernel, of: pid): void {
  k.enter(FREE, { pid: of });
  for (const { nr, ns } of of.numbers) {
    k.at(FREE.at.each, { nr, ns, pid: of });
    k.trace.write(ns, 'pid_allocated', ns.pid_allocated - 1);
    if (ns.pid_allocated === 1 || ns.pid_allocated === 2) {
      k.at(FREE.at.wake, { ns });
      wake_up(k, ns);
    } else if (ns.pid_allocated === PIDNS_ADDING && atLeast(k.version, '4.19')) {
      k.at(FREE.at.failed, { ns });
      k.trace.write(ns, 'pid_allocated', 0);
    }
    k.trace.remove(ns.idr, nr);
  }
  k.at(FREE.at.later, { pid: of });
  queue_work(k, 'delayed_put_pid', of);
  k.leave(FREE, 0);
}

/** No more processes in this pid namespace: its init is ending. */
export function disable_pid_allocation(k: Kernel, ns: pid_namespace): void {
  k.trace.write(ns, 'pid_allocated', ns.pid_allocated >= PIDNS_ADDING ? ns.pid_allocated - PIDNS_ADDING : ns.pid_allocated);
}

export function get_pid(k: Kernel, of: pid): pid {
  return k.trace.get(of);
}

/** Drops a reference of a struct pid; with the last, its pid namespace is let go of. */
export function put_pid(k: Kernel, of: pid): void {
  if (!k.trace.put(of)) return;
  const ns = of.numbers[of.level]?.ns;
  k.trace.free(of);
  if (ns) put_pid_ns(k, ns);
}
