import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { removeCgroups, removeIfNew, Workshop } from './engine.ts';
import { containerOf, scanned, told } from './found.ts';
import { RealHost } from './host.ts';

describe('runc and LXC on this machine', function () {
  this.timeout(120_000);
  let shop: Workshop;
  afterEach(async () => {
    await shop.stop();
    removeCgroups(...['', '-front'].map((end) => shop.name + end), ...['payload', 'monitor'].map((part) => `lxc.${part}.${shop.name}`), 'lxc.pivot');
  });

  function bundle(seconds: number): string {
    const dir = path.join(shop.directory, `bundle-${seconds}`);
    fs.mkdirSync(dir);
    shop.run('runc', ['spec', '--bundle', dir]);
    const spec = JSON.parse(fs.readFileSync(path.join(dir, 'config.json'), 'utf8')) as { process: Record<string, unknown>; root: { path: string } };
    spec.process['terminal'] = false;
    spec.process['args'] = ['/bin/sleep', String(seconds)];
    delete spec.process['rlimits'];
    spec.root.path = path.join(shop.directory, 'rootfs');
    fs.writeFileSync(path.join(dir, 'config.json'), JSON.stringify(spec));
    return dir;
  }

  it('runc: a detached container has no parent to ask, so its state file tells; one in the foreground has its own --root', async () => {
    shop = new Workshop('runc');
    shop.atEnd(removeIfNew('/run/runc'));
    shop.rootfs();
    const host = new RealHost();
    shop.run('runc', ['run', '-d', '--bundle', bundle(86421), shop.name]);
    shop.atEnd(() => shop.run('runc', ['delete', '--force', shop.name]));
    const detached = await shop.sleeper(86421);
    const expected = { engine: 'runc', id: shop.name, name: shop.name, image: null, rootless: false, init: detached };
    assert.deepEqual(told(await containerOf(host, detached)), expected);
    assert.deepEqual(told(scanned(detached)), expected);

    const root = path.join(shop.directory, 'state');
    const front = `${shop.name}-front`;
    shop.start('runc', ['--root', root, 'run', '--bundle', bundle(86422), front]);
    const init = await shop.sleeper(86422);
    shop.atEnd(() => shop.run('runc', ['--root', root, 'kill', front, 'KILL']));
    assert.deepEqual(told(await containerOf(host, init)), { ...expected, id: front, name: front, init });
  });

  it('lxc-execute', async () => {
    shop = new Workshop('lxc-execute');
    const rootfs = shop.rootfs();
    const config = path.join(shop.directory, shop.name, 'config');
    fs.mkdirSync(path.dirname(config));
    fs.writeFileSync(config, `lxc.rootfs.path = dir:${rootfs}\nlxc.uts.name = ${shop.name}\nlxc.net.0.type = empty\n`);
    for (const left of ['/run/lxc', '/var/lib/lxc/rootfs']) shop.atEnd(removeIfNew(left));
    const monitor = shop.start('lxc-execute', ['-n', shop.name, '-P', shop.directory, '--', '/bin/sleep', '86431']);
    const pid = await shop.sleeper(86431);
    shop.atEnd(() => process.kill(pid, 'SIGKILL'));
    const host = new RealHost();
    const container = await containerOf(host, pid);
    assert.deepEqual([container.engine, container.name, container.id, container.rootless, container.unread.id], ['lxc', shop.name, null, false, 'ENODATA']);
    assert.equal(container.init, Number(fs.readFileSync(`/proc/${monitor.pid}/task/${monitor.pid}/children`, 'utf8')), 'the first process is the child of lxc-execute');
    assert.equal(host.containerOf(monitor.pid!), null);
    assert.equal(scanned(pid)?.name, shop.name);
  });
});
