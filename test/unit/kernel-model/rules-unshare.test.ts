import { strict as assert } from 'node:assert';
import {
  CLONE_CHILD_SETTID, CLONE_DETACHED, CLONE_FS, CLONE_IO, CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS,
  CLONE_PARENT, CLONE_PARENT_SETTID, CLONE_PIDFD, CLONE_SIGHAND, CLONE_THREAD, CLONE_VFORK, CLONE_VM,
} from '../../../simulator/kernel/flags.ts';
import { decode } from '../../../simulator/kernel/text.ts';
import { Writer } from '../../../simulator/kernel/uaccess.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import type { Program, Rule } from './program.ts';
import { rules } from './program.ts';

const SIGCHLD = 17;
const unshare = (m: Program, of: task_struct, flags: number): string => m.ok(of, 'unshare', flags >>> 0);
const alone = (flags: number) => (m: Program): string => unshare(m, m.me, flags);
const by_user = (flags: number) => (m: Program): string => unshare(m, m.user(), flags);
/** One of two threads; what it made is its own, the other keeps what it has. */
const threads = (flags: number, link: string) => (m: Program): string => {
  const other = m.thread();
  const before = m.link(other, link);
  const result = unshare(m, m.me, flags);
  assert.notEqual(m.link(m.me, link), before);
  assert.equal(m.link(other, link), before);
  return result;
};
/** With another process that shares `what` with the caller. */
const shared = (what: number, flags: number) => (m: Program): string => {
  m.fork(m.me, what);
  return unshare(m, m.me, flags);
};
/** Inside a user namespace, where one may write the limits: none of that type. */
const limited = (type: string, flags: number) => (m: Program): string => {
  const user = in_userns(m);
  assert.equal(m.write(user, `/proc/sys/user/max_${type}_namespaces`, '0'), 'OK');
  return unshare(m, user, flags);
};

/** With NEWPID by one whose children are in another pid namespace, which is EINVAL. */
const before_pid = (type: string, flags: number) => (m: Program): string => {
  const user = in_userns(m);
  assert.equal(unshare(m, user, CLONE_NEWPID), 'OK');
  assert.equal(unshare(m, user, CLONE_NEWPID), 'EINVAL');
  assert.equal(m.write(user, `/proc/sys/user/max_${type}_namespaces`, '0'), 'OK');
  return unshare(m, user, flags | CLONE_NEWPID);
};

function in_userns(m: Program): task_struct {
  const child = m.fork(m.me, CLONE_NEWUSER);
  assert.equal(m.write(m.me, `/proc/${m.nr(child)}/uid_map`, '0 0 1000'), 'OK');
  assert.equal(m.write(m.me, `/proc/${m.nr(child)}/gid_map`, '0 0 1000'), 'OK');
  return child;
}

function chrooted(m: Program, task: task_struct): void {
  assert.equal(m.ok(task, 'mkdir', '/tmp/jail', 0o755), 'OK');
  assert.equal(m.ok(task, 'chroot', '/tmp/jail'), 'OK');
}

/** Without one capability of the effective set. */
function without(m: Program, task: task_struct, cap: number): void {
  const header = m.put(new Writer().u32(0x20080522).u32(0).done());
  const data = m.room(24);
  assert.equal(m.call(task, 'capget', header, data), 0);
  const at = data + (cap >= 32 ? 12 : 0);
  m.memory.write(at, new Writer().u32((m.int(at) & ~(1 << (cap % 32))) >>> 0).done());
  assert.equal(m.call(task, 'capset', header, data), 0);
}

function cwd(m: Program, task: task_struct): string {
  const room = m.room(64);
  const n = m.do('readlink', `/proc/${m.nr(task)}/cwd`, room, 64);
  return typeof n === 'number' ? decode(m.bytes(room, n)) : n;
}

