import { strict as assert } from 'node:assert';
import { CLOCK_MONOTONIC, CLOCK_REALTIME, ktime_get } from '../../../simulator/kernel/clock.ts';
import { next_timer, run_timers, sys_clock_nanosleep } from '../../../simulator/kernel/sleep.ts';
import { Processes } from './processes.ts';

describe('sleeping', () => {
  it('lasts until the clock was moved far enough; the shorter one wakes first', () => {
    const p = new Processes();
    const [long, short] = [p.fork(), p.fork()];
    const start = p.k.timekeeper.monotonic;
    assert.equal(p.as(long, (k) => sys_clock_nanosleep(k, CLOCK_MONOTONIC, false, 500n)), 'blocked');
    assert.equal(p.as(short, (k) => sys_clock_nanosleep(k, CLOCK_REALTIME, true, (ktime_get(k, CLOCK_REALTIME) ?? 0n) + 200n)), 'blocked');
    assert.equal(next_timer(p.k), start + 200n);
    p.k.trace.write(p.k.timekeeper, 'monotonic', start + 200n);
    run_timers(p.k);
    assert.deepEqual([long.state, short.state, next_timer(p.k)], ['interruptible', 'running', start + 500n]);
    p.k.trace.write(p.k.timekeeper, 'monotonic', start + 500n);
    run_timers(p.k);
    assert.equal(p.as(long, (k) => sys_clock_nanosleep(k, CLOCK_MONOTONIC, false, 500n, start + 500n)), 0);
    assert.equal(next_timer(p.k), null);
    assert.equal(p.errno(long, (k) => sys_clock_nanosleep(k, 99, false, 1n)), 'EINVAL');
    assert.equal(p.errno(long, (k) => sys_clock_nanosleep(k, CLOCK_MONOTONIC, false, -1n)), 'EINVAL');
  });
});
