import * as vscode from 'vscode';
import type { ModelChange } from '../../helper/model/model.ts';
import { setting } from '../contribution/configuration.ts';
import type { HostSource } from '../host/hostSource.ts';
import { Slices } from '../host/slices.ts';
import type { Log } from '../log.ts';
import { RowDecorations } from './decorations.ts';
import type { Entry } from './forest.ts';
import { Forest } from './forest.ts';
import type { Marks } from './marks.ts';
import { endedRow } from './nodes/ended.ts';
import type { Picture } from './picture.ts';
import { toTreeItem } from './treeItem.ts';

/** Makes the tooltip of a row that somebody points at. */
export type Resolve = (entry: Entry, token: vscode.CancellationToken) => Promise<vscode.MarkdownString | string | undefined>;

/** Hands the picture's rows to VS Code and tells it, in slices and once per change, which of them look different. */
export class NamespaceProvider implements vscode.TreeDataProvider<Entry>, vscode.Disposable {
  readonly marks: Marks;
  readonly forest: Forest;
  readonly #changed = new vscode.EventEmitter<Entry[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #updated = new vscode.EventEmitter<void>();
  /** The rows are up to date with the picture. */
  readonly onDidUpdate = this.#updated.event;
  readonly #picture: Picture;
  readonly #host: HostSource;
  readonly #log: Log;
  readonly #resolve: Resolve;
  readonly #slices = new Slices();
  readonly #decorations: RowDecorations;
  readonly #registered: vscode.Disposable;
  #visible = false;
  #running = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(picture: Picture, marks: Marks, host: HostSource, log: Log, resolve: Resolve) {
    this.#picture = picture;
    this.marks = marks;
    this.#host = host;
    this.#log = log;
    this.#resolve = resolve;
    this.forest = new Forest(() => picture.rows(), (gone) => {
      const { target } = gone;
      return target.kind === 'namespace' && marks.of(target.key) === 'ended' && !picture.model.namespaces.has(target.key) ? endedRow(gone) : null;
    });
    this.#decorations = new RowDecorations((id) => this.forest.entries.get(id), (key) => marks.of(key));
    this.#registered = vscode.window.registerFileDecorationProvider(this.#decorations);
  }

  /** How long the longest piece of our work kept others on the extension host waiting, milliseconds. */
  get longestMs(): number { return this.#slices.longestMs; }

  getChildren(entry?: Entry): readonly Entry[] & Entry[] {
    return [...(entry ? this.forest.children(entry) : this.forest.roots())];
  }

  getParent(entry: Entry): Entry | null { return entry.parent; }

  getTreeItem(entry: Entry): vscode.TreeItem {
    const { target } = entry.node;
    return toTreeItem(entry, target.kind === 'namespace' ? this.marks.of(target.key) : undefined);
  }

  async resolveTreeItem(item: vscode.TreeItem, entry: Entry, token: vscode.CancellationToken): Promise<vscode.TreeItem> {
    const tooltip = await this.#resolve(entry, token);
    if (tooltip !== undefined) item.tooltip = tooltip;
    return item;
  }

  /** The host has changed. */
  hostChanged(change: ModelChange): void {
    const frozen = this.#picture.frozen;
    if (frozen && !change.reset) {
      frozen.record(change);
      this.#updated.fire();
      return;
    }
    this.#mark(change);
    this.update();
  }

  frozenChanged(frozen: boolean): void {
    if (frozen) this.#picture.freeze(new Date());
    else {
      const missed = this.#picture.unfreeze();
      if (missed) this.#mark(missed);
    }
    this.update();
  }

  /** A scan has ended, or the host's state has changed: when everything was looked for once, what is there is the last look. */
  settle(): void {
    if (this.marks.settled || this.#host.state.kind !== 'live') return;
    if (this.#host.source.kind === 'live') {
      const phases = this.#host.status?.phases;
      if (!phases) return;
      // else what only the slow scans find would be called new when they end for the first time
      if (setting('slowScan') && [phases.descriptors, phases.mounts, phases.sockets].includes('pending')) return;
    }
    this.#decorate(this.marks.settle(this.#host.model));
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) this.#seeMarks();
  }

  /** Brings the rows up to date with the picture; calls while that goes on are answered by one more round. */
  update(): void {
    this.#picture.invalidate();
    this.#again = this.#running;
    if (this.#running) return;
    this.#running = true;
    this.#slices.add(this.#round(), (error) => {
      this.#running = false;
      this.#log.error(`tree: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
      // rows that could not be brought up to date are asked for anew
      this.forest.clear();
      this.#changed.fire(undefined);
    });
  }

  /** Resolves when no update is waiting. */
  async settled(): Promise<void> {
    // a round may begin another
    do await this.#slices.settled(); while (this.#running);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#slices.clear();
    this.#registered.dispose();
    this.#decorations.dispose();
    this.#changed.dispose();
    this.#updated.dispose();
  }

  *#round(): Generator<undefined, void, undefined> {
    yield* this.#picture.scene.prepare();
    const changed = yield* this.forest.update();
    if (changed.includes(null)) this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire(changed.filter((entry) => entry !== null));
    this.#running = false;
    // the host changed meanwhile
    if (this.#again) this.update();
    else this.#updated.fire();
  }

  #mark(change: ModelChange): void {
    if (setting('markChangesFor') === 0) return;
    this.#decorate(this.marks.record(change, this.#host.model));
    if (this.#visible) this.#seeMarks();
  }

  #seeMarks(): void {
    this.marks.seen(Date.now(), setting('markChangesFor') * 1000);
    this.#wait();
  }

  /** One timer for the mark that expires next. */
  #wait(): void {
    clearTimeout(this.#timer);
    const next = this.marks.next();
    if (next === null) return;
    // marks that expire together with it go in the same round
    this.#timer = setTimeout(() => {
      const expired = this.marks.expire(Date.now() + 100);
      this.#decorate(expired);
      if (expired.size > 0) this.update();
      this.#wait();
    }, Math.max(0, next - Date.now()));
  }

  #decorate(keys: ReadonlySet<string>): void {
    if (keys.size === 0) return;
    const ids: string[] = [];
    for (const [id, { node }] of this.forest.entries) if (node.target.kind === 'namespace' && keys.has(node.target.key)) ids.push(id);
    this.#decorations.refresh(ids);
  }
}
