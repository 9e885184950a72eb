import { strict as assert } from 'node:assert';
import { CAP_SYS_ADMIN, cap_bit } from '../../../simulator/kernel/capability.ts';
import {
  CLONE_FILES, CLONE_FS, CLONE_IO, CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS, CLONE_PARENT,
  CLONE_PIDFD, CLONE_SIGHAND, CLONE_SYSVSEM, CLONE_THREAD, CLONE_VFORK, CLONE_VM,
} from '../../../simulator/kernel/flags.ts';
import type { NsType } from '../../../simulator/kernel/ns_common.ts';
import { cap_capset } from '../../../simulator/kernel/securebits.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { map_write, proc_setgroups_write } from '../../../simulator/kernel/user_map.ts';
import { Tasks } from './tasks.ts';

const EACH: readonly (readonly [NsType, number])[] = [
  ['uts', CLONE_NEWUTS], ['ipc', CLONE_NEWIPC], ['pid', CLONE_NEWPID], ['net', CLONE_NEWNET], ['cgroup', CLONE_NEWCGROUP], ['time', CLONE_NEWTIME], ['mnt', CLONE_NEWNS],
];
const SIX = CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWTIME;

describe('unshare', () => {
  it('[B1] 0, FS, FILES, SYSVSEM are allowed to anyone, several threads or not [B7a B7b B7c B7d B7e]', () => {
    const t = new Tasks();
    for (const task of [t.fork(), t.user()]) {
      for (const flags of [0, CLONE_FS, CLONE_FILES, CLONE_SYSVSEM]) assert.equal(t.errno(task, (k) => ksys_unshare(k, flags)), 'OK');
      t.thread(task);
      assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_FS | CLONE_FILES | CLONE_SYSVSEM)), 'OK');
    }
  });

  for (const [id, flags] of [['B1b', CLONE_PARENT], ['B1c', 17], ['B1d', CLONE_PIDFD], ['B1e', CLONE_VFORK], ['B1h', CLONE_IO], ['B1i', 2 ** 32], ['B25', 0x100000], ['B8i', CLONE_NEWUTS | CLONE_VFORK]] as const) {
    it(`[${id}] 0x${flags.toString(16)} is EINVAL, privileged or not`, () => {
      const t = new Tasks();
      assert.equal(t.errno(t.fork(), (k) => ksys_unshare(k, flags)), 'EINVAL');
      assert.equal(t.errno(t.user(), (k) => ksys_unshare(k, flags)), 'EINVAL');
    });
  }

  it('[B2 B3 B4 B2m B3m B4m] THREAD, SIGHAND, VM: nothing to do alone, EINVAL with threads', () => {
    const t = new Tasks();
    const task = t.fork();
    for (const flags of [CLONE_THREAD, CLONE_SIGHAND, CLONE_VM]) assert.equal(t.errno(task, (k) => ksys_unshare(k, flags)), 'OK');
    t.thread(task);
    for (const flags of [CLONE_THREAD, CLONE_SIGHAND, CLONE_VM]) assert.equal(t.errno(task, (k) => ksys_unshare(k, flags)), 'EINVAL');
  });

  it('[B4s B4s2] memory shared by another process: VM is EINVAL, SIGHAND is not', () => {
    const t = new Tasks();
    const task = t.fork();
    t.fork(task, CLONE_VM);
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_VM)), 'EINVAL');
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_SIGHAND)), 'OK');
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWUSER)), 'OK', '[B5s]');
  });

  it('[B5 B5u B5m B5um] NEWUSER: anyone, but with one thread only', () => {
    const t = new Tasks();
    for (const make of [() => t.fork(), () => t.user()]) {
      assert.equal(t.errno(make(), (k) => ksys_unshare(k, CLONE_NEWUSER)), 'OK');
      const threaded = make();
      t.thread(threaded);
      assert.equal(t.errno(threaded, (k) => ksys_unshare(k, CLONE_NEWUSER)), 'EINVAL');
    }
  });

  for (const [type, flag] of EACH) {
    it(`[B19] NEW${type.toUpperCase()}: changes the calling thread only; EPERM for a user`, () => {
      const t = new Tasks();
      const task = t.fork();
      const thread = t.thread(task);
      const before = task.nsproxy;
      assert.equal(t.errno(thread, (k) => ksys_unshare(k, flag)), 'OK');
      assert.equal(task.nsproxy, before);
      assert.notEqual(thread.nsproxy, before);
      assert.equal(t.errno(t.user(), (k) => ksys_unshare(k, flag)), 'EPERM');
    });
  }

  it('[B8h B8r B8s B10] all at once: root; a user with NEWUSER, in one call or two', () => {
    const t = new Tasks();
    assert.equal(t.errno(t.fork(), (k) => ksys_unshare(k, SIX)), 'OK');
    assert.equal(t.errno(t.fork(), (k) => ksys_unshare(k, SIX | CLONE_NEWUSER)), 'OK');
    assert.equal(t.errno(t.user(), (k) => ksys_unshare(k, SIX | CLONE_NEWUSER)), 'OK');
    const user = t.user();
    assert.equal(t.errno(user, (k) => ksys_unshare(k, CLONE_NEWUSER)), 'OK');
    assert.equal(t.errno(user, (k) => ksys_unshare(k, CLONE_NEWUTS)), 'OK');
  });

  it('[M24 M24b] without CAP_SYS_ADMIN in the own user namespace: EPERM, but with NEWUSER the owner rule lets it pass', () => {
    const t = new Tasks();
    const task = t.fork();
    t.as(task, (k) => cap_capset(k, { effective: task.cred.cap_effective & ~cap_bit(CAP_SYS_ADMIN), permitted: task.cred.cap_permitted, inheritable: 0n }));
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWUTS)), 'EPERM');
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWUTS | CLONE_NEWUSER)), 'OK');
  });

  it('[B9] NEWIPC|SYSVSEM is allowed', () => {
    const t = new Tasks();
    assert.equal(t.errno(t.fork(), (k) => ksys_unshare(k, CLONE_NEWIPC | CLONE_SYSVSEM)), 'OK');
  });

  it('[B10b B10d B10e B10f] NEWUSER again needs own uid and gid mapped', () => {
    const t = new Tasks();
    const task = t.user();
    const again = (): string => t.errno(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
    const write = (name: 'uid_map' | 'gid_map'): unknown => t.as(task, (k) => map_write(k, { f_cred: task.cred }, task.cred.user_ns, name, '0 1000 1\n'));
    assert.equal(again(), 'OK');
    assert.equal(again(), 'EPERM');
    t.as(task, (k) => proc_setgroups_write(k, task.cred.user_ns, 'deny'));
    assert.equal(write('uid_map'), 9);
    assert.equal(again(), 'EPERM');
    assert.equal(write('gid_map'), 9);
    assert.equal(again(), 'OK');
  });

  it('[B13] 33 user namespaces can be nested, not 34: ENOSPC', () => {
    const t = new Tasks();
    const task = t.fork();
    let made = 0;
    for (;;) {
      const result = t.errno(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
      if (result !== 'OK') {
        assert.equal(result, 'ENOSPC');
        break;
      }
      made++;
      t.as(task, (k) => {
        proc_setgroups_write(k, task.cred.user_ns, 'deny');
        map_write(k, { f_cred: task.cred }, task.cred.user_ns, 'uid_map', '0 0 1');
        map_write(k, { f_cred: task.cred }, task.cred.user_ns, 'gid_map', '0 0 1');
      });
    }
    assert.equal(made, 33);
  });

  it('[B14 B14b] 32 pid namespaces can be nested', () => {
    const t = new Tasks();
    let task = t.fork();
    for (let level = 1; level <= 32; level++) task = t.fork(task, CLONE_NEWPID);
    assert.equal(t.clone(task, CLONE_NEWPID), 'ENOSPC');
  });

  it('[B18 B18b A29] NEWPID twice is EINVAL, NEWTIME twice is not', () => {
    const t = new Tasks();
    const task = t.fork();
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWPID)), 'OK');
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWPID)), 'EINVAL');
    assert.equal(t.clone(task, CLONE_NEWPID), 'EINVAL');
    for (let n = 0; n < 2; n++) assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWTIME)), 'OK');
  });

  it('[M4 M5 M6] pid (EINVAL) comes before cgroup, net and time (limits)', () => {
    const t = new Tasks();
    const task = t.fork();
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWPID));
    for (const [type, flag] of [['cgroup', CLONE_NEWCGROUP], ['net', CLONE_NEWNET], ['time', CLONE_NEWTIME]] as const) {
      t.k.trace.insert(t.k.init_user_ns.ucount_max, type, 0);
      assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWPID | flag)), 'EINVAL');
    }
    for (const [type, flag] of [['uts', CLONE_NEWUTS], ['ipc', CLONE_NEWIPC]] as const) {
      t.k.trace.insert(t.k.init_user_ns.ucount_max, type, 0);
      assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWPID | flag)), 'ENOSPC', '[M2 M3]');
    }
  });
});

