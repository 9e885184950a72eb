import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import type { FrameLocator } from 'playwright-core';
import { themes } from '../../host/code-server.mjs';
import { make } from '../made.ts';
import type { Made } from '../made.ts';
import type { Session } from '../session.ts';

export function comparingProcesses(vs: Session): void {
  describe('comparing processes', () => {
    const made: Made[] = [];
    after(() => Promise.all(made.map((one) => one.end())));

    const page = (): FrameLocator => vs.workbench.webview();
    /** Opens the comparison of these processes as a person does: the command, a search and a tick for each, Enter. */
    async function compare(...pids: readonly number[]): Promise<void> {
      await vs.workbench.command('Namespaces: Compare Processes…');
      for (const pid of pids) {
        await vs.workbench.quickInput.fill(String(pid));
        // in a list of ticks a click on a row ticks it
        await vs.workbench.picks.filter({ hasText: new RegExp(`^\\s*${pid} `) }).first().click();
      }
      await vs.page.keyboard.press('Enter');
      await page().locator('.table').waitFor();
    }

    it('shows in one sentence and a table what two processes share', async () => {
      made.push(await make({ unshare: ['--uts', '--net'], hostname: 'db', comm: 'postgres' }), await make({ unshare: ['--uts', '--ipc'], hostname: 'build', comm: 'make' }));
      for (const one of made) await vs.tree.row(`uts ${one.inode('uts')}`).waitFor();
      await compare(made[0]!.pid, made[1]!.pid);
      const names = [`postgres ${made[0]!.pid}`, `make ${made[1]!.pid}`];
      await page().locator('h1', { hasText: `${names[0]} and ${names[1]} share 4 of 8: mnt, pid, cgroup, time.` }).waitFor();
      await page().locator('td', { hasText: '“db”' }).waitFor();
      await vs.shot('compare-vscode-dark-1600');
    });

    it('shows a cell’s namespace in the side bar when it is clicked', async () => {
      await page().locator('td', { hasText: '“build”' }).click();
      await vs.tree.row(`uts ${made[1]!.inode('uts')}`).and(vs.page.locator('.selected')).waitFor();
      assert.match(await page().locator('aside .card').first().textContent() ?? '', /Who is in uts [BC]\?.*“build”/);
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
}
