import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { startBrowser } from '../host/browser.mjs';
import { artifacts } from '../host/checkout.mjs';
import type { ToHost } from '../../webview/protocol.ts';
import { busyHost, pair, subject, task } from '../unit/webview/subjects.ts';
import type { Theme } from './tablePage/open.ts';
import { openTablePage, posted, show } from './tablePage/open.ts';

const WIDE = { width: 1600, height: 1000 };
const NARROW = { width: 900, height: 1000 };

describe('the page "Compare Processes" in a browser', () => {
  let browser: Awaited<ReturnType<typeof startBrowser>>;
  let page: Page;
  /** Errors of scripts, and what the content security policy refused. */
  let faults: string[];
  before(async () => { browser = await startBrowser(); });
  after(() => browser.stop());
  afterEach(async () => {
    assert.deepEqual(faults, []);
    await page.close();
  });

  async function open(theme: Theme = 'dark', size = WIDE): Promise<void> {
    faults = [];
    page = await openTablePage(browser.context, theme, size);
    page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
    page.on('pageerror', (error) => faults.push(String(error)));
  }
  const spoken = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
  const last = async (): Promise<ToHost | undefined> => (await posted(page)).at(-1);

  for (const theme of ['dark', 'light', 'hc'] as const) {
    it(`has no fault that axe finds, in the theme ${theme}`, async () => {
      await open(theme);
      await show(page, busyHost());
      await page.locator('td.pattern1').first().click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 200)}`)), []);
      const folder = path.join(artifacts, 'shots');
      mkdirSync(folder, { recursive: true });
      for (const size of [WIDE, NARROW]) {
        await page.setViewportSize(size);
        await page.screenshot({ path: path.join(folder, `compare-${theme}-${size.width}.png`) });
      }
    });
  }

  it('fits a narrow editor without scrolling sideways, and scrolls only the table in a very narrow one', async () => {
    await open('dark', NARROW);
    await show(page, busyHost());
    const overflow = (): Promise<number[]> => page.evaluate(() => [document.documentElement, document.querySelector('.frame') ?? document.body].map((e) => e.scrollWidth - e.clientWidth));
    assert.deepEqual(await overflow(), [0, 0]);
    await page.setViewportSize({ width: 480, height: 900 });
    const [body, frame] = await overflow();
    assert.equal(body, 0);
    assert.ok((frame ?? 0) > 0);
  });

  it('can be used with the keyboard alone: one stop for the whole table, arrows inside, Enter, Delete, Escape', async () => {
    await open();
    await show(page, pair());
    const stops: string[] = [];
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('Tab');
      stops.push((await spoken()).slice(0, 24));
    }
    assert.deepEqual(stops.filter(Boolean).map((s) => s.slice(0, 12)), ['Add process…', 'Copy as text', 'Sort rows', 'Host labHost']);
    for (const key of ['ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    await page.waitForFunction(() => document.activeElement?.textContent.startsWith('uts namespace B'));
    await page.keyboard.press('Enter');
    assert.equal((await last())?.type, 'revealNamespace');
    assert.equal(await page.locator('td[aria-selected=true]').count(), 1);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('[aria-selected=true]').count(), 0);
    await page.keyboard.press('Home');
    await page.waitForFunction(() => document.activeElement?.textContent.startsWith('postgres 2417'));
    await page.keyboard.press('Delete');
    assert.deepEqual(await last(), { type: 'remove', key: '2417@100' });
  });

  it('keeps the keyboard where it is when the focused block is split by an update', async () => {
    await open();
    const [a, b] = [task({ pid: 1, name: 'a', in: { uts: 1 } }), task({ pid: 2, name: 'b', in: { uts: 1 } })];
    await show(page, subject([a, b]));
    await page.locator('[role=grid] [tabindex="0"]').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    await page.waitForFunction(() => document.activeElement?.textContent.includes('Used by a 1, b 2'));
    await show(page, subject([a, task({ pid: 2, name: 'b', in: { uts: 2 } })]));
    await page.waitForFunction(() => document.activeElement?.textContent.includes('Used by b 2'));
    assert.match(await spoken(), /^uts namespace C/);
  });

  it('moves nothing when people asked for less motion', async () => {
    await open();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await show(page, pair());
    const [make, postgres] = pair().tasks;
    await show(page, { ...pair(), tasks: [make!, { ...postgres!, ns: make!.ns }] });
    await page.locator('td.changed').first().waitFor();
    assert.deepEqual(await page.evaluate(() => document.getAnimations().length), 0);
  });

  it('draws a hundred processes, and joins those of a kind', async () => {
    await open();
    const many = Array.from({ length: 100 }, (_, i) => task({ pid: i + 1, name: `p${i}`, in: { uts: i % 7, net: i % 7 } }));
    await show(page, subject(many));
    assert.equal(await page.locator('tbody th[role=rowheader]').count(), 101);
    // seven kinds, and six columns in which all are alike
    assert.equal(await page.locator('tbody td').count(), 2 * 7 + 6);
    await page.locator('[role=grid] [tabindex="0"]').focus();
    await page.keyboard.press('Control+End');
    await page.waitForFunction(() => document.activeElement?.textContent.startsWith('user namespace A'));
  });
});
