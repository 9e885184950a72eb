import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sightingOfCgroup, unescapeUnit } from '../../../helper/containers/cgroupPath.ts';

const ID = '3f4e1d2c5b6a79880102030405060708090a0b0c0d0e0f101112131415161718';
const OUTER = 'a'.repeat(64);
const UID = '0d6b1b5c-7c2e-4a8e-9d5b-3f2a6f1e8c11';
const UNDERSCORED = UID.replaceAll('-', '_');

/** Path, then engine, ID, name, pod uid, rootless. Those marked * are from recordings on this kind of machine, the others from the engines' documentation and source. */
const KNOWN: readonly (readonly [string, string, string | null, string | null, string | null, boolean | null])[] = [
  [`/docker/${ID}`, 'docker', ID, null, null, null], // *
  [`/system.slice/docker-${ID}.scope`, 'docker', ID, null, null, null],
  [`/user.slice/user-1000.slice/user@1000.service/user.slice/docker-${ID}.scope`, 'docker', ID, null, null, true],
  [`/docker/${OUTER}/docker/${ID}`, 'docker', ID, null, null, null],
  [`/../../system.slice/docker-${ID}.scope`, 'docker', ID, null, null, null],
  [`/ecs/7c1f/${ID}`, 'docker', ID, null, null, null],
  [`/libpod_parent/libpod-${ID}`, 'podman', ID, null, null, null], // *
  [`/libpod_parent/${OUTER}/libpod-${ID}`, 'podman', ID, null, OUTER, null], // *
  [`/machine.slice/libpod-${ID}.scope/container`, 'podman', ID, null, null, null],
  [`/machine.slice/machine-libpod_pod_${OUTER}.slice/libpod-${ID}.scope`, 'podman', ID, null, OUTER, null],
  [`/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${ID}.scope/container`, 'podman', ID, null, null, true],
  [`/system.slice/web.service/libpod-payload-${ID}`, 'podman', ID, null, null, null],
  [`/kubepods/besteffort/pod${UID}/${ID}`, 'unknown', ID, null, UID, null], // *
  [`/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${UNDERSCORED}.slice/cri-containerd-${ID}.scope`, 'containerd', ID, null, UID, null],
  [`/kubepods.slice/kubepods-pod${UNDERSCORED}.slice/crio-${ID}.scope`, 'cri-o', ID, null, UID, null],
  [`/kubepods.slice/kubepods-pod${UNDERSCORED}.slice/docker-${ID}.scope`, 'docker', ID, null, UID, null],
  [`/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${'0'.repeat(32)}.slice/cri-containerd-${ID}.scope`, 'containerd', ID, null, '0'.repeat(32), null],
  [`/system.slice/containerd.service/kubepods-besteffort-pod${UNDERSCORED}.slice:cri-containerd:${ID}`, 'containerd', ID, null, UID, null],
  [`/system.slice/nerdctl-${ID}.scope`, 'containerd', ID, null, null, null],
  ['/lxc.payload.my-lxc', 'lxc', null, 'my-lxc', null, null], // *
  ['/lxc.payload.web/system.slice/ssh.service', 'lxc', null, 'web', null, null],
  ['/lxc/old', 'lxc', null, 'old', null, null],
  ['/machine.slice/machine-box.scope/payload', 'systemd-nspawn', null, 'box', null, null],
  ['/machine.slice/machine-my\\x2dbox.scope/payload/init.scope', 'systemd-nspawn', null, 'my-box', null, null],
  ['/machine.slice/systemd-nspawn@web.service/payload', 'systemd-nspawn', null, 'web', null, null],
  ['/user.slice/user-1000.slice/user@1000.service/app.slice/app-flatpak-org.gnome.Maps-4711.scope', 'flatpak', null, 'org.gnome.Maps', null, true],
  ['/user.slice/user-1000.slice/user@1000.service/app.slice/app-flatpak-com.valve\\x2dsoft.Steam-99.scope', 'flatpak', null, 'com.valve-soft.Steam', null, true],
  ['/user.slice/user-1000.slice/user@1000.service/app.slice/snap.firefox.firefox-0d6b1b5c-7c2e-4a8e-9d5b-3f2a6f1e8c11.scope', 'snap', null, 'firefox', null, true],
  ['/system.slice/snap.lxd.daemon.service', 'snap', null, 'lxd', null, null],
];
const OUTSIDE = [
  '/', '', '/init.scope', '/user.slice/user-1000.slice/session-2.scope', '/system.slice/docker.service', '/system.slice/containerd.service', '/default/my-ctr', '/my-runc', '/payload',
  `/machine.slice/libpod-conmon-${ID}.scope`, `/kubepods.slice/kubepods-pod${UNDERSCORED}.slice/crio-conmon-${ID}.scope`, `/libpod_parent/${ID}`,
  '/lxc.monitor.my-lxc', '/lxc.pivot', '/lxc.payload.', '/lxc', '/machine.slice/machine-box.scope/supervisor', '/machine.slice/machine-qemu\\x2d1\\x2dvm.scope/libvirt/emulator',
  '/docker/abc', `/docker/${ID.toUpperCase()}`, `/docker/${ID}0`, `/system.slice/docker-${ID}.scope.d`, '/system.slice/snapd.service', '/memory/71702123b2092bfc438a802e51306228',
];

describe('sightingOfCgroup', () => {
  for (const [path, engine, id, name, podUid, rootless] of KNOWN) {
    it(path, () => {
      const sighting = sightingOfCgroup(path);
      assert.deepEqual(sighting && [sighting.engine, sighting.id, sighting.name, sighting.podUid, sighting.rootless], [engine, id, name, podUid, rootless]);
    });
  }
  it('says nothing of paths that no engine made, or that hold its own processes', () => {
    for (const path of OUTSIDE) assert.equal(sightingOfCgroup(path), null, path);
  });
  it('podman beside a container of docker: the monitor is in the outer one', () => {
    assert.equal(sightingOfCgroup(`/docker/${OUTER}/libpod_parent/libpod-conmon-${ID}.scope`)?.id, OUTER);
  });
  it('takes any text in no time', () => {
    const part = fc.oneof(fc.constantFrom('docker', 'lxc', 'lxc.payload', 'machine-', '.scope', 'snap.', 'app-flatpak-', 'pod', '-', ':', '\\x2d', ID, '\n', '\u001b[2J', '..'), fc.string());
    fc.assert(fc.property(fc.array(fc.array(part).map((parts) => parts.join('')), { maxLength: 30 }), (segments) => {
      const sighting = sightingOfCgroup(`/${segments.join('/')}`);
      assert.ok(sighting === null || sighting.id !== null || (sighting.name !== null && sighting.name !== ''));
    }), { numRuns: 500, seed: 20261123 });
    const started = process.cpuUsage();
    for (const long of ['snap.'.repeat(100_000), 'app-flatpak-'.repeat(100_000), `machine-${'-'.repeat(500_000)}`, '/pod0'.repeat(100_000)]) sightingOfCgroup(`/${long}`);
    assert.ok(process.cpuUsage(started).user < 2_000_000, 'no regular expression goes back over half a megabyte again and again');
  });
  it('unescapeUnit reads UTF-8 and leaves other text alone', () => {
    assert.equal(unescapeUnit('caf\\xc3\\xa9'), 'café');
    assert.equal(unescapeUnit('日本\\x2d'), '日本\\x2d');
    assert.equal(unescapeUnit('\\xzz'), '\\xzz');
  });
});
