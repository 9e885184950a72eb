import { strict as assert } from 'node:assert';
import {
  CLONE_FS, CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS, CLONE_SIGHAND, CLONE_THREAD, CLONE_VM,
} from '../../../simulator/kernel/flags.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { Reader, Writer } from '../../../simulator/kernel/uaccess.ts';
import type { Program, Rule } from './program.ts';
import { rules } from './program.ts';

const SIGCHLD = 17;
const CAP_SYS_CHROOT = 18;
const CAP_SYS_ADMIN = 21;
const PIDFD_THREAD = 0o200;
const PIDFD_GET = (n: number): number => 0xff00 | n;
const NAMES = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'pid_for_children', 'time', 'time_for_children', 'user', 'uts'] as const;
const FIVE = CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWNS;

const own = (name: string) => (m: Program): string => m.setns(m.me, m.me, name);
const as_user = (name: string, flags: number) => (m: Program): string => join(m, m.user(), name, flags);
const with_thread = (name: string, flags: number) => (m: Program): string => {
  m.thread();
  return join(m, m.me, name, flags);
};

/** Joins the namespace of a child of root that was made for it; the descriptor is root's. */
function join(m: Program, caller: task_struct, name: string, flags: number): string {
  const target = m.fork(m.me, flags);
  return m.ok(caller, 'setns', fd_of(m, caller, `/proc/${m.nr(target)}/ns/${name}`), 0);
}

/** A descriptor in the table of `caller` that root opened. */
function fd_of(m: Program, caller: task_struct, name: string): number {
  const fd = m.open(m.me, name);
  if (caller === m.me) return fd;
  const of = m.me.files?.fd.get(fd) ?? assert.fail();
  if (!caller.files) return assert.fail();
  m.k.trace.insert(caller.files.fd, 100, m.k.trace.get(of));
  return 100;
}

/** A child of root without these capabilities. */
function lacks(m: Program, ...caps: readonly number[]): task_struct {
  const task = m.fork();
  const header = m.put(new Writer().u32(0x20080522).u32(0).done());
  const data = m.room(24);
  assert.equal(m.call(task, 'capget', header, data), 0);
  let effective = m.int(data);
  for (const cap of caps) effective &= ~(1 << cap);
  m.memory.write(data, new Writer().u32(effective >>> 0).done());
  assert.equal(m.call(task, 'capset', header, data), 0);
  return task;
}

function pidfd(m: Program, of: task_struct, target: task_struct, flags = 0): number {
  const fd = m.call(of, 'pidfd_open', m.nr(target), flags);
  return typeof fd === 'number' ? fd : assert.fail(fd);
}

function ino(m: Program, fd: number): number {
  const stat = m.room(144);
  assert.equal(m.do('fstat', fd, stat), 0);
  return new Reader(m.bytes(stat, 144)).skip(8).u64();
}

