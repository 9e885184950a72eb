import assert from 'node:assert/strict';
import path from 'node:path';
import { removeCgroups, removeIfNew, Workshop } from './engine.ts';
import { containerOf, scanned, told } from './found.ts';
import { RealHost } from './host.ts';
import { ASK, NEEDED, parseInside } from './inside.ts';

describe('podman on this machine', function () {
  this.timeout(120_000);
  let shop: Workshop;
  let podman: (...args: string[]) => string;

  before(() => {
    shop = new Workshop('podman', 'runc');
    const at = (name: string): string => path.join(shop.directory, name);
    for (const file of ['/run/libpod', '/run/runc', '/run/crun', '/var/lib/cni', '/etc/cni/net.d/cni.lock']) shop.atEnd(removeIfNew(file));
    podman = (...args) => shop.run('podman', ['--root', at('root'), '--runroot', at('run'), '--tmpdir', at('tmp'), '--storage-driver', 'vfs', '--cgroup-manager=cgroupfs', '--runtime', 'runc', ...args]);
    shop.run('tar', ['-C', shop.rootfs(), '-cf', at('image.tar'), '.']);
    podman('import', '-q', at('image.tar'), 'localhost/nslab-image:1');
  });
  after(async () => {
    await shop.stop();
    removeCgroups('libpod_parent');
  });

  it('names a container, and sees it renamed', async () => {
    const host = new RealHost();
    const name = `${shop.name}-web`;
    const id = podman('run', '-d', '--name', name, '--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024', '--network', 'none', 'localhost/nslab-image:1', '/bin/sleep', '86411').split('\n').at(-1)!;
    shop.atEnd(() => podman('rm', '-f', '-t', '0', id));
    const init = await shop.sleeper(86411);
    const expected = { engine: 'podman', id, name, image: 'localhost/nslab-image:1', rootless: false, init };
    assert.deepEqual(told(await containerOf(host, init, (one) => one.name !== null)), expected);
    assert.deepEqual(told(scanned(init)), expected);

    podman('rename', name, `${name}-renamed`);
    assert.equal((await containerOf(host, init, (one) => one.name !== name)).name, `${name}-renamed`);
  });

  it('a helper inside knows it', () => {
    const binds = NEEDED.flatMap((dir) => ['-v', `${dir}:${dir}:ro`]);
    const inside = parseInside(podman('run', '--rm', '--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024', '--network', 'none', ...binds, 'localhost/nslab-image:1', ...ASK));
    assert.equal(inside?.engine, 'podman');
    assert.match(inside.evidence, /\.containerenv exists/);
    assert.match(inside.id ?? '', /^[0-9a-f]{64}$/);
  });
});
