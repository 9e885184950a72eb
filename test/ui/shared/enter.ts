import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, describe, it } from 'mocha';
import { until } from '../../kernel/world/until.ts';
import type { Session } from '../session.ts';

export function enteredTerminal(vs: Session): void {
  describe('a terminal in the namespaces of a process', () => {
    let child: ChildProcess | undefined;
    afterEach(() => { child?.kill('SIGKILL'); });

    /** The process that was started last; its pid here. */
    async function target(...words: string[]): Promise<number> {
      child = spawn('unshare', [...words, 'sleep', '300'], { stdio: 'ignore' });
      const pid = child.pid ?? 0;
      const forked = words.includes('--fork');
      return until('it sleeps', () => {
        const inner = forked ? Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()) : pid;
        return inner > 0 && readFileSync(`/proc/${inner}/comm`, 'utf8') === 'sleep\n' ? inner : undefined;
      });
    }

    const screen = (): Promise<string> => vs.page.locator('.terminal-wrapper.active .xterm-rows').innerText().then((text) => text.replaceAll('\u00a0', ' '));

    async function enter(pid: number): Promise<void> {
      await vs.workbench.command('Namespaces: Enter Namespace…');
      await vs.workbench.quickInput.waitFor();
      await vs.workbench.quickInput.fill(String(pid));
      await vs.workbench.picks.filter({ hasText: `${pid} sleep` }).first().click();
      await vs.page.locator('.quick-input-widget:visible', { hasText: `sleep ${pid}: Will work.` }).waitFor();
      await vs.page.keyboard.press('Enter');
      await vs.page.locator('.quick-input-widget:visible', { hasText: 'Enter opens a terminal' }).or(vs.workbench.picks.filter({ hasText: 'nsenter' }).first()).first().waitFor();
      await vs.page.keyboard.press('Enter');
      await until('the terminal says where it is', async () => (await screen().catch(() => '')).includes(`Inside sleep ${pid}`), 20_000);
    }

    it('says it when that process has ended, and that its namespaces live on', async () => {
      const pid = await target('--uts');
      await enter(pid);
      await until('there is a prompt', async () => /^\(UTS\)/m.test(await screen()), 20_000);
      child?.kill('SIGKILL');
      await vs.workbench.toast(`sleep ${pid} has ended. Its namespaces live on`).waitFor({ timeout: 20_000 });
      await until('the terminal says so, too', async () => (await screen()).includes(`sleep ${pid} has ended. Its namespaces live on`));
      await vs.shot('target-ended-dark-1600');
      await vs.page.keyboard.press('Escape');
    });

    it('says why its shell was killed when that process was the first of its PID namespace', async () => {
      const pid = await target('--pid', '--fork', '--mount-proc');
      await enter(pid);
      await until('there is a prompt', async () => /^\(PID\+mount\)/m.test(await screen()), 20_000);
      process.kill(pid, 'SIGKILL');
      await vs.workbench.toast(`sleep ${pid} has ended. It was process 1 of its PID namespace`).waitFor({ timeout: 20_000 });
    });
  });
}
