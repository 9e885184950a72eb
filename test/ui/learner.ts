import { until } from '../kernel/world/until.ts';
import type { Session } from './session.ts';
import { TreeView } from './treeView.ts';

/** What somebody does who goes through the lessons. */
export class Learner {
  readonly #vs: Session;

  constructor(vs: Session) { this.#vs = vs; }

  get lessons(): TreeView { return new TreeView(this.#vs.workbench, 'Lessons'); }

  /** Waits for what the status bar says of the lesson. */
  async status(text: string | RegExp): Promise<void> { await this.#vs.workbench.statusItem(text).first().waitFor({ timeout: 30_000 }); }

  async showLessons(): Promise<void> {
    await this.#vs.workbench.showContainer('Namespace Lab');
    const header = this.lessons.pane.locator('.pane-header');
    if (await header.getAttribute('aria-expanded') !== 'true') await header.click();
    await this.lessons.row('1. First look').waitFor();
  }

  /** Answers the dialog that asks for a folder: in the browser it is an input. */
  async copyInto(folder: string): Promise<void> {
    const dialog = this.#vs.page.locator('.quick-input-widget:visible', { hasText: 'Choose a folder' });
    const { quickInput } = this.#vs.workbench;
    await dialog.waitFor();
    // the dialog writes where it begins into its input once it has read that folder, at times over what was typed already
    await until('the dialog has taken the folder', async () => {
      if (!(await quickInput.inputValue({ timeout: 2_000 }).catch(() => '')).startsWith('/')) return !await dialog.isVisible();
      await quickInput.fill(`${folder}/`);
      if ((await quickInput.inputValue()) === `${folder}/`) await dialog.getByRole('button', { name: 'Copy the Lesson Here' }).click({ timeout: 2_000 });
      return await dialog.waitFor({ state: 'hidden', timeout: 3_000 }).then(() => true, () => false);
    }, 30_000);
  }

  async replaceFile(name: string, text: string): Promise<void> {
    const { page, workbench } = this.#vs;
    await workbench.openFile(name);
    const editor = page.locator(`.editor-instance .monaco-editor[data-uri$="/${name}"]`).first();
    await editor.waitFor();
    await editor.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(text);
    // a bracket that the editor closed by itself
    await page.keyboard.press('Control+Shift+End');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Control+S');
  }
}
