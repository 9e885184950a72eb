import type { Locator } from 'playwright-core';
import { escapeForRegExp, PATIENCE, type Workbench } from './workbench.ts';

/** One tree in the side bar. VS Code draws only the rows in sight, so long trees must be scrolled or filtered. */
export class TreeView {
  readonly #workbench: Workbench;
  readonly pane: Locator;

  /** `name` is the view's title. */
  constructor(workbench: Workbench, name: string) {
    this.#workbench = workbench;
    const header = workbench.page.locator('.pane-header', { hasText: new RegExp(escapeForRegExp(name), 'i') });
    this.pane = workbench.page.locator('.sidebar .pane').filter({ has: header });
  }

  get rows(): Locator { return this.pane.locator('.pane-body .monaco-list-row'); }

  /** Rows whose text (label, then description) matches. */
  row(text: string | RegExp): Locator { return this.rows.filter({ hasText: text }); }

  /** What the view says above its rows. */
  get message(): Locator { return this.pane.locator('.tree-explorer-viewlet-tree-view .message'); }

  get welcome(): Locator { return this.pane.locator('.welcome-view-content'); }

  /** Texts of the rows in sight: label and description, with a space between. */
  async texts(): Promise<string[]> {
    return this.rows.evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('.label-name, .label-description')].map((part) => part.textContent).join(' ')));
  }

  /** The letter that a file decoration puts at the end of the row; '' where there is none. VS Code draws it as generated content. */
  async badge(text: string | RegExp): Promise<string> {
    return this.row(text).first().locator('.monaco-icon-label').first().evaluate((label) => {
      const { content } = getComputedStyle(label, '::after');
      return content === 'none' || content === 'normal' ? '' : content.replaceAll('"', '');
    });
  }

  /** A click on a row that is drawn anew at that moment is lost: it is repeated until the row is unfolded. */
  async expand(text: string | RegExp): Promise<void> {
    const row = this.row(text).first();
    await row.waitFor();
    const expanded = this.rows.page().locator('.monaco-list-row[aria-expanded="true"]').filter({ hasText: text }).first();
    for (const end = Date.now() + PATIENCE; ;) {
      if (await row.getAttribute('aria-expanded') === 'false') await row.locator('.monaco-tl-twistie').click();
      try {
        await expanded.waitFor({ timeout: 2_000 });
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  }

  async collapse(text: string | RegExp): Promise<void> {
    const row = this.row(text).first();
    if (await row.getAttribute('aria-expanded') === 'true') await row.locator('.monaco-tl-twistie').click();
  }

  /** Chooses an entry of the row's context menu. */
  async menu(text: string | RegExp, entry: string): Promise<void> {
    await this.row(text).first().click({ button: 'right' });
    await this.#workbench.page.locator('.monaco-menu .action-item', { hasText: entry }).first().click();
  }

  /**
   * Points at the row and waits for its card. A row that is drawn anew under the pointer loses the card that was to come, and
   * VS Code brings none while the pointer rests: so the pointer leaves and comes back, as a person's would.
   */
  async hover(text: string | RegExp): Promise<Locator> {
    const { page, hoverCard } = this.#workbench;
    for (const end = Date.now() + 2 * PATIENCE; ;) {
      await this.row(text).first().hover();
      try {
        await hoverCard.waitFor({ timeout: 4_000 });
        return hoverCard;
      } catch (error) {
        if (Date.now() > end) throw error;
        await page.mouse.move(800, 400);
      }
    }
  }

  /** A button in the view's title bar. */
  async action(title: string): Promise<void> {
    // a view beside others shows its buttons while it is pointed at
    await this.pane.locator('.pane-header').hover();
    await this.#workbench.page.locator(`.sidebar :is(.composite.title, .pane-header) .action-label[aria-label^="${title}"]`).first().click();
  }
}
