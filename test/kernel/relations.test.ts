import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadNative } from '../../helper/kernel/native.ts';
import type { Facts } from '../../helper/namespaces/resolver.ts';
import { Resolver } from '../../helper/namespaces/resolver.ts';
import { type Errno, NS_TYPES, type NsType } from '../../helper/protocol.ts';
import { ask, factsOf, inodeOf, knowsOurs, openNamespaces } from './relations-ask.ts';
import { exposeRepository } from './scan.ts';
import type { Actor } from './world/actor.ts';
import { World } from './world/world.ts';

/** What the kernel says of namespaces, against who made them. */
describe('relations and contents of namespaces', function () {
  this.timeout(30_000);
  const native = loadNative();
  if (typeof native === 'string') throw new Error(`these tests need the native part: ${native}`);
  const resolver = new Resolver(native);
  const resolve = (pid: number, type: NsType, member: number | null = pid): Facts[] => {
    const resolved = resolver.resolve(`/proc/${pid}/ns/${type}`, type, member, knowsOurs);
    if (typeof resolved === 'string') throw new Error(resolved);
    return resolved.facts;
  };
  const host = inodeOf('self', 'user');
  let world: World;
  beforeEach(async () => { world = await World.start(); });
  afterEach(async () => {
    await world.end();
    assert.deepEqual(openNamespaces(), [], 'descriptors were left open');
    assert.deepEqual([inodeOf('self', 'uts'), inodeOf('self', 'net')], [inodeOf(process.ppid, 'uts'), inodeOf(process.ppid, 'net')], 'a visit did not come back');
  });

  for (const type of NS_TYPES) {
    it(`${type}: owner, parent, id`, async () => {
      const maker = await world.root.spawn(type);
      const inode = (await maker.links()).ns[type];
      const facts = resolve(maker.pid, type);
      assert.equal(facts.length, 1, 'what is known was asked again');
      const { owner, parent, ownerUid, id, unread } = facts[0]!;
      assert.equal(facts[0]!.inode, inode);
      assert.equal(owner, host);
      assert.equal(parent, type === 'user' || type === 'pid' ? inodeOf('self', type) : null);
      assert.equal(unread.parent, type === 'user' || type === 'pid' ? undefined : 'EINVAL');
      assert.equal(ownerUid, type === 'user' ? 0 : null);
      if (id === null) assert.equal(unread.id, 'ENOTTY'); // a kernel before 6.18
      else assert.match(id, /^[1-9]\d*$/);
    });
  }

  it('two namespaces one after the other have different ids, even if they got the same inode', async () => {
    const seen = new Set<string>();
    for (let i = 0; i < 10; i++) {
      const maker = await world.root.spawn('uts');
      const { id, unread } = resolve(maker.pid, 'uts')[0]!;
      seen.add(id ?? `${unread.id} ${i}`);
      await world.root.kill(maker);
    }
    assert.equal(seen.size, 10);
  });

  it('finds owners that have no process', async () => {
    const maker = await world.root.spawn('user', 'net', 'ipc');
    const { user, net } = (await maker.links()).ns;
    const visitor = await world.root.spawn();
    await visitor.join(maker.pid, 'net');
    await world.root.kill(maker);
    const facts = resolve(visitor.pid, 'net');
    assert.deepEqual(facts.map(({ type, inode, owner }) => [type, inode, owner]), [['net', net, user], ['user', user, host]]);
    assert.equal(facts[1]!.unread.uidMap, 'ESRCH');
  });

  it('climbs through user namespaces without processes', async () => {
    const chain = [world.root];
    for (let i = 0; i < 5; i++) chain.push(await chain[i]!.spawn('user'));
    const inodes = await Promise.all(chain.map(async (actor) => (await actor.links()).ns.user));
    for (let i = 4; i > 0; i--) await chain[i - 1]!.kill(chain[i]!);
    const facts = resolve(chain[5]!.pid, 'user');
    assert.equal(facts.length, 5);
    for (let i = 5; i > 0; i--) assert.equal(factsOf(facts, 'user', inodes[i]!).parent, inodes[i - 1]);
  });

  it('climbs through pid namespaces without processes, and to their owners', async () => {
    const user = await world.root.spawn('user');
    const outer = await user.spawn('pid'), inner = await outer.spawn('pid');
    const inodes = { user: (await user.links()).ns.user, outer: (await outer.links()).ns.pid, inner: (await inner.links()).ns.pid };
    const holder = await world.root.spawn();
    const fd = await holder.hold(inner.pid, 'pid');
    await user.kill(outer); // takes the inner one with it
    await world.root.kill(user);
    const resolved = resolver.resolve(`/proc/${holder.pid}/fd/${fd}`, 'pid', null, knowsOurs);
    assert.ok(typeof resolved !== 'string');
    assert.equal(factsOf(resolved.facts, 'pid', inodes.inner).parent, inodes.outer);
    assert.equal(factsOf(resolved.facts, 'pid', inodes.inner).owner, inodes.user);
    assert.equal(factsOf(resolved.facts, 'pid', inodes.outer).parent, inodeOf('self', 'pid'));
    assert.equal(factsOf(resolved.facts, 'user', inodes.user).parent, host);
    assert.equal(resolved.facts.length, 3);
  });

  it('tells the uid of a user namespace\'s creator, and its maps', async () => {
    const actor = await world.root.spawn();
    await actor.become(4321);
    const inner = await actor.spawn('user');
    const [facts] = resolve(inner.pid, 'user');
    assert.equal(facts!.ownerUid, 4321);
    assert.deepEqual(facts!.contents.uidMap, [{ inside: 0, outside: 4321, count: 1 }]);
    assert.deepEqual(facts!.contents.gidMap, [{ inside: 0, outside: 4321, count: 1 }]);
    assert.equal(facts!.contents.setgroups, fs.readFileSync(`/proc/${inner.pid}/setgroups`, 'latin1').trim());
  });

  it('does not take another process\'s maps for those of the namespace (pids are reused)', async () => {
    const actor = await world.root.spawn('user');
    const [facts] = resolve(actor.pid, 'user', world.root.pid);
    assert.deepEqual(facts!.contents, {});
    assert.equal(facts!.unread.uidMap, 'ESRCH');
  });

  it('reads the names of a uts namespace without a process, and comes back', async () => {
    const maker = await world.root.spawn('uts');
    await maker.setHostname('blue.example');
    const holder = await world.root.spawn();
    const fd = await holder.hold(maker.pid, 'uts');
    await world.root.kill(maker);
    const before = os.hostname();
    const resolved = resolver.resolve(`/proc/${holder.pid}/fd/${fd}`, 'uts', null, knowsOurs);
    assert.ok(typeof resolved !== 'string');
    assert.equal(resolved.facts[0]!.contents.hostname, 'blue.example');
    assert.equal(resolved.facts[0]!.contents.domainname, fs.readFileSync('/proc/sys/kernel/domainname', 'utf8').trimEnd());
    assert.equal(os.hostname(), before);
  });

  it('reads the own host name without going anywhere', () => {
    assert.equal(resolve(process.pid, 'uts')[0]!.contents.hostname, os.hostname());
    assert.equal(factsOfResolved(new Resolver('ENOKOFFI'), process.pid, 'uts').contents.hostname, os.hostname());
  });

  it('a host name may hold any bytes', async () => {
    const maker = await world.root.spawn('uts');
    await maker.setHostname('\u001b[31m<b>\u202e é\n');
    assert.equal(resolve(maker.pid, 'uts')[0]!.contents.hostname, '\u001b[31m<b>\u202e é\n');
  });

  it('reads the clocks of a time namespace through the process whose children they are for', async () => {
    const actor = await world.root.spawn();
    await actor.unshare('time');
    fs.writeFileSync(`/proc/${actor.pid}/timens_offsets`, 'monotonic 86400 5\nboottime -1 0\n');
    const inside = await actor.spawn();
    const { ns } = await inside.links();
    assert.deepEqual(resolve(inside.pid, 'time')[0]!.contents, { monotonicOffset: '86400000000005', boottimeOffset: '-1000000000' });
    // the actor's own clocks are the host's, whatever its file says
    const [own] = resolve(actor.pid, 'time', actor.pid);
    assert.notEqual(own!.inode, ns.time);
    assert.deepEqual(own!.contents, {});
    assert.equal(own!.unread.monotonicOffset, 'ESRCH');
  });

  it('refuses a path of another kind, of no namespace, or of nothing', () => {
    assert.equal(resolver.resolve('/proc/self/ns/net', 'uts', null, knowsOurs), 'EINVAL');
    assert.equal(resolver.resolve('/proc/self/status', 'uts', null, knowsOurs), 'EINVAL');
    assert.equal(resolver.resolve('/proc/self/ns/none', 'uts', null, knowsOurs), 'ENOENT');
    assert.equal(resolver.resolve('/nowhere/\xff', 'uts', null, knowsOurs), 'ENOENT');
  });

  it('does not open what took a namespace\'s place: a FIFO would block it for ever', () => {
    const fifo = path.join(world.directory, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const link = path.join(world.directory, 'link');
    fs.symlinkSync('/proc/self/ns/net', link);
    for (const each of [resolver, new Resolver('ENOKOFFI')]) {
      assert.equal(each.resolve(fifo, 'net', null, knowsOurs), 'EINVAL');
      assert.equal(each.resolve(world.directory, 'net', null, knowsOurs), 'EINVAL');
      assert.equal(each.resolve('/dev/null', 'net', null, knowsOurs), 'EINVAL');
      const linked = each.resolve(link, 'net', null, knowsOurs);
      assert.ok(typeof linked !== 'string' && linked.facts[0]!.inode === inodeOf('self', 'net'));
    }
  });

  it('without koffi nothing is guessed', async () => {
    const maker = await world.root.spawn('user', 'uts');
    const facts = factsOfResolved(new Resolver('ENOKOFFI'), maker.pid, 'uts');
    assert.deepEqual([facts.inode, facts.owner, facts.id, facts.contents], [(await maker.links()).ns.uts, null, null, {}]);
    assert.deepEqual(facts.unread, { owner: 'ENOKOFFI', id: 'ENOKOFFI', parent: 'EINVAL', ownerUid: 'EINVAL', hostname: 'ENOKOFFI', domainname: 'ENOKOFFI' });
    const user = factsOfResolved(new Resolver('ENOKOFFI'), maker.pid, 'user');
    assert.equal(user.unread.parent, 'ENOKOFFI');
    assert.equal(user.contents.uidMap?.length, 1, 'what takes no koffi is read');
  });

  describe('as another user', () => {
    let viewpoint: { actor: Actor; uid: number; repository: string };
    beforeEach(async () => {
      const actor = await world.root.spawn('mnt');
      await actor.makeMountsPrivate();
      viewpoint = { actor, uid: 65534, repository: exposeRepository(actor) };
    });

    it('says for each thing why it is not told', async () => {
      const foreign = await world.root.spawn('uts');
      assert.equal(ask<Errno>({ ask: 'resolve', path: `/proc/${foreign.pid}/ns/uts`, type: 'uts', member: foreign.pid }, viewpoint).result, 'EACCES');
      const own = await world.root.spawn('uts');
      await own.become(65534);
      const { result, uts } = ask<{ facts: Facts[] }>({ ask: 'resolve', path: `/proc/${own.pid}/ns/uts`, type: 'uts', member: own.pid }, viewpoint);
      const facts = factsOf(result.facts, 'uts', (await own.links()).ns.uts);
      assert.equal(facts.owner, host);
      assert.equal(facts.unread.hostname, 'EPERM');
      assert.equal(uts, inodeOf('self', 'uts'));
    });

    it('features that take root say EPERM, the others work', () => {
      const { result } = ask<Record<string, true | Errno>>({ ask: 'features' }, viewpoint);
      assert.equal(result['koffi'], true);
      assert.equal(result['nsGetUserns'], true);
      assert.notEqual(result['nsMntGetNext'], true);
    });

    it('its own user namespaces are told, as their creator', async () => {
      const own = await world.root.spawn();
      await own.become(65534);
      const inner = await own.spawn('user', 'uts');
      const { result } = ask<{ facts: Facts[] }>({ ask: 'resolve', path: `/proc/${inner.pid}/ns/uts`, type: 'uts', member: inner.pid }, viewpoint);
      const { user } = (await inner.links()).ns;
      assert.equal(factsOf(result.facts, 'uts', (await inner.links()).ns.uts).owner, user);
      assert.equal(factsOf(result.facts, 'user', user).ownerUid, 65534);
    });
  });

  it('does not go where it could not come back from: root of a user namespace whose uts namespace belongs to the host', async () => {
    const actor = await world.root.spawn('user');
    const inner = await actor.spawn('uts');
    const { result, uts } = ask<{ facts: Facts[] }>({ ask: 'resolve', path: `/proc/${inner.pid}/ns/uts`, type: 'uts', member: inner.pid }, { actor, types: ['user'] });
    const facts = factsOf(result.facts, 'uts', (await inner.links()).ns.uts);
    assert.equal(facts.unread.hostname, 'EPERM');
    assert.equal(facts.owner, (await actor.links()).ns.user);
    assert.equal(uts, inodeOf('self', 'uts'));
    // and above itself nothing is told
    assert.deepEqual([factsOf(result.facts, 'user', facts.owner).parent, factsOf(result.facts, 'user', facts.owner).unread.parent], [null, 'EPERM']);
  });
});

function factsOfResolved(resolver: Resolver, pid: number, type: NsType): Facts {
  const resolved = resolver.resolve(`/proc/${pid}/ns/${type}`, type, pid, knowsOurs);
  if (typeof resolved === 'string') throw new Error(resolved);
  return resolved.facts[0]!;
}
