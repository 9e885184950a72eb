import { strict as assert } from 'node:assert';
import { CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWUSER } from '../../../simulator/kernel/flags.ts';
import { O_CREAT } from '../../../simulator/kernel/mode.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { Program } from './program.ts';

const MS_BIND = 0x1000;
const MS_MOVE = 0x2000;
const MS_REC = 0x4000;
const MS_UNBINDABLE = 1 << 17;
const MS_PRIVATE = 1 << 18;
const MS_SLAVE = 1 << 19;
const MS_SHARED = 1 << 20;

const start = (): Program => new Program({ level: 'off' });
const mount = (m: Program, of: task_struct, source: string, target: string, type: string, flags = 0): string => m.ok(of, 'mount', source, target, type, flags, 0);
const change = (m: Program, of: task_struct, target: string, flags: number): string => mount(m, of, 'none', target, '', flags);
const lines = (m: Program, of: task_struct, prefix: string): string[] =>
  m.read('/proc/self/mountinfo', of).split('\n').filter((line) => line.split(' ')[4]?.startsWith(prefix) ?? false);

/** tmpfs at /tmp/a, private or as `flags` say, with directories d and e. */
function tmpfs(m: Program, flags = MS_PRIVATE): void {
  assert.equal(m.do('mkdir', '/tmp/a', 0o755), 0);
  assert.equal(mount(m, m.me, 'none', '/tmp/a', 'tmpfs'), 'OK');
  assert.equal(change(m, m.me, '/tmp/a', flags), 'OK');
  for (const dir of ['d', 'e']) assert.equal(m.do('mkdir', `/tmp/a/${dir}`, 0o755), 0);
}

describe('propagation, by a program', () => {
  it('is changed at mountpoints, to one type, by who may mount there', () => {
    const m = start();
    tmpfs(m);
    assert.equal(change(m, m.me, '/tmp/a/d', MS_SHARED), 'EINVAL');
    assert.equal(change(m, m.me, '/tmp/a', MS_SHARED | MS_SLAVE), 'EINVAL');
    const fd = m.open(m.me, '/tmp/a');
    const owned = m.fork(m.me, CLONE_NEWUSER | CLONE_NEWNS);
    assert.equal(change(m, owned, `/proc/self/fd/${fd}`, MS_SHARED), 'EPERM');
    assert.equal(change(m, m.me, '/tmp/a', MS_SHARED), 'OK');
    assert.match(lines(m, m.me, '/tmp/a')[0] ?? '', / shared:\d+ /);
  });

  it('reaches peers and slaves, also those beneath which something is mounted already; not where the place is not visible', () => {
    const m = start();
    tmpfs(m, MS_SHARED);
    assert.equal(m.do('mkdir', '/tmp/part', 0o755), 0);
    assert.equal(mount(m, m.me, '/tmp/a/e', '/tmp/part', '', MS_BIND), 'OK');
    const other = m.fork(m.me, CLONE_NEWNS);
    const owned = m.fork(m.me, CLONE_NEWUSER | CLONE_NEWNS);
    assert.equal(mount(m, owned, 'none', '/tmp/a/d', 'tmpfs'), 'OK');
    assert.equal(mount(m, m.me, 'none', '/tmp/a/d', 'tmpfs'), 'OK');
    assert.equal(lines(m, other, '/tmp/a/d').length, 1);
    assert.equal(lines(m, owned, '/tmp/a/d').length, 2, 'beneath');
    assert.equal(lines(m, m.me, '/tmp/part').length, 1, 'shows only e');
    assert.equal(m.call(owned, 'umount2', '/tmp/a/d', 0), 0);
    assert.equal(m.do('umount2', '/tmp/a/d', 0), 0);
    assert.deepEqual([other, owned].map((task) => lines(m, task, '/tmp/a/d').length), [0, 0]);
  });

  it('moves a mount with its copies', () => {
    const m = start();
    tmpfs(m);
    assert.equal(mount(m, m.me, 'none', '/tmp/a/d', 'tmpfs'), 'OK');
    assert.equal(mount(m, m.me, '/tmp/a/d', '/tmp/a/e', '', MS_MOVE), 'OK');
    assert.deepEqual(lines(m, m.me, '/tmp/a/').map((line) => line.split(' ')[4]), ['/tmp/a/e']);
  });
});

