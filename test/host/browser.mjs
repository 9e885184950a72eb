// @ts-check
// Debian's Chromium without a window, driven by playwright-core (which brings no browser of its own).
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome'];

/** @returns {string} an installed Chromium (variable CHROMIUM names another) */
export function findChromium() {
  const found = process.env['CHROMIUM'] || candidates.find((file) => existsSync(file));
  if (!found) throw new Error('No Chromium found: apt-get install chromium fonts-liberation, or set CHROMIUM to its path.');
  return found;
}

/**
 * @typedef {object} Browser
 * @property {import('playwright-core').BrowserContext} context
 * @property {import('playwright-core').Page} page
 * @property {ReadonlySet<string>} external addresses of other machines that pages asked for
 * @property {() => Promise<void>} stop
 */

/** @param {{ size?: { width: number, height: number } }} [options] @returns {Promise<Browser>} */
export async function startBrowser({ size = { width: 1600, height: 1000 } } = {}) {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'namespace-lab-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(), headless: true, viewport: size, locale: 'en-US',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const page = context.pages()[0] ?? await context.newPage();
  /** @type {Set<string>} */
  const external = new Set();
  context.on('request', (request) => {
    const url = new URL(request.url());
    // what a webview asks for under this name is served by VS Code's service worker, not by the network
    const ownResource = url.hostname.endsWith('.vscode-resource.vscode-cdn.net');
    if (/^(http|ws)s?:$/.test(url.protocol) && url.hostname !== '127.0.0.1' && !ownResource) external.add(url.origin + url.pathname);
  });
  return {
    context, page, external,
    async stop() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
