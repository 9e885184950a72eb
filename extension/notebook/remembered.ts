import type * as vscode from 'vscode';

const KEY = 'notebooks';
/** Files of which the place is known; the one that was used longest ago goes first. */
const MOST = 60;

/** Where one was in each notebook: breakpoints, step, what was shown. Beside the files, never in them. */
export class Remembered {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) { this.#memory = memory; }

  /** What the page told last, whatever it was; null: nothing. */
  of(uri: vscode.Uri): unknown {
    const json = this.#all().find(([key]) => key === uri.toString())?.[1];
    if (json === undefined) return null;
    try {
      return JSON.parse(json) as unknown;
    } catch {
      return null;
    }
  }

  async keep(uri: vscode.Uri, json: string): Promise<void> {
    const key = uri.toString();
    await this.#memory.update(KEY, [...this.#all().filter(([other]) => other !== key), [key, json]].slice(-MOST));
  }

  #all(): readonly (readonly [string, string])[] {
    const kept: unknown = this.#memory.get(KEY);
    // an older version may have left something else there
    return Array.isArray(kept) ? kept.filter((one): one is [string, string] => Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'string') : [];
  }
}
