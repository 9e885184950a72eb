import { keep_cputime } from './cputime.ts';
import { free_fs_struct } from './fs_struct.ts';
import { fput, put_files_struct } from './files.ts';
import { exit_itimers } from './itimer.ts';
import { exit_posix_timers } from './posix_timer.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { mm_release, mmput } from './mm.ts';
import { do_notify_parent } from './notify.ts';
import { exit_task_namespaces } from './nsproxy.ts';
import { is_global_init, task_active_pid_ns } from './pid.ts';
import { release_task } from './release.ts';
import { forget_original_parent, kill_orphaned_pgrp } from './reparent.ts';
import { Blocked, dequeue_task, wake_up } from './sched.ts';
import { seccomp_filter_release } from './seccomp_notify.ts';
import { exit_sem } from './semundo.ts';
import { exit_shm } from './shm.ts';
import { kill_thread } from './signal.ts';
import { PF_EXITING, SIGNAL_GROUP_EXIT } from './signals.ts';
import type { task_struct } from './task.ts';
import type { file } from './vfs.ts';
import { exit_tty } from './tty_jobctrl.ts';
import { atLeast } from './version.ts';
import { zap_pid_ns_processes } from './zap.ts';

const EXIT = listing('do_exit', 'kernel/exit.c', [
  ['status', 0, 'if (no other thread runs and !(sig->flags & SIGNAL_GROUP_EXIT)) sig->group_exit_code = code', 'The status of the process is {code}.', 'The thread that ends last decides it, whichever that is.', { since: '6.1' }],
  ['signals', 0, 'exit_signals(tsk): tsk->flags |= PF_EXITING', '{tsk} is ending from here on.', 'No signal can make it do anything else.'],
  ['last', 0, 'group_dead = atomic_dec_and_test(&tsk->signal->live)', 'Is it the last thread of its process?', 'What belongs to the process as a whole ends with the last thread.'],
  ['panic', 1, 'if (is_global_init(tsk)) panic(...)', 'The first process of the machine ended: the kernel panics.', 'Nobody is left to adopt processes and nothing can be started.'],
  ['reaper', 0, 'if (group_dead) exit_child_reaper(tsk)', 'If it is the init of a pid namespace, everybody in there is killed first.', 'Without its init a pid namespace cannot go on.', { until: '2.6.24' }],
  ['mm', 0, 'exit_mm()', '{tsk} gives its memory back.', 'A parent that waits in vfork() goes on now.'],
  ['sem', 0, 'exit_sem(tsk)', 'What semaphore operations with SEM_UNDO did is undone.', 'The process ends.'],
  ['shm', 0, 'exit_shm(tsk)', 'Shared memory segments of {tsk} are nobody\'s.', 'They stay in their ipc namespace.', { since: '3.8' }],
  ['files', 0, 'exit_files(tsk)', 'Open files are closed.', 'The last task that shares the table closes them.'],
  ['fs', 0, 'exit_fs(tsk)', 'Root and working directory are let go.', 'They may have kept a mount busy.'],
  ['namespaces', 0, 'exit_task_namespaces(tsk)', '{tsk} leaves its nsproxy.', 'A zombie holds no namespaces but its user namespace and pid namespace.', { since: '4.19' }],
  ['work', 0, 'exit_task_work(tsk)', 'Files that {tsk} was the last to have open are released.', 'Closing only puts that off until the task is about to leave the kernel, or here.', { since: '3.8' }],
  ['notify', 0, 'exit_notify(tsk, group_dead)', 'Children are given away and the parent is told.', 'Somebody may wait for this.'],
  ['dead', 0, 'do_task_dead()', '{tsk} never runs again.', 'What is left of it is the zombie, if its parent is to ask for its status.'],
]);

/**
 * The running task ends. `code`: the status word. Blocked when the init of a pid namespace waits for the others to end: it is called again
 * when woken. KERNEL.md 4.12.
 */
