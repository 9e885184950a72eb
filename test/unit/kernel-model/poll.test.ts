import { strict as assert } from 'node:assert';
import { run_timers } from '../../../simulator/kernel/sleep.ts';
import { Reader, Writer } from '../../../simulator/kernel/uaccess.ts';
import { Program } from './program.ts';

// All numbers were seen on 6.18.
const ALL = 0x23c7;
const AF_UNIX = 1;
const AF_INET = 2;
const SIGUSR1 = 10;
const MSEC = 1_000_000n;

const start = (): Program => new Program({ level: 'off' });

function pair(m: Program, name: string, ...args: readonly number[]): [number, number] {
  const at = m.room(8);
  assert.equal(m.do(name, ...args, at), 0);
  return [m.int(at), m.int(at + 4)];
}

/** What poll says of each descriptor: its result, and the events. */
function poll(m: Program, fds: readonly (readonly [fd: number, events: number])[], timeout = 0): unknown[] {
  const to = new Writer();
  for (const [fd, events] of fds) to.u32(fd >>> 0).u16(events).u16(0x7777);
  const at = m.put(to.done());
  const result = m.do('poll', at, fds.length, timeout);
  return [result, ...fds.map((_, n) => new Reader(m.bytes(at + n * 8 + 6, 2)).u16().toString(16))];
}
const events = (m: Program, fd: number | string): string => String(poll(m, [[Number(fd), ALL]])[1]);

/** The clock moves on. */
function pass(m: Program, nanoseconds: bigint): void {
  m.k.trace.write(m.k.timekeeper, 'monotonic', m.k.timekeeper.monotonic + nanoseconds);
  run_timers(m.k);
}

