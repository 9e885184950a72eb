// @ts-check
// What a failing test in VS Code leaves behind: a picture of that moment and all logs.
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { artifacts } from './checkout.mjs';

/** @param {string} title @returns {string} a file name made of a test's title */
export const fileNameOf = (title) => title.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '').slice(0, 100).toLowerCase() || 'unnamed';

/**
 * @param {{ page: import('playwright-core').Page }} browser @param {string} suite @param {string} title
 * @returns {Promise<string>} the picture's file, or why there is none
 */
export async function keepScreenshot({ page }, suite, title) {
  const file = path.join(artifacts, suite, `${fileNameOf(title)}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    await page.screenshot({ path: file, timeout: 10_000 });
    return file;
  } catch (error) {
    return `no screenshot: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * The server's log, the extension host's and every output channel's (ours too).
 * @param {{ dataDir: string, logFile: string }} server @param {string} suite @returns {string} the folder
 */
export function keepLogs({ dataDir, logFile }, suite) {
  const folder = path.join(artifacts, suite, 'logs');
  mkdirSync(folder, { recursive: true });
  cpSync(logFile, path.join(folder, 'server.log'));
  const logs = path.join(dataDir, 'user', 'logs');
  if (existsSync(logs)) cpSync(logs, folder, { recursive: true });
  return folder;
}
