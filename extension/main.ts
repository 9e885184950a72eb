import { began, between, now } from './activationClock.ts';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Parts } from './activate.ts';
import { construct } from './activate.ts';
import { setting } from './contribution/configuration.ts';
import { setContext } from './contribution/setContext.ts';
import { enterCommands } from './enter/enterCommands.ts';
import { FILE_SCHEME } from './files/address.ts';
import { NamespaceFiles } from './files/namespaceFiles.ts';
import { HelperHost } from './host/helperHost.ts';
import { offersRealRuns } from './notebook/offersRealRuns.ts';
import { UserNames } from './tree/userNames.ts';

/** Set by esbuild to the version in package.json. */
declare const NSLAB_VERSION: string;

/** What tests in a real VS Code look at; nobody else gets it. */
export interface TestApi extends Parts { readonly live: HelperHost }

let running: HelperHost | undefined;
const evaluation = between(began, now());

/** The helper and what speaks to it are loaded when a view or a command needs them. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const called = now();
  const log = vscode.window.createOutputChannel('Namespace Lab', { log: true });
  const live = new HelperHost({
    file: path.join(context.extensionPath, 'dist', 'helper.mjs'), version: NSLAB_VERSION, log,
    settings: () => ({ intervalMs: setting('refreshInterval'), slowScan: setting('slowScan') }),
  });
  running = live;
  setContext('nslab.browser', false);
  const parts = construct(context, {
    live, users: () => new UserNames(), home: vscode.Uri.file(os.homedir()), enter: enterCommands,
    real: { offered: offersRealRuns, run: async (program, tell) => { await (await import('./notebook/realRun.ts')).runForReal(program, tell); } },
    elevate: async () => (await import('./elevate/elevate.ts')).elevate({ command: live.command, log, take: (process) => { live.take(process); } }),
    check: async (_lesson, folder) => await (await import('./lessons/checker.ts')).check(context.extensionPath, folder),
  }, log);
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider(FILE_SCHEME, new NamespaceFiles(live), { isReadonly: new vscode.MarkdownString(vscode.l10n.t('A file of another process, shown to be read only.')), isCaseSensitive: true }));
  const activation = between(called, now(), evaluation);
  log.debug(`activated in ${activation.wall.toFixed(1)} ms (${activation.cpu.toFixed(1)} ms of the processor)`);
  return context.extensionMode === vscode.ExtensionMode.Test ? { live, ...parts } : undefined;
}

/** VS Code waits for this: no helper outlives its window. */
export async function deactivate(): Promise<void> {
  await running?.end();
}
