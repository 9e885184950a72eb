import { strict as assert } from 'node:assert';
import { errnoName } from '../../../simulator/kernel/errno.ts';
import { CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS } from '../../../simulator/kernel/flags.ts';
import { sys_close, sys_dup } from '../../../simulator/kernel/files.ts';
import { sys_readlinkat } from '../../../simulator/kernel/fs_dir.ts';
import { AT_FDCWD, AT_SYMLINK_NOFOLLOW, O_PATH, O_RDWR, O_WRONLY } from '../../../simulator/kernel/mode.ts';
import { MS_BIND, MS_REC } from '../../../simulator/kernel/namespace.ts';
import { get_proc_ns } from '../../../simulator/kernel/nsfs.ts';
import { sys_openat } from '../../../simulator/kernel/open.ts';
import { MS_PRIVATE } from '../../../simulator/kernel/peers.ts';
import { ksys_read, sys_getdents, sys_ioctl } from '../../../simulator/kernel/read_write.ts';
import { sys_newfstat, sys_newfstatat } from '../../../simulator/kernel/stat.ts';
import { sys_setns } from '../../../simulator/kernel/setns.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { MNT_DETACH, sys_umount } from '../../../simulator/kernel/umount.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { sys_newuname, sys_sethostname } from '../../../simulator/kernel/utsname.ts';
import { Files } from './files.ts';

const NSIO = 0xb700;
const TYPES = ['mnt', 'uts', 'ipc', 'user', 'pid', 'net', 'cgroup', 'time', 'pid_for_children', 'time_for_children'];

function open(f: Files, task: task_struct, name: string, flags = 0): number | string {
  return f.call(task, (k) => { const fd = sys_openat(k, AT_FDCWD, name, flags, 0); return typeof fd === 'number' ? fd : 'blocked'; });
}

function ns(f: Files, task: task_struct, name: string): number {
  const fd = open(f, task, `/proc/thread-self/ns/${name}`);
  assert.equal(typeof fd, 'number', `${name}: ${fd}`);
  return Number(fd);
}

/** The value (or what was written to memory, as bytes), or the errno. */
function ioctl(f: Files, task: task_struct, fd: number, cmd: number, arg: unknown = 1): number | string | readonly number[] {
  const result = f.as(task, (k) => sys_ioctl(k, fd, cmd, arg));
  if (typeof result === 'object') return [...result.out];
  return typeof result === 'number' && result < 0 ? errnoName(result)! : result;
}

function inode(f: Files, task: task_struct, fd: number): number {
  const stat = f.as(task, (k) => sys_newfstat(k, fd));
  return typeof stat === 'object' ? stat.ino : -1;
}

function readlink(f: Files, task: task_struct, name: string): number | string {
  return f.call(task, (k) => sys_readlinkat(k, AT_FDCWD, name));
}

function unshare(f: Files, task: task_struct, flags: number): void {
  assert.equal(f.errno(task, (k) => ksys_unshare(k, flags)), 'OK');
}

const pid = (task: task_struct): number => task.thread_pid!.numbers[0]!.nr;

