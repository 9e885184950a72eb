import { strict as assert } from 'node:assert';
import { start_computer } from '../../../simulator/kernel/computer.ts';
import type { ComputerOptions } from '../../../simulator/kernel/computer.ts';
import type { HostState, StateMount, StateNamespace, StateTask } from '../../../simulator/kernel/host_state.ts';
import { broken_invariants } from '../../../simulator/kernel/invariants.ts';
import type { mnt_namespace } from '../../../simulator/kernel/mnt.ts';
import { VERSIONS } from '../../../simulator/kernel/version.ts';
import { pictureOf } from '../../../simulator/picture/picture.ts';
import { Program } from './program.ts';

const NS: Omit<StateNamespace, 'type' | 'inode'> = {
  initial: false, owner: 10, parent: null, creator: 0, nodename: null, domainname: null, uid_map: [], gid_map: [], setgroups: true, monotonic: 0n, boottime: 0n, mounts: null,
};
const INITIAL: StateNamespace[] = ([['user', 10], ['pid', 11], ['mnt', 12], ['uts', 13], ['ipc', 14], ['net', 15], ['cgroup', 16], ['time', 17]] as const)
  .map(([type, inode]) => ({ ...NS, type, inode, initial: true, owner: type === 'user' ? null : 10, nodename: type === 'uts' ? 'metal' : null }));
const HOST = { user: 10, pid: 11, pid_for_children: 11, mnt: 12, uts: 13, ipc: 14, net: 15, cgroup: 16, time: 17, time_for_children: 17 };

const task = (pid: number, ppid: number, comm: string, more: Partial<StateTask> = {}): StateTask => ({ pid, ppid, pids: [pid], comm, cmdline: [`/usr/bin/${comm}`, '-x'], uid: 0, euid: 0, cgroup: '/', ns: HOST, holds: [], ...more });
const mount = (id: number, parent: number, point: string, fstype: string, more: Partial<StateMount> = {}): StateMount => ({ id, parent, point, fstype, dev: `0:${id}`, root: '/', source: fstype, options: 'rw,relatime', propagation: 'private', ...more });

/** A machine with a container, as Docker makes one: seven namespaces of its own, two processes, one of them begun by `docker exec`. */
const CONTAINER = { ...HOST, pid: 21, pid_for_children: 21, mnt: 22, uts: 23, ipc: 24, net: 25, cgroup: 26 };
const DOCKER: HostState = {
  namespaces: [
    ...INITIAL.map((ns) => (ns.type === 'mnt' ? { ...ns, mounts: [
      mount(20, 1, '/', 'ext4', { dev: '8:1', propagation: 'shared:1' }), mount(21, 20, '/proc', 'proc', { propagation: 'shared:2' }),
      mount(40, 20, '/data', 'xfs', { source: '/dev/sdb', propagation: 'shared:9' }), mount(41, 20, '/run/netns/blue', 'nsfs', { root: 'net:[31]' }), mount(42, 20, '/usr', 'btrfs'), mount(43, 42, '/usr/share/extra', 'btrfs'), mount(44, 21, '/proc', 'proc'),
    ] } : ns)),
    { ...NS, type: 'pid', inode: 21, parent: 11 }, { ...NS, type: 'uts', inode: 23, nodename: 'web' }, { ...NS, type: 'ipc', inode: 24 }, { ...NS, type: 'net', inode: 25 }, { ...NS, type: 'cgroup', inode: 26 },
    { ...NS, type: 'mnt', inode: 22, mounts: [
      mount(60, 59, '/', 'overlay', { dev: '0:60', options: 'rw,relatime' }), mount(61, 60, '/proc', 'proc', { options: 'rw,nosuid,nodev,noexec' }), mount(62, 61, '/proc/sys', 'proc', { dev: '0:61', root: '/sys', options: 'ro' }),
      mount(63, 60, '/etc/hosts', 'ext4', { dev: '8:1', root: '/var/lib/docker/containers/c0ffee/hosts' }), mount(64, 60, '/data', 'xfs', { dev: '0:40', propagation: 'master:9' }), mount(65, 61, '/proc/nothing/here', 'tmpfs'),
    ] },
    { ...NS, type: 'net', inode: 31 }, { ...NS, type: 'uts', inode: 32, nodename: 'kept' }, { ...NS, type: 'ipc', inode: 33 },
  ],
  tasks: [
    task(1, 0, 'systemd', { cmdline: ['/sbin/init', 'splash'] }), task(900, 1, 'containerd-shim', { holds: [{ fd: 9, type: 'uts', inode: 32 }] }),
    task(1000, 900, 'sh', { pids: [1000, 7], ns: CONTAINER, cgroup: '/docker/c0ffee' }), task(1010, 900, 'nginx', { pids: [1010, 1], ns: CONTAINER, cgroup: '/docker/c0ffee' }),
    task(1011, 1010, 'nginx', { pids: [1011, 8], ns: CONTAINER, cgroup: '/docker/c0ffee', uid: 101, euid: 101 }), task(7000, 1, 'agent', { uid: 1000, euid: 1000 }),
  ],
};

