import { strict as assert } from 'node:assert';
import { sys_clone3 } from '../../../simulator/kernel/clone3.ts';
import type { clone_args } from '../../../simulator/kernel/clone3.ts';
import {
  CLONE_CLEAR_SIGHAND, CLONE_DETACHED, CLONE_FS, CLONE_INTO_CGROUP, CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUSER,
  CLONE_NEWUTS, CLONE_PARENT, CLONE_PARENT_SETTID, CLONE_PIDFD, CLONE_SIGHAND, CLONE_SYSVSEM, CLONE_THREAD, CLONE_VFORK, CLONE_VM,
} from '../../../simulator/kernel/flags.ts';
import { sys_clone } from '../../../simulator/kernel/fork.ts';
import { pid } from '../../../simulator/kernel/pid.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { chroot_to_other } from './roots.ts';
import { Processes, THREAD } from './processes.ts';

const NONE: clone_args = { flags: 0, pidfd: 0, child_tid: 0, parent_tid: 0, exit_signal: 0, stack: 0, stack_size: 0, tls: 0, set_tid: 0, set_tid_size: 0, cgroup: 0 };

function clone3(p: Processes, task: task_struct, args: Partial<clone_args> & { tids?: readonly number[]; size?: number; tail?: boolean }): string {
  const { tids = [], size = 88, tail = false, ...rest } = args;
  const given = { ...NONE, ...(tids.length > 0 ? { set_tid: 0x1000, set_tid_size: tids.length } : {}), ...rest };
  return p.errno(task, (k) => sys_clone3(k, size, () => (tail ? 'E2BIG' : given), () => tids, () => true));
}

/** A task and what it was about to be allowed: name of the errno, or OK. */
function outcome(p: Processes, task: task_struct, flags: number): string {
  const made = p.clone(task, flags);
  return typeof made === 'string' ? made : 'OK';
}

