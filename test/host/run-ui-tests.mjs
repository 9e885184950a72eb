// @ts-check
// test/ui: Playwright drives the real VS Code as a person would: clicks, keys, what is on the screen.
//   npm run test:ui             NSLAB_GREP=words narrows it down
// A failing test leaves a picture and all logs under test/artifacts/ui; pictures worth keeping go to test/artifacts/shots.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from './browser.mjs';
import { artifacts, inRoot, newNode, root } from './checkout.mjs';
import { isSetUp, setUpCodeServer } from './setup-code-server.mjs';

try {
  findChromium();
  if (!isSetUp()) setUpCodeServer();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
rmSync(path.join(artifacts, 'ui'), { recursive: true, force: true });
const grep = process.env['NSLAB_GREP'];
const results = process.env['NSLAB_RESULTS'] || path.join(artifacts, 'results', 'ui.json');
// one more try: a browser, a server and an extension host on two cores now and then lose a click; the reporter tells which test needed it
const child = spawn(newNode(), [
  inRoot('node_modules', 'mocha', 'bin', 'mocha.js'), '--reporter', inRoot('test', 'host', 'reporter.mjs'), '--timeout', '90000', '--retries', '1',
  ...(grep ? ['--grep', grep] : []), 'test/ui/**/*.test.ts',
], { cwd: root, env: { ...process.env, NSLAB_RESULTS: results }, stdio: ['ignore', 'inherit', 'inherit'] });
child.on('exit', (code) => { process.exitCode = code ?? 1; });