const started = (state: HostState, more: ComputerOptions = {}): ReturnType<typeof start_computer> => start_computer({ uid: 0, state, ...more });

describe('a simulated computer that begins with the state of another', () => {
  it('counts every reference, in every version', () => {
    for (const version of VERSIONS) assert.deepEqual(broken_invariants(started(DOCKER, { version }).k), [], version);
  });

  it('has the tasks with their numbers, names and parents, and makes room for its own', () => {
    const { k, program, restored } = started(DOCKER);
    const shown = pictureOf(k).tasks.map(({ comm, pids, state }) => `${comm} ${pids.join('/')} ${state}`);
    assert.deepEqual(shown.filter((text) => !/^(bash|a\.out)/.test(text)), ['systemd 1 asleep', 'containerd-shim 900 asleep', 'nginx 1010/1 asleep', 'nginx 1011/8 asleep', 'sh 1000/7 asleep', 'agent 7000 asleep'].sort((a, b) => shown.indexOf(a) - shown.indexOf(b)));
    assert.equal(program.thread_pid?.numbers[0]?.nr, 7002);
    assert.equal(restored.tasks.length, 5);
    const worker = restored.tasks.find(({ thread_pid }) => thread_pid?.numbers[0]?.nr === 1011);
    assert.equal(worker?.real_parent?.thread_pid?.numbers[0]?.nr, 1010);
    assert.deepEqual([worker.cred.uid, worker.cred.cap_effective], [101, 0n]);
  });

  it('shares one nsproxy among tasks that have all namespaces in common', () => {
    const { k } = started(DOCKER);
    const { tasks, nsproxies } = pictureOf(k);
    const of = (comm: string): string[] => [...new Set(tasks.flatMap((one) => (one.comm === comm && one.nsproxy ? [one.nsproxy] : [])))];
    assert.deepEqual(of('nginx'), of('sh'));
    assert.equal(nsproxies.find(({ ref }) => ref === of('nginx')[0])?.count, 3);
    assert.deepEqual([of('systemd'), of('agent'), of('a.out')], [['nsproxy:1'], ['nsproxy:1'], ['nsproxy:1']]);
  });

  it('lets a program join the container, and be somebody inside', () => {
    const p = new Program({ state: DOCKER });
    assert.equal(p.link(p.me, 'uts', '/proc/1010'), 'uts:[23]');
    assert.equal(p.link(p.me, 'uts', '/proc/self'), 'uts:[13]');
    assert.equal(p.read('/proc/1010/cmdline'), '/usr/bin/nginx\0-x\0');
    const fds = ['uts', 'pid', 'mnt'].map((type) => p.open(p.me, `/proc/1010/ns/${type}`));
    for (const fd of fds) assert.equal(p.do('setns', fd, 0), 0);
    assert.equal(p.read('/proc/sys/kernel/hostname'), 'web\n');
    const table = p.read('/proc/1/mountinfo');
    assert.match(table, / \/ \/ rw,relatime - overlay overlay/);
    assert.match(table, / \/sys \/proc\/sys ro - proc/);
    assert.match(table, / \/var\/lib\/docker\/containers\/c0ffee\/hosts \/etc\/hosts rw,relatime - overlay ext4/);
    assert.match(table, / \/data rw,relatime master:\d+ - xfs/);
    assert.equal(p.fork().thread_pid?.numbers.at(-1)?.nr, 9, 'after the highest that was given there');
    assert.deepEqual(broken_invariants(p.k), []);
  });

  it('keeps what is held by a mount or a descriptor alone, and says what is left out', () => {
    const { k, restored } = started(DOCKER);
    const alive = (type: string): number[] => pictureOf(k).namespaces.filter((ns) => ns.type === type).map(({ inode }) => inode);
    assert.deepEqual([alive('net'), alive('uts'), alive('ipc')], [[15, 25, 31], [13, 23, 32], [14, 24]]);
    assert.deepEqual(restored.left_out, [
      { what: 'mount', inode: 12, point: '/usr', fstype: 'btrfs', why: 'covers' }, { what: 'mount', inode: 12, point: '/proc', fstype: 'proc', why: 'covers' }, { what: 'mount', inode: 22, point: '/proc/nothing/here', fstype: 'tmpfs', why: 'place' }, { what: 'unheld', type: 'ipc', inode: 33 }]);
  });

  it('knows user namespaces with their owners, maps and who is root inside', () => {
    const state: HostState = { namespaces: [...INITIAL,
      { ...NS, type: 'user', inode: 41, parent: 40, creator: 100000, uid_map: [{ first: 0, lower_first: 100005, count: 1 }], setgroups: false },
      { ...NS, type: 'user', inode: 40, parent: 10, creator: 1000, uid_map: [{ first: 0, lower_first: 100000, count: 65536 }], gid_map: [{ first: 0, lower_first: 100000, count: 65536 }] },
      { ...NS, type: 'uts', inode: 42, owner: 41, nodename: 'deep' },
    ], tasks: [task(1, 0, 'init'), task(50, 1, 'rootless', { uid: 100005, euid: 100005, ns: { ...HOST, user: 41, uts: 42 } }), task(51, 50, 'nobody', { uid: 100007, euid: 100007, ns: { ...HOST, user: 40 } })] };
    const { k, restored } = started(state);
    assert.deepEqual(broken_invariants(k), []);
    assert.deepEqual(restored.left_out, []);
    const [root, nobody] = restored.tasks;
    assert.deepEqual([root?.cred.user_ns.inum, root?.cred.user_ns.level, root?.cred.user_ns.parent?.owner_uid, root?.cred.user_ns.setgroups_allowed], [41, 2, 1000, false]);
    assert.notEqual(root?.cred.cap_effective, 0n);
    assert.equal(nobody?.cred.cap_effective, 0n);
    assert.equal(root?.nsproxy?.uts_ns?.owner, root?.cred.user_ns);
  });

  it('leaves out what cannot be: a pid namespace without an init, a number that is taken, an owner that nobody could have', () => {
    const state: HostState = { namespaces: [...INITIAL, { ...NS, type: 'pid', inode: 60, parent: 11 }, { ...NS, type: 'user', inode: 61, parent: 10, creator: 0 }, { ...NS, type: 'user', inode: 62, parent: 61, creator: 77 }],
      tasks: [task(1, 0, 'init'), task(70, 1, 'lost', { pids: [70, 4], ns: { ...HOST, pid: 60, pid_for_children: 60 } }), task(80, 1, 'twice'), task(80, 1, 'twice')] };
    const { k, restored } = started(state);
    assert.deepEqual(broken_invariants(k), []);
    assert.deepEqual(restored.left_out.map((one) => ('pid' in one ? `task ${one.pid} ${one.why}` : 'inode' in one && 'type' in one ? `${one.what} ${one.type} ${one.inode}` : one.what)).sort(), ['namespace user 62', 'task 70 init', 'task 80 used', 'unheld pid 60', 'unheld user 61']);
  });

  it('copies the initial mounts where those of a namespace could not be read', () => {
    const state: HostState = { namespaces: [...INITIAL, { ...NS, type: 'mnt', inode: 70 }], tasks: [task(1, 0, 'init'), task(90, 1, 'unshared', { ns: { ...HOST, mnt: 70 } })] };
    const { k } = started(state);
    const [first, second] = [...k.trace.live.get('mnt') ?? []] as mnt_namespace[];
    assert.equal(second?.mounts.size, first?.mounts.size);
    assert.deepEqual(broken_invariants(k), []);
  });
});
