import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, it } from 'mocha';
import { until } from '../kernel/world/until.ts';
import { NotebookPage } from './notebookPage.ts';
import { inVsCode } from './session.ts';

const FENCE = '```';

const folder = mkdtempSync(path.join(os.tmpdir(), 'nslab-settings-'));
writeFileSync(path.join(folder, 'settings.nsbook.md'), `${FENCE}c nslab name="main.c"
#include <stdio.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	char line[100] = "";
	if (scanf("%99s", line) == 1)
		printf("%d %s %s %d\\n", argc, argv[argc - 1], line, getuid());
	fflush(stdout);
	execl("./other", "other", isatty(1) ? "terminal" : "pipe", (char *)NULL);
	perror("other");
	return 3;
}
${FENCE}

${FENCE}c nslab name="other.c"
#include <stdio.h>
int main(int argc, char **argv)
{
	printf("other: %s\\n", argv[1]);
	return 0;
}
${FENCE}
`);

inVsCode('settings of a program', { folder }, (vs) => {
  const page = new NotebookPage(vs);
  after(() => { rmSync(folder, { recursive: true, force: true }); });

  it('are a form that writes the file, and hold for a run on this machine as well', async () => {
    await vs.workbench.openFile('settings.nsbook.md');
    await page.run();
    await page.status('waits for input');
    await page.cell.getByRole('button', { name: 'Settings' }).click();
    const form = page.cell.getByRole('region', { name: 'Settings of main.c' });
    const set = async (label: string, value: string): Promise<void> => {
      await form.getByLabel(label, { exact: true }).fill(value);
      await form.getByLabel(label, { exact: true }).blur();
    };
    await set('Arguments', `one 'two words'`);
    await set('Standard input', 'given\n');
    await form.getByLabel('./other').check();
    await form.getByLabel('a terminal as output (else a pipe: libc writes in blocks)').uncheck();
    await page.cell.getByRole('radio', { name: 'uid 1000' }).click();
    await page.status('the settings have changed since');
    await set('Opens at step', '2');
    await vs.shot('notebook-settings-dark-1600');
    await page.run();
    await page.frame.locator('.program-cell[data-step="2"]').waitFor();
    await page.status('exit status 0');
    await page.step('end').click();
    await page.tab('Terminal').click();
    for (const line of ['3 two words given 1000', 'other: pipe']) await page.cell.locator('.state-body', { hasText: line }).waitFor();
    assert.match(await page.moment(), /The run is over: exit status 0\.[^]*other 7001/);
    await vs.workbench.command('File: Save');
    const fence = await until('the file has the settings', () => /^.*name="main.c".*goto.*$/m.exec(readFileSync(path.join(folder, 'settings.nsbook.md'), 'utf8'))?.[0]);
    assert.equal(fence, `${FENCE}c nslab name="main.c" args="one 'two words'" stdin="given\\n" with="other.c" tty="off" uid="1000" goto="2"`);
    await page.button('Run for Real').first().click();
    await vs.workbench.modal('Run main.c on this machine?').getByRole('button', { name: 'Build and Run' }).click();
    await page.frame.getByRole('region', { name: 'Simulated and real' }).getByText('The same output. Exit status 0.').waitFor();
  });
});
