import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, it } from 'mocha';
import { inRoot } from '../host/checkout.mjs';
import { linkExtensions } from '../host/code-server.mjs';
import { stageForBrowser } from '../host/in-browser.mjs';
import { Learner } from './learner.ts';
import { NotebookPage } from './notebookPage.ts';
import { inVsCode, type Session } from './session.ts';

const place = mkdtempSync(path.join(os.tmpdir(), 'nslab-in-browser-'));
const extensionsDir = path.join(place, 'extensions');
const folder = path.join(place, 'folder');

after(() => { rmSync(place, { recursive: true, force: true }); });

/** As in vscode.dev: our code runs in the window, and files are somebody else's, of a scheme of their own. */
const prepare = (): Promise<void> => {
  if (existsSync(folder)) return Promise.resolve();
  stageForBrowser(path.join(place, 'staged'));
  linkExtensions(extensionsDir, [path.join(place, 'staged')]);
  cpSync(inRoot('simulator', 'examples', '04-unshare.c'), path.join(folder, 'leaving.c'));
  return Promise.resolve();
};

/** Types what it looks for into an open list, whose rows beyond the edge are not drawn, and takes it. */
async function choose(vs: Session, text: string): Promise<void> {
  await vs.workbench.quickInput.fill(text);
  await vs.workbench.picks.filter({ hasText: text }).first().click();
}

