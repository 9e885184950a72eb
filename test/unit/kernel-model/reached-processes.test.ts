import { strict as assert } from 'node:assert';
import {
  CLONE_FILES, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS, CLONE_PARENT_SETTID, CLONE_PIDFD, CLONE_SIGHAND, CLONE_THREAD, CLONE_VM,
} from '../../../simulator/kernel/flags.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { Writer } from '../../../simulator/kernel/uaccess.ts';
import { VERSIONS } from '../../../simulator/kernel/version.ts';
import type { Version } from '../../../simulator/kernel/version.ts';
import { Program } from './program.ts';

const SIGCHLD = 17;
const SIGCONT = 18;
const SIGSTOP = 19;
const SIGKILL = 9;
const SIGUSR1 = 10;
const SIGTERM = 15;
const WUNTRACED = 2;
const WCONTINUED = 8;
const CLONE_INTO_CGROUP = 2 ** 33;

const start = (version: Version = '6.18'): Program => new Program({ version, level: 'off' });

/** A user without descriptors of root's, that makes a namespace file its own by inheriting the descriptor. */
function inherits(m: Program, name: string): { readonly user: task_struct; readonly fd: number } {
  const fd = m.open(m.me, name);
  return { user: m.user(), fd };
}

describe('pid namespaces, by a program', () => {
  it('nest 32 deep, user namespaces 33', () => {
    const m = start();
    let task = m.me;
    for (let depth = 1; depth <= 32; depth++) task = m.fork(task, CLONE_NEWPID);
    assert.equal(m.clone(task, CLONE_NEWPID | SIGCHLD), 'ENOSPC');
    const user = m.fork();
    const map = (): void => {
      for (const file of ['uid_map', 'gid_map']) assert.equal(m.write(user, `/proc/self/${file}`, '0 0 1'), 'OK');
    };
    for (let depth = 1; depth <= 33; depth++) {
      assert.equal(m.call(user, 'unshare', CLONE_NEWUSER), 0, String(depth));
      assert.equal(m.write(user, '/proc/self/setgroups', 'deny'), 'OK');
      map();
    }
    assert.equal(m.call(user, 'unshare', CLONE_NEWUSER), 'ENOSPC');
  });

  it('are made only below those whose owner one is, or is below of', () => {
    const m = start();
    const owner = m.fork(m.me, CLONE_NEWUSER | CLONE_NEWPID);
    assert.equal(m.setns(m.me, owner, 'pid'), 'OK');
    const inside = m.fork();
    assert.equal(m.call(inside, 'unshare', CLONE_NEWPID), 'EINVAL');
  });

  it('are not joined, and numbers in them not chosen, by a user', () => {
    const m = start();
    const target = m.fork(m.me, CLONE_NEWPID);
    const { user, fd } = inherits(m, `/proc/${m.nr(target)}/ns/pid`);
    assert.equal(m.call(user, 'setns', fd, 0), 'EPERM');
    assert.equal(m.clone3(user, { set_tid: m.put(new Writer().u32(30003).done()), set_tid_size: 1 }), 'EPERM');
  });

  it('have no number left at last', () => {
    // so many calls, that the state is not checked after each
    const m = new Program({ level: 'off' }, { watch: false });
    const init = m.fork(m.me, CLONE_NEWPID);
    assert.equal(m.write(init, '/proc/sys/kernel/pid_max', '301'), 'OK');
    let made = 1;
    while (typeof m.clone(init, SIGCHLD) === 'number') made++;
    assert.equal(m.clone(init, SIGCHLD), 'EAGAIN');
    assert.equal(made, 300);
  });

  it('whose first process could not be made after all never get one', () => {
    const m = start();
    assert.equal(m.do('unshare', CLONE_NEWPID), 0);
    assert.equal(m.clone3(m.me, { flags: CLONE_INTO_CGROUP, cgroup: 99 }), 'EBADF');
    assert.equal(m.clone(m.me, SIGCHLD), 'ENOMEM');
  });

  it('end when they are rebooted: their init seems to have died of SIGHUP or SIGINT', () => {
    for (const [cmd, sig] of [[0x01234567, 1], [0x4321fedc, 2]] as const) {
      const m = start();
      const init = m.fork(m.me, CLONE_NEWPID);
      const nr = m.nr(init);
      const other = m.fork(init);
      assert.equal(m.call(other, 'reboot', 0xfee1dead, 672274793, 5), 'EINVAL');
      assert.equal(m.call(other, 'reboot', 0xfee1dead, 672274793, cmd), 'dead');
      m.settle();
      const status = m.room(4);
      assert.equal(m.do('wait4', -1, status, 0, 0), nr);
      assert.equal(m.int(status), sig);
    }
  });

  it('end after the last zombie whose parent is outside', () => {
    const m = start();
    const init = m.fork(m.me, CLONE_NEWPID);
    assert.equal(m.setns(m.me, init, 'pid'), 'OK');
    const outsider = m.fork();
    const nr = m.nr(outsider);
    m.kill(init);
    assert.equal(outsider.state, 'zombie');
    assert.notEqual(init.state, 'zombie');
    assert.equal(m.do('wait4', nr, 0, 0, 0), nr);
    m.settle();
    assert.equal(init.state, 'zombie');
  });

  it('of the machine: when its first process ends, the kernel panics', () => {
    const m = start();
    const init = m.k.init_pid_ns.child_reaper ?? assert.fail();
    m.call(init, 'exit_group', 3);
    assert.equal(m.k.counters.get('panic'), 0x300);
  });
});

