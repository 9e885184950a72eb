import { strict as assert } from 'node:assert';
import { sys_chdir, sys_chroot, sys_getcwd } from '../../../simulator/kernel/chroot.ts';
import { CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWUSER } from '../../../simulator/kernel/flags.ts';
import { sys_unlinkat } from '../../../simulator/kernel/fs_dir.ts';
import { AT_FDCWD, AT_REMOVEDIR, O_CREAT, O_RDWR } from '../../../simulator/kernel/mode.ts';
import { MS_BIND, MS_NOSUID, MS_RDONLY, MS_REC, MS_REMOUNT } from '../../../simulator/kernel/namespace.ts';
import { sys_openat } from '../../../simulator/kernel/open.ts';
import { MS_PRIVATE, MS_SHARED, MS_SLAVE, MS_UNBINDABLE } from '../../../simulator/kernel/peers.ts';
import { sys_pivot_root } from '../../../simulator/kernel/pivot_root.ts';
import { sys_close } from '../../../simulator/kernel/files.ts';
import { sys_setns } from '../../../simulator/kernel/setns.ts';
import { sys_newfstatat } from '../../../simulator/kernel/stat.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { MNT_DETACH, MNT_EXPIRE, sys_umount } from '../../../simulator/kernel/umount.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { Files } from './files.ts';

const AT = '/tmp/mm';

/** A machine whose program has private mounts in a namespace of its own, and a tmpfs with directories a and b. */
function prepared(type = MS_PRIVATE): { f: Files; p: task_struct } {
  const f = new Files();
  const p = f.fork();
  unshare(f, p, CLONE_NEWNS);
  assert.equal(f.mount(p, 'none', '/', null, MS_REC | MS_PRIVATE), 'OK');
  f.mkdir(p, AT);
  assert.equal(f.mount(p, 't', AT, 'tmpfs', 0), 'OK');
  f.mkdir(p, `${AT}/a`, `${AT}/b`);
  assert.equal(f.mount(p, 'none', AT, null, type), 'OK');
  return { f, p };
}

function unshare(f: Files, task: task_struct, flags: number): void {
  assert.equal(f.errno(task, (k) => ksys_unshare(k, flags)), 'OK');
  if (flags & CLONE_NEWUSER) {
    f.write(task, '/proc/self/setgroups', 'deny');
    assert.equal(f.write(task, '/proc/self/uid_map', '0 0 1', O_RDWR), 'OK');
    assert.equal(f.write(task, '/proc/self/gid_map', '0 0 1', O_RDWR), 'OK');
  }
}

function umount(f: Files, task: task_struct, name: string, flags = 0): string {
  return f.errno(task, (k) => sys_umount(k, name, flags));
}

/** Does a mount made on one side appear on the other? */
function propagates(f: Files, from: task_struct, to: task_struct, name: string): boolean {
  assert.equal(f.mount(from, 't', name, 'tmpfs', 0), 'OK');
  assert.equal(f.write(from, `${name}/f`, 'x'), 'OK');
  return f.exists(to, `${name}/f`);
}

