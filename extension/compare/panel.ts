import * as vscode from 'vscode';
import type { HostSource } from '../host/hostSource.ts';
import { SavedState, parse } from '../../webview/protocol.ts';
import type { Surroundings } from './comparison.ts';
import { Comparison, MAX_PROCESSES, membersOf } from './comparison.ts';
import type { Member } from './subject.ts';
import { pageRoot } from './page.ts';

export const COMPARISON_VIEW = 'nslab.comparison';

/** Every open panel "Compare Processes"; brings them back after the window was reloaded. */
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
  show(pids: readonly number[]): Comparison {
    const { host } = this.#around;
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
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = parse(SavedState, state);
    if (!saved.ok) this.#around.log.warn(`comparison: its saved state was refused: ${saved.why}`);
    const before = saved.ok ? saved.value.subject : undefined;
    const members = new Map<string, Member>();
    for (const task of before?.tasks ?? []) {
      const key = task.key.replace(/\/.*/, '');
      members.set(key, { key, last: [...members.get(key)?.last ?? [], task] });
    }
    this.#add(panel, { members: [...members.values()], before });
    return Promise.resolve();
  }

  dispose(): void {
    this.#registration.dispose();
    // the panels stay: VS Code saves them, and gives them back to the next serializer
  }

  #add(panel: vscode.WebviewPanel, start: ConstructorParameters<typeof Comparison>[2]): Comparison {
    const comparison = new Comparison(panel, this.#around, start);
    this.#open.add(comparison);
    panel.onDidDispose(() => { this.#open.delete(comparison); });
    return comparison;
  }
}

const registered = new WeakMap<vscode.ExtensionContext, Comparisons>();

/** Makes comparisons possible for the time of this activation, and restores those that were open. Call once. */
export function registerComparison(context: vscode.ExtensionContext, around: Surroundings): Comparisons {
  const comparisons = new Comparisons(around);
  registered.set(context, comparisons);
  context.subscriptions.push(comparisons);
  return comparisons;
}

/** "Compare Processes": a webview with the table of these processes by namespace types. `registerComparison` must have been called. */
export function showComparison(context: vscode.ExtensionContext, _host: HostSource, pids: readonly number[]): Comparison {
  const comparisons = registered.get(context);
  if (!comparisons) throw new Error('comparisons are not registered');
  return comparisons.show(pids);
}
