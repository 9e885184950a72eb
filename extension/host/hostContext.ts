import type * as vscode from 'vscode';
import { setContext } from '../contribution/setContext.ts';
import type { HostSource } from './hostSource.ts';
import type { LiveHost } from './liveHost.ts';

/** Keeps the context keys about the host true: menus and welcome views ask for them. */
export function keepHostContext(shown: HostSource, live: LiveHost): readonly vscode.Disposable[] {
  const state = (): void => {
    const now = live.state;
    setContext('nslab.state', now.kind === 'crashed' && now.retryInMs === null ? 'stopped' : now.kind);
    setContext('nslab.elevated', now.kind === 'live' && live.hello?.elevated === true);
  };
  const source = (): void => { setContext('nslab.source', shown.source.kind); };
  const frozen = (): void => { setContext('nslab.frozen', shown.frozen); };
  const readable = (): void => { setContext('nslab.nothingReadable', live.state.kind === 'live' && live.model.namespaces.size === 0); };
  state();
  source();
  frozen();
  readable();
  return [
    live.onDidChangeState(() => { state(); readable(); }), live.onDidScan(readable),
    shown.onDidChangeSource(source), shown.onDidChangeFrozen(frozen),
  ];
}
