import assert from 'node:assert/strict';
import { ContainerFinder } from '../../../helper/containers/finder.ts';
import type { Container } from '../../../helper/protocol.ts';
import type { Replay } from './recording.ts';
import { load, replay } from './recording.ts';

/** Recordings of the real engines; fixtures/README.md says how each was made. */
describe('containers of recorded engines', () => {
  let host: Replay | undefined;
  afterEach(() => {
    host?.dispose();
    host = undefined;
  });

  /** Finds everything at once, as in the first scan. */
  function find(name: string): { host: Replay; of: (commandLine: string | RegExp | number) => Container | null } {
    const here = host = replay(load(name));
    const { of, containers } = new ContainerFinder({ root: here.root }).update([...here.all.values()], [], here.hostNs, here.all);
    return {
      host: here,
      of: (commandLine) => {
        const key = of.get(typeof commandLine === 'number' ? commandLine : here.pid(commandLine)) ?? null;
        const container = containers.find((one) => one.key === key);
        assert.equal(container === undefined, key === null, `container ${key} is described`);
        return container ?? null;
      },
    };
  }
  /** The fields that a person reads. */
  const told = (container: Container | null) => container && {
    engine: container.engine, id: container.id, name: container.name, image: container.image, rootless: container.rootless, init: container.init,
  };

  it('docker, its data in a private directory that dockerd was told', () => {
    const { host, of } = find('docker');
    assert.deepEqual(told(of('/bin/sleep 1000')), {
      engine: 'docker', id: '1a695f64eb52254a64cc8a9d9cbf132f783665df4b0fba0599026df809e7ce40', name: 'web-1', image: 'bb:1', rootless: false, init: host.pid('/bin/sleep 1000'),
    });
    const named = of('sleep 1000');
    assert.equal(named?.name, 'kind_elgamal');
    assert.equal(named.init, host.pid(/^\/sbin\/docker-init/));
    assert.equal(of('sleep 1001')?.key, named.key);
    assert.deepEqual(named.unread, {});
    for (const outer of [/^dockerd/, /^containerd /, /^\/usr\/bin\/containerd-shim-runc-v2 .* 1a695/]) assert.equal(of(outer), null);
  });

  it('podman: two containers and a pod', () => {
    const { host, of } = find('podman');
    assert.deepEqual(told(of('/bin/sleep 1004')), {
      engine: 'podman', id: 'ef952a2eb3c37eed566ab54f8dc51a0bb8aec5fd2b7abf4c138e8ea1881e45f9', name: 'web-2', image: 'localhost/bb:1', rootless: false, init: host.pid('/bin/sleep 1004'),
    });
    assert.equal(of('/bin/sleep 1004')?.pod, null);
    const pod = { name: null, namespace: null, uid: '759264b3bd2adf3f2db31b92bd6f62f69a00e11dc4d23379ffbffa4c9903cf1e' };
    assert.deepEqual([of('/bin/sleep 1005')?.name, of('/bin/sleep 1005')?.pod], ['759264b3bd2a-infra', pod]);
    assert.deepEqual([of('/bin/sleep 1006')?.name, of('/bin/sleep 1006')?.pod], ['cart', pod]);
    assert.equal(of(/^\/usr\/bin\/conmon .*-n web-2 /), null);
  });

  it('containerd alone: the ID is the name', () => {
    const { of } = find('containerd-ctr');
    const container = of('/bin/sleep 1002');
    assert.deepEqual([container?.engine, container?.id, container?.name, container?.image, container?.unread], ['containerd', 'my-ctr', 'my-ctr', null, { image: 'ENODATA' }]);
    assert.equal(of(/^containerd /), null);
  });

  it('a Kubernetes pod by containerd: one shim, two containers', () => {
    const { of } = find('containerd-cri');
    const pod = { name: 'shop-7d9f', namespace: 'prod', uid: '0d6b1b5c-7c2e-4a8e-9d5b-3f2a6f1e8c11' };
    const cart = of('/bin/sleep 1003');
    assert.deepEqual([cart?.engine, cart?.id, cart?.name, cart?.image, cart?.pod],
      ['containerd', '9810716f01e4b8d7cb3af3a979e3e4ab66f0f8464f2de226523a86fc143021af', 'cart', 'localhost/bb:1', pod]);
    const sandbox = of('/bin/sleep 1000');
    assert.deepEqual([sandbox?.engine, sandbox?.id, sandbox?.name, sandbox?.pod],
      ['containerd', 'f50345984dfdd077fc1e2e3d641b960fdf3cfff5060d0edb17a2688b4a6172e8', 'shop-7d9f', pod]);
  });

  it('runc: detached, and in the foreground with a root of its own', () => {
    const { of } = find('runc');
    for (const [init, child, id] of [[25070, 25077, 'my-runc'], [25091, 25096, 'fore-runc']] as const) {
      const container = of(init);
      assert.deepEqual(told(container), { engine: 'runc', id, name: id, image: null, rootless: false, init });
      assert.equal(of(child)?.key, container?.key);
    }
    assert.equal(of(/^runc --root/), null);
  });

  it('bubblewrap: by the process tree, as root and not', () => {
    const { host, of } = find('bubblewrap');
    const boxed = of('/bin/sleep 1010');
    assert.deepEqual([boxed?.engine, boxed?.id, boxed?.name, boxed?.rootless, boxed?.unread], ['bubblewrap', null, null, false, { name: 'ENODATA', image: 'ENODATA', id: 'ENODATA' }]);
    assert.equal(of('/bin/sleep 1011')?.key, boxed?.key);
    const sharing = of('/bin/sleep 1012');
    assert.equal(of('/bin/sleep 1013')?.key, sharing?.key);
    assert.notEqual(sharing?.key, boxed?.key);
    const user = of('/bin/sleep 1014');
    assert.deepEqual([user?.engine, user?.rootless], ['bubblewrap', true]);
    // the outer bwrap is not inside
    const outer = [...host.all.values()].filter((process) => process.ppid === 1);
    assert.equal(outer.length, 3);
  });

  it('lxc: lxc-execute and lxc-start', () => {
    const { host, of } = find('lxc');
    assert.deepEqual(told(of('/bin/sleep 1020')), { engine: 'lxc', id: null, name: 'my-lxc', image: null, rootless: false, init: host.pid('init') });
    assert.equal(of('/bin/sleep 1022')?.name, 'started');
    assert.equal(of(/^\[lxc monitor\]/), null);
    assert.equal(of(/^lxc-execute/), null);
  });

  it('systemd-nspawn: a given name, and a made-up one', () => {
    const { of } = find('nspawn');
    const box = of('/bin/sleep 1030');
    assert.deepEqual([box?.engine, box?.name, box?.id], ['systemd-nspawn', 'box1', 'c9fe9cca-5d81-4de2-97ce-e068c4cf0092']);
    const copy = of('/bin/sleep 1031');
    assert.deepEqual([copy?.engine, copy?.name, copy?.id], ['systemd-nspawn', 'rootfs-d277a4f9ad44f4cc', '53a650b2-c85e-4809-a3f3-301802fe04cb']);
    assert.equal(of(/^systemd-nspawn .*-M box1/), null);
  });

  it('firejail', () => {
    const { host, of } = find('firejail');
    const jail = of('sleep 1040');
    assert.deepEqual([jail?.engine, jail?.name, jail?.id], ['firejail', 'fjbox', '26590']);
    assert.equal(host.all.get(26590)?.comm, 'firejail');
  });

  it('flatpak without systemd: bubblewrap by the tree, flatpak by what it put into the sandbox', () => {
    const { of } = find('flatpak');
    const app = of('/bin/sleep 1050');
    assert.deepEqual([app?.engine, app?.name, app?.id, app?.image], ['flatpak', 'org.nslab.Demo', '1485552399', 'runtime/org.nslab.Platform/x86_64/1']);
  });
});
