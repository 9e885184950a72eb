import assert from 'node:assert/strict';
import { HostModel } from '../../../helper/model/model.ts';
import type { Namespace, NsType, Part, Process } from '../../../helper/protocol.ts';
import type { Focus } from '../../../helper/scan/scanner.ts';
import { Scanner } from '../../../helper/scan/scanner.ts';
import { FakeHost, INITIAL } from './fakeHost.ts';

const NO_FOCUS: Focus = { pids: [], namespaces: [] };
const BLUE = 4026532001, RED = 4026532002;

describe('Scanner', () => {
  let host: FakeHost;
  let scanner: Scanner;
  let model: HostModel;

  beforeEach(() => {
    host = new FakeHost();
    host.set({ pid: 1, comm: 'init', ppid: 0 });
    host.set({ pid: 2, comm: 'kthreadd', ppid: 0, flags: 0x208040 });
  });
  afterEach(() => { host.dispose(); });

  function start(): void {
    scanner = new Scanner(host.sources(), { root: host.root });
    model = new HostModel();
    scanner.full();
    apply(scanner.snapshot());
  }
  function apply(parts: readonly Part[]): Part[] {
    for (const part of parts) model.apply(part);
    return [...parts];
  }
  const tick = (focus = NO_FOCUS): Part[] => apply(scanner.tick(focus));
  const ticks = (count: number): Part[] => Array.from({ length: count }, () => tick()).flat();
  const process = (pid: number): Process => {
    const found = model.processes.get(pid);
    assert.ok(found, `process ${pid}`);
    return found;
  };
  const namespace = (type: NsType, inode: number): Namespace => {
    const found = model.find(type, inode);
    assert.ok(found, `${type}:[${inode}]`);
    return found;
  };

  it('reads each process and tells what is known of its namespaces', () => {
    host.set({ pid: 77, comm: 'a) b', uid: 1000, ns: { net: BLUE }, cmdline: 'a\0b\0', cgroup: '0::/x\n', nsPids: [77, 3] });
    start();
    const { comm, uid, cmdline, cgroup, nsPids, unread } = process(77);
    assert.deepEqual({ comm, uid, cmdline, cgroup, nsPids, unread }, { comm: 'a) b', uid: 1000, cmdline: ['a', 'b'], cgroup: '/x', nsPids: [77, 3], unread: {} });
    assert.equal(model.memberCount(namespace('net', BLUE)), 1);
    assert.deepEqual([namespace('net', BLUE).initial, namespace('net', INITIAL.net).initial], [false, true]);
    assert.deepEqual([namespace('user', INITIAL.user).level, namespace('net', BLUE).owner], [0, INITIAL.user]);
  });

  it('says nothing while nothing changes', () => {
    host.set({ pid: 77 });
    start();
    assert.deepEqual(ticks(30), []);
  });

  it('tells of a new process and of its namespace in the very next tick, and of their end', () => {
    start();
    host.set({ pid: 80, ns: { uts: BLUE } });
    tick();
    assert.equal(model.memberCount(namespace('uts', BLUE)), 1);
    assert.deepEqual(process(80).cmdline, ['sleep'], 'with its details');
    host.remove(80);
    tick();
    assert.equal(model.find('uts', BLUE), undefined);
    assert.equal(model.processes.has(80), false);
  });

  it('follows a new process that unshares after its fork', () => {
    start();
    host.set({ pid: 80 });
    tick();
    host.set({ pid: 80, ns: { net: BLUE }, comm: 'bash' });
    tick();
    assert.equal(model.memberCount(namespace('net', BLUE)), 1);
    assert.equal(process(80).comm, 'bash');
  });

  it('finds within one round that an old process moved, and at once when someone looks at it', () => {
    host.set({ pid: 80 });
    host.set({ pid: 81 });
    start();
    host.set({ pid: 80, ns: { net: BLUE } });
    tick({ pids: [80], namespaces: [] });
    assert.ok(model.find('net', BLUE), 'focused process');
    host.set({ pid: 81, ns: { net: BLUE } });
    tick({ pids: [], namespaces: [namespace('uts', INITIAL.uts).key] });
    assert.equal(model.memberCount(namespace('net', BLUE)), 2, 'member of a focused namespace');
    host.set({ pid: 81, ns: { net: RED } });
    ticks(12);
    assert.ok(model.find('net', RED), 'any process');
  });

  it('takes a process with the same pid and another start for another process', () => {
    host.set({ pid: 80, start: 5, comm: 'old', ns: { net: BLUE } });
    start();
    host.reuse({ pid: 80, start: 9, comm: 'new' });
    ticks(12);
    const { comm, start: started } = process(80);
    assert.deepEqual({ comm, started }, { comm: 'new', started: '9' });
    assert.equal(model.find('net', BLUE), undefined);
  });

  it('reads a reused pid in the next tick when the kernel gave it out since the last', () => {
    host.set({ pid: 80, start: 5, comm: 'old' });
    start();
    host.remove(80);
    host.set({ pid: 79, comm: 'between' });
    tick();
    host.set({ pid: 80, start: 9, comm: 'new' });
    tick();
    host.reuse({ pid: 80, start: 10, comm: 'newest' });
    host.set({ pid: 81 });
    tick();
    assert.equal(process(80).comm, 'newest');
  });

  it('tells a namespace from the one that had its inode before, by id', () => {
    host.set({ pid: 80, ns: { net: BLUE } });
    start();
    const { key } = namespace('net', BLUE);
    host.remove(80);
    host.facts.set(`net:${BLUE}`, { id: '999' });
    host.set({ pid: 90, ns: { net: BLUE } });
    const parts = tick();
    assert.deepEqual(parts.flatMap((part) => part.endedNamespaces), [key]);
    assert.equal(namespace('net', BLUE).key, `net:${BLUE}:999`);
    assert.equal(model.memberCount(namespace('net', BLUE)), 1);
  });

  it('keeps a namespace whose last process ended as its first child appeared', () => {
    host.set({ pid: 80, ns: { net: BLUE } });
    start();
    const { key } = namespace('net', BLUE);
    host.remove(80);
    host.set({ pid: 90, ns: { net: BLUE } });
    const parts = tick();
    assert.deepEqual(parts.flatMap((part) => part.endedNamespaces), []);
    assert.equal(namespace('net', BLUE).key, key);
  });

  it('counts generations where the kernel has no ids', () => {
    host.ids = false;
    host.set({ pid: 80, ns: { net: BLUE } });
    start();
    assert.equal(namespace('net', BLUE).key, `net:${BLUE}:g1`);
    host.remove(80);
    tick();
    host.set({ pid: 90, ns: { net: BLUE } });
    tick();
    assert.equal(namespace('net', BLUE).key, `net:${BLUE}:g2`);
  });

  it('keeps parents without processes as long as a child lives, and ends all of them with it', () => {
    const middle = 4026532100, leaf = 4026532101;
    host.facts.set(`user:${leaf}`, { parent: middle, owner: middle });
    host.facts.set(`net:${BLUE}`, { owner: leaf });
    host.set({ pid: 80, ns: { user: leaf, net: BLUE } });
    start();
    assert.deepEqual([namespace('user', middle), namespace('user', leaf)].map(({ level }) => level), [1, 2]);
    assert.equal(model.memberCount(namespace('user', middle)), 0);
    host.remove(80);
    tick();
    assert.deepEqual([model.find('user', middle), model.find('user', leaf), model.find('net', BLUE)], [undefined, undefined, undefined]);
    assert.ok(model.find('user', INITIAL.user));
  });

  it('sees threads that differ, and what is held for children only', () => {
    host.set({ pid: 80, ns: { pid_for_children: RED }, threads: [{ tid: 81, ns: { net: BLUE } }, { tid: 82 }] });
    start();
    assert.deepEqual(process(80).threads.map(({ tid, comm }) => ({ tid, comm })), [{ tid: 81, comm: 'thread-81' }], 'and only those');
    assert.ok(model.find('net', BLUE), 'held by a thread');
    assert.ok(model.find('pid', RED), 'held for children');
    host.remove(80);
    tick();
    assert.deepEqual([model.find('net', BLUE), model.find('pid', RED)], [undefined, undefined]);
  });

  it('finds a bind mount in its own mount namespace in the next tick, and its end', () => {
    start();
    host.held = [{ type: 'net', inode: BLUE, open: '/run/netns/blue', held: { kind: 'bind mount', path: '/run/netns/blue', mountNamespace: null, pid: null } }];
    host.mountinfo([`50 1 0:4 net:[${BLUE}] /run/netns/blue rw shared:1 - nsfs nsfs rw`]);
    tick();
    assert.deepEqual(namespace('net', BLUE).heldBy, host.held.map(({ held }) => held));
    host.held = [];
    host.mountinfo([]);
    tick();
    assert.equal(model.find('net', BLUE), undefined);
  });

  it('a namespace outlives its processes while the last slow scan has seen a holder', () => {
    host.set({ pid: 80, ns: { net: BLUE } });
    host.held = [{ type: 'net', inode: BLUE, open: '/proc/1/fd/3', held: { kind: 'bind mount', path: '/b', mountNamespace: 1, pid: 1 } }];
    start();
    host.remove(80);
    tick();
    assert.equal(namespace('net', BLUE).heldBy.length, 1);
    host.held = [];
    for (const generator = scanner.holders(); !generator.next().done;);
    apply(scanner.changes());
    assert.equal(model.find('net', BLUE), undefined);
  });

  it('believes that a namespace ended while a slow scan that had seen it was under way', () => {
    host.set({ pid: 80, ns: { mnt: BLUE } });
    start();
    host.processless = [host.factsOf('mnt', BLUE)];
    host.held = [{ type: 'net', inode: RED, open: '/gone', held: { kind: 'bind mount', path: '/gone', mountNamespace: 1, pid: 1 } }];
    const slow = scanner.holders();
    slow.next();
    host.remove(80);
    tick();
    while (!slow.next().done);
    apply(scanner.changes());
    assert.equal(model.find('mnt', BLUE), undefined);
    assert.ok(model.find('net', RED), 'what was not known before is believed');
  });

  it('gives a reason for every field that could not be read', () => {
    host.set({ pid: 80, state: 'Z', ns: { net: null, uts: null } });
    host.set({ pid: 81 });
    for (const file of ['status', 'cgroup', 'cmdline']) host.spoil(81, file);
    host.set({ pid: 82 });
    host.spoil(82, 'ns');
    start();
    assert.deepEqual(process(80).unread, { net: 'ENOENT', uts: 'ENOENT' });
    assert.deepEqual(process(80).cmdline, [], 'a zombie has no command line');
    assert.deepEqual(process(81).unread, { status: 'ENOENT', cgroup: 'ENOENT', cmdline: 'ENOENT' });
    assert.deepEqual(process(82).unread, { ns: 'ENOENT' });
    assert.equal(scanner.status.unreadable, 1);
  });

  it('does not list a process that ended between the listing and its reading', () => {
    host.set({ pid: 80 });
    host.spoil(80, 'stat');
    start();
    assert.equal(model.processes.has(80), false);
  });

  it('names namespaces that the kernel would not tell of, with the reason, and asks again', () => {
    host.refuse = 'EACCES';
    host.set({ pid: 80, ns: { net: BLUE } });
    start();
    assert.deepEqual(namespace('net', BLUE).unread, { owner: 'EACCES', id: 'EACCES', parent: 'EINVAL' });
    host.refuse = null;
    ticks(3);
    assert.deepEqual([namespace('net', BLUE).owner, namespace('net', BLUE).unread], [INITIAL.user, {}]);
  });

  it('cannot tell which are initial when kthreadd is not seen and the inodes are dynamic', () => {
    host.ids = false;
    host.remove(2);
    host.set({ pid: 1, ppid: 0, ns: { net: 4026531992, mnt: 4026531840 } });
    start();
    assert.deepEqual((['net', 'mnt', 'uts', 'user'] as const).map((type) => [...model.namespaces.values()].find((ns) => ns.type === type)?.initial), [null, null, true, true]);
  });

  it('cuts a large host into messages of at most 250 processes', function () {
    this.timeout(20_000); // 600 processes are some ten thousand files
    for (let pid = 1000; pid < 1600; pid++) host.set({ pid });
    start();
    const parts = scanner.snapshot();
    assert.deepEqual(parts.map((part) => part.processes.length), [250, 250, 102]);
    assert.ok(parts.every((part) => part.tuples.length === 1));
  });
});
