import { strict as assert } from 'node:assert';
import { start_computer } from '../../../simulator/kernel/computer.ts';
import { CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWUSER, CLONE_NEWUTS } from '../../../simulator/kernel/flags.ts';
import { History } from '../../../simulator/kernel/history.ts';
import { broken_invariants } from '../../../simulator/kernel/invariants.ts';
import { AT_FDCWD, O_CREAT, O_DIRECTORY, O_RDWR } from '../../../simulator/kernel/mode.ts';
import { state_change } from '../../../simulator/kernel/state_change.ts';
import { state_of } from '../../../simulator/kernel/state.ts';
import type { KernelState } from '../../../simulator/kernel/state.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { decode } from '../../../simulator/kernel/text.ts';
import { Reader, Writer } from '../../../simulator/kernel/uaccess.ts';
import { VERSIONS } from '../../../simulator/kernel/version.ts';
import { Program } from './program.ts';

const SIGUSR1 = 10;
const SIGSTOP = 19;
const SIGCONT = 18;
const SIGKILL = 9;

describe('system calls of a program on the simulated computer', () => {
  for (const version of VERSIONS) {
    it(`start in a sound state (${version})`, () => {
      assert.deepEqual(broken_invariants(start_computer({ version }).k), []);
    });
  }

  it('read and write files', () => {
    const by = new Program();
    assert.equal(by.read('/etc/hostname'), 'host\n');
    const fd = by.do('open', '/tmp/new', O_CREAT | O_RDWR, 0o640);
    assert.equal(typeof fd, 'number');
    const data = by.text('some text');
    assert.equal(by.do('write', fd, data, 9), 9);
    assert.equal(by.do('lseek', fd, 5, 0), 5);
    const room = by.room(16);
    assert.equal(by.do('read', fd, room, 16), 4);
    assert.equal(decode(by.bytes(room, 4)), 'text');
    assert.equal(by.do('write', fd, 0, 9), 'EFAULT');
    const stat = by.room(144);
    assert.equal(by.do('fstat', fd, stat), 0);
    const reader = new Reader(by.bytes(stat, 144)).skip(16);
    assert.deepEqual([reader.u64(), reader.u32(), reader.u32(), reader.u32()], [1, 0o100640, 0, 0]);
    assert.equal(new Reader(by.bytes(stat, 144)).skip(48).u64(), 9);
    assert.equal(by.do('openat', AT_FDCWD, '/none', 0, 0), 'ENOENT');
    assert.equal(by.do('openat', AT_FDCWD, 0, 0, 0), 'EFAULT');
    const vector = by.room(32);
    by.memory.write(vector, new Writer().u64(data).u64(4).u64(data + 5).u64(4).done());
    assert.equal(by.do('writev', fd, vector, 2), 8);
    by.do('lseek', fd, 9, 0);
    assert.equal(by.do('readv', fd, vector, 2), 8);
  });

  it('list a directory piece by piece', () => {
    const by = new Program();
    const fd = by.do('openat', AT_FDCWD, '/etc', O_DIRECTORY, 0);
    const names: string[] = [];
    const room = by.room(128);
    for (;;) {
      const n = by.do('getdents64', fd, room, 128);
      assert.equal(typeof n, 'number', String(n));
      if (n === 0) break;
      for (let at = 0; at < Number(n);) {
        const entry = by.bytes(room + at, 128);
        const length = new Reader(entry).skip(16).u16();
        names.push(decode(entry.subarray(19, 19 + entry.subarray(19).indexOf(0))));
        at += length;
      }
    }
    assert.equal(new Set(names).size, names.length);
    for (const name of ['.', '..', 'passwd', 'hostname', 'subuid']) assert.ok(names.includes(name), name);
    by.do('lseek', fd, 0, 0);
    assert.equal(by.do('getdents64', fd, room, 20), 'EINVAL');
  });

  it('name namespaces in /proc and join them by file and by pidfd', () => {
    const by = new Program();
    const link = (task: task_struct, of: string): string => {
      const room = by.room(64);
      const n = by.call(task, 'readlink', `/proc/thread-self/ns/${of}`, room, 64);
      return typeof n === 'number' ? decode(by.bytes(room, n)) : n;
    };
    assert.equal(link(by.me, 'uts'), 'uts:[4026531838]');
    const child = by.fork(by.me, CLONE_NEWUTS);
    const own = link(child, 'uts');
    assert.notEqual(own, 'uts:[4026531838]');
    const nr = by.call(by.me, 'getpid');
    const fd = by.do('openat', AT_FDCWD, `/proc/${Number(nr) + 1}/ns/uts`, 0, 0);
    assert.equal(by.do('setns', fd, CLONE_NEWUTS), 0);
    assert.equal(link(by.me, 'uts'), own);
    const pidfd = by.do('pidfd_open', nr, 0);
    assert.equal(by.call(child, 'setns', pidfd, CLONE_NEWUTS), 'EBADF');
    assert.equal(by.do('unshare', CLONE_NEWPID), 0);
    assert.equal(link(by.me, 'pid_for_children'), 'ENOENT');
    by.fork();
    assert.match(link(by.me, 'pid_for_children'), /^pid:\[/);
  });

  it('mount in a namespace of their own', () => {
    const by = new Program();
    const child = by.fork(by.me, CLONE_NEWNS | CLONE_NEWUSER);
    assert.equal(by.call(child, 'mount', 'none', '/tmp', 'tmpfs', 0, 0), 0);
    assert.equal(by.call(child, 'mkdir', '/tmp/there', 0o755), 'EOVERFLOW');
    assert.equal(by.do('access', '/tmp/there', 0), 'ENOENT');
    assert.equal(by.call(child, 'umount2', '/tmp', 0), 0);
    assert.equal(by.call(child, 'umount2', '/proc', 0), 'EINVAL');
  });
});

describe('limits of a process', () => {
  it('are read and lowered by anybody, and raised with CAP_SYS_RESOURCE', () => {
    const by = new Program({ uid: 1000 });
    const room = by.room(16);
    const set = (cur: number, max: number): number => { by.memory.write(room, new Writer().u64(cur).u64(max).done()); return room; };
    const old = by.room(16);
    assert.equal(by.do('prlimit64', 0, 7, set(100, 200), old), 0);
    assert.deepEqual([new Reader(by.bytes(old, 16)).u64(), new Reader(by.bytes(old, 16)).skip(8).u64()], [1024, 1048576]);
    assert.equal(by.do('setrlimit', 7, set(201, 200)), 'EINVAL');
    assert.equal(by.do('setrlimit', 7, set(100, 201)), 'EPERM');
    assert.equal(by.do('setrlimit', 16, set(1, 1)), 'EINVAL');
    assert.equal(by.do('setrlimit', 7, 0), 'EFAULT');
    assert.equal(by.do('getrlimit', 7, old), 0);
    assert.deepEqual(by.bytes(old, 8), new Writer().u64(100).done());
    assert.equal(by.do('prlimit64', 1, 7, 0, old), 'EPERM');
    assert.equal(by.do('prlimit64', 4711, 7, 0, old), 'ESRCH');
    const root = new Program();
    root.memory.write(root.memory.base, new Writer().u64(5).u64(1048577).done());
    assert.equal(root.do('setrlimit', 7, root.memory.base), 'EPERM');
    root.memory.write(root.memory.base, new Writer().u64(5).u64(10 ** 9).done());
    assert.equal(root.do('prlimit64', 1, 6, root.memory.base, 0), 0);
  });
});

describe('waits and signals, as a machine sees them', () => {
  it('wake a parent that waits for its child', () => {
    const by = new Program();
    const child = by.fork();
    const nr = child.thread_pid?.numbers[0]?.nr;
    const status = by.room(4);
    assert.equal(by.do('wait4', -1, status, 0, 0), 'blocked');
    assert.equal(by.call(child, 'exit_group', 7), 'dead');
    assert.deepEqual(by.resume(by.me), { what: 'value', value: nr });
    assert.equal(new Reader(by.bytes(status, 4)).u32(), 0x700);
    assert.equal(by.do('wait4', -1, status, 0, 0), 'ECHILD');
    assert.equal(by.k.calls.size, 0);
  });

  it('call a handler when a blocking read is interrupted, and say whether to make the call again', () => {
    for (const [flags, value] of [[0, -4], [0x10000000, null]] as const) {
      const by = new Program();
      const act = by.room(32);
      by.memory.write(act, new Writer().u64(0x4000).u64(flags).u64(0).u64(0).done());
      assert.equal(by.do('rt_sigaction', SIGUSR1, act, 0, 8), 0);
      const fds = by.room(8);
      assert.equal(by.do('pipe', fds), 0);
      const child = by.fork();
      const me = by.do('getpid');
      assert.equal(by.do('read', new Reader(by.bytes(fds, 4)).u32(), by.room(8), 8), 'blocked');
      assert.equal(by.call(child, 'kill', me, SIGUSR1), 0);
      const step = by.resume(by.me) as { readonly what: string; readonly signo: number; readonly value: number | null };
      assert.deepEqual([step.what, step.signo, step.value], ['handler', SIGUSR1, value]);
    }
  });

  it('stop a task, and give it its result when it goes on', () => {
    const by = new Program();
    const child = by.fork();
    const nr = child.thread_pid?.numbers[0]?.nr ?? 0;
    assert.equal(by.call(child, 'kill', nr, SIGSTOP), 'stopped');
    assert.equal(child.state, 'stopped');
    assert.equal(by.do('kill', nr, SIGCONT), 0);
    assert.deepEqual(by.resume(child), { what: 'value', value: 0 });
    assert.equal(by.resume(child), null);
  });

  it('end a task that is killed while it waits', () => {
    const by = new Program();
    const child = by.fork();
    assert.equal(by.call(child, 'pause'), 'blocked');
    assert.equal(by.do('kill', child.thread_pid?.numbers[0]?.nr ?? 0, SIGKILL), 0);
    assert.deepEqual(by.resume(child), { what: 'dead' });
    assert.equal(child.state, 'zombie');
    assert.equal(by.k.calls.size, 0);
    assert.deepEqual(broken_invariants(by.k), []);
  });

  it('let an init wait for those of its pid namespace', () => {
    const by = new Program();
    const init = by.fork(by.me, CLONE_NEWPID);
    const other = by.fork(init);
    assert.equal(by.call(init, 'exit_group', 3), 'blocked');
    assert.deepEqual(by.resume(other), { what: 'dead' });
    assert.deepEqual(by.resume(init), { what: 'dead' });
    assert.equal(init.state, 'zombie');
    const nr = init.thread_pid?.numbers[0]?.nr;
    assert.equal(by.do('wait4', -1, by.room(4), 0, 0), nr);
    assert.deepEqual(broken_invariants(by.k), []);
  });
});

describe('time travel of a whole program', () => {
  it('comes back to each state between its calls', () => {
    const by = new Program();
    const states: [number, KernelState][] = [];
    const after = (): void => { states.push([by.k.trace.events.length, state_of(by.k)]); };
    after();
    const child = by.fork(by.me, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID);
    by.k.trace.run(by.k, by.me);
    after();
    const run = (task: task_struct, name: string, ...args: (number | string)[]): void => {
      by.k.trace.run(by.k, task);
      by.call(task, name, ...args);
      after();
    };
    run(child, 'mount', 'none', '/tmp', 'tmpfs', 0, 0);
    run(child, 'chroot', '/tmp');
    run(by.me, 'wait4', -1, 0, 0, 0);
    run(by.me, 'open', '/tmp/x', O_CREAT | O_RDWR, 0o600);
    run(by.me, 'unlink', '/tmp/x');
    run(child, 'unshare', CLONE_NEWUTS);
    run(child, 'exit_group', 1);
    const history = new History(by.k);
    for (const [position, then] of [...states.toReversed(), ...states, ...states.toReversed()]) {
      history.goTo(position);
      assert.deepEqual(state_change(then, state_of(by.k)), []);
      assert.equal(JSON.stringify(state_of(by.k)), JSON.stringify(then));
      assert.deepEqual(state_change(state_of(by.k, true), then), [], 'what was told before still holds');
    }
  });
});
