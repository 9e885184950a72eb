import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { FileFailure, FileListing, FilePart, FileStat } from '../../helper/protocol.ts';
import { parseStat } from '../../helper/scan/stat.ts';
import { Client } from './client.ts';
import { until } from './world/until.ts';

/** A root of its own: links that would lead out if somebody else followed them, and what must not be opened. */
const SETUP = `set -e
mount -t tmpfs none "$1"
cd "$1"
cp /bin/busybox .
mkdir etc sub proc
echo inside > etc/secret
ln -s /etc/secret absolute
ln -s ../../../../../etc/secret sub/up
ln -s "$1/etc/secret" hosts-path
ln -s loop loop
ln -s nowhere dangling
ln -s /etc folder
mkfifo fifo
mknod null c 1 3
printf x > "$(printf 'byte-\\377')"
printf y > 'literal-\\xff'
head -c 5000000 /dev/zero | tr '\\0' z > large
mount -t proc proc proc
echo ready > state
exec chroot . /busybox cat
`;

describe('files as a process sees them', function () {
  this.timeout(60_000);
  let client: Client;
  let child: ChildProcess;
  let folder: string;
  let target: { pid: number; start: string };

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-files-'));
    child = spawn('unshare', ['--mount', '--propagation', 'private', 'bash', '-c', SETUP, 'bash', folder], { stdio: ['pipe', 'ignore', 'inherit'] });
    const pid = child.pid ?? 0;
    await until('it has its root', () => { try { return fs.readlinkSync(`/proc/${pid}/exe`).endsWith('/busybox') && fs.existsSync(`/proc/${pid}/root/state`); } catch { return false; } });
    target = { pid, start: parseStat(fs.readFileSync(`/proc/${pid}/stat`, 'latin1'))?.start ?? '' };
    client = await Client.start();
  });
  after(async () => {
    await client.end();
    child.kill('SIGKILL');
    fs.rmSync(folder, { recursive: true });
  });

  const stat = async (file: string): Promise<FileStat | FileFailure> => client.request('fileStat', { ...target, path: file });
  const list = async (file: string): Promise<FileListing | FileFailure> => client.request('fileList', { ...target, path: file });
  const part = async (file: string, offset = 0, length = 1 << 20): Promise<FilePart | FileFailure> => client.request('fileRead', { ...target, path: file, offset, length });
  const text = async (file: string): Promise<string> => {
    const found = await part(file);
    return 'errno' in found ? found.errno : Buffer.from(found.data, 'base64').toString();
  };

  it('are those below its own root, wherever links lead', async () => {
    for (const file of ['/etc/secret', '/absolute', '/sub/up', '/../../etc/secret', '/folder/secret', '/folder/../etc/./secret', '/sub/../../../etc/secret']) assert.equal(await text(file), 'inside\n', file);
    // the host has this file, and has it at this path
    assert.equal(await text('/hosts-path'), 'ENOENT');
    assert.equal(await text('/etc/passwd'), 'ENOENT');
    assert.equal(await text(`/proc/${target.pid}/root/etc/secret`), 'ENOENT', 'links of /proc are names, too');
  });

  it('are told apart, and only plain ones are opened', async () => {
    const kind = async (file: string): Promise<string> => { const found = await stat(file); return 'errno' in found ? found.errno : found.kind; };
    assert.deepEqual([await kind('/'), await kind('/etc/secret'), await kind('/fifo'), await kind('/null'), await kind('/loop'), await kind('/dangling')], ['folder', 'file', 'special', 'special', 'ELOOP', 'ENOENT']);
    assert.deepEqual([await text('/fifo'), await text('/null'), await text('/etc'), await text('/etc/secret/x')], ['ENOTSUP', 'ENOTSUP', 'EISDIR', 'ENOTDIR']);
    const found = await list('/');
    assert.ok('entries' in found);
    const kinds = Object.fromEntries(found.entries.map((entry) => [entry.name, entry.kind]));
    assert.deepEqual([kinds['etc'], kinds['absolute'], kinds['fifo'], kinds['busybox']], ['folder', 'link', 'special', 'file']);
    assert.deepEqual(await list('/etc/secret'), { errno: 'ENOTDIR' });
  });

  it('may have names that are no text', async () => {
    const found = await list('/');
    assert.ok('entries' in found && found.entries.some(({ name }) => name === 'byte-\\xff'));
    assert.equal(await text('/byte-\\xff'), 'x');
    assert.equal(await text('/literal-\\xff'), 'y');
  });

  it('come in parts, and those of /proc although they seem empty', async () => {
    let size = 0;
    for (let offset = 0; ;) {
      const found = await part('/large', offset, 64 << 20);
      assert.ok('data' in found);
      size += Buffer.from(found.data, 'base64').length;
      offset = size;
      if (found.end) break;
    }
    assert.equal(size, 5_000_000);
    assert.match(await text('/proc/uptime'), /^\d+\.\d+ /);
  });

  it('are not those of another process with the same number', async () => {
    await assert.rejects(client.request('fileRead', { ...target, start: '1', path: '/etc/secret', offset: 0, length: 10 }), /belongs to another process now/);
    await assert.rejects(client.request('fileStat', { ...target, path: 'relative' }), /expected an absolute path/);
  });

  it('are refused to who may not look', async () => {
    const other = await Client.start(['setpriv', '--reuid=61399', '--regid=61399', '--clear-groups', '--']);
    try {
      assert.deepEqual(await other.request('fileList', { ...target, path: '/' }), { errno: 'EACCES' });
    } finally {
      await other.end();
    }
  });
});
