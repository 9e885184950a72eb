import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { NS_TYPES } from '../../helper/protocol.ts';
import { find, lsns, nslab, type ScanDocument, type ScannedNamespace } from './scan.ts';
import { World } from './world/world.ts';

/** What lsns 2.38 does not show: namespaces without processes. Each is held against what the test made. */
describe('namespaces that no process is in', function () {
  this.timeout(30_000);
  let world: World;
  beforeEach(async () => { world = await World.start(); });
  afterEach(() => world.end());

  for (const type of NS_TYPES) {
    it(`${type}: held by an open descriptor`, async () => {
      const maker = await world.root.spawn(type);
      const inode = (await maker.links()).ns[type];
      const holder = await world.root.spawn();
      const fd = await holder.hold(maker.pid, type);
      await world.root.kill(maker);
      const held = find(nslab().document, type, inode);
      assert.deepEqual(held.processes, []);
      assertHolds(held, { kind: 'descriptor', pid: holder.pid, fd });
      assert.equal(lsns().lines.find((line) => line.type === type && line.inode === inode), undefined, 'lsns knows it: this test proves nothing');
      await holder.close(fd);
      assertGone(nslab().document, held);
    });
  }

  it('net: held by a bind mount, as `ip netns add` makes it, in another mount namespace', async () => {
    const elsewhere = await world.root.spawn('mnt');
    await elsewhere.makeMountsPrivate();
    await elsewhere.mount('tmpfs', '/run');
    ip(elsewhere.pid, 'netns', 'add', 'blue');
    const inode = inodeOf(elsewhere.pid, '/run/netns/blue');
    const held = find(nslab().document, 'net', inode);
    assert.deepEqual(held.processes, []);
    const mountNamespace = (await elsewhere.links()).ns.mnt;
    assertHolds(held, { kind: 'bind mount', path: '/run/netns/blue', mountNamespace, pid: elsewhere.pid });
    ip(elsewhere.pid, 'netns', 'delete', 'blue');
    assertGone(nslab().document, held);
  });

  it('the same, seen from within that mount namespace', async () => {
    const elsewhere = await world.root.spawn('mnt');
    await elsewhere.makeMountsPrivate();
    await elsewhere.mount('tmpfs', '/run');
    ip(elsewhere.pid, 'netns', 'add', 'blue');
    const held = find(nslab({ actor: elsewhere }).document, 'net', inodeOf(elsewhere.pid, '/run/netns/blue'));
    assertHolds(held, { kind: 'bind mount', path: '/run/netns/blue' });
  });

  it('a bind mount on a path with spaces, newlines and backslashes', async () => {
    const elsewhere = await world.root.spawn('mnt');
    await elsewhere.makeMountsPrivate();
    const maker = await world.root.spawn('uts');
    const inode = (await maker.links()).ns.uts;
    const where = path.join(world.directory, 'a b\tc\nd\\040e#f é\u202e');
    await elsewhere.bind(maker.pid, 'uts', where);
    await world.root.kill(maker);
    assertHolds(find(nslab().document, 'uts', inode), { kind: 'bind mount', path: where });
  });

  it('a mount namespace that no process is in, and what is mounted in it', async () => {
    const maker = await world.root.spawn('mnt');
    await maker.makeMountsPrivate();
    const net = await world.root.spawn('net');
    const inodes = { mnt: (await maker.links()).ns.mnt, net: (await net.links()).ns.net };
    const where = path.join(world.directory, 'net');
    await maker.bind(net.pid, 'net', where);
    const holder = await world.root.spawn();
    const fd = await holder.hold(maker.pid, 'mnt');
    await world.root.kill(net);
    await world.root.kill(maker);
    const { document } = nslab();
    const mnt = find(document, 'mnt', inodes.mnt);
    assert.deepEqual(mnt.processes, []);
    assertHolds(mnt, { kind: 'descriptor', pid: holder.pid, fd });
    assertHolds(find(document, 'net', inodes.net), { kind: 'bind mount', path: where, mountNamespace: inodes.mnt, pid: null });
    await holder.close(fd);
    assertGone(nslab().document, mnt);
  });

  it('a mount namespace held only by a bind mount of its own file', async () => {
    // only an elder mount namespace may hold a younger one; the kernel tells by their ids, which each CPU takes from a batch of its own
    await world.root.stayOnOneCpu();
    const keeper = await world.root.spawn('mnt');
    await keeper.makeMountsPrivate();
    const maker = await world.root.spawn('mnt');
    const inode = (await maker.links()).ns.mnt;
    const where = path.join(world.directory, 'mnt');
    await keeper.bind(maker.pid, 'mnt', where);
    await world.root.kill(maker);
    const held = find(nslab().document, 'mnt', inode);
    assert.deepEqual(held.processes, []);
    assertHolds(held, { kind: 'bind mount', path: where });
  });

  it('a user namespace that is only the parent of another', async () => {
    const middle = await world.root.spawn('user');
    const inner = await middle.spawn('user');
    const inodes = { middle: (await middle.links()).ns.user, inner: (await inner.links()).ns.user };
    await world.root.kill(middle);
    const { document } = nslab();
    const held = find(document, 'user', inodes.middle);
    assert.deepEqual(held.processes, []);
    assert.equal(find(document, 'user', inodes.inner).parent, inodes.middle);
    assertHolds(held, { kind: 'child', type: 'user', inode: inodes.inner });
    assert.equal(held.parent, (await world.root.links()).ns.user);
  });

  it('three user namespaces of which only the innermost has a process', async () => {
    const outer = await world.root.spawn('user'), middle = await outer.spawn('user'), inner = await middle.spawn('user');
    const chain = [inner, middle, outer, world.root];
    const inodes = await Promise.all(chain.map(async (actor) => (await actor.links()).ns.user));
    await outer.kill(middle);
    await world.root.kill(outer);
    const { document } = nslab();
    for (let i = 0; i < 3; i++) assert.equal(find(document, 'user', inodes[i]!).parent, inodes[i + 1]);
  });

  it('a user namespace that only owns another one', async () => {
    const maker = await world.root.spawn('user', 'net');
    const { user, net } = (await maker.links()).ns;
    const visitor = await world.root.spawn();
    await visitor.join(maker.pid, 'net');
    await world.root.kill(maker);
    const { document } = nslab();
    assert.equal(find(document, 'net', net).owner, user);
    assert.deepEqual(find(document, 'net', net).processes, [visitor.pid]);
    const held = find(document, 'user', user);
    assert.deepEqual(held.processes, []);
    assertHolds(held, { kind: 'owned', type: 'net', inode: net });
  });

  it('namespaces of a single thread', async () => {
    const actor = await world.root.spawn();
    const { tid, ns } = await actor.thread('uts', 'net');
    const { document } = nslab();
    for (const type of ['uts', 'net'] as const) {
      const held = find(document, type, ns[type]);
      assert.deepEqual(held.processes, []);
      assertHolds(held, { kind: 'thread', pid: actor.pid, tid });
    }
    assert.ok(find(document, 'ipc', ns.ipc).processes.includes(actor.pid));
  });

  it('a pid and a time namespace that are only for the children to come', async () => {
    const actor = await world.root.spawn();
    await actor.unshare('pid', 'time');
    const init = await actor.spawn();
    await actor.kill(init);
    const { ns, pid } = await actor.links();
    const { document } = nslab();
    assert.notEqual(ns.pid_for_children, ns.pid);
    for (const type of ['pid', 'time'] as const) {
      const held = find(document, type, ns[`${type}_for_children`]);
      assert.deepEqual(held.processes, []);
      assertHolds(held, { kind: 'for children', pid });
    }
  });

  it('a net namespace held only by a socket of a process that lives in another', async () => {
    const actor = await world.root.spawn();
    await actor.unshare('net');
    const inode = (await actor.links()).ns.net;
    const fd = await actor.socket();
    await actor.join(world.root.pid, 'net');
    const held = find(nslab().document, 'net', inode);
    assert.deepEqual(held.processes, []);
    assertHolds(held, { kind: 'socket', pid: actor.pid, fd });
    await actor.close(fd);
    assertGone(nslab().document, held);
  });

  it('a descriptor of a process in a pid namespace of its own is told with the pid seen from here', async () => {
    const holder = await world.root.spawn('pid');
    const maker = await world.root.spawn('ipc');
    const inode = (await maker.links()).ns.ipc;
    const fd = await holder.hold(maker.pid, 'ipc');
    await world.root.kill(maker);
    assertHolds(find(nslab().document, 'ipc', inode), { kind: 'descriptor', pid: holder.pid, fd });
  });
});

/** One of the holders has these fields (and maybe more). */
function assertHolds(namespace: ScannedNamespace, expected: Readonly<Record<string, unknown>>): void {
  const matching = namespace.heldBy.filter((holder) => Object.entries(expected).every(([key, value]) => holder[key] === value));
  assert.equal(matching.length, 1, `one holder like ${JSON.stringify(expected)} among ${JSON.stringify(namespace.heldBy)}`);
}

/** By its key: another may have got its inode. */
function assertGone(document: ScanDocument, { key }: ScannedNamespace): void {
  assert.equal(document.namespaces.find((namespace) => namespace.key === key), undefined, `${key} is still there`);
}

function ip(pid: number, ...words: string[]): void {
  const { status, stderr } = spawnSync('nsenter', ['-t', String(pid), '-m', 'ip', ...words], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

/** Inode of a file in the mount namespace of a process. */
function inodeOf(pid: number, file: string): number {
  const { status, stdout, stderr } = spawnSync('nsenter', ['-t', String(pid), '-m', 'stat', '--format', '%i', file], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return Number(stdout);
}