describe('copies of mounts, by a program', () => {
  it('leave out what is unbindable, and are not made of it', () => {
    const m = start();
    tmpfs(m);
    for (const name of ['x', 'y']) assert.equal(m.do('mkdir', `/tmp/${name}`, 0o755), 0);
    assert.equal(mount(m, m.me, 'none', '/tmp/a/d', 'tmpfs'), 'OK');
    assert.equal(change(m, m.me, '/tmp/a/d', MS_UNBINDABLE), 'OK');
    assert.equal(mount(m, m.me, '/tmp/a/d', '/tmp/x', '', MS_BIND), 'EINVAL');
    assert.equal(mount(m, m.me, '/tmp/a', '/tmp/x', '', MS_BIND | MS_REC), 'OK');
    assert.equal(lines(m, m.me, '/tmp/x').length, 1);
  });

  it('of a mount that was unbindable when a less privileged namespace got it: neither copied nor left out', () => {
    const m = start();
    tmpfs(m);
    assert.equal(m.do('mkdir', '/tmp/x', 0o755), 0);
    assert.equal(mount(m, m.me, 'none', '/tmp/a/d', 'tmpfs'), 'OK');
    const child = m.fork(m.me, CLONE_NEWUSER | CLONE_NEWNS);
    assert.equal(change(m, child, '/tmp/a/d', MS_UNBINDABLE), 'OK');
    assert.equal(mount(m, child, '/tmp/a', '/tmp/x', '', MS_BIND | MS_REC), 'EPERM');
  });

  it('of the file of a mount namespace do not follow into other namespaces by propagation', () => {
    const m = start();
    tmpfs(m, MS_SHARED);
    const newer = m.fork(m.me, CLONE_NEWNS);
    assert.equal(m.ok(m.me, 'openat', -100, '/tmp/a/file', O_CREAT, 0o600), 'OK');
    assert.equal(mount(m, m.me, `/proc/${m.nr(newer)}/ns/mnt`, '/tmp/a/file', '', MS_BIND), 'EINVAL', 'a peer would get it');
    assert.equal(lines(m, m.me, '/tmp/a/file').length, 0);
    assert.equal(change(m, m.me, '/tmp/a', MS_PRIVATE), 'OK');
    assert.equal(mount(m, m.me, `/proc/${m.nr(newer)}/ns/mnt`, '/tmp/a/file', '', MS_BIND), 'OK');
    assert.equal(m.ok(m.me, 'openat', -100, '/tmp/other', O_CREAT, 0o600), 'OK');
  });

  it('end at fs.mount-max', () => {
    const m = start();
    tmpfs(m);
    assert.equal(m.write(m.me, '/proc/sys/fs/mount-max', '5'), 'OK');
    assert.equal(mount(m, m.me, 'none', '/tmp/a/d', 'tmpfs'), 'ENOSPC');
  });
});

