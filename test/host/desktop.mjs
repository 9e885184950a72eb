// @ts-check
// Finds an installed desktop VS Code. Plain Node: `npm start` uses it.
import { closeSync, existsSync, openSync, readSync, realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * @typedef {object} Desktop
 * @property {string} command what people type (`code`), which hands over to a running window or starts one
 * @property {string} executable the program itself, which @vscode/test-electron wants
 */

/** Where installers put it, besides PATH. */
const usual = {
  darwin: ['/Applications/Visual Studio Code.app', path.join(os.homedir(), 'Applications/Visual Studio Code.app')].map((app) => path.join(app, 'Contents/Resources/app/bin/code')),
  win32: [process.env['LOCALAPPDATA'], process.env['ProgramFiles']].filter(Boolean).map((base) => path.join(String(base), base === process.env['LOCALAPPDATA'] ? 'Programs' : '', 'Microsoft VS Code', 'bin', 'code.cmd')),
  linux: ['/usr/share/code/bin/code', '/usr/share/code-insiders/bin/code-insiders', '/usr/share/codium/bin/codium'],
};

/** @returns {Desktop | undefined} undefined where there is none, or only a server's command of the same name */
export function findDesktop() {
  const extension = process.platform === 'win32' ? '.cmd' : '';
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean)
    .flatMap((folder) => ['code', 'code-insiders', 'codium'].map((name) => path.join(folder, name + extension)));
  const fixed = usual[/** @type {keyof typeof usual} */ (process.platform)] ?? [];
  for (const command of [...onPath, ...fixed]) {
    const executable = executableOf(command);
    if (executable) return { command, executable };
  }
  return undefined;
}

/** @param {string} command @returns {string | undefined} */
function executableOf(command) {
  if (!existsSync(command)) return undefined;
  // bin/code lies in the application's folder (Linux, Windows) or in Contents/Resources/app/bin (macOS)
  const bin = path.dirname(realpathSync(command));
  // a `code` in bin/remote-cli only talks to the server whose terminal it runs in
  if (path.basename(bin) === 'remote-cli') return undefined;
  const base = path.basename(command).replace(/\.cmd$/, '');
  const choices = process.platform === 'darwin' ? [path.resolve(bin, '../../../MacOS/Electron'), path.resolve(bin, '../../../MacOS/Code')]
    : process.platform === 'win32' ? [path.resolve(bin, '../Code.exe')]
      : [path.resolve(bin, '..', base)];
  const executable = choices.find((file) => existsSync(file));
  return executable && !isScript(executable) ? executable : undefined;
}

/** A shell script is a launcher of something else, not the desktop program. @param {string} file */
function isScript(file) {
  const start = Buffer.alloc(2);
  const opened = openSync(file, 'r');
  readSync(opened, start, 0, 2, 0);
  closeSync(opened);
  return start.toString('latin1') === '#!';
}
