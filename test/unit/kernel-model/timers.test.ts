import { strict as assert } from 'node:assert';
import { run_timers } from '../../../simulator/kernel/sleep.ts';
import { Reader, Writer } from '../../../simulator/kernel/uaccess.ts';
import { Program } from './program.ts';

// Errors and numbers were seen on 6.18.
const SIGUSR1 = 10;
const SIGALRM = 14;
const SIGRTMIN = 34;
const SEC = 1_000_000_000n;
const NONBLOCK = 0o4000;

const start = (): Program => new Program({ level: 'off' });
const pass = (m: Program, nanoseconds: bigint): void => {
  m.k.trace.write(m.k.timekeeper, 'monotonic', m.k.timekeeper.monotonic + nanoseconds);
  run_timers(m.k);
};
const two = (m: Program, a: number | bigint, b: number | bigint): number => m.put(new Writer().u64(a).u64(b).done());
const four = (m: Program, ...of: readonly [number, number, number, number]): number => m.put(of.reduce((to, n) => to.u64(n), new Writer()).done());

describe('alarms', () => {
  it('send SIGALRM when their time comes, once or again and again', () => {
    const m = start();
    m.sigaction(m.me, SIGALRM, 0x4000);
    assert.deepEqual([m.do('alarm', 10), m.do('alarm', 5), m.do('alarm', 0)], [0, 10, 5]);
    assert.equal(m.do('alarm', 2), 0);
    assert.equal(m.do('pause'), 'blocked');
    pass(m, 2n * SEC - 1n);
    assert.equal(m.me.interrupted, null);
    pass(m, 1n);
    const step = m.resume(m.me);
    assert.deepEqual(step?.what === 'handler' && [step.signo, step.value], [SIGALRM, -4]);
    assert.equal(m.do('setitimer', 0, four(m, 3, 0, 10, 5), 0), 0);
    pass(m, SEC / 2n);
    const at = m.room(32);
    assert.equal(m.do('getitimer', 0, at), 0);
    assert.deepEqual([m.long(at), m.long(at + 16), m.long(at + 24)], [3, 9, 500_005]);
    pass(m, 13n * SEC);
    assert.equal(m.do('getitimer', 0, at), 0);
    assert.equal(m.long(at + 16), 2, 'it went on by three seconds at a time');
    assert.equal(m.do('alarm', 0), 3, 'rounded');
  });

  it('are the process\'s own, and go with it', () => {
    const m = start();
    m.do('alarm', 100);
    const child = m.fork();
    const at = m.room(32);
    assert.equal(m.call(child, 'getitimer', 0, at), 0);
    assert.equal(m.long(at + 16), 0);
    m.call(child, 'alarm', 1);
    assert.equal(m.call(child, 'exit_group', 0), 'dead');
    pass(m, SEC);
    assert.equal(m.k.timers.size, 1);
    assert.equal(m.do('setitimer', 0, four(m, 0, 0, 0, 1_000_000), 0), 'EINVAL');
    assert.equal(m.do('setitimer', 3, four(m, 0, 0, 0, 0), 0), 'EINVAL');
    assert.equal(m.do('setitimer', 0, 8, 0), 'EFAULT');
  });
});

describe('sleeping', () => {
  it('ends when the time is over, or by a handler, and then tells what is left', () => {
    const m = start();
    const rest = two(m, 7, 7);
    assert.equal(m.do('nanosleep', two(m, 2, 0), rest), 'blocked');
    pass(m, 2n * SEC);
    assert.deepEqual(m.resume(m.me), { what: 'value', value: 0 });
    assert.equal(m.long(rest), 7);
    m.sigaction(m.me, SIGUSR1, 0x4000, 0x10000000);
    const child = m.fork();
    assert.equal(m.do('nanosleep', two(m, 2, 0), rest), 'blocked');
    pass(m, SEC / 4n);
    m.call(child, 'kill', m.nr(m.me), SIGUSR1);
    const step = m.resume(m.me);
    assert.equal(step?.what === 'handler' && step.value, -4);
    assert.deepEqual([m.long(rest), m.long(rest + 8)], [1, 750_000_000]);
  });

  it('refuses what is no time and no clock', () => {
    const m = start();
    assert.equal(m.do('nanosleep', two(m, (1n << 64n) - 1n, 0), 0), 'EINVAL');
    assert.equal(m.do('nanosleep', two(m, 0, SEC), 0), 'EINVAL');
    assert.equal(m.do('nanosleep', 8, 0), 'EFAULT');
    assert.equal(m.do('nanosleep', two(m, 0, 0), 0), 0);
    assert.equal(m.do('clock_nanosleep', 99, 0, two(m, 0, 0), 0), 'EINVAL');
    assert.equal(m.do('clock_nanosleep', 4, 0, two(m, 0, 0), 0), 'EOPNOTSUPP');
    assert.equal(m.do('clock_nanosleep', 1, 0, 8, 0), 'EFAULT');
    assert.equal(m.do('clock_nanosleep', 1, 1, two(m, 0, 1), 0), 0, 'long ago');
  });
});