export function do_exit(k: Kernel, code: number): 0 | Blocked {
  const tsk = k.current;
  const { at } = EXIT;
  if ((tsk.flags & PF_EXITING) !== 0) return resume_exit(k, tsk);
  k.enter(EXIT, { tsk, code });
  if (atLeast(k.version, '6.1') && tsk.signal.count === 1 && (tsk.signal.flags & SIGNAL_GROUP_EXIT) === 0) {
    k.at(at.status, { code });
    k.trace.write(tsk.signal, 'flags', SIGNAL_GROUP_EXIT);
    k.trace.write(tsk.signal, 'group_exit_code', code);
  }
  k.at(at.signals, { tsk });
  keep_cputime(k, tsk, tsk.cputime_base);
  k.trace.write(tsk, 'flags', tsk.flags | PF_EXITING);
  k.trace.write(tsk, 'wait', null);
  if (atLeast(k.version, '6.12')) seccomp_filter_release(k, tsk);
  const { signal } = tsk;
  k.at(at.last, { tsk });
  k.trace.put(signal);
  const group_dead = signal.count === 0;
  if (group_dead && is_global_init(k, tsk)) {
    k.at(at.panic);
    k.trace.insert(k.counters, 'panic', code);
    k.trace.write(tsk, 'state', 'uninterruptible');
    dequeue_task(k, tsk);
    return k.leave(EXIT, Blocked);
  }
  if (group_dead) {
    exit_itimers(k, tsk);
    exit_posix_timers(k);
  }
  k.trace.write(tsk, 'exit_code', code);
  if (group_dead && !atLeast(k.version, '3.8')) {
    k.at(at.reaper, { tsk });
    return exit_reaper(k, tsk);
  }
  return exit_resources(k, tsk);
}

/** 2.6.24: an init ends its pid namespace before it gives anything back. */
function exit_reaper(k: Kernel, tsk: task_struct): 0 | Blocked {
  const ns = task_active_pid_ns(tsk);
  if (ns.child_reaper === tsk && zap_pid_ns_processes(k, ns) === Blocked) {
    k.trace.insert(k.exiting, tsk.id, { stage: 'reaper', group: k.exiting.get(tsk.id)?.group ?? false });
    return Blocked;
  }
  k.trace.remove(k.exiting, tsk.id);
  return exit_resources(k, tsk);
}

function exit_resources(k: Kernel, tsk: task_struct): 0 | Blocked {
  const { at } = EXIT;
  k.at(at.mm, { tsk });
  exit_mm(k, tsk);
  k.at(at.sem, { tsk });
  exit_sem(k, tsk);
  if (atLeast(k.version, '3.8')) {
    k.at(at.shm, { tsk });
    exit_shm(k, tsk);
  }
  k.at(at.files, { tsk });
  const closed: file[] = [];
  exit_files(k, tsk, atLeast(k.version, '3.8') ? closed : null);
  k.at(at.fs, { tsk });
  exit_fs(k, tsk);
  if (tsk.signal.count === 0) exit_tty(k, tsk);
  if (atLeast(k.version, '4.19')) {
    k.at(at.namespaces, { tsk });
    exit_task_namespaces(k, tsk);
  }
  if (closed.length > 0) k.at(at.work, { tsk });
  for (const of of closed) fput(k, of);
  k.at(at.notify, { tsk });
  return exit_notify(k, tsk);
}

/** Lets go of the memory; a parent in vfork goes on. */
export function exit_mm(k: Kernel, tsk: task_struct): void {
  mm_release(k, tsk);
  const { mm } = tsk;
  if (!mm) return;
  k.trace.write(tsk, 'user_dumpable', mm.dumpable === 1);
  k.trace.write(tsk, 'mm', null);
  mmput(k, mm);
}

/** `later`: gets the files to release, in place of doing it at once. */
export function exit_files(k: Kernel, tsk: task_struct, later: file[] | null = null): void {
  const { files } = tsk;
  if (!files) return;
  k.trace.write(tsk, 'files', null);
  put_files_struct(k, files, later);
}

export function exit_fs(k: Kernel, tsk: task_struct): void {
  const { fs } = tsk;
  if (!fs) return;
  k.trace.write(tsk, 'fs', null);
  if (k.trace.put(fs)) free_fs_struct(k, fs);
}

const NOTIFY = listing('exit_notify', 'kernel/exit.c', [
  ['forget', 0, 'forget_original_parent(tsk, &dead)', 'The children of {tsk} get another parent.', 'Somebody must be able to wait for them.'],
  ['namespaces', 0, 'exit_task_namespaces(tsk)', '{tsk} leaves its nsproxy.', 'A zombie holds no namespaces but its user namespace and pid namespace.', { until: '3.8' }],
  ['orphans', 0, 'if (group_dead) kill_orphaned_pgrp(tsk->group_leader, NULL)', 'Stopped jobs that nobody can continue any more are ended.', 'With {tsk} the last process that linked their group to its session may be gone.'],
  ['zombie', 0, 'tsk->exit_state = EXIT_ZOMBIE', '{tsk} is a zombie.', 'Its pid and its status stay until its parent asks for them.'],
  ['leader', 0, 'if (thread_group_leader(tsk)) autoreap = thread_group_empty(tsk) && do_notify_parent(tsk, tsk->exit_signal)', 'Is the parent told, and does it want to know?', 'A process ends with its last thread; if others still run, its leader waits as a zombie.'],
  ['thread', 0, 'else autoreap = true', '{tsk} was one thread of several: nobody waits for it.', 'Only processes are waited for.'],
  ['reap', 0, 'if (autoreap): release_task(tsk)', '{tsk} is reaped at once.', 'It does not stay as a zombie.'],
]);

