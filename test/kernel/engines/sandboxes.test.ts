import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { removeCgroups, removeIfNew, Workshop } from './engine.ts';
import { containerOf, scanned } from './found.ts';
import { RealHost } from './host.ts';
import { ASK, askInside, NEEDED } from './inside.ts';

describe('sandboxes on this machine', function () {
  this.timeout(120_000);
  let shop: Workshop;
  afterEach(async () => {
    await shop.stop();
    // nspawn, told to stay in our cgroup, makes these two in it
    removeCgroups('payload', 'supervisor');
  });

  for (const { who, before, rootless } of [
    { who: 'root', before: [], rootless: false },
    { who: 'uid 1000', before: ['setpriv', '--reuid', '1000', '--regid', '1000', '--clear-groups'], rootless: true },
  ]) {
    it(`bubblewrap, as ${who}: by the process tree alone`, async () => {
      shop = new Workshop('bwrap', 'setpriv');
      const [program, ...args] = [...before, 'bwrap', '--ro-bind', shop.rootfs(), '/', '--dev', '/dev', '--proc', '/proc', '--unshare-all', '/bin/sh', '-c', '/bin/sleep 86441 & wait'];
      const outer = shop.start(program, args);
      const pid = await shop.sleeper(86441);
      shop.atEnd(() => process.kill(pid, 'SIGKILL'));
      const host = new RealHost();
      const container = await containerOf(host, pid);
      assert.deepEqual([container.engine, container.id, container.name, container.rootless], ['bubblewrap', null, null, rootless]);
      assert.equal(container.init, Number(fs.readFileSync(`/proc/${outer.pid}/task/${outer.pid}/children`, 'utf8')));
      assert.equal(host.containerOf(outer.pid!), null, 'the outer bwrap is not inside');
      assert.equal(scanned(pid)?.engine, 'bubblewrap');
      assert.equal(scanned(pid)?.key, container.key);
    });
  }

  it('systemd-nspawn: its own name for the machine, and the UUID that it gave', async () => {
    shop = new Workshop('systemd-nspawn');
    for (const left of ['/run/systemd/nspawn', '/var/lib/machines']) shop.atEnd(removeIfNew(left));
    const name = shop.name.replace(/[^a-z0-9-]/g, '');
    shop.atEnd(removeIfNew(path.join('/run/systemd/nspawn/propagate', name)));
    const nspawn = shop.start('systemd-nspawn', ['--register=no', '--keep-unit', '-q', '-D', shop.rootfs(), `--machine=${name}`, '--uuid=6a09e667bb67ae853c6ef372a54ff53a', '/bin/sleep', '86451']);
    const pid = await shop.sleeper(86451);
    shop.atEnd(() => process.kill(pid, 'SIGKILL'));
    const host = new RealHost();
    const container = await containerOf(host, pid, (one) => one.name !== null);
    assert.deepEqual([container.engine, container.name, container.id?.replaceAll('-', ''), container.init], ['systemd-nspawn', name, '6a09e667bb67ae853c6ef372a54ff53a', pid]);
    assert.equal(host.containerOf(nspawn.pid!), null);
    assert.equal(scanned(pid)?.name, name);
  });

  it('a helper in bubblewrap knows it; one on the host, or in namespaces that nobody called a container, says what it sees', () => {
    shop = new Workshop('bwrap');
    const binds = NEEDED.flatMap((dir) => ['--ro-bind', dir, dir]);
    assert.equal(askInside('bwrap', [...binds, '--unshare-pid', '--proc', '/proc', ...ASK])?.engine, 'bubblewrap');
    const [program, ...args] = ASK;
    assert.equal(askInside(program!, args), null);
    const unshared = askInside('unshare', ['--pid', '--fork', '--mount-proc', ...ASK]);
    assert.deepEqual([unshared?.engine, unshared?.id, unshared?.evidence.replace(/\d+/, 'N')], ['unknown', null, 'pid namespace N is not the initial one']);
  });
});
