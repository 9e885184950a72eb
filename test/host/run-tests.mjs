// @ts-check
// Runs the suites one after the other, cheapest first, and counts them together.
//   node test/host/run-tests.mjs [--keep-going] [lint unit build kernel vscode ui soak]     (default: all of them)
// Stops at the first suite that fails, unless --keep-going (what CI uses) asks for all. The last line is always
// `N passed, N failed`. Lint, build and soak count as one check each; a suite that ends without results counts as one failure,
// and so does every skipped test: nothing passes by not running.
// Results: test/artifacts/results/SUITE.json (one per suite, test/host/reporter.mjs) and summary.json.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { artifacts, inRoot, newNode, root } from './checkout.mjs';

const results = path.join(artifacts, 'results');
const reporter = inRoot('test', 'host', 'reporter.mjs');
/** @param {string} room @param {string} timeoutMs */
const mocha = (room, timeoutMs) => [process.execPath, inRoot('node_modules', 'mocha', 'bin', 'mocha.js'),
  '--reporter', reporter, '--timeout', timeoutMs, `test/${room}/**/*.test.ts`];

/**
 * What each suite runs. `counts`: it writes its results; else its exit status is one check.
 * @type {Record<string, { commands: string[][], counts?: true, needsRoot?: true }>}
 */
const suites = {
  lint: { commands: [['npm', 'run', '--silent', 'lint']] },
  unit: { commands: [mocha('unit', '20000')], counts: true },
  build: { commands: [['npm', 'run', '--silent', 'build']] },
  // one CPU: since Linux 6.18 namespace ids are dealt out in batches for each CPU, so only there they grow in order
  kernel: { commands: [['taskset', '-c', '0', ...mocha('kernel', '60000')]], counts: true, needsRoot: true },
  vscode: { commands: [[process.execPath, inRoot('test', 'host', 'run-vscode-tests.mjs')]], counts: true },
  ui: { commands: [[process.execPath, inRoot('test', 'host', 'run-ui-tests.mjs')]], counts: true },
  soak: { commands: [[newNode(), inRoot('test', 'soak', 'run.ts'), '3']] },
};

/** @param {string[]} command @param {NodeJS.ProcessEnv} env @returns {Promise<boolean>} did it end with status 0? */
function run([file = '', ...args], env) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => { console.error(error.message); resolve(false); });
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** @param {string} name @returns {Promise<{ passed: number, failed: number, ms: number }>} */
async function runSuite(name) {
  const { commands, counts, needsRoot } = /** @type {typeof suites[string]} */ (suites[name]);
  const started = Date.now();
  const file = path.join(results, `${name}.json`);
  rmSync(file, { force: true });
  let passed = 0;
  let failed = 0;
  if (needsRoot && process.getuid?.() !== 0) {
    console.error(`The suite "${name}" makes namespaces, mounts and users of its own: run it as root.`);
    return { passed: 0, failed: 1, ms: 0 };
  }
  for (const command of commands) {
    const fine = await run(command, { ...process.env, NSLAB_RESULTS: file });
    if (!counts) {
      if (fine) passed++;
      else failed++;
      continue;
    }
    /** @type {import('./reporter.mjs').SuiteResult | undefined} */
    const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    passed += result?.passed ?? 0;
    failed += (result?.failed ?? 0) + (result?.skipped ?? 0);
    for (const test of result?.tests ?? []) if (test.state === 'skipped') console.error(`skipped, which counts as failed: ${test.title}`);
    if (!result || result.tests.length === 0) {
      console.error(`The suite "${name}" ran no test.`);
      failed++;
    } else if (!fine && result.failed === 0) {
      console.error(`The suite "${name}" ended badly although its tests passed.`);
      failed++;
    }
  }
  return { passed, failed, ms: Date.now() - started };
}

const given = process.argv.slice(2);
const keepGoing = given.includes('--keep-going') || Boolean(process.env['CI']);
const wanted = given.filter((a) => !a.startsWith('--'));
const unknown = wanted.filter((name) => !suites[name]);
if (unknown.length > 0) {
  console.error(`No such suite: ${unknown.join(', ')}. There are: ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}
const chosen = wanted.length > 0 ? wanted : Object.keys(suites);

mkdirSync(results, { recursive: true });
/** @type {Record<string, { passed: number, failed: number, ms: number }>} */
const summary = {};
for (const name of chosen) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 60 - name.length))}`);
  const outcome = await runSuite(name);
  summary[name] = outcome;
  console.log(`── ${name}: ${outcome.passed} passed, ${outcome.failed} failed, ${(outcome.ms / 1000).toFixed(1)} s`);
  if (outcome.failed > 0 && !keepGoing) break;
}
const total = Object.values(summary).reduce((sum, s) => ({ passed: sum.passed + s.passed, failed: sum.failed + s.failed }), { passed: 0, failed: 0 });
writeFileSync(path.join(results, 'summary.json'), JSON.stringify({ ...total, suites: summary }, null, 1));
const notRun = chosen.filter((name) => !summary[name]);
console.log('');
if (notRun.length > 0) console.log(`Not run after the failure: ${notRun.join(', ')}.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
