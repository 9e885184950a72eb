// @ts-check
// Mocha's own spec reporter, which besides writes what ran to the JSON file that NSLAB_RESULTS names, so that
// all suites can be counted alike. Used by every suite, inside the extension host too.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/**
 * @typedef {object} TestResult
 * @property {string} title with the titles of the groups around it
 * @property {'passed' | 'failed' | 'skipped'} state
 * @property {number} ms
 * @property {string} [error] message and stack
 *
 * @typedef {object} SuiteResult
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {number} ms
 * @property {TestResult[]} tests
 * @property {{ group: string, ms: number }[]} around what the hooks of each group took: starting and ending a VS Code, for instance, which is in no test's time
 */

export default class Reporter extends Mocha.reporters.Spec {
  /** @param {Mocha.Runner} runner @param {Mocha.MochaOptions} options */
  constructor(runner, options) {
    super(runner, options);
    /** @type {TestResult[]} */
    const tests = [];
    /** @type {Map<string, number>} milliseconds by group */
    const around = new Map();
    const started = Date.now();
    runner.on('hook end', (hook) => {
      const group = hook.parent?.fullTitle() || 'all';
      around.set(group, (around.get(group) ?? 0) + (hook.duration ?? 0));
    });
    runner.on('pass', (test) => { tests.push({ title: test.fullTitle(), state: 'passed', ms: test.duration ?? 0 }); });
    runner.on('pending', (test) => { tests.push({ title: test.fullTitle(), state: 'skipped', ms: 0 }); });
    // only suites that drive a whole VS Code try again; what needed it is told, so that it is looked into and not forgotten
    runner.on('retry', (test, error) => {
      console.log(`    failed at the first try, tried again: ${test.fullTitle()}: ${String(error?.stack ?? error)}`);
    });
    // a failing hook comes here as well
    runner.on('fail', (test, error) => {
      tests.push({ title: test.fullTitle(), state: 'failed', ms: test.duration ?? 0, error: String(error?.stack ?? error) });
    });
    runner.once('end', () => {
      const file = process.env['NSLAB_RESULTS'];
      if (!file) return;
      /** @param {TestResult['state']} state */
      const count = (state) => tests.filter((test) => test.state === state).length;
      /** @type {SuiteResult} */
      const result = { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), ms: Date.now() - started, tests, around: [...around].map(([group, ms]) => ({ group, ms })) };
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(result, null, 1));
    });
  }
}