describe('pivot_root, by a program', () => {
  /** A child in a mount namespace whose root is private, with a tmpfs that has directories. */
  function inside(flags = CLONE_NEWNS): { readonly m: Program; readonly child: task_struct; readonly pivot: (to: string, old: string) => string } {
    const m = start();
    const child = m.fork(m.me, flags);
    if (flags === CLONE_NEWNS) assert.equal(change(m, child, '/', MS_REC | MS_PRIVATE), 'OK');
    assert.equal(m.call(child, 'mkdir', '/tmp/new', 0o755), flags === CLONE_NEWNS ? 0 : 'EOVERFLOW');
    return { m, child, pivot: (to, old) => m.ok(child, 'pivot_root', to, old) };
  }

  it('moves the root, and everybody whose root it was', () => {
    const { m, child, pivot } = inside();
    assert.equal(pivot('/none', '/none'), 'ENOENT');
    assert.equal(pivot('/tmp/new', '/tmp/new'), 'EINVAL', 'no mountpoint');
    assert.equal(mount(m, child, 'none', '/tmp/new', 'tmpfs'), 'OK');
    assert.equal(m.call(child, 'mkdir', '/tmp/new/old', 0o755), 0);
    assert.equal(pivot('/', '/tmp/new/old'), 'EBUSY');
    assert.equal(pivot('/tmp/new', '/'), 'EBUSY');
    assert.equal(pivot('/tmp/new', '/dev'), 'EINVAL', 'not below');
    assert.equal(pivot('/tmp/new', '/tmp/new/old'), 'OK');
    assert.equal(m.call(child, 'access', '/old/etc/hostname', 0), 0);
    assert.equal(m.call(child, 'access', '/etc/hostname', 0), 'ENOENT');
  });

  it('is for who may mount, on mounts that are not shared, of the own namespace and not locked', () => {
    const { m, child, pivot } = inside();
    const user = m.user(child);
    assert.equal(m.ok(user, 'pivot_root', '/tmp', '/tmp'), 'EPERM');
    assert.equal(mount(m, child, 'none', '/tmp/new', 'tmpfs'), 'OK');
    assert.equal(m.call(child, 'mkdir', '/tmp/new/old', 0o755), 0);
    assert.equal(change(m, child, '/tmp/new', MS_SHARED), 'OK');
    assert.equal(pivot('/tmp/new', '/tmp/new/old'), 'EINVAL');
    const fd = m.open(child, '/tmp/new');
    assert.equal(change(m, child, '/tmp/new', MS_PRIVATE), 'OK');
    assert.equal(m.call(child, 'unshare', CLONE_NEWNS), 0);
    assert.equal(pivot(`/proc/self/fd/${fd}`, '/tmp/new/old'), 'EINVAL', 'of another namespace');
    const owned = m.fork(child, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID);
    assert.equal(m.ok(owned, 'pivot_root', '/tmp/new', '/tmp/new/old'), 'EINVAL', 'locked');
  });

  it('needs a directory that still has its name', () => {
    const { m, child, pivot } = inside();
    assert.equal(mount(m, child, 'none', '/tmp/new', 'tmpfs'), 'OK');
    for (const dir of ['old', 'gone']) assert.equal(m.call(child, 'mkdir', `/tmp/new/${dir}`, 0o755), 0);
    const fd = m.open(child, '/tmp/new/gone');
    assert.equal(m.call(child, 'rmdir', '/tmp/new/gone'), 0);
    assert.equal(pivot(`/proc/self/fd/${fd}`, '/tmp/new/old'), 'ENOENT');
  });

  it('passes the lock of a root that covers something on to the new one', () => {
    const m = start();
    for (const dir of ['/tmp/new', '/tmp/new/old']) assert.equal(m.do('mkdir', dir, 0o755), 0);
    const owned = m.fork(m.me, CLONE_NEWUSER | CLONE_NEWNS);
    for (const file of ['uid_map', 'gid_map']) assert.equal(m.write(m.me, `/proc/${m.nr(owned)}/${file}`, '0 0 1'), 'OK');
    assert.equal(mount(m, owned, '/tmp/new', '/tmp/new', '', MS_BIND), 'OK');
    assert.equal(m.call(owned, 'chroot', '/tmp'), 0);
    assert.equal(m.call(owned, 'chdir', '/'), 0);
    assert.equal(m.ok(owned, 'pivot_root', '/new', '/new/old'), 'OK');
    assert.equal(m.call(owned, 'umount2', '/', 0), 'EINVAL', 'what /tmp covered stays covered');
    assert.equal(m.call(owned, 'umount2', '/old', 2), 0);
  });
});

describe('groups of cgroup v2, by a program', () => {
  it('are joined by writing a number into cgroup.procs', () => {
    const m = start();
    assert.equal(m.do('mkdir', '/sys/fs/cgroup/x', 0o755), 0);
    assert.equal(m.write(m.me, '/sys/fs/cgroup/x/cgroup.procs', '4711'), 'ESRCH');
    assert.equal(m.write(m.me, '/sys/fs/cgroup/x/cgroup.procs', '0'), 'OK');
    assert.equal(m.read('/proc/self/cgroup'), '0::/x\n');
    const user = m.user();
    assert.equal(m.write(user, '/sys/fs/cgroup/cgroup.procs', '0'), 'EACCES');
  });
});
