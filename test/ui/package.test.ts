import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { inRoot, root } from '../host/checkout.mjs';
import { installExtension } from '../host/code-server.mjs';
import { make } from './made.ts';
import { Session } from './session.ts';

describe('the package', () => {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'namespace-lab-vsix-'));
  const vsix = path.join(scratch, 'namespace-lab.vsix');
  const extensionsDir = path.join(scratch, 'extensions');
  let said = '';

  before(() => {
    const done = spawnSync(process.execPath, [inRoot('test', 'host', 'package.mjs')], { cwd: root, env: { ...process.env, NSLAB_VSIX: vsix }, encoding: 'utf8' });
    assert.equal(done.status, 0, `${done.stdout}${done.stderr}`);
    said = done.stdout;
  });
  after(() => { rmSync(scratch, { recursive: true, force: true }); });

  it('is smaller than 3 MB without koffi for other processors, says so, and holds no foreign platform', () => {
    const [, all, own] = /namespace-lab\.vsix: (\d\.\d\d) MB.*processors (\d\.\d\d) MB/.exec(said) ?? assert.fail(said);
    assert.equal(all, (statSync(vsix).size / 1e6).toFixed(2));
    assert.ok(Number(own) < 3 && Number(own) > 1, own);
    assert.match(said, /koffi-linux-x64/);
    assert.doesNotMatch(said, /win32|darwin|freebsd|openbsd/);
  });

  it('installs in a clean VS Code and shows real namespaces with their owners', async () => {
    installExtension(path.join(scratch, 'profile'), extensionsDir, vsix);
    const vs = new Session({ extensionsDir });
    const made = await make({ unshare: ['--uts'], hostname: 'packed' });
    try {
      await vs.start();
      await vs.tree.row(`uts ${made.inode('uts')}`).filter({ hasText: 'packed' }).waitFor();
      // owners are read by koffi's binary, which the package carries
      const card = await vs.tree.hover(`uts ${made.inode('uts')}`);
      await card.getByText(`user ${made.inode('user')}`).first().waitFor();
      await vs.shot('packed-dark-1600');
    } catch (error) {
      await vs.keepEvidence('the package installs');
      throw error;
    } finally {
      await vs.stop();
      await made.end();
    }
  });
});
