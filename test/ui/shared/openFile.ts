import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { until } from '../../kernel/world/until.ts';
import type { Session } from '../session.ts';

const SETUP = `set -e
mount -t tmpfs none "$1"
cd "$1"
cp /bin/busybox .
mkdir etc
echo 'only inside $(reboot) <b>' > etc/secret.txt
mkfifo pipe.txt
exec chroot . /busybox cat
`;

export function fileOfProcess(vs: Session): void {
  describe('a file of another process', () => {
    let child: ChildProcess | undefined;
    let folder = '';

    before(async () => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'nslab-root-'));
      writeFileSync(path.join(folder, 'host.txt'), 'of the host');
      child = spawn('unshare', ['--mount', '--propagation', 'private', 'bash', '-c', SETUP, 'bash', folder], { stdio: ['pipe', 'ignore', 'inherit'] });
      await until('it has its root', () => { try { return readlinkSync(`/proc/${child?.pid ?? 0}/exe`).endsWith('/busybox') && existsSync(`/proc/${child?.pid ?? 0}/root/etc/secret.txt`); } catch { return false; } });
    });
    after(() => {
      child?.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    });

    async function open(file: string): Promise<void> {
      await vs.workbench.command('Namespaces: Open File from Namespace…');
      await vs.workbench.quickInput.waitFor();
      await vs.workbench.quickInput.fill(String(child?.pid ?? 0));
      await vs.workbench.picks.filter({ hasText: `${child?.pid ?? 0} ` }).first().click();
      await vs.workbench.chooseFile(file);
    }

    it('is chosen in VS Code\'s own dialog, which shows what the process sees, and opens to be read only', async () => {
      await open('/etc/secret.txt');
      await vs.workbench.tab('secret.txt').waitFor();
      const editor = vs.page.locator('.editor-instance .view-lines');
      await editor.getByText('only inside $(reboot) <b>').waitFor();
      await editor.click();
      await vs.page.keyboard.type('x');
      await vs.page.getByText('A file of another process, shown to be read only.').first().waitFor();
      await vs.shot('file-of-namespace-dark-1600');
      assert.equal((await editor.innerText()).replaceAll('\u00a0', ' ').trim(), 'only inside $(reboot) <b>');
    });

    it('is not opened where that could wait for ever', async () => {
      await open('/pipe.txt');
      await vs.page.getByText(/is a pipe, a socket or a device/).first().waitFor();
    });
  });
}
