import assert from 'node:assert/strict';
import { Follower } from '../../../helper/follow.ts';
import type { Audience } from '../../../helper/follow.ts';
import { HostModel } from '../../../helper/model/model.ts';
import { Scanner } from '../../../helper/scan/scanner.ts';
import { FakeHost } from './fakeHost.ts';

const LOOK = { visible: true, focus: { pids: [], namespaces: [] }, intervalMs: 20, slowScan: true };

/** Waits for a condition; the test's own timeout is the limit. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => { setImmediate(resolve); });
}

describe('Follower', () => {
  let host: FakeHost;
  let follower: Follower;
  let running: Promise<void>;
  let told: string[];
  let model: HostModel;
  /** Messages wait for this before they count as sent. */
  let reader: Promise<void>;

  beforeEach(() => {
    host = new FakeHost();
    host.set({ pid: 1, comm: 'init', ppid: 0 });
    told = [];
    model = new HostModel();
    reader = Promise.resolve();
    const tell = async (what: string, act?: () => void): Promise<void> => {
      told.push(what);
      act?.();
      await reader;
    };
    const audience: Audience = {
      begin: () => tell('begin', () => { model.clear(); }), chunk: (part) => tell('chunk', () => { model.apply(part); }), end: () => tell('end'),
      delta: (part) => tell('delta', () => { model.apply(part); }), log: () => undefined,
    };
    follower = new Follower(new Scanner(host.sources(), { root: host.root }), audience);
    running = follower.run();
  });
  afterEach(async () => {
    follower.stop();
    await running;
    host.dispose();
  });

  it('does nothing while nobody looks', async () => {
    follower.watch({ ...LOOK, visible: false });
    for (let i = 0; i < 50; i++) await new Promise((resolve) => { setImmediate(resolve); });
    assert.deepEqual([told, host.resolved], [[], []]);
  });

  it('shows identities first and details after them, then what changes', async () => {
    follower.watch(LOOK);
    await until(() => told.includes('end'));
    assert.deepEqual(told.slice(0, 3), ['begin', 'chunk', 'end']);
    await until(() => model.processes.get(1)?.cmdline?.[0] === 'init');
    host.set({ pid: 50, ns: { net: 4026532001 } });
    await until(() => model.find('net', 4026532001) !== undefined);
    follower.watch({ ...LOOK, visible: false });
  });

  it('waits with the next tick until the last message was taken', async () => {
    follower.watch(LOOK);
    await until(() => model.processes.get(1)?.cmdline?.[0] === 'init');
    let release = (): void => undefined;
    reader = new Promise((resolve) => { release = resolve; });
    host.set({ pid: 50 });
    await until(() => model.processes.has(50));
    const before = told.length;
    host.set({ pid: 51 });
    await new Promise((resolve) => { setTimeout(resolve, 5 * LOOK.intervalMs); }); // ticks that must not come leave no sign to wait for
    assert.equal(told.length, before);
    release();
    reader = Promise.resolve();
    await until(() => model.processes.has(51));
  });

  it('a refresh before anybody looks is a first scan; it is answered when all was told', async () => {
    const status = await follower.refresh();
    assert.deepEqual([told.slice(0, 3), status.phases.descriptors, status.processes], [['begin', 'chunk', 'end'], 'complete', 1]);
    host.set({ pid: 50 });
    await follower.refresh();
    assert.ok(model.processes.has(50));
    const before = told.length;
    await follower.resync();
    assert.deepEqual(told.slice(before), ['begin', 'chunk', 'end']);
    assert.equal(model.processes.size, 2);
  });

  it('looks for no holders when none are wanted', async () => {
    follower.watch({ ...LOOK, slowScan: false });
    await until(() => told.includes('end'));
    const status = await follower.refresh();
    assert.equal(status.phases.descriptors, 'pending');
  });
});
