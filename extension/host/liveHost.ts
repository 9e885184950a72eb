import type * as vscode from 'vscode';
import type { Hello, Requests, ScanStatus } from '../../helper/protocol.ts';
import type { HostModel, ModelChange } from '../../helper/model/model.ts';

/** How the connection to the helper stands. */
export type HostState =
  /** This window's extension host runs on another system; there are no namespaces to show. */
  | { readonly kind: 'notLinux'; readonly platform: string }
  /** No view or command has needed the helper yet. */
  | { readonly kind: 'idle' }
  /** The helper was started and its first snapshot is not complete. */
  | { readonly kind: 'starting' }
  | { readonly kind: 'live' }
  /** It ended unasked. `how`: a plain clause, "was ended by SIGSEGV". `retryInMs` null: it is not started again by itself. */
  | { readonly kind: 'crashed'; readonly at: Date; readonly how: string; readonly retryInMs: number | null }
  | { readonly kind: 'versionMismatch'; readonly helper: Versions; readonly extension: Versions }
  /** It cannot run at all: its file is missing, or cannot be started. `why`: one plain sentence. */
  | { readonly kind: 'unsupported'; readonly why: string };

export interface Versions {
  readonly version: string;
  readonly protocol: number;
}

/**
 * One host as the rest of the extension sees it: the machine this extension runs on (through the helper), or a saved snapshot.
 * `model` is another object after a change with `reset`: read it anew, never keep it.
 */
export interface LiveHost {
  readonly model: HostModel;
  /** Where "this host" is; undefined until the helper has answered for the first time. */
  readonly hello: Hello | undefined;
  readonly status: ScanStatus | undefined;
  readonly state: HostState;
  /** Many changes come as one event. While `state` is live, all that is in `model` has been told whenever anybody looks at it. */
  readonly onDidChange: vscode.Event<ModelChange>;
  readonly onDidChangeState: vscode.Event<HostState>;
  /** A scan has ended: `status` is new. Fires on every tick, also when nothing changed. */
  readonly onDidScan: vscode.Event<ScanStatus>;
  /**
   * Asks the helper, starting it when need be. Rejects with an `Error` whose message can be shown (no helper, no answer,
   * not in a saved snapshot), or with a `CancellationError` after `token` was cancelled.
   */
  request<M extends Exclude<keyof Requests, 'initialize' | 'watch' | 'resync'>>(method: M, params: Requests[M]['params'], token?: vscode.CancellationToken): Promise<Requests[M]['result']>;
  /**
   * Resolves when `model` is complete and not older than a tick, also while no view is visible: what a command calls before it
   * reads `model`. Starts the helper when need be. Rejects as `request` does.
   */
  load(reason: string, token?: vscode.CancellationToken): Promise<void>;
  /** While visible the host is read again and again; while not, it is left alone. */
  setVisible(visible: boolean): void;
  /** What is expanded or selected: read on every tick. Replaces what was set before. */
  setFocus(pids: readonly number[], namespaceKeys: readonly string[]): void;
  /** Ends the helper, if any, forgets its crashes and starts it anew. */
  restart(): void;
}