describe('clone: flags (KERNEL.md 5.2)', () => {
  const rows: readonly (readonly [id: string, flags: number, expected: string])[] = [
    ['A1', CLONE_NEWNS | CLONE_FS, 'EINVAL'],
    ['A2', CLONE_NEWUSER | CLONE_FS, 'EINVAL'],
    ['A3', CLONE_THREAD | CLONE_VM, 'EINVAL'],
    ['A4', CLONE_SIGHAND, 'EINVAL'],
    ['A5', CLONE_THREAD | CLONE_SIGHAND | CLONE_VM, 'OK'],
    ['A6', CLONE_NEWUSER | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM, 'EINVAL'],
    ['A7', CLONE_NEWPID | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM, 'EINVAL'],
    ['A8', CLONE_NEWPID | CLONE_VM, 'OK'],
    ['A8b', CLONE_NEWPID | CLONE_VM | CLONE_SIGHAND, 'OK'],
    ['A9', CLONE_NEWUSER | CLONE_VM | CLONE_SIGHAND, 'OK'],
    ['A10', CLONE_NEWPID | CLONE_PARENT, 'OK'],
    ['A11', CLONE_NEWUSER | CLONE_PARENT, 'OK'],
    ['A13', CLONE_NEWIPC | CLONE_SYSVSEM, 'EINVAL'],
    ['A15', CLONE_PIDFD | CLONE_DETACHED, 'EINVAL'],
    ['A15b', CLONE_DETACHED, 'OK'],
    ['A16', CLONE_PIDFD | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM, 'OK'],
    ['A37', CLONE_NEWPID | CLONE_THREAD, 'EINVAL'],
    ['A38', CLONE_NEWCGROUP, 'OK'],
    ['A39', THREAD | CLONE_NEWUTS, 'OK'],
    ['A39b', CLONE_THREAD | CLONE_SIGHAND | CLONE_VM | CLONE_NEWNS, 'OK'],
    ['A39c', (THREAD | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWCGROUP) & ~CLONE_SYSVSEM, 'OK'],
  ];
  for (const [id, flags, expected] of rows) {
    it(`[${id}] 0x${flags.toString(16)} → ${expected}`, () => {
      const p = new Processes();
      assert.equal(outcome(p, p.fork(), flags), expected);
    });
  }

  it('[A12] CLONE_PARENT by an init, of the machine or of a pid namespace', () => {
    const p = new Processes();
    assert.equal(outcome(p, p.init, CLONE_PARENT), 'EINVAL');
    assert.equal(outcome(p, p.fork(p.init, CLONE_NEWPID), CLONE_PARENT), 'EINVAL');
  });

  it('[A13b A13c A36 A36b A36c A36d] without privileges', () => {
    const p = new Processes();
    const user = p.user();
    assert.equal(outcome(p, user, CLONE_NEWIPC | CLONE_SYSVSEM), 'EPERM');
    assert.equal(outcome(p, user, CLONE_NEWUSER | CLONE_NEWIPC | CLONE_SYSVSEM), 'EINVAL');
    assert.equal(outcome(p, user, CLONE_NEWUTS), 'EPERM');
    assert.equal(outcome(p, user, CLONE_NEWTIME), 'EPERM');
    assert.equal(outcome(p, user, CLONE_NEWUTS | CLONE_NEWNS | CLONE_FS), 'EINVAL');
    assert.equal(outcome(p, user, CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWNS), 'OK');
  });

  it('[A14 A14b A14c] one place for the pidfd and the thread id', () => {
    const p = new Processes();
    const task = p.fork();
    assert.equal(p.errno(task, (k) => sys_clone(k, CLONE_PIDFD | CLONE_PARENT_SETTID | 17, 0, 0x100, 0, 0)), 'EINVAL');
    assert.equal(outcome(p, task, CLONE_PIDFD), 'OK');
    assert.equal(clone3(p, task, { flags: CLONE_PIDFD | CLONE_PARENT_SETTID, pidfd: 0x100, parent_tid: 0x200 }), 'OK');
    assert.equal(clone3(p, task, { flags: CLONE_PIDFD | CLONE_PARENT_SETTID, pidfd: 0x100, parent_tid: 0x100 }), 'EINVAL');
    const fds = [...task.files!.fd.values()];
    assert.equal(fds.length, 2);
    assert.ok(fds.every((of) => of.private_data instanceof pid));
  });

  it('[A17b A17c A17d] the low byte of clone is the exit signal, whatever it is', () => {
    const p = new Processes();
    const task = p.fork();
    const nr = p.as(task, (k) => sys_clone(k, 0x80 | 17, 0, 0, 0, 0));
    assert.ok(typeof nr === 'number' && nr > 0);
    const child = p.k.init_pid_ns.idr.get(nr)!.pid_task!;
    assert.equal(child.exit_signal, 145);
    assert.equal(child.nsproxy, task.nsproxy);
  });

  it('[A27 A27b A29 C11g] after unshare(NEWPID): no threads, no further namespace; processes that share memory may be', () => {
    const p = new Processes();
    const task = p.fork();
    assert.equal(p.errno(task, (k) => ksys_unshare(k, CLONE_NEWPID)), 'OK');
    assert.equal(outcome(p, task, THREAD), 'EINVAL');
    assert.equal(outcome(p, task, CLONE_NEWPID), 'EINVAL');
    assert.equal(outcome(p, task, CLONE_VM | CLONE_SIGHAND), 'OK');
  });

  it('[A31 A32 A33] time namespaces: a thread and a vfork child stay, a fork enters', () => {
    const p = new Processes();
    const task = p.fork();
    p.as(task, (k) => ksys_unshare(k, CLONE_NEWTIME));
    const { time_ns, time_ns_for_children } = task.nsproxy!;
    assert.notEqual(time_ns, time_ns_for_children);
    assert.equal(p.fork(task).nsproxy!.time_ns, time_ns_for_children);
    assert.equal(p.thread(task).nsproxy!.time_ns, time_ns);
    assert.equal(p.vfork(p.fork(task, CLONE_VM)).nsproxy!.time_ns, time_ns);
  });

  it('[A40b] CLONE_NEWTIME with CLONE_VM: for children only', () => {
    const p = new Processes();
    const task = p.fork();
    const child = p.fork(task, CLONE_NEWTIME | CLONE_VM | CLONE_VFORK);
    assert.equal(child.nsproxy!.time_ns, task.nsproxy!.time_ns);
    assert.notEqual(child.nsproxy!.time_ns_for_children, task.nsproxy!.time_ns);
  });

  it('[A17e] clone3(NEWTIME): the child is in it at once', () => {
    const p = new Processes();
    const { time_ns, time_ns_for_children } = p.fork(p.fork(), CLONE_NEWTIME).nsproxy!;
    assert.equal(time_ns, time_ns_for_children);
    assert.notEqual(time_ns, p.k.init_nsproxy.time_ns);
  });
});

