import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import type { HeldRef } from '../../helper/holders/heldRef.ts';
import { findDescriptors } from '../../helper/holders/descriptors.ts';
import { type FoundMounts, findMounts } from '../../helper/holders/mounts.ts';
import type { OpenSockets } from '../../helper/holders/openSockets.ts';
import { type FoundSockets, findSockets, type SocketNets } from '../../helper/holders/sockets.ts';
import { loadNative } from '../../helper/kernel/native.ts';
import { Resolver } from '../../helper/namespaces/resolver.ts';
import { type Errno, type HeldBy, NS_TYPES } from '../../helper/protocol.ts';
import { ask, factsOf, finish, inodeOf, knowsOurs, openNamespaces } from './relations-ask.ts';
import { exposeRepository } from './scan.ts';
import type { Actor } from './world/actor.ts';
import { until } from './world/until.ts';
import { World } from './world/world.ts';

/** Who holds namespaces besides the processes in them, against what the test made. */
describe('holders', function () {
  this.timeout(30_000);
  const native = loadNative();
  if (typeof native === 'string') throw new Error(`these tests need the native part: ${native}`);
  const resolver = new Resolver(native);
  let world: World;
  beforeEach(async () => { world = await World.start(); });
  afterEach(async () => {
    await world.end();
    assert.deepEqual(openNamespaces(), [], 'descriptors were left open');
  });
  /** It can be opened through the path that the holder gives. */
  const opens = ({ open, type, inode }: HeldRef): boolean => {
    const resolved = open === null ? 'ENOENT' : resolver.resolve(open, type, null, knowsOurs);
    return typeof resolved !== 'string' && resolved.facts[0]!.inode === inode;
  };
  const heldBy = (refs: readonly HeldRef[], type: string, inode: number | null): HeldBy[] => refs.filter((ref) => ref.type === type && ref.inode === inode).map(({ held }) => held);
  const own = inodeOf('self', 'mnt');

  describe('descriptors', () => {
    for (const type of NS_TYPES) {
      it(type, async () => {
        const maker = await world.root.spawn(type);
        const inode = (await maker.links()).ns[type];
        const holder = await world.root.spawn();
        const fds = [await holder.hold(maker.pid, type), await holder.hold(maker.pid, type)];
        await world.root.kill(maker);
        const { refs, unread } = finish(findDescriptors([world.root.pid, holder.pid], native));
        assert.deepEqual(refs.map(({ type: t, inode: i, held }) => ({ t, i, held })), fds.map((fd) => ({ t: type, i: inode, held: { kind: 'descriptor', pid: holder.pid, fd } })));
        assert.deepEqual(unread, []);
        assert.ok(refs.every(opens));
      });
    }

    it('of a thread with a table of its own', async () => {
      const maker = await world.root.spawn('ipc');
      const inode = (await maker.links()).ns.ipc;
      const program = path.join(world.directory, 'thread');
      execFileSync('cc', ['-Wall', '-Wextra', '-Werror', '-pthread', '-o', program, path.join(import.meta.dirname, 'holders-thread.c')]);
      const holder = spawn(program, [`/proc/${maker.pid}/ns/ipc`], { stdio: ['pipe', 'pipe', 'inherit'] });
      try {
        const [line] = await once(holder.stdout, 'data') as [Buffer];
        const [tid, fd] = line.toString().trim().split(' ').map(Number);
        const { refs } = finish(findDescriptors([holder.pid!], native));
        assert.deepEqual(heldBy(refs, 'ipc', inode), [{ kind: 'descriptor', pid: holder.pid, fd, tid }]);
        assert.ok(refs.every(opens));
        // without kcmp nobody can tell cheaply; nothing is invented
        assert.deepEqual(finish(findDescriptors([holder.pid!])).refs, []);
      } finally {
        const ended = once(holder, 'exit');
        holder.stdin.end();
        await ended;
      }
    });

    it('pauses after every process, and takes an ended one for no failure', async () => {
      const gone = await world.root.spawn();
      await world.root.kill(gone);
      const zombie = await world.root.spawn();
      await world.root.makeZombie(zombie);
      const { refs, unread, pauses } = finish(findDescriptors([gone.pid, zombie.pid, world.root.pid]));
      assert.deepEqual([refs, unread, pauses], [[], [], 3]);
    });

    it('as another user: EACCES for those of others', async () => {
      const actor = await world.root.spawn('mnt');
      await actor.makeMountsPrivate();
      const foreign = await world.root.spawn();
      const own65534 = await world.root.spawn();
      const fd = await own65534.hold(world.root.pid, 'net');
      await own65534.become(65534);
      const { result } = ask<{ refs: HeldRef[]; unread: [number, Errno][] }>({ ask: 'descriptors', pids: [foreign.pid, own65534.pid] }, { actor, uid: 65534, repository: exposeRepository(actor) });
      assert.deepEqual(result.unread, [[foreign.pid, 'EACCES']]);
      assert.deepEqual(result.refs.map(({ held }) => held), [{ kind: 'descriptor', pid: own65534.pid, fd }]);
    });
  });

  describe('bind mounts', () => {
    const search = (actors: readonly Actor[], inodes: readonly number[], withNative = true): FoundMounts => finish(findMounts(
      [{ inode: own, pid: process.pid }, ...actors.map(({ pid }, i) => ({ inode: inodes[i]!, pid }))], withNative ? native : 'ENOKOFFI', knowsOurs));

    for (const withNative of [true, false]) {
      it(`here, and in the mount namespace of another process, under any name (${withNative ? 'with' : 'without'} koffi)`, async () => {
        const elsewhere = await world.root.spawn('mnt');
        await elsewhere.makeMountsPrivate();
        const mnt = (await elsewhere.links()).ns.mnt!;
        const maker = await world.root.spawn('net');
        const inode = (await maker.links()).ns.net;
        const there = path.join(world.directory, 'a b\tc\nd\\040e#f é');
        await elsewhere.bind(maker.pid, 'net', there);
        const here = path.join(world.directory, 'here');
        await world.root.bind(maker.pid, 'net', here);
        world.willUnmount(here);
        await world.root.kill(maker);
        const { refs } = search([elsewhere], [mnt], withNative);
        const found = refs.filter((ref) => ref.inode === inode);
        assert.deepEqual(heldBy(refs, 'net', inode), [
          { kind: 'bind mount', path: here, mountNamespace: own, pid: process.pid },
          { kind: 'bind mount', path: there, mountNamespace: mnt, pid: elsewhere.pid },
        ]);
        assert.ok(found.every(opens));
      });
    }

    it('under a name that is not UTF-8: shown byte by byte, opened byte by byte', async () => {
      const elsewhere = await world.root.spawn('mnt');
      await elsewhere.makeMountsPrivate();
      const maker = await world.root.spawn('uts');
      const inode = (await maker.links()).ns.uts;
      const name = Buffer.concat([Buffer.from(`${world.directory}/`), Buffer.from([0xff, 0xc3, 0xa9])]);
      await elsewhere.command('bind', maker.pid, 'uts', name.toString('hex'));
      await world.root.kill(maker);
      const { refs } = search([elsewhere], [(await elsewhere.links()).ns.mnt!]);
      const [found] = refs.filter((ref) => ref.inode === inode);
      assert.deepEqual(found!.held, { kind: 'bind mount', path: `${world.directory}/\\xffé`, mountNamespace: (await elsewhere.links()).ns.mnt, pid: elsewhere.pid });
      assert.ok(opens(found!));
    });

    it('in a mount namespace that no process is in, which is found itself with its owner', async () => {
      const maker = await world.root.spawn('user', 'mnt');
      await maker.makeMountsPrivate();
      const net = await world.root.spawn('net');
      const inodes = { ...(await maker.links()).ns, net: (await net.links()).ns.net };
      const where = path.join(world.directory, 'net');
      // from outside: a user namespace's root may not bind a namespace file of the host's
      fs.writeFileSync(where, '');
      execFileSync('nsenter', ['-t', String(maker.pid), '-m', 'mount', '--bind', `/proc/${net.pid}/ns/net`, where]);
      const holder = await world.root.spawn();
      const fd = await holder.hold(maker.pid, 'mnt');
      await world.root.kill(net);
      await world.root.kill(maker);
      const { refs, processless, phase } = search([], []);
      assert.equal(phase, 'complete');
      assert.equal(factsOf(processless, 'mnt', inodes.mnt).owner, inodes.user);
      assert.equal(factsOf(processless, 'user', inodes.user).parent, inodeOf('self', 'user'));
      assert.deepEqual(heldBy(refs, 'net', inodes.net), [{ kind: 'bind mount', path: where, mountNamespace: inodes.mnt, pid: null }]);
      await holder.close(fd);
      // what is given back is freed by a worker of the kernel, a little later
      await until('the mount namespace to be gone', () => search([], []).processless.every(({ inode }) => inode !== inodes.mnt));
    });

    it('outside of the root of the only process inside', async () => {
      const maker = await world.root.spawn('ipc');
      const inode = (await maker.links()).ns.ipc;
      const [root, file] = [path.join(world.directory, 'root'), path.join(world.directory, 'outside')];
      fs.mkdirSync(root);
      fs.writeFileSync(file, '');
      const script = 'mount --make-rprivate / && mount --bind "$1" "$2" && mount --rbind / "$3" && umount "$3$2" && exec chroot "$3" cat';
      const jailed = spawn('unshare', ['--mount', 'sh', '-c', script, 'sh', `/proc/${maker.pid}/ns/ipc`, file, root], { stdio: ['pipe', 'ignore', 'inherit'] });
      try {
        await until('the chroot', () => fs.readFileSync(`/proc/${jailed.pid}/comm`, 'utf8') === 'cat\n');
        await world.root.kill(maker);
        assert.ok(!fs.readFileSync(`/proc/${jailed.pid}/mountinfo`, 'latin1').includes(`ipc:[${inode}]`), 'the process sees it: this test proves nothing');
        const mountNamespace = inodeOf(jailed.pid!, 'mnt');
        const { refs } = finish(findMounts([{ inode: mountNamespace, pid: jailed.pid! }], native, knowsOurs));
        assert.deepEqual(heldBy(refs, 'ipc', inode), [{ kind: 'bind mount', path: file, mountNamespace, pid: null }]);
      } finally {
        const ended = once(jailed, 'exit');
        jailed.stdin.end();
        await ended;
      }
    });

    it('each once, though the process and the kernel both tell', async () => {
      const elsewhere = await world.root.spawn('mnt');
      await elsewhere.makeMountsPrivate();
      const where = path.join(world.directory, 'uts');
      await elsewhere.bind(world.root.pid, 'uts', where);
      const { refs } = search([elsewhere], [(await elsewhere.links()).ns.mnt!]);
      assert.equal(refs.filter(({ held }) => held.kind === 'bind mount' && held.path === where).length, 1);
    });

    it('a mount namespace with a process is not called process-less', async () => {
      const elsewhere = await world.root.spawn('mnt');
      const mnt = (await elsewhere.links()).ns.mnt!;
      assert.equal(search([elsewhere], [mnt]).processless.find(({ inode }) => inode === mnt), undefined);
    });

    it('thousands of mounts, in slices', async () => {
      const elsewhere = await world.root.spawn('mnt');
      await elsewhere.makeMountsPrivate();
      const script = 'mount -t tmpfs t "$1" && : > "$1/f" && mount --bind /proc/$$/ns/uts "$1/f" && mkdir "$1/d" && i=0; while [ $i -lt 11 ]; do mount --rbind "$1" "$1/d" || exit 1; i=$((i+1)); done';
      const base = path.join(world.directory, 'base');
      fs.mkdirSync(base);
      const { status, stderr } = spawnSync('nsenter', ['-t', String(elsewhere.pid), '-m', 'sh', '-c', script, 'sh', base], { encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      const mnt = (await elsewhere.links()).ns.mnt!;
      const expected = fs.readFileSync(`/proc/${elsewhere.pid}/mountinfo`, 'latin1').split(' - nsfs ').length - 1;
      const holder = await world.root.spawn();
      await holder.hold(elsewhere.pid, 'mnt');
      await world.root.kill(elsewhere);
      const { refs, pauses } = finish(findMounts([], native, knowsOurs));
      const found = refs.filter(({ held }) => held.kind === 'bind mount' && held.mountNamespace === mnt);
      assert.equal(found.length, expected);
      assert.ok(expected > 1000 && pauses > expected / 128, `${pauses} pauses for ${expected} mounts`);
    });

    it('as another user: what mountinfo tells, and why not more', async () => {
      const actor = await world.root.spawn('mnt');
      await actor.makeMountsPrivate();
      const where = path.join(world.directory, 'net');
      await actor.bind(world.root.pid, 'net', where);
      const mnt = (await actor.links()).ns.mnt!;
      const { result } = ask<FoundMounts>({ ask: 'mounts', mountNamespaces: [{ inode: mnt, pid: actor.pid }] }, { actor, uid: 65534, repository: exposeRepository(actor) });
      assert.notEqual(result.phase, 'complete');
      // mountinfo takes no right; walking through all mount namespaces does
      assert.deepEqual(result.refs.filter(({ open }) => open?.startsWith(world.directory)), [{ type: 'net', inode: inodeOf('self', 'net'), open: where, held: { kind: 'bind mount', path: where, mountNamespace: mnt, pid: actor.pid } }]);
      assert.deepEqual([result.processless, result.unread], [[], []]);
    });
  });

  describe('sockets', () => {
    const search = (actors: readonly Actor[], nets?: SocketNets): FoundSockets => finish(findSockets(actors.map(({ pid }) => ({ pid, net: inodeOf(pid, 'net') })), native, knowsOurs, nets));

    it('of a net namespace that their holder has left', async () => {
      const actor = await world.root.spawn();
      const athome = await actor.socket();
      await actor.unshare('user', 'net');
      const { user, net } = (await actor.links()).ns;
      const fd = await actor.socket();
      // its socket from before is in a namespace that it left, too: the host's
      const { refs, facts } = search([actor]);
      assert.deepEqual(refs.map(({ inode, held }) => [inode, held]), [[inodeOf('self', 'net'), { kind: 'socket', pid: actor.pid, fd: athome }]]);
      assert.deepEqual(facts, []);
      const keeper = await world.root.spawn();
      await keeper.join(actor.pid, 'net');
      const kept = await keeper.socket();
      await keeper.join(world.root.pid, 'net');
      await actor.close(fd);
      await world.root.kill(actor);
      const after = search([keeper]);
      assert.deepEqual(after.refs, [{ type: 'net', inode: net, open: null, held: { kind: 'socket', pid: keeper.pid, fd: kept } }]);
      assert.deepEqual(after.facts.map(({ type, inode, owner }) => [type, inode, owner]), [['net', net, user], ['user', user, inodeOf('self', 'user')]]);
      await keeper.close(kept);
      assert.deepEqual(search([keeper]).refs, []);
    });

    it('asks each socket once, and again when the namespace was forgotten', async () => {
      const actor = await world.root.spawn();
      await actor.unshare('net');
      const { net } = (await actor.links()).ns;
      await actor.socket();
      await actor.join(world.root.pid, 'net');
      const nets: SocketNets = new Map();
      assert.equal(search([actor], nets).facts[0]!.inode, net);
      assert.equal(nets.size, 1);
      const known = finish(findSockets([{ pid: actor.pid, net: null }], native, () => true, nets));
      assert.deepEqual([known.refs.length, known.facts.length], [1, 0]);
      assert.equal(search([actor], nets).facts[0]!.inode, net, 'it is not told again');
      await world.root.kill(actor);
      search([], nets);
      assert.equal(nets.size, 0, 'a closed socket is remembered');
    });

    it('takes the sockets that the search for descriptors met, and finds the same; a descriptor that is another file by now is no holder', async () => {
      const actor = await world.root.spawn();
      await actor.unshare('net');
      const fds = [await actor.socket(), await actor.socket()];
      await actor.join(world.root.pid, 'net');
      const tables: OpenSockets = new Map();
      finish(findDescriptors([actor.pid], native, tables));
      assert.deepEqual(tables.get(actor.pid)?.map(({ fd }) => fd), fds);
      await actor.close(fds[0]!);
      assert.equal(await actor.hold(world.root.pid, 'uts'), fds[0], 'the number was not used again: this test proves nothing');
      const { refs } = finish(findSockets([{ pid: actor.pid, net: null }], native, knowsOurs, new Map(), tables));
      assert.deepEqual(refs.map(({ held }) => held), [{ kind: 'socket', pid: actor.pid, fd: fds[1] }]);
      assert.equal(tables.size, 0);
    });

    it('closes what it has open when it is abandoned half-way', async () => {
      const actor = await world.root.spawn();
      for (let i = 0; i < 100; i++) await actor.socket();
      const started = findSockets([{ pid: actor.pid, net: null }], native, () => true);
      assert.equal(started.next().done, false);
      started.return(undefined as never);
      assert.deepEqual(openNamespaces(), []);
    });

    it('without koffi, and as another user: says why', async () => {
      assert.equal(finish(findSockets([{ pid: process.pid, net: null }], 'ENOKOFFI')).phase, 'ENOKOFFI');
      const actor = await world.root.spawn('mnt');
      await actor.makeMountsPrivate();
      const foreign = await world.root.spawn();
      await foreign.socket();
      const own65534 = await world.root.spawn();
      await own65534.socket();
      await own65534.become(65534);
      const { result } = ask<FoundSockets>({ ask: 'sockets', pids: [foreign.pid, own65534.pid] }, { actor, uid: 65534, repository: exposeRepository(actor) });
      // its own socket may be duplicated, but only CAP_NET_ADMIN may ask for its namespace
      assert.deepEqual(result.unread, [[foreign.pid, 'EACCES'], [own65534.pid, 'EPERM']]);
    });
  });
});
