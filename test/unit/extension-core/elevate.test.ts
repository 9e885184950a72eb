import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Askpass } from '../../../extension/elevate/askpass.ts';
import { start } from '../../../extension/elevate/starting.ts';
import { commandOf, reduced, refusalOfSudo, waysToTry, type Programs } from '../../../extension/elevate/ways.ts';
import { READY_LINE, REFUSED_LINE } from '../../../helper/model/elevation.ts';

const ALL: Programs = { sudo: '/usr/bin/sudo', pkexec: '/usr/bin/pkexec', run0: '/usr/bin/run0', setpriv: '/usr/bin/setpriv', env: '/usr/bin/env' };
const helper = { execPath: '/opt/node', args: ['/opt/helper.mjs'], env: { PATH: '/tmp/mine:/usr/bin', HOME: '/home/a b', ELECTRON_RUN_AS_NODE: '1' } };

describe('a helper with more rights', () => {
  it('is an argument vector: back to the person\'s own ids, three capabilities, the system\'s own programs', () => {
    const words = reduced('/usr/bin/setpriv', '/usr/bin/env', { uid: 1000, gid: 100, pid: 77 }, helper);
    const sets = '-all,+dac_read_search,+sys_ptrace,+sys_admin';
    assert.deepEqual(words, [
      '/usr/bin/setpriv', '--reuid=1000', '--regid=100', '--clear-groups', `--bounding-set=${sets}`, `--inh-caps=${sets}`, `--ambient-caps=${sets}`, '--no-new-privs', '--pdeathsig=KILL', '--',
      '/usr/bin/env', '-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/home/a b', 'ELECTRON_RUN_AS_NODE=1', '/opt/node', '/opt/helper.mjs', '--elevated', '77',
    ]);
    assert.deepEqual(commandOf('sudo -A', ALL, ['x'], { PATH: '/bin' }, { SUDO_ASKPASS: '/a' }), { execPath: '/usr/bin/sudo', args: ['-A', '--', 'x'], env: { PATH: '/bin', LC_ALL: 'C', SUDO_ASKPASS: '/a' } });
    assert.deepEqual(commandOf('pkexec', ALL, ['x'], {}, { SUDO_ASKPASS: '/a' }), { execPath: '/usr/bin/pkexec', args: ['x'], env: { LC_ALL: 'C' } });
    assert.equal(commandOf('run0', { ...ALL, run0: null }, ['x'], {}, {}), null);
  });

  it('is tried by what is there, and under no_new_privs by nothing that needs a set-user-ID bit', () => {
    assert.deepEqual(waysToTry(ALL, false), ['sudo -n', 'pkexec', 'run0']);
    assert.deepEqual(waysToTry({ ...ALL, pkexec: null }, false), ['sudo -n', 'run0']);
    assert.deepEqual(waysToTry(ALL, true), ['run0']);
    assert.deepEqual([refusalOfSudo('sudo: a password is required\n'), refusalOfSudo('ada is not in the sudoers file.'), refusalOfSudo('sudo: 3 incorrect password attempts')], ['password', 'forbidden', null]);
  });

  describe('starting it', () => {
    let folder: string;
    beforeEach(() => { folder = mkdtempSync(path.join(os.tmpdir(), 'nslab-start-')); });
    afterEach(() => { rmSync(folder, { recursive: true }); });
    const program = (text: string): { execPath: string; args: string[]; env: NodeJS.ProcessEnv } => {
      const file = path.join(folder, 'program');
      writeFileSync(file, `#!/bin/sh\n${text}`);
      chmodSync(file, 0o755);
      return { execPath: file, args: [], env: { PATH: process.env['PATH'] } };
    };
    const never = new AbortController().signal;

    it('tells what sudo says from what the helper says', async () => {
      const ready = await start(program(`echo 'some lecture' >&2; echo '${READY_LINE}' >&2; exec cat`), never);
      assert.equal(ready.kind, 'ready');
      await (ready).process.end();
      assert.deepEqual(await start(program(`echo '${REFUSED_LINE}{"kind":"notYours"}' >&2; exit 77`), never), { kind: 'refused', refusal: { kind: 'notYours' } });
      assert.deepEqual(await start(program('echo no >&2; exit 1'), never), { kind: 'failed', said: 'no\n' });
      assert.deepEqual(await start({ ...helper, execPath: '/nowhere/sudo' }, never), { kind: 'failed', said: 'ENOENT' });
    });

    it('can be given up', async () => {
      const stop = new AbortController();
      const started = start(program('echo waiting >&2; exec sleep 300'), stop.signal);
      stop.abort();
      assert.equal((await started).kind, 'failed');
    });
  });

  it('asks through a socket that a stranger\'s token does not open, and leaves nothing behind', async () => {
    const asked: string[] = [];
    const askpass = await Askpass.open(process.execPath, (question, attempt) => { asked.push(`${attempt} ${question}`); return Promise.resolve(attempt === 1 ? 'it\'s "secret"' : undefined); });
    const run = async (more: NodeJS.ProcessEnv = {}): Promise<string> => {
      const { spawn } = await import('node:child_process');
      const child = spawn(askpass.env['SUDO_ASKPASS'] ?? '', ['[sudo] password for ada: '], { env: { PATH: process.env['PATH'], ...askpass.env, ...more } });
      let text = '';
      child.stdout.on('data', (some: Buffer) => { text += some.toString(); });
      return new Promise((resolve, reject) => { child.on('error', reject).on('close', (status) => { resolve(`${status ?? ''} ${text}`); }); });
    };
    assert.equal(await run(), '0 it\'s "secret"\n');
    assert.equal(await run({ NSLAB_TOKEN: 'f'.repeat(64) }), '1 ');
    assert.equal(await run(), '1 ');
    assert.deepEqual(asked, ['1 [sudo] password for ada: ', '2 [sudo] password for ada: ']);
    assert.equal(askpass.declined, true);
    askpass.close();
    await assert.rejects(run(), /ENOENT/);
  });
});