const SETNS: readonly Rule[] = [
  ['C2b', 'the directory of a process in /proc', 'EINVAL', (m) => m.ok(m.me, 'setns', m.open(m.me, '/proc/self'), 0)],
  ['C2c', 'the directory /proc/self/ns', 'EINVAL', (m) => m.ok(m.me, 'setns', m.open(m.me, '/proc/self/ns'), 0)],
  ['C5a', 'the own uts namespace', 'OK', own('uts')],
  ['C5b', 'the own ipc namespace', 'OK', own('ipc')],
  ['C5c', 'the own net namespace', 'OK', own('net')],
  ['C5d', 'the own mnt namespace', 'OK', own('mnt')],
  ['C5e', 'the own pid namespace', 'OK', own('pid')],
  ['C5f', 'the own cgroup namespace', 'OK', own('cgroup')],
  ['C5g', 'the own time namespace', 'OK', own('time')],
  ['C5j', 'the own pid_for_children', 'OK', own('pid_for_children')],
  ['C5k', 'the own time_for_children', 'OK', own('time_for_children')],
  ['C7', 'a user namespace, by one who shares its directories', 'EINVAL', (m) => {
    m.fork(m.me, CLONE_FS);
    return join(m, m.me, 'user', CLONE_NEWUSER);
  }],
  ['C10', 'a mnt namespace, by one who shares its directories', 'EINVAL', (m) => {
    m.fork(m.me, CLONE_FS);
    return join(m, m.me, 'mnt', CLONE_NEWNS);
  }],
  ['C10b', 'a mnt namespace, by one of two threads', 'EINVAL', with_thread('mnt', CLONE_NEWNS)],
  ['C10c', 'a mnt namespace, by one of two threads that unshared its directories', 'OK', (m) => {
    m.thread();
    assert.equal(m.do('unshare', CLONE_FS), 0);
    return join(m, m.me, 'mnt', CLONE_NEWNS);
  }],
  ['C10d', 'a mnt namespace, without CAP_SYS_CHROOT', 'EPERM', (m) => join(m, lacks(m, CAP_SYS_CHROOT), 'mnt', CLONE_NEWNS)],
  ['C10e', 'a mnt namespace, without CAP_SYS_ADMIN', 'EPERM', (m) => join(m, lacks(m, CAP_SYS_ADMIN), 'mnt', CLONE_NEWNS)],
  ['C10f', 'a mnt namespace, by a user', 'EPERM', as_user('mnt', CLONE_NEWNS)],
  ['C10g', 'a mnt namespace, without capability and with shared directories: the capability comes first', 'EPERM', (m) => {
    const task = lacks(m, CAP_SYS_ADMIN);
    m.fork(task, CLONE_FS);
    return join(m, task, 'mnt', CLONE_NEWNS);
  }],
  ['C10h', 'the own mnt namespace, by a user', 'EPERM', (m) => {
    const user = m.user();
    return m.setns(user, user, 'mnt');
  }],
  ['C11f', 'a dead pid namespace: joined, but fork fails', ['OK', 'ENOMEM'], (m) => {
    const target = m.fork(m.me, CLONE_NEWPID);
    const fd = m.open(m.me, `/proc/${m.nr(target)}/ns/pid`);
    m.kill(target);
    return [m.ok(m.me, 'setns', fd, 0), m.clone(m.me, SIGCHLD)];
  }],
  ['C13a', 'a uts namespace, by a user', 'EPERM', as_user('uts', CLONE_NEWUTS)],
  ['C13b', 'an ipc namespace, by a user', 'EPERM', as_user('ipc', CLONE_NEWIPC)],
  ['C13c', 'a net namespace, by a user', 'EPERM', as_user('net', CLONE_NEWNET)],
  ['C13d', 'a cgroup namespace, by a user', 'EPERM', as_user('cgroup', CLONE_NEWCGROUP)],
  ['C13e', 'a uts namespace, by one of two threads', 'OK', with_thread('uts', CLONE_NEWUTS)],
  ['C13f', 'an ipc namespace, by one of two threads', 'OK', with_thread('ipc', CLONE_NEWIPC)],
  ['C13g', 'a net namespace, by one of two threads', 'OK', with_thread('net', CLONE_NEWNET)],
  ['C13h', 'a cgroup namespace, by one of two threads', 'OK', with_thread('cgroup', CLONE_NEWCGROUP)],
  ['C13i', 'the own uts namespace, by a user', 'EPERM', (m) => {
    const user = m.user();
    return m.setns(user, user, 'uts');
  }],
  ['C14j', 'five types by pidfd', 'OK', (m) => m.ok(m.me, 'setns', pidfd(m, m.me, m.fork(m.me, FIVE)), FIVE)],
  ['C16', 'NEWNS|NEWUTS by pidfd, with shared directories: the test sees a private copy', 'OK', (m) => {
    m.fork(m.me, CLONE_FS);
    return m.ok(m.me, 'setns', pidfd(m, m.me, m.fork(m.me, CLONE_NEWNS | CLONE_NEWUTS)), CLONE_NEWNS | CLONE_NEWUTS);
  }],
  ['C16b', 'NEWNS alone by pidfd, with shared directories', 'EINVAL', (m) => {
    m.fork(m.me, CLONE_FS);
    return m.ok(m.me, 'setns', pidfd(m, m.me, m.fork(m.me, CLONE_NEWNS | CLONE_NEWUTS)), CLONE_NEWNS);
  }],
  ['C16c', 'NEWNS|NEWUTS by pidfd, by one of two threads', 'OK', (m) => {
    m.thread();
    return m.ok(m.me, 'setns', pidfd(m, m.me, m.fork(m.me, CLONE_NEWNS | CLONE_NEWUTS)), CLONE_NEWNS | CLONE_NEWUTS);
  }],
  ['C17', 'a user namespace by its owner outside: all capabilities, no uid', ['OK', 'CapEff:\t000001ffffffffff', 65534], (m) => {
    const user = m.user();
    const target = m.fork(user, CLONE_NEWUSER);
    const result = m.setns(user, target, 'user');
    return [result, /CapEff:.*/.exec(m.read('/proc/self/status', user))?.[0], m.call(user, 'getuid')];
  }],
  ['C20', 'NEWIPC by pidfd', ['OK', true], (m) => {
    const target = m.fork(m.me, CLONE_NEWIPC);
    return [m.ok(m.me, 'setns', pidfd(m, m.me, target), CLONE_NEWIPC), m.link(m.me, 'ipc') === m.link(target, 'ipc')];
  }],
  ['C22', 'a pidfd of a thread', ['OK', true], (m) => {
    const thread = m.fork(m.me, CLONE_THREAD | CLONE_SIGHAND | CLONE_VM | CLONE_NEWUTS);
    const caller = m.fork();
    return [m.ok(caller, 'setns', pidfd(m, caller, thread, PIDFD_THREAD), CLONE_NEWUTS), m.link(caller, 'uts') === m.link(thread, 'uts')];
  }],
  ['M14', 'a user namespace, in a chroot', 'OK', (m) => {
    const target = m.fork(m.me, CLONE_NEWUSER);
    const fd = m.open(m.me, `/proc/${m.nr(target)}/ns/user`);
    assert.equal(m.do('mkdir', '/tmp/jail', 0o755), 0);
    assert.equal(m.do('chroot', '/tmp/jail'), 0);
    return m.ok(m.me, 'setns', fd, 0);
  }],
  ['N1', 'ioctl of a pidfd: the namespace of each type', NAMES.map(() => 'match'), (m) => {
    assert.equal(m.do('unshare', CLONE_NEWTIME), 0);
    const fd = pidfd(m, m.me, m.me);
    return NAMES.map((name, n) => {
      const got = m.do('ioctl', fd, PIDFD_GET(n + 1), 0);
      if (typeof got !== 'number') return got;
      const link = m.link(m.me, name);
      return ino(m, got) === Number(/\d+/.exec(link)?.[0]) ? 'match' : `differs from ${link}`;
    });
  }],
  ['N2', 'ioctl of a pidfd: pid_for_children while it is empty', 'OK', (m) => {
    assert.equal(m.do('unshare', CLONE_NEWPID), 0);
    return m.ok(m.me, 'ioctl', pidfd(m, m.me, m.me), PIDFD_GET(6), 0);
  }],
  ['N3', 'ioctl of the pidfd of a zombie: no namespace of any type', NAMES.map(() => 'ESRCH'), (m) => {
    const child = m.fork();
    const fd = pidfd(m, m.me, child);
    assert.equal(m.call(child, 'exit_group', 0), 'dead');
    return NAMES.map((_, n) => m.ok(m.me, 'ioctl', fd, PIDFD_GET(n + 1), 0));
  }],
  ['D11', 'handle of a namespace file: 16 bytes, and opened again by it', ['OK', 16, 0xf1, 'OK', true], (m) => {
    const child = m.fork(m.me, CLONE_NEWUTS);
    const fd = m.open(m.me, `/proc/${m.nr(child)}/ns/uts`);
    const handle = m.put(new Writer().u32(64).zeros(68).done());
    const result = m.ok(m.me, 'name_to_handle_at', fd, '', handle, m.room(4), 0x1000);
    const opened = m.do('open_by_handle_at', fd, handle, 0);
    return [result, m.int(handle), m.int(handle + 4), typeof opened === 'number' ? 'OK' : opened, ino(m, fd) === ino(m, Number(opened))];
  }],
  ['H13', 'listns, which comes later', 'ENOSYS', (m) => {
    m.k.current = m.me;
    const step = m.system.syscall(470, [0, 0, 0, 0]);
    return step.what === 'value' && step.value === -38 ? 'ENOSYS' : step;
  }],
  ['D8', 'ioctl NS_MNT_GET_INFO', ['OK', 16], (m) => {
    // _IOR(0xb7, 10, struct mnt_ns_info): size, number of mounts, id
    const fd = m.open(m.me, '/proc/self/ns/mnt');
    const info = m.put(new Writer().u32(16).u32(0).u64(0).done());
    const result = m.ok(m.me, 'ioctl', fd, 0x8010b70a, info);
    const reader = new Reader(m.bytes(info, 16));
    const size = reader.u32();
    assert.ok(reader.u32() > 5, 'so many mounts');
    return [result, size];
  }],
];

describe('rules of setns and of descriptors for namespaces, by a program', () => {
  rules(SETNS);
});
