// @ts-check
// Starts code-server, which is VS Code itself (the same workbench, extension host, webviews, terminals)
// served to a browser, on 127.0.0.1. Plain Node: `npm start` uses it too.
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { atLeast, codeServerEntry, newNode, root } from './checkout.mjs';
import { startOwned } from './owned-process.mjs';

/** The built-in themes that tests and screenshots use, by short name: what the setting says, and what the picker shows. */
export const themes = {
  dark: { id: 'Dark Modern', label: 'Dark Modern' },
  light: { id: 'Light Modern', label: 'Light Modern' },
  hc: { id: 'Default High Contrast', label: 'Dark High Contrast' },
  hcLight: { id: 'Default High Contrast Light', label: 'Light High Contrast' },
};

/** A quiet VS Code: nothing that asks the network, nothing that opens by itself. */
export const quietSettings = {
  'workbench.startupEditor': 'none', 'workbench.tips.enabled': false, 'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.enableExperiments': false, 'workbench.secondarySideBar.defaultVisibility': 'hidden', 'workbench.colorTheme': themes.dark.id,
  'telemetry.telemetryLevel': 'off', 'extensions.autoUpdate': false, 'extensions.autoCheckUpdates': false, 'extensions.ignoreRecommendations': true,
  'update.mode': 'none', 'security.workspace.trust.enabled': false, 'chat.disableAIFeatures': true, 'window.restoreWindows': 'none',
  'npm.fetchOnlinePackageInfo': false, 'typescript.disableAutomaticTypeAcquisition': true, 'json.schemaDownload.enable': false,
  'git.openRepositoryInParentFolders': 'never', 'github.gitAuthentication': false,
};

/**
 * @param {number} [wanted] default: any
 * @returns {Promise<number>} a port of 127.0.0.1 that nobody listens on at the moment; rejects when the wanted one is taken
 */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(wanted, '127.0.0.1', () => {
      const address = /** @type {net.AddressInfo} */ (probe.address());
      probe.close(() => resolve(address.port));
    });
  });
}

/**
 * Makes an extensions folder whose entries are links to the given extension folders.
 * @param {string} folder @param {readonly string[]} [extensions] each with a package.json; default: this checkout
 */
export function linkExtensions(folder, extensions = [root]) {
  mkdirSync(folder, { recursive: true });
  for (const extension of extensions) {
    const { publisher, name, version } = JSON.parse(readFileSync(path.join(extension, 'package.json'), 'utf8'));
    symlinkSync(extension, path.join(folder, `${publisher}.${name}-${version}`));
  }
}

/**
 * @typedef {object} Edition which code-server
 * @property {string} entry its script
 * @property {string} node the Node that runs it
 */

/** The one in node_modules. @returns {Edition} */
const current = () => ({ entry: codeServerEntry, node: newNode() });

/** @param {string} entry @param {string} dataDir @returns {string[]} arguments that keep code-server inside `dataDir` */
function confined(entry, dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const config = path.join(dataDir, 'config.yaml');
  if (!existsSync(config)) writeFileSync(config, 'auth: none\n');
  return [entry, '--config', config, '--user-data-dir', path.join(dataDir, 'user')];
}

/**
 * Sockets go to `temporary`, which must be short: the kernel allows 107 bytes for a socket's path.
 * @param {string} temporary @param {NodeJS.ProcessEnv} extra
 */
function environment(temporary, extra) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, ...extra, EXTENSIONS_GALLERY: '{}', TMPDIR: temporary, XDG_RUNTIME_DIR: temporary };
  // from a terminal of another VS Code these would send our commands to that one
  for (const name of Object.keys(env)) if (/^(VSCODE_|ELECTRON_RUN_AS_NODE$)/.test(name)) delete env[name];
  return env;
}

/** Installs a packed extension. @param {string} dataDir @param {string} extensionsDir @param {string} vsix @param {Edition} [edition] @returns {string} what it said */
export function installExtension(dataDir, extensionsDir, vsix, edition = current()) {
  const args = [...confined(edition.entry, dataDir), '--extensions-dir', extensionsDir, '--install-extension', vsix];
  const done = spawnSync(edition.node, args, { env: environment(os.tmpdir(), {}), encoding: 'utf8' });
  const said = `${done.stdout}${done.stderr}`.trim();
  if (done.status !== 0) throw new Error(`code-server could not install ${vsix} (exit status ${done.status}):\n${said}`);
  return said;
}

