import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { readDetails, readListeners } from '../../helper/details/details.ts';
import { loadNative } from '../../helper/kernel/native.ts';
import type { Details, Errno } from '../../helper/protocol.ts';
import { ask, inodeOf, openNamespaces } from './relations-ask.ts';
import { exposeRepository } from './scan.ts';
import type { Actor } from './world/actor.ts';
import { World } from './world/world.ts';

/** What is inside of net, mnt and cgroup namespaces, against what the test put there. */
describe('details', function () {
  this.timeout(30_000);
  const native = loadNative();
  if (typeof native === 'string') throw new Error(`these tests need the native part: ${native}`);
  let world: World;
  let servers: ChildProcess[] = [];
  beforeEach(async () => { world = await World.start(); });
  afterEach(async () => {
    for (const server of servers) await end(server);
    servers = [];
    await world.end();
    assert.deepEqual(openNamespaces(), [], 'descriptors were left open');
    assert.equal(inodeOf('self', 'net'), inodeOf(process.ppid, 'net'), 'a visit did not come back');
  });

  /** A net namespace with two ends of a cable, addresses of both families, routes, and a name that is an alias. */
  const furnish = (pid: number): void => {
    const commands = [
      'link set lo up', 'link add left type veth peer name right', 'link set left up', 'link set right up',
      'addr add 198.51.100.7/24 dev left', 'addr add 203.0.113.9/32 dev left label left:x', 'addr add 198.51.100.8/25 dev right',
      'addr add 2001:db8::1:0:0:5/64 dev left nodad', 'route add default via 198.51.100.1 dev left metric 50', 'route add 192.0.2.0/24 via 198.51.100.2 dev left',
      'route add default via 2001:db8::1 dev left metric 77', 'route add unreachable 2001:db8:dead::/48',
    ];
    execFileSync('nsenter', ['-t', String(pid), '-n', 'ip', '-batch', '-'], { input: `${commands.join('\n')}\n` });
  };
  const isFurnished = ({ net, unread }: Details): void => {
    assert.ok(net);
    const byName = Object.fromEntries(net.interfaces.map(({ name, addresses }) => [name, addresses.filter((address) => !address.startsWith('fe80'))]));
    assert.deepEqual(byName, { lo: ['127.0.0.1/8', '::1/128'], left: ['198.51.100.7/24', '203.0.113.9/32', '2001:db8::1:0:0:5/64'], right: ['198.51.100.8/25'] });
    const routes = net.routes.filter(({ destination }) => !destination.startsWith('fe80')).map(({ destination, gateway, interface: name, metric }) => [destination, gateway, name, metric]);
    assert.deepEqual(routes.sort((a, b) => String(a[0]).localeCompare(String(b[0]))), [
      ['::/0', '2001:db8::1', 'left', 77], ['0.0.0.0/0', '198.51.100.1', 'left', 50], ['192.0.2.0/24', '198.51.100.2', 'left', 0],
      ['198.51.100.0/24', null, 'left', 0], ['198.51.100.0/25', null, 'right', 0], ['2001:db8::/64', null, 'left', 256], ['2001:db8:dead::/48', null, 'lo', 1024],
    ]);
    assert.deepEqual(unread, {});
  };
  /** A server process in the net namespace of `pid`, listening on all these; once it has said so. */
  const serve = async (pid: number): Promise<{ pid: number; ports: Record<string, number> }> => {
    execFileSync('nsenter', ['-t', String(pid), '-n', 'ip', 'link', 'set', 'lo', 'up']);
    const script = `
      const net = require('node:net'), dgram = require('node:dgram'), ports = {};
      const done = (name, port) => { ports[name] = port; if (Object.keys(ports).length === 6) process.stdout.write(JSON.stringify({ pid: process.pid, ports })); };
      for (const [name, host, ipv6Only] of [['tcp', '127.0.0.1'], ['tcp6', '::1', true], ['any', '::', false]]) { const s = net.createServer().listen({ port: 0, host, ipv6Only }, () => done(name, s.address().port)); }
      for (const name of ['udp4', 'udp6']) { const s = dgram.createSocket(name).bind(0, name === 'udp4' ? '127.0.0.1' : '::1', () => done(name, s.address().port)); }
      const connected = dgram.createSocket('udp4'); connected.connect(9, '127.0.0.1', () => done('connected', 9));
      process.stdin.resume().on('end', () => process.exit());`;
    const server = spawn('nsenter', ['-t', String(pid), '-n', process.execPath, '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    servers.push(server);
    const [said] = await Promise.race([once(server.stdout, 'data'), once(server, 'exit')]) as [unknown];
    if (!(said instanceof Buffer)) throw new Error(`the server ended: ${String(said)}`);
    return JSON.parse(said.toString()) as { pid: number; ports: Record<string, number> };
  };
  const allPids = (): number[] => fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);

  it('net: addresses, routes and counters, through a process inside', async () => {
    const actor = await world.root.spawn('net');
    furnish(actor.pid);
    isFurnished(readDetails({ key: 'k', type: 'net', inode: (await actor.links()).ns.net! }, actor.pid, null, native, []));
  });

  it('net: the same of a namespace that only a descriptor holds', async () => {
    const actor = await world.root.spawn('net');
    furnish(actor.pid);
    const inode = (await actor.links()).ns.net!;
    const holder = await world.root.spawn();
    const open = `/proc/${holder.pid}/fd/${await holder.hold(actor.pid, 'net')}`;
    await world.root.kill(actor);
    isFurnished(readDetails({ key: 'k', type: 'net', inode }, null, open, native, []));
    assert.deepEqual(readDetails({ key: 'k', type: 'net', inode }, null, open, 'ENOKOFFI', []).unread, { net: 'ENOKOFFI' });
    assert.deepEqual(readDetails({ key: 'k', type: 'net', inode }, null, null, native, []).unread, { net: 'ESRCH' });
    // a path that leads elsewhere by now is not taken for it
    assert.deepEqual(readDetails({ key: 'k', type: 'net', inode: inode + 1 }, null, open, native, []).unread, { net: 'ESRCH' });
  });

  it('net: without koffi an address whose interface cannot be told is named so, not guessed', async () => {
    const actor = await world.root.spawn('net');
    furnish(actor.pid);
    const { net, unread } = readDetails({ key: 'k', type: 'net', inode: (await actor.links()).ns.net! }, actor.pid, null, 'ENOKOFFI', []);
    const byName = Object.fromEntries(net!.interfaces.map(({ name, addresses }) => [name, addresses.filter((address) => address.includes('.'))]));
    // .7 and .8 lie in networks of both ends, .9 in none
    assert.deepEqual(byName, { lo: ['127.0.0.1/8'], left: [], right: [] });
    assert.deepEqual(unread, Object.fromEntries(['198.51.100.7', '198.51.100.8', '203.0.113.9'].map((address) => [`interface of ${address}`, 'ENOKOFFI'])));
  });

  it('net: listening sockets with who has them open, and nothing that is connected', async () => {
    const actor = await world.root.spawn('net');
    const { pid, ports } = await serve(actor.pid);
    const { ns } = await actor.links();
    const { net, unread } = readDetails({ key: 'k', type: 'net', inode: ns.net! }, actor.pid, null, native, allPids());
    assert.deepEqual(net!.listeners.map(({ protocol, address, port }) => `${protocol} ${address} ${port}`).sort(), [
      `tcp 127.0.0.1 ${ports['tcp']}`, `tcp6 ::1 ${ports['tcp6']}`, `tcp6 :: ${ports['any']}`, `udp 127.0.0.1 ${ports['udp4']}`, `udp6 ::1 ${ports['udp6']}`,
    ].sort());
    const comm = fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd();
    for (const { processes, inode, netNamespace, uid } of net!.listeners) {
      assert.deepEqual(processes.map((each) => [each.pid, each.comm]), [[pid, comm]]);
      assert.equal(fs.readlinkSync(`/proc/${pid}/fd/${processes[0]!.fd}`), `socket:[${inode}]`);
      assert.deepEqual([netNamespace, uid], [ns.net, 0]);
    }
    // even root cannot read every process's descriptors everywhere; all of these sockets have an owner
    assert.deepEqual(unread, {});
  });

  it('"who owns :8080?" looks into every net namespace, with and without processes, each once', async () => {
    const [one, two] = [await world.root.spawn('net'), await world.root.spawn('net')];
    const servers = [await serve(one.pid), await serve(two.pid)];
    const nets = [(await one.links()).ns.net!, (await two.links()).ns.net!];
    const holder = await world.root.spawn();
    const open = `/proc/${holder.pid}/fd/${await holder.hold(two.pid, 'net')}`;
    const gone = await world.root.spawn('net');
    const goneInode = (await gone.links()).ns.net!;
    await world.root.kill(gone);
    const { listeners, unread } = readListeners([
      { inode: nets[0]!, pid: one.pid, open: null }, { inode: nets[0]!, pid: servers[0]!.pid, open: null }, { inode: nets[1]!, pid: null, open }, { inode: goneInode, pid: gone.pid, open: null },
    ], servers.map(({ pid }) => pid), native);
    for (const [i, { pid, ports }] of servers.entries()) {
      const found = listeners.filter(({ netNamespace, protocol, port }) => netNamespace === nets[i] && protocol === 'tcp' && port === ports['tcp']);
      assert.deepEqual(found.map(({ processes }) => processes.map((each) => each.pid)), [[pid]]);
    }
    assert.deepEqual(unread, [{ netNamespace: goneInode, errno: 'ENOENT' }]);
  });

  it('mnt: mounts as a process inside sees them, with their propagation', async () => {
    const actor = await world.root.spawn('mnt');
    await actor.makeMountsPrivate();
    const [shared, slave] = ['sh ared', 'slave'].map((name) => path.join(world.directory, name));
    fs.mkdirSync(shared!);
    fs.mkdirSync(slave!);
    const script = 'mount -t tmpfs -o size=64k "so urce" "$1" && mount --make-shared "$1" && mount --bind "$1" "$2" && mount --make-slave "$2"';
    execFileSync('nsenter', ['-t', String(actor.pid), '-m', 'sh', '-c', script, 'sh', shared!, slave!]);
    const inode = (await actor.links()).ns.mnt!;
    const check = ({ mounts, unread }: Details): void => {
      const at = (point: string) => mounts!.mounts.filter((mount) => mount.point === point);
      assert.equal(at(shared!).length, 1);
      const { fstype, source, propagation, root } = at(shared!)[0]!;
      assert.deepEqual([fstype, source, root], ['tmpfs', 'so urce', '/']);
      assert.match(propagation, /^shared:\d+$/);
      assert.equal(at(slave!)[0]!.propagation, propagation.replace('shared', 'master'));
      assert.deepEqual(at('/').map((mount) => mount.propagation), ['private']);
      assert.equal(mounts!.total, mounts!.mounts.length);
      assert.deepEqual(unread, {});
    };
    const seen = readDetails({ key: 'k', type: 'mnt', inode }, actor.pid, null, native, []);
    check(seen);
    const holder = await world.root.spawn();
    const open = `/proc/${holder.pid}/fd/${await holder.hold(actor.pid, 'mnt')}`;
    await world.root.kill(actor);
    // without a process the kernel tells the same, by the descriptor or by looking for the namespace
    for (const details of [readDetails({ key: 'k', type: 'mnt', inode }, null, open, native, []), readDetails({ key: 'k', type: 'mnt', inode }, null, null, native, [])]) {
      check(details);
      assert.deepEqual([...details.mounts!.mounts].sort(byId), [...seen.mounts!.mounts].sort(byId));
    }
    assert.deepEqual(readDetails({ key: 'k', type: 'mnt', inode }, null, open, 'ENOKOFFI', []).unread, { mounts: 'ENOKOFFI' });
    assert.deepEqual(readDetails({ key: 'k', type: 'mnt', inode: 1 }, null, null, native, []).unread, { mounts: 'ESRCH' });
  });

  it('cgroup: where the namespace begins, even when all members are below', async () => {
    const hierarchy = cgroup2();
    const top = path.join(hierarchy, `nslab-test-${process.pid}`);
    const below = path.join(top, 'below');
    fs.mkdirSync(below, { recursive: true });
    try {
      const actor = await world.root.spawn();
      fs.writeFileSync(path.join(top, 'cgroup.procs'), String(actor.pid));
      await actor.unshare('cgroup');
      fs.writeFileSync(path.join(below, 'cgroup.procs'), String(actor.pid));
      const inode = (await actor.links()).ns.cgroup!;
      const root = (from: typeof native | Errno) => readDetails({ key: 'k', type: 'cgroup', inode }, actor.pid, null, from, []);
      const here = fs.readFileSync(`/proc/${actor.pid}/cgroup`, 'utf8').split('\n').find((line) => line.startsWith('0::'))!.slice(3);
      assert.deepEqual(root(native), { key: 'k', cgroupRoot: path.dirname(here), unread: {} });
      // without a visit: what the members have in common
      assert.equal(root('ENOKOFFI').cgroupRoot, here);
      await world.root.kill(actor);
      assert.deepEqual(root(native), { key: 'k', unread: { cgroupRoot: 'ESRCH' } });
    } finally {
      await world.end();
      fs.rmdirSync(below);
      fs.rmdirSync(top);
    }
  });

  it('as another user: foreign net namespaces are read through their processes, owners are missing with the reason', async () => {
    const actor = await world.root.spawn('mnt');
    await actor.makeMountsPrivate();
    const net = await world.root.spawn('net');
    furnish(net.pid);
    const { pid, ports } = await serve(net.pid);
    const { result } = ask<Details>({ ask: 'details', type: 'net', inode: (await net.links()).ns.net!, member: net.pid, pids: [pid] }, viewpoint(actor));
    const found = result.net!.listeners.find(({ protocol, port }) => protocol === 'tcp' && port === ports['tcp']);
    assert.deepEqual(found?.processes, []);
    assert.equal(result.unread['processes'], 'EACCES');
  });
});

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => Number(a.id) - Number(b.id);

function viewpoint(actor: Actor): { actor: Actor; uid: number; repository: string } {
  return { actor, uid: 65534, repository: exposeRepository(actor) };
}

/** Where the unified hierarchy is mounted. */
function cgroup2(): string {
  const line = fs.readFileSync('/proc/self/mountinfo', 'utf8').split('\n').find((each) => each.includes(' - cgroup2 '));
  if (line === undefined) throw new Error('this host has no cgroup2 mount');
  return line.split(' ')[4]!;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.stdin!.end();
  await ended;
}
