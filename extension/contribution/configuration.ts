import * as vscode from 'vscode';
import type { SettingName, Settings } from './settings.ts';
import { usable } from './settings.ts';

/** A setting of `nslab.` as it is now, within its limits. */
export function setting<K extends SettingName>(name: K): Settings[K] {
  return usable(name, vscode.workspace.getConfiguration('nslab').get(name));
}

/** Calls `then` when one of these settings has changed. */
export function onDidChangeSetting(names: readonly SettingName[], then: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (names.some((name) => event.affectsConfiguration(`nslab.${name}`))) then();
  });
}
