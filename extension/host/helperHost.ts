import fs from 'node:fs';
import * as vscode from 'vscode';
import type { Hello, ScanStatus } from '../../helper/protocol.ts';
import type { ModelChange } from '../../helper/model/model.ts';
import { HostModel } from '../../helper/model/model.ts';
import type { Log } from '../log.ts';
import { CrashPolicy } from './crashPolicy.ts';
import type { Follow } from './follower.ts';
import type { Askable, ClientEvents, ClientState, HelperClient } from './helperClient.ts';
import type { HelperCommand, HelperProcess } from './helperProcess.ts';
import { Entry } from './entry.ts';
import { HelperError } from './helperError.ts';
import { helperCommand } from './helperProcess.ts';
import type { HostState, LiveHost } from './liveHost.ts';
import { sentenceOfEnding, sentenceOfFailure } from './sentences.ts';
import type { Requests } from '../../helper/protocol.ts';

export interface HelperHostOptions {
  /** The helper's file. */
  readonly file: string;
  readonly version: string;
  /** How often to look, and how far, as the settings say now. */
  readonly settings: () => Pick<Follow, 'intervalMs' | 'slowScan'>;
  readonly log: Log;
}

const NOTHING = new HostModel();

/** This machine, through the helper. Nothing is loaded or started before a view or a command needs it. */
export class HelperHost implements LiveHost, vscode.Disposable {
  readonly #options: HelperHostOptions;
  readonly #changed = new vscode.EventEmitter<ModelChange>();
  readonly #stateChanged = new vscode.EventEmitter<HostState>();
  readonly #scanned = new vscode.EventEmitter<ScanStatus>();
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeState = this.#stateChanged.event;
  readonly onDidScan = this.#scanned.event;
  #state: HostState;
  #client: HelperClient | undefined;
  #loading: Promise<HelperClient> | undefined;
  #entry: Entry | undefined;
  #visible = false;
  #focus: Pick<Follow, 'focusPids' | 'focusNamespaces'> = { focusPids: [], focusNamespaces: [] };
  #disposed = false;

  constructor(options: HelperHostOptions) {
    this.#options = options;
    this.#state = process.platform === 'linux' ? { kind: 'idle' } : { kind: 'notLinux', platform: process.platform };
  }

  get model(): HostModel { return this.#client?.model ?? NOTHING; }
  get hello(): Hello | undefined { return this.#client?.hello; }
  get status(): ScanStatus | undefined { return this.#client?.status; }
  get state(): HostState { return this.#state; }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (this.#client) this.#client.setVisible(visible);
    else if (visible) void this.#need().catch(() => undefined);
  }

  setFocus(focusPids: readonly number[], focusNamespaces: readonly string[]): void {
    this.#focus = { focusPids, focusNamespaces };
    this.#client?.follow(this.#follow());
  }

  /** The settings have changed. */
  settingsChanged(): void {
    this.#client?.follow(this.#follow());
  }

  async request<M extends Askable>(method: M, params: Requests[M]['params'], token?: vscode.CancellationToken): Promise<Requests[M]['result']> {
    return this.#asking(async () => {
      const client = await this.#need();
      if (!this.hello?.elevated || (method !== 'enterPlan' && method !== 'unpin')) return client.request(method, params, token);
      this.#entry ??= new Entry(() => this.#make(), client);
      // the two methods that it answers have the types of those of the same name
      return (method === 'enterPlan'
        ? this.#entry.plan(params as Requests['enterPlan']['params'], token)
        : this.#entry.unpin(params as Requests['unpin']['params']));
    });
  }

  async load(reason: string, token?: vscode.CancellationToken): Promise<void> {
    await this.#asking(async () => (await this.#need()).load(reason, token));
  }

  restart(): void {
    if (this.#client) this.#client.restart();
    else void this.#need().then((client) => { client.restart(); }, () => undefined);
  }

  /** How a helper is run that has no more rights than we. */
  get command(): HelperCommand { return helperCommand(this.#options.file, process.env, process.execPath); }

  /** Goes on with this helper, which has more rights, until it ends; then with an ordinary one again. */
  take(elevated: HelperProcess): void {
    if (this.#client) this.#client.restart(elevated);
    else void this.#need().then((client) => { client.restart(elevated); }, () => elevated.end());
  }

  /** Ends the helper; resolves when it has ended. */
  async end(): Promise<void> {
    this.#disposed = true;
    this.#forgetEntry();
    await this.#client?.dispose();
  }

  dispose(): void {
    void this.end();
    for (const emitter of [this.#changed, this.#stateChanged, this.#scanned]) emitter.dispose();
  }

  #follow(): Follow {
    return { ...this.#focus, ...this.#options.settings() };
  }

  async #asking<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof HelperError)) throw error;
      if (error.failure.kind === 'cancelled') throw new vscode.CancellationError();
      throw new Error(sentenceOfFailure(error.failure, this.#state), { cause: error });
    }
  }

  /** The client, loaded on first need: until then activation pays for neither JSON-RPC nor the schemas. */
  async #need(): Promise<HelperClient> {
    if (this.#client) return this.#client;
    if (this.#state.kind === 'notLinux' || this.#disposed) throw new HelperError({ kind: 'notRunning' });
    const { file } = this.#options;
    if (!fs.existsSync(file)) {
      this.#setState({ kind: 'unsupported', why: vscode.l10n.t('The helper program {0} is missing from the extension. Reinstall the extension.', file) });
      throw new HelperError({ kind: 'notRunning' });
    }
    this.#loading ??= this.#make({
      changed: (change) => { this.#changed.fire(change); },
      scanned: (status) => { this.#scanned.fire(status); },
      stateChanged: (state) => { this.#setState(toHostState(state)); },
    }).then((client) => {
      this.#client = client;
      if (this.#disposed) void client.dispose();
      else client.setVisible(this.#visible);
      return client;
    });
    return this.#loading;
  }

  /** `events`: who hears of what it reads; absent: nobody. */
  async #make(events: ClientEvents = { changed: () => undefined, scanned: () => undefined, stateChanged: () => undefined }): Promise<HelperClient> {
    const { log, version } = this.#options;
    const { HelperClient } = await import('./helperClient.ts');
    return new HelperClient({ command: this.command, version, follow: this.#follow(), log, policy: new CrashPolicy() }, events);
  }

  #forgetEntry(): void {
    void this.#entry?.dispose();
    this.#entry = undefined;
  }

  #setState(state: HostState): void {
    this.#state = state;
    if (!this.hello?.elevated) this.#forgetEntry();
    if (!this.#disposed) this.#stateChanged.fire(state);
  }
}

function toHostState(state: ClientState): HostState {
  if (state.kind !== 'crashed') return state;
  if (state.how.kind === 'spawn' && state.retryInMs === null) return { kind: 'unsupported', why: vscode.l10n.t('The helper program cannot be started: {0}.', state.how.code) };
  return { ...state, how: sentenceOfEnding(state.how) };
}
