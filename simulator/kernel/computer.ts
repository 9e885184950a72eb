import { boot } from './boot.ts';
import { commit_creds, prepare_creds, set_cred_ucounts } from './cred.ts';
import { exit_mm } from './exit.ts';
import { user_mode_thread } from './fork.ts';
import { set_fs_pwd } from './fs_struct.ts';
import { configure_init_net } from './init_net.ts';
import type { Kernel } from './kernel.ts';
import { mm_alloc } from './mm.ts';
import { kern_path } from './namei.ts';
import { path_get } from './mount.ts';
import type { HostState } from './host_state.ts';
import { restore_state } from './restore.ts';
import type { Restored } from './restore.ts';
import { init_mount_tree, prepare_namespace } from './rootfs.ts';
import type { RootOptions } from './rootfs.ts';
import { switch_to } from './sched.ts';
import { sys_setsid } from './session.ts';
import { PF_FORKNOEXEC } from './signals.ts';
import type { task_struct } from './task.ts';
import type { Level } from './trace.ts';
import type { Version } from './version.ts';
import { run_work } from './worker.ts';

/** Numbers of the learner's shell and of the program that it starts. */
const SHELL = 7000;
/** Where everybody works: also root, who became that there. */
export const WORKING_DIRECTORY = '/home/learner';

export interface ComputerOptions extends RootOptions {
  readonly version?: Version;
  readonly level?: Level;
  /** Who runs the program: root, or 1000 (learner, without capabilities). */
  readonly uid?: 0 | 1000;
  /** Tasks and namespaces that are there already. */
  readonly state?: HostState | null;
}

export interface Computer {
  readonly k: Kernel;
  /** pid 1: adopts orphans. It waits for children as they end, if the machine lets it run. */
  readonly init: task_struct;
  /** pid 7000: the learner's shell, parent of the program. */
  readonly shell: task_struct;
  /** pid 7001: what runs next. It has neither a program nor descriptors yet. */
  readonly program: task_struct;
  /** What came of the state: its tasks have no program either. */
  readonly restored: Restored;
}

const WHO = {
  0: { home: '/root', user: 'root' },
  1000: { home: '/home/learner', user: 'learner' },
} as const;

/**
 * The simulated computer at the moment when a program starts: the kernel booted, the first mount made, the file tree and mounts there, and three
 * processes, with those of the state. init and shell are made by the same functions as any other process; the trace begins with the program.
 */
export function start_computer({ version, level = 'off', uid = 1000, state = null, ...root }: ComputerOptions = {}): Computer {
  const k = boot(version, 'off');
  init_mount_tree(k);
  prepare_namespace(k, root);
  if (k.init_nsproxy.net_ns) configure_init_net(k, k.init_nsproxy.net_ns);
  const init = start(k, 'init', '/usr/sbin', ['/sbin/init'], []);
  sys_setsid(k);
  const restored: Restored = state ? restore_state(k, init, state) : { tasks: [], left_out: [] };
  k.trace.write(k.init_pid_ns, 'idr_cursor', SHELL - 1);
  const shell = start_session(k, init, ['-bash'], uid);
  const program = start(k, 'a.out', WORKING_DIRECTORY, ['./a.out'], environment(uid));
  run_work(k);
  k.trace.write(k.rq, 'queue', []);
  for (const task of [init, shell]) k.trace.write(task, 'state', 'interruptible');
  k.trace.level = level;
  return { k, init, shell, program, restored };
}

/** A login: a bash that leads a session of its own, as that user, in the working directory. It is the running task from then on. */
export function start_session(k: Kernel, parent: task_struct, cmdline: readonly string[], uid: 0 | 1000): task_struct {
  switch_to(k, parent);
  const made = start(k, 'bash', '/usr/bin', cmdline, environment(uid));
  sys_setsid(k);
  become(k, uid);
  const home = kern_path(k, WORKING_DIRECTORY);
  if (typeof home !== 'number' && made.fs) set_fs_pwd(k, made.fs, home);
  return made;
}

/** A child of the running task that is a program of its own; it is the running task from then on. */
function start(k: Kernel, comm: string, dir: string, cmdline: readonly string[], environ: readonly string[]): task_struct {
  const task = user_mode_thread(k);
  switch_to(k, task);
  const mm = mm_alloc(k, task.cred.user_ns);
  const at = kern_path(k, dir);
  if (typeof at !== 'number') k.trace.write(mm, 'exe', path_get(k, at));
  k.trace.write(mm, 'cmdline', cmdline);
  k.trace.write(mm, 'environ', environ);
  exit_mm(k, task);
  k.trace.write(task, 'mm', mm);
  k.trace.write(task, 'comm', comm);
  k.trace.write(task, 'flags', task.flags & ~PF_FORKNOEXEC);
  return task;
}

/** What that user's programs have in their environment. */
export function environment(uid: 0 | 1000): string[] {
  const { home, user } = WHO[uid];
  return ['PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', `HOME=${home}`, `USER=${user}`, 'LANG=C.UTF-8', 'TERM=xterm-256color', 'SHELL=/bin/bash'];
}

/** Logging in: all ids, one group, and no capabilities but root's. */
function become(k: Kernel, id: number): void {
  const made = prepare_creds(k);
  for (const field of ['uid', 'euid', 'suid', 'fsuid', 'gid', 'egid', 'sgid', 'fsgid'] as const) k.trace.write(made, field, id);
  k.trace.write(made, 'group_info', [id]);
  if (id !== 0) for (const field of ['cap_permitted', 'cap_effective'] as const) k.trace.write(made, field, 0n);
  set_cred_ucounts(k, made);
  commit_creds(k, made);
  if (k.current.mm) k.trace.write(k.current.mm, 'dumpable', 1);
}
