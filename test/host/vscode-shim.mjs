#!/usr/bin/env node
// @ts-check
// Stands in for the desktop VS Code executable where there is none: takes the arguments that
// @vscode/test-electron gives it (a folder, --extensionDevelopmentPath, --extensionTestsPath), carries them out
// in code-server and Chromium, prints the extension host's console and exits with the extension host's code.
// NSLAB_SHIM_VERBOSE=1 prints the workbench's own chatter too.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { startBrowser } from './browser.mjs';
import { pageUrl, startCodeServer } from './code-server.mjs';
import { keepLogs, keepScreenshot } from './evidence.mjs';

/** No run of the suite may take longer. */
const limitMs = 300_000;
/** The workbench's own messages, of no use to whoever reads test results. */
const chatter = /^\[(AgentHost|ChatModel|AccountPolicy|reconnection|Service Worker|remote-connection|LanguageModel)|^(Resolv|Creating a socket|Ignoring fetching|Updating additional|Started local|Extension host)/;

const given = process.argv.slice(2);
/** @param {string} name */
const option = (name) => given.filter((a) => a.startsWith(`--${name}=`)).map((a) => a.slice(name.length + 3));
const folder = given.find((a) => !a.startsWith('-'));
const extension = option('extensionDevelopmentPath');
const [tests] = option('extensionTestsPath');
if (!tests || extension.length === 0) {
  console.error('vscode-shim: needs --extensionDevelopmentPath and --extensionTestsPath; got', given);
  process.exit(2);
}

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'namespace-lab-shim-'));
const extensionsDir = path.join(dataDir, 'extensions');
mkdirSync(extensionsDir); // empty: the extension under test comes by its development path
const server = await startCodeServer({ dataDir, extensionsDir, testDriver: true });
const browser = await startBrowser();
const { page } = browser;

/** @type {Promise<number>} */
const ended = new Promise((resolve) => {
  void page.exposeFunction('codeAutomationExit', resolve);
  setTimeout(() => { console.error(`vscode-shim: no result within ${limitMs / 1000} s`); resolve(124); }, limitMs).unref();
});
await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ values) => {
  const text = format(...values);
  const failed = /^failed test: (.*)/.exec(text);
  if (failed?.[1]) void keepScreenshot(browser, 'vscode', failed[1]);
  else if (process.env['NSLAB_SHIM_VERBOSE'] || (type !== 'trace' && !chatter.test(text))) (type === 'error' ? console.error : console.log)(text);
});
await page.goto(pageUrl(server, { folder, extension, tests }));
let code = await ended;
// where the extension host was killed the browser reports 0; only the server's log tells the truth
if (code === 0 && /Extension Host Process exited with code: (?!0,)/.test(readFileSync(server.logFile, 'utf8'))) {
  console.error('vscode-shim: the extension host died');
  code = 70;
}
if (code !== 0) {
  await keepScreenshot(browser, 'vscode', 'at the end');
  console.error(`vscode-shim: logs are in ${keepLogs(server, 'vscode')}`);
}
await browser.stop();
await server.stop();
rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
process.exit(code);
