import * as vscode from 'vscode';
import type { ModelChange } from '../../helper/model/model.ts';
import type { Requests, ScanStatus } from '../../helper/protocol.ts';
import { resetChange } from './changeSet.ts';
import type { HostSource, Source } from './hostSource.ts';
import type { Askable } from './helperClient.ts';
import type { HostState, LiveHost } from './liveHost.ts';
import type { Onlooker } from './onlookers.ts';
import { Onlookers } from './onlookers.ts';

/** The host that is shown: the live one, until a snapshot or a comparison takes its place. */
export class ShownHost implements HostSource, vscode.Disposable {
  readonly #live: LiveHost;
  #source: Source;
  #frozen = false;
  readonly #onlookers = new Onlookers(() => this.#look());
  readonly #sideBar = this.#onlookers.join();
  readonly #changed = new vscode.EventEmitter<ModelChange>();
  readonly #stateChanged = new vscode.EventEmitter<HostState>();
  readonly #scanned = new vscode.EventEmitter<ScanStatus>();
  readonly #sourceChanged = new vscode.EventEmitter<Source>();
  readonly #frozenChanged = new vscode.EventEmitter<boolean>();
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeState = this.#stateChanged.event;
  readonly onDidScan = this.#scanned.event;
  readonly onDidChangeSource = this.#sourceChanged.event;
  readonly onDidChangeFrozen = this.#frozenChanged.event;
  readonly #subscriptions: { dispose(): unknown }[];

  constructor(live: LiveHost) {
    this.#live = live;
    this.#source = { kind: 'live', host: live };
    const shown = <T>(emitter: vscode.EventEmitter<T>) => (event: T): void => { if (this.#source.kind === 'live') emitter.fire(event); };
    this.#subscriptions = [
      live.onDidChange(shown(this.#changed)), live.onDidChangeState(shown(this.#stateChanged)), live.onDidScan(shown(this.#scanned)),
      this.#changed, this.#stateChanged, this.#scanned, this.#sourceChanged, this.#frozenChanged,
    ];
  }

  get source(): Source { return this.#source; }
  get frozen(): boolean { return this.#frozen; }
  get model() { return this.#source.host.model; }
  get hello() { return this.#source.host.hello; }
  get status() { return this.#source.host.status; }
  get state(): HostState { return this.#source.host.state; }

  request<M extends Askable>(method: M, params: Requests[M]['params'], token?: vscode.CancellationToken): Promise<Requests[M]['result']> {
    return this.#source.host.request(method, params, token);
  }

  load(reason: string, token?: vscode.CancellationToken): Promise<void> {
    return this.#source.host.load(reason, token);
  }

  setVisible(visible: boolean): void { this.#sideBar.setVisible(visible); }

  setFocus(pids: readonly number[], namespaceKeys: readonly string[]): void { this.#sideBar.setFocus(pids, namespaceKeys); }

  join(): Onlooker { return this.#onlookers.join(); }

  restart(): void {
    this.backToLive();
    this.setFrozen(false);
    this.#live.restart();
  }

  setFrozen(frozen: boolean): void {
    if (frozen === this.#frozen) return;
    this.#frozen = frozen;
    this.#frozenChanged.fire(frozen);
  }

  show(source: Source): void {
    this.setFrozen(false);
    this.#source = source;
    this.#look();
    this.#sourceChanged.fire(source);
    this.#stateChanged.fire(source.host.state);
    this.#changed.fire(resetChange(source.host.model));
  }

  backToLive(): void {
    if (this.#source.kind !== 'live') this.show({ kind: 'live', host: this.#live });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** The live host is read only while it is what people see (a frozen tree too: it tells how much has changed since). */
  #look(): void {
    const looks = this.#onlookers.visible && this.#source.kind === 'live';
    if (looks) this.#live.setFocus(...this.#onlookers.focus);
    this.#live.setVisible(looks);
  }
}
