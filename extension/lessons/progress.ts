import type * as vscode from 'vscode';
import type { Result } from '../../lessons/checks/check.ts';

/** How far a learner is in one lesson. `folder`: the copy; '' while none was made. */
export interface LessonProgress { readonly folder: string; readonly results: readonly Result[]; readonly hints: Readonly<Record<string, number>>; readonly finished: boolean }

const KEY = 'lessons';
const NOTHING: LessonProgress = { folder: '', results: [], hints: {}, finished: false };

/** Progress by lesson, kept by VS Code: it stays when the extension is updated, and when a copy is thrown away. */
export class Progress {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) { this.#memory = memory; }

  of(id: string): LessonProgress {
    const all = this.#all();
    const kept = Object.hasOwn(all, id) ? all[id] : undefined;
    return { ...NOTHING, ...kept };
  }

  async change(id: string, change: Partial<LessonProgress>): Promise<void> {
    await this.#memory.update(KEY, { ...this.#all(), [id]: { ...this.of(id), ...change } });
  }

  #all(): Readonly<Record<string, Partial<LessonProgress>>> {
    const kept: unknown = this.#memory.get(KEY);
    // an older version may have left something else there
    return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? kept as Record<string, Partial<LessonProgress>> : {};
  }
}
