import { strict as assert } from 'node:assert';
import { AT_FDCWD } from '../../../simulator/kernel/mode.ts';
import { decode } from '../../../simulator/kernel/text.ts';
import { Reader, Writer } from '../../../simulator/kernel/uaccess.ts';
import { Program } from './program.ts';

// Everything here was seen on 6.18.
const O_RDWR = 2;
const O_CREAT = 0o100;
const O_APPEND = 0o2000;

function start(): { readonly m: Program; readonly a: number; readonly b: number; readonly pipe: readonly [number, number] } {
  const m = new Program({ level: 'off' });
  const a = m.open(m.me, '/tmp/a', O_RDWR | O_CREAT);
  const b = m.open(m.me, '/tmp/b', O_RDWR | O_CREAT);
  m.do('write', a, m.text('0123456789'), 10);
  m.do('lseek', a, 0, 0);
  const at = m.room(8);
  m.do('pipe', at);
  return { m, a, b, pipe: [m.int(at), m.int(at + 4)] };
}
const off = (m: Program, value: number): number => m.put(new Writer().u64(BigInt.asUintN(64, BigInt(value))).done());
const size = (m: Program, fd: number): number => {
  const stat = m.room(144);
  assert.equal(m.do('fstat', fd, stat), 0);
  return new Reader(m.bytes(stat + 48, 8)).u64();
};

describe('copies inside the kernel', () => {
  it('sendfile', () => {
    const { m, a, b, pipe } = start();
    assert.deepEqual([m.do('sendfile', b, a, 0, 4), m.do('lseek', a, 0, 1)], [4, 4]);
    const at = off(m, 2);
    assert.deepEqual([m.do('sendfile', b, a, at, 3), m.long(at), m.do('lseek', a, 0, 1)], [3, 5, 4]);
    assert.deepEqual([m.do('lseek', a, 0, 2), m.do('sendfile', b, a, 0, 4)], [10, 0]);
    m.do('lseek', a, 0, 0);
    assert.deepEqual([m.do('sendfile', pipe[1], a, 0, 5), m.do('sendfile', b, pipe[0], 0, 3)], [5, 'EINVAL']);
    assert.equal(m.do('sendfile', 99, a, 0, 1), 'EBADF');
    assert.equal(m.do('sendfile', m.open(m.me, '/tmp/a', 0), a, 0, 1), 'EBADF');
    assert.equal(m.do('sendfile', b, m.open(m.me, '/tmp/a', 1), 0, 1), 'EBADF');
    assert.equal(m.do('sendfile', m.open(m.me, '/tmp/b', 1 | O_APPEND), a, 0, 1), 'EINVAL');
    assert.equal(m.do('sendfile', b, a, off(m, -1), 1), 'EINVAL');
    assert.equal(m.do('sendfile', b, m.open(m.me, '/'), 0, 1), 'EINVAL');
    assert.equal(m.do('sendfile', b, a, 8, 1), 'EFAULT');
    assert.equal(m.read('/tmp/b'), '0123234');
  });

  it('copy_file_range', () => {
    const { m, a, b, pipe } = start();
    const [from, to] = [off(m, 0), off(m, 20)];
    assert.deepEqual([m.do('copy_file_range', a, from, b, to, 5, 0), m.long(from), m.long(to), size(m, b)], [5, 5, 25, 25]);
    assert.equal(m.do('copy_file_range', a, 0, b, 0, 5, 1), 'EINVAL');
    assert.equal(m.do('copy_file_range', a, 0, pipe[1], 0, 5, 0), 'EINVAL');
    assert.equal(m.do('copy_file_range', a, from, m.open(m.me, '/tmp/b', 1 | O_APPEND), 0, 5, 0), 'EBADF');
    assert.equal(m.do('copy_file_range', a, off(m, 2), a, off(m, 0), 5, 0), 'EINVAL');
    assert.equal(m.do('copy_file_range', a, off(m, 0), a, off(m, 5), 5, 0), 5);
    assert.equal(m.do('copy_file_range', m.open(m.me, '/'), 0, b, 0, 1, 0), 'EISDIR');
    assert.equal(m.do('copy_file_range', a, 0, m.open(m.me, '/tmp/a', 0), 0, 1, 0), 'EBADF');
    assert.equal(m.do('copy_file_range', a, off(m, 100), b, 0, 5, 0), 0);
  });

  it('fallocate', () => {
    const { m, b, pipe } = start();
    assert.deepEqual([m.do('fallocate', b, 0, 0, 100), size(m, b), m.do('fallocate', b, 1, 0, 1000), size(m, b)], [0, 100, 0, 100]);
    assert.deepEqual([m.do('fallocate', b, 0, 0, 0), m.do('fallocate', b, 0, -1, 5)], ['EINVAL', 'EINVAL']);
    assert.equal(m.do('fallocate', m.open(m.me, '/tmp/a', 0), 0, 0, 5), 'EBADF');
    assert.equal(m.do('fallocate', pipe[1], 0, 0, 5), 'ESPIPE');
    assert.equal(m.do('fallocate', m.open(m.me, '/'), 0, 0, 5), 'EBADF');
    assert.deepEqual([m.do('fallocate', b, 3, 0, 5), m.do('fallocate', b, 0x100, 0, 5), m.do('fallocate', 99, 0, 0, 5)], [0, 'EOPNOTSUPP', 'EBADF']);
  });

  it('preadv and pwritev', () => {
    const { m, a, pipe } = start();
    const vector = (...parts: readonly (readonly [number, number])[]): number => m.put(parts.reduce((to, [at, length]) => to.u64(at).u64(length), new Writer()).done());
    const room = m.room(4);
    const v = vector([room, 2], [room + 2, 2]);
    assert.deepEqual([m.do('preadv', a, v, 2, 1), decode(m.bytes(room, 4))], [4, '1234']);
    assert.deepEqual([m.do('preadv', a, v, 2, -1), m.do('pwritev', a, v, 2, 3), m.do('preadv', pipe[0], v, 2, 0)], ['EINVAL', 4, 'ESPIPE']);
    assert.deepEqual([m.do('readv', a, v, -1), m.do('readv', a, v, 0)], ['EINVAL', 0]);
    assert.equal(m.read('/tmp/a'), '0121234789');
  });
});