describe('kernel model: nsfs', () => {
  it('[D1 D1b D1c D1d D1e D1f D1g] NS_GET_USERNS gives the owner, if that is the own user namespace or below', () => {
    const f = new Files();
    const p = f.fork();
    assert.equal(typeof ioctl(f, p, ns(f, p, 'uts'), NSIO | 1), 'number');
    assert.equal(ioctl(f, p, ns(f, p, 'user'), NSIO | 1), 'EPERM');
    assert.equal(typeof ioctl(f, p, ns(f, p, 'mnt'), NSIO | 1), 'number');
    unshare(f, p, CLONE_NEWUSER);
    assert.equal(ioctl(f, p, ns(f, p, 'uts'), NSIO | 1), 'EPERM');
    assert.equal(ioctl(f, p, ns(f, p, 'user'), NSIO | 1), 'EPERM');
    unshare(f, p, CLONE_NEWUTS);
    const owner = ioctl(f, p, ns(f, p, 'uts'), NSIO | 1);
    assert.equal(inode(f, p, Number(owner)), inode(f, p, ns(f, p, 'user')));
  });

  it('[D1h] of a user namespace the owner is the parent', () => {
    const f = new Files();
    const child = f.fork();
    unshare(f, child, CLONE_NEWUSER);
    const fd = Number(open(f, f.init, `/proc/${pid(child)}/ns/user`));
    for (const cmd of [1, 2]) assert.equal(inode(f, f.init, Number(ioctl(f, f.init, fd, NSIO | cmd))), f.k.init_user_ns.inum);
  });

  it('[D2a D2b D2c D2d D2e D2f D2g D2h D2i D2j D2k] NS_GET_PARENT is for pid and user only, and never above oneself', () => {
    const f = new Files();
    const p = f.fork();
    for (const type of ['uts', 'mnt', 'net', 'ipc', 'cgroup', 'time']) assert.equal(ioctl(f, p, ns(f, p, type), NSIO | 2), 'EINVAL', type);
    for (const type of ['pid', 'user']) assert.equal(ioctl(f, p, ns(f, p, type), NSIO | 2), 'EPERM', type);
    unshare(f, p, CLONE_NEWPID);
    const child = f.fork(p);
    assert.equal(inode(f, p, Number(ioctl(f, p, ns(f, p, 'pid_for_children'), NSIO | 2))), f.k.init_pid_ns.inum);
    assert.equal(f.mount(child, 'proc', '/mnt', 'proc', 0), 'OK');
    assert.equal(ioctl(f, child, Number(open(f, child, '/mnt/self/ns/pid')), NSIO | 2), 'EPERM');
  });

  it('[D3] NS_GET_NSTYPE gives the flag', () => {
    const f = new Files();
    assert.equal(TYPES.map((type) => Number(ioctl(f, f.init, ns(f, f.init, type), NSIO | 3)).toString(16)).join(' '),
      '20000 4000000 8000000 10000000 20000000 40000000 2000000 80 20000000 80');
  });

  it('[D4 D4b D4c D4d] NS_GET_OWNER_UID, as the caller numbers users', () => {
    const f = new Files();
    assert.equal(ioctl(f, f.init, ns(f, f.init, 'uts'), NSIO | 4), 'EINVAL');
    assert.deepEqual(ioctl(f, f.init, ns(f, f.init, 'user'), NSIO | 4), [0, 0, 0, 0]);
    assert.equal(ioctl(f, f.init, ns(f, f.init, 'user'), NSIO | 4, 0), 'EFAULT');
    const user = f.user();
    user.mm!.dumpable = 1;
    unshare(f, user, CLONE_NEWUSER);
    assert.deepEqual(ioctl(f, user, ns(f, user, 'user'), NSIO | 4), [0xfe, 0xff, 0, 0]);
  });

  it('[D5 D5b D6 D6b D6c D7 D8b D8c] other ioctls', () => {
    const f = new Files();
    const uts = ns(f, f.init, 'uts');
    const mnt = ns(f, f.init, 'mnt');
    assert.equal(ioctl(f, f.init, uts, NSIO | 99), 'ENOTTY');
    assert.equal(ioctl(f, f.init, uts, 0x7863), 'ENOTTY');
    assert.equal(ioctl(f, f.init, uts, NSIO | 5), 'EINVAL');
    assert.deepEqual(ioctl(f, f.init, mnt, NSIO | 5), [4, 0, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual(ioctl(f, f.init, uts, NSIO | 13), [1, 0, 0, 0, 0, 0, 0, 0]);
    assert.equal(ioctl(f, f.init, uts, NSIO | 8), 'EINVAL');
    assert.equal(ioctl(f, f.init, uts, NSIO | 10), 'EINVAL');
    assert.equal(ioctl(f, f.init, mnt, NSIO | 10, 0), 'EINVAL');
    assert.equal((ioctl(f, f.init, mnt, NSIO | 10) as number[]).length, 16);
  });

  it('[D7b] pids are translated between namespaces', () => {
    const f = new Files();
    const p = f.fork();
    unshare(f, p, CLONE_NEWPID);
    const child = f.fork(p);
    const fd = ns(f, p, 'pid_for_children');
    assert.deepEqual([ioctl(f, p, fd, NSIO | 8, pid(child)), ioctl(f, p, fd, NSIO | 6, 1), ioctl(f, p, fd, NSIO | 8, pid(p)), ioctl(f, p, fd, NSIO | 6, 77)],
      [1, pid(child), 'ESRCH', 'ESRCH']);
  });

  it('[D8d D8e D8f] mount namespaces one after another', () => {
    const f = new Files();
    const mnt = ns(f, f.init, 'mnt');
    assert.equal(ioctl(f, f.init, mnt, NSIO | 12), 'ENOENT');
    const child = f.fork();
    unshare(f, child, CLONE_NEWNS);
    assert.equal((ioctl(f, f.init, mnt, NSIO | 11) as number[]).length, 16);
    const user = f.user();
    user.mm!.dumpable = 1;
    assert.equal(ioctl(f, user, ns(f, user, 'mnt'), NSIO | 11), 'EPERM');
  });

  it('[D9 D9b D10] a namespace file cannot be written nor read', () => {
    const f = new Files();
    assert.equal(open(f, f.init, '/proc/self/ns/uts', O_RDWR), 'EPERM');
    assert.equal(open(f, f.init, '/proc/self/ns/uts', O_WRONLY), 'EPERM');
    const fd = ns(f, f.init, 'uts');
    assert.equal(f.call(f.init, (k) => Number(ksys_read(k, fd, 1))), 'EINVAL');
    const stat = f.as(f.init, (k) => sys_newfstat(k, fd));
    assert.ok(typeof stat === 'object');
    assert.equal(stat.mode.toString(8), '100444');
    assert.equal(readlink(f, f.init, `/proc/self/fd/${fd}`), `uts:[${stat.ino}]`);
  });

  it('[R30 R31 R32] however many descriptors, one reference', () => {
    const f = new Files();
    const p = f.fork();
    unshare(f, p, CLONE_NEWUTS);
    const { uts_ns } = p.nsproxy!;
    const before = uts_ns!.count;
    const first = ns(f, p, 'uts');
    const second = ns(f, p, 'uts');
    const third = Number(f.call(p, (k) => sys_dup(k, second)));
    const place = Number(open(f, p, '/proc/self/ns/uts', O_PATH));
    assert.equal(uts_ns!.count, before + 1);
    for (const fd of [first, second, third]) f.call(p, (k) => sys_close(k, fd));
    assert.equal(uts_ns!.count, before + 1, 'O_PATH holds it too');
    f.call(p, (k) => sys_close(k, place));
    assert.equal(uts_ns!.count, before);
    assert.equal(get_proc_ns(f.init.files!.fd.get(0) ?? { f_op: '' } as never), null);
  });

  it('[H8] an open descriptor keeps a namespace, [H9] so does a mount of its file', () => {
    const f = new Files();
    const p = f.fork();
    unshare(f, p, CLONE_NEWNS);
    f.mount(p, 'none', '/', null, MS_REC | MS_PRIVATE);
    f.write(p, '/tmp/nsb', '');
    const child = f.fork(p);
    unshare(f, child, CLONE_NEWUTS);
    f.call(child, (k) => sys_sethostname(k, 'bound'));
    const fd = Number(open(f, p, `/proc/${pid(child)}/ns/uts`));
    assert.equal(f.mount(p, `/proc/${pid(child)}/ns/uts`, '/tmp/nsb', null, MS_BIND), 'OK');
    f.exit(child);
    f.call(p, (k) => sys_close(k, fd));
    const line = f.read(p, '/proc/self/mountinfo').split('\n').find((one) => one.includes('/tmp/nsb'));
    assert.match(line!, / uts:\[\d+\] \/tmp\/nsb rw - nsfs nsfs rw$/);
    const again = Number(open(f, p, '/tmp/nsb'));
    assert.equal(f.call(p, (k) => sys_setns(k, again, CLONE_NEWUTS)), 0);
    assert.equal(f.as(p, (k) => sys_newuname(k)).nodename, 'bound');
    const { uts_ns } = p.nsproxy!;
    f.call(p, (k) => sys_close(k, again));
    f.call(p, (k) => sys_umount(k, '/tmp/nsb', MNT_DETACH));
    f.exit(p);
    assert.equal(uts_ns!.freed, true);
  });
});

describe('kernel model: /proc/PID/ns', () => {
  it('[H1] entries in order', () => {
    const f = new Files();
    const fd = Number(open(f, f.init, '/proc/self/ns'));
    const all = f.as(f.init, (k) => sys_getdents(k, fd, 100));
    assert.ok(typeof all === 'object');
    assert.equal(all.map(({ name }) => name).slice(2).join(' '), 'net uts ipc pid pid_for_children user mnt cgroup time time_for_children');
  });

  it('[H2] initial numbers', () => {
    const f = new Files();
    const names = ['uts', 'ipc', 'mnt', 'pid', 'pid_for_children', 'net', 'user', 'cgroup', 'time', 'time_for_children'];
    const shown = names.map((name) => String(readlink(f, f.init, `/proc/self/ns/${name}`)).replace(/\[(\d+)\]/, (_, n: string) => Number(n).toString(16)));
    assert.equal(shown.join(' '), 'uts:effffffe ipc:efffffff mnt:effffff8 pid:effffffc pid:effffffc net:effffff9 user:effffffd cgroup:effffffb time:effffffa time:effffffa');
  });

  it('[H3 H3b H3c H4 H12] who may look', () => {
    const f = new Files();
    const user = f.user();
    user.mm!.dumpable = 1;
    assert.equal(readlink(f, user, '/proc/1/ns/uts'), 'EACCES');
    assert.equal(open(f, user, '/proc/1/ns/uts'), 'EACCES');
    assert.equal(open(f, user, '/proc/1/ns'), 'EACCES');
    assert.equal(readlink(f, f.init, '/proc/self/ns/bogus'), 'ENOENT');
    const other = f.fork(user);
    assert.equal(typeof open(f, user, `/proc/${pid(other)}/ns/uts`), 'number');
    other.mm!.dumpable = 0;
    assert.equal(readlink(f, user, `/proc/${pid(other)}/ns/uts`), 'EACCES');
  });

  it('[H5a H5b H5c H5d H5e H5f] a zombie has user and pid only', () => {
    const f = new Files();
    const p = f.fork();
    const child = f.fork(p);
    f.exit(child);
    const shown = ['uts', 'user', 'pid', 'pid_for_children', 'mnt', 'time'].map((name) => [readlink(f, p, `/proc/${pid(child)}/ns/${name}`), open(f, p, `/proc/${pid(child)}/ns/${name}`)]);
    assert.deepEqual(shown.map(([link, fd]) => [typeof link === 'string' && link.includes('[') ? 'OK' : link, typeof fd === 'number' ? 'OK' : fd]), [
      ['ENOENT', 'ENOENT'], ['OK', 'OK'], ['OK', 'OK'], ['ENOENT', 'ENOENT'], ['ENOENT', 'ENOENT'], ['ENOENT', 'ENOENT'],
    ]);
  });

  it('[H6 H10] modes; the number in the link is the inode number', () => {
    const f = new Files();
    const link = f.as(f.init, (k) => sys_newfstatat(k, AT_FDCWD, '/proc/self/ns/uts', AT_SYMLINK_NOFOLLOW));
    const target = f.as(f.init, (k) => sys_newfstatat(k, AT_FDCWD, '/proc/self/ns/uts', 0));
    const net = f.as(f.init, (k) => sys_newfstatat(k, AT_FDCWD, '/proc/self/ns/net', 0));
    assert.ok(typeof link === 'object' && typeof target === 'object' && typeof net === 'object');
    assert.deepEqual([link.mode.toString(8), target.mode.toString(8)], ['120777', '100444']);
    assert.equal(`uts:[${target.ino}]`, readlink(f, f.init, '/proc/self/ns/uts'));
    assert.equal(target.dev, net.dev);
  });

  it('[H7] numbers of dead namespaces are used again', () => {
    const f = new Files();
    const seen = [1, 2, 3, 4].map(() => {
      const child = f.fork();
      unshare(f, child, CLONE_NEWUTS);
      const shown = readlink(f, child, '/proc/self/ns/uts');
      f.exit(child);
      f.wait(f.init);
      return shown;
    });
    assert.equal(new Set(seen).size, 1);
  });

  it('[H11] self is the leader, thread-self the thread', () => {
    const f = new Files();
    const p = f.fork();
    const thread = f.thread(p);
    unshare(f, thread, CLONE_NEWUTS);
    assert.equal(readlink(f, thread, '/proc/self/ns/uts'), readlink(f, p, '/proc/self/ns/uts'));
    assert.notEqual(readlink(f, thread, '/proc/thread-self/ns/uts'), readlink(f, p, '/proc/self/ns/uts'));
  });

  it('[B22 B23 B24] pid_for_children shows nothing until there was a process in it', () => {
    const f = new Files();
    const p = f.fork();
    unshare(f, p, CLONE_NEWPID | CLONE_NEWTIME);
    assert.equal(readlink(f, p, '/proc/self/ns/pid_for_children'), 'ENOENT');
    assert.equal(open(f, p, '/proc/self/ns/pid_for_children'), 'ENOENT');
    const child = f.fork(p);
    const shown = readlink(f, p, '/proc/self/ns/pid_for_children');
    assert.match(String(shown), /^pid:\[/);
    f.exit(child);
    f.wait(p);
    assert.equal(readlink(f, p, '/proc/self/ns/pid_for_children'), shown);
    assert.match(String(readlink(f, p, '/proc/self/ns/time_for_children')), /^time:\[/);
  });

  it('older kernels have fewer links, and 2.6.24 none', () => {
    for (const [version, count] of [['2.6.24', 0], ['3.8', 6], ['4.19', 8], ['5.7', 10]] as const) {
      const f = new Files(version);
      const fd = open(f, f.init, '/proc/1/ns');
      const all = typeof fd === 'number' ? f.as(f.init, (k) => sys_getdents(k, fd, 100)) : [];
      assert.equal(typeof all === 'object' ? Math.max(all.length - 2, 0) : -1, count, version);
    }
  });
});
