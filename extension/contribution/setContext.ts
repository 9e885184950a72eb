import * as vscode from 'vscode';
import type { ContextKey, ContextKeys } from './context.ts';

/** What was set last: setting a key costs a message to the window, so an unchanged one is not sent. */
const set = new Map<ContextKey, unknown>();

/** Sets a context key for `when` clauses. */
export function setContext<K extends ContextKey>(key: K, value: ContextKeys[K]): void {
  if (set.get(key) === value) return;
  set.set(key, value);
  void vscode.commands.executeCommand('setContext', key, value);
}