/**
 * @typedef {object} CodeServerOptions
 * @property {string} [dataDir] keeps user data, logs and temporary files; default: a new folder, removed at the end
 * @property {string} [extensionsDir] default: one with just this checkout, linked
 * @property {Record<string, unknown>} [settings] user settings, on top of the quiet ones
 * @property {NodeJS.ProcessEnv} [env] variables for the extension host
 * @property {number} [port] default: a free one
 * @property {string} [password] ask the browser for it; default: anybody on this machine may connect
 * @property {Edition} [edition] default: the one in node_modules
 * @property {boolean} [trust] ask whether a folder is trusted, as a person's VS Code does; default: all are
 * @property {{ readonly uid: number, readonly before: readonly string[] }} [person] another user: whose files these shall be, and the words in front of a program that run it as that one
 * @property {boolean} [testDriver] let the page's URL name an extension under development and a test runner. Hides toasts; modal dialogs reject.
 *
 * @typedef {object} CodeServer
 * @property {string} url without a path
 * @property {string} authority `127.0.0.1:port`, for `vscode-remote://` URIs
 * @property {number} pid of the leader of all its processes
 * @property {string} dataDir
 * @property {string} extensionsDir
 * @property {string} logFile what the server itself printed
 * @property {() => string | undefined} ended how the server ended, or undefined while it runs
 * @property {() => Promise<void>} stop
 */

/**
 * Resolves when the workbench page can be had.
 * @param {CodeServerOptions} [options] @returns {Promise<CodeServer>}
 */
export async function startCodeServer({ dataDir: given, extensionsDir, settings = {}, env = {}, port, password, trust = false, testDriver = false, edition = current(), person } = {}) {
  if (!existsSync(edition.entry)) throw new Error('code-server is not installed: run `npm ci`');
  const dataDir = given ?? mkdtempSync(path.join(os.tmpdir(), 'namespace-lab-'));
  const user = path.join(dataDir, 'user', 'User');
  mkdirSync(user, { recursive: true });
  // settings that a person changed in a kept profile stay
  const settingsFile = path.join(user, 'settings.json');
  if (!existsSync(settingsFile)) writeFileSync(settingsFile, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  const extensions = extensionsDir ?? path.join(dataDir, 'extensions');
  if (!existsSync(extensions)) linkExtensions(extensions);
  const authority = `127.0.0.1:${port ?? await freePort()}`;
  const url = `http://${authority}`;
  const logFile = path.join(dataDir, 'server.log');
  const log = openSync(logFile, 'w');
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'nslab-'));
  if (person) for (const folder of [dataDir, temporary]) spawnSync('chown', ['-R', `${person.uid}:${person.uid}`, folder]);
  const [program = '', ...words] = [...person?.before ?? [], edition.node];
  const server = await startOwned(program, [
    ...words,
    ...confined(edition.entry, dataDir), '--auth', password ? 'password' : 'none', '--bind-addr', authority, '--extensions-dir', extensions,
    '--disable-telemetry', '--disable-update-check', ...(trust ? [] : ['--disable-workspace-trust']), '--disable-getting-started-override', '--disable-proxy',
    ...(testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ], { cwd: dataDir, env: environment(temporary, { ...env, ...password ? { PASSWORD: password } : {}, ...person ? { HOME: dataDir } : {} }), stdio: ['ignore', log, log] });
  closeSync(log);
  const stop = async () => {
    await server.stop();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
    if (given === undefined) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await answers(url, server, logFile);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, authority, pid: server.pid, dataDir, extensionsDir: extensions, logFile, ended: server.ended, stop };
}

/** @param {string} url @param {import('./owned-process.mjs').OwnedProcess} server @param {string} logFile */
async function answers(url, server, logFile) {
  const tail = () => readFileSync(logFile, 'utf8').trim().split('\n').slice(-8).join('\n');
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (server.ended() !== undefined) {
      const hint = newNode() === process.execPath && !atLeast(process.version, '22.15') ? `\nIt needs Node 22.15 or newer; this is ${process.version}.` : '';
      throw new Error(`code-server ended (${server.ended()}):\n${tail()}${hint}`);
    }
    // /healthz answers even where the workbench cannot be loaded, so ask for the workbench page itself
    const page = await fetch(`${url}/`).catch(() => undefined);
    if (page?.ok) return;
    // while VS Code inside of it is still being loaded, code-server says 404
    if (Date.now() > deadline) throw new Error(page ? `code-server answers HTTP ${page.status} instead of the workbench:\n${(await page.text()).slice(0, 400)}\n${tail()}` : `code-server did not answer within 60 s:\n${tail()}`);
    await new Promise((again) => setTimeout(again, 100));
  }
}

/**
 * The page's address.
 * @param {{ url: string, authority: string }} server
 * @param {{ folder?: string | undefined, openFile?: string | undefined, extension?: readonly string[], tests?: string | undefined }} [what] absolute paths
 */
export function pageUrl({ url, authority }, { folder, openFile, extension = [], tests } = {}) {
  /** @param {string} file */
  const uri = (file) => `vscode-remote://${authority}${encodeURI(path.resolve(file))}`;
  const payload = [
    ...extension.map((file) => ['extensionDevelopmentPath', uri(file)]),
    ...(tests === undefined ? [] : [['extensionTestsPath', uri(tests)]]),
    ...(openFile === undefined ? [] : [['openFile', uri(openFile)]]),
  ];
  /** @param {string} text */
  const encode = (text) => encodeURIComponent(text).replaceAll('%2F', '/');
  const where = folder === undefined ? 'ew=true' : `folder=${encode(path.resolve(folder))}`;
  return `${url}/?${where}${payload.length === 0 ? '' : `&payload=${encode(JSON.stringify(payload))}`}`;
}
