import * as vscode from 'vscode';
import type { ModelChange } from '../../helper/model/model.ts';
import { HostModel } from '../../helper/model/model.ts';
import type { ScanStatus } from '../../helper/protocol.ts';
import type { HostState, LiveHost } from '../host/liveHost.ts';
import { noMachine } from './reasons.ts';

/** The host of a window that has none: it is empty, never changes, and says why to whoever asks. */
export class NoHost implements LiveHost, vscode.Disposable {
  readonly model = new HostModel();
  readonly hello = undefined;
  readonly status = undefined;
  readonly state: HostState = { kind: 'notLinux', platform: 'web' };
  readonly #changed = new vscode.EventEmitter<ModelChange>();
  readonly #stateChanged = new vscode.EventEmitter<HostState>();
  readonly #scanned = new vscode.EventEmitter<ScanStatus>();
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeState = this.#stateChanged.event;
  readonly onDidScan = this.#scanned.event;

  request(): Promise<never> { return Promise.reject(new Error(noMachine())); }
  load(): Promise<never> { return Promise.reject(new Error(noMachine())); }
  setVisible(): void { /* nothing is read */ }
  setFocus(): void { /* nothing is read */ }
  settingsChanged(): void { /* nothing is read */ }
  restart(): void { throw new Error(noMachine()); }

  dispose(): void {
    for (const emitter of [this.#changed, this.#stateChanged, this.#scanned]) emitter.dispose();
  }
}