describe('files and processes otherwise', () => {
  it('getrandom', () => {
    const { m } = start();
    const at = m.room(16);
    assert.deepEqual([0, 1, 8, 6].map((flags) => m.do('getrandom', at, 16, flags)), [16, 16, 'EINVAL', 'EINVAL']);
    assert.equal(m.do('getrandom', 8, 16, 0), 'EFAULT');
  });

  it('memfd_create', () => {
    const { m } = start();
    const fd = Number(m.do('memfd_create', 'nm', 0));
    assert.deepEqual([m.do('write', fd, m.text('abc'), 3), size(m, fd)], [3, 3]);
    const room = m.room(64);
    const n = Number(m.do('readlink', `/proc/self/fd/${fd}`, room, 64));
    assert.equal(decode(m.bytes(room, n)), '/memfd:nm (deleted)');
    assert.deepEqual([m.do('memfd_create', 'x', 0x80), m.do('memfd_create', 'a'.repeat(299), 0)], ['EINVAL', 'EINVAL']);
    assert.equal(m.do('close', fd), 0);
  });

  it('flock', () => {
    const { m, a } = start();
    const other = m.open(m.me, '/tmp/a', O_RDWR);
    assert.deepEqual([m.do('flock', a, 2), m.do('flock', other, 6), m.do('flock', other, 5), m.do('flock', m.do('dup', a), 6)], [0, 'EAGAIN', 'EAGAIN', 0]);
    assert.deepEqual([m.do('flock', a, 1), m.do('flock', other, 5), m.do('flock', a, 0), m.do('flock', 99, 2)], [0, 0, 'EINVAL', 'EBADF']);
    assert.deepEqual([m.do('flock', a, 8), m.do('flock', other, 2)], [0, 0]);
    const child = m.fork();
    assert.equal(m.call(child, 'close', other), 0);
    assert.equal(m.call(child, 'flock', a, 2), 'blocked');
    assert.equal(m.do('close', other), 0, 'with the last descriptor the lock goes');
    assert.deepEqual(m.resume(child), { what: 'value', value: 0 });
  });

  it('utime and utimes', () => {
    const { m } = start();
    const at = m.put([3, 4, 5, 6].reduce((to, n) => to.u64(n), new Writer()).done());
    assert.equal(m.do('utimes', '/tmp/a', at), 0);
    const stat = m.room(144);
    m.do('stat', '/tmp/a', stat);
    assert.deepEqual([m.long(stat + 72), m.long(stat + 80), m.long(stat + 88)], [3, 4000, 5]);
    assert.equal(m.do('utime', '/tmp/a', at), 0);
    m.do('stat', '/tmp/a', stat);
    assert.deepEqual([m.long(stat + 72), m.long(stat + 88)], [3, 4]);
    assert.equal(m.do('utimes', '/tmp/a', m.put(new Writer().u64(0).u64(1_000_000).zeros(16).done())), 'EINVAL');
    assert.equal(m.do('utime', '/tmp/none', 0), 'ENOENT');
    assert.equal(m.do('futimesat', AT_FDCWD, '/tmp/a', 0), 0);
  });

  it('advice, and writing back', () => {
    const { m, a, pipe } = start();
    assert.deepEqual([m.do('fadvise64', a, 0, 0, 4), m.do('fadvise64', a, 0, 0, 9), m.do('fadvise64', pipe[0], 0, 0, 0)], [0, 'EINVAL', 'ESPIPE']);
    assert.deepEqual([m.do('readahead', a, 0, 10), m.do('readahead', pipe[0], 0, 10), m.do('syncfs', a), m.do('syncfs', 99)], [0, 'EINVAL', 0, 'EBADF']);
    assert.deepEqual([m.do('fsync', pipe[0]), m.do('fsync', 99), m.do('fsync', a), m.do('fdatasync', a)], ['EINVAL', 'EBADF', 0, 0]);
  });

  it('nice values, policies and the one processor', () => {
    const { m } = start();
    assert.deepEqual([m.do('getpriority', 0, 0), m.do('getpriority', 3, 0), m.do('getpriority', 0, 4711)], [20, 'EINVAL', 'ESRCH']);
    assert.deepEqual([m.do('setpriority', 0, 0, 5), m.do('getpriority', 0, 0), m.do('setpriority', 0, 0, 100), m.do('getpriority', 0, 0)], [0, 15, 0, 1]);
    m.do('setpriority', 0, 0, 0);
    const user = m.user();
    assert.deepEqual([m.call(user, 'setpriority', 0, 0, -1), m.call(user, 'setpriority', 0, 0, 5), m.call(user, 'setpriority', 0, 1, 5)], ['EACCES', 0, 'EPERM']);
    const param = (priority: number): number => m.put(new Writer().u32(priority).done());
    assert.deepEqual([m.do('sched_getscheduler', 0), m.do('sched_setscheduler', 0, 0, param(5)), m.do('sched_setscheduler', 0, 1, param(5)), m.do('sched_getscheduler', 0)], [0, 'EINVAL', 0, 1]);
    assert.deepEqual([m.do('sched_setscheduler', 0, 1, param(0)), m.do('sched_setscheduler', 0, 99, param(0)), m.do('sched_setscheduler', -1, 0, param(0))], ['EINVAL', 'EINVAL', 'EINVAL']);
    assert.equal(m.call(user, 'sched_setscheduler', 0, 1, param(5)), 'EPERM');
    assert.deepEqual([1, 0, 3, 9].map((policy) => m.do('sched_get_priority_max', policy)), [99, 0, 0, 'EINVAL']);
    assert.equal(m.do('sched_get_priority_min', 2), 1);
    const mask = m.put(new Writer().u64(0).zeros(120).done());
    assert.deepEqual([m.do('sched_setaffinity', 0, 128, mask), m.do('sched_getaffinity', 0, 4, mask), m.do('sched_getaffinity', 0, 9, mask), m.do('sched_getaffinity', 4711, 128, mask)],
      ['EINVAL', 'EINVAL', 'EINVAL', 'ESRCH']);
    assert.deepEqual([m.do('sched_getaffinity', 0, 128, mask), m.long(mask), m.do('sched_setaffinity', 0, 128, mask)], [8, 1, 0]);
    assert.equal(m.call(user, 'sched_setaffinity', 1, 128, mask), 'EPERM');
  });
});
