import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, it } from 'mocha';
import { inRoot } from '../host/checkout.mjs';
import { Learner } from './learner.ts';
import { inVsCode } from './session.ts';

const place = mkdtempSync(path.join(os.tmpdir(), 'nslab-lessons-'));
const solution = (lesson: string, file: string): string => readFileSync(inRoot('lessons', lesson, '.author', 'solution', file), 'utf8');

after(() => { rmSync(place, { recursive: true, force: true }); });

// drawn by the GPU, a terminal's text is no text of the page
inVsCode('a learner', { settings: { 'terminal.integrated.gpuAcceleration': 'off' } }, (vs) => {
  const learner = new Learner(vs);

  it('finds the course under the tree, none of it begun', async () => {
    await learner.showLessons();
    await vs.shot('lessons-dark-1600');
    await learner.lessons.row('4. clone and CLONE_NEWUTS').waitFor();
  });

  it('says that a folder cannot be written to, and asks for another', async () => {
    await vs.workbench.command('Namespaces: Open Lesson…');
    await vs.workbench.picks.filter({ hasText: '02 task_struct and nsproxy' }).first().click();
    await learner.copyInto('/sys');
    const dialog = vs.workbench.modal('The lesson cannot be copied to /sys');
    await dialog.waitFor();
    await vs.shot('lesson-unwritable-dark-1600');
    await dialog.getByRole('button', { name: 'Choose Another Folder' }).click();
    await vs.page.locator('.quick-input-widget:visible', { hasText: 'Choose a folder' }).waitFor();
    await vs.page.keyboard.press('Escape');
    await vs.workbench.quickInput.waitFor({ state: 'hidden' });
  });

  it('opens a lesson as a workspace of its own: its text, and the notebook beside it', async () => {
    await vs.workbench.command('Namespaces: Open Lesson…');
    await vs.workbench.picks.filter({ hasText: '04 clone and CLONE_NEWUTS' }).first().click();
    await learner.copyInto(place);
    await vs.workbench.tab(/Preview README\.md/).waitFor({ timeout: 60_000 });
    await vs.workbench.tab('look.nsbook.md').waitFor();
    assert.ok(existsSync(path.join(place, '04-clone-newuts', 'task.c')));
    assert.ok(!existsSync(path.join(place, '04-clone-newuts', '.author')));
    await learner.status('Lesson: 0 of 2');
    await vs.shot('lesson-open-dark-1600');
  });

  it('gets a hint, then more of it', async () => {
    await vs.workbench.command('Namespaces: Lesson Hint');
    await vs.workbench.toast('Hint 1 of 3').getByRole('button', { name: 'One More Hint' }).click();
    await vs.workbench.toast('Hint 2 of 3').waitFor();
  });

  it('sees what is missing, what is broken, and what is solved, on every save', async () => {
    const right = solution('04-clone-newuts', 'task.c');
    await learner.replaceFile('task.c', right.replace('CLONE_NEWUTS | ', ''));
    await vs.workbench.command('Namespaces: Check Lesson');
    await vs.workbench.toast(/No new UTS namespace ever had the host name/).waitFor();
    await learner.replaceFile('task.c', right.replace('return 0;\n}', 'return oops;\n}'));
    await vs.page.locator('.statusbar-item .codicon-error').first().waitFor({ timeout: 30_000 });
    await learner.replaceFile('task.c', right);
    await learner.status('Lesson: 1 of 2');
    await learner.replaceFile('answers.json', solution('04-clone-newuts', 'answers.json'));
    await vs.workbench.toast('Lesson solved: clone and CLONE_NEWUTS').waitFor();
    await learner.status('Lesson: 2 of 2');
  });

  it('checks by a task, which prints what is solved', async () => {
    await vs.workbench.command('Tasks: Run Test Task');
    const terminal = vs.page.locator('.terminal-wrapper.active .xterm-rows');
    await terminal.filter({ hasText: '✓' }).first().waitFor({ timeout: 30_000 });
    await vs.shot('lesson-check-task-dark-1600');
    await vs.workbench.command('View: Toggle Panel Visibility');
  });

  it('goes back to the start, the learner’s own files kept', async () => {
    const folder = path.join(place, '04-clone-newuts');
    const mine = readFileSync(path.join(folder, 'task.c'), 'utf8');
    await vs.workbench.command('Namespaces: Reset Lesson…');
    await vs.workbench.modal('Reset the lesson').getByRole('button', { name: 'Reset' }).click();
    await learner.status('Lesson: 0 of 2');
    assert.equal(readFileSync(path.join(folder, 'task.c'), 'utf8'), readFileSync(inRoot('lessons', '04-clone-newuts', 'task.c'), 'utf8'));
    assert.equal(readFileSync(path.join(folder, 'before-reset', 'task.c'), 'utf8'), mine);
    await learner.replaceFile('answers.json', solution('04-clone-newuts', 'answers.json'));
    await learner.replaceFile('task.c', mine);
    await vs.workbench.toast('Lesson solved: clone and CLONE_NEWUTS').waitFor();
  });

  it('goes on to the next lesson, and what was done is still done after the window was opened anew', async () => {
    await vs.workbench.toast('Lesson solved: clone and CLONE_NEWUTS').getByRole('button', { name: 'Next Lesson' }).click();
    await learner.copyInto(place);
    await learner.status('Lesson: 0 of 1');
    await vs.workbench.tab('look.nsbook.md').waitFor({ timeout: 60_000 });
    assert.ok(existsSync(path.join(place, '05-through-copy-namespaces', 'task.c')));
    await learner.showLessons();
    await learner.lessons.row('4. clone and CLONE_NEWUTS').filter({ hasText: 'done' }).waitFor();
    await learner.replaceFile('task.c', solution('05-through-copy-namespaces', 'task.c'));
    await vs.workbench.toast('Lesson solved: Through copy_namespaces').waitFor();
  });

  it('does the first lesson on the machine itself: the check finds the process in its new namespace', async () => {
    await vs.workbench.command('Namespaces: Open Lesson…');
    await vs.workbench.picks.filter({ hasText: '01 First look' }).first().click();
    await learner.copyInto(place);
    await learner.status('Lesson: 0 of 1');
    await vs.workbench.tab(/Preview README\.md/).waitFor({ timeout: 60_000 });
    const folder = path.join(place, '01-first-look');
    await vs.workbench.command('Namespaces: Check Lesson');
    await vs.workbench.toast('No process named “hello-uts” runs now.').waitFor();
    execFileSync('cc', ['-o', 'hello-uts', 'hello-uts.c'], { cwd: folder });
    const program = spawn('./hello-uts', ['blue', '60'], { cwd: folder, stdio: 'ignore', detached: true });
    try {
      await vs.workbench.command('Namespaces: Check Lesson');
      await vs.workbench.toast('Lesson solved: First look').waitFor();
    } finally {
      if (program.pid !== undefined) process.kill(-program.pid, 'SIGKILL');
    }
  });
});

const untrusted = path.join(place, 'untrusted', '04-clone-newuts');
const prepare = (): Promise<void> => { cpSync(inRoot('lessons', '04-clone-newuts'), untrusted, { recursive: true }); return Promise.resolve(); };

inVsCode('a learner whose folder is not trusted', { trust: true, folder: untrusted, prepare, settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' } }, (vs) => {
  it('checks all the same, since nothing of it runs on this machine; what would is refused with the way to trust it', async () => {
    await vs.workbench.statusItem('Restricted Mode').first().waitFor({ timeout: 60_000 });
    await vs.workbench.command('Namespaces: Check Lesson');
    await vs.workbench.statusItem('Lesson: 0 of 2').first().waitFor({ timeout: 30_000 });
    writeFileSync(path.join(untrusted, 'task.c'), solution('04-clone-newuts', 'task.c'));
    await vs.workbench.command('Namespaces: Check Lesson');
    await vs.workbench.statusItem('Lesson: 1 of 2').first().waitFor({ timeout: 30_000 });
    await vs.shot('lesson-restricted-dark-1600');
  });
});
