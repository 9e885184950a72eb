import type { cgroup } from './cgroup.ts';
import type { cred } from './cred.ts';
import type { nsproxy } from './nsproxy.ts';
import type { KObject } from './object.ts';
import { Counted } from './object.ts';
import type { pid } from './pid.ts';
import type { k_itimer } from './posix_timer.ts';
import type { seccomp } from './seccomp.ts';
import type { hrtimer } from './timer.ts';
import { Table } from './trace.ts';
import type { user_namespace } from './user.ts';
import type { file, path } from './vfs.ts';

/** Root directory, working directory and umask; shared by tasks cloned with CLONE_FS. `count` is the kernel's `users`. */
export class fs_struct extends Counted {
  override readonly kind = 'fs_struct';
  root: path;
  pwd: path;
  umask = 0o022;
  /** Some thread is in execve. */
  in_exec = false;
  constructor(root: path, pwd: path) {
    super();
    this.root = root;
    this.pwd = pwd;
  }
}

/** A descriptor table; shared by tasks cloned with CLONE_FILES. */
export class files_struct extends Counted {
  override readonly kind = 'files_struct';
  readonly fd = new Table<number, file>(this, 'fd');
  readonly close_on_exec = new Table<number, true>(this, 'close_on_exec');
}

/** An address space. The kernel model knows its identity and users; its bytes belong to the machine that runs the program. `count` is `mm_users`. */
export class mm_struct extends Counted {
  override readonly kind = 'mm';
  /** What /proc/PID/exe and cmdline, environ tell. */
  exe: path | null = null;
  cmdline: readonly string[] = [];
  environ: readonly string[] = [];
  dumpable: 0 | 1 | 2 = 1;
  user_ns: user_namespace;
  constructor(user_ns: user_namespace) {
    super();
    this.user_ns = user_ns;
  }
}

/** How a signal is handled: default, ignored, or a handler (an address of the machine). */
export interface k_sigaction { readonly handler: 'default' | 'ignore' | number; readonly flags: number; readonly mask: bigint }

/** Signal handlers; shared by tasks cloned with CLONE_SIGHAND. */
export class sighand_struct extends Counted {
  override readonly kind = 'sighand_struct';
  readonly action = new Table<number, k_sigaction>(this, 'action');
}

/** What a thread group has in common. `count` is the number of live threads. */
export class signal_struct extends Counted {
  override readonly kind = 'signal_struct';
  readonly threads = new Table<number, task_struct>(this, 'threads');
  /** SIGNAL_UNKILLABLE, SIGNAL_GROUP_EXIT … */
  flags = 0;
  group_exit_code = 0;
  is_child_subreaper = false;
  has_child_subreaper = false;
  /** Signals sent to the group and not taken yet, by number. */
  readonly shared_pending = new Table<number, siginfo>(this, 'shared_pending');
  /** Of a thousand, how much likelier than by its memory the process is killed when there is none left; below `min` only with CAP_SYS_RESOURCE. */
  oom_score_adj = 0;
  oom_score_adj_min = 0;
  readonly rlimit = new Table<number, { readonly cur: number; readonly max: number }>(this, 'rlimit');
  /** Thread group id, process group, session. */
  tgid: pid | null = null;
  pgrp: pid | null = null;
  session: pid | null = null;
  leader = false;
  /** The signal that stopped it, until its parent has waited for that. */
  stop_code = 0;
  /** It was continued, and its parent has yet to get the signal. */
  cld_continued = false;
  /** alarm(2) and setitimer(ITIMER_REAL): once it was used. */
  real_timer: hrtimer | null = null;
  /** The same for ITIMER_VIRTUAL and ITIMER_PROF. */
  virtual_timer: hrtimer | null = null;
  prof_timer: hrtimer | null = null;
  /** Nanoseconds that threads have run which ended; and children that were waited for, with theirs. */
  sum_exec_runtime = 0n;
  children_runtime = 0n;
  /** timer_create(2), by number. */
  readonly posix_timers = new Table<number, k_itimer>(this, 'posix_timers');
  /** exec of a thread waits for the others to end. */
  group_exec_task: task_struct | null = null;
}