describe('timers of timer_create', () => {
  it('send a signal with a value, and count how often they could not', () => {
    const m = start();
    const id = m.room(4);
    const event = m.put(new Writer().u64(4711).u32(SIGUSR1).u32(0).zeros(48).done());
    assert.equal(m.do('timer_create', 1, event, id), 0);
    const nr = m.int(id);
    m.sigmask(m.me, 0, SIGUSR1);
    assert.equal(m.do('timer_settime', nr, 0, four(m, 1, 0, 1, 0), 0), 0);
    pass(m, SEC);
    pass(m, 2n * SEC);
    const info = m.room(128);
    assert.equal(m.do('rt_sigtimedwait', m.put(new Writer().u64(1n << 9n).done()), info, two(m, 0, 0), 8), SIGUSR1);
    assert.deepEqual([m.int(info), m.int(info + 8), m.long(info + 24)], [SIGUSR1, -2, 4711]);
    assert.equal(m.do('timer_getoverrun', nr), 2);
    assert.equal(m.do('timer_delete', nr), 0);
    assert.equal(m.do('timer_delete', nr), 'EINVAL');
    assert.equal(m.do('timer_create', 77, 0, id), 'EINVAL');
    assert.equal(m.k.timers.size, 0);
  });
});

describe('descriptors for counters, timers and signals', () => {
  const buffer = (m: Program, value: bigint): number => m.put(new Writer().u64(value).done());
  const big = (m: Program, at: number): bigint => new Reader(m.bytes(at, 8)).big();

  it('eventfd counts', () => {
    const m = start();
    assert.equal(m.do('eventfd2', 0, 2), 'EINVAL');
    const fd = m.do('eventfd2', 3, NONBLOCK);
    assert.equal(m.do('write', fd, buffer(m, 0xfffffffffffffffan), 8), 8);
    assert.equal(m.do('write', fd, buffer(m, 10n), 8), 'EAGAIN');
    assert.equal(m.do('write', fd, buffer(m, (1n << 64n) - 1n), 8), 'EINVAL');
    assert.deepEqual([m.do('read', fd, m.room(8), 4), m.do('write', fd, m.room(8), 4)], ['EINVAL', 'EINVAL']);
    const at = m.room(8);
    assert.equal(m.do('read', fd, at, 8), 8);
    assert.equal(big(m, at), 0xfffffffffffffffdn);
    assert.equal(m.do('read', fd, at, 8), 'EAGAIN');
    const semaphore = m.do('eventfd2', 2, NONBLOCK | 1);
    assert.deepEqual([1, 2, 3].map(() => m.do('read', semaphore, at, 8)), [8, 8, 'EAGAIN']);
    assert.equal(big(m, at), 1n);
    const waits = m.do('eventfd2', 0, 0);
    const child = m.fork();
    assert.equal(m.do('read', waits, at, 8), 'blocked');
    assert.equal(m.call(child, 'write', waits, buffer(m, 5n), 8), 8);
    assert.deepEqual(m.resume(m.me), { what: 'value', value: 8 });
  });

  it('timerfd tells how often it expired', () => {
    const m = start();
    assert.deepEqual([m.do('timerfd_create', 5, 0), m.do('timerfd_create', 1, 1)], ['EINVAL', 'EINVAL']);
    const fd = m.do('timerfd_create', 1, NONBLOCK);
    const at = m.room(8);
    assert.equal(m.do('read', fd, at, 8), 'EAGAIN');
    assert.equal(m.do('timerfd_settime', fd, 0, four(m, 0, 1_000_000, 0, 1_000_000), 0), 0);
    pass(m, 5_500_000n);
    assert.equal(m.do('read', fd, at, 8), 8);
    assert.equal(big(m, at), 5n);
    assert.deepEqual([m.do('read', fd, at, 4), m.do('write', fd, at, 8)], ['EINVAL', 'EINVAL']);
    assert.equal(m.do('timerfd_settime', fd, 8, four(m, 0, 0, 1, 0), 0), 'EINVAL');
    assert.equal(m.do('timerfd_settime', fd, 0, four(m, 0, 0, 0, 2_000_000_000), 0), 'EINVAL');
    assert.equal(m.do('timerfd_settime', m.do('eventfd', 0), 0, four(m, 0, 0, 1, 0), 0), 'EINVAL');
    const spec = m.room(32);
    assert.equal(m.do('timerfd_gettime', fd, spec), 0);
    assert.deepEqual([m.long(spec + 8), m.long(spec + 24)], [1_000_000, 500_000]);
    m.do('close', fd);
    assert.equal(m.k.timers.size, 0);
  });

  it('signalfd reads signals that are blocked', () => {
    const m = start();
    m.sigmask(m.me, 0, SIGUSR1);
    const mask = buffer(m, 1n << 9n);
    const fd = m.do('signalfd4', -1, mask, 8, NONBLOCK);
    const at = m.room(256);
    assert.equal(m.do('read', fd, at, 128), 'EAGAIN');
    assert.equal(m.do('kill', m.nr(m.me), SIGUSR1), 0);
    assert.equal(m.do('read', fd, at, 100), 'EINVAL');
    assert.equal(m.do('read', fd, at, 256), 128);
    assert.deepEqual([m.int(at), m.int(at + 8), m.int(at + 12), m.int(at + 16)], [SIGUSR1, 0, m.nr(m.me), 0]);
    assert.deepEqual([m.do('signalfd4', -1, mask, 4, 0), m.do('signalfd4', 99, mask, 8, 0), m.do('signalfd4', m.do('eventfd', 0), mask, 8, 0), m.do('signalfd4', -1, mask, 8, 1)],
      ['EINVAL', 'EBADF', 'EINVAL', 'EINVAL']);
    const waits = m.do('signalfd4', -1, mask, 8, 0);
    const child = m.fork();
    assert.equal(m.do('read', waits, at, 128), 'blocked');
    m.call(child, 'kill', m.nr(m.me), SIGUSR1);
    assert.deepEqual(m.resume(m.me), { what: 'value', value: 128 });
    assert.equal(m.int(at + 12), m.nr(child));
  });
});