describe('kernel model: mount namespaces', () => {
  it('[E3] what is mounted in a private copy is not seen in the original; directories are', () => {
    const { f, p } = prepared();
    const child = f.fork(p);
    unshare(f, child, CLONE_NEWNS);
    f.mkdir(child, `${AT}/priv`);
    assert.equal(propagates(f, child, p, `${AT}/priv`), false);
    assert.equal(f.exists(p, `${AT}/priv`), true);
  });

  for (const [id, type, flags, up, down] of [
    ['E3b', MS_PRIVATE, CLONE_NEWNS, false, false], ['E3c', MS_SHARED, CLONE_NEWNS, true, true], ['E3d', MS_SHARED, CLONE_NEWNS | CLONE_NEWUSER, false, true],
    ['E3e', MS_SLAVE, CLONE_NEWNS | CLONE_NEWUSER, false, false], ['E3f', MS_PRIVATE, CLONE_NEWNS | CLONE_NEWUSER, false, false],
  ] as const) {
    it(`[${id}] from the child to the parent ${up}, from the parent to the child ${down}`, () => {
      const { f, p } = prepared(type);
      const child = f.fork(p);
      unshare(f, child, flags);
      assert.equal(propagates(f, child, p, `${AT}/a`), up);
      assert.equal(propagates(f, p, child, `${AT}/b`), down);
    });
  }

  it('[E3o] copies of shared mounts for another user namespace are slaves; [E3o2] of nobody once the original is gone', () => {
    const { f, p } = prepared(MS_SHARED);
    const other = f.fork(p);
    unshare(f, p, CLONE_NEWNS | CLONE_NEWUSER);
    assert.match(f.mounts(p, AT)[0]!, /^\/tmp\/mm \[master:\d+\]$/);
    f.exit(other);
    const alone = prepared(MS_SHARED);
    unshare(alone.f, alone.p, CLONE_NEWNS | CLONE_NEWUSER);
    assert.equal(alone.f.mounts(alone.p, AT)[0], '/tmp/mm []');
  });

  it('[E3g] inherited mounts are locked for a less privileged namespace, [E3h] not for one with the same owner', () => {
    const { f, p } = prepared();
    unshare(f, p, CLONE_NEWNS | CLONE_NEWUSER);
    assert.equal(umount(f, p, AT), 'EINVAL');
    const same = prepared();
    unshare(same.f, same.p, CLONE_NEWNS);
    assert.equal(umount(same.f, same.p, AT), 'OK');
  });

  it('[E3i] locked flags cannot be cleared', () => {
    const { f, p } = prepared();
    assert.equal(f.mount(p, 'none', AT, null, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID), 'OK');
    assert.equal(f.mount(p, 'none', AT, null, MS_REMOUNT | MS_BIND | MS_NOSUID), 'OK');
    assert.equal(f.mount(p, 'none', AT, null, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID), 'OK');
    unshare(f, p, CLONE_NEWNS | CLONE_NEWUSER);
    assert.equal(f.mount(p, 'none', AT, null, MS_REMOUNT | MS_BIND | MS_NOSUID), 'EPERM');
    assert.equal(f.mount(p, 'none', AT, null, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID), 'OK');
  });

  it('[E3j M15] mounting needs CAP_SYS_ADMIN in the owner of the mount namespace', () => {
    const f = new Files();
    const p = f.fork();
    unshare(f, p, CLONE_NEWUSER);
    assert.equal(f.mount(p, 't', '/mnt', 'tmpfs', 0), 'EPERM');
    assert.equal(f.mount(f.user(), 't', '/mnt', 'tmpfs', 0), 'EPERM');
    assert.equal(f.mount(f.user(), 't', '/nowhere', 'tmpfs', 0), 'ENOENT', 'the path comes first');
  });

  it('[E3k E3l E3m E3m2 E3n] what the root of a user namespace may mount', () => {
    const f = new Files();
    const p = f.fork();
    unshare(f, p, CLONE_NEWNS | CLONE_NEWUSER);
    assert.equal(f.mount(p, 't', '/tmp', 'tmpfs', 0), 'OK');
    assert.equal(f.mount(p, '/dev/vda', '/mnt', 'ext4', 0), 'EPERM');
    assert.equal(f.mount(p, 'proc', '/mnt', 'proc', 0), 'EPERM');
    assert.equal(f.mount(p, 'sysfs', '/mnt', 'sysfs', 0), 'EPERM');
    assert.equal(f.mount(p, 'x', '/mnt', 'nosuchfs', 0), 'ENODEV');
    const q = f.fork();
    unshare(f, q, CLONE_NEWNS | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET);
    const init = f.fork(q);
    assert.equal(f.mount(init, 'proc', '/mnt', 'proc', 0), 'OK');
    assert.equal(f.mount(init, 'sysfs', '/srv', 'sysfs', 0), 'OK');
    assert.equal(f.call(init, (k) => { const link = sys_newfstatat(k, AT_FDCWD, '/mnt/1', 0); return typeof link === 'number' ? link : 0; }), 0);
    assert.match(f.read(init, '/mnt/self/status'), /^NStgid:\t1$/m);
  });

  it('a proc that hides something keeps a user namespace from mounting another', () => {
    const f = new Files();
    assert.equal(f.mount(f.init, 't', '/proc/sys', 'tmpfs', 0), 'OK');
    const p = f.fork();
    unshare(f, p, CLONE_NEWNS | CLONE_NEWUSER | CLONE_NEWPID);
    assert.equal(f.mount(f.fork(p), 'proc', '/mnt', 'proc', 0), 'EPERM');
  });

  it('[E3p E3q E3r N14] files of namespaces can be mounted, but no mount namespace in itself; copies leave mount namespaces out', () => {
    const { f, p } = prepared();
    for (const name of ['m', 'u', 'y']) f.write(p, `/tmp/${name}`, '');
    assert.equal(f.mount(p, '/proc/self/ns/mnt', '/tmp/m', null, MS_BIND), 'EINVAL');
    assert.equal(f.mount(p, '/proc/self/ns/uts', '/tmp/u', null, MS_BIND), 'OK');
    const younger = f.fork(p);
    unshare(f, younger, CLONE_NEWNS);
    const nr = younger.thread_pid!.numbers[0]!.nr;
    assert.equal(f.mount(p, `/proc/${nr}/ns/mnt`, '/tmp/y', null, MS_BIND), 'OK');
    assert.deepEqual(f.mounts(p, '/tmp/').map((line) => line.split(' ')[0]), ['/tmp/mm', '/tmp/u', '/tmp/y']);
    unshare(f, p, CLONE_NEWNS);
    assert.deepEqual(f.mounts(p, '/tmp/').map((line) => line.split(' ')[0]), ['/tmp/mm', '/tmp/u']);
  });

  it('[N13] a copy has as many mounts; [M21] working directory and root follow into it', () => {
    const { f, p } = prepared();
    assert.equal(f.call(p, (k) => sys_chdir(k, AT)), 0);
    const before = f.mounts(p, '/').length;
    const child = f.fork(p);
    unshare(f, child, CLONE_NEWNS);
    assert.equal(f.mounts(child, '/').length, before);
    assert.equal(f.call(child, (k) => sys_getcwd(k)), AT);
    f.write(child, 'inner', 'x');
    assert.equal(umount(f, child, AT, MNT_DETACH), 'OK');
    assert.equal(f.exists(child, `${AT}/inner`), false);
    assert.equal(f.exists(p, `${AT}/inner`), true);
  });

  it('[C5n C5o] joining even the own mount namespace ends a chroot and moves to its root', () => {
    const f = new Files();
    const p = f.fork();
    const ns = f.call(p, (k) => Number(sys_openat(k, AT_FDCWD, '/proc/self/ns/mnt', 0, 0)));
    assert.equal(f.call(p, (k) => sys_chroot(k, '/home/learner/rootfs')), 0);
    assert.equal(f.call(p, (k) => sys_chdir(k, '/bin')), 0);
    assert.equal(f.exists(p, '/home/learner'), false);
    assert.equal(f.call(p, (k) => sys_setns(k, Number(ns), 0)), 0);
    assert.equal(f.exists(p, '/home/learner'), true);
    assert.equal(f.call(p, (k) => sys_getcwd(k)), '/');
  });

  it('[B11 B11b B11d B11e] a chroot keeps from making user namespaces, pivot_root does not', () => {
    const f = new Files();
    const p = f.fork();
    assert.equal(f.call(p, (k) => sys_chroot(k, '/home/learner/rootfs')), 0);
    assert.equal(f.errno(p, (k) => ksys_unshare(k, CLONE_NEWUSER)), 'EPERM');
    assert.equal(f.clone(p, CLONE_NEWUSER), 'EPERM');
    const { f: g, p: q } = prepared();
    assert.equal(g.mount(q, `${AT}/a`, `${AT}/a`, null, MS_BIND), 'OK');
    assert.equal(g.call(q, (k) => sys_chdir(k, `${AT}/a`)), 0);
    const chrooted = g.fork(q);
    assert.equal(g.call(chrooted, (k) => sys_chroot(k, `${AT}/a`)), 0);
    assert.equal(g.errno(chrooted, (k) => ksys_unshare(k, CLONE_NEWUSER)), 'EPERM');
    assert.equal(g.call(q, (k) => sys_pivot_root(k, '.', '.')), 0);
    assert.equal(umount(g, q, '.', MNT_DETACH), 'OK');
    assert.equal(g.errno(q, (k) => ksys_unshare(k, CLONE_NEWUSER)), 'OK');
  });
});

