import * as vscode from 'vscode';
import type { HostSource } from '../host/hostSource.ts';
import type { Log } from '../log.ts';
import type { Users } from '../platform.ts';
import type { Comparison, Start } from './comparison.ts';
import type { Member } from './subject.ts';

export const COMPARISON_VIEW = 'nslab.comparison';

/** The only folder of which a page may load anything. */
export function pageRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** What comparisons need of the rest of the extension. */
export interface Surroundings {
  readonly extensionUri: vscode.Uri;
  readonly host: HostSource;
  readonly log: Log;
  readonly users: Users;
  /** Shows something in the sidebar. */
  reveal(wanted: { readonly kind: 'namespace' | 'process'; readonly key: string }): unknown;
}

/**
 * Every open panel "Compare Processes"; brings them back after the window was reloaded. This much is made at activation; what a
 * panel needs (the messages and their schemas) is loaded with the first one.
 */
export class Comparisons implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #around: Surroundings;
  readonly #open = new Set<Comparison>();
  readonly #registration: vscode.Disposable;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#registration = vscode.window.registerWebviewPanelSerializer(COMPARISON_VIEW, this);
  }

  /** The open panels, oldest first. */
  get open(): readonly Comparison[] { return [...this.#open]; }

  /** Compares these processes in a panel beside the tree; a panel that compares just them is brought to the front instead. */
  async show(pids: readonly number[]): Promise<Comparison> {
    const { host } = this.#around;
    const { MAX_PROCESSES, membersOf } = await import('./comparison.ts');
    const members = membersOf(host.model, pids);
    if (new Set(pids).size > MAX_PROCESSES) void vscode.window.showInformationMessage(vscode.l10n.t('A comparison shows at most {0} processes; the first {0} were taken.', MAX_PROCESSES));
    const same = [...this.#open].find((c) => c.keys.length === members.length && members.every((m) => c.keys.includes(m.key)));
    if (same) {
      same.reveal();
      return same;
    }
    const panel = vscode.window.createWebviewPanel(COMPARISON_VIEW, vscode.l10n.t('Compare Processes'), vscode.ViewColumn.Active,
      { enableScripts: true, localResourceRoots: [pageRoot(this.#around.extensionUri)], retainContextWhenHidden: false });
    return this.#add(panel, { members, before: undefined });
  }

  /** Called by VS Code for a panel that was open before the window was reloaded. What the page saved may be of any version: it is checked. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { SavedState, parse } = await import('../../webview/protocol.ts');
    const saved = parse(SavedState, state);
    if (!saved.ok) this.#around.log.warn(`comparison: its saved state was refused: ${saved.why}`);
    const before = saved.ok ? saved.value.subject : undefined;
    const members = new Map<string, Member>();
    for (const task of before?.tasks ?? []) {
      const key = task.key.replace(/\/.*/, '');
      members.set(key, { key, last: [...members.get(key)?.last ?? [], task] });
    }
    await this.#add(panel, { members: [...members.values()], before });
  }

  dispose(): void {
    this.#registration.dispose();
    // the panels stay: VS Code saves them, and gives them back to the next serializer
  }

  async #add(panel: vscode.WebviewPanel, start: Start): Promise<Comparison> {
    const { Comparison } = await import('./comparison.ts');
    const comparison = new Comparison(panel, this.#around, start);
    this.#open.add(comparison);
    panel.onDidDispose(() => { this.#open.delete(comparison); });
    return comparison;
  }
}

/** Makes comparisons possible for the time of this activation, and restores those that were open. Call once. */
export function registerComparison(context: vscode.ExtensionContext, around: Surroundings): Comparisons {
  const comparisons = new Comparisons(around);
  context.subscriptions.push(comparisons);
  return comparisons;
}
