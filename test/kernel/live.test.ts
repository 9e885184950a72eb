import assert from 'node:assert/strict';
import fs from 'node:fs';
import { NS_TYPES, typeOfLink, type NsType } from '../../helper/protocol.ts';
import { Client } from './client.ts';
import { diffFromFresh } from './fresh.ts';
import { wordsBefore } from './scan.ts';
import type { Actor } from './world/actor.ts';
import { cpuTicks } from './world/proc.ts';
import { until } from './world/until.ts';
import { World } from './world/world.ts';

/** How soon a change must be in the model, by the issue: milliseconds. */
const SOON = 1_500;

describe('the live model', function () {
  this.timeout(60_000);
  let world: World;
  let client: Client;
  beforeEach(async () => {
    world = await World.start();
    client = await Client.start();
  });
  afterEach(async () => {
    try {
      await client.end();
    } finally {
      await world.end();
    }
    assert.deepEqual(client.faults, []);
    assert.deepEqual(client.log.filter((line) => line.startsWith('error')), []);
    assert.equal(client.stderr.join(''), '');
  });

  const has = (type: NsType, inode: number | null): boolean => client.model.find(type, inode) !== undefined;

  for (const type of NS_TYPES) {
    it(`a new ${type} namespace appears, and goes, within ${SOON} ms at the pace of the extension`, async () => {
      await client.watchFromStart(1_000);
      const actor = await world.root.spawn(type);
      const { ns, pid } = await actor.links();
      await until(`${type} namespace in the model`, () => has(type, ns[type]), SOON);
      assert.deepEqual(client.model.members(client.model.find(type, ns[type])!).map((process) => process.pid), [pid], 'with its process from the start');
      // by its key: the next namespace that anybody makes may get its inode
      const { key } = client.model.find(type, ns[type])!;
      await world.root.kill(actor);
      await until(`${type} namespace gone`, () => !client.model.namespaces.has(key) && !client.model.processes.has(pid), SOON);
    });
  }

  it('a process that moves into a namespace by unshare or setns, without a fork, is seen to', async () => {
    const mover = await world.root.spawn(), target = await world.root.spawn('uts');
    await client.watchFromStart(200);
    await client.request('watch', { visible: true, focusPids: [mover.pid], focusNamespaces: [], intervalMs: 200 });
    await mover.unshare('ipc');
    await mover.join(target.pid, 'uts');
    const { ns } = await mover.links();
    await until('the mover in its new namespaces', () => {
      const process = client.model.processes.get(mover.pid);
      return process?.ns[NS_TYPES.indexOf('ipc')] === ns.ipc && process.ns[NS_TYPES.indexOf('uts')] === ns.uts;
    }, SOON);
  });

  it('a process that moves while nobody looks at it is seen to within the rotation', async () => {
    const mover = await world.root.spawn();
    await client.watchFromStart(100);
    await mover.unshare('ipc');
    const { ns } = await mover.links();
    await until('the mover in its new namespace', () => client.model.processes.get(mover.pid)?.ns[NS_TYPES.indexOf('ipc')] === ns.ipc, 5_000);
  });

  it('a namespace whose last process goes while a descriptor holds it stays', async () => {
    const maker = await world.root.spawn('net');
    const { ns } = await maker.links();
    const holder = await world.root.spawn();
    await client.watchFromStart();
    const fd = await holder.hold(maker.pid, 'net');
    await world.root.kill(maker);
    await client.refresh();
    const held = client.model.find('net', ns.net)!; // the descriptor keeps its inode
    assert.deepEqual(held.heldBy, [{ kind: 'descriptor', pid: holder.pid, fd }]);
    assert.equal(client.model.memberCount(held), 0);
    await holder.close(fd);
    await client.refresh();
    assert.equal(client.model.namespaces.has(held.key), false);
  });

  it('a descriptor is no longer told when the process that had it is gone', async () => {
    const maker = await world.root.spawn('ipc'), holder = await world.root.spawn();
    const inode = (await maker.links()).ns.ipc;
    await holder.hold(maker.pid, 'ipc');
    await client.watchFromStart();
    await client.refresh();
    assert.equal(client.model.find('ipc', inode)?.heldBy.length, 1);
    await world.root.kill(holder);
    await until('no descriptor told', () => client.model.find('ipc', inode)?.heldBy.length === 0, SOON);
  });

  it('the helper keeps no namespace open, also when it is asked to refresh in the middle of a slow scan', async () => {
    await client.watchFromStart(100);
    const { pid } = client.hello!;
    await client.refresh();
    const before = fs.readdirSync(`/proc/${pid}/fd`).length;
    for (let i = 0; i < 100; i++) {
      await client.watch(true, 100 + i); // wakes it, so that it goes on with what it was doing
      await client.refresh();
    }
    assert.ok(fs.readdirSync(`/proc/${pid}/fd`).length <= before, `${fs.readdirSync(`/proc/${pid}/fd`).length} descriptors instead of ${before}`);
    await client.watch(false);
    await until('no namespace is open', () => !openNamespaces(pid));
  });

  it('after much coming and going the model is what a fresh scan finds', async () => {
    await client.watchFromStart(100);
    const random = mulberry(20_250_731);
    const alive: Actor[] = [world.root];
    for (let round = 0; round < 150; round++) {
      const who = alive[Math.floor(random() * alive.length)]!;
      if (random() < 0.6) alive.push(await who.spawn(...NS_TYPES.filter((type) => type !== 'pid' && random() < 0.25)));
      else if (who.parent && alive.includes(who.parent)) {
        await who.parent.kill(who);
        alive.splice(alive.indexOf(who), 1);
      } else if (random() < 0.5) await who.unshare('uts');
      else await who.thread('ipc');
    }
    assert.ok(alive.length > 10);
    await client.refresh();
    assert.deepEqual(await diffFromFresh(client, alive.map((actor) => actor.pid)), []);
  });

  it('a fork storm while scanning costs no error and no message', async () => {
    await client.watchFromStart(100);
    const storms = await Promise.all(Array.from({ length: 4 }, () => world.root.spawn()));
    const started = performance.now();
    const deltas = client.deltas;
    let forks = 0;
    while (performance.now() - started < 4_000) {
      await Promise.all(storms.map((storm) => storm.storm(50)));
      await client.refresh();
      forks += 200;
    }
    assert.ok(forks > 1_000, `${forks} processes came and went`);
    assert.ok(client.deltas > deltas);
    assert.equal(client.snapshots, 1, 'deltas, never the whole again');
    await client.refresh();
    assert.deepEqual(await diffFromFresh(client, storms.map((storm) => storm.pid)), []);
  });

  it('a pid that is used again is another process', async () => {
    const init = await world.root.spawn('pid', 'mnt');
    await init.makeMountsPrivate();
    await init.mount('proc', '/proc');
    const inside = await Client.start(wordsBefore({ actor: init, types: ['pid', 'mnt'] }));
    try {
      await init.setNextPid(5_000);
      const first = await init.spawn('uts');
      await inside.watchFromStart(100);
      const before = inside.model.processes.get(5_000)!;
      assert.equal(before.ns[NS_TYPES.indexOf('uts')], (await first.links()).ns.uts);
      const first5000 = inside.model.namespaceOf(before, 'uts')!.key;
      // a start time is told in clock ticks: within one tick two processes cannot be told apart by it
      await until('the next clock tick', () => uptimeTicks() > Number(before.start) + 1);
      await init.kill(first);
      await init.setNextPid(5_000);
      const second = await init.spawn('ipc');
      const { ns } = await second.links();
      const after = await until('the second process 5000', () => {
        const process = inside.model.processes.get(5_000);
        return process && process.start !== before.start && process;
      }, SOON);
      assert.equal(after.ns[NS_TYPES.indexOf('ipc')], ns.ipc);
      assert.equal(inside.model.namespaces.has(first5000), false, 'the namespace of the first');
      assert.deepEqual(inside.model.members({ type: 'ipc', inode: ns.ipc! }).map((process) => process.pid), [5_000]);
    } finally {
      await inside.end();
    }
    assert.deepEqual(inside.faults, []);
  });

  it('hidden, the helper uses no CPU and sends nothing; shown again, it catches up', async () => {
    await client.watchFromStart(100);
    await client.watch(false, 100);
    await client.watch(false, 100); // what it was about to send has come before the second answer
    const deltas = client.deltas;
    const { pid } = client.hello!;
    const ticks = cpuTicks(pid);
    const actor = await world.root.spawn('uts');
    const { ns } = await actor.links();
    // twenty of the periods in which it would look
    const end = performance.now() + 20 * 100;
    await until('twenty periods', () => performance.now() > end);
    assert.ok(cpuTicks(pid) - ticks <= 1, `${cpuTicks(pid) - ticks} clock ticks of CPU while hidden`);
    assert.equal(client.deltas, deltas);
    assert.equal(has('uts', ns.uts), false);
    await client.watch(true, 1_000);
    await until('what came while hidden', () => has('uts', ns.uts), SOON);
  });

  it('refresh works while hidden', async () => {
    await client.watchFromStart();
    await client.watch(false);
    const actor = await world.root.spawn('uts');
    await client.refresh();
    assert.ok(has('uts', (await actor.links()).ns.uts));
  });

  it('resync sends the same again, whole', async () => {
    const actor = await world.root.spawn('user', 'net');
    await client.watchFromStart();
    await client.request('resync', {});
    await until('a second snapshot', () => client.snapshots === 2);
    const { ns, pid } = await actor.links();
    const process = client.model.processes.get(pid)!;
    for (const [i, link] of (['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts', 'pid_for_children', 'time_for_children'] as const).entries()) {
      assert.equal(process.ns[i], ns[link]);
      assert.ok(has(typeOfLink(link), ns[link]));
    }
  });
});

function openNamespaces(pid: number): boolean {
  return fs.readdirSync(`/proc/${pid}/fd`).some((fd) => {
    try {
      return /^(?:cgroup|ipc|mnt|net|pid|time|user|uts):\[/.test(fs.readlinkSync(`/proc/${pid}/fd/${fd}`));
    } catch {
      return false; // closed meanwhile
    }
  });
}

/** Clock ticks since boot, as `Process.start` counts (100 in a second on every Linux that node runs on). */
function uptimeTicks(): number { return Number(process.hrtime.bigint() / 10_000_000n); }

/** A small generator of pseudo-random numbers from 0 to 1 with a seed, so that a failure can be repeated. */
function mulberry(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
