// @ts-check
// test/ui: Playwright drives the real VS Code as a person would: clicks, keys, what is on the screen.
//   npm run test:ui             NSLAB_GREP=words narrows it down
// A failing test leaves a picture and all logs under test/artifacts/ui; pictures worth keeping go to test/artifacts/shots.
//
// Most of the time is waiting for a VS Code, so two halves run at once: the tests of the live host, which must not see each other's
// namespaces come and go, one after the other in one half; those that look at pages and packages in the other. What the second half
// says is told when the first has ended.
import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from './browser.mjs';
import { artifacts, inRoot, newNode, root } from './checkout.mjs';
import { isSetUp, setUpCodeServer } from './setup-code-server.mjs';

/** Suites of the second half: they look at no live namespace but their own. */
const APART = new Set(['cellSettings', 'notebook', 'package', 'tablePage', 'terminal'].map((name) => `${name}.test.ts`));

try {
  findChromium();
  if (!isSetUp()) setUpCodeServer();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
const evidence = path.join(artifacts, 'ui');
rmSync(evidence, { recursive: true, force: true });
mkdirSync(evidence, { recursive: true });
const grep = process.env['NSLAB_GREP'];
const results = process.env['NSLAB_RESULTS'] || path.join(artifacts, 'results', 'ui.json');

/**
 * @param {readonly string[]} files @param {string} to the file of its results @param {string | null} output a file; null: our own
 * @returns {Promise<boolean>} did it end with status 0?
 */
function run(files, to, output) {
  rmSync(to, { force: true });
  // one more try: a browser, a server and an extension host on two cores now and then lose a click; the reporter tells which test needed it
  const child = spawn(newNode(), [
    inRoot('node_modules', 'mocha', 'bin', 'mocha.js'), '--reporter', inRoot('test', 'host', 'reporter.mjs'), '--timeout', '90000', '--retries', '1',
    ...(grep ? ['--grep', grep] : []), ...files,
  ], { cwd: root, env: { ...process.env, NSLAB_RESULTS: to }, stdio: ['ignore', output ? 'pipe' : 'inherit', output ? 'pipe' : 'inherit'] });
  if (output) {
    const file = createWriteStream(output);
    child.stdout?.pipe(file, { end: false });
    child.stderr?.pipe(file, { end: false });
  }
  return new Promise((resolve) => { child.on('close', (code) => { resolve(code === 0); }); });
}

const all = readdirSync(inRoot('test', 'ui')).filter((name) => name.endsWith('.test.ts')).sort();
const gone = [...APART].filter((name) => !all.includes(name));
if (gone.length > 0) throw new Error(`there is no ${gone.join(', ')}: see APART`);
const halves = [all.filter((name) => !APART.has(name)), all.filter((name) => APART.has(name))].map((names) => names.map((name) => `test/ui/${name}`));
const files = halves.map((_, n) => results.replace(/(\.json)?$/, `-${n + 1}.json`));
const said = path.join(evidence, 'second-half.log');
const fine = await Promise.all(halves.map((half, n) => run(half, files[n] ?? '', n === 0 ? null : said)));
await new Promise((resolve) => { createReadStream(said).on('end', () => { resolve(undefined); }).pipe(process.stdout, { end: false }); });

/** @type {import('./reporter.mjs').SuiteResult} */
const total = { passed: 0, failed: 0, skipped: 0, ms: 0, tests: [], around: [] };
for (const file of files) {
  // a half that ended without results has failed, whatever else there is
  if (!existsSync(file)) {
    fine.push(false);
    continue;
  }
  /** @type {import('./reporter.mjs').SuiteResult} */
  const half = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  for (const count of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[count] += half[count];
  total.ms = Math.max(total.ms, half.ms);
  total.tests.push(...half.tests);
  total.around.push(...half.around);
}
writeFileSync(results, JSON.stringify(total, null, 1));
process.exitCode = fine.every(Boolean) ? 0 : 1;