describe('poll', () => {
  it('sees what there is to read and to write in pipes', () => {
    const m = start();
    const [r, w] = pair(m, 'pipe');
    assert.deepEqual([events(m, r), events(m, w)], ['0', '104']);
    assert.equal(m.do('write', w, m.text('x'), 1), 1);
    assert.deepEqual([events(m, r), events(m, w)], ['41', '104']);
    m.do('close', w);
    assert.equal(events(m, r), '51');
    m.do('read', r, m.room(1), 1);
    assert.equal(events(m, r), '10');
    const [r2, w2] = pair(m, 'pipe');
    m.do('fcntl', w2, 4, 0o4000);
    while (m.do('write', w2, m.memory.base, 4096) === 4096);
    assert.equal(events(m, w2), '0');
    m.do('read', r2, m.memory.base, 4095);
    assert.equal(events(m, w2), '0');
    m.do('read', r2, m.memory.base, 1);
    assert.equal(events(m, w2), '104');
    m.do('close', r2);
    assert.equal(events(m, w2), '10c');
  });

  it('finds files that never block ready, and says which are not open', () => {
    const m = start();
    for (const name of ['/etc/passwd', '/', '/dev/null', '/dev/zero', '/proc/self/status', '/proc/self/ns/uts', '/dev/urandom']) assert.equal(events(m, m.open(m.me, name)), '145', name);
    assert.equal(events(m, m.open(m.me, '/etc/passwd', 0o10000000)), '20');
    assert.deepEqual(poll(m, [[99, 1], [-1, 1]], -1), [1, '20', '0']);
    assert.equal(m.do('poll', 8, 1, 0), 'EFAULT');
    assert.equal(m.do('poll', 0, 2 ** 30, 0), 'EINVAL');
    assert.equal(m.do('poll', 0, 0, 0), 0);
  });

  it('sees data, room, and the end of sockets', () => {
    const m = start();
    for (const [type, shut, closed] of [[1, '2345', '2355'], [2, '345', '345'], [5, '2345', '2355']] as const) {
      const [a, b] = pair(m, 'socketpair', AF_UNIX, type, 0);
      assert.equal(events(m, a), '304');
      m.do('write', b, m.text('x'), 1);
      assert.equal(events(m, a), '345');
      m.do('shutdown', b, 1);
      assert.deepEqual([events(m, a), events(m, b)], [shut, '304'], `type ${type}`);
      m.do('close', b);
      assert.equal(events(m, a), closed, `type ${type}`);
    }
    assert.equal(events(m, m.do('socket', AF_UNIX, 1, 0)), '314');
    assert.equal(events(m, m.do('socket', AF_UNIX, 2, 0)), '304');
    assert.equal(events(m, m.do('socket', AF_INET, 2, 0)), '304');
    const listener = m.do('socket', AF_INET, 1, 0);
    assert.equal(events(m, listener), '114');
    const at = m.put(new Writer().u16(AF_INET).u16(0x901f).fixed(Uint8Array.of(127, 0, 0, 1)).zeros(8).done());
    assert.equal(m.do('bind', listener, at, 16), 0);
    assert.equal(m.do('listen', listener, 1), 0);
    assert.equal(events(m, listener), '0');
    const client = m.do('socket', AF_INET, 1, 0);
    assert.equal(m.do('connect', client, at, 16), 0);
    assert.equal(events(m, listener), '41');
    const server = m.do('accept', listener, 0, 0);
    assert.equal(events(m, client), '104');
    m.do('write', server, m.text('x'), 1);
    assert.equal(events(m, client), '145');
    m.do('shutdown', server, 1);
    assert.equal(events(m, client), '2145');
  });

  it('waits for any of several, or until the time is over', () => {
    const m = start();
    const [r1, w1] = pair(m, 'pipe');
    const [r2] = pair(m, 'pipe');
    const child = m.fork();
    const at = m.put(new Writer().u32(r2).u16(1).u16(0).u32(r1).u16(1).u16(0).done());
    assert.equal(m.do('poll', at, 2, 1000), 'blocked');
    assert.equal(m.call(child, 'write', w1, m.text('x'), 1), 1);
    assert.deepEqual(m.resume(m.me), { what: 'value', value: 1 });
    assert.equal(new Reader(m.bytes(at + 14, 2)).u16(), 1);
    assert.equal(m.k.rq.waiters.size, 0);
    m.do('read', r1, m.room(1), 1);
    assert.equal(m.do('poll', at, 2, 50), 'blocked');
    pass(m, 49n * MSEC);
    assert.equal(m.me.state, 'interruptible');
    pass(m, MSEC);
    assert.deepEqual(m.resume(m.me), { what: 'value', value: 0 });
  });

  it('is ended by a handler, whatever SA_RESTART says; ppoll has a mask for the while', () => {
    const m = start();
    m.sigaction(m.me, SIGUSR1, 0x4000, 0x10000000);
    const child = m.fork();
    assert.equal(m.do('poll', 0, 0, -1), 'blocked');
    m.call(child, 'kill', m.nr(m.me), SIGUSR1);
    assert.deepEqual([m.resume(m.me)].map((step) => step?.what === 'handler' && step.value), [-4]);
    m.call(m.me, 'rt_sigprocmask', 2, m.put(new Writer().u64(0).done()), 0, 8);
    assert.equal(m.sigmask(m.me, 0, SIGUSR1), 0);
    m.call(child, 'kill', m.nr(m.me), SIGUSR1);
    assert.equal(m.do('ppoll', 0, 0, 0, m.put(new Writer().u64(0).done()), 8), 'blocked');
    const step = m.resume(m.me);
    assert.deepEqual([step?.what, step?.what === 'handler' && [step.value, step.oldset]], ['handler', [-4, 1n << 9n]]);
    const bad = m.put(new Writer().u64(0).u64(1_000_000_000).done());
    assert.equal(m.do('ppoll', 0, 0, bad, 0, 8), 'EINVAL');
    assert.equal(m.do('ppoll', 0, 0, 8, 0, 8), 'EFAULT');
    assert.equal(m.do('ppoll', 0, 0, 0, bad, 4), 'EINVAL');
  });
});

