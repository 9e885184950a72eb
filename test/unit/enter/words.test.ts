import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promptEnvironment } from '../../../extension/enter/prompt.ts';
import { unshareCommand } from '../../../extension/enter/unshareCommand.ts';
import { insideRoot } from '../../../helper/enter/insideRoot.ts';
import { findShells } from '../../../helper/enter/shells.ts';

describe('the mark in the prompt of a terminal inside', () => {
  it('stands before the prompt that the start-up files of bash made, once', () => {
    const environment = { PATH: process.env['PATH'], ...promptEnvironment('/usr/bin/bash', 'UTS+net') };
    // what an interactive bash does before each prompt, said by hand: with its start-up files read
    const printed = execFileSync('bash', ['-c', 'PS1=mine; eval "$PROMPT_COMMAND"; echo "$PS1"; echo "${PROMPT_COMMAND-gone}"'], { encoding: 'utf8', env: environment });
    assert.equal(printed, '(UTS+net) mine\ngone\n');
  });

  it('holds nothing that a shell would act on, whatever the mark is', () => {
    for (const shell of ['/bin/bash', '/bin/sh', '/bin/dash', '/bin/busybox']) {
      for (const value of Object.values(promptEnvironment(shell, '$(touch /tmp/x)`x`"\'\\\n;rm'))) assert.match(value, /^(?:PS1="\(touch tmpxxrm\) \$PS1"; unset PROMPT_COMMAND|\(touch tmpxxrm\) \$\{PWD\} \\\$ )$/);
    }
    assert.deepEqual(promptEnvironment('/usr/bin/fish', 'net'), {});
  });
});

describe('the command that makes new namespaces', () => {
  const plain = { types: ['uts', 'net'], mapRoot: true, hostname: '', loopback: false, shell: '/bin/sh' } as const;

  it('names just what was chosen', () => {
    assert.deepEqual(unshareCommand(plain), ['unshare', '--uts', '--net', '--', '/bin/sh']);
    assert.deepEqual(unshareCommand({ ...plain, types: ['pid', 'mnt', 'user'] }), ['unshare', '--user', '--mount', '--pid', '--map-root-user', '--fork', '--kill-child', '--mount-proc', '--', '/bin/sh']);
    assert.deepEqual(unshareCommand({ ...plain, types: ['user'], mapRoot: false }), ['unshare', '--user', '--map-current-user', '--', '/bin/sh']);
  });

  it('gives what a person typed as an argument, never as part of a script', () => {
    const argv = unshareCommand({ ...plain, hostname: '$(reboot); "', loopback: true });
    assert.deepEqual(argv, ['unshare', '--uts', '--net', '--', 'sh', '-c', 'hostname "$2"; ip link set lo up; exec "$1"', 'sh', '/bin/sh', '$(reboot); "']);
  });

  it('does not set up what was not chosen', () => {
    assert.deepEqual(unshareCommand({ ...plain, types: ['ipc'], hostname: 'lab', loopback: true }), ['unshare', '--ipc', '--', '/bin/sh']);
  });
});

describe('paths below the root of another process', () => {
  let root: string;
  before(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-root-'));
    for (const directory of ['usr/bin', 'etc', 'loop']) fs.mkdirSync(path.join(root, directory), { recursive: true });
    fs.symlinkSync('/usr/bin', path.join(root, 'bin'));
    fs.symlinkSync('../../../../../../../usr/bin', path.join(root, 'up'));
    fs.symlinkSync('/loop/a', path.join(root, 'loop/a'));
    fs.writeFileSync(path.join(root, 'usr/bin/busybox'), '', { mode: 0o755 });
    fs.symlinkSync('/bin/busybox', path.join(root, 'usr/bin/sh'));
    fs.writeFileSync(path.join(root, 'usr/bin/mine'), '', { mode: 0o755 });
    fs.writeFileSync(path.join(root, 'usr/bin/bash'), '', { mode: 0o644 });
    fs.writeFileSync(path.join(root, 'etc/passwd'), 'root:x:0:0::/root:/bin/mine\nwww:x:33:33::/:/usr/sbin/nologin\n');
  });
  after(() => { fs.rmSync(root, { recursive: true }); });

  it('are followed inside it, also by absolute links and beyond its top', () => {
    assert.deepEqual(insideRoot(root, '/bin/sh'), { at: `${root}/usr/bin/busybox` });
    assert.deepEqual(insideRoot(root, '/up/sh'), { at: `${root}/usr/bin/busybox` });
    assert.deepEqual(insideRoot(root, '/../../etc/./passwd'), { at: `${root}/etc/passwd` });
    assert.equal(insideRoot(root, '/loop/a'), 'ELOOP');
    assert.equal(insideRoot(root, '/nothing/there'), 'ENOENT');
  });

  it('lead to the shells that could be started there, the own one first', () => {
    assert.deepEqual(findShells(root, 0), { shells: ['/bin/mine', '/bin/sh', '/bin/busybox'] });
    assert.deepEqual(findShells(root, 33), { shells: ['/bin/sh', '/bin/busybox'] });
    assert.equal(findShells(`${root}/nowhere`, 0), 'ENOENT');
  });
});
