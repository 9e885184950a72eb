import assert from 'node:assert/strict';
import { assertAgreesWithLsns } from './agreement.ts';
import { exposeRepository, find, nslab } from './scan.ts';
import { procState } from './world/proc.ts';
import type { Actor } from './world/actor.ts';
import { World } from './world/world.ts';

/** Nobody's uid on any machine that the tests run on. */
const OTHER_UID = 64_999;

describe('nslab scan --json and lsns -J', function () {
  this.timeout(120_000);
  let world: World;
  /** In its own mount, user and pid namespaces, with its own /proc. */
  let inner: Actor;
  /** In a private mount namespace where every user can read this repository. */
  let outside: Actor;
  let repository: string;

  before(async () => {
    world = await World.start();
    const { root } = world;
    for (const type of ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'] as const) await root.spawn(type);
    // user namespaces three deep, each owning something, and pid namespaces across them
    let deep = root;
    for (let level = 0; level < 3; level++) {
      deep = await deep.spawn('user', 'pid');
      await deep.spawn('uts', 'ipc');
      await deep.spawn();
    }
    await deep.makeZombie(await deep.spawn('net', 'user'));
    const threaded = await root.spawn();
    await threaded.thread('uts', 'ipc');
    const stopped = await root.spawn('uts');
    process.kill(stopped.pid, 'SIGSTOP');
    await procState(stopped.pid, 'T');
    const childless = await root.spawn();
    await childless.unshare('pid', 'time');

    inner = await root.spawn('user', 'pid', 'mnt');
    await inner.makeMountsPrivate();
    await inner.mount('proc', '/proc');
    const nested = await inner.spawn('user', 'pid');
    await nested.spawn('net', 'uts');
    await inner.spawn('uts');

    outside = await root.spawn('mnt');
    await outside.makeMountsPrivate();
    repository = exposeRepository(outside);
    const other = await root.spawn();
    await other.become(OTHER_UID);
    const theirs = await other.spawn('user', 'pid', 'uts');
    await theirs.spawn('user', 'net');
    await theirs.makeZombie(await theirs.spawn('ipc'));
  });
  after(() => world.end());

  it('agree as root', () => {
    const { compared } = assertAgreesWithLsns({});
    assert.ok(compared >= 8 + 8 + 3 * 4, `only ${compared} namespaces were compared`);
  });

  it('agree as an unprivileged user, who can read little', () => {
    const { compared } = assertAgreesWithLsns({ actor: outside, uid: OTHER_UID, repository });
    // the namespaces that OTHER_UID's own processes are in
    assert.ok(compared >= 8 + 5, `only ${compared} namespaces were compared`);
  });

  it('an unprivileged scan says of every process that it could not read, why', () => {
    const { document } = nslab({ actor: outside, uid: OTHER_UID, repository });
    const readable = new Set(document.namespaces.flatMap((namespace) => namespace.processes));
    const silent = document.processes.filter((process) => !readable.has(process.pid));
    assert.ok(silent.length > 0, 'root\'s processes are not readable for others');
    const explained = new Set(document.unreadable.flatMap((entry) => (entry.what === 'process' && entry.field === 'ns' && entry.reason !== '' ? entry.pids : [])));
    assert.deepEqual(silent.filter((process) => !explained.has(process.pid)), []);
  });

  it('agree inside a user and pid namespace with its own /proc', () => {
    const { compared } = assertAgreesWithLsns({ actor: inner, types: ['user', 'pid', 'mnt'] });
    assert.ok(compared >= 8 + 5, `only ${compared} namespaces were compared`);
  });

  it('agree where /proc hides the processes of others (hidepid=2)', async () => {
    const hiding = await world.root.spawn('mnt');
    await hiding.makeMountsPrivate();
    await hiding.mount('proc', '/proc', 'hidepid=2');
    const there = { actor: hiding, uid: OTHER_UID, repository: exposeRepository(hiding) };
    const { compared } = assertAgreesWithLsns(there);
    assert.ok(compared >= 8 + 5, `only ${compared} namespaces were compared`);
    const { document } = nslab(there);
    const hidden = document.processes.find((process) => process.pid === world.root.pid);
    assert.equal(hidden, undefined, 'a process of root cannot be seen there');
  });

  it('agree as root under hidepid=2 too', async () => {
    const hiding = await world.root.spawn('mnt');
    await hiding.makeMountsPrivate();
    await hiding.mount('proc', '/proc', 'hidepid=2');
    assertAgreesWithLsns({ actor: hiding });
  });

  it('name what each actor says it is in', async () => {
    const { document } = nslab();
    for (const actor of [inner, outside, world.root]) {
      const { ns, pid } = await actor.links();
      for (const type of ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'] as const) {
        assert.ok(find(document, type, ns[type]).processes.includes(pid), `${type} of ${pid}`);
      }
    }
  });
});
