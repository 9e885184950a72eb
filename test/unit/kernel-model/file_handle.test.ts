import { strict as assert } from 'node:assert';
import { CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUTS } from '../../../simulator/kernel/flags.ts';
import { AT_FDCWD } from '../../../simulator/kernel/mode.ts';
import { Writer } from '../../../simulator/kernel/uaccess.ts';
import { Program } from './program.ts';

const EMPTY_PATH = 0x1000;
const NSFS_ROOT = -10003;

// All seen on 6.18.
describe('file handles', () => {
  const start = (): { m: Program; fd: number; handle: (bytes?: number) => number; uts: number } => {
    const m = new Program({ level: 'off' });
    const fd = m.open(m.me, '/proc/self/ns/uts');
    const handle = (bytes = 64): number => m.put(new Writer().u32(bytes).zeros(bytes + 4).done());
    const uts = handle();
    assert.equal(m.do('name_to_handle_at', fd, '', uts, m.room(4), EMPTY_PATH), 0);
    return { m, fd, handle, uts };
  };

  it('are told for the files of namespaces, and not for other generated files', () => {
    const { m, fd, handle } = start();
    const small = handle(8);
    assert.equal(m.do('name_to_handle_at', fd, '', small, m.room(4), EMPTY_PATH), 'EOVERFLOW');
    assert.deepEqual([m.int(small), m.int(small + 4)], [16, 255]);
    assert.equal(m.do('name_to_handle_at', fd, '', handle(), m.room(4), 0), 'ENOENT');
    assert.equal(m.do('name_to_handle_at', fd, '', handle(129), m.room(4), EMPTY_PATH), 'EINVAL');
    assert.equal(m.do('name_to_handle_at', fd, '', handle(), m.room(4), 8), 'EINVAL');
    assert.equal(m.do('name_to_handle_at', 99, '', handle(), m.room(4), EMPTY_PATH), 'EBADF');
    assert.equal(m.do('name_to_handle_at', fd, '', 1, m.room(4), EMPTY_PATH), 'EFAULT');
    assert.equal(m.do('name_to_handle_at', fd, '', handle(), 1, EMPTY_PATH), 'EFAULT');
    assert.equal(m.do('name_to_handle_at', AT_FDCWD, '/proc/self/ns/uts', handle(), m.room(4), 0x400), 0);
    for (const other of ['/proc/self/ns/uts', '/proc/self', '/sys']) assert.equal(m.do('name_to_handle_at', AT_FDCWD, other, handle(), m.room(4), 0), 'EOPNOTSUPP', other);
  });

  it('open what they were told of, and nothing else', () => {
    const { m, fd, uts } = start();
    assert.equal(m.ok(m.me, 'open_by_handle_at', fd, uts, 0), 'OK');
    assert.equal(m.ok(m.me, 'open_by_handle_at', NSFS_ROOT, uts, 0), 'OK');
    assert.equal(m.do('open_by_handle_at', fd, uts, 2), 'EPERM');
    assert.equal(m.do('open_by_handle_at', m.open(m.me, '/proc/self/status'), uts, 0), 'ESTALE');
    assert.equal(m.do('open_by_handle_at', 99, uts, 0), 'EBADF');
    assert.equal(m.do('open_by_handle_at', 99, 1, 0), 'EFAULT');
    const changed = (at: number, value: number): number => {
      const bytes = m.bytes(uts, 72).slice();
      bytes[at] = value;
      return m.put(bytes);
    };
    assert.equal(m.do('open_by_handle_at', 99, changed(0, 200), 0), 'EINVAL');
    assert.equal(m.do('open_by_handle_at', fd, changed(0, 0), 0), 'EINVAL');
    for (const [at, value] of [[0, 8], [4, 1], [8, 99], [19, 8], [20, 1]] as const) assert.equal(m.do('open_by_handle_at', fd, changed(at, value), 0), 'ESTALE', String(at));
  });

  it('open the own namespaces for everybody, others for those with CAP_SYS_ADMIN there', () => {
    const { m, handle } = start();
    const child = m.fork(m.me, CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP);
    assert.equal(m.do('unshare', CLONE_NEWTIME), 0);
    const inside = m.fork();
    const user = m.user();
    const proc = m.open(user, '/proc/self/status');
    for (const type of ['uts', 'ipc', 'mnt', 'pid', 'net', 'cgroup', 'time', 'user']) {
      const [own, other] = [user, type === 'time' ? inside : child].map((task) => {
        const made = handle();
        assert.equal(m.do('name_to_handle_at', m.open(m.me, `/proc/${m.nr(task)}/ns/${type}`), '', made, m.room(4), EMPTY_PATH), 0);
        return made;
      });
      assert.equal(m.ok(user, 'open_by_handle_at', NSFS_ROOT, own ?? 0, 0), 'OK', type);
      if (type !== 'user' && type !== 'time') assert.equal(m.ok(user, 'open_by_handle_at', NSFS_ROOT, other ?? 0, 0), 'ESTALE', type);
      assert.equal(m.ok(m.me, 'open_by_handle_at', NSFS_ROOT, other ?? 0, 0), 'OK', type);
      assert.equal(m.call(user, 'open_by_handle_at', proc, own ?? 0, 0), 'EPERM');
    }
  });
});