describe('pidfds, by a program', () => {
  it('are of process leaders that there are', () => {
    const m = start();
    assert.equal(m.do('pidfd_open', m.nr(m.me), 1), 'EINVAL');
    assert.equal(m.do('pidfd_open', 4711, 0), 'ESRCH');
    assert.equal(m.do('pidfd_open', m.nr(m.thread()), 0), 'ENOENT');
  });

  it('join nothing of who was reaped, or whom one may not look into', () => {
    const m = start();
    const child = m.fork(m.me, CLONE_NEWUTS);
    const fd = Number(m.do('pidfd_open', m.nr(child), 0));
    const user = m.user();
    assert.equal(m.call(user, 'setns', fd, CLONE_NEWUTS), 'EPERM');
    assert.equal(m.call(child, 'exit_group', 0), 'dead');
    assert.equal(m.do('setns', fd, CLONE_NEWUTS), 'ESRCH');
    assert.equal(m.ok(m.me, 'wait4', m.nr(child), 0, 0, 0), 'OK');
    assert.equal(m.do('setns', fd, CLONE_NEWUTS), 'ESRCH');
  });
});

describe('clone, by a program', () => {
  for (const version of VERSIONS) {
    it(`stores the child's number (${version})`, () => {
      const m = start(version);
      const at = m.room(4);
      const nr = m.clone(m.me, CLONE_PARENT_SETTID | SIGCHLD, at);
      assert.equal(m.int(at), nr);
    });
  }


  it('has one pointer for pidfd and number; pidfds of threads came with 6.9', () => {
    const m = start();
    assert.equal(m.clone(m.me, CLONE_PIDFD | CLONE_PARENT_SETTID | SIGCHLD, m.room(8)), 'EINVAL');
    const old = start('6.1');
    assert.equal(old.clone(old.me, CLONE_PIDFD | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM, old.room(8)), 'EINVAL');
  });

  it('can not read its arguments: EFAULT', () => {
    const m = start();
    assert.equal(m.do('clone3', 8, 88), 'EFAULT');
  });

  for (const version of ['4.19', '6.18'] as const) {
    it(`comes after a signal that came first (${version})`, () => {
      const m = start(version);
      m.sigaction(m.me, SIGUSR1, 0x4000);
      const other = m.fork();
      const tasks = m.k.tasks.size;
      assert.equal(m.call(other, 'kill', m.nr(m.me), SIGUSR1), 0);
      assert.equal(m.clone(m.me, SIGCHLD), 'blocked');
      const step = m.resume(m.me);
      assert.deepEqual([step?.what, step?.what === 'handler' && step.value], ['handler', null]);
      assert.equal(m.k.tasks.size, tasks);
    });
  }

  for (const version of ['5.7', '6.18'] as const) {
    it(`is limited by RLIMIT_NPROC and threads-max (${version})`, () => {
      const m = start(version);
      const user = m.user();
      assert.equal(m.call(user, 'setrlimit', 6, m.put(new Writer().u64(0).u64(0).done())), 0);
      assert.equal(m.clone(user, SIGCHLD), 'EAGAIN');
      assert.equal(m.write(m.me, '/proc/sys/kernel/threads-max', '1'), 'OK');
      assert.equal(m.clone(m.me, SIGCHLD), 'EAGAIN');
    });
  }
});

