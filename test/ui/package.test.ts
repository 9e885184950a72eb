import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { inRoot, manifest, root } from '../host/checkout.mjs';
import { installExtension } from '../host/code-server.mjs';
import { minimumEdition } from '../host/minimum.mjs';
import { make } from './made.ts';
import { NotebookPage } from './notebookPage.ts';
import { Session } from './session.ts';

describe('the package', () => {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'namespace-lab-vsix-'));
  const { name, version } = manifest as { name: string; version: string };
  const vsix = (target: string): string => path.join(scratch, `${name}-${target}${version}.vsix`);
  let said = '';

  before(function () {
    this.timeout(240_000); // five packages
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

  for (const [which, editionOf] of [['clean VS Code', () => undefined], ['VS Code of the oldest version that is promised', minimumEdition]] as const) {
    it(`installs in a ${which}, shows real namespaces with their owners, and runs a notebook`, async function () {
      this.timeout(180_000); // the oldest version is downloaded
      const edition = editionOf();
      const extensionsDir = mkdtempSync(path.join(scratch, 'extensions-'));
      installExtension(path.join(scratch, 'profile'), extensionsDir, vsix(`linux-${process.arch}-`), edition);
      const vs = new Session({ extensionsDir, ...(edition ? { edition } : {}) });
      const made = await make({ unshare: ['--uts'], hostname: 'packed' });
      try {
        await vs.start();
        await vs.tree.row(`uts ${made.inode('uts')}`).filter({ hasText: 'packed' }).waitFor();
        // owners are read by koffi's binary, which the package carries
        const card = await vs.tree.hover(`uts ${made.inode('uts')}`);
        await card.getByText(`user ${made.inode('user')}`).first().waitFor();
        await vs.workbench.command('Namespaces: New Simulator Notebook');
        const page = new NotebookPage(vs);
        await page.run();
        await page.status('exit status 0');
        await vs.shot(edition ? 'packed-minimum-dark-1600' : 'packed-dark-1600');
      } catch (error) {
        await vs.keepEvidence(`the package in a ${which}`);
        throw error;
      } finally {
        await vs.stop();
        await made.end();
      }
    });
  }
});
