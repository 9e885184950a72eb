import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { Session } from '../ui/session.ts';
import { buildPacked } from './packed.ts';
import { median, type Row } from './report.ts';

/** Of the page and its worker, minified: 1.2 MB. */
const BUNDLES = 1.2 * 1024 * 1024;
/** To a notebook's first cells. */
const PAINT_MS = 1_000;
/** The same text in VS Code's own editor is no page at all; its Markdown preview is one. */
const AGAINST_TEXT = 6, AGAINST_PREVIEW = 1.5;
/** Windows of each kind, and how often a file is opened in each. */
const WINDOWS = 2, OPENED = 4;

/** What a person has who makes a new notebook: some text, and a program. */
const NOTEBOOK = `# A host name of one's own

\`unshare(CLONE_NEWUTS)\` gives the process a copy of the host's name.

\`\`\`c nslab name="first.c"
#define _GNU_SOURCE
#include <sched.h>
#include <unistd.h>

int main(void)
{
    if (unshare(CLONE_NEWUTS) == -1) return 1;
    return sethostname("blue", 4);
}
\`\`\`
`;

/** A file, and what is looked for in its editor: in a page of its own, or in VS Code's. */
interface Opening { readonly file: string; readonly css: string; readonly ownPage: boolean }
const NOTEBOOK_PAGE: Opening = { file: 'a.nsbook.md', css: '.notebook .program-cell .cm-line', ownPage: true };
const PREVIEW: Opening = { file: 'a.preview.md', css: '.markdown-body code span', ownPage: true };
const TEXT: Opening = { file: 'a.txt', css: '.monaco-editor .view-line span span', ownPage: false };

/** `fromTab`: until it is shown, milliseconds; `fromPage`: since the page, which VS Code had made by then, asked for its first file. */
interface Waited { readonly fromTab: number; readonly fromPage: number }

/** How large the notebook's page is, and how long until its first cells can be seen: in a real VS Code, with the extension minified. */
export async function measurePage(): Promise<Row[]> {
  const { extensionsDir, size } = buildPacked();
  const page = size('webview', 'notebook.js'), worker = size('webview', 'worker.js');
  const first: Waited[] = [], preview: Waited[] = [], later: Waited[] = [], text: Waited[] = [];
  for (let n = 0; n < WINDOWS; n++) {
    // the first page of a window waits for what VS Code prepares for all: a window for each
    await inWindow(extensionsDir, async (vs) => { preview.push(await opened(vs, PREVIEW)); });
    await inWindow(extensionsDir, async (vs) => {
      first.push(await opened(vs, NOTEBOOK_PAGE));
      for (let again = 0; again < OPENED; again++) {
        text.push(await opened(vs, TEXT));
        later.push(await opened(vs, NOTEBOOK_PAGE));
      }
    });
  }
  const usual = median(later.map(({ fromTab }) => fromTab)), plain = median(text.map(({ fromTab }) => fromTab));
  const begun = median(first.map(({ fromTab }) => fromTab)), previewed = median(preview.map(({ fromTab }) => fromTab));
  return [
    { size: 1, what: 'the notebook\'s page and its worker, minified', measured: `${kB(page)} and ${kB(worker)}`, against: '1.2 MB', figure: (page + worker) / BUNDLES, unit: '×', budget: 1 },
    { size: 1, what: 'a window\'s first notebook: first cells, since VS Code made the page', measured: '', against: '', figure: median(first.map(({ fromPage }) => fromPage)), unit: ' ms', budget: PAINT_MS },
    { size: 1, what: 'a window\'s first notebook: first cells, since its tab', measured: `${begun.toFixed(0)} ms`, against: `VS Code's Markdown preview, ${previewed.toFixed(0)} ms`, figure: begun / previewed, unit: '×', budget: AGAINST_PREVIEW },
    { size: 1, what: 'a notebook: first cells, since its tab', measured: '', against: '', figure: usual, unit: ' ms', budget: PAINT_MS },
    { size: 1, what: 'a notebook: first cells, since its tab', measured: `${usual.toFixed(0)} ms`, against: `the same text in an editor, ${plain.toFixed(0)} ms`, figure: usual / plain, unit: '×', budget: AGAINST_TEXT },
  ];
}

async function inWindow(extensionsDir: string, look: (vs: Session) => Promise<void>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-bench-page-'));
  for (const { file } of [NOTEBOOK_PAGE, PREVIEW, TEXT]) fs.writeFileSync(path.join(folder, file), NOTEBOOK);
  const vs = new Session({ extensionsDir, folder, settings: { 'workbench.editorAssociations': { '*.preview.md': 'vscode.markdown.preview.editor' } } });
  try {
    await vs.start();
    // frames are made by VS Code: each that comes looks from its beginning
    for (const { css } of [NOTEBOOK_PAGE, PREVIEW]) await vs.page.addInitScript(noteWhenShown, { css, name: SHOWN });
    await look(vs);
  } finally {
    await vs.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const TAB = 'nslabTab', SHOWN = 'nslabShown';

/** What a frame notes of itself: when it showed what was looked for, and when it asked for its first file; both by the clock that all frames of a browser share. */
interface Note { readonly shown: number; readonly began: number }

const kB = (bytes: number): string => `${Math.round(bytes / 1024).toLocaleString('en')} kB`;

/** Runs in a page: makes a `Note` of that name when it shows what `css` names. */
function noteWhenShown({ css, name }: { css: string; name: string }): void {
  const look = (): void => {
    if (!document.querySelector(css)) {
      // not at each frame: VS Code writes a webview's document anew, and what waited for a frame of the old one waits forever
      setTimeout(look);
      return;
    }
    // what the frame shows is there when a task has its turn behind the frame's own work
    requestAnimationFrame(() => {
      setTimeout(() => {
        const [file] = performance.getEntriesByType('resource');
        const note: Note = { shown: performance.timeOrigin + performance.now(), began: performance.timeOrigin + (file?.startTime ?? 0) };
        Object.assign(globalThis, { [name]: note });
      });
    });
  };
  look();
}

/** Opens a file, waits until it is shown, and closes it. */
async function opened(vs: Session, { file, css, ownPage }: Opening): Promise<Waited> {
  const main = vs.page.mainFrame();
  await main.evaluate((names) => { for (const name of names) Object.assign(globalThis, { [name]: undefined }); }, [TAB, SHOWN]);
  await main.evaluate(noteWhenShown, { css: `.tab[data-resource-name="${file}"]`, name: TAB });
  if (!ownPage) await main.evaluate(noteWhenShown, { css, name: SHOWN });
  await vs.workbench.openFile(file);
  const tab = await noted(vs, TAB, (frame) => frame === main);
  const { shown, began } = await noted(vs, SHOWN, (frame) => (frame === main) !== ownPage);
  await vs.workbench.command('View: Close All Editors');
  await vs.workbench.tab(file).waitFor({ state: 'detached' });
  return { fromTab: shown - tab.shown, fromPage: shown - began };
}

/** The note that one of those frames makes. */
async function noted({ page }: Session, name: string, among: (frame: Frame) => boolean): Promise<Note> {
  for (const end = performance.now() + 120_000; performance.now() < end;) {
    for (const frame of page.frames().filter(among)) {
      // a frame that is being loaded, or has gone meanwhile, has none
      const note = await frame.evaluate((key) => (globalThis as Record<string, unknown>)[key], name).catch(() => undefined);
      if (note !== undefined) return note as Note;
    }
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(resolve); }));
  }
  throw new Error(`${name} was not noted in two minutes`);
}
