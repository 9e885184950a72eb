// @ts-check
// What `npm start` does: says what is missing, gets it, builds, and opens VS Code on the first lesson.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { atLeast, codeServer, inRoot, newNode, root } from './checkout.mjs';
import { freePort, linkExtensions, pageUrl, startCodeServer } from './code-server.mjs';
import { findDesktop } from './desktop.mjs';
import { isInstalled } from './installed.mjs';
import { isSetUp, setUpCodeServer } from './setup-code-server.mjs';

const usage = `npm start -- [--browser] [--no-open] [--password TEXT]
  --browser        VS Code in the browser even where a desktop VS Code is installed
  --no-open        print the address, open no browser
  --password TEXT  the browser must give it; without, anybody with an account on this machine can connect
PORT=8123 npm start takes that port.`;

const lesson = inRoot('lessons', '01-first-look');
/** Opens our side bar in the new window: nothing in VS Code's settings can. */
const opener = inRoot('test', 'host', 'opener');
/** The browser keeps the layout by address, so the same port is taken again where it is free. */
const usualPort = 8137;

/** @param {string[]} given */
export async function start(given) {
  const options = readOptions(given);
  const desktop = options.browser || !hasDisplay() ? undefined : findDesktop();
  if (!desktop && process.platform === 'win32') {
    fail('On Windows this needs the desktop VS Code (https://code.visualstudio.com), with its `code` command in PATH.');
  }
  const install = !isInstalled();
  const setUp = !desktop && (install || !isSetUp());
  const plan = [
    ...(install ? ['install what package-lock.json names into node_modules (about 40 s, 650 MB)'] : []),
    'build the extension into dist (2 s)',
    ...(setUp ? ['set up VS Code for the browser (about 40 s, 300 MB, inside node_modules)'] : []),
    `open ${desktop ? `VS Code (${desktop.command})` : 'VS Code in the browser'} on lessons/01-first-look`,
  ];
  console.log(`Namespace Lab will now\n${plan.map((step, i) => `  ${i + 1}. ${step}`).join('\n')}\n`);
  if (install) await attempt('npm ci', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  // not the Node that runs us: the build imports TypeScript, which Node 20 cannot. npm has a newer one for linux-x64; elsewhere it is this machine's
  if (newNode() === process.execPath && !atLeast(process.version, '22.18')) fail(`On this kind of machine (${process.platform}-${process.arch}) the build needs Node 22.18 or newer; this is ${process.version}. Install a newer Node (https://nodejs.org) and run npm start again.`);
  await attempt('the build', newNode(), [inRoot('esbuild.mjs')]);
  if (setUp) {
    try { setUpCodeServer(); } catch (error) { fail(messageOf(error)); }
  }
  if (desktop) openDesktop(desktop.command);
  else await openBrowser(options);
}

/** @param {string[]} given */
function readOptions(given) {
  try {
    const { values } = parseArgs({ args: given, options: { browser: { type: 'boolean', default: false }, 'no-open': { type: 'boolean', default: false }, password: { type: 'string' }, help: { type: 'boolean', default: false } } });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const port = process.env['PORT'];
    if (port !== undefined && !(/^\d+$/.test(port) && Number(port) > 0 && Number(port) < 65536)) fail(`PORT is "${port}"; it must be a number from 1 to 65535.`);
    return { ...values, port: port === undefined ? undefined : Number(port) };
  } catch (error) {
    return fail(`${messageOf(error)}\n${usage}`);
  }
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message);
  process.exit(1);
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** Without a display a desktop program cannot show itself. */
function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** Runs a step, shows what it prints, and says now and then that it still goes on. @param {string} what @param {string} file @param {string[]} args */
async function attempt(what, file, args) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  console.log(`Running ${what} …`);
  const still = setInterval(() => console.log(`  … ${what} is still running (${seconds()})`), 10_000);
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
  const ended = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ?? code));
  });
  clearInterval(still);
  if (ended !== 0) fail(`${what} failed (${ended}). The lines above say why.`);
  console.log(`Finished ${what} (${seconds()}).`);
}

/** @param {string} command */
function openDesktop(command) {
  const profile = inRoot('.vscode-test', 'desktop');
  const asRoot = process.getuid?.() === 0;
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, `--extensionDevelopmentPath=${opener}`,
    // VS Code refuses to run as root without these two
    ...(asRoot ? ['--no-sandbox', `--user-data-dir=${profile}`] : []), lesson];
  const done = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status !== 0) fail(`${command} could not be started (${done.error?.message ?? `exit status ${done.status}`}). \`npm start -- --browser\` uses the browser instead.`);
  console.log('VS Code opens a new window; its activity bar has the Namespace Lab icon.');
}

/** @param {{ port: number | undefined, password?: string | undefined, 'no-open': boolean }} options */
async function openBrowser({ port, password, 'no-open': noOpen }) {
  if (!existsSync(codeServer)) fail('node_modules/code-server is missing: run `npm ci`.');
  const dataDir = inRoot('.vscode-test', 'browser');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const extensionsDir = path.join(dataDir, 'extensions');
  rmSync(extensionsDir, { recursive: true, force: true });
  linkExtensions(extensionsDir, [root, opener]);
  const chosen = await choosePort(port);
  const server = await startCodeServer({ dataDir, extensionsDir, port: chosen, ...(password ? { password } : {}) })
    .catch((error) => fail(messageOf(error)));
  const url = pageUrl(server, { folder: lesson });
  console.log(`\nVS Code is running. Open this in a browser:\n\n  ${url}\n`);
  if (process.env['SSH_CONNECTION']) console.log(`From your own machine: ssh -L ${chosen}:127.0.0.1:${chosen} …, then the same address.`);
  if (!password) console.log('It listens on this machine only, but without a password: npm start -- --password TEXT asks for one.');
  console.log('Ctrl+C ends it.');

  let ending = false;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      void server.stop().then(() => { console.log('\nVS Code has ended.'); process.exit(0); });
    });
  }
  if (!noOpen && hasDisplay()) showInBrowser(url);
  setInterval(() => {
    if (!ending && server.ended() !== undefined) fail(`code-server ended by itself (${server.ended()}); its log is ${server.logFile}`);
  }, 500);
}

/** @param {number | undefined} wanted @returns {Promise<number>} */
async function choosePort(wanted) {
  const found = await freePort(wanted ?? usualPort).catch(() => undefined);
  if (found === undefined && wanted !== undefined) fail(`Port ${wanted} of 127.0.0.1 is taken or not allowed: choose another PORT.`);
  return found ?? freePort();
}

/** @param {string} url */
function showInBrowser(url) {
  const child = spawn(process.platform === 'darwin' ? 'open' : 'xdg-open', [url], { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // no opener: the address was printed
  child.unref();
}
