import assert from 'node:assert/strict';
import { it } from 'mocha';
import type { FrameLocator } from 'playwright-core';
import { themes } from '../host/code-server.mjs';
import { make } from './made.ts';
import type { Made } from './made.ts';
import { inVsCode } from './session.ts';

inVsCode('comparing processes', {}, (vs) => {
  const made: Made[] = [];
  after(() => Promise.all(made.map((one) => one.end())));

  const page = (): FrameLocator => vs.workbench.webview();
  /** Opens the comparison of these processes as a person does: the command, a search and a tick for each, Enter. */
  async function compare(...pids: readonly number[]): Promise<void> {
    await vs.workbench.command('Namespaces: Compare Processes…');
    for (const pid of pids) {
      await vs.workbench.quickInput.fill(`pid:${pid}`);
      await vs.workbench.picks.filter({ hasText: String(pid) }).first().locator('.quick-input-list-checkbox, .monaco-custom-toggle, input[type=checkbox]').first().click();
    }
    await vs.page.keyboard.press('Enter');
    await page().locator('.table').waitFor();
  }

  it('shows in one sentence and a table what two processes share', async () => {
    made.push(await make({ unshare: ['--uts', '--net', '--pid'], hostname: 'db', comm: 'postgres' }), await make({ unshare: ['--uts', '--ipc'], hostname: 'build', comm: 'make' }));
    await compare(made[0]!.pid, made[1]!.pid);
    const names = [`postgres ${made[0]!.pid}`, `make ${made[1]!.pid}`];
    await page().locator('h1', { hasText: `${names[0]} and ${names[1]} share 4 of 8: mnt, pid, cgroup, time.` }).waitFor();
    await page().locator('td', { hasText: '“db”' }).waitFor();
    // never used for its children: the first of them would make it
    await page().locator('th', { hasText: 'for children' }).waitFor();
    await vs.shot('compare-vscode-dark-1600');
  });

  it('shows a cell’s namespace in the side bar when it is clicked', async () => {
    await page().locator('td', { hasText: '“build”' }).click();
    await vs.tree.row(`uts ${made[1]!.inode('uts')}`).and(vs.page.locator('.selected')).waitFor();
    assert.match(await page().locator('aside .card').first().textContent() ?? '', /Who is in uts C\?/);
  });

  it('has no fault that axe finds', async () => {
    assert.deepEqual(await vs.accessibilityFaults(['iframe.webview.ready', '#active-frame', 'body']), []);
  });

  it('strikes out the row of a process that ends, at once and without closing', async () => {
    await made.pop()!.end();
    await page().locator('th.ended', { hasText: 'make' }).waitFor();
    await page().locator('h1', { hasText: /^postgres \d+ shares/ }).waitFor();
  });

  it('comes back after the window was reloaded, with the ended row', async () => {
    await vs.workbench.command('Developer: Reload Window');
    await vs.page.locator('.monaco-workbench').waitFor();
    await page().locator('th.ended', { hasText: 'make' }).waitFor();
    await page().locator('h1', { hasText: /^postgres \d+ shares/ }).waitFor();
  });

  for (const name of ['light', 'hc', 'hcLight'] as const) {
    it(`is drawn in ${themes[name].label}`, async () => {
      await vs.workbench.theme(themes[name].label);
      await page().locator(name === 'light' ? 'body.vscode-light' : 'body.vscode-high-contrast').waitFor();
      await vs.shot(`compare-vscode-${name}-1600`);
    });
  }
});
