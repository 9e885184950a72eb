import * as vscode from 'vscode';
import type { Comparison } from '../../helper/model/compare.ts';
import { compareModels } from '../../helper/model/compare.ts';
import { documentText, toDocument } from '../../helper/model/document.ts';
import type { HostModel } from '../../helper/model/model.ts';
import { literal } from '../commands/literal.ts';
import { VIEW_ID } from '../contribution/context.ts';
import type { ComparedSide, Source } from '../host/hostSource.ts';
import type { LiveHost } from '../host/liveHost.ts';
import type { ShownHost } from '../host/shownHost.ts';
import { chooseSide } from './chooseSide.ts';
import { EXTENSION, fileName, readSnapshot, suggestedName } from './snapshotFile.ts';
import { SnapshotHost, hostFromDocument } from './snapshotHost.ts';

export interface SnapshotNeeds {
  readonly shown: ShownHost;
  readonly live: LiveHost;
  /** Where dialogs begin when no folder is open. */
  readonly home: vscode.Uri | undefined;
  /** What the tree shows now, which is an older one than the host's while it is frozen. */
  readonly picture: () => { readonly model: HostModel; readonly at: Date | null };
}

const FILTERS = { 'Namespace snapshots': [EXTENSION], JSON: ['json'] };

/** Handlers of the commands that save, open and compare snapshots. What they throw can be shown. */
export class SnapshotCommands {
  readonly #needs: SnapshotNeeds;

  constructor(needs: SnapshotNeeds) {
    this.#needs = needs;
  }

  /** Saves what the tree shows. `target`: where to; asked for when it is not a Uri. */
  async save(target?: unknown): Promise<vscode.Uri | undefined> {
    const { shown, picture } = this.#needs;
    if (!shown.frozen) await withProgress(() => shown.load('save a snapshot'));
    const { model, at } = picture();
    const { hello, status } = shown;
    if (!hello) throw new Error(vscode.l10n.t('There is nothing to save yet.'));
    const takenAt = at ?? (status ? new Date(status.at) : new Date());
    // taken before the dialog: what was on the screen is what is saved
    const text = documentText(toDocument(model, hello, takenAt, status?.phases));
    const counts = [model.namespaces.size, model.processes.size];
    const file = target instanceof vscode.Uri ? target : await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Save Snapshot'), filters: FILTERS, ...begin(this.#needs.home, suggestedName(hello.hostname, takenAt)),
    });
    if (!file) return undefined;
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    vscode.window.setStatusBarMessage(vscode.l10n.t('{0} namespaces and {1} processes were saved to {2}', ...counts, literal(fileName(file))), 8000);
    return file;
  }

  /** Shows a saved snapshot in the tree. `target`: the file; asked for when it is not a Uri. */
  async open(target?: unknown): Promise<void> {
    const file = target instanceof vscode.Uri ? target : await this.#choose(vscode.l10n.t('Open Snapshot'));
    if (!file) return;
    const document = await withProgress(() => readSnapshot(file));
    await this.#show({ kind: 'snapshot', host: hostFromDocument(document), file, takenAt: new Date(document.takenAt) });
  }

  /**
   * Shows what came, went and moved between two snapshots, or a snapshot and this host now. From the explorer's menu `selected`
   * has the files that are selected there; whatever is missing is asked for.
   */
  async compare(target?: unknown, selected?: unknown): Promise<void> {
    const files = (Array.isArray(selected) ? selected : [target, selected]).filter((one): one is vscode.Uri => one instanceof vscode.Uri);
    const sides: ComparedSide[] = [];
    for (const title of [vscode.l10n.t('Compare Snapshots: the first'), vscode.l10n.t('Compare Snapshots: the second')]) {
      const side = files.length > 0 ? await this.#fromFile(files.shift()) : await this.#ask(title, sides);
      if (!side) return;
      sides.push(side);
    }
    const [before, after] = sides.sort((a, b) => a.takenAt.getTime() - b.takenAt.getTime());
    if (!before || !after) return;
    const comparison: Comparison = compareModels(before.host.model, after.host.model, [before.host.hello?.bootId ?? '', after.host.hello?.bootId ?? '']);
    await this.#show({ kind: 'comparison', host: after.host, before, after, comparison });
    if (!comparison.sameBoot) {
      void vscode.window.showWarningMessage(vscode.l10n.t('{0} and {1} are of different machines, or the machine was started anew between them: inode numbers and process IDs of one mean nothing in the other, so everything went and everything came.', before.label, after.label));
    }
  }

  async #show(source: Source): Promise<void> {
    this.#needs.shown.show(source);
    await vscode.commands.executeCommand(`${VIEW_ID}.focus`);
  }

  async #ask(title: string, chosen: readonly ComparedSide[]): Promise<ComparedSide | undefined> {
    const { shown, live } = this.#needs;
    const choice = await chooseSide(title, shown.source, live.state, chosen);
    switch (choice) {
      case undefined: return undefined;
      case 'file': return this.#fromFile(await this.#choose(title));
      case 'live': return withProgress(() => this.#now());
      default: return choice;
    }
  }

  async #fromFile(file: vscode.Uri | undefined): Promise<ComparedSide | undefined> {
    if (!file) return undefined;
    const document = await withProgress(() => readSnapshot(file));
    return { label: fileName(file), takenAt: new Date(document.takenAt), host: hostFromDocument(document) };
  }

  /** This host as it is now; it stays so, however long the comparison is looked at. */
  async #now(): Promise<ComparedSide> {
    const { live } = this.#needs;
    await live.load('compare with a snapshot');
    const { hello, status, model } = live;
    if (!hello || !status) throw new Error(vscode.l10n.t('The host has not been read yet. Try again.'));
    return { label: vscode.l10n.t('this host'), takenAt: new Date(status.at), host: new SnapshotHost(model.clone(), hello, status) };
  }

  async #choose(title: string): Promise<vscode.Uri | undefined> {
    const files = await vscode.window.showOpenDialog({ title, filters: FILTERS, canSelectMany: false, ...begin(this.#needs.home) });
    return files?.[0];
  }
}

/** Where a dialog begins. */
function begin(home: vscode.Uri | undefined, name = ''): { defaultUri?: vscode.Uri } {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? home;
  return folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {};
}

function withProgress<T>(work: () => Promise<T>): Promise<T> {
  return Promise.resolve(vscode.window.withProgress({ location: { viewId: VIEW_ID } }, work));
}
