// @ts-check
// Takes a screenshot of the real VS Code with our view open, for those who build it and for documentation.
//
//   node test/host/look.mjs [--theme dark|light|hc|hcLight] [--size 1600x1000] [--out FILE.png]
//                           [--folder DIR] [--extension DIR] [--setting 'nslab.x=1'] [--do STEP]...
//
// The extension is this checkout as built (`npm run build` first); --folder is what VS Code opens (default:
// none); --setting takes a user setting with a JSON value. Steps are done in order:
//   view                   show the Namespace Lab side bar (done first, always)
//   cmd:TITLE              run a command by its palette title, e.g. "cmd:Namespaces: Group by Owner"
//   expand:TEXT            expand the first tree row that contains TEXT       collapse:TEXT likewise
//   select:TEXT            click that row          hover:TEXT   point at it and wait for its card
//   menu:TEXT>ENTRY        choose ENTRY of that row's context menu
//   pick:LABEL             choose an entry of the open quick pick   type:TEXT   answer the open input box
//   key:Control+K          press keys              click:CSS    click what the selector finds
//   shell:COMMAND          run a shell command here (make a namespace, kill a helper)
//   seen:TEXT              wait until the page shows TEXT           gone:TEXT   until it does not
//   pause:MS               let MS milliseconds pass
//   in:CSS                 click what the selector finds in a page of ours (a webview)
//   in-seen:TEXT           wait until such a page shows TEXT        in-key:KEYS  press keys there, where the focus is
//   errors                 print what pages complain of from now on
//   print                  print the texts of the tree rows in sight
//   shot:FILE.png          take a screenshot now as well
// Exit status 1 when a step fails (after taking a screenshot of that moment).
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { atLeast, newNode, root } from './checkout.mjs';

if (!atLeast(process.version, '24')) {
  // the page objects are TypeScript, which the Node in node_modules runs as it stands
  process.exit(spawnSync(newNode(), [import.meta.filename, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
}

const { values } = parseArgs({ options: {
  theme: { type: 'string', default: 'dark' }, size: { type: 'string', default: '1600x1000' }, out: { type: 'string', default: 'look.png' },
  folder: { type: 'string' }, extension: { type: 'string', default: root }, setting: { type: 'string', multiple: true, default: [] }, do: { type: 'string', multiple: true, default: [] },
} });

const { startCodeServer, linkExtensions, pageUrl, themes } = await import('./code-server.mjs');
const { startBrowser } = await import('./browser.mjs');
const { isSetUp, setUpCodeServer } = await import('./setup-code-server.mjs');
const { Workbench } = await import('../ui/workbench.ts');
const { TreeView } = await import('../ui/treeView.ts');

const theme = themes[/** @type {keyof typeof themes} */ (values.theme)];
const [width, height] = values.size.split('x').map(Number);
if (!theme || !width || !height) {
  console.error('look: --theme is dark, light, hc or hcLight; --size is WIDTHxHEIGHT');
  process.exit(2);
}
if (!isSetUp()) setUpCodeServer();

const scratch = mkdtempSync(path.join(os.tmpdir(), 'namespace-lab-look-'));
const extensionsDir = path.join(scratch, 'extensions');
linkExtensions(extensionsDir, [path.resolve(values.extension)]);
const settings = Object.fromEntries(values.setting.map((pair) => {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), JSON.parse(pair.slice(at + 1))];
}));
const server = await startCodeServer({ dataDir: scratch, extensionsDir, settings: { 'workbench.colorTheme': theme.id, ...settings } });
const browser = await startBrowser({ size: { width, height } });
const { page } = browser;
const workbench = new Workbench(page);
const tree = new TreeView(workbench, 'Namespaces');

/** @param {string} file */
const shoot = async (file) => {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  await page.screenshot({ path: file });
  console.log(`look: ${file}`);
};

/**
 * What is looked for in any frame, once it is in sight: webviews are frames within frames, which come and go.
 * @param {(frame: import('playwright-core').Frame) => import('playwright-core').Locator} find
 */
const pageWith = async (find) => {
  for (const end = Date.now() + 60_000; Date.now() < end; await page.waitForTimeout(100)) {
    for (const frame of page.frames()) {
      const found = find(frame);
      if (await found.isVisible().catch(() => false)) return found;
    }
  }
  throw new Error('no page of ours shows it');
};

/** @type {Record<string, (argument: string) => Promise<unknown> | unknown>} */
const steps = {
  view: () => workbench.showContainer('Namespace Lab'),
  cmd: (title) => workbench.command(title),
  expand: (text) => tree.expand(text),
  collapse: (text) => tree.collapse(text),
  select: (text) => tree.row(text).first().click(),
  hover: (text) => tree.hover(text),
  menu: (argument) => { const [text = '', entry = ''] = argument.split('>'); return tree.menu(text, entry); },
  pick: (label) => workbench.pick(label),
  type: (text) => workbench.answer(text),
  key: (keys) => page.keyboard.press(keys),
  click: (selector) => page.locator(selector).first().click(),
  shell: (command) => { spawnSync('sh', ['-c', command], { stdio: 'inherit' }); },
  seen: (text) => page.getByText(text).first().waitFor(),
  gone: (text) => page.getByText(text).first().waitFor({ state: 'hidden' }),
  pause: (ms) => page.waitForTimeout(Number(ms)),
  in: async (selector) => { await (await pageWith((frame) => frame.locator(selector).first())).click(); },
  'in-seen': (text) => pageWith((frame) => frame.getByText(text).first()),
  errors: () => { page.on('console', (message) => { if (message.type() === 'error') console.log(`  ${message.text()}`); }); page.on('pageerror', (error) => { console.log(`  ${error.stack ?? error.message}`); }); },
  print: async () => { for (const text of await tree.texts()) console.log(`  ${text}`); },
  shot: shoot,
};

try {
  await workbench.open(pageUrl(server, { folder: values.folder }));
  for (const step of ['view', ...values.do]) {
    const colon = step.indexOf(':');
    const name = colon < 0 ? step : step.slice(0, colon);
    const action = steps[name];
    if (!action) throw new Error(`no such step: ${step}`);
    await action(colon < 0 ? '' : step.slice(colon + 1));
  }
  await page.waitForTimeout(500); // the last animation ends
} catch (error) {
  console.error(`look: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await shoot(values.out);
  await browser.stop();
  await server.stop();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}
