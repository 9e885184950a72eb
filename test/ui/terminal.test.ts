import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { themes } from '../host/code-server.mjs';
import { until } from '../kernel/world/until.ts';
import { NotebookPage } from './notebookPage.ts';
import { inVsCode } from './session.ts';

const FENCE = '```';

const folder = mkdtempSync(path.join(os.tmpdir(), 'nslab-terminal-'));
writeFileSync(path.join(folder, 'talk.nsbook.md'), `${FENCE}c nslab name="talk.c"
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	char line[80];
	int master;
	if (forkpty(&master, NULL, NULL, NULL) == 0) {
		puts("inside");
		return 0;
	}
	wait(NULL);
	if (fork() == 0) {
		puts("who?");
		if (fgets(line, sizeof line, stdin))
			printf("hello %s", line);
		fprintf(stderr, "<b>bold</b> \\033[2J\\n");
		return 0;
	}
	wait(NULL);
	while (fgets(line, sizeof line, stdin))
		printf("%zu letters\\n", strlen(line) - 1);
	puts("done");
	return 5;
}
${FENCE}
`);

inVsCode('the terminal of a program', { folder }, (vs) => {
  const page = new NotebookPage(vs);
  after(() => { rmSync(folder, { recursive: true, force: true }); });
  const screen = (): Locator => page.cell.locator('.screen');
  const input = (): Locator => page.cell.getByRole('textbox', { name: /^Type into the terminal/ });
  /** What a person reads on it. */
  const read = async (): Promise<string[]> => await screen().evaluate((box) => [...box.querySelectorAll('.row')].map((row) => [...row.querySelectorAll(':scope > :last-child > span')].map((run) => run.lastChild?.textContent ?? '').join('')));
  const shows = async (lines: readonly string[]): Promise<void> => {
    await until(`the terminal shows ${JSON.stringify(lines)}`, async () => JSON.stringify(await read()) === JSON.stringify(lines));
  };

  it('waits for a line that a person types, and the child that reads it answers', async () => {
    await vs.workbench.openFile('talk.nsbook.md');
    await page.run();
    await page.status('waits for input');
    assert.equal(await input().getAttribute('aria-label'), 'Type into the terminal. Nobody waits for input at this step.');
    await page.cell.getByRole('button', { name: 'Go to where somebody does' }).click();
    await shows(['who?']);
    await page.cell.getByRole('status').filter({ hasText: /^a\.out 7003 waits for a line\.$/ }).waitFor({ state: 'attached' });
    await input().focus();
    await vs.page.keyboard.type('Ann ☃');
    await vs.page.keyboard.press('Enter');
    await shows(['who?', 'Ann ☃', 'hello Ann ☃', '<b>bold</b> \\e[2J']);
    await page.cell.getByRole('status').filter({ hasText: /^a\.out 7001 waits for a line\.$/ }).waitFor({ state: 'attached' });
  });

  it('takes the text away as one steps back, and brings it again', async () => {
    const end = await page.at();
    const whole = await page.moment();
    await page.cell.locator('.typed-so-far').getByRole('button', { name: 'Ann ☃⏎' }).click();
    await shows(['who?']);
    await page.cell.getByText('a.out 7003 waits for a line.').first().waitFor();
    const typed = await page.at();
    await page.goTo(typed - 40);
    assert.equal((await read()).includes('Ann ☃'), false);
    await page.goTo(end);
    assert.equal(await page.moment(), whole);
    await page.goTo(typed);
    await shows(['who?']);
    await page.goTo(end);
    assert.equal(await page.moment(), whole);
  });

  it('goes on with each line, and ends at the end of file; the keys are those of a terminal', async () => {
    await input().focus();
    await vs.page.keyboard.type('four');
    await vs.page.keyboard.press('Enter');
    await shows(['who?', 'Ann ☃', 'hello Ann ☃', '<b>bold</b> \\e[2J', 'four', '4 letters']);
    await vs.page.keyboard.press('Control+d');
    await page.status('exit status 5');
    await shows(['who?', 'Ann ☃', 'hello Ann ☃', '<b>bold</b> \\e[2J', 'four', '4 letters', 'done']);
    assert.equal(await input().count(), 0);
    assert.equal(await screen().evaluate((box) => box.ownerDocument.activeElement === box), true, 'the focus is on the text that is left');
  });

  it('shows what one task wrote, standard error told apart, and what is on a pseudo terminal', async () => {
    assert.deepEqual(await screen().evaluate((box) => [...box.querySelectorAll('.stderr:not(.control)')].map((run) => run.lastChild?.textContent)), ['<b>bold</b> ', '[2J']);
    const writers = page.cell.getByRole('radiogroup', { name: 'Written by' });
    assert.deepEqual(await writers.getByRole('radio').allTextContents(), ['All', 'a.out 7003', 'a.out 7001']);
    await writers.getByRole('radio', { name: 'All' }).focus();
    await vs.page.keyboard.press('ArrowRight');
    await shows(['who?', 'hello Ann ☃', '<b>bold</b> \\e[2J']);
    await vs.page.keyboard.press('ArrowRight');
    await shows(['4 letters', 'done']);
    await vs.page.keyboard.press('ArrowRight');
    await page.cell.getByRole('combobox', { name: 'Terminal' }).selectOption('/dev/pts/1');
    await shows(['inside']);
    await page.cell.getByRole('combobox', { name: 'Terminal' }).selectOption('/dev/pts/0');
    await page.cell.locator('.state-panel').scrollIntoViewIfNeeded();
    await vs.shot('notebook-terminal-dark-1600');
    assert.deepEqual(await vs.accessibilityFaults(['iframe.webview.ready', '#active-frame', 'body']), []);
  });

  it('what was typed holds for the next run, is forgotten on request, and can become the cell’s stdin', async () => {
    await page.run();
    await page.status('exit status 5');
    await page.step('end').click();
    await shows(['who?', 'Ann ☃', 'hello Ann ☃', '<b>bold</b> \\e[2J', 'four', '4 letters', 'done']);
    // something else in the place of the second line
    await page.cell.locator('.typed-so-far').getByRole('button', { name: 'four⏎' }).click();
    await page.cell.getByText('a.out 7001 waits for a line.').first().waitFor();
    await input().fill('fifteen letters');
    await input().press('Enter');
    await shows(['who?', 'Ann ☃', 'hello Ann ☃', '<b>bold</b> \\e[2J', 'fifteen letters', '15 letters']);
    await page.button('Keep as stdin').click();
    await page.status('the settings have changed since');
    await page.run();
    await page.status('exit status 5');
    await page.step('end').click();
    // a pipe gives the child's libc all that is in it, and the parent reads the end
    await shows(['who?', 'hello Ann ☃', '<b>bold</b> \\e[2J', 'done']);
    assert.equal(await input().count(), 0);
    await vs.workbench.command('File: Save');
    const fence = await until('the file has it', () => /^.*stdin=.*$/m.exec(readFileSync(path.join(folder, 'talk.nsbook.md'), 'utf8'))?.[0]);
    assert.equal(fence, `${FENCE}c nslab name="talk.c" stdin="Ann ☃\\nfifteen letters\\n"`);
    await page.button('Settings').click();
    await page.frame.getByLabel('Standard input', { exact: true }).fill('');
    await page.frame.getByLabel('Standard input', { exact: true }).blur();
    await page.run();
    await page.status('waits for input');
    await page.step('end').click();
    await input().press('Control+c');
    await page.status('ended by SIGINT');
    await shows(['who?', '^C']);
    await page.button('Forget typed input').click();
    await page.status('waits for input');
    assert.equal(await page.cell.locator('.typed-so-far').count(), 0);
  });

  it('is as it was when the file is opened again, with what was typed', async () => {
    await page.step('end').click();
    await input().fill('again');
    await input().press('Enter');
    await shows(['who?', 'again', 'hello again', '<b>bold</b> \\e[2J']);
    const [at, moment] = [await page.at(), await page.moment()];
    await vs.workbench.command('File: Save');
    await vs.workbench.command('View: Close Editor');
    await vs.workbench.openFile('talk.nsbook.md');
    await page.frame.locator(`.program-cell[data-step="${at}"]`).waitFor({ timeout: 40_000 });
    assert.equal(await page.moment(), moment);
    await page.button('Forget typed input').click();
    await page.cell.locator('.typed-so-far').waitFor({ state: 'detached' });
    await page.status('waits for input');
  });

  for (const theme of ['light', 'hc'] as const) {
    it(`can be read in another theme and in a narrow window: ${theme}`, async () => {
      await vs.workbench.theme(themes[theme].label);
      await vs.page.setViewportSize({ width: 900, height: 1000 });
      await page.step('end').click();
      await input().fill('x');
      await input().press('Enter');
      await shows(theme === 'light' ? ['who?', 'x', 'hello x', '<b>bold</b> \\e[2J'] : ['who?', 'x', 'hello x', '<b>bold</b> \\e[2J', 'x', '1 letters']);
      await page.cell.locator('.state-panel').scrollIntoViewIfNeeded();
      await vs.shot(`notebook-terminal-${theme}-900`);
      assert.deepEqual(await vs.accessibilityFaults(['iframe.webview.ready', '#active-frame', '.state-panel']), []);
      assert.ok(await page.cell.evaluate((cell) => cell.ownerDocument.documentElement.scrollWidth <= cell.ownerDocument.documentElement.clientWidth), 'nothing is wider than the window');
    });
  }
});
