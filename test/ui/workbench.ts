import type { FrameLocator, Locator, Page } from 'playwright-core';

/** How long something may take that involves the extension host or the helper, in milliseconds. */
export const PATIENCE = 20_000;

/**
 * VS Code's workbench as a person meets it: by what is shown, never by internals of the extension. The selectors
 * are VS Code's own class names; all of them stand in this folder's page objects and nowhere else.
 */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
  }

  /** Loads the workbench and waits until it can be used. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page.locator('.statusbar-item').first().waitFor({ timeout: 60_000 });
  }

  /** Opens the command palette, types the title ("Category: Title") and takes the entry of exactly that name. */
  async command(title: string): Promise<void> {
    // what opens at that moment may take the focus, and the palette closes unused: then all of it is done again
    for (const end = Date.now() + 2 * PATIENCE; ;) {
      await this.#quickInputBy('F1', `>${title}`);
      try {
        await this.#row(title).click({ timeout: 6_000 });
        break;
      } catch (error) {
        if (Date.now() > end) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor({ state: 'hidden' });
  }

  get quickInput(): Locator { return this.page.locator('.quick-input-widget:visible input.input'); }

  /** Rows of an open quick pick or of the palette. */
  get picks(): Locator { return this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row'); }

  /** Chooses the quick pick entry whose label is exactly `label`. */
  async pick(label: string): Promise<void> {
    await this.#row(label).click();
  }

  #row(label: string): Locator {
    const exactly = this.page.locator('.label-name', { hasText: new RegExp(`^\\s*${escapeForRegExp(label)}\\s*$`) });
    return this.picks.filter({ has: exactly }).first();
  }

  /** Answers an input box. */
  async answer(text: string): Promise<void> {
    await this.quickInput.waitFor();
    await this.quickInput.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /**
   * Answers VS Code's own dialog for files with a path. It writes its first folder into the input once it has listed it, over what was typed meanwhile, and
   * hears no Enter while it lists: typed again until the dialog has gone.
   */
  async chooseFile(file: string): Promise<void> {
    await this.quickInput.waitFor();
    for (const end = Date.now() + 2 * PATIENCE; await this.quickInput.isVisible();) {
      if (Date.now() > end) throw new Error(`the dialog does not take ${file}`);
      try {
        await this.quickInput.fill(file, { timeout: 2_000 });
        await this.page.keyboard.press('Enter');
        await this.quickInput.waitFor({ state: 'hidden', timeout: 2_000 });
      } catch { /* not yet listed, or gone between the question and the answer */ }
    }
  }

  /** A key that comes while a page is being loaded goes to nobody, and an input may close again: repeated until the text stands in it. */
  async #quickInputBy(key: string, text: string): Promise<void> {
    for (const end = Date.now() + 2 * PATIENCE; ;) {
      if (!await this.quickInput.isVisible()) await this.page.keyboard.press(key);
      try {
        await this.quickInput.fill(text, { timeout: 4_000 });
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  }

  /** Opens a file of the workspace by its name, as Ctrl+P does. */
  async openFile(name: string): Promise<void> {
    // it may close unused, as the palette may
    for (const end = Date.now() + 2 * PATIENCE; ;) {
      await this.#quickInputBy('Control+P', name);
      try {
        await this.picks.filter({ hasText: name }).first().click({ timeout: 6_000 });
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Shows a view container by clicking its icon in the activity bar. */
  async showContainer(title: string): Promise<void> {
    const icon = this.page.locator(`.activitybar .action-item:has(.action-label[aria-label^="${title}"])`).first();
    await icon.waitFor({ timeout: 60_000 });
    if (!(await icon.evaluate((element) => element.classList.contains('checked')))) await icon.locator('.action-label').click();
    await this.page.locator('.sidebar .composite.title', { hasText: new RegExp(escapeForRegExp(title), 'i') }).waitFor();
    await this.page.mouse.move(800, 400); // away from the icon, which else shows its card
  }

  /** The toast that says this. */
  toast(text: string | RegExp): Locator { return this.page.locator('.notification-toast', { hasText: text }); }

  /** The modal dialog that says this. */
  modal(text: string | RegExp): Locator { return this.page.locator('.monaco-dialog-box', { hasText: text }); }

  statusItem(text: string | RegExp): Locator { return this.page.locator('.statusbar-item', { hasText: text }); }

  tab(name: string | RegExp): Locator { return this.page.locator('.tabs-container .tab', { hasText: name }); }

  /** The document of the n-th open webview: an extension's page stands two frames deep. */
  webview(nth = 0): FrameLocator {
    return this.page.locator('iframe.webview.ready').nth(nth).contentFrame().frameLocator('iframe#active-frame');
  }

  /** The hover card that is shown now. */
  get hoverCard(): Locator { return this.page.locator('.monaco-hover:visible, .workbench-hover:visible').last(); }

  /** The colour theme by the label it has in the picker that people use. */
  async theme(label: string): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.quickInput.fill(label);
    await this.pick(label);
    await this.quickInput.waitFor({ state: 'hidden' });
  }
}

export function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