/** Children, parent, zombie. Called again while zap_pid_ns_processes blocks. */
function exit_notify(k: Kernel, tsk: task_struct): 0 | Blocked {
  const { at } = NOTIFY;
  if (!k.exiting.has(tsk.id)) {
    k.enter(NOTIFY, { tsk });
    k.at(at.forget, { tsk });
  }
  if (forget_original_parent(k, tsk) === Blocked) {
    k.trace.insert(k.exiting, tsk.id, { stage: 'notify', group: k.exiting.get(tsk.id)?.group ?? false });
    return Blocked;
  }
  k.trace.remove(k.exiting, tsk.id);
  if (!atLeast(k.version, '4.19')) {
    k.at(at.namespaces, { tsk });
    exit_task_namespaces(k, tsk);
  }
  const { signal } = tsk;
  if (signal.count === 0) {
    k.at(at.orphans, { tsk });
    kill_orphaned_pgrp(k, tsk.group_leader, null);
  }
  k.at(at.zombie, { tsk });
  dequeue_task(k, tsk);
  k.trace.write(tsk, 'state', 'zombie');
  let autoreap = true;
  if (tsk.group_leader === tsk) {
    k.at(at.leader, { tsk });
    autoreap = signal.threads.size === 1 && do_notify_parent(k, tsk, tsk.exit_signal);
  } else k.at(at.thread, { tsk });
  if (signal.group_exec_task) wake_up(k, signal);
  if (autoreap) {
    k.at(at.reap, { tsk });
    release_task(k, tsk);
  }
  k.leave(NOTIFY, undefined);
  k.at(EXIT.at.dead, { tsk });
  return k.leave(EXIT, 0);
}

const GROUP = listing('do_group_exit', 'kernel/exit.c', [
  ['already', 0, 'if (sig->flags & SIGNAL_GROUP_EXIT) exit_code = sig->group_exit_code', 'The process is ending already.', 'Another thread, or a signal, decided the status.'],
  ['exec', 0, 'else if (sig->group_exec_task) exit_code = 0', 'Another thread called exec.', 'The process goes on, with that thread alone.'],
  ['all', 0, 'else: sig->flags = SIGNAL_GROUP_EXIT; zap_other_threads(current)', 'Every other thread gets SIGKILL.', 'The whole process ends.'],
  ['exit', 0, 'do_exit(exit_code)', 'This thread ends.', 'The others do when they run next.'],
]);

/** All threads of the process end. */
export function do_group_exit(k: Kernel, code: number): 0 | Blocked {
  const { current } = k;
  if ((current.flags & PF_EXITING) !== 0) return do_exit(k, code);
  const { signal } = current;
  k.enter(GROUP, { code });
  const { at } = GROUP;
  let exit_code = code;
  if ((signal.flags & SIGNAL_GROUP_EXIT) !== 0) {
    k.at(at.already);
    exit_code = signal.group_exit_code;
  } else if (signal.group_exec_task && signal.group_exec_task !== current) {
    k.at(at.exec);
    exit_code = 0;
  } else {
    k.at(at.all);
    k.trace.write(signal, 'group_exit_code', code);
    k.trace.write(signal, 'flags', SIGNAL_GROUP_EXIT);
    zap_other_threads(k, current);
  }
  k.at(at.exit);
  const result = do_exit(k, exit_code);
  const blocked = k.exiting.get(current.id);
  if (blocked) k.trace.insert(k.exiting, current.id, { ...blocked, group: true });
  return result === Blocked ? result : k.leave(GROUP, result);
}

/** An init that waited for the others of its pid namespace goes on ending. */
function resume_exit(k: Kernel, tsk: task_struct): 0 | Blocked {
  const was = k.exiting.get(tsk.id);
  const result = was?.stage === 'reaper' ? exit_reaper(k, tsk) : exit_notify(k, tsk);
  return result !== Blocked && was?.group ? k.leave(GROUP, result) : result;
}

/** Kills every other thread of the process. */
export function zap_other_threads(k: Kernel, p: task_struct): void {
  for (const t of p.signal.threads.values()) if (t !== p) kill_thread(k, t);
}

/** exit(2): the calling thread ends, with `code` & 0xff. */
export function sys_exit(k: Kernel, code: number): 0 | Blocked {
  return do_exit(k, (code & 0xff) << 8);
}

/** exit_group(2): all threads end. */
export function sys_exit_group(k: Kernel, code: number): 0 | Blocked {
  return do_group_exit(k, (code & 0xff) << 8);
}
