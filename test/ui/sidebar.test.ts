import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { after, it } from 'mocha';
import { themes } from '../host/code-server.mjs';
import { until } from '../kernel/world/until.ts';
import type { Made } from './made.ts';
import { make } from './made.ts';
import { inVsCode } from './session.ts';

let blue: Made;
const prepare = async (): Promise<void> => { blue = await make({ unshare: ['--uts', '--net'], hostname: 'blue-quince' }); };

inVsCode('the side bar', { prepare }, (vs) => {
  const row = (made: Made, type: 'uts' | 'net' | 'user') => vs.tree.row(`${type} ${made.inode(type)}`);
  const group = (by: string) => vs.workbench.command(`Namespaces: Group by ${by}`);

  after(() => blue.end());

  it('shows the namespaces of this very host, by type at first', async () => {
    const initial = statSync('/proc/self/ns/uts').ino;
    await vs.tree.row(`uts ${initial}`).waitFor();
    await row(blue, 'uts').filter({ hasText: 'blue-quince' }).waitFor();
    await row(blue, 'net').waitFor();
    const texts = await vs.tree.texts();
    const types = texts.filter((text) => /^(uts|net|pid|mnt|ipc|cgroup|user|time) \d{1,6}$/.test(text)).map((text) => text.split(' ')[0]);
    assert.deepEqual(types.slice(0, 3), ['uts', 'net', 'pid'], texts.join('\n'));
    await vs.shot('sidebar-type-dark-1600');
  });

  it('marks what came since the last look, and nothing of what was there at the first', async () => {
    // this button is there from the moment on at which the first look is complete
    await vs.tree.pane.locator('.pane-header .action-label[aria-label^="Refresh"]').waitFor({ state: 'attached' });
    await onlyOurs();
    const green = await make({ unshare: ['--uts'], hostname: 'green-quince' });
    try {
      await until('the new one is marked', async () => await vs.tree.row(`uts ${green.inode('uts')}`).count() > 0 && await vs.tree.badge(`uts ${green.inode('uts')}`) === 'N');
      assert.equal(await vs.tree.badge(`uts ${blue.inode('uts')}`), '');
      await vs.shot('sidebar-new-dark-1600');
    } finally {
      await green.end();
      await vs.workbench.command('Namespaces: Clear Filter');
    }
  });

  it('tells in a hover what a namespace contains, who is in it and what would end it', async () => {
    // alone in the tree, so that no other row moves it from under the pointer
    await vs.workbench.command('Namespaces: Filter…');
    await vs.workbench.answer(String(blue.inode('uts')));
    // the line that says how many match pushes the rows down
    await vs.page.getByText(/\d+ of \d+ match/).first().waitFor();
    await vs.tree.row(/initial/).first().waitFor({ state: 'detached' });
    const card = await vs.tree.hover(`uts ${blue.inode('uts')}`);
    await card.getByText('blue-quince').first().waitFor();
    await card.getByText(new RegExp(String(blue.pid))).first().waitFor();
    await card.getByText('Ends when').waitFor();
    await card.getByText(`user ${blue.inode('user')}`).first().waitFor();
    await vs.shot('sidebar-hover-dark-1600');
    await vs.workbench.command('Namespaces: Clear Filter');
  });

  it('groups by owner: what a user namespace owns is below it', async () => {
    await group('Owner');
    await vs.tree.row(/^\s*user \d+.*initial, owns/).first().waitFor();
    await vs.workbench.command('Namespaces: Filter…');
    await vs.workbench.answer(String(blue.inode('uts')));
    const owner = row(blue, 'user').first();
    await owner.waitFor();
    const owned = row(blue, 'uts').first();
    await owned.waitFor();
    assert.ok(Number(await owned.getAttribute('aria-level')) > Number(await owner.getAttribute('aria-level')), 'the uts namespace is not below its owner');
    await vs.workbench.command('Namespaces: Clear Filter');
    await vs.shot('sidebar-owner-dark-1600');
  });

  it('groups by process: one in own namespaces has its own row', async () => {
    await group('Process');
    await vs.tree.row(/Host/).first().waitFor();
    await vs.workbench.command('Namespaces: Filter…');
    await vs.workbench.answer(`pid:${blue.pid}`);
    await vs.tree.row(new RegExp(`${blue.pid} sleep`)).first().waitFor();
    await vs.workbench.command('Namespaces: Clear Filter');
    await vs.shot('sidebar-process-dark-1600');
    await group('Type');
    await row(blue, 'uts').waitFor();
  });

  /** Only rows of namespaces that these tests made: on a busy host theirs would be out of sight. */
  async function onlyOurs(): Promise<void> {
    await vs.workbench.command('Namespaces: Filter…');
    await vs.workbench.answer('quince');
    await row(blue, 'uts').waitFor();
  }

  it('filters to what matches, says so, and shows everything again', async () => {
    const before = await vs.tree.texts();
    await vs.workbench.command('Namespaces: Filter…');
    await vs.workbench.answer('blue-quince');
    await until('only what matches is left', async () => {
      const texts = await vs.tree.texts();
      return texts.length < before.length && texts.some((text) => text.includes('blue-quince')) && !texts.some((text) => /^uts \d+ initial/.test(text));
    });
    await vs.shot('sidebar-filter-dark-1600');
    await vs.workbench.command('Namespaces: Clear Filter');
    await vs.tree.row(/^\s*uts \d+.*initial/).first().waitFor();
  });

  it('shows a namespace soon after it was made and drops it soon after its end, without losing what is unfolded', async () => {
    await onlyOurs();
    // a click selects the row and unfolds it
    if (await row(blue, 'uts').getAttribute('aria-expanded') === 'true') await vs.tree.collapse(`uts ${blue.inode('uts')}`);
    await row(blue, 'uts').click();
    const member = vs.tree.row(new RegExp(`${blue.pid} .*sleep|sleep.*${blue.pid}`)).first();
    await member.waitFor();
    const green = await make({ unshare: ['--uts'], hostname: 'green-quince' });
    const inode = green.inode('uts');
    try {
      await vs.tree.row(`uts ${inode}`).waitFor();
    } finally {
      await green.end();
    }
    // what ended may stay for a moment, marked; then it goes
    await vs.tree.row(`uts ${inode}`).waitFor({ state: 'detached' });
    await member.waitFor();
    assert.equal(await row(blue, 'uts').getAttribute('aria-selected'), 'true');
    await vs.workbench.command('Namespaces: Clear Filter');
  });

  it('stays as it is while frozen, and catches up afterwards', async () => {
    await onlyOurs();
    await vs.workbench.command('Namespaces: Freeze');
    const green = await make({ unshare: ['--uts'], hostname: 'green-quince' });
    try {
      await vs.tree.message.filter({ hasText: /change/i }).waitFor();
      assert.equal(await vs.tree.row(`uts ${green.inode('uts')}`).count(), 0);
      await vs.workbench.command('Namespaces: Unfreeze');
      await vs.tree.row(`uts ${green.inode('uts')}`).waitFor();
    } finally {
      await green.end();
      await vs.workbench.command('Namespaces: Clear Filter');
    }
  });

  it('asked no other machine for anything', () => {
    assert.deepEqual([...vs.browser.external], []);
  });

  for (const name of ['light', 'hc', 'hcLight'] as const) {
    it(`is drawn in ${themes[name].label}`, async () => {
      await vs.tree.row(`uts ${statSync('/proc/self/ns/uts').ino}`).waitFor();
      await vs.workbench.theme(themes[name].label);
      await vs.shot(`sidebar-type-${name}-1600`);
    });
  }

  it('shows its rows in a narrow window', async () => {
    await vs.workbench.theme(themes.dark.label);
    await vs.page.setViewportSize({ width: 900, height: 1000 });
    await vs.tree.row(`uts ${statSync('/proc/self/ns/uts').ino}`).waitFor();
    await vs.shot('sidebar-type-dark-900');
  });
});
