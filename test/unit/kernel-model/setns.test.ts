import { strict as assert } from 'node:assert';
import { CAP_SYS_ADMIN, cap_bit, cap_full_set } from '../../../simulator/kernel/capability.ts';
import {
  CLONE_FS, CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS, CLONE_VM,
} from '../../../simulator/kernel/flags.ts';
import { sys_setns } from '../../../simulator/kernel/setns.ts';
import { cap_capset } from '../../../simulator/kernel/securebits.ts';
import { sys_getuid } from '../../../simulator/kernel/setid.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { sys_sethostname } from '../../../simulator/kernel/utsname.ts';
import { file } from '../../../simulator/kernel/vfs.ts';
import { Tasks } from './tasks.ts';

const SIX = CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWTIME;
const slots = [['uts_ns', CLONE_NEWUTS], ['ipc_ns', CLONE_NEWIPC], ['net_ns', CLONE_NEWNET], ['cgroup_ns', CLONE_NEWCGROUP]] as const;

/** A task in namespaces of its own, and one that may join them. */
function two(t: Tasks, flags = SIX): { target: task_struct; caller: task_struct } {
  const target = t.fork(t.init, flags);
  return { target, caller: t.fork() };
}

const join = (t: Tasks, task: task_struct, fd: number, flags = 0): string => t.errno(task, (k) => sys_setns(k, fd, flags));

