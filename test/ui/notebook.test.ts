import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, it } from 'mocha';
import { until } from '../kernel/world/until.ts';
import { NotebookPage } from './notebookPage.ts';
import { inVsCode } from './session.ts';

const STEPS = 16;
const WALK = 500;
const FENCE = '```';

const folder = mkdtempSync(path.join(os.tmpdir(), 'nslab-notebook-'));
writeFileSync(path.join(folder, 'hostile.nsbook.md'), `# <img src=x onerror="document.title='owned'"> A title

<script>document.title = 'owned'</script>

[bad](javascript:alert(1)) [worse](command:workbench.action.quit) ![huge](https://example.invalid/huge.png)

[look](#ok.c:3)

${FENCE}c nslab name="ok.c" colour="red"
#include <stdio.h>
struct point { int x, y; };
int square(int n) { int result = n * n; return result; }
int main(void)
{
	struct point p = { 1, 2 };
	for (int i = 0; i < 3; i++)
		p.x += square(i);
	printf("%d\\n", p.x);
	return 0;
}
${FENCE}
`);

inVsCode('a simulator notebook', { folder }, (vs) => {
  const page = new NotebookPage(vs);
  after(() => { rmSync(folder, { recursive: true, force: true }); });

  it('runs a program and steps from it into the kernel', async () => {
    await vs.workbench.command('Namespaces: New Simulator Notebook');
    await page.run();
    await page.status('exit status 0');
    assert.match(await page.moment(), /main:28/);
    for (let n = 0; n < 60 && !/nsproxy 2 is made/.test(await page.moment()); n++) await page.leads(() => page.step('into').click());
    assert.match(await page.moment(), /kernel_clone.*copy_process.*copy_namespaces.*create_new_namespaces/);
    await vs.shot('notebook-kernel-dark-1600');
  });

  it('is at the same moment whichever way it was reached', async () => {
    const first = await page.leads(() => page.step('start').click());
    const forwards = [first];
    for (let n = 0; n < STEPS; n++) forwards.push(await page.leads(() => page.step('into').click()));
    for (let n = STEPS - 1; n >= 0; n--) assert.equal(await page.leads(() => page.step('back').click()), forwards[n], `step ${n}, backwards`);
    const end = await page.leads(() => page.step('end').click());
    assert.match(end, /child: blue/);
    assert.match(end, /parent: host/);
    assert.equal(await page.leads(() => page.step('start').click()), first);
  });

  it('walks at random, and every moment says the same each time one comes there', async function () {
    this.timeout(240_000);
    let state = 20261126;
    const random = (n: number): number => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor(state / 2 ** 32 * n); };
    const seen = new Map<number, string>();
    const last = Number(await page.cell.locator('.step-number .number').textContent());
    const ways = ['into', 'over', 'out', 'back', 'backOut', 'into', 'back'] as const;
    for (let n = 0; n < WALK; n++) {
      if (random(6) === 0) await page.goTo(random(last + 1));
      else {
        const way = ways[random(ways.length)]!;
        await page.answered(() => page.step(way).click());
      }
      const moment = await page.moment();
      const at = Number(moment.split('\n', 1)[0]);
      assert.equal(moment, seen.get(at) ?? moment, `step ${at}, action ${n}, seed 20261126`);
      seen.set(at, moment);
    }
    assert.ok(seen.size > 120, `${seen.size} different steps were seen`);
  });

  it('steps by keys, lists them with ?, and lets Tab go on', async () => {
    await page.leads(() => page.step('start').click());
    await page.step('into').focus();
    const start = await page.moment();
    await page.leads(() => vs.page.keyboard.press('Alt+PageDown'));
    assert.equal(await page.leads(() => vs.page.keyboard.press('Alt+PageUp')), start);
    await page.leads(() => vs.page.keyboard.press('Alt+N'));
    await vs.page.keyboard.press('?');
    await page.frame.getByRole('dialog', { name: 'Keys of a program' }).waitFor();
    await vs.page.keyboard.press('Escape');
    await page.frame.getByRole('dialog').waitFor({ state: 'hidden' });
    // a command of the palette does the same as the button
    await page.leads(() => vs.workbench.command('Namespaces: Step Into'));
  });

  it('draws the same objects as a table, a graph and a tree of owners', async () => {
    await page.goTo(260);
    for (const [view, css] of [['Table', '.table-view'], ['Graph', '.graph-view'], ['Owners', '.owners-view'], ['Wires', '.wires']] as const) {
      await page.tab(view).click();
      await page.cell.locator(css).waitFor();
      const described = await page.cell.locator('.drawing button').evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute('aria-description') ?? ''))].filter((text) => text.startsWith('uts namespace')).sort());
      assert.equal(described.length, 2, `${view}: ${described.join('; ')}`);
      await vs.shot(`notebook-${view.toLowerCase()}-dark-1600`);
        assert.deepEqual(await vs.accessibilityFaults(['iframe.webview.ready', '#active-frame', 'body']), [], view);
    }
  });

  it('tells who holds what was chosen, and what it contains', async () => {
    await page.cell.locator('.wires .ns', { hasText: 'mnt A' }).click();
    await page.cell.locator('.inspector', { hasText: 'Who holds mnt A?' }).filter({ hasText: 'proc, ' }).waitFor();
    await page.cell.locator('.wires .task').first().click();
    await page.cell.locator('.inspector', { hasText: 'effective capabilities' }).waitFor();
    await vs.page.keyboard.press('Escape');
    await page.cell.locator('.wires .selected').waitFor({ state: 'hidden' });
  });

  it('lights up everything that stands for what one points at', async () => {
    await page.leads(() => page.step('start').click());
    await page.leads(() => page.step('into').click());
    const ref = await page.cell.locator('.cm-editor .pin').first().getAttribute('data-ref') ?? '';
    await page.cell.locator(`.picture [data-ref="${ref}"]`).first().hover();
    const lit = page.cell.locator('.pointed-at');
    await until('the mark beside the code is lit, too', async () => await page.cell.locator('.cm-editor .pin.pointed-at').count() > 0);
    assert.ok((await lit.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['ref']))).every((one) => one === ref));
    await page.cell.locator('.cell-bar').hover();
    await until('nothing is lit', async () => await lit.count() === 0);
  });

  it('asks before a step, and counts what was right', async () => {
    await page.leads(() => page.step('start').click());
    await page.cell.getByLabel('Ask me first').check();
    const question = page.cell.getByRole('region', { name: 'Predict' });
    await question.waitFor();
    await question.locator('.choices button').first().click();
    await question.getByText(/^(Right\.|Not quite:)/).waitFor();
    await question.getByText(/of 1 right/).waitFor();
    await page.cell.getByLabel('Ask me first').uncheck();
    await question.waitFor({ state: 'hidden' });
  });

  it('asks what the author asks before a line, when the fence says so, and does not give the answer away', async () => {
    await page.write('#define _GNU_SOURCE\n#include <sched.h>\nint main(void)\n{\n\tunshare(CLONE_NEWUTS); // ask new: What will be new?\n\treturn 0; // ask choose left | *right: Which way?\n}\n');
    await page.run();
    await page.leads(() => page.step('start').click());
    await page.cell.getByLabel('Ask me first').check();
    const question = page.cell.getByRole('region', { name: 'Predict' });
    // as long as it is on, a new run asks as well
    await page.run();
    for (let n = 0; n < 20 && !(await page.cell.innerText()).includes('about to run line 5'); n++) await page.leads(() => page.step('over').click());
    await question.getByText('What will be new?').waitFor();
    await question.getByRole('button', { name: /nsproxy 2, uts B/ }).click();
    await question.getByText('Right. Step over and see why.').waitFor();
    assert.ok(!(await page.cell.locator('.cm-content').innerText()).includes('*right'));
    assert.ok(!(await page.cell.locator('.sentence').innerText()).includes('ask new'));
    await page.cell.getByLabel('Ask me first').uncheck();
  });

  it('says where a program does not compile', async () => {
    await page.write('int main(void)\n{\n\treturn missing;\n}\n');
    await page.cell.locator('.cell-bar').getByRole('button', { name: /^▶/ }).click();
    await page.frame.locator('.fault', { hasText: /^line 3: error: 'missing' undeclared/ }).waitFor();
  });

  it('ends a program that never ends at a limit that it names, and keeps what it did', async () => {
    await page.write('#include <unistd.h>\nint main(void)\n{\n\twrite(1, "begun\\n", 6);\n\tfor (;;) ;\n}\n');
    await page.run();
    await page.status('stopped: limit of statements');
    await page.leads(() => page.step('end').click());
    await page.cell.locator('.state-body .screen', { hasText: 'begun' }).waitFor();
  });

  it('runs a program that crashes, and says of what', async () => {
    await page.write('#include <stdio.h>\nint main(void)\n{\n\tputs("before");\n\tint *nowhere = 0;\n\t*nowhere = 1;\n\treturn 0;\n}\n');
    await page.run();
    await page.status('ended by SIGSEGV');
    await page.leads(() => page.step('end').click());
    await page.cell.locator('.state-body .screen', { hasText: 'before' }).waitFor();
  });

  it('opens a file with hostile text as text, and keeps working', async () => {
    await vs.workbench.command('View: Revert and Close Editor');
    await vs.workbench.openFile('hostile.nsbook.md');
    await page.frame.getByRole('heading', { name: /A title/ }).waitFor();
    assert.equal(await page.frame.locator('main img, main script').count(), 0);
    assert.equal(await page.frame.locator('a[href^="javascript:"], a[href^="command:"]').count(), 0);
    await page.frame.locator('.fault', { hasText: 'there is no attribute “colour”' }).waitFor();
  });

  it('stops at breakpoints, forwards and back, and goes to links', async () => {
    await page.run();
    const line = (n: number) => page.cell.locator('.cm-lineNumbers .cm-gutterElement', { hasText: new RegExp(`^${n}$`) });
    await line(3).click();
    await page.cell.locator('.breakpoint').nth(1).waitFor({ state: 'attached' });
    await page.leads(() => page.step('start').click());
    for (const i of [0, 1, 2]) {
      await page.leads(() => page.step('nextStop').click());
      await page.cell.locator('.crumbs', { hasText: 'square:3' }).waitFor();
      await page.tab('Variables').click();
      await page.cell.locator('.variables tr', { hasText: /^n/ }).filter({ hasText: String(i) }).first().waitFor();
    }
    const third = await page.at();
    await page.leads(() => page.step('previousStop').click());
    assert.ok(await page.at() < third);
    await page.frame.getByRole('link', { name: 'look' }).click();
    await page.frame.locator('.program-cell[data-step="3"]').waitFor();
  });

  it('unfolds structures, and shows descriptors, namespaces, PID levels and the call tree', async () => {
    await page.leads(() => page.step('nextStop').click());
    await page.tab('Variables').click();
    const p = page.cell.locator('.variables .fold', { hasText: 'p' }).first();
    await p.click();
    await page.cell.locator('.variables tr', { hasText: /^\s*y/ }).filter({ hasText: '2' }).first().waitFor();
    await page.tab('Descriptors').click();
    await page.cell.locator('.variables', { hasText: '/dev/pts' }).waitFor();
    await page.tab('/proc/PID/ns').click();
    await page.cell.locator('.variables', { hasText: /uts:\[\d+\]/ }).waitFor();
    await page.tab('PID levels').click();
    await page.cell.locator('.levels', { hasText: 'pid A' }).waitFor();
    await page.tab('Call tree').click();
    await page.cell.getByText('No system call is under way').waitFor();
  });

  it('runs the program for real when that is wanted, and puts both outputs side by side', async () => {
    await page.button('Run for Real').click();
    const asking = vs.workbench.modal('Run ok.c on this machine?');
    await asking.getByText('It is compiled with cc into a temporary folder').waitFor();
    await asking.getByRole('button', { name: 'Build and Run' }).click();
    await page.frame.getByRole('region', { name: 'Simulated and real' }).getByText('The same output. Exit status 0.').waitFor();
    await vs.shot('notebook-real-dark-1600');
    await page.frame.getByRole('region', { name: 'Simulated and real' }).getByRole('button', { name: 'Close' }).click();
  });

  it('saves the run as a web page that shows every step without VS Code', async () => {
    const file = path.join(folder, 'ok.html');
    await page.cell.locator('.share select').selectOption({ label: 'Export the run as a web page…' });
    await vs.workbench.chooseFile(file);
    const html = await until('the file is written', () => { try { const text = readFileSync(file, 'utf8'); return text.endsWith('</html>\n') ? text : null; } catch { return null; } }, 20_000);
    const tab = await vs.browser.page.context().newPage();
    try {
      await tab.setContent(html);
      await tab.locator('#at').evaluate((slider: HTMLInputElement) => { slider.value = slider.max; slider.dispatchEvent(new Event('input')); });
      await tab.locator('#terminal', { hasText: '6' }).waitFor();
    } finally {
      await tab.close();
    }
  });

  it('comes back to the same step when it was closed', async () => {
    const moment = await page.goTo(9);
    await until('it is remembered', async () => (await page.at()) === 9);
    await vs.workbench.command('View: Revert and Close Editor');
    await vs.workbench.openFile('hostile.nsbook.md');
    await page.frame.locator('.program-cell[data-step="9"]').waitFor({ timeout: 40_000 });
    assert.equal((await page.moment()).split('\n')[1], moment.split('\n')[1]);
    await page.cell.locator('.breakpoint').nth(1).waitFor({ state: 'attached' });
  });
});
