import * as vscode from 'vscode';
import { HostModel } from '../../helper/model/model.ts';
import type { HostState, LiveHost } from '../host/liveHost.ts';
import { noMachine } from './reasons.ts';

/** What never happens, is never told. */
const NEVER: vscode.Event<never> = () => new vscode.Disposable(() => undefined);

/** The host of a window that has none: it is empty, never changes, and says why to whoever asks. */
export class NoHost implements LiveHost, vscode.Disposable {
  readonly model = new HostModel();
  readonly hello = undefined;
  readonly status = undefined;
  readonly state: HostState = { kind: 'notLinux', platform: 'web' };
  readonly onDidChange = NEVER;
  readonly onDidChangeState = NEVER;
  readonly onDidScan = NEVER;

  request(): Promise<never> { return Promise.reject(new Error(noMachine())); }
  load(): Promise<never> { return Promise.reject(new Error(noMachine())); }
  setVisible(): void { /* nothing is read */ }
  setFocus(): void { /* nothing is read */ }
  settingsChanged(): void { /* nothing is read */ }
  restart(): void { throw new Error(noMachine()); }

  dispose(): void { /* nothing is held */ }
}
