import fs from 'node:fs';
import * as vscode from 'vscode';
import type { Hello, ScanStatus } from '../../helper/protocol.ts';
import type { ModelChange } from '../../helper/model/model.ts';
import { HostModel } from '../../helper/model/model.ts';
import type { Log } from '../log.ts';
import { CrashPolicy } from './crashPolicy.ts';
import type { Follow } from './follower.ts';
import type { Askable, ClientState, HelperClient } from './helperClient.ts';
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
    return this.#asking(async () => (await this.#need()).request(method, params, token));
  }

  async load(reason: string, token?: vscode.CancellationToken): Promise<void> {
    await this.#asking(async () => (await this.#need()).load(reason, token));
  }

  restart(): void {
    if (this.#client) this.#client.restart();
    else void this.#need().then((client) => { client.restart(); }, () => undefined);
  }

  /** Ends the helper; resolves when it has ended. */
  async end(): Promise<void> {
    this.#disposed = true;
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
    const { file, log, version } = this.#options;
    if (!fs.existsSync(file)) {
      this.#setState({ kind: 'unsupported', why: vscode.l10n.t('The helper program {0} is missing from the extension. Reinstall the extension.', file) });
      throw new HelperError({ kind: 'notRunning' });
    }
    this.#loading ??= import('./helperClient.ts').then(({ HelperClient }) => {
      const client = new HelperClient({ command: helperCommand(file, process.env, process.execPath), version, follow: this.#follow(), log, policy: new CrashPolicy() }, {
        changed: (change) => { this.#changed.fire(change); },
        scanned: (status) => { this.#scanned.fire(status); },
        stateChanged: (state) => { this.#setState(toHostState(state)); },
      });
      this.#client = client;
      if (this.#disposed) void client.dispose();
      else client.setVisible(this.#visible);
      return client;
    });
    return this.#loading;
  }

  #setState(state: HostState): void {
    this.#state = state;
    if (!this.#disposed) this.#stateChanged.fire(state);
  }
}

function toHostState(state: ClientState): HostState {
  if (state.kind !== 'crashed') return state;
  if (state.how.kind === 'spawn' && state.retryInMs === null) return { kind: 'unsupported', why: vscode.l10n.t('The helper program cannot be started: {0}.', state.how.code) };
  return { ...state, how: sentenceOfEnding(state.how) };
}
