import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import type { Made } from '../made.ts';
import { make } from '../made.ts';
import type { Session } from '../session.ts';

/** Texts that would do something if any layer took them for its own language. */
const HOSTNAME = '<img src=x onerror=injected=1>[go](command:nslab.refresh)'; // a host name has at most 64 bytes
const ARGV0 = '<img src=x onerror="window.injected=1">\n$(trash) **bold** \u001b[31mred\u001b[0m';
const COMM = '<b>$(bug)\u001b[1m';

let named: Made;
let running: Made;

/** Before VS Code starts: a process that takes another name after it was first seen keeps the old one in the tree for a while. */
export async function prepareHostileText(): Promise<void> {
  named = await make({ unshare: ['--uts'], hostname: HOSTNAME, comm: COMM });
  running = await make({ unshare: ['--net'], argv0: ARGV0 });
}

export function hostileText(vs: Session): void {
  describe('text that the host supplies', () => {
    after(async () => {
      await named.end();
      await running.end();
    });

    /** Elements of the page that exist only if such a text was taken for HTML or Markdown. */
    async function injected(): Promise<string[]> {
      return vs.page.evaluate(() => [
        ...[...document.querySelectorAll('img[src="x"], .monaco-list-row b, a[data-href="command:nslab.refresh"], a[href="command:nslab.refresh"]')].map((e) => e.outerHTML),
        ...('injected' in window ? ['window.injected was set'] : []),
      ]);
    }

    it('stands in rows letter by letter', async () => {
      const row = vs.tree.row(`uts ${named.inode('uts')}`);
      await row.filter({ hasText: '<img src=x' }).waitFor();
      await vs.tree.expand(`uts ${named.inode('uts')}`);
      const process = vs.tree.row(String(named.pid)).first();
      await process.waitFor();
      const text = await process.innerText();
      assert.match(text, /<b>\$\(bug\)/);
      assert.ok(!text.includes('\u001b'), 'an escape sequence reached the row');
      assert.deepEqual(await injected(), []);
    });

    it('stands in hovers letter by letter, without links, icons or emphasis of its own', async () => {
      const card = await vs.tree.hover(`uts ${named.inode('uts')}`);
      await card.getByText('<img src=x').first().waitFor();
      assert.match(await card.innerText(), /\[go\]\(command:nslab\.refresh\)/);
      assert.equal(await card.locator('.codicon-bug, .codicon-trash, img').count(), 0);
      await vs.shot('hostile-hover-dark-1600');

      await vs.page.keyboard.press('Escape');
      await vs.tree.expand(`net ${running.inode('net')}`);
      const process = await vs.tree.hover(new RegExp(`${running.pid} `));
      await process.getByText('<img src=x').first().waitFor();
      const text = await process.innerText();
      assert.match(text, /\$\(trash\)/);
      assert.match(text, /\*\*bold\*\*/);
      assert.equal(await process.locator('.codicon-trash, strong:text-is("bold"), img').count(), 0);
      assert.deepEqual(await injected(), []);
    });
  });
}