/** A signal on its way. `pid`, `uid`: the sender's as the receiver's namespaces number them (0 when they do not see it); `status`: SIGCHLD. */
export interface siginfo {
  readonly signo: number;
  readonly code: number;
  readonly sender: task_struct | null;
  readonly pid?: number;
  readonly uid?: number;
  readonly status?: number;
  /** sigqueue's value, or the address of a fault. */
  readonly value?: number;
  /** A call that a seccomp filter kept from being made: its number and registers, and si_errno. */
  readonly syscall?: { readonly nr: number; readonly args: readonly number[]; readonly errno: number };
  /** While it waits: the real-time signal of the same number that was sent after it. */
  readonly next?: siginfo;
}

/** What a blocked task waits for, as data, so that any state can be saved. `kind` names the function that tries again. */
export interface Wait {
  readonly kind: string;
  readonly args: readonly unknown[];
  /** It is woken at this time of the machine's monotonic clock, if nothing wakes it before. */
  readonly deadline?: bigint;
  /** Further objects that wake it, besides the first of `args`. */
  readonly also?: readonly KObject[];
}

/**
 * A system call under way: its name and number, what the registers held, and what it waits or waited for. `done`: its result, when the task was
 * stopped before it got it.
 */
export interface RunningCall { readonly name: string; readonly nr: number; readonly args: readonly number[]; readonly waited: Wait | null; readonly done?: number }

/** A call whose wait a signal ended: what it returns if something was done already, else null; and whether it may be made again (signal.ts). */
export interface Interrupted { readonly kind: string; readonly result: number | null }

export type TaskState = 'new' | 'running' | 'interruptible' | 'uninterruptible' | 'stopped' | 'zombie' | 'dead';

/** A thread. `count` is the kernel's `usage`. */
export class task_struct extends Counted {
  override readonly kind = 'task';
  comm: string;
  state: TaskState = 'new';
  /** PF_KTHREAD, PF_EXITING … */
  flags = 0;
  nsproxy: nsproxy | null = null;
  cred: cred;
  thread_pid: pid | null = null;
  group_leader: task_struct;
  signal: signal_struct;
  sighand: sighand_struct | null;
  fs: fs_struct | null;
  files: files_struct | null;
  mm: mm_struct | null;
  real_parent: task_struct | null = null;
  readonly children = new Table<number, task_struct>(this, 'children');
  exit_signal = 0;
  exit_code = 0;
  pdeath_signal = 0;
  no_new_privs = false;
  /** Which system calls it may make; null: all. */
  seccomp: seccomp | null = null;
  /** It ended, and its memory could be looked into until then. */
  user_dumpable = false;
  blocked = 0n;
  /** sigtimedwait: the mask to come back to, while it waits for signals that are blocked otherwise. */
  real_blocked: bigint | null = null;
  readonly pending = new Table<number, siginfo>(this, 'pending');
  /** How little it asks for: -20 … 19; and its scheduling policy and priority, which are only told. */
  nice = 0;
  /** As ioprio_set(2) takes it: class << 13 | level; 0: none was set. */
  ioprio = 0;
  policy = 0;
  rt_priority = 0;
  /** A vfork parent that waits for this task. */
  vfork_parent: task_struct | null = null;
  cgroups: cgroup | null = null;
  /** SEM_UNDO adjustments: `semid:semnum` → adjustment. Shared with CLONE_SYSVSEM. */
  sysvsem: KObject | null = null;
  wait: Wait | null = null;
  /** Set when a signal ended its wait, until the machine has dealt with it. */
  interrupted: Interrupted | null = null;
  /** vfork: the child it waits for and the number to return, while it does. */
  vfork_wait: { readonly child: task_struct; readonly nr: number } | null = null;
  /** sigsuspend: the mask to restore when a handler has run. */
  saved_sigmask: bigint | null = null;
  /** Where the machine stores 0 when the thread ends (CLONE_CHILD_CLEARTID, set_tid_address); 0: nowhere. */
  clear_child_tid = 0;
  /** Nanoseconds since boot, as /proc/PID/stat tells. */
  start_time = 0n;
  /** What the machine had run when the task began: it counts on from its parent's. */
  cputime_base = 0n;
  /** Change with each exec: a child that was made before its parent's exec tells the new program only by SIGCHLD. */
  self_exec_id = 0;
  parent_exec_id = 0;
  constructor(comm: string, credentials: cred, signal: signal_struct) {
    super();
    this.comm = comm;
    this.cred = credentials;
    this.signal = signal;
    this.group_leader = this;
    this.sighand = null;
    this.fs = null;
    this.files = null;
    this.mm = null;
  }
}
