import type { Features } from './features.ts';
import { FEATURES } from './features.ts';
import type { flock } from './flock.ts';
import type { file_lock } from './posix_lock.ts';
import type { ListingLine, Listing } from './listing.ts';
import type { mount } from './mount.ts';
import type { ns_common } from './ns_common.ts';
import type { nsfs_stash } from './nsfs_pin.ts';
import type { nsproxy } from './nsproxy.ts';
import type { KObject } from './object.ts';
import type { pid_namespace } from './pid.ts';
import { run_queue } from './sched.ts';
import type { RunningCall, task_struct } from './task.ts';
import type { timekeeper } from './time.ts';
import type { fsnotify_mark } from './fsnotify.ts';
import type { hrtimer } from './timer.ts';
import type { Level, Operands } from './trace.ts';
import { Table, Trace } from './trace.ts';
import type { tty_struct } from './tty.ts';
import type { UserMemory } from './uaccess.ts';
import type { ucounts } from './ucount.ts';
import type { user_namespace } from './user.ts';
import type { super_block } from './vfs.ts';
import type { Version } from './version.ts';
import type { Work } from './work.ts';

/**
 * One modelled machine's kernel: its version, its objects, and who is running. The functions of the model take it as their first
 * argument, `k`, in place of the globals that the real ones use. Pure: knows no host, no clock but its own, and nothing random.
 */
export class Kernel {
  readonly version: Version;
  readonly features: Features;
  readonly trace: Trace;
  /** Whose system call this is: the kernel's `current`. */
  current!: task_struct;
  init_task!: task_struct;
  init_nsproxy!: nsproxy;
  init_user_ns!: user_namespace;
  init_pid_ns!: pid_namespace;
  /** Counters of all users: `user namespace id:kuid`. */
  readonly ucounts = new Table<string, ucounts>(null, 'ucounts');
  /** Numbers given out to namespaces. */
  readonly inums = new Table<number, ns_common>(null, 'inums');
  /** `last`: the ns_id given out last. */
  readonly ns_ids = new Table<string, number>(null, 'ns_ids');
  /** Every task that is not freed, by task id. */
  readonly tasks = new Table<number, task_struct>(null, 'tasks');
  /** What a kernel worker or RCU will do after the running system call, in order (work.ts). */
  readonly work = new Table<number, Work>(null, 'work');
  /** Inits of pid namespaces that wait for the others to end, by task id: where in do_exit they do, and whether do_group_exit called it. */
  readonly exiting = new Table<number, { readonly stage: 'reaper' | 'notify'; readonly group: boolean }>(null, 'exiting');
  /** Mounts by the number that mountinfo shows. */
  readonly mount_ids = new Table<number, mount>(null, 'mount_ids');
  /** Numbers of peer groups in use. */
  readonly mnt_group_ids = new Table<number, true>(null, 'mnt_group_ids');
  /** File system instances by minor device number. */
  readonly super_blocks = new Table<number, super_block>(null, 'super_blocks');
  /** Mounts that no program sees, by file system: those of nsfs, pipes, the hidden root. */
  readonly kern_mounts = new Table<string, mount>(null, 'kern_mounts');
  /** Files of namespaces that are open or mounted somewhere. */
  readonly nsfs = new Table<ns_common, nsfs_stash>(null, 'nsfs');
  /** Terminals by their number in /dev/pts. */
  readonly ttys = new Table<number, tty_struct>(null, 'ttys');
  /** Settings of the whole machine below /proc/sys, by path: `fs/protected_symlinks`. */
  readonly sysctl = new Table<string, number>(null, 'sysctl');
  /** Numbers that only go up, by name. */
  readonly counters = new Table<string, number>(null, 'counters');
  /** System calls that were begun and have not returned, by task id. */
  readonly calls = new Table<number, RunningCall>(null, 'calls');
  /** Who may run next, and who waits for what. */
  readonly rq: run_queue;
  /** Locks of flock(2), by what is locked. */
  readonly flocks = new Table<KObject, readonly flock[]>(null, 'flocks');
  /** Record locks of fcntl(2), by the inode. */
  readonly posix_locks = new Table<KObject, readonly file_lock[]>(null, 'posix_locks');
  /** Timers that run, by their id. */
  readonly timers = new Table<number, hrtimer>(null, 'timers');
  /** Those of processor time, by their id. */
  readonly cpu_timers = new Table<number, hrtimer>(null, 'cpu_timers');
  /** Hears of what was asked for and is not modelled; null: nobody does. */
  not_modelled: ((what: string) => void) | null = null;
  /** What the machine tells of a task's memory: the text of /proc/PID/maps, and how many pages are mapped and resident. Null without a machine. */
  memory_map: ((task: task_struct) => { readonly maps: string; readonly size: number; readonly resident: number }) | null = null;
  /** The memory of any task, for those who may look into it. Null without a machine. */
  user_memory: ((task: task_struct) => UserMemory) | null = null;
  /** How many nanoseconds the machine has run a task. Null without a machine. */
  cpu_time: ((task: task_struct) => bigint) | null = null;
  /** Who wants to know what happens to which file, by the mark's id. */
  readonly fsnotify_marks = new Table<number, fsnotify_mark>(null, 'fsnotify_marks');
  /** The clock: moved by the machine only. */
  timekeeper!: timekeeper;

  constructor(version: Version, level: Level = 'off') {
    this.version = version;
    this.features = FEATURES[version];
    this.trace = new Trace(level);
    this.rq = this.trace.alloc(new run_queue());
  }

  /** What traces call a task, made once for each of its names. Not part of the state: it follows from it. */
  readonly #labels = new Map<number, { readonly comm: string; readonly label: string }>();

  enter(listing: Listing, operands: Operands): void {
    this.trace.enter(listing, this.current.id, this.trace.level === 'off' ? '' : this.#label(this.current), operands);
  }

  /** As the kernel's own tracers name the running task: `comm-pid`, with the number of the initial pid namespace. */
  #label(task: task_struct): string {
    const known = this.#labels.get(task.id);
    if (known?.comm === task.comm) return known.label;
    const label = `${task.comm}-${task.thread_pid?.numbers[0]?.nr ?? 0}`;
    this.#labels.set(task.id, { comm: task.comm, label });
    return label;
  }

  /** Executes a line of the listing that was entered last: call it before the change that the line makes. */
  at(line: ListingLine, operands: Operands | null = null): void { this.trace.line(line, operands); }

  leave<T>(listing: Listing, value: T): T { return this.trace.leave(listing, this.current.id, value); }
}
