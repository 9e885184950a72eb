import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { readBounded, StateFiles } from '../../../helper/containers/stateFiles.ts';
import { MadeHost } from './made.ts';

const ID = '3f4e1d2c5b6a79880102030405060708090a0b0c0d0e0f101112131415161718';
const CONFIG = `/var/lib/docker/containers/${ID}/config.v2.json`;

describe('damaged and hostile state', () => {
  let host: MadeHost;
  beforeEach(() => {
    host = new MadeHost();
    host.process(10, { cgroup: `/docker/${ID}`, mnt: 77 });
  });
  afterEach(() => host.dispose());
  const reason = (): string | undefined => {
    host.update();
    assert.equal(host.container(10)?.id, ID, 'the ID is known by the path in any case');
    return host.container(10)?.unread.name;
  };

  it('text that is no JSON, or not a container\'s, is EFORMAT', () => {
    for (const text of ['', '{', '[]', 'null', '"x"', '{"Name":5}', `{"ID":"${ID}","Name":`, '\0\0']) {
      host.write(CONFIG, text);
      assert.equal(reason(), 'EFORMAT', text);
    }
  });

  it('names keep their hostile text: whoever shows them makes it visible', () => {
    const name = '/a\n\u001b[2J<b>`${x}`\u202e';
    host.write(CONFIG, { ID, Name: name, Config: { Image: '__proto__' } });
    assert.equal(reason(), undefined);
    assert.deepEqual([host.container(10)?.name, host.container(10)?.image], [name.slice(1), '__proto__']);
  });

  it('a megabyte is read, more than 8 is refused', () => {
    host.write(CONFIG, { ID, Name: `/${'n'.repeat(1 << 20)}`, Config: { Image: 'i' } });
    assert.equal(reason(), undefined);
    assert.equal(host.container(10)?.name?.length, 1 << 20);
    host.write(CONFIG, '{}');
    truncateSync(host.root + CONFIG, 8 * 1024 * 1024 + 1);
    assert.equal(reason(), 'EFBIG');
  });

  it('symbolic links, loops, directories and FIFOs are refused with their errno, and nothing hangs', () => {
    const dir = host.root + dirname(CONFIG);
    const fresh = (): void => { host.dispose(); mkdirSync(dir, { recursive: true }); };
    fresh();
    symlinkSync('config.v2.json', host.root + CONFIG);
    assert.equal(reason(), 'ELOOP');
    fresh();
    host.write('/secret.json', { ID, Name: '/secret', Config: { Image: 'x' } });
    symlinkSync(join(host.root, 'secret.json'), host.root + CONFIG);
    assert.equal(reason(), 'ELOOP', 'even one that leads to a file');
    fresh();
    mkdirSync(host.root + CONFIG);
    assert.equal(reason(), 'EISDIR');
    fresh();
    execFileSync('mkfifo', [host.root + CONFIG]);
    assert.equal(reason(), 'EINVAL');
  });

  it('an unreadable file gives EACCES', () => {
    host.write(CONFIG, { ID, Name: '/web' });
    chmodSync(host.root + CONFIG, 0);
    if (process.getuid?.() !== 0) {
      assert.equal(reason(), 'EACCES');
      return;
    }
    // root reads everything: so it steps down for a moment
    chmodSync(host.root, 0o755);
    const { seteuid } = process;
    assert.ok(seteuid);
    seteuid(1000);
    try {
      assert.deepEqual(readBounded(host.root + CONFIG), { errno: 'EACCES' });
      assert.equal(reason(), 'EACCES');
    } finally {
      seteuid(0);
    }
  });

  it('IDs from command lines never lead out of the engine\'s directory', () => {
    host.write('/etc/config.json', { ociVersion: '1', annotations: { 'io.kubernetes.cri.container-name': 'stolen' } });
    host.write('/etc/config.v2.json', { ID: 'x', Name: '/stolen', Config: { Image: 'x' } });
    for (const [i, namespace] of ['moby', 'default', '../../../etc'].entries()) {
      host.process(20 + 2 * i, { comm: 'containerd-shim', cmdline: ['containerd-shim-runc-v2', '-namespace', namespace, '-id', '../../../../etc'] });
      host.process(21 + 2 * i, { ppid: 20 + 2 * i, mnt: 200 + i });
    }
    host.process(40, { comm: 'conmon', cmdline: ['conmon', '-c', '../x', '-n', 'k8s_../y', '-b', '../../etc'] });
    host.process(41, { ppid: 40, mnt: 300 });
    host.update();
    for (const pid of [21, 23, 25, 41]) assert.notEqual(host.container(pid)?.name, 'stolen');
  });

  it('any command line of a starter, and any JSON, is taken without an exception', () => {
    const comm = fc.constantFrom('containerd-shim', 'conmon', 'bwrap', 'firejail', 'systemd-nspawn', 'lxc-execute', 'runc', 'dockerd');
    const word = fc.oneof(fc.constantFrom('-n', '-c', '-b', '-id', '-namespace', '-P', '--root', 'run', '--', '-M', '--data-root', '[lxc monitor] /a b', '..', ''), fc.string());
    fc.assert(fc.property(comm, fc.array(word), fc.jsonValue(), (starter, args, json) => {
      host.write(CONFIG, JSON.stringify(json));
      host.write('/run/runc/x/state.json', JSON.stringify(json));
      host.process(20, { comm: starter, cmdline: [starter, ...args] });
      host.process(21, { ppid: 20, mnt: 400, nsPids: [21, 1] });
      host.update();
    }), { numRuns: 300, seed: 20261123 });
  });

  it('a file is read again only when it changed', () => {
    host.write('/state.json', { n: 1 });
    const files = new StateFiles(host.root);
    let parsed = 0;
    const read = (): unknown => files.json('/state.json', (json) => { parsed++; return json; });
    assert.deepEqual([read(), read(), parsed], [{ value: { n: 1 } }, { value: { n: 1 } }, 1]);
    host.write('/state.json', { n: 2 });
    assert.deepEqual([read(), parsed], [{ value: { n: 2 } }, 2]);
  });
});
