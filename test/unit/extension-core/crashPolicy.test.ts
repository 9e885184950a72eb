import assert from 'node:assert/strict';
import { CrashPolicy } from '../../../extension/host/crashPolicy.ts';

describe('when a crashed helper is started again', () => {
  it('waits twice as long each time, and gives up at the fourth crash within two minutes', () => {
    const policy = new CrashPolicy();
    assert.deepEqual([0, 10, 20, 30].map((s) => policy.crashed(s * 1000, 5000)), [500, 1000, 2000, null]);
  });

  it('waits longer and longer, but never more than 30 s, for one that crashes every minute', () => {
    const policy = new CrashPolicy();
    const waits = Array.from({ length: 9 }, (_, i) => policy.crashed(i * 60_000, 59_000));
    assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('starts at the beginning after a life of two minutes', () => {
    const policy = new CrashPolicy();
    policy.crashed(0, 1000);
    policy.crashed(1000, 500);
    assert.equal(policy.crashed(200_000, 199_000), 500);
  });

  it('forgets what was when a person starts it', () => {
    const policy = new CrashPolicy();
    for (let i = 0; i < 4; i++) policy.crashed(i, 1);
    policy.forget();
    assert.equal(policy.crashed(5, 1), 500);
  });
});