describe('setns', () => {
  it('[C1 C1b C2 C2d C2e C14] EBADF for nothing open, EINVAL for other files, privileged or not', () => {
    const t = new Tasks();
    for (const task of [t.fork(), t.user()]) {
      assert.equal(join(t, task, 77), 'EBADF');
      assert.equal(join(t, task, -1), 'EBADF');
      const plain = t.k.trace.alloc(new file(null, 0, task.cred));
      t.k.trace.get(task.cred);
      t.k.trace.insert(task.files!.fd, 9, plain);
      assert.equal(join(t, task, 9), 'EINVAL');
      plain.f_flags = 0o10000000;
      assert.equal(join(t, task, 9), 'EBADF');
    }
  });

  it('[C3 C3b C3c] another type than the descriptor\'s: EINVAL before EPERM', () => {
    const t = new Tasks();
    const { target, caller } = two(t);
    for (const task of [caller, t.user()]) {
      const fd = t.open(task, target.nsproxy!.uts_ns!);
      assert.equal(join(t, task, fd, CLONE_NEWIPC), 'EINVAL');
      assert.equal(join(t, task, fd, CLONE_NEWIPC | CLONE_NEWUTS), 'EINVAL');
    }
  });

  for (const [slot, flag] of slots) {
    it(`${slot}: root may, with threads too; a user may not, not even its own`, () => {
      const t = new Tasks();
      const { target, caller } = two(t);
      t.thread(caller);
      for (const nstype of [flag, 0]) {
        assert.equal(join(t, caller, t.open(caller, target.nsproxy![slot]!), nstype), 'OK');
        assert.equal(caller.nsproxy![slot], target.nsproxy![slot]);
        assert.equal(join(t, caller, t.open(caller, caller.nsproxy![slot]!), nstype), 'OK');
      }
      const user = t.user();
      assert.equal(join(t, user, t.open(user, target.nsproxy![slot]!)), 'EPERM');
      assert.equal(join(t, user, t.open(user, user.nsproxy![slot]!)), 'EPERM', '[C13i]');
    });
  }

  it('[C13j] from a child user namespace into a uts namespace of the parent: EPERM', () => {
    const t = new Tasks();
    const task = t.fork();
    const fd = t.open(task, task.nsproxy!.uts_ns!);
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
    assert.equal(join(t, task, fd), 'EPERM');
  });

  it('[C5h C5i C6 C6b C8 C8b C8c C8d C9 C9b] user namespaces', () => {
    const t = new Tasks();
    const task = t.fork();
    assert.equal(join(t, task, t.open(task, task.cred.user_ns)), 'EINVAL', 'own');
    const rooted = t.fork(t.init, CLONE_NEWUSER);
    const user = t.user();
    assert.equal(join(t, user, t.open(user, rooted.cred.user_ns)), 'EPERM', 'root-owned');
    const owned = t.fork(user, CLONE_NEWUSER);
    const grandchild = t.fork(owned);
    grandchild.cred.euid = 0;
    assert.equal(join(t, user, t.open(user, owned.cred.user_ns)), 'OK', 'owner');
    assert.equal(join(t, user, t.open(user, t.k.init_user_ns)), 'EPERM', 'parent');
    const sibling = t.fork(t.user(), CLONE_NEWUSER);
    assert.equal(join(t, user, t.open(user, sibling.cred.user_ns)), 'EPERM', 'sibling');
    const threaded = t.user();
    t.thread(threaded);
    assert.equal(join(t, threaded, t.open(threaded, rooted.cred.user_ns)), 'EINVAL', 'threads come before privilege');
    const root = t.fork();
    assert.equal(join(t, root, t.open(root, sibling.cred.user_ns)), 'OK', 'root enters');
    assert.equal(root.cred.cap_effective, cap_full_set(t.k), '[C17]');
    assert.equal(t.as(root, sys_getuid), 65534, '[C17]');
  });

  it('[C11 C11b C11c C11d C11e C11g C11h C11i C11j C11k] pid namespaces: down only, and for children only', () => {
    const t = new Tasks();
    const child = t.fork(t.init, CLONE_NEWPID);
    const grandchild = t.fork(child, CLONE_NEWPID);
    const ns = child.nsproxy!.pid_ns_for_children!;
    assert.equal(join(t, grandchild, t.open(grandchild, ns)), 'EINVAL', 'ancestor');
    const sibling = t.fork(t.init, CLONE_NEWPID);
    assert.equal(join(t, sibling, t.open(sibling, ns)), 'EINVAL', 'sibling');
    const task = t.fork();
    const own = task.nsproxy!.pid_ns_for_children!;
    assert.equal(join(t, task, t.open(task, ns)), 'OK');
    assert.equal(task.nsproxy!.pid_ns_for_children, ns);
    assert.equal(task.thread_pid!.numbers.length, 1);
    assert.equal(join(t, task, t.open(task, own)), 'OK', 'and back');
    assert.equal(join(t, task, t.open(task, grandchild.nsproxy!.pid_ns_for_children!)), 'OK', 'two levels');
    const user = t.user();
    assert.equal(join(t, user, t.open(user, ns)), 'EPERM');
    assert.equal(join(t, user, t.open(user, own)), 'EPERM');
  });

  it('[C12 C12b C12c C12d C12e C12f C21] time: single only (EUSERS first), sets both, freezes', () => {
    const t = new Tasks();
    const task = t.fork();
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWTIME));
    const made = task.nsproxy!.time_ns_for_children!;
    for (const threaded of [t.fork(), t.user()]) {
      t.thread(threaded);
      assert.equal(join(t, threaded, t.open(threaded, made)), 'EUSERS');
    }
    const sharing = t.fork();
    t.fork(sharing, CLONE_VM);
    assert.equal(join(t, sharing, t.open(sharing, made)), 'EUSERS');
    const user = t.user();
    assert.equal(join(t, user, t.open(user, made)), 'EPERM');
    assert.equal(made.frozen_offsets, false);
    const caller = t.fork();
    assert.equal(join(t, caller, t.open(caller, made)), 'OK');
    assert.deepEqual([caller.nsproxy!.time_ns === made, caller.nsproxy!.time_ns_for_children === made, made.frozen_offsets], [true, true, true]);
    assert.equal(join(t, task, t.open(task, task.nsproxy!.time_ns!)), 'OK');
    assert.equal(task.nsproxy!.time_ns_for_children, task.nsproxy!.time_ns, '[C21]');
  });

  it('[C13k C13l N10] an owner outside must enter the user namespace first', () => {
    const t = new Tasks();
    const user = t.user();
    const inside = t.fork(user, CLONE_NEWUSER | CLONE_NEWUTS);
    const uts = t.open(user, inside.nsproxy!.uts_ns!);
    assert.equal(join(t, user, uts), 'EPERM');
    assert.equal(join(t, user, t.open(user, inside.cred.user_ns)), 'OK');
    assert.equal(join(t, user, uts), 'OK');
    assert.equal(t.errno(user, (k) => sys_sethostname(k, 'x')), 'OK');
  });

  it('[M24] CAP_SYS_ADMIN in the own user namespace is needed too', () => {
    const t = new Tasks();
    const { target, caller } = two(t);
    t.as(caller, (k) => cap_capset(k, { effective: cap_full_set(k) & ~cap_bit(CAP_SYS_ADMIN), permitted: cap_full_set(k), inheritable: 0n }));
    assert.equal(join(t, caller, t.open(caller, target.nsproxy!.uts_ns!)), 'EPERM');
  });
});

