import { strict as assert } from 'node:assert';
import { boot } from '../../../simulator/kernel/boot.ts';
import type { kernel_clone_args } from '../../../simulator/kernel/clone_args.ts';
import { errnoName, isErr } from '../../../simulator/kernel/errno.ts';
import { sys_exit_group } from '../../../simulator/kernel/exit.ts';
import { CLONE_FILES, CLONE_FS, CLONE_SIGHAND, CLONE_SYSVSEM, CLONE_THREAD, CLONE_VFORK, CLONE_VM } from '../../../simulator/kernel/flags.ts';
import { kernel_clone, user_mode_thread } from '../../../simulator/kernel/fork.ts';
import { broken_invariants } from '../../../simulator/kernel/invariants.ts';
import type { Kernel } from '../../../simulator/kernel/kernel.ts';
import { mm_alloc } from '../../../simulator/kernel/mm.ts';
import { find_task_by_vpid } from '../../../simulator/kernel/pid_lookup.ts';
import { init_mount_tree } from '../../../simulator/kernel/rootfs.ts';
import { Blocked } from '../../../simulator/kernel/sched.ts';
import { sys_setgroups, sys_setresgid, sys_setresuid } from '../../../simulator/kernel/setid.ts';
import { fatal_signal_pending, get_signal } from '../../../simulator/kernel/signal.ts';
import type { Delivery } from '../../../simulator/kernel/signal.ts';
import { PF_EXITING, SIGCHLD, SIGNAL_GROUP_EXIT } from '../../../simulator/kernel/signals.ts';
import { files_struct } from '../../../simulator/kernel/task.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import type { Level } from '../../../simulator/kernel/trace.ts';
import type { Version } from '../../../simulator/kernel/version.ts';
import { sys_wait4 } from '../../../simulator/kernel/wait.ts';
import type { wait_result } from '../../../simulator/kernel/wait.ts';
import { run_work } from '../../../simulator/kernel/worker.ts';

export const THREAD = CLONE_THREAD | CLONE_SIGHAND | CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SYSVSEM;

/** Processes made by the model's own fork, on a machine with a root mount and pid 1. After every call the invariants hold. */
export class Processes {
  readonly k: Kernel;
  readonly init: task_struct;

  constructor(version: Version = '6.18', level: Level = 'off') {
    const k = boot(version, level);
    this.k = k;
    init_mount_tree(k);
    k.init_task.files = k.trace.alloc(new files_struct());
    this.init = user_mode_thread(k);
    this.init.mm = mm_alloc(k, k.init_user_ns);
    run_work(k);
    this.check();
  }

  /** Runs something as that task and returns what it returns. */
  as<T>(task: task_struct, call: (k: Kernel) => T): T {
    const { k } = this;
    k.current = task;
    const result = call(k);
    run_work(k);
    this.check();
    return result;
  }

  check(): void {
    assert.deepEqual(broken_invariants(this.k), []);
  }

  /** `OK`, the errno's name, or `blocked`. */
  errno(task: task_struct, call: (k: Kernel) => unknown): string {
    const result = this.as(task, call);
    if (result === Blocked) return Blocked;
    return isErr(result) ? errnoName(result) ?? String(result) : 'OK';
  }

  /** The child, or the errno. */
  clone(parent: task_struct, flags = 0, args: Partial<kernel_clone_args> = {}): task_struct | string {
    const before = new Set(this.k.tasks.values());
    const nr = this.as(parent, (k) => kernel_clone(k, { flags, exit_signal: flags & CLONE_THREAD ? 0 : SIGCHLD, ...args }));
    if (typeof nr === 'number' && nr < 0) {
      assert.deepEqual([...this.k.tasks.values()].filter((t) => !before.has(t)), [], 'a failed clone leaves no task');
      return errnoName(nr) ?? String(nr);
    }
    const child = [...this.k.tasks.values()].find((t) => !before.has(t));
    assert.ok(child);
    if (nr !== Blocked) assert.equal(find_task_by_vpid(this.k, nr), child);
    return child;
  }

  fork(parent: task_struct = this.init, flags = 0, args: Partial<kernel_clone_args> = {}): task_struct {
    const made = this.clone(parent, flags, args);
    if (typeof made === 'string') assert.fail(`clone failed: ${made}`);
    return made;
  }

  thread(of: task_struct): task_struct { return this.fork(of, THREAD); }
  vfork(parent: task_struct): task_struct { return this.fork(parent, CLONE_VM | CLONE_VFORK); }

  /** A child with uid and gid 1000, without capabilities. */
  user(parent: task_struct = this.init, id = 1000): task_struct {
    const made = this.fork(parent);
    this.as(made, (k) => {
      assert.equal(sys_setgroups(k, []), 0);
      assert.equal(sys_setresgid(k, id, id, id), 0);
      assert.equal(sys_setresuid(k, id, id, id), 0);
    });
    return made;
  }

  exit(task: task_struct, code = 0): unknown {
    const result = this.as(task, (k) => sys_exit_group(k, code));
    this.settle();
    return result;
  }

  /** The task takes its signals. */
  deliver(task: task_struct): Delivery { return this.as(task, get_signal); }

  /** Lets every task that was killed, and every init that was woken while it ends, run until none is left. */
  settle(): void {
    const dying = (t: task_struct): boolean => t.state === 'running' && t !== this.k.init_task
      && (fatal_signal_pending(t) || (t.signal.flags & SIGNAL_GROUP_EXIT) !== 0 || (t.flags & PF_EXITING) !== 0);
    for (let n = 0; n < 1000; n++) {
      const next = [...this.k.tasks.values()].find(dying);
      if (!next) return;
      this.deliver(next);
    }
    assert.fail('somebody never ends');
  }

  wait(task: task_struct, pid = -1, options = 0): wait_result | string | 0 {
    const result = this.as(task, (k) => sys_wait4(k, pid, options));
    if (result === Blocked) return Blocked;
    return typeof result === 'number' && result < 0 ? errnoName(result) ?? String(result) : result as wait_result | 0;
  }
}