describe('clone3: arguments (KERNEL.md 5.1)', () => {
  const rows: readonly (readonly [id: string, args: Parameters<typeof clone3>[2], expected: string])[] = [
    ['A15c', { flags: CLONE_DETACHED }, 'EINVAL'],
    ['A17', { flags: CLONE_NEWTIME }, 'OK'],
    ['A18', { flags: 17 }, 'EINVAL'],
    ['A19', { flags: 2 ** 63 }, 'EINVAL'],
    ['B25', { flags: 2 ** 34 }, 'EINVAL'],
    ['A20', { size: 63 }, 'EINVAL'],
    ['A20b', { size: 4097 }, 'E2BIG'],
    ['A20c', { size: 96, tail: true }, 'E2BIG'],
    ['A20d', { size: 96 }, 'OK'],
    ['A20e', { size: 64 }, 'OK'],
    ['A21', { exit_signal: 65 }, 'EINVAL'],
    ['A21b', { exit_signal: 0x100 }, 'EINVAL'],
    ['A21c', { exit_signal: 64 }, 'OK'],
    ['A22', { flags: CLONE_PARENT, exit_signal: 17 }, 'EINVAL'],
    ['A23', { flags: CLONE_SIGHAND + CLONE_VM + CLONE_CLEAR_SIGHAND }, 'EINVAL'],
    ['A24', { set_tid: 0x1000, set_tid_size: 33 }, 'EINVAL'],
    ['A24b', { set_tid: 0, set_tid_size: 1 }, 'EINVAL'],
    ['A24c', { set_tid: 0x1000, set_tid_size: 0 }, 'EINVAL'],
    ['A24d', { tids: [3000, 4000] }, 'EINVAL'],
    ['A24e', { tids: [1] }, 'EEXIST'],
    ['A24g', { flags: CLONE_NEWPID, tids: [5] }, 'EINVAL'],
    ['A24h', { flags: CLONE_NEWPID, tids: [1] }, 'OK'],
    ['A24j', { tids: [0] }, 'EINVAL'],
    ['A24k', { tids: [4194304] }, 'EINVAL'],
    ['A25', { stack: 0x1000 }, 'EINVAL'],
    ['A25b', { stack_size: 0x1000 }, 'EINVAL'],
    ['A26', { flags: CLONE_INTO_CGROUP, cgroup: 99 }, 'EBADF'],
    ['A26c', { flags: CLONE_INTO_CGROUP, size: 80 }, 'EINVAL'],
    ['A26d', { flags: CLONE_INTO_CGROUP, cgroup: 2 ** 31 }, 'EINVAL'],
  ];
  for (const [id, args, expected] of rows) {
    it(`[${id}] ${JSON.stringify(args)} → ${expected}`, () => {
      const p = new Processes();
      assert.equal(clone3(p, p.fork(), args), expected);
    });
  }

  it('[A24f A24l] choosing pids: not without privileges, but in a user namespace of one\'s own', () => {
    const p = new Processes();
    const user = p.user();
    assert.equal(clone3(p, user, { tids: [3000] }), 'EPERM');
    assert.equal(clone3(p, user, { flags: CLONE_NEWUSER | CLONE_NEWPID, tids: [1] }), 'OK');
  });

  it('[A24i] set_tid[0] is the innermost number', () => {
    const p = new Processes();
    const child = p.fork(p.fork(), CLONE_NEWPID, { set_tid: [1, 31234] });
    assert.deepEqual(child.thread_pid!.numbers.map(({ nr }) => nr), [31234, 1]);
  });

  it('clone3 is not there before 5.3', () => {
    const p = new Processes('4.19');
    assert.equal(clone3(p, p.fork(), {}), 'ENOSYS');
  });
});

