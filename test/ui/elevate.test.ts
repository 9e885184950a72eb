import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, it } from 'mocha';
import { PASSWORD, People } from '../kernel/world/people.ts';
import { until } from '../kernel/world/until.ts';
import { inVsCode } from './session.ts';

const UID = 61301;
let people: People | undefined;
/** A process of root in a namespace that nobody else can look into. */
let roots: ChildProcess | undefined;

/** What there is of it on the disk below a folder. */
function anywhere(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true && readFileSync(file).includes(text));
}

inVsCode('VS Code of a user who may use sudo', {
  settings: { 'terminal.integrated.gpuAcceleration': 'off' },
  prepare: async () => {
    people = await People.start([{ uid: UID, name: 'nslab-person', sudo: 'asks' }]);
    roots = spawn('unshare', ['--uts', 'cat'], { stdio: ['pipe', 'ignore', 'ignore'] });
  },
  person: () => ({ uid: UID, before: people?.before(UID) ?? [] }),
}, (vs) => {
  after(async () => {
    roots?.stdin?.end();
    await people?.end();
  });
  const theirs = (): RegExp => new RegExp(`^uts ${statSync(`/proc/${roots?.pid ?? 0}/ns/uts`).ino}`);
  const elevated = () => vs.workbench.statusItem('Namespace helper elevated');
  const screen = (): Promise<string> => vs.page.locator('.terminal-wrapper.active .xterm-rows').innerText().then((text) => text.replaceAll('\u00a0', ' '));
  const seen = async (): Promise<boolean> => (await vs.tree.texts()).some((row) => theirs().test(row));

  it('goes on as it was when nobody answers sudo', async () => {
    await vs.tree.row(/^Not readable/).hover();
    await vs.tree.row(/^Not readable/).getByRole('button', { name: 'Restart Helper with Privileges…' }).click();
    await vs.workbench.modal('Restart the namespace helper with more rights?').getByRole('button', { name: 'Restart with Privileges' }).click();
    await vs.page.locator('.quick-input-widget:visible', { hasText: 'Your own password' }).waitFor();
    await vs.page.keyboard.press('Escape');
    await vs.workbench.toast('Starting the namespace helper with more rights').waitFor({ state: 'detached' });
    assert.equal(await elevated().count(), 0);
    await vs.tree.row(/^uts/).first().waitFor();
  });

  it('asks before it gives the helper more rights, and again after a wrong password', async () => {
    assert.equal(await seen(), false);
    await vs.workbench.command('Namespaces: Restart Helper with Privileges…');
    const dialog = vs.workbench.modal('Restart the namespace helper with more rights?');
    await dialog.getByText(/setpriv --reuid=61301/).waitFor();
    await vs.shot('elevate-asks-dark-1600');
    await dialog.getByRole('button', { name: 'Restart with Privileges' }).click();
    await vs.page.locator('.quick-input-widget:visible', { hasText: 'Your own password' }).waitFor();
    assert.equal(await vs.workbench.quickInput.getAttribute('type'), 'password');
    await vs.workbench.answer('wrong');
    await vs.page.locator('.quick-input-widget:visible', { hasText: 'sudo did not take that password' }).waitFor({ timeout: 30_000 });
    await vs.workbench.answer(PASSWORD);
    await elevated().waitFor({ timeout: 30_000 });
  });

  it('then shows what root has, and forgets the password', async () => {
    await until('the namespace of a process of root is there', seen, 30_000);
    await vs.shot('elevated-dark-1600');
    assert.deepEqual(anywhere(path.join(vs.server.dataDir, 'user'), PASSWORD), []);
  });

  it('then lets one enter what is root\'s by way of sudo, which asks in the terminal', async () => {
    await vs.workbench.command('Namespaces: Enter Namespace…');
    await vs.workbench.quickInput.waitFor();
    await vs.workbench.quickInput.fill(String(roots?.pid ?? 0));
    await vs.workbench.picks.filter({ hasText: `${roots?.pid ?? 0} cat` }).first().click();
    await vs.page.locator('.quick-input-widget:visible', { hasText: 'Will fail at UTS: EPERM' }).waitFor();
    await vs.page.keyboard.press('Enter');
    await vs.workbench.picks.filter({ hasText: 'As root, with sudo: /bin/bash' }).first().click();
    await until('sudo asks', async () => /password for nslab-person:/.test(await screen()), 30_000);
    await vs.page.keyboard.type(PASSWORD);
    await vs.page.keyboard.press('Enter');
    await until('there is a prompt', async () => /^root@.*#/m.test(await screen()), 30_000);
    const uts = statSync(`/proc/${roots?.pid ?? 0}/ns/uts`).ino;
    const shells = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).filter((pid) => {
      try {
        return statSync(`/proc/${pid}/ns/uts`).ino === uts && readFileSync(`/proc/${pid}/comm`, 'utf8') === 'bash\n';
      } catch {
        return false;
      }
    });
    assert.equal(shells.length, 1, 'a shell of root is in that namespace');
    assert.ok(!(await screen()).includes(PASSWORD));
    await vs.shot('entered-by-sudo-dark-1600');
  });

  it('goes back with one click', async () => {
    await elevated().click();
    await elevated().waitFor({ state: 'detached' });
    await until('that namespace is out of sight', async () => !await seen(), 30_000);
  });
});
