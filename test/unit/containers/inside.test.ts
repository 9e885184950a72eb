import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { insideContainer } from '../../../helper/containers/inside.ts';
import { MadeHost } from './made.ts';

const ID = '3f4e1d2c5b6a79880102030405060708090a0b0c0d0e0f101112131415161718';
const INITIAL = { ipc: 4026531839, uts: 4026531838, user: 4026531837, pid: 4026531836, cgroup: 4026531835, mnt: 4026531841 };

describe('insideContainer', () => {
  let host: MadeHost;
  beforeEach(() => { host = new MadeHost(); });
  afterEach(() => host.dispose());

  function namespaces(own: Partial<typeof INITIAL> = {}, first: Partial<typeof INITIAL> = INITIAL): void {
    for (const [pid, inodes] of [['self', { ...INITIAL, ...own }], ['1', first]] as const) {
      for (const [link, inode] of Object.entries(inodes)) {
        const path = `${host.root}/proc/${pid}/ns/${link}`;
        mkdirSync(dirname(path), { recursive: true });
        symlinkSync(`${link}:[${inode}]`, path);
      }
    }
  }
  const own = { pid: 4026532200, mnt: 4026532198, uts: 4026532199, ipc: 4026532201, cgroup: 4026532202 };

  it('is null on a plain host, also with a stale /.dockerenv or a snap\'s scope', () => {
    namespaces();
    host.write('/.dockerenv', '');
    host.write('/proc/self/cgroup', '0::/user.slice/user-1000.slice/user@1000.service/app.slice/snap.code.code-0d6b1b5c-7c2e-4a8e-9d5b-3f2a6f1e8c11.scope\n');
    host.write('/proc/1/environ', 'HOME=/\0TERM=linux\0');
    host.write('/proc/1/comm', 'systemd\n');
    host.write('/proc/sys/kernel/osrelease', '6.1.0-21-amd64\n');
    host.write('/proc/self/mountinfo', `24 1 8:1 / / rw - ext4 /dev/sda1 rw\n90 24 0:50 / /var/lib/docker/containers/${ID}/mounts/shm rw - tmpfs shm rw\n`);
    assert.equal(insideContainer(host.root), null);
  });

  it('docker: the file, and the ID from its mounts', () => {
    namespaces(own, {});
    host.write('/.dockerenv', '');
    host.write('/proc/self/mountinfo', `700 600 8:1 /var/lib/docker/containers/${ID}/hosts /etc/hosts rw,relatime - ext4 /dev/sda1 rw\n`);
    const inside = insideContainer(host.root);
    assert.deepEqual([inside?.engine, inside?.id, inside?.name], ['docker', ID, null]);
    assert.match(inside?.evidence ?? '', /\/\.dockerenv exists; .*hosts is mounted on \/etc\/hosts; pid namespace 4026532200 is not the initial one/);
  });

  it('a docker container that shares the host\'s pid namespace', () => {
    namespaces({ ...own, pid: INITIAL.pid });
    host.write('/.dockerenv', '');
    host.write('/proc/self/mountinfo', `700 600 8:1 /srv/docker/containers/${ID}/hosts /etc/hosts rw - ext4 /dev/sda1 rw\n`);
    host.write('/proc/self/cgroup', `0::/../../system.slice/docker-${ID}.scope\n`);
    assert.deepEqual(insideContainer(host.root)?.id, ID);
  });

  it('podman tells engine, name and ID when the container is privileged', () => {
    namespaces(own, {});
    host.write('/run/.containerenv', `engine="podman-4.3.1"\nname="web-2"\nid="${ID}"\nimage="localhost/bb:1"\nrootless=1\n`);
    assert.deepEqual({ ...insideContainer(host.root), evidence: '' }, { engine: 'podman', id: ID, name: 'web-2', evidence: '' });
  });

  it('LXC and nspawn by what systemd or process 1 was told', () => {
    namespaces(own, {});
    host.write('/proc/1/environ', 'container=lxc\0PATH=/bin\0');
    assert.deepEqual([insideContainer(host.root)?.engine, insideContainer(host.root)?.evidence.split(';')[0]], ['lxc', 'container=lxc in the environment of process 1']);
    host.write('/proc/1/environ', '');
    host.write('/run/systemd/container', 'systemd-nspawn\n');
    host.write('/proc/self/mountinfo', '128 126 254:0 /run/systemd/nspawn/propagate/box1 /run/host/incoming ro,relatime master:9 - ext4 /dev/vda rw\n');
    assert.deepEqual([insideContainer(host.root)?.engine, insideContainer(host.root)?.name], ['systemd-nspawn', 'box1']);
  });

  it('a Kubernetes pod by containerd: the sandbox\'s ID is not ours', () => {
    namespaces(own, {});
    host.write('/proc/self/mountinfo', `1 2 8:1 /var/lib/kubelet/pods/0d6b1b5c-7c2e-4a8e-9d5b-3f2a6f1e8c11/etc-hosts /etc/hosts rw - ext4 /dev/sda1 rw\n3 2 8:1 /var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/${ID}/hostname /etc/hostname rw - ext4 /dev/sda1 rw\n`);
    const inside = insideContainer(host.root);
    assert.deepEqual([inside?.engine, inside?.id], ['containerd', null]);
    assert.match(inside?.evidence ?? '', /a Kubernetes pod/);
  });

  it('a VS Code in flatpak or in a strict snap', () => {
    namespaces();
    host.write('/var/lib/snapd/hostfs/etc/passwd', '');
    host.write('/proc/self/environ', 'SNAP_NAME=codium\0');
    assert.deepEqual([insideContainer(host.root)?.engine, insideContainer(host.root)?.name], ['snap', 'codium']);
    host.write('/.flatpak-info', '[Application]\nname=com.visualstudio.code\nruntime=runtime/x\n\n[Instance]\ninstance-id=148\n');
    assert.deepEqual({ ...insideContainer(host.root), evidence: '' }, { engine: 'flatpak', id: '148', name: 'com.visualstudio.code', evidence: '' });
  });

  it('WSL, and a pid namespace that nobody called a container', () => {
    namespaces({ pid: 4026532200 });
    assert.deepEqual(insideContainer(host.root), { engine: 'unknown', id: null, name: null, evidence: 'pid namespace 4026532200 is not the initial one' });
    host.write('/proc/sys/kernel/osrelease', '5.15.153.1-microsoft-standard-WSL2\n');
    assert.equal(insideContainer(host.root)?.name, 'WSL');
  });

  it('without a readable /proc it says nothing', () => {
    assert.equal(insideContainer(host.root), null);
    assert.equal(insideContainer(`${host.root}/nowhere`), null);
  });
});
