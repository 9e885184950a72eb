// Takes README.md's picture and animation of a notebook: `npm run build && npx -c 'node test/ui/readmeNotebook.ts'`, as root. Not a test.
import { readFileSync, writeFileSync } from 'node:fs';
import gifenc from 'gifenc';
import { PNG } from 'pngjs';
import { inRoot } from '../host/checkout.mjs';
import { NotebookPage } from './notebookPage.ts';
import { Session } from './session.ts';

const SIZE = { width: 1440, height: 900 };
/** What the animation shows of the window: the notebook, its heading left out. */
const CLIP = { x: 60, y: 130, width: 1370, height: 730 };
const STEPS = 20;
/** How long a step is shown, milliseconds; the last one longer, before it begins anew. */
const SHOWN = 1100, LAST = 3000;

const vs = new Session({ size: SIZE, settings: { 'window.commandCenter': false, 'workbench.layoutControl.enabled': false } });
const animation = gifenc.GIFEncoder();

/** One picture of the animation, with colours of its own. */
async function frame(shown: number): Promise<void> {
  const { data, width, height } = PNG.sync.read(await vs.page.screenshot({ clip: CLIP, animations: 'disabled' }));
  const palette = gifenc.quantize(data, 40);
  animation.writeFrame(gifenc.applyPalette(data, palette), width, height, { palette, delay: shown });
}

try {
  await vs.start();
  const page = new NotebookPage(vs);
  await vs.workbench.command('Namespaces: New Simulator Notebook');
  await page.run();
  await page.status('exit status 0');
  await vs.workbench.command('View: Toggle Primary Side Bar Visibility');
  await vs.page.mouse.move(700, 12);
  for (let n = 0; n < 60 && !/kernel_clone/.test(await page.moment()); n++) await page.leads(() => page.step('into').press('Enter'));
  for (let n = 0; n < 80 && !/copy_utsname/.test(await page.moment()); n++) await page.leads(() => page.step('into').press('Enter'));
  for (let n = 0; n < STEPS; n++) {
    await frame(n === STEPS - 1 ? LAST : SHOWN);
    await page.leads(() => page.step('into').press('Enter'));
    if (/uts B is made/.test(await page.cell.locator('.sentence').textContent() ?? '')) await vs.page.screenshot({ path: inRoot('media', 'notebook.png') });
  }
  animation.finish();
  writeFileSync(inRoot('media', 'steps.gif'), animation.bytes());
  for (const name of ['notebook.png', 'steps.gif']) console.log(`media/${name}: ${readFileSync(inRoot('media', name)).length} bytes`);
} finally {
  await vs.stop();
}