describe('select', () => {
  const set = (m: Program, ...fds: readonly number[]): number => m.put(new Writer().u64(fds.reduce((all, fd) => all | 1n << BigInt(fd), 0n)).u64(0).done());

  it('leaves what is ready in its sets and tells how much time was left', () => {
    const m = start();
    const [r, w] = pair(m, 'pipe');
    const child = m.fork();
    const [reads, writes] = [set(m, r), set(m, r, w)];
    assert.equal(m.do('select', w + 1, reads, writes, 0, 0), 1);
    assert.deepEqual([m.long(reads), m.long(writes)], [0, 2 ** w]);
    const time = m.put(new Writer().u64(1).u64(500_000).done());
    const again = set(m, r);
    assert.equal(m.do('select', w + 1, again, 0, 0, time), 'blocked');
    pass(m, 400n * MSEC);
    m.call(child, 'write', w, m.text('x'), 1);
    assert.deepEqual(m.resume(m.me), { what: 'value', value: 1 });
    assert.deepEqual([m.long(again), m.long(time), m.long(time + 8)], [2 ** r, 1, 100_000]);
    m.do('close', w);
    assert.equal(m.do('select', r + 1, set(m, r), 0, set(m, r), time), 1, 'the end is something to read, and no exception');
  });

  it('refuses what it can not use', () => {
    const m = start();
    const time = (seconds: number, micro: bigint): number => m.put(new Writer().u64(seconds).u64(micro).done());
    assert.equal(m.do('select', 50, set(m, 49), 0, 0, time(0, 0n)), 'EBADF');
    assert.equal(m.do('select', -1, 0, 0, 0, time(0, 0n)), 'EINVAL');
    assert.equal(m.do('select', 0, 0, 0, 0, time(0, (1n << 64n) - 1n)), 'EINVAL');
    assert.equal(m.do('select', 0, 0, 0, 0, time(0, 2_000_000n)), 'blocked', 'seconds may stand in the microseconds');
    pass(m, 2000n * MSEC);
    assert.deepEqual(m.resume(m.me), { what: 'value', value: 0 });
    assert.equal(m.do('select', 10, 8, 0, 0, time(0, 0n)), 'EFAULT');
    const sig = m.put(new Writer().u64(m.room(8)).u64(4).done());
    assert.equal(m.do('pselect6', 0, 0, 0, 0, 0, sig), 'EINVAL');
  });
});