const UNSHARE: readonly Rule[] = [
  ['B1a', 'PARENT_SETTID', 'EINVAL', alone(CLONE_PARENT_SETTID)],
  ['B1b', 'PARENT', 'EINVAL', alone(CLONE_PARENT)],
  ['B1c', 'bits of an exit signal', 'EINVAL', alone(SIGCHLD)],
  ['B1d', 'PIDFD', 'EINVAL', alone(CLONE_PIDFD)],
  ['B1e', 'VFORK', 'EINVAL', alone(CLONE_VFORK)],
  ['B1f', 'DETACHED', 'EINVAL', alone(CLONE_DETACHED)],
  ['B1g', 'CHILD_SETTID', 'EINVAL', alone(CLONE_CHILD_SETTID)],
  ['B1h', 'IO', 'EINVAL', alone(CLONE_IO)],
  // the register has 64 bits, of which unshare takes an unsigned long
  ['B1i', 'bit 32', 'EINVAL', (m) => [2 ** 32, 2 ** 32 + CLONE_NEWUTS, -1].every((flags) => m.ok(m.me, 'unshare', flags) === 'EINVAL') ? 'EINVAL' : 'not'],
  ['B3s', 'SIGHAND with handlers that another process shares', 'EINVAL', shared(CLONE_VM | CLONE_SIGHAND, CLONE_SIGHAND)],
  ['B3s2', 'THREAD with handlers that another process shares', 'OK', shared(CLONE_VM | CLONE_SIGHAND, CLONE_THREAD)],
  ['B5f', 'NEWUSER with directories that another process shares', 'OK', shared(CLONE_FS, CLONE_NEWUSER)],
  ['B5n', 'NEWNS with directories that another process shares', 'OK', shared(CLONE_FS, CLONE_NEWNS)],
  ['B5s', 'NEWUSER with memory and handlers that another process shares', 'OK', shared(CLONE_VM | CLONE_SIGHAND, CLONE_NEWUSER)],
  ['B6a', 'NEWNS by one of two threads, for itself', 'OK', threads(CLONE_NEWNS, 'mnt')],
  ['B6b', 'NEWUTS by one of two threads, for itself', 'OK', threads(CLONE_NEWUTS, 'uts')],
  ['B6c', 'NEWIPC by one of two threads, for itself', 'OK', threads(CLONE_NEWIPC, 'ipc')],
  ['B6d', 'NEWPID by one of two threads, for its children', 'OK', threads(CLONE_NEWPID, 'pid_for_children')],
  ['B6e', 'NEWNET by one of two threads, for itself', 'OK', threads(CLONE_NEWNET, 'net')],
  ['B6f', 'NEWCGROUP by one of two threads, for itself', 'OK', threads(CLONE_NEWCGROUP, 'cgroup')],
  ['B6g', 'NEWTIME by one of two threads, for its children', 'OK', threads(CLONE_NEWTIME, 'time_for_children')],
  ['B8a', 'NEWNS by a user', 'EPERM', by_user(CLONE_NEWNS)],
  ['B8b', 'NEWUTS by a user', 'EPERM', by_user(CLONE_NEWUTS)],
  ['B8c', 'NEWIPC by a user', 'EPERM', by_user(CLONE_NEWIPC)],
  ['B8d', 'NEWPID by a user', 'EPERM', by_user(CLONE_NEWPID)],
  ['B8e', 'NEWNET by a user', 'EPERM', by_user(CLONE_NEWNET)],
  ['B8f', 'NEWCGROUP by a user', 'EPERM', by_user(CLONE_NEWCGROUP)],
  ['B8g', 'NEWTIME by a user', 'EPERM', by_user(CLONE_NEWTIME)],
  ['B8i', 'NEWUTS with a bad flag by a user: the flag comes first', 'EINVAL', by_user(CLONE_NEWUTS | CLONE_PIDFD)],
  ['B11c', 'NEWUTS in a chroot', 'OK', (m) => {
    chrooted(m, m.me);
    return unshare(m, m.me, CLONE_NEWUTS);
  }],
  ['B15b', 'NEWUTS with max_uts_namespaces 0', 'ENOSPC', limited('uts', CLONE_NEWUTS)],
  ['B15c', 'NEWNS with max_mnt_namespaces 0', 'ENOSPC', limited('mnt', CLONE_NEWNS)],
  ['B15d', 'NEWIPC with max_ipc_namespaces 0', 'ENOSPC', limited('ipc', CLONE_NEWIPC)],
  ['B15e', 'NEWPID with max_pid_namespaces 0', 'ENOSPC', limited('pid', CLONE_NEWPID)],
  ['B15f', 'NEWNET with max_net_namespaces 0', 'ENOSPC', limited('net', CLONE_NEWNET)],
  ['B15g', 'NEWCGROUP with max_cgroup_namespaces 0', 'ENOSPC', limited('cgroup', CLONE_NEWCGROUP)],
  ['B15h', 'NEWTIME with max_time_namespaces 0', 'ENOSPC', limited('time', CLONE_NEWTIME)],
  ['B15k', 'NEWUSER|NEWUTS with max_uts_namespaces 0 in the user namespace above', 'ENOSPC', limited('uts', CLONE_NEWUSER | CLONE_NEWUTS)],
  ['B16a', 'NEWUSER in a chroot with max_user_namespaces 0: the limit comes first', ['ENOSPC', 'EPERM'], (m) => {
    const user = in_userns(m);
    chrooted(m, user);
    const without_limit = unshare(m, user, CLONE_NEWUSER);
    const other = in_userns(m);
    assert.equal(m.write(other, '/proc/sys/user/max_user_namespaces', '0'), 'OK');
    assert.equal(m.ok(other, 'chroot', '/tmp/jail'), 'OK');
    return [unshare(m, other, CLONE_NEWUSER), without_limit];
  }],
  ['B16b', 'NEWUTS|NEWNS whose NEWNS fails leaves the uts namespace', ['ENOSPC', true], (m) => {
    const user = in_userns(m);
    assert.equal(m.write(user, '/proc/sys/user/max_mnt_namespaces', '0'), 'OK');
    const before = m.link(user, 'uts');
    return [unshare(m, user, CLONE_NEWUTS | CLONE_NEWNS), m.link(user, 'uts') === before];
  }],
  ['B16d', 'root without CAP_SYS_RESOURCE writes a limit', 'EACCES', (m) => {
    without(m, m.me, 24);
    return m.write(m.me, '/proc/sys/user/max_uts_namespaces', '5');
  }],
  ['B20', 'NEWNS implies FS: who shared the directories does not follow', ['OK', '/root'], (m) => {
    const other = m.fork(m.me, CLONE_FS);
    assert.equal(m.do('chdir', '/root'), 0);
    const result = unshare(m, m.me, CLONE_NEWNS);
    assert.equal(m.do('chdir', '/tmp'), 0);
    return [result, cwd(m, other)];
  }],
  ['B21', 'NEWUSER implies FS: who shared the directories does not follow', ['OK', '/root'], (m) => {
    const other = m.fork(m.me, CLONE_FS);
    assert.equal(m.do('chdir', '/root'), 0);
    const result = unshare(m, m.me, CLONE_NEWUSER);
    assert.equal(m.do('chdir', '/tmp'), 0);
    const room = m.room(64);
    const n = m.call(other, 'getcwd', room, 64);
    return [result, decode(m.bytes(room, Number(n) - 1))];
  }],
  ['B25', 'UNSHARE_EMPTY_MNTNS of 7.x', 'EINVAL', alone(0x100000)],
  ['M1', 'order: NEWNS (ENOSPC) before NEWPID (EINVAL)', 'ENOSPC', before_pid('mnt', CLONE_NEWNS)],
  ['M2', 'order: NEWUTS (ENOSPC) before NEWPID (EINVAL)', 'ENOSPC', before_pid('uts', CLONE_NEWUTS)],
  ['M3', 'order: NEWIPC (ENOSPC) before NEWPID (EINVAL)', 'ENOSPC', before_pid('ipc', CLONE_NEWIPC)],
  ['M9b', 'NEWUSER is not limited by RLIMIT_NPROC', 'OK', (m) => {
    const user = m.user();
    assert.equal(m.call(user, 'setrlimit', 6, m.put(new Writer().u64(0).u64(0).done())), 0);
    assert.equal(m.clone(user, SIGCHLD), 'EAGAIN');
    return unshare(m, user, CLONE_NEWUSER);
  }],
  ['F20', 'NEWUSER with no_new_privs', 'OK', (m) => {
    const user = m.user();
    assert.equal(m.call(user, 'prctl', 38, 1, 0, 0, 0), 0);
    return unshare(m, user, CLONE_NEWUSER);
  }],
  ['R49', 'NEWNS replaces the directories even when nobody shares them', [true, 1], (m) => {
    const before = m.me.fs;
    assert.equal(unshare(m, m.me, CLONE_NEWNS), 'OK');
    return [m.me.fs !== before, m.me.fs?.count];
  }],
];

describe('rules of unshare, by a program', () => {
  rules(UNSHARE);
});
