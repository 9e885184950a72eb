import assert from 'node:assert/strict';
import { it } from 'mocha';
import type { FrameLocator } from 'playwright-core';
import { inVsCode } from './session.ts';

const STEPS = 16;

inVsCode('a simulator notebook', {}, (vs) => {
  const page = (): FrameLocator => vs.workbench.webview();
  const button = (name: string | RegExp) => page().getByRole('button', { name });
  const step = (name: string) => page().getByRole('toolbar', { name: 'Step' }).getByRole('button', { name, exact: false });
  const status = (text: string | RegExp) => page().getByRole('status').filter({ hasText: text }).waitFor();

  /** Everything that the page says of a moment. */
  async function moment(): Promise<string> {
    const texts = await Promise.all(['.transport > .number', '.sentence h2', '.crumbs', '.kernel [aria-current]', '.terminal pre'].map((css) => page().locator(css).allTextContents()));
    // what is said of each task, nsproxy and namespace; marks of change are left out, for they tell where one came from
    const picture = await page().locator('.picture button').evaluateAll((all) => all.map((one) => one.getAttribute('aria-description') ?? ''));
    return [...texts, picture.sort()].map((one) => one.join('|')).join('\n');
  }
  /** Does something that leads to another step, and waits until the page shows it. */
  async function leads(act: () => Promise<void>): Promise<string> {
    const before = await page().locator('.transport > .number').textContent();
    await act();
    await page().locator('.transport > .number').filter({ hasNotText: before ?? '' }).waitFor();
    return moment();
  }
  async function write(program: string): Promise<void> {
    await page().locator('.cm-content').click();
    await vs.page.keyboard.press('Control+A');
    await vs.page.keyboard.insertText(program);
  }

  it('runs a program and steps from it into the kernel', async () => {
    await vs.workbench.command('Namespaces: New Simulator Notebook');
    await button('Run').click();
    await status('exit status 0');
    assert.match(await moment(), /main:28/);
    for (let n = 0; n < 60 && !/nsproxy 2 is made/.test(await moment()); n++) await leads(() => step('Into').click());
    assert.match(await moment(), /kernel_clone.*copy_process.*copy_namespaces.*create_new_namespaces\n/);
    await vs.shot('notebook-kernel-dark-1600');
  });

  it('is at the same moment whichever way it was reached', async () => {
    const first = await leads(() => step('To start').click());
    const forwards = [first];
    for (let n = 0; n < STEPS; n++) forwards.push(await leads(() => step('Into').click()));
    for (let n = STEPS - 1; n >= 0; n--) assert.equal(await leads(() => step('Back').nth(1).click()), forwards[n], `step ${n}, backwards`);
    const end = await leads(() => step('To end').click());
    assert.match(end, /child: blue/);
    assert.match(end, /parent: host/);
    assert.equal(await leads(() => step('To start').click()), first);
  });

  it('steps by keys', async () => {
    await step('Into').focus();
    const start = await moment();
    await leads(() => vs.page.keyboard.press('Alt+PageDown'));
    assert.equal(await leads(() => vs.page.keyboard.press('Alt+PageUp')), start);
  });

  it('has no fault that axe finds', async () => {
    assert.deepEqual(await vs.accessibilityFaults(['iframe.webview.ready', '#active-frame', 'body']), []);
  });

  it('says where a program does not compile', async () => {
    await write('int main(void)\n{\n\treturn missing;\n}\n');
    await button(/^▶/).click();
    await page().locator('.fault', { hasText: /^line 3: error: 'missing' undeclared/ }).waitFor();
  });

  it('ends a program that never ends at a limit that it names, and keeps what it did', async () => {
    await write('#include <unistd.h>\nint main(void)\n{\n\twrite(1, "begun\\n", 6);\n\tfor (;;) ;\n}\n');
    await button(/^▶/).click();
    await status('stopped: limit of statements');
    await leads(() => step('To end').click());
    await page().locator('.terminal pre', { hasText: 'begun' }).waitFor();
  });
});