describe('setns with a pidfd', () => {
  const pidfd = (t: Tasks, task: task_struct, of: task_struct): number => t.open(task, of.thread_pid!);

  it('[C14 C14b C14c] flags: none, or one that is no type: EINVAL', () => {
    const t = new Tasks();
    const task = t.fork();
    const fd = pidfd(t, task, task);
    for (const flags of [0, CLONE_FS, CLONE_NEWUTS | CLONE_VM]) assert.equal(join(t, task, fd, flags), 'EINVAL');
  });

  it('[C14d C14e C14f] one\'s own: all but user', () => {
    const t = new Tasks();
    const task = t.fork();
    const fd = pidfd(t, task, task);
    assert.equal(join(t, task, fd, SIX), 'OK');
    assert.equal(join(t, task, fd, CLONE_NEWUSER), 'EINVAL');
    assert.equal(join(t, task, fd, SIX | CLONE_NEWUSER), 'EINVAL');
  });

  it('[C14g C14h C14n] a process that is gone or a zombie: ESRCH, after the flags', () => {
    const t = new Tasks();
    const task = t.fork();
    const gone = t.fork();
    const fd = pidfd(t, task, gone);
    t.k.trace.get(gone.thread_pid!);
    const zombie = t.fork();
    const zfd = pidfd(t, task, zombie);
    t.as(zombie, (k) => {
      const old = zombie.nsproxy!;
      k.trace.write(zombie, 'nsproxy', null);
      k.trace.put(old);
    });
    t.exit(gone);
    for (const each of [fd, zfd]) {
      assert.equal(join(t, task, each, CLONE_NEWUTS), 'ESRCH');
      assert.equal(join(t, task, each, 0), 'EINVAL');
    }
  });

  it('[C14i] a process that one may not look into: EPERM', () => {
    const t = new Tasks();
    const user = t.user();
    assert.equal(join(t, user, pidfd(t, user, t.init), CLONE_NEWUTS), 'EPERM');
  });

  it('[C14k C14l C14m] a user into its own child\'s: with NEWUSER in the same call', () => {
    const t = new Tasks();
    const child = (user: task_struct): task_struct => t.fork(user, CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWTIME);
    const user = t.user();
    const fd = pidfd(t, user, child(user));
    assert.equal(join(t, user, fd, CLONE_NEWUTS), 'EPERM');
    assert.equal(join(t, user, fd, CLONE_NEWUSER | CLONE_NEWUTS), 'OK');
    const other = t.user();
    assert.equal(join(t, other, pidfd(t, other, child(other)), CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWTIME), 'OK');
  });

  it('[C15 M16 M17] all or nothing; user before time, pid before time', () => {
    const t = new Tasks();
    const { target, caller } = two(t);
    t.thread(caller);
    const before = caller.nsproxy;
    const fd = pidfd(t, caller, target);
    assert.equal(join(t, caller, fd, CLONE_NEWUTS | CLONE_NEWTIME), 'EUSERS');
    assert.equal(caller.nsproxy, before);
    assert.equal(join(t, caller, fd, CLONE_NEWUSER | CLONE_NEWTIME), 'EINVAL');
    const below = t.fork(t.init, CLONE_NEWPID);
    t.thread(below);
    assert.equal(join(t, below, pidfd(t, below, t.init), CLONE_NEWPID | CLONE_NEWTIME), 'EINVAL');
  });

  it('[C18 C19] NEWPID takes the active pid namespace, NEWTIME the time_ns', () => {
    const t = new Tasks();
    const target = t.fork();
    t.as(target, (k) => ksys_unshare(k, CLONE_NEWPID | CLONE_NEWTIME));
    const caller = t.fork();
    assert.equal(join(t, caller, pidfd(t, caller, target), CLONE_NEWPID | CLONE_NEWTIME), 'OK');
    assert.equal(caller.nsproxy!.pid_ns_for_children, t.k.init_pid_ns);
    assert.equal(caller.nsproxy!.time_ns_for_children, t.k.init_nsproxy.time_ns);
  });
});
