import * as vscode from 'vscode';
import type { Namespace, Process } from '../../helper/protocol.ts';
import { processKey } from '../../helper/model/model.ts';
import { onDidChangeSetting, setting } from '../contribution/configuration.ts';
import { VIEW_ID } from '../contribution/context.ts';
import { setContext } from '../contribution/setContext.ts';
import type { Grouping } from '../contribution/settings.ts';
import type { HostSource } from '../host/hostSource.ts';
import { shortState } from '../host/sentences.ts';
import type { Log } from '../log.ts';
import type { Users } from '../platform.ts';
import type { Filter } from './filter/parse.ts';
import { focusOf } from './focus.ts';
import type { Entry } from './forest.ts';
import { resolveHover } from './hover/hover.ts';
import type { Wanted } from './locate.ts';
import { Marks } from './marks.ts';
import { Picture } from './picture.ts';
import { NamespaceProvider } from './provider.ts';
import { REVEAL, asWanted } from './reveal.ts';
import { viewDescription, viewMessage } from './viewText.ts';
import type { ViewFacts } from './viewText.ts';

const GROUPING = 'grouping';

/** The tree view of the sidebar and all that others may do with it. */
export class NamespaceTree implements vscode.Disposable {
  readonly view: vscode.TreeView<Entry>;
  readonly picture: Picture;
  readonly provider: NamespaceProvider;
  readonly #host: HostSource;
  readonly #log: Log;
  readonly #users: Users;
  readonly #memento: vscode.Memento;
  readonly #selected = new vscode.EventEmitter<Process | Namespace | undefined>();
  /** What the selected row stands for. */
  readonly onDidSelect = this.#selected.event;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #focusTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: Pick<vscode.ExtensionContext, 'workspaceState'>, host: HostSource, users: Users, log: Log) {
    this.#host = host;
    this.#users = users;
    this.#log = log;
    this.#memento = context.workspaceState;
    const marks = new Marks();
    const kept = this.#memento.get(GROUPING);
    this.picture = new Picture(host, {
      maxChildren: () => setting('maxChildren'), showUnreadable: () => setting('showUnreadable'),
      isNew: (key) => marks.of(key) === 'new', userName: (uid) => this.#users.get(uid),
    }, kept === 'type' || kept === 'owner' || kept === 'process' ? kept : setting('defaultGrouping'));
    this.provider = new NamespaceProvider(this.picture, marks, host, log, (entry, token) => resolveHover(this.picture, host, entry, token));
    this.view = vscode.window.createTreeView(VIEW_ID, { treeDataProvider: this.provider, showCollapseAll: true, canSelectMany: false });
    const { view, provider } = this;
    this.#subscriptions = [
      view, provider, this.#selected,
      host.onDidChange((change) => { provider.hostChanged(change); }),
      host.onDidScan(() => { provider.settle(); }),
      host.onDidChangeState(() => { provider.settle(); this.#drawText(); }),
      host.onDidChangeSource(() => { this.#drawText(); }),
      host.onDidChangeFrozen((frozen) => { provider.frozenChanged(frozen); }),
      provider.onDidUpdate(() => { provider.settle(); this.#drawText(); this.#focus(); }),
      view.onDidChangeVisibility(() => { this.#visibilityChanged(); }),
      view.onDidExpandElement(({ element }) => { provider.forest.unfold(element); this.#focus(); }),
      view.onDidCollapseElement(({ element }) => { provider.forest.fold(element); this.#focus(); }),
      view.onDidChangeSelection(({ selection }) => { this.#select(selection[0]); }),
      onDidChangeSetting(['showUnreadable', 'maxChildren', 'markChangesFor'], () => { this.#contexts(); provider.update(); }),
      vscode.commands.registerCommand(REVEAL, async (wanted: unknown) => {
        const known = asWanted(wanted);
        if (known) await this.reveal(known);
      }),
    ];
    this.#contexts();
    this.#visibilityChanged();
  }

  /** The process or namespace that a row stands for; undefined for groups, and when it has ended. */
  subject(entry: Entry | undefined): Process | Namespace | undefined {
    const target = entry?.node.target;
    if (target?.kind === 'namespace' || target?.kind === 'reference') return this.picture.model.namespaces.get(target.key);
    if (target?.kind !== 'process') return undefined;
    const process = this.picture.model.processes.get(target.pid);
    return process && processKey(process) === target.key ? process : undefined;
  }

  #select(entry: Entry | undefined): void {
    const subject = this.subject(entry);
    setContext('nslab.selected', subject ? ('pid' in subject ? 'process' : 'namespace') : entry ? 'other' : 'nothing');
    this.#selected.fire(subject);
    this.#focus();
  }

  setGrouping(grouping: Grouping): void {
    this.picture.grouping = grouping;
    void this.#memento.update(GROUPING, grouping);
    this.#contexts();
    this.provider.update();
  }

  /** Null shows everything again. */
  setFilter(filter: Filter | null): void {
    this.picture.filter = filter;
    this.#contexts();
    this.provider.update();
  }

  showMore(parent: string): void {
    this.picture.showMore(parent);
    this.provider.update();
  }

  /**
   * Selects the row of what is wanted and scrolls to it. What is hidden by the filter is shown after asking; false: it has no row.
   */
  async reveal(wanted: Wanted): Promise<boolean> {
    let path = this.picture.pathTo(wanted);
    if (path.ids.length === 0 && path.hiddenByFilter) {
      const clear = vscode.l10n.t('Clear Filter');
      if (await vscode.window.showInformationMessage(vscode.l10n.t('The filter hides that row.'), clear) !== clear) return false;
      this.setFilter(null);
      path = this.picture.pathTo(wanted);
    }
    // rows behind "Show more" were let in, and an update may be on its way
    this.provider.update();
    await this.provider.settled();
    let entry: Entry | undefined;
    for (const id of path.ids) {
      const siblings: readonly Entry[] = entry ? this.provider.forest.children(entry) : this.provider.forest.roots();
      entry = siblings.find((sibling) => sibling.id === id);
      if (!entry) break;
    }
    if (!entry) {
      void vscode.window.showInformationMessage(vscode.l10n.t('That is no longer in the tree: it has ended.'));
      return false;
    }
    try {
      await this.view.reveal(entry, { select: true, focus: true });
      return true;
    } catch (error) {
      // the row went while VS Code was unfolding what is above it
      this.#log.debug(`reveal: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }

  dispose(): void {
    clearTimeout(this.#focusTimer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #visibilityChanged(): void {
    const { visible } = this.view;
    this.provider.setVisible(visible);
    this.#host.setVisible(visible);
    if (visible) void this.#users.load().then((changed) => { if (changed) this.provider.update(); });
  }

  #contexts(): void {
    setContext('nslab.grouping', this.picture.grouping);
    setContext('nslab.filtered', this.picture.filter !== null);
  }

  #drawText(): void {
    const { picture } = this;
    const { source, hello, state } = this.#host;
    if (source.kind === 'live' && state.kind !== 'live' && picture.model.namespaces.size === 0) {
      this.view.description = shortState(state);
      this.view.message = '';
      this.view.badge = undefined;
      return;
    }
    const namespaces = picture.model.namespaces.size;
    const facts: ViewFacts = {
      namespaces,
      filter: picture.filter && { text: picture.filter.text, matching: [...picture.scene.all()].length },
      frozen: picture.frozen && { at: picture.frozen.at, changes: picture.frozen.changes },
      snapshot: source.kind === 'snapshot' ? { name: source.file.path.split('/').at(-1) ?? '', takenAt: source.takenAt } : null,
      comparison: source.kind === 'comparison' ? { before: source.before.label, after: source.after.label } : null,
      inside: source.kind === 'live' ? hello?.inside ?? null : null,
    };
    // every assignment is a message to the window, so what is the same is not sent; '' removes the message
    const description = viewDescription(facts);
    const message = viewMessage(facts) ?? '';
    if (this.view.description !== description) this.view.description = description;
    if (this.view.message !== message) this.view.message = message;
    if (this.view.badge?.value !== namespaces) this.view.badge = namespaces === 0 ? undefined : { value: namespaces, tooltip: namespaces === 1 ? '1 namespace' : `${namespaces} namespaces` };
  }

  /** Unfolding and selecting come in bursts. */
  #focus(): void {
    clearTimeout(this.#focusTimer);
    this.#focusTimer = setTimeout(() => {
      const { pids, namespaces } = focusOf(this.provider.forest.entries.values(), this.view.selection[0]);
      this.#host.setFocus(pids, namespaces);
    }, 100);
  }
}

export function registerNamespaceTree(context: Pick<vscode.ExtensionContext, 'workspaceState' | 'subscriptions'>, host: HostSource, users: Users, log: Log): NamespaceTree {
  const tree = new NamespaceTree(context, host, users, log);
  context.subscriptions.push(tree);
  return tree;
}
