import assert from 'node:assert/strict';
import type { Steps } from '../../../extension/host/slices.ts';
import { Slices } from '../../../extension/host/slices.ts';

/** A clock that stands still until told, and an event loop that turns when asked. */
class HandClock {
  time = 0;
  readonly #later: (() => void)[] = [];
  now(): number { return this.time; }
  later(then: () => void): void { this.#later.push(then); }
  get waits(): boolean { return this.#later.length > 0; }
  /** Turns until nothing waits. */
  run(): void { while (this.#later.length > 0) this.turn(); }
  turn(): void { for (const then of this.#later.splice(0)) then(); }
}

const broken = (error: unknown): void => { throw error; };

describe('work in slices', () => {
  const clock = new HandClock();
  const said: string[] = [];
  function* work(name: string, steps: number, ms: number): Steps {
    for (let i = 0; i < steps; i++) {
      clock.time += ms;
      said.push(`${name}${i}`);
      yield;
    }
  }
  beforeEach(() => { said.length = 0; });

  it('lets the event loop turn when the budget is used, and keeps the order', () => {
    const slices = new Slices(6, clock);
    slices.add(work('a', 5, 2), broken);
    slices.add(work('b', 2, 2), broken);
    assert.deepEqual(said, [], 'nothing is done at once');
    const turns: string[] = [];
    while (clock.waits) {
      clock.turn();
      turns.push(said.splice(0).join(' '));
    }
    assert.deepEqual(turns, ['a0 a1 a2', 'a3 a4 b0', 'b1']);
    assert.equal(slices.longestMs, 6);
  });

  it('tells that a slice has ended before anybody else has a turn', () => {
    const slices = new Slices(6, clock, () => said.push('told'));
    slices.add(work('i', 4, 3), broken);
    clock.run();
    assert.deepEqual(said, ['i0', 'i1', 'told', 'i2', 'i3', 'told', 'told']);
  });

  it('tells what a step throws and goes on with the next work', () => {
    const slices = new Slices(6, clock);
    const failures: unknown[] = [];
    // eslint-disable-next-line require-yield
    slices.add((function* (): Steps { throw new Error('broken'); })(), (error) => failures.push(error));
    slices.add(work('c', 1, 1), broken);
    clock.run();
    assert.match(String(failures), /broken/);
    assert.deepEqual(said, ['c0']);
  });

  it('is settled when all that was added before is done, or was dropped', async () => {
    const slices = new Slices(6, clock);
    slices.add(work('d', 1, 1), broken);
    const settled = slices.settled().then(() => said.push('settled'));
    slices.add(work('e', 1, 1), broken);
    clock.run();
    await settled;
    assert.deepEqual(said, ['d0', 'e0', 'settled']);

    slices.add(work('f', 1, 1), broken);
    const dropped = slices.settled();
    slices.clear();
    await dropped;
    clock.run();
    assert.ok(!said.includes('f0'));
    await slices.settled();
  });

  it('goes on after everything was dropped by a step', () => {
    const slices = new Slices(6, clock);
    slices.add((function* (): Steps { slices.clear(); yield; yield; })(), broken);
    slices.add(work('g', 1, 1), broken);
    clock.run();
    slices.add(work('h', 1, 1), broken);
    clock.run();
    assert.deepEqual(said, ['h0']);
  });
});
