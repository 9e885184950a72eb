import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import type { ContainerSubject } from '../../../helper/containers/finder.ts';
import { HOST_NS, MadeHost } from './made.ts';

const ID = '3f4e1d2c5b6a79880102030405060708090a0b0c0d0e0f101112131415161718';
const INNER = 'b'.repeat(64);
const CONFIG = `/var/lib/docker/containers/${ID}/config.v2.json`;

describe('ContainerFinder over time', () => {
  let host: MadeHost;
  beforeEach(() => { host = new MadeHost(); });
  afterEach(() => host.dispose());

  const docker = (pid: number, more: Parameters<MadeHost['process']>[1] = {}): ContainerSubject => host.process(pid, { cgroup: `/docker/${ID}`, mnt: 77, pidNs: 78, ...more });

  it('names a container when its file comes late, tells of a rename, and of nothing else', () => {
    host.process(1, { ppid: 0, comm: 'init' });
    docker(10);
    host.update();
    assert.deepEqual([host.container(10)?.name, host.container(10)?.unread], [null, { name: 'ENOENT', image: 'ENOENT' }]);
    assert.deepEqual(host.update([]), { of: new Map(), containers: [], ended: [] });
    host.write(CONFIG, { ID, Name: '/web', Config: { Image: 'nginx:1' } });
    assert.deepEqual(host.update([]).containers.map(({ name, image }) => [name, image]), [['web', 'nginx:1']]);
    assert.deepEqual(host.update([]).containers, []);
    // as docker does it: a new file under another name, renamed over the old one
    host.write(`${CONFIG}.tmp`, { ID, Name: '/api', Config: { Image: 'nginx:1' } });
    renameSync(`${host.root}${CONFIG}.tmp`, host.root + CONFIG);
    assert.deepEqual(host.update([]).containers.map(({ name }) => name), ['api']);
  });

  it('a container ends with its last process, and a reused pid is another process', () => {
    docker(10);
    docker(11, { ppid: 10 });
    host.update();
    assert.deepEqual(host.update([], [host.end(10)]).ended, []);
    assert.equal(host.container(11)?.init, 11, 'the first that is left');
    const reused = host.process(11, { start: '200' });
    assert.deepEqual(host.update([reused]), { of: new Map([[11, null]]), containers: [], ended: [ID] });
    assert.equal(host.containers.size, 0);
  });

  it('in one update a container may end and another begin under the same pid', () => {
    docker(10);
    host.update();
    const again = host.process(10, { start: '900', cgroup: `/docker/${INNER}`, mnt: 77, pidNs: 78 });
    const findings = host.update([again], [10]);
    assert.deepEqual([findings.of.get(10), findings.ended], [INNER, [ID]]);
  });

  it('a mount namespace whose inode is used again is another\'s', () => {
    docker(10);
    docker(11, { ppid: 10, mnt: 99 });
    host.update();
    host.update([], [host.end(11)]);
    host.process(20, { mnt: 99 });
    host.process(30, { mnt: 99, cgroup: `/docker/${INNER}` });
    host.update();
    assert.deepEqual([host.of.get(10), host.of.get(20), host.of.get(30)], [ID, INNER, INNER], 'and who is in it was sent in');
  });

  it('a container that was started again while nobody looked has another first process', () => {
    const shim = (pid: number): ContainerSubject => host.process(pid, { comm: 'containerd-shim', cmdline: ['containerd-shim-runc-v2', '-namespace', 'moby', '-id', ID] });
    shim(9);
    docker(10, { ppid: 9 });
    host.update();
    assert.equal(host.container(10)?.init, 10);
    const changed = [shim(19), docker(20, { ppid: 19, start: '500', mnt: 87, pidNs: 88 })];
    host.update(changed, [host.end(9), host.end(10)]);
    assert.deepEqual([host.container(20)?.init, host.container(20)?.source], [20, 'started by process 19 (containerd-shim)']);
  });

  it('a process that moves takes what is below it along, although only it changed', () => {
    const shell = host.process(10, { comm: 'bwrap', cmdline: null });
    host.process(11, { ppid: 10, mnt: 90 });
    host.process(12, { ppid: 11, mnt: 90 });
    host.process(13, { ppid: 12, mnt: 91 });
    host.update();
    // comm was read first, the command line later: until then it is known well enough
    const told = host.process(10, { comm: 'bwrap', cmdline: ['bwrap', 'sh'] });
    assert.equal(shell.comm, told.comm);
    const { of } = host.update([told]);
    for (const pid of [11, 12, 13]) assert.equal(host.container(pid)?.engine, 'bubblewrap', `process ${pid} ${of.get(pid)}`);
    assert.equal(host.container(10), null);
  });

  it('a shim whose command line comes late gives its children an engine then', () => {
    host.process(10, { comm: 'containerd-shim', cmdline: null });
    host.process(11, { ppid: 10, mnt: 90, pidNs: 91, cgroup: '/default/web', nsPids: [11, 1] });
    host.update();
    assert.equal(host.container(11), null);
    const { of } = host.update([host.process(10, { comm: 'containerd-shim', cmdline: ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'default', '-id', 'web', '-address', '/run/x.sock'] })]);
    assert.ok(of.has(11));
    assert.deepEqual([host.container(11)?.engine, host.container(11)?.id, host.container(11)?.name], ['containerd', 'web', 'web']);
  });

  it('sandboxes inside containers: the innermost counts, and the container keeps its own', () => {
    docker(10);
    docker(20, { ppid: 10, comm: 'bwrap' });
    docker(21, { ppid: 20, mnt: 95 });
    docker(22, { ppid: 21, mnt: 95 });
    host.update();
    assert.deepEqual([10, 20, 21, 22].map((pid) => host.container(pid)?.engine), ['docker', 'docker', 'bubblewrap', 'bubblewrap']);
  });

  it('docker in docker: the inner daemon\'s files are below its own root', () => {
    docker(10, { comm: 'dockerd', cmdline: ['dockerd'] });
    host.process(20, { ppid: 10, cgroup: `/docker/${ID}/docker/${INNER}`, mnt: 80, pidNs: 81 });
    host.write(CONFIG, { ID, Name: '/outer', Config: { Image: 'docker:dind' } });
    host.write(`/proc/10/root/var/lib/docker/containers/${INNER}/config.v2.json`, { ID: INNER, Name: '/inner', Config: { Image: 'nginx' } });
    host.update();
    assert.deepEqual([host.container(10)?.name, host.container(20)?.name], ['outer', 'inner']);
  });

  it('data directories: daemon.json, --config-file, rootless', () => {
    host.write('/etc/docker/daemon.json', { 'data-root': '/srv/docker' });
    host.write(`/srv/docker/containers/${ID}/config.v2.json`, { ID, Name: '/configured', Config: { Image: 'a' } });
    docker(10);
    const user = host.process(30, { comm: 'dockerd', cmdline: ['dockerd', '--rootless'], uid: 1000 });
    host.write('/proc/30/environ', 'LANG=C\0HOME=/home/ann\0');
    host.write(`/home/ann/.local/share/docker/containers/${INNER}/config.v2.json`, { ID: INNER, Name: '/ann', Config: { Image: 'b' } });
    host.process(31, { cgroup: `/user.slice/user-1000.slice/user@1000.service/user.slice/docker-${INNER}.scope`, mnt: 80, uid: 1000 });
    host.update();
    assert.deepEqual([host.container(10)?.name, host.container(10)?.rootless], ['configured', false]);
    assert.deepEqual([host.container(31)?.name, host.container(31)?.rootless], ['ann', true]);
    assert.equal(host.container(30), null);
    assert.equal(user.uid, 1000);
  });

  it('what entered a container later is in it; what left for the host is not', () => {
    docker(10);
    host.process(40, { mnt: 77 });
    docker(11, { ppid: 10, cgroup: '/', mnt: HOST_NS[2]!, pidNs: HOST_NS[4]! });
    host.update();
    assert.equal(host.of.get(40), ID);
    assert.equal(host.of.get(11), null);
  });

  it('without any right to read namespaces the process tree and NSpid tell', () => {
    host.process(10, { comm: 'bwrap', cmdline: ['bwrap'], uid: 1000 });
    host.process(11, { ppid: 10, comm: 'bwrap', cmdline: ['bwrap'], uid: 1000, mnt: null, nsPids: [11, 1] });
    host.process(12, { ppid: 11, uid: 1000, mnt: null, nsPids: [12, 2] });
    host.update();
    assert.deepEqual([10, 11, 12].map((pid) => host.container(pid)?.engine), [undefined, 'bubblewrap', 'bubblewrap']);
    assert.deepEqual([host.container(12)?.init, host.container(12)?.rootless], [11, true]);
  });

  it('a bare ID, as a nested view shows it, stays unknown until a file tells whose it is', () => {
    host.process(10, { cgroup: `/../${ID}`, mnt: 77 });
    host.update();
    assert.deepEqual([host.container(10)?.engine, host.container(10)?.id, host.container(10)?.name], ['unknown', ID, null]);
    host.write(`/run/containerd/io.containerd.runtime.v2.task/k8s.io/${ID}/config.json`, { ociVersion: '1.0.2', annotations: { 'io.kubernetes.cri.container-name': 'cart', 'io.kubernetes.cri.image-name': 'img' } });
    host.update([]);
    assert.deepEqual([host.container(10)?.engine, host.container(10)?.name], ['containerd', 'cart']);
  });

  it('a torn reading with a loop of parents ends', () => {
    host.process(10, { ppid: 11, mnt: 90 });
    host.process(11, { ppid: 10, mnt: 90 });
    host.update();
    assert.deepEqual([host.of.get(10), host.of.get(11)], [null, null]);
  });

  it('deep process trees do not overflow the stack', () => {
    for (let pid = 2; pid < 32_000; pid++) host.process(pid, { ppid: pid - 1, cgroup: '/system.slice/x.service' });
    host.update([...host.all.values()].reverse());
    assert.equal(host.of.size, 31_998);
  });

  it('10,000 processes in no container cost next to nothing', () => {
    for (let pid = 2; pid < 10_002; pid++) host.process(pid, { ppid: pid % 7 === 0 ? pid - 1 : 1, cgroup: `/system.slice/unit-${pid % 300}.service`, ...(pid % 50 === 0 && { mnt: 5000 + pid }) });
    const everything = [...host.all.values()];
    host.update(everything);
    const before = process.cpuUsage();
    for (let i = 0; i < 10; i++) host.update(everything);
    const all = process.cpuUsage(before);
    const quiet = process.cpuUsage();
    for (let i = 0; i < 10; i++) host.update([]);
    const none = process.cpuUsage(quiet);
    const ms = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 10_000;
    assert.ok(ms(all) < 60, `all changed: ${ms(all)} ms of CPU`);
    assert.ok(ms(none) < 5, `none changed: ${ms(none)} ms of CPU`);
  });
});
