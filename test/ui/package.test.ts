import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { inRoot, manifest, root } from '../host/checkout.mjs';
import { installExtension } from '../host/code-server.mjs';
import { make } from './made.ts';
import { Session } from './session.ts';

describe('the package', () => {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'namespace-lab-vsix-'));
  const extensionsDir = path.join(scratch, 'extensions');
  const { name, version } = manifest as { name: string; version: string };
  const vsix = (target: string): string => path.join(scratch, `${name}-${target}${version}.vsix`);
  let said = '';

  before(() => {
    const done = spawnSync(process.execPath, [inRoot('test', 'host', 'package.mjs'), '--all'], { cwd: root, env: { ...process.env, NSLAB_VSIX_DIR: scratch }, encoding: 'utf8' });
    assert.equal(done.status, 0, `${done.stdout}${done.stderr}`);
    said = done.stdout;
  });
  after(() => { rmSync(scratch, { recursive: true, force: true }); });

  for (const [target, natives] of [
    ['', []], ['linux-x64-', ['koffi-linux-x64/linux_x64']], ['linux-arm64-', ['koffi-linux-arm64/linux_arm64']],
    ['alpine-x64-', ['koffi-linux-x64/musl_x64']], ['alpine-arm64-', ['koffi-linux-arm64/musl_arm64']],
  ] as const) {
    it(`${target === '' ? 'universal' : `for ${target.slice(0, -1)}`} is smaller than 3 MB, says so, and holds ${natives.length === 0 ? 'nothing native' : 'the binary of that platform and no other'}`, () => {
      const file = vsix(target);
      const { size } = statSync(file);
      assert.ok(size > 1e6 && size < 3e6, `${size}`);
      assert.ok(said.includes(`${path.basename(file)}: ${(size / 1e6).toFixed(2)} MB`), said);
      // the names of a zip's files stand in it as they are, in its directory and before each file
      const names = readFileSync(file, 'latin1').matchAll(/extension\/dist\/node_modules\/@koromix\/([\w/-]+)\/koffi\.node/g);
      assert.deepEqual([...new Set([...names].map(([, name]) => name))], natives);
    });
  }

  it('installs in a clean VS Code and shows real namespaces with their owners', async () => {
    installExtension(path.join(scratch, 'profile'), extensionsDir, vsix(`linux-${process.arch}-`));
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
