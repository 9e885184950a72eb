// @ts-check
// test/vscode: one mocha suite inside the extension host of a real VS Code, started by @vscode/test-electron.
//   npm run test:vscode        code-server and Chromium stand in for the desktop (vscode-shim.mjs)
//   npm run test:desktop       a desktop VS Code: the one VSCODE_EXECUTABLE names, else an installed one, else a downloaded one
// NSLAB_GREP=words narrows it down. The extension is this checkout as built.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { artifacts, inRoot, root } from './checkout.mjs';
import { findDesktop } from './desktop.mjs';
import { isSetUp, setUpCodeServer } from './setup-code-server.mjs';

const desktop = process.argv.includes('--desktop');
const results = process.env['NSLAB_RESULTS'] || path.join(artifacts, 'results', 'vscode.json');
const out = inRoot('out', 'vscode');

rmSync(out, { recursive: true, force: true });
await build({
  entryPoints: [inRoot('test', 'vscode', 'index.ts'), ...readdirSync(inRoot('test', 'vscode')).filter((f) => f.endsWith('.test.ts')).map((f) => inRoot('test', 'vscode', f))],
  outdir: out, outExtension: { '.js': '.cjs' }, bundle: true, platform: 'node', format: 'cjs', target: 'node20', sourcemap: 'inline',
  external: ['vscode', 'mocha', 'koffi'], logLevel: 'warning', define: { 'import.meta.dirname': '__dirname' },
});

rmSync(results, { force: true });
const scratch = mkdtempSync(path.join(os.tmpdir(), 'namespace-lab-vscode-'));
const asRoot = process.getuid?.() === 0;
try {
  /** @type {string | undefined} */
  let vscodeExecutablePath = path.join(import.meta.dirname, 'vscode-shim.mjs');
  if (desktop) vscodeExecutablePath = process.env['VSCODE_EXECUTABLE'] || findDesktop()?.executable;
  else if (!isSetUp()) setUpCodeServer();
  if (desktop) console.log(vscodeExecutablePath ? `Desktop VS Code: ${vscodeExecutablePath}` : 'No desktop VS Code found: downloading one …');
  await runTests({
    ...(vscodeExecutablePath ? { vscodeExecutablePath } : {}),
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(out, 'index.cjs'),
    extensionTestsEnv: { NSLAB_RESULTS: results, NSLAB_CHECKOUT: root },
    launchArgs: [scratch, '--disable-extensions', ...(asRoot && desktop ? ['--no-sandbox', `--user-data-dir=${path.join(scratch, 'user')}`] : [])],
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}

// an extension host that was killed may end with 0: only the results say that tests ran
const ran = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : undefined;
if (!ran || ran.tests.length === 0) {
  console.error('No test ran in the extension host.');
  process.exitCode = 1;
} else {
  console.log(`${ran.passed} passed, ${ran.failed} failed`);
  if (ran.failed > 0) process.exitCode = 1;
}