describe('unshare and setns, by a program', () => {
  it('give a descriptor table of one\'s own', () => {
    const m = start();
    const other = m.fork(m.me, CLONE_FILES);
    assert.equal(m.do('unshare', CLONE_FILES), 0);
    const fd = m.open(m.me, '/etc/hostname');
    assert.equal(m.call(other, 'close', fd), 'EBADF');
  });

  it('do not take apart memory that another process shares', () => {
    const m = start();
    m.fork(m.me, CLONE_VM);
    assert.equal(m.do('unshare', CLONE_VM), 'EINVAL');
  });

  it('join no time namespace and no user namespace without CAP_SYS_ADMIN there', () => {
    const m = start();
    const target = m.fork(m.me, CLONE_NEWUSER);
    const { user, fd } = inherits(m, `/proc/${m.nr(target)}/ns/user`);
    assert.equal(m.call(user, 'setns', fd, 0), 'EPERM');
    assert.equal(m.do('unshare', CLONE_NEWTIME), 0);
    const time = inherits(m, '/proc/self/ns/time_for_children');
    assert.equal(m.call(time.user, 'setns', time.fd, 0), 'EPERM');
  });

  it('set a domain name: by root, of at most 64 bytes', () => {
    const m = start();
    const user = m.user();
    assert.equal(m.call(user, 'setdomainname', 'x', 1), 'EPERM');
    assert.equal(m.do('setdomainname', 'x'.repeat(65), 65), 'EINVAL');
    assert.equal(m.do('setdomainname', 'example', 7), 0);
    assert.equal(m.read('/proc/sys/kernel/domainname'), 'example\n');
  });
});

describe('semaphores, by a program', () => {
  it('are set back when who used SEM_UNDO ends', () => {
    const m = start();
    const id = Number(m.do('semget', 5, 1, 0o1600));
    const child = m.fork();
    assert.equal(m.call(child, 'semop', id, m.put(new Writer().u16(0).u16(3).u16(0x1000).done()), 1), 0);
    assert.equal(m.do('semctl', id, 0, 12, 0), 3);
    assert.equal(m.call(child, 'exit_group', 0), 'dead');
    assert.equal(m.do('semctl', id, 0, 12, 0), 0);
  });
});

describe('exec of a thread, by a program', () => {
  it('ends the other threads and becomes the leader', () => {
    const m = start();
    const leader = m.fork();
    const nr = m.nr(leader);
    const thread = m.thread(leader);
    const third = m.thread(leader);
    assert.equal(m.call(thread, 'execve'), 'blocked');
    assert.deepEqual([m.resume(leader)?.what, m.resume(third)?.what], ['dead', 'dead']);
    assert.equal(m.resume(thread)?.what, 'value');
    assert.equal(m.nr(thread), nr);
  });

  it('makes children that were cloned before send SIGCHLD', () => {
    const m = start();
    const parent = m.fork();
    const nr = m.call(parent, 'clone', SIGUSR1, 0, 0, 0, 0);
    const child = m.last();
    m.sigaction(parent, SIGUSR1, 0x4000);
    assert.equal(m.call(parent, 'execve'), 0);
    assert.equal(m.call(child, 'exit_group', 0), 'dead');
    assert.equal(m.call(parent, 'getpid'), m.nr(parent), 'SIGUSR1 would have ended it');
    assert.equal(m.call(parent, 'wait4', nr, 0, 0x40000000, 0), nr);
  });
});

