import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { describe, it } from 'mocha';
import { until } from '../../kernel/world/until.ts';
import { helperOf } from '../helperPid.ts';
import type { Session } from '../session.ts';

export function helperKilled(vs: Session): void {
  describe('when the helper is killed', () => {
    const initial = statSync('/proc/self/ns/uts').ino;

    async function kill(): Promise<number> {
      const pid = await until('a helper runs', () => helperOf(vs.server.pid), 30_000);
      process.kill(pid, 'SIGKILL');
      return pid;
    }

    it('comes back by itself, and the tree with it', async () => {
      await vs.tree.row(`uts ${initial}`).waitFor();
      const old = await kill();
      await until('another helper runs', () => { const pid = helperOf(vs.server.pid); return pid !== undefined && pid !== old; }, 20_000);
      await vs.tree.row(`uts ${initial}`).waitFor();
    });

    it('is given up after repeated crashes, says so, and starts again when asked', async () => {
      for (let i = 0; i < 3; i++) {
        const pid = await kill();
        await until('the killed helper is gone', () => helperOf(vs.server.pid) !== pid);
      }
      const again = vs.page.locator('.sidebar').getByText(/Start It Again/).first();
      await again.waitFor({ timeout: 60_000 });
      assert.equal(helperOf(vs.server.pid), undefined);
      await vs.shot('helper-stopped-dark-1600');
      await again.click();
      await vs.tree.row(`uts ${initial}`).waitFor({ timeout: 30_000 });
    });
  });
}