describe('epoll', () => {
  const control = (m: Program, ep: number, op: number, fd: number, bits: number, data: number): number | string =>
    m.do('epoll_ctl', ep, op, fd, m.put(new Writer().u32(bits >>> 0).u64(data).done()));
  const wait = (m: Program, ep: number, max = 8): string[] => {
    const at = m.room(12 * max);
    const n = m.do('epoll_wait', ep, at, max, 0);
    if (typeof n !== 'number') return [n];
    return Array.from({ length: n }, (_, i) => `${new Reader(m.bytes(at + i * 12 + 4, 8)).u64()}:${new Reader(m.bytes(at + i * 12, 4)).u32().toString(16)}`);
  };

  it('takes what can block', () => {
    const m = start();
    assert.equal(m.do('epoll_create1', 1), 'EINVAL');
    assert.equal(m.do('epoll_create', 0), 'EINVAL');
    const ep = Number(m.do('epoll_create1', 0));
    const [r] = pair(m, 'pipe');
    const [q] = pair(m, 'pipe');
    const add = (fd: number): number | string => control(m, ep, 1, fd, 1, 1);
    assert.deepEqual([add(r), add(r), add(99), add(ep)], [0, 'EEXIST', 'EBADF', 'EINVAL']);
    for (const name of ['/etc/passwd', '/dev/null', '/dev/zero', '/']) assert.equal(add(m.open(m.me, name)), 'EPERM', name);
    assert.deepEqual([control(m, ep, 2, q, 0, 0), control(m, ep, 3, q, 0, 0), control(m, ep, 9, q, 0, 0), control(m, r, 1, q, 0, 0)], ['ENOENT', 'ENOENT', 'EINVAL', 'EINVAL']);
    assert.equal(m.do('epoll_ctl', ep, 1, q, 8), 'EFAULT');
    assert.deepEqual([m.do('epoll_wait', ep, m.room(12), 0, 0), m.do('epoll_wait', r, m.room(12), 1, 0), m.do('epoll_wait', ep, 8, 1, 0)], ['EINVAL', 'EINVAL', 'EFAULT']);
    const above = Number(m.do('epoll_create1', 0));
    assert.equal(control(m, above, 1, ep, 1, 77), 0);
    assert.equal(control(m, ep, 1, above, 1, 1), 'ELOOP');
  });

  it('tells of readiness as long as it lasts, or once for each change, or once', () => {
    const m = start();
    const ep = Number(m.do('epoll_create1', 0));
    const [r, w] = pair(m, 'pipe');
    const [q, v] = pair(m, 'pipe');
    assert.equal(control(m, ep, 1, r, 1, 1), 0);
    assert.equal(control(m, ep, 1, q, 1 | 1 << 31, 2), 0);
    assert.deepEqual(wait(m, ep), []);
    for (const fd of [w, v]) m.do('write', fd, m.text('ab'), 2);
    assert.deepEqual(wait(m, ep).sort(), ['1:1', '2:1']);
    assert.deepEqual(wait(m, ep), ['1:1']);
    m.do('read', q, m.room(1), 1);
    assert.deepEqual(wait(m, ep), ['1:1']);
    m.do('write', v, m.text('c'), 1);
    assert.deepEqual(wait(m, ep).sort(), ['1:1', '2:1']);
    assert.equal(control(m, ep, 3, r, 0, 1), 0);
    assert.deepEqual(wait(m, ep), []);
    assert.equal(control(m, ep, 3, r, 1 | 1 << 30, 5), 0);
    assert.deepEqual([wait(m, ep), wait(m, ep)], [['5:1'], []]);
    assert.equal(control(m, ep, 3, r, 1, 6), 0);
    assert.deepEqual(wait(m, ep), ['6:1']);
    assert.equal(control(m, ep, 2, r, 0, 0), 0);
    assert.deepEqual(wait(m, ep), []);
  });

  it('takes turns, and forgets a file when its last descriptor is closed', () => {
    const m = start();
    const ep = Number(m.do('epoll_create1', 0));
    const fds = [1, 2, 3].map((data) => {
      const fd = Number(m.do('eventfd', 1));
      assert.equal(control(m, ep, 1, fd, 1, data), 0);
      return fd;
    });
    assert.deepEqual([2, 2, 2, 1, 1, 1].map((max) => wait(m, ep, max).join(' ')), ['1:1 2:1', '3:1 1:1', '2:1 3:1', '1:1', '2:1', '3:1']);
    const dup = m.do('dup', fds[0] ?? 0);
    m.do('close', fds[0] ?? 0);
    assert.equal(wait(m, ep).length, 3);
    m.do('close', dup);
    assert.deepEqual(wait(m, ep), ['2:1', '3:1']);
  });

  it('waits, and is woken by any of its files', () => {
    const m = start();
    const ep = Number(m.do('epoll_create1', 0));
    const [r, w] = pair(m, 'pipe');
    assert.equal(control(m, ep, 1, r, 1, 9), 0);
    const child = m.fork();
    const at = m.room(12);
    assert.equal(m.do('epoll_wait', ep, at, 1, -1), 'blocked');
    m.call(child, 'write', w, m.text('x'), 1);
    assert.deepEqual(m.resume(m.me), { what: 'value', value: 1 });
    m.do('read', r, m.room(1), 1);
    assert.equal(m.do('epoll_wait', ep, at, 1, 10), 'blocked');
    pass(m, 10n * MSEC);
    assert.deepEqual(m.resume(m.me), { what: 'value', value: 0 });
  });
});