describe('limits', () => {
  for (const [type, flag] of EACH) {
    it(`user.max_${type}_namespaces = 0: ENOSPC, and nothing changed [B17]`, () => {
      const t = new Tasks();
      const task = t.fork();
      t.k.trace.insert(t.k.init_user_ns.ucount_max, type, 0);
      const { nsproxy, cred } = task;
      if (type === 'mnt') return;
      assert.equal(t.errno(task, (k) => ksys_unshare(k, flag)), 'ENOSPC');
      assert.equal(t.errno(task, (k) => ksys_unshare(k, flag | CLONE_NEWUSER)), 'ENOSPC', '[B15k] a limit above binds');
      assert.deepEqual([task.nsproxy === nsproxy, task.cred === cred], [true, true]);
    });
  }

  it('[B15a B15l] the old namespace is still charged while the new one is made; the charge comes back', () => {
    const t = new Tasks();
    const task = t.fork();
    t.k.trace.insert(t.k.init_user_ns.ucount_max, 'uts', 1);
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWUTS)), 'OK');
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWUTS)), 'ENOSPC');
    t.exit(task);
    assert.equal(t.errno(t.fork(), (k) => ksys_unshare(k, CLONE_NEWUTS)), 'OK');
  });

  it('[B15i B15j] user namespaces; a limit in the parent user namespace for namespaces of the child', () => {
    const t = new Tasks();
    const task = t.fork();
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
    t.k.trace.insert(t.k.init_user_ns.ucount_max, 'uts', 1);
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWUTS)), 'OK');
    assert.equal(t.errno(t.fork(task), (k) => ksys_unshare(k, CLONE_NEWUTS)), 'ENOSPC');
    t.k.trace.insert(t.k.init_user_ns.ucount_max, 'user', 0);
    assert.equal(t.errno(t.fork(), (k) => ksys_unshare(k, CLONE_NEWUSER)), 'ENOSPC');
  });

  it('[H7] inode numbers are used again at once', () => {
    const t = new Tasks();
    const seen = new Set<number>();
    for (let n = 0; n < 4; n++) {
      const task = t.fork();
      t.as(task, (k) => ksys_unshare(k, CLONE_NEWUTS));
      seen.add(task.nsproxy!.uts_ns!.inum);
      t.exit(task);
    }
    assert.deepEqual([...seen], [0xf0000000]);
  });
});

