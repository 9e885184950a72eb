import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { it } from 'mocha';
import { until } from '../kernel/world/until.ts';
import { NotebookPage } from './notebookPage.ts';
import { inVsCode } from './session.ts';

inVsCode('the live picture, and a program that begins with it', { size: { width: 1600, height: 1000 } }, (vs) => {
  let child: ChildProcess | undefined;
  /** Process 1 of a PID namespace with a host name, a mount and a child of its own, as seen here. */
  let pid = 0;
  before(async () => {
    child = spawn('unshare', ['--uts', '--pid', '--mount', '--fork', '--mount-proc', 'sh', '-c', 'hostname boat; mount -t tmpfs hold /mnt; sleep 301 & exec sleep 300'], { stdio: 'ignore' });
    const outer = child.pid ?? 0;
    const childrenOf = (of: number): string => readFileSync(`/proc/${of}/task/${of}/children`, 'utf8').trim();
    pid = await until('both sleep', () => {
      const first = Number(childrenOf(outer));
      return first > 0 && readFileSync(`/proc/${first}/comm`, 'utf8') === 'sleep\n' && childrenOf(first) !== '' ? first : undefined;
    });
  });
  after(() => { child?.kill('SIGKILL'); });
  const notebook = new NotebookPage(vs);

  it('draws the processes of a namespace of this host', async () => {
    await vs.workbench.command('Namespaces: Show Process in Tree…');
    await vs.workbench.quickInput.fill(String(pid));
    await vs.workbench.picks.filter({ hasText: new RegExp(`^\\s*${pid} `) }).first().click();
    await vs.tree.menu(new RegExp(`^\\s*(?:sleep )?${pid}\\b`), 'Show in Simulator');
    await notebook.frame.locator('.drawing').getByText('“boat”').first().waitFor();
    await vs.shot('live-picture-dark-1600');
    assert.deepEqual(await vs.accessibilityFaults(['iframe.webview.ready', '#active-frame', 'body']), []);
  });

  it('starts a program from that state: it joins the real process’s namespaces, as they were', async () => {
    await notebook.button('Start a Program from This State').click();
    await notebook.frame.locator('.state-cell').waitFor();
    await notebook.frame.locator('.state-tasks td', { hasText: new RegExp(`^${pid} / 1$`) }).waitFor();
    await notebook.run();
    await notebook.status('exit status 0');
    await notebook.step('end').click();
    await notebook.tab('Terminal').click();
    const screen = notebook.cell.locator('.state-body');
    await screen.getByText(/boat[^]*sleep 301/).waitFor();
    const lines = (await screen.innerText()).split('\n').filter((line) => line.includes('sleep'));
    assert.match(lines.join('\n'), /^root +1 +0 .*sleep 300\nroot +\d +1 .*sleep 301$/);
    assert.deepEqual(await notebook.frame.locator('.fault').allInnerTexts(), []);
    await vs.shot('state-started-dark-1600');
    assert.deepEqual(await vs.accessibilityFaults(['iframe.webview.ready', '#active-frame', 'body']), []);
  });

  it('says where a state cannot be read, and which is not there', async () => {
    await notebook.frame.locator('.state-cell').getByRole('button', { name: 'Show its text' }).click();
    const box = notebook.frame.locator('.state-cell textarea');
    const text = await box.inputValue();
    await box.fill(text.replace('"nslab-state": 1', '"nslab-state": 9'));
    await box.blur();
    await notebook.frame.locator('.state-cell .fault', { hasText: 'nslab-state: must be 1' }).waitFor();
    await notebook.cell.locator('.cell-bar').getByRole('button', { name: /^▶/ }).click();
    await notebook.cell.locator('.fault', { hasText: 'nslab-state: must be 1' }).waitFor();
    await box.fill(text);
    await box.blur();
    await notebook.run();
    await notebook.button('Settings').first().click();
    await notebook.cell.getByLabel('Begins with').selectOption('');
    await notebook.run();
    await notebook.step('end').click();
    await notebook.cell.locator('.state-body').getByText(`/proc/${pid}/ns/`).first().waitFor();
  });
});