describe('waiting, by a program', () => {
  it('tells of a stop and of going on', () => {
    const m = start();
    const child = m.fork();
    const status = m.room(4);
    assert.equal(m.do('kill', m.nr(child), SIGSTOP), 0);
    m.resume(child);
    assert.equal(m.do('wait4', -1, status, WUNTRACED, 0), m.nr(child));
    assert.equal(m.int(status), SIGSTOP << 8 | 0x7f);
    assert.equal(m.do('kill', m.nr(child), SIGCONT), 0);
    assert.equal(m.do('wait4', -1, status, WCONTINUED, 0), m.nr(child));
    assert.equal(m.int(status), 0xffff);
  });

  it('is not needed for a process whose parent ignores SIGCHLD, once its last thread ended', () => {
    const m = start();
    m.sigaction(m.me, SIGCHLD, 1);
    const leader = m.fork();
    const thread = m.thread(leader);
    assert.equal(m.call(leader, 'exit', 0), 'dead');
    assert.ok(m.k.tasks.has(leader.id));
    assert.equal(m.call(thread, 'exit', 0), 'dead');
    assert.ok(!m.k.tasks.has(leader.id));
  });

  it('for the parent\'s death: the signal that prctl asked for', () => {
    const m = start();
    const parent = m.fork();
    const child = m.fork(parent);
    assert.equal(m.call(child, 'prctl', 1, SIGTERM, 0, 0, 0), 0);
    assert.equal(m.call(parent, 'exit_group', 0), 'dead');
    assert.equal(m.resume(child)?.what, 'dead');
  });
});

describe('signals, by a program', () => {
  it('are sent by whom they may be sent', () => {
    const m = start();
    const user = m.user();
    const own = m.fork(user);
    assert.equal(m.call(user, 'kill', m.nr(own), 65), 'EINVAL');
    assert.equal(m.call(user, 'kill', m.nr(own), 0), 0);
    assert.equal(m.call(user, 'kill', m.nr(m.me), SIGTERM), 'EPERM');
    assert.equal(m.call(user, 'kill', m.nr(m.me), SIGCONT), 0, 'in the same session');
    assert.equal(m.do('setsid'), m.nr(m.me));
    assert.equal(m.call(user, 'kill', m.nr(m.me), SIGCONT), 'EPERM');
  });

  it('that are blocked wait, once each; ignored, harmless and stopping ones are taken without effect', () => {
    const m = start();
    const task = m.fork();
    const nr = m.nr(task);
    assert.equal(m.sigmask(task, 0, SIGUSR1, SIGCHLD), 0);
    for (const sig of [SIGUSR1, SIGUSR1, SIGCHLD]) assert.equal(m.do('kill', nr, sig), 0);
    m.sigaction(task, SIGUSR1, 0x4000);
    m.sigaction(task, SIGUSR1, 1);
    assert.equal(m.do('kill', nr, SIGUSR1), 0, 'kept: it is blocked');
    assert.equal(m.sigmask(task, 1, SIGUSR1, SIGCHLD), 0, 'it goes on');
    assert.equal(m.call(task, 'setsid'), nr);
    assert.equal(m.do('kill', nr, 20), 0);
    assert.deepEqual(m.resume(task), null, 'nobody could let it go on: it does not stop');
    assert.equal(m.do('kill', nr, 3), 0);
    assert.equal(m.resume(task)?.what, 'dead');
  });

  it('that an init has no handler for do nothing, also when it blocked them', () => {
    const m = start();
    const init = m.fork(m.me, CLONE_NEWPID);
    assert.equal(m.sigmask(init, 0, SIGTERM), 0);
    assert.equal(m.do('kill', m.nr(init), SIGTERM), 0);
    assert.equal(m.sigmask(init, 1, SIGTERM), 0);
    assert.equal(init.state, 'running');
    assert.equal(m.do('kill', m.nr(init), SIGKILL), 0);
    assert.equal(m.resume(init)?.what, 'dead');
  });
});
