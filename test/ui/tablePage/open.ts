import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { inRoot } from '../../host/checkout.mjs';
import type { Subject, ToHost, ToPage } from '../../../webview/protocol.ts';

/** The built page in a plain browser: what VS Code gives a webview (theme variables, the messages, the strict CSP), and nothing else. */
export type Theme = 'dark' | 'light' | 'hc';
const CLASSES: Readonly<Record<Theme, string>> = { dark: 'vscode-dark', light: 'vscode-light', hc: 'vscode-high-contrast' };
const ORIGIN = 'http://127.0.0.1:9';

declare global {
  interface Window {
    /** Messages that the page posted. */
    posted: unknown[];
    acquireVsCodeApi: () => unknown;
  }
}

export async function openTablePage(context: BrowserContext, theme: Theme, size: { width: number; height: number }): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize(size);
  const files: Readonly<Record<string, readonly [string, string]>> = {
    '/table.js': ['text/javascript', readFileSync(inRoot('dist', 'webview', 'table.js'), 'utf8')],
    '/table.css': ['text/css', readFileSync(inRoot('dist', 'webview', 'table.css'), 'utf8')],
    '/theme.css': ['text/css', readFileSync(inRoot('test', 'ui', 'tablePage', 'theme.css'), 'utf8')],
    '/': ['text/html', `<!doctype html><html lang="en" data-theme="${theme}"><head><meta charset="utf-8"><title>Compare processes</title>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${ORIGIN}; style-src ${ORIGIN}">
      <link rel="stylesheet" href="theme.css"><link rel="stylesheet" href="table.css"></head>
      <body class="${CLASSES[theme]}"><script src="table.js"></script></body></html>`],
  };
  await page.route(`${ORIGIN}/**`, async (route) => {
    const [contentType, body] = files[new URL(route.request().url()).pathname] ?? [];
    await (body === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ body, ...(contentType === undefined ? {} : { contentType }) }));
  });
  await page.addInitScript(() => {
    window.posted = [];
    window.acquireVsCodeApi = () => ({
      postMessage: (message: unknown) => { window.posted.push(message); },
      setState: (state: unknown) => { sessionStorage.setItem('state', JSON.stringify(state)); },
      getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null'),
    });
  });
  await page.goto(`${ORIGIN}/`);
  // as the host does: nothing is sent before the page is ready
  await page.waitForFunction(() => window.posted.length > 0);
  return page;
}

/** As the extension host would. */
export async function send(page: Page, message: ToPage): Promise<void> {
  await page.evaluate((m) => { window.postMessage(m, '*'); }, message);
}

export async function show(page: Page, subject: Subject): Promise<void> {
  await send(page, { type: 'subject', subject: { ...subject, tasks: [...subject.tasks], namespaces: [...subject.namespaces] } });
  await page.locator('.table').waitFor();
}

export async function posted(page: Page): Promise<ToHost[]> {
  return page.evaluate(() => window.posted) as Promise<ToHost[]>;
}