describe('kernel model: mounting', () => {
  it('a mount in a child\'s new namespace comes back to the parent, since / is shared; not when it is private', () => {
    const f = new Files();
    const child = f.fork();
    unshare(f, child, CLONE_NEWNS);
    assert.equal(propagates(f, child, f.init, '/mnt'), true);
    const g = new Files('6.18', { private_root: true });
    const other = g.fork();
    unshare(g, other, CLONE_NEWNS);
    assert.equal(propagates(g, other, g.init, '/mnt'), false);
  });

  it('pivot_root refuses shared mounts, what is no mountpoint, and the mount of the root itself', () => {
    const f = new Files();
    const p = f.fork();
    unshare(f, p, CLONE_NEWNS);
    const root = '/home/learner/rootfs';
    const pivot = (to: string, old: string): number | string => f.call(p, (k) => sys_pivot_root(k, to, old));
    assert.equal(f.mount(p, root, root, null, MS_BIND | MS_REC), 'OK');
    assert.equal(pivot(root, `${root}/oldroot`), 'EINVAL', 'shared');
    assert.equal(f.mount(p, 'none', '/', null, MS_REC | MS_PRIVATE), 'OK');
    assert.equal(pivot('/home', '/home'), 'EBUSY');
    assert.equal(pivot(`${root}/bin`, `${root}/bin`), 'EINVAL');
    assert.equal(pivot(root, '/tmp'), 'EINVAL', 'put_old is not below');
    assert.equal(pivot('/nowhere', '/tmp'), 'ENOENT');
    assert.equal(pivot('/etc/passwd', '/tmp'), 'ENOTDIR');
    assert.equal(f.call(f.user(), (k) => sys_pivot_root(k, '/nowhere', '/')), 'EPERM');
    assert.equal(pivot(root, `${root}/oldroot`), 0);
    assert.equal(f.exists(p, '/oldroot/etc/hostname'), true);
    assert.equal(f.exists(p, '/etc/hostname'), false);
    assert.equal(umount(f, p, '/oldroot', MNT_DETACH), 'OK');
    assert.equal(f.exists(p, '/oldroot/etc'), false);
  });

  it('umount: EBUSY while a file is open in it, EINVAL for what is no mountpoint, EAGAIN once with MNT_EXPIRE', () => {
    const { f, p } = prepared();
    const fd = Number(f.call(p, (k) => Number(sys_openat(k, AT_FDCWD, `${AT}/f`, O_CREAT | O_RDWR, 0o644))));
    assert.equal(umount(f, p, AT), 'EBUSY');
    assert.equal(f.mount(p, 'none', AT, null, MS_REMOUNT | MS_BIND | MS_RDONLY), 'EBUSY');
    f.call(p, (k) => sys_close(k, fd));
    assert.equal(umount(f, p, `${AT}/a`), 'EINVAL');
    assert.equal(umount(f, p, `${AT}/none`), 'ENOENT');
    assert.equal(umount(f, p, AT, 0x100), 'EINVAL');
    assert.equal(umount(f, p, AT, MNT_EXPIRE), 'EAGAIN');
    assert.equal(umount(f, p, AT, MNT_EXPIRE), 'OK');
    assert.equal(umount(f, p, '/', 0), 'OK', 'only makes it read-only');
    assert.equal(f.write(p, '/etc/x', 'x'), 'EROFS');
  });

  it('an unbindable mount cannot be copied, and is left out of a recursive copy', () => {
    const { f, p } = prepared();
    f.mkdir(p, '/tmp/to');
    assert.equal(f.mount(p, 't', `${AT}/a`, 'tmpfs', 0), 'OK');
    assert.equal(f.mount(p, 'none', `${AT}/a`, null, MS_UNBINDABLE), 'OK');
    assert.equal(f.mount(p, `${AT}/a`, '/tmp/to', null, MS_BIND), 'EINVAL');
    assert.equal(f.mount(p, AT, '/tmp/to', null, MS_BIND | MS_REC), 'OK');
    assert.deepEqual(f.mounts(p, '/tmp/'), ['/tmp/mm []', '/tmp/mm/a [unbindable]', '/tmp/to []']);
  });

  it('mountinfo tells where events come from when the master cannot be seen', () => {
    const { f, p } = prepared(MS_SHARED);
    f.mkdir(p, '/tmp/to', `${AT}/a/in`);
    // A chain: mm -> to -> a/in, and the reader sees only what is below a.
    assert.equal(f.mount(p, AT, '/tmp/to', null, MS_BIND), 'OK');
    assert.equal(f.mount(p, 'none', '/tmp/to', null, MS_SLAVE), 'OK');
    assert.equal(f.mount(p, 'none', '/tmp/to', null, MS_SHARED), 'OK');
    const [mm, to] = f.mounts(p, '/tmp/');
    const group = /shared:(\d+)/.exec(mm!)![1]!;
    assert.match(to!, new RegExp(`^/tmp/to \\[shared:\\d+ master:${group}\\]$`));
    f.mkdir(p, '/srv/jail', '/srv/jail/x', '/srv/jail/proc', '/srv/jail/y');
    assert.equal(f.mount(p, '/tmp/to', '/srv/jail/x', null, MS_BIND), 'OK');
    assert.equal(f.mount(p, 'none', '/srv/jail/x', null, MS_SLAVE), 'OK');
    assert.equal(f.mount(p, AT, '/srv/jail/y', null, MS_BIND), 'OK');
    assert.equal(f.mount(p, 'proc', '/srv/jail/proc', 'proc', 0), 'OK');
    assert.equal(f.call(p, (k) => sys_chroot(k, '/srv/jail')), 0);
    const seen = f.mounts(p, '/x');
    assert.equal(seen.length, 1);
    assert.match(seen[0]!, new RegExp(`\\[master:\\d+ propagate_from:${group}\\]$`));
  });

  it('names that cannot be removed are mountpoints here; elsewhere their mounts go', () => {
    const { f, p } = prepared();
    const child = f.fork(p);
    unshare(f, child, CLONE_NEWNS);
    assert.equal(f.mount(child, 't', `${AT}/a`, 'tmpfs', 0), 'OK');
    assert.equal(f.call(child, (k) => sys_unlink(k, `${AT}/a`)), 'EBUSY');
    assert.equal(f.call(p, (k) => sys_unlink(k, `${AT}/a`)), 0);
    assert.deepEqual(f.mounts(child, `${AT}/`), []);
  });

  it('nodev mounts and file systems of user namespaces have no devices', () => {
    const f = new Files();
    const p = f.fork();
    assert.equal(f.mount(p, '/dev', '/mnt', null, MS_BIND), 'OK');
    assert.equal(f.write(p, '/mnt/null', 'x', O_RDWR), 'OK');
    assert.equal(f.mount(p, 'none', '/mnt', null, MS_REMOUNT | MS_BIND | 4), 'OK');
    assert.equal(f.write(p, '/mnt/null', 'x', O_RDWR), 'EACCES');
  });
});

function sys_unlink(k: Parameters<typeof sys_unlinkat>[0], name: string): number {
  return sys_unlinkat(k, AT_FDCWD, name, AT_REMOVEDIR);
}
