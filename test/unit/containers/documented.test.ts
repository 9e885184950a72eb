import assert from 'node:assert/strict';
import { MadeHost } from './made.ts';

/**
 * Engines that Debian has no package of, or that need systemd: what follows is written from their public documentation and
 * source, not recorded (fixtures/README.md).
 */
describe('engines from their documentation', () => {
  let host: MadeHost;
  beforeEach(() => { host = new MadeHost(); });
  afterEach(() => host.dispose());

  const ID = '134b58ab2e0cfd7432a9db818b1b4ec52fdc747333f0ba2c9342860dc2ea7c50';
  const UID = 'aaaa2b4a-f398-41c0-928b-049e1cc4ec40';
  const SLICE = `/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${UID.replaceAll('-', '_')}.slice`;

  it('CRI-O: the bundle that conmon was given', () => {
    const bundle = `/var/data/crioruntimestorage/overlay-containers/${ID}/userdata`;
    host.process(50, { comm: 'conmon', cgroup: `${SLICE}/crio-conmon-${ID}.scope`,
      cmdline: ['/usr/libexec/crio/conmon', '-b', bundle, '-c', ID, '--exit-dir', '/var/run/crio/exits', '-l', '/var/log/pods/x/0.log', '-n', 'k8s_cart_shop_prod_uid_0', '-P', `${bundle}/conmon-pidfile`, '-p', `${bundle}/pidfile`, '-r', '/usr/bin/runc', '-u', ID, '-s'] });
    host.process(51, { ppid: 50, cgroup: `${SLICE}/crio-${ID}.scope`, mnt: 90, pidNs: 91 });
    host.write(`${bundle}/config.json`, { ociVersion: '1.0.2-dev', annotations: {
      'io.container.manager': 'cri-o', 'io.kubernetes.cri-o.ContainerType': 'container', 'io.kubernetes.container.name': 'cart', 'io.kubernetes.cri-o.ContainerName': 'k8s_cart_shop_prod_uid_0',
      'io.kubernetes.pod.name': 'shop', 'io.kubernetes.pod.namespace': 'prod', 'io.kubernetes.pod.uid': UID, 'io.kubernetes.cri-o.ImageName': 'docker.io/library/cart:2', 'io.kubernetes.cri-o.Image': 'sha256:1',
    } });
    host.update();
    const container = host.container(51);
    assert.deepEqual([container?.engine, container?.id, container?.name, container?.image, container?.pod, container?.init],
      ['cri-o', ID, 'cart', 'docker.io/library/cart:2', { name: 'shop', namespace: 'prod', uid: UID }, 51]);
    assert.equal(host.container(50), null);
  });

  it('CRI-O\'s pause container is called as its pod', () => {
    host.process(51, { cgroup: `${SLICE}/crio-${ID}.scope`, mnt: 90 });
    host.write(`/run/containers/storage/overlay-containers/${ID}/userdata/config.json`, { ociVersion: '1.0.2-dev', annotations: {
      'io.kubernetes.cri-o.ContainerType': 'sandbox', 'io.kubernetes.container.name': 'POD', 'io.kubernetes.pod.name': 'segfaulter', 'io.kubernetes.pod.namespace': 'default', 'io.kubernetes.cri-o.Image': 'pause:3.5',
    } });
    host.update();
    assert.deepEqual([host.container(51)?.name, host.container(51)?.pod], ['segfaulter', { name: 'segfaulter', namespace: 'default', uid: UID }]);
  });

  it('Kubernetes through docker: the pod is in the labels', () => {
    host.process(51, { cgroup: `${SLICE}/docker-${ID}.scope`, mnt: 90 });
    host.write(`/var/lib/docker/containers/${ID}/config.v2.json`, { ID, Name: '/k8s_cart_shop_prod_uid_0', Config: { Image: 'cart:2', Labels: { 'io.kubernetes.pod.name': 'shop', 'io.kubernetes.pod.namespace': 'prod' } } });
    host.update();
    assert.deepEqual([host.container(51)?.engine, host.container(51)?.pod], ['docker', { name: 'shop', namespace: 'prod', uid: UID }]);
  });

  it('rootless podman: storage in the home of the user, whose conmon is in the user\'s own mount namespace', () => {
    const cgroup = `/user.slice/user-1000.slice/user@1000.service/user.slice`;
    const storage = '/home/ann/.local/share/containers/storage/overlay-containers';
    host.process(60, { comm: 'conmon', uid: 1000, mnt: 95, cgroup: `${cgroup}/libpod-conmon-${ID}.scope`, cmdline: ['/usr/bin/conmon', '-c', ID, '-n', 'web', '-b', `${storage}/${ID}/userdata`] });
    host.process(61, { ppid: 60, uid: 1000, mnt: 96, cgroup: `${cgroup}/libpod-${ID}.scope/container` });
    host.write(`${storage}/containers.json`, [{ id: ID, names: ['web-renamed'], metadata: '{"image-name":"docker.io/library/nginx:latest"}' }]);
    host.update();
    assert.deepEqual([host.container(61)?.engine, host.container(61)?.name, host.container(61)?.image, host.container(61)?.rootless], ['podman', 'web-renamed', 'docker.io/library/nginx:latest', true]);
    assert.equal(host.container(60), null);
  });

  it('podman by crun, its conmon gone: the storage of the user who runs it', () => {
    host.write('/etc/passwd', 'root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\n');
    host.write('/home/ann/.local/share/containers/storage/overlay-containers/containers.json', [{ id: ID, names: ['lone'], image: 'abc' }]);
    host.write(`/run/user/1000/crun/${ID}/status`, { 'pid': 71, 'process-start-time': 100, 'bundle': `/home/ann/.local/share/containers/storage/overlay-containers/${ID}/userdata`, 'cgroup-path': '' });
    host.process(71, { uid: 1000, mnt: 96, cgroup: '/user.slice/user-1000.slice/session-2.scope' });
    host.update();
    assert.deepEqual([host.container(71)?.engine, host.container(71)?.id, host.container(71)?.name, host.container(71)?.image], ['podman', ID, 'lone', 'abc']);
  });

  it('snap, classic or strict: by its scope; its ID and name are the snap\'s', () => {
    host.process(80, { cgroup: '/user.slice/user-1000.slice/user@1000.service/app.slice/snap.firefox.firefox-0d6b1b5c-7c2e-4a8e-9d5b-3f2a6f1e8c11.scope', mnt: 97 });
    host.process(81, { cgroup: '/user.slice/user-1000.slice/user@1000.service/app.slice/snap.code.code-1d6b1b5c-7c2e-4a8e-9d5b-3f2a6f1e8c11.scope' });
    host.update();
    assert.deepEqual([host.container(80)?.engine, host.container(80)?.name, host.container(80)?.unread.id], ['snap', 'firefox', 'ENODATA']);
    assert.equal(host.container(81)?.name, 'code');
  });

  it('flatpak under systemd: what is in the scope but on the host\'s mounts is outside', () => {
    const cgroup = '/user.slice/user-1000.slice/user@1000.service/app.slice/app-flatpak-org.gnome.Maps-4711.scope';
    host.process(90, { comm: 'bwrap', cmdline: ['bwrap', '--args', '40', 'maps'], uid: 1000, cgroup });
    host.process(91, { ppid: 90, comm: 'bwrap', cmdline: ['bwrap'], uid: 1000, cgroup, mnt: 98 });
    host.process(92, { ppid: 91, comm: 'gnome-maps', uid: 1000, cgroup, mnt: 98 });
    host.write('/proc/91/root/.flatpak-info', '[Application]\nname=org.gnome.Maps\nruntime=runtime/org.gnome.Platform/x86_64/47\n\n[Instance]\ninstance-id=77\n');
    host.update();
    assert.equal(host.container(90), null);
    assert.deepEqual([host.container(92)?.engine, host.container(92)?.name, host.container(92)?.id, host.container(92)?.init], ['flatpak', 'org.gnome.Maps', '77', 91]);
  });

  it('LXD: its monitor rewrites its title in a program of another name', () => {
    host.process(100, { comm: 'lxd', cmdline: ['[lxc monitor] /var/snap/lxd/common/lxd/containers web'], cgroup: '/lxc.monitor.web' });
    host.process(101, { ppid: 100, comm: 'systemd', cgroup: '/lxc.payload.web-1/init.scope', mnt: 99 });
    host.process(102, { ppid: 101, cgroup: '/lxc.payload.web-1/system.slice/ssh.service', mnt: 105 });
    host.update();
    assert.deepEqual([host.container(101)?.engine, host.container(101)?.name], ['lxc', 'web'], 'not web-1, as the cgroup is called when the name was taken');
    assert.equal(host.of.get(102), host.of.get(101), 'a service with mounts of its own is in it, too');
  });
});
