import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { it } from 'mocha';
import { until } from '../kernel/world/until.ts';
import { inVsCode } from './session.ts';

/** Direct and indirect children of a process. */
function descendants(of: number): number[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      parents.set(parent, [...parents.get(parent) ?? [], Number(name)]);
    } catch {
      // it ended meanwhile
    }
  }
  const found: number[] = [];
  for (let next = [of]; next.length > 0;) {
    next = next.flatMap((pid) => parents.get(pid) ?? []);
    found.push(...next);
  }
  return found;
}

/** The helper that this VS Code's extension host started. */
function helperOf(serverPid: number): number | undefined {
  return descendants(serverPid).find((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('helper.mjs');
    } catch {
      return false;
    }
  });
}

inVsCode('when the helper is killed', {}, (vs) => {
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
