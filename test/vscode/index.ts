/**
 * Runs inside the extension host, started by VS Code's `--extensionTestsPath`: the same bundle under code-server
 * and under a desktop VS Code. Runs every `*.test.cjs` beside it; results go to the file NSLAB_RESULTS names.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import Reporter from '../host/reporter.mjs';

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 30_000, retries: 1, reporter: Reporter, ...grep() });
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(path.join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve).on('fail', (test) => {
      console.log(`failed test: ${test.fullTitle()}`); // the shim takes a screenshot when it sees this
    });
  });
  if (failures > 0) throw new Error(`${failures} test(s) failed`);
}

/** NSLAB_GREP narrows the run down to some tests. */
function grep(): { grep?: string } {
  const text = process.env['NSLAB_GREP'];
  return text ? { grep: text } : {};
}