describe('clone: order of checks, and nothing left of a failure', () => {
  it('[M7 M8 M9] flags before credentials, credentials before RLIMIT_NPROC, that before namespaces', () => {
    const p = new Processes();
    const user = p.user();
    user.signal.rlimit.map.set(6, { cur: 0, max: 0 });
    assert.equal(outcome(p, user, CLONE_NEWUTS), 'EAGAIN');
    assert.equal(outcome(p, user, CLONE_NEWNS | CLONE_FS), 'EINVAL');
    chroot_to_other(p, user);
    assert.equal(outcome(p, user, CLONE_NEWUSER), 'EPERM');
  });

  it('a clone that fails late gives back credentials, namespaces and numbers', () => {
    const p = new Processes();
    const task = p.fork();
    const counts = (): number[] => [task.nsproxy!.count, p.k.init_user_ns.count, p.k.init_pid_ns.idr.size, p.k.trace.live.get('task')!.size, p.k.trace.live.get('nsproxy')!.size];
    const before = counts();
    assert.equal(outcome(p, task, CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_SYSVSEM), 'EINVAL');
    assert.equal(clone3(p, task, { flags: CLONE_NEWNET + CLONE_NEWPID + CLONE_INTO_CGROUP, cgroup: 99 }), 'EBADF');
    task.signal.rlimit.map.set(7, { cur: 0, max: 0 });
    assert.equal(outcome(p, task, CLONE_NEWUTS | CLONE_PIDFD), 'EMFILE');
    assert.deepEqual(counts(), before);
  });

  it('the first process of a pid namespace that could not be made leaves it dead', () => {
    const p = new Processes();
    const task = p.fork();
    p.as(task, (k) => ksys_unshare(k, CLONE_NEWPID));
    assert.equal(clone3(p, task, { flags: CLONE_INTO_CGROUP, cgroup: 99 }), 'EBADF');
    assert.equal(outcome(p, task, 0), 'ENOMEM');
  });
});

describe('clone in other versions (KERNEL.md 9.2)', () => {
  it('5.7 and 6.1: neither a thread nor a vfork while the time namespaces differ', () => {
    for (const version of ['5.7', '6.1'] as const) {
      const p = new Processes(version);
      const task = p.fork();
      p.as(task, (k) => ksys_unshare(k, CLONE_NEWTIME));
      assert.equal(outcome(p, task, THREAD), 'EINVAL');
      assert.equal(outcome(p, task, CLONE_VM | CLONE_VFORK), 'EINVAL');
      assert.equal(outcome(p, task, 0), 'OK');
      assert.equal(outcome(p, p.fork(), CLONE_PIDFD | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM), 'EINVAL');
    }
  });

  it('3.8: NEWPID or NEWUSER with PARENT or THREAD; sharing memory after unshare(NEWPID)', () => {
    const p = new Processes('3.8');
    const task = p.fork();
    assert.equal(outcome(p, task, CLONE_NEWPID | CLONE_PARENT), 'EINVAL');
    assert.equal(outcome(p, task, CLONE_NEWUSER | CLONE_FS), 'EINVAL');
    p.as(task, (k) => ksys_unshare(k, CLONE_NEWPID));
    assert.equal(outcome(p, task, CLONE_VM), 'EINVAL');
    assert.equal(outcome(p, task, 0), 'OK');
  });

  it('2.6.24: an init may use CLONE_PARENT; NEWUSER needs CAP_SYS_ADMIN and goes with CLONE_FS', () => {
    const p = new Processes('2.6.24');
    assert.equal(outcome(p, p.fork(), CLONE_NEWUSER | CLONE_FS), 'OK');
    assert.equal(outcome(p, p.user(), CLONE_NEWUSER), 'EPERM');
    assert.equal(outcome(p, p.fork(), CLONE_NEWPID), 'OK');
  });
});