describe('clone', () => {
  it('[A13 A13b A13c] NEWIPC|SYSVSEM: EINVAL, after EPERM', () => {
    const t = new Tasks();
    assert.equal(t.clone(t.fork(), CLONE_NEWIPC | CLONE_SYSVSEM), 'EINVAL');
    assert.equal(t.clone(t.user(), CLONE_NEWIPC | CLONE_SYSVSEM), 'EPERM');
    assert.equal(t.clone(t.user(), CLONE_NEWIPC | CLONE_SYSVSEM | CLONE_NEWUSER), 'EINVAL');
  });

  it('[A36 A36b A36c] a user: EPERM, but with NEWUSER all', () => {
    const t = new Tasks();
    assert.equal(t.clone(t.user(), CLONE_NEWUTS), 'EPERM');
    assert.equal(t.clone(t.user(), CLONE_NEWTIME), 'EPERM');
    assert.ok(typeof t.clone(t.user(), CLONE_NEWUSER | SIX) === 'object');
  });

  it('[A31 A32 A33 A40b] after unshare(NEWTIME): a thread and a vfork child stay, a fork child enters', () => {
    const t = new Tasks();
    const task = t.fork();
    const { time_ns } = task.nsproxy!;
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWTIME));
    const made = task.nsproxy!.time_ns_for_children;
    assert.equal(t.thread(task).nsproxy!.time_ns, time_ns);
    const vfork = t.fork(task, CLONE_VM | CLONE_VFORK);
    assert.deepEqual([vfork.nsproxy!.time_ns === time_ns, made!.frozen_offsets], [true, false]);
    const child = t.fork(task);
    assert.deepEqual([child.nsproxy!.time_ns === made, made!.frozen_offsets], [true, true]);
    const both = t.fork(t.fork(), CLONE_NEWTIME | CLONE_VM);
    assert.deepEqual([both.nsproxy!.time_ns === time_ns, both.nsproxy!.time_ns_for_children === time_ns], [true, false]);
  });
});
