import type { FrameLocator, Locator } from 'playwright-core';
import type { Session } from './session.ts';
import { PATIENCE } from './workbench.ts';

/** The page of an open simulator notebook, as a person meets it. */
export class NotebookPage {
  readonly #vs: Session;
  readonly #nth: number;

  /** `nth`: of the open webviews. */
  constructor(vs: Session, nth = 0) {
    this.#vs = vs;
    this.#nth = nth;
  }

  get frame(): FrameLocator { return this.#vs.workbench.webview(this.#nth); }
  button(name: string | RegExp): Locator { return this.frame.getByRole('button', { name }); }
  get cell(): Locator { return this.frame.locator('.program-cell').first(); }

  /** A button of the toolbar, by its action: `into`, `backOut` … */
  step(action: string): Locator { return this.cell.locator(`.step.${action}`); }
  tab(name: string): Locator { return this.cell.getByRole('tab', { name, exact: true }); }

  async status(text: string | RegExp): Promise<void> { await this.cell.locator('.cell-bar [role=status]').filter({ hasText: text }).waitFor({ timeout: 2 * PATIENCE }); }

  async run(): Promise<void> {
    await this.cell.locator('.cell-bar').getByRole('button', { name: /^▶/ }).click();
    await this.cell.locator('.transport').waitFor({ timeout: 2 * PATIENCE });
  }

  /** Number of the step that is shown; NaN before a run. */
  async at(): Promise<number> { return Number(await this.cell.getAttribute('data-step') ?? NaN); }

  /** Everything that the page says of the moment it shows; marks of change are part of it. */
  async moment(): Promise<string> {
    return await this.cell.evaluate((cell) => {
      const texts = ['.sentence', '.crumbs', '.kernel-lines [aria-current]', '.state-body', '.picture .count, .picture .delta, .picture .tag'].map((css) => [...cell.querySelectorAll(css)].map((one) => one.textContent).join('|'));
      const objects = [...cell.querySelectorAll('.drawing button')].map((one) => one.getAttribute('aria-description') ?? '').sort();
      return [cell.getAttribute('data-step'), ...texts, ...objects].join('\n');
    });
  }

  /** Does something that leads to another step, and waits until the page shows it. */
  async leads(act: () => Promise<void>): Promise<string> {
    const before = await this.cell.getAttribute('data-step');
    await act();
    await this.frame.locator(`.program-cell[data-step]:not([data-step="${before ?? ''}"])`).first().waitFor();
    return await this.moment();
  }

  /** Does something that may lead nowhere, and waits until the page shows what the simulator answered. Resolves to false when it was not even asked. */
  async answered(act: () => Promise<void>): Promise<boolean> {
    const before = await this.cell.getAttribute('data-replies');
    await act();
    return await this.frame.locator(`.program-cell:not([data-replies="${before ?? ''}"])`).first().waitFor({ timeout: 1_500 }).then(() => true, () => false);
  }

  async goTo(step: number): Promise<string> {
    const field = this.cell.locator('.step-number input');
    await field.fill(String(step));
    await field.press('Enter');
    await this.frame.locator(`.program-cell[data-step="${step}"]`).first().waitFor();
    return await this.moment();
  }

  /** Types a program over the one that is there. */
  async write(program: string): Promise<void> {
    await this.cell.locator('.cm-content').click();
    await this.#vs.page.keyboard.press('Control+A');
    await this.#vs.page.keyboard.insertText(program);
  }
}
