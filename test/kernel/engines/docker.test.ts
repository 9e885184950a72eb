import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { until } from '../world/until.ts';
import { removeCgroups, removeIfNew, Workshop } from './engine.ts';
import { containerOf, scanned, told } from './found.ts';
import { RealHost } from './host.ts';
import { ASK, NEEDED, parseInside } from './inside.ts';

describe('docker on this machine', function () {
  this.timeout(120_000);
  let shop: Workshop;
  let docker: (...args: string[]) => string;

  before(async () => {
    shop = new Workshop('dockerd', 'docker');
    const at = (name: string): string => path.join(shop.directory, name);
    for (const file of ['/etc/docker/key.json', '/run/containerd', '/run/docker', '/opt/containerd']) shop.atEnd(removeIfNew(file));
    // private to this test, so that the data directory is known by dockerd's command line only
    shop.start('dockerd', ['--iptables=false', '--bridge=none', '--storage-driver=vfs', '--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid'), '-H', `unix://${at('sock')}`]);
    docker = (...args) => shop.run('docker', args, { DOCKER_HOST: `unix://${at('sock')}`, DOCKER_CONFIG: at('config') });
    await until('dockerd answers', () => {
      if (!fs.existsSync(at('sock'))) return false;
      try { return docker('info') !== ''; } catch { return false; }
    }).catch((error: unknown) => { throw new Error(`${String(error)}\n${shop.logs()}`); });
    shop.run('tar', ['-C', shop.rootfs(), '-cf', at('image.tar'), '.']);
    docker('import', at('image.tar'), 'nslab-image:1');
  });
  after(async () => {
    await shop.stop();
    removeCgroups('docker');
  });

  it('names the container of a process, of its child, and of one that was sent in later; and sees a rename and the end', async () => {
    const host = new RealHost();
    const name = `${shop.name}-web`;
    const id = docker('run', '-d', '--name', name, '--network', 'none', 'nslab-image:1', '/bin/sh', '-c', '/bin/sleep 86401 & exec /bin/sleep 86402');
    shop.atEnd(() => docker('rm', '-f', id));
    const [child, init] = [await shop.sleeper(86401), await shop.sleeper(86402)];
    const expected = { engine: 'docker', id, name, image: 'nslab-image:1', rootless: false, init };
    const container = await containerOf(host, init, (one) => one.name !== null);
    assert.deepEqual(told(container), expected);
    assert.equal(host.containerOf(child)?.key, container.key);
    assert.deepEqual(told(scanned(init)), expected);

    docker('exec', '-d', id, '/bin/sleep', '86403');
    assert.equal((await containerOf(host, await shop.sleeper(86403))).key, container.key);

    docker('rename', id, `${name}-renamed`);
    await containerOf(host, init, (one) => one.name === `${name}-renamed`);

    assert.equal(host.containerOf(process.pid), null);
    docker('kill', id);
    await until('the container is gone', () => {
      host.look();
      return !host.has(container.key);
    });
  });

  it('a helper inside knows it, and in which container', () => {
    const name = `${shop.name}-inside`;
    const binds = NEEDED.flatMap((dir) => ['-v', `${dir}:${dir}:ro`]);
    const inside = parseInside(docker('run', '--name', name, '--network', 'none', ...binds, 'nslab-image:1', ...ASK));
    const id = docker('inspect', '-f', '{{.Id}}', name);
    docker('rm', name);
    assert.equal(inside?.engine, 'docker');
    assert.equal(inside.id, id);
    assert.match(inside.evidence, /\.dockerenv exists/);
  });
});