describe('real-time signals', () => {
  it('queue in order, and are waited for with their values', () => {
    const m = start();
    m.sigmask(m.me, 0, SIGRTMIN, SIGRTMIN + 1, SIGUSR1);
    const info = (value: number, code = -1): number => m.put(new Writer().u32(0).u32(0).u32(code >>> 0).u32(0).u32(0).u32(0).u64(value).zeros(96).done());
    for (const [sig, value] of [[SIGRTMIN + 1, 1], [SIGRTMIN, 2], [SIGRTMIN, 3], [SIGUSR1, 4], [SIGUSR1, 5]] as const) {
      assert.equal(m.do('rt_sigqueueinfo', m.nr(m.me), sig, info(value)), 0);
    }
    const set = m.put(new Writer().u64(1n << 9n | 3n << 33n).done());
    const at = m.room(128);
    const taken = Array.from({ length: 5 }, () => [m.do('rt_sigtimedwait', set, at, two(m, 0, 0), 8), m.long(at + 24)]);
    assert.deepEqual(taken.map(([sig, value]) => (sig === 'EAGAIN' ? sig : `${sig}:${value}`)), ['10:4', '34:2', '34:3', '35:1', 'EAGAIN']);
    const child = m.fork();
    assert.equal(m.call(child, 'rt_sigqueueinfo', m.nr(m.me), SIGRTMIN, info(1, 0)), 'EPERM', 'as if from the kernel');
    assert.equal(m.do('rt_sigtimedwait', set, at, two(m, 1, 0), 8), 'blocked');
    assert.equal(m.call(child, 'rt_sigqueueinfo', m.nr(m.me), SIGRTMIN, info(9)), 0);
    assert.deepEqual(m.resume(m.me), { what: 'value', value: SIGRTMIN });
    assert.equal(m.do('rt_sigtimedwait', set, at, two(m, 1, 0), 8), 'blocked');
    pass(m, SEC);
    assert.deepEqual(m.resume(m.me), { what: 'value', value: -11 });
    m.sigaction(m.me, SIGALRM, 0x4000);
    assert.equal(m.do('rt_sigtimedwait', set, at, 0, 8), 'blocked');
    m.call(child, 'kill', m.nr(m.me), SIGALRM);
    const step = m.resume(m.me);
    assert.deepEqual(step?.what === 'handler' && [step.signo, step.value], [SIGALRM, -4]);
  });
});
