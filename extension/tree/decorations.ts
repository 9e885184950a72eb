import * as vscode from 'vscode';
import type { Entry } from './forest.ts';
import type { Mark } from './marks.ts';
import { rowId, rowUri } from './rowUri.ts';

/** Colours and letters of marked, dim and ended rows. */
export class RowDecorations implements vscode.FileDecorationProvider {
  readonly #changed = new vscode.EventEmitter<vscode.Uri[]>();
  readonly onDidChangeFileDecorations = this.#changed.event;
  readonly #entry: (id: string) => Entry | undefined;
  readonly #mark: (key: string) => Mark | undefined;

  constructor(entry: (id: string) => Entry | undefined, mark: (key: string) => Mark | undefined) {
    this.#entry = entry;
    this.#mark = mark;
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const id = rowId(uri);
    const node = id === null ? undefined : this.#entry(id)?.node;
    if (!node) return undefined;
    const mark = node.target.kind === 'namespace' ? this.#mark(node.target.key) : undefined;
    if (node.context === 'ended' || mark === 'ended') return new vscode.FileDecoration(undefined, 'Ended', new vscode.ThemeColor('disabledForeground'));
    if (mark === 'new') return new vscode.FileDecoration('N', 'New since the last look', new vscode.ThemeColor('gitDecoration.addedResourceForeground'));
    if (mark === 'members') return new vscode.FileDecoration('P', 'Its processes changed since the last look', new vscode.ThemeColor('gitDecoration.modifiedResourceForeground'));
    return node.dim ? new vscode.FileDecoration(undefined, undefined, new vscode.ThemeColor('disabledForeground')) : undefined;
  }

  /** Asks again for these rows. */
  refresh(ids: Iterable<string>): void {
    const uris = [...ids].map(rowUri);
    if (uris.length > 0) this.#changed.fire(uris);
  }

  dispose(): void { this.#changed.dispose(); }
}
