import assert from 'node:assert/strict';
import { endsWhen, holdings } from '../../../extension/tree/holding.ts';
import { enterNamespace, enterProcess } from '../../../extension/tree/nsenter.ts';
import type { Entering } from '../../../extension/tree/nsenter.ts';
import { quoteCommand } from '../../../extension/tree/shell.ts';
import type { HeldBy, Namespace } from '../../../helper/protocol.ts';
import { NS_TYPES } from '../../../helper/protocol.ts';
import { HELLO, INITIAL, container, modelOf, namespace, process, scene } from './worlds.ts';

const line = (entering: Entering): string => ('error' in entering ? `error: ${entering.error}` : quoteCommand(entering.argv));
const mount = (path: string, mountNamespace = INITIAL.mnt, pid: number | null = 1): HeldBy => ({ kind: 'bind mount', path, mountNamespace, pid });

describe('the nsenter command', () => {
  it('of a process names just the namespaces in which the helper is not', () => {
    assert.equal(line(enterProcess(process(2417, { uts: 1, ipc: 2, mnt: 3 }), HELLO)), 'nsenter --target 2417 --uts --ipc --mount');
    assert.equal(line(enterProcess(process(7, Object.fromEntries(NS_TYPES.map((t, i) => [t, i + 1]))), HELLO)), 'nsenter --target 7 --user --uts --ipc --mount --pid --net --cgroup --time');
    assert.match(line(enterProcess(process(1), HELLO)), /^error: .*nothing to enter/);
    assert.match(line(enterProcess(process(5, { uts: 1 }, { state: 'Z' }), HELLO)), /^error: .*zombie/);
    assert.match(line(enterProcess(process(6, Object.fromEntries(NS_TYPES.map((t) => [t, null]))), HELLO)), /^error: .*could not be read/);
  });

  it('of a namespace goes through a process, else through what leads to it from here', () => {
    const of = (ns: Namespace, processes = [process(1)]): string => {
      const model = modelOf([ns], processes);
      return line(enterNamespace(model, scene(model).holders, ns, HELLO));
    };
    const net = (heldBy: HeldBy[]): Namespace => namespace('net', 4026532455, { heldBy });
    assert.equal(of(net([]), [process(8, { net: 4026532455 }, { state: 'Z' }), process(9, { net: 4026532455 })]), 'nsenter --target 9 --net');
    assert.equal(of(net([{ kind: 'descriptor', pid: 1184, fd: 23 }, mount('/run/netns/blue')])), 'nsenter --net=/run/netns/blue');
    assert.equal(of(net([{ kind: 'descriptor', pid: 1184, fd: 23 }, mount('/run/x', 77, 5)])), 'nsenter --net=/proc/1184/fd/23');
    assert.equal(of(net([mount('/run/a \'b', 77, 5)])), 'nsenter \'--net=/proc/5/root/run/a \'\\\'\'b\'');
    assert.match(of(net([mount('/run/x', 77, null)])), /^error: Nothing that can be opened/);
    const one = process(4);
    const waiting = { ...one, ns: one.ns.map((inode, i) => (i === 8 ? 4026532900 : inode)) };
    assert.equal(of(namespace('pid', 4026532900), [waiting]), 'nsenter --pid=/proc/4/ns/pid_for_children');
    const threaded = { ...one, threads: [{ tid: 44, comm: 't', ns: one.ns.map((inode, i) => (NS_TYPES[i] === 'uts' ? 4026532901 : inode)) }] };
    assert.equal(of(namespace('uts', 4026532901), [threaded]), 'nsenter --uts=/proc/4/task/44/ns/uts');
  });
});

describe('why a namespace is alive', () => {
  const model = modelOf([
    namespace('net', 4026532455, { heldBy: [mount('/run/netns/blue'), mount('/x', 77, 5), { kind: 'descriptor', pid: 1184, fd: 23 }, { kind: 'socket', pid: 99, fd: 4 }] }),
    namespace('pid', 4026532603), namespace('pid', 4026532604, { parent: 4026532603 }), namespace('user', 4026532700), namespace('uts', 4026532701, { owner: 4026532700 }),
    namespace('uts', 4026532800),
  ], [
    process(1), process(1184, {}, { comm: 'dockerd' }), process(2417, { pid: 4026532603 }, { comm: 'init', nsPids: [2417, 1] }), process(2418, { pid: 4026532603 }, { nsPids: [2418, 2] }),
    process(2500, { uts: 4026532800 }, { container: 'docker:db' }),
  ], [container('docker:db', { name: 'my db' })]);
  const of = (type: 'net' | 'pid' | 'user' | 'uts', inode: number): string[] => holdings(scene(model), model.find(type, inode)!).map((h) => `${h.kind}: ${h.label}, ${h.how} -> ${h.command ? quoteCommand(h.command) : '-'}`);

  it('every holder has a way to be released, which fits', () => {
    assert.deepEqual(of('net', 4026532455), [
      'bind mount: /run/netns/blue, bind mount -> ip netns delete blue', 'bind mount: /x, bind mount in mnt 77 -> nsenter --target 5 --mount umount /x',
      'descriptor: 1184 dockerd, fd 23 -> kill 1184', 'socket: 99, fd 4, a socket made in it -> kill 99',
    ]);
    assert.deepEqual(of('pid', 4026532603), ['process: 2417 init, is process 1 in it -> kill -KILL 2417', 'process: 2418 p2418, is in it -> kill 2418', 'child: pid 4026532604, is a child of it -> -']);
    assert.deepEqual(of('user', 4026532700), ['owned: uts 4026532701, is owned by it -> -']);
    assert.deepEqual(of('uts', 4026532800), ['process: 2500 p2500, is in it, docker my db -> docker stop \'my db\'']);
    for (const ns of model.namespaces.values()) for (const holding of holdings(scene(model), ns)) assert.match(holding.release, /\.$/);
  });

  it('and what ends it is said in one sentence', () => {
    const ends = (type: 'net' | 'pid' | 'user' | 'uts', inode: number): string => endsWhen(scene(model), model.find(type, inode)!);
    assert.equal(ends('net', 4026532455), '1184 dockerd closes fd 23, 99 closes its socket and 2 bind mounts are unmounted');
    assert.equal(ends('pid', 4026532603), 'its first process, 2417 init, ends: the kernel then ends the others in it and pid 4026532604 has ended');
    assert.equal(ends('user', 4026532700), 'uts 4026532701, which it owns, has ended');
    assert.match(ends('pid', INITIAL.pid), /machine is shut down/);
    assert.match(ends('uts', 4026532701), /nothing that holds it can be seen/);
  });
});