/** By its workbench, or by the page in which it hosts webviews: where the innermost frame is. Ours come from the extension's own addresses. */
function thrownByVsCode(stack: string): boolean { return /\/out\/vs\/(?:code|workbench)\//.test(/https?:\/\/[^\s)?]+/.exec(stack)?.[0] ?? ''); }

/** What the window complains of from now on. */
function faultsOf(vs: Session): readonly string[] {
  const faults: string[] = [];
  // what the workbench's own code throws (it does when a window is left while it draws) is its own matter; ours runs in frames and in the extension host
  vs.page.on('pageerror', ({ message, stack = '' }) => { if (!thrownByVsCode(stack)) faults.push(`${message}\n${stack}`); });
  vs.page.on('console', (message) => {
    const text = message.text();
    // what VS Code's server does not have, and what it cannot finish when it leaves a window, is its own matter; and each message that it shows it logs
    const theirs = /^Failed to load resource|^%c +ERR|^This is VS Code in a browser/.test(text) && !/n(?:ame)?s(?:pace-)?lab/.test(text);
    if (message.type() === 'error' && !theirs) faults.push(text);
  });
  return faults;
}

inVsCode('the extension in a browser without a machine', { extensionsDir, folder, prepare }, (vs) => {
  let faults: readonly string[] = [];
  const refused = async (command: string, why: RegExp): Promise<void> => {
    await vs.workbench.command(command);
    const toast = vs.workbench.toast(why);
    await toast.waitFor();
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
    await toast.waitFor({ state: 'hidden' });
  };

  it('says in the view why nothing is live, and what to do', async () => {
    faults = faultsOf(vs);
    await vs.tree.welcome.getByText('This is VS Code in a browser, with no machine behind it').waitFor();
    await vs.tree.welcome.getByRole('button', { name: 'Open an Example in the Simulator' }).waitFor();
    await vs.shot('in-browser-view-dark-1600');
  });

  it('says why it enters nothing and saves no snapshot of this host', async () => {
    for (const command of ['Enter Namespace…', 'New Namespace Terminal…']) await refused(`Namespaces: ${command}`, /no machine behind it on which a terminal could enter a namespace\. Open the folder in desktop VS Code on Linux/);
    await refused('Namespaces: Save Snapshot…', /no machine behind it whose namespaces could be read/);
  });

  it('opens a file of the folder in the simulator, runs it, and steps into the kernel and back', async () => {
    await vs.workbench.openFile('leaving.c');
    await vs.workbench.command('Namespaces: Open C File in Simulator');
    const page = new NotebookPage(vs);
    await page.run();
    await page.status('exit status 0');
    const start = await page.moment();
    const next = await page.leads(() => page.step('into').click());
    assert.notEqual(next, start);
    assert.equal(await page.leads(() => page.step('back').click()), start);
    await vs.shot('in-browser-notebook-dark-1600');
  });

  it('says why it runs nothing for real', async () => {
    const page = new NotebookPage(vs);
    await page.button('Run for Real').click();
    await page.frame.getByText('This is VS Code in a browser: it has no compiler and no Linux kernel.').waitFor();
    await vs.workbench.command('View: Revert and Close Editor');
    await vs.workbench.tab('leaving.nsbook.md').waitFor({ state: 'hidden' });
  });

  it('has the gallery of examples', async () => {
    await vs.workbench.command('Namespaces: Open Example…');
    await choose(vs, '18-network.c');
    const page = new NotebookPage(vs);
    await page.run();
    await page.status('exit status 0');
    await vs.workbench.command('View: Revert and Close Editor');
    await vs.workbench.tab('18-network.nsbook.md').waitFor({ state: 'hidden' });
  });

  it('complains of nothing, and asked nobody outside', () => {
    assert.deepEqual(faults, []);
    assert.deepEqual([...vs.browser.external], []);
  });
});

inVsCode('a learner in a browser without a machine', { extensionsDir, prepare }, (vs) => {
  const learner = new Learner(vs);
  let faults: readonly string[] = [];

  it('has the lessons, and checks by the simulated kernel what one saves', async () => {
    faults = faultsOf(vs);
    await learner.showLessons();
    await learner.lessons.row('4. clone and CLONE_NEWUTS').waitFor();
    await vs.workbench.command('Namespaces: Open Lesson…');
    await choose(vs, '05 Through copy_namespaces');
    await learner.copyInto(place);
    await vs.workbench.tab(/Preview README\.md/).waitFor({ timeout: 60_000 });
    await vs.workbench.tab('look.nsbook.md').waitFor();
    await learner.status('Lesson: 0 of 1');
    const solution = readFileSync(inRoot('lessons', '05-through-copy-namespaces', '.author', 'solution', 'task.c'), 'utf8');
    await learner.replaceFile('task.c', solution.replace('return 0;', 'return oops;'));
    await vs.page.locator('.statusbar-item .codicon-error').first().waitFor({ timeout: 30_000 });
    await learner.replaceFile('task.c', solution);
    await vs.workbench.toast('Lesson solved: Through copy_namespaces').waitFor();
    await learner.status('Lesson: 1 of 1');
    await vs.shot('in-browser-lesson-dark-1600');
  });

  it('goes back to a lesson’s start, and shows the solution beside the learner’s own', async () => {
    await vs.workbench.command('Namespaces: Reset Lesson…');
    await vs.workbench.modal('Reset the lesson').getByRole('button', { name: 'Reset' }).click();
    await learner.status('Lesson: 0 of 1');
    assert.equal(readFileSync(path.join(place, '05-through-copy-namespaces', 'task.c'), 'utf8'), readFileSync(inRoot('lessons', '05-through-copy-namespaces', 'task.c'), 'utf8'));
    await vs.workbench.command('Namespaces: Show Solution');
    await vs.workbench.modal('It is not solved yet').getByRole('button', { name: 'Show It' }).click();
    await vs.workbench.tab('task.c: yours and the solution').waitFor();
  });

  it('says why a task about a live process cannot be checked here', async () => {
    await vs.workbench.command('Namespaces: Open Lesson…');
    await choose(vs, '01 First look');
    await learner.copyInto(place);
    // the window before this one said the same of its lesson
    await vs.page.locator('.explorer-folders-view', { hasText: 'hello-uts.c' }).waitFor({ timeout: 60_000 });
    await learner.status('Lesson: 0 of 1');
    await vs.workbench.command('Namespaces: Check Lesson');
    await vs.workbench.toast(/This machine cannot be looked at: this is VS Code in a browser\. Open the folder in desktop VS Code on Linux/).waitFor();
  });

  it('meets no fault', () => { assert.deepEqual(faults, []); });
});
