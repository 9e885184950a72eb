import { began, between, now } from './activationClock.ts';
import path from 'node:path';
import * as vscode from 'vscode';
import { NamespaceDetails } from './commands/details.ts';
import { treeCommands } from './commands/treeCommands.ts';
import type { Comparisons } from './compare/panel.ts';
import { registerComparison } from './compare/panel.ts';
import { onDidChangeSetting, setting } from './contribution/configuration.ts';
import { registerCommands } from './contribution/registerCommands.ts';
import { enterCommands } from './enter/enterCommands.ts';
import { namespaceLinks } from './enter/links.ts';
import { HelperHost } from './host/helperHost.ts';
import { hostCommands } from './host/hostCommands.ts';
import { keepHostContext } from './host/hostContext.ts';
import { ShownHost } from './host/shownHost.ts';
import { Lessons } from './lessons/lessons.ts';
import { NOTEBOOK_VIEW, NotebookEditor } from './notebook/notebookEditor.ts';
import { notebookCommands } from './notebook/handlers.ts';
import { StatusBar } from './status/statusBar.ts';
import type { NamespaceTree } from './tree/namespaceTree.ts';
import { registerNamespaceTree } from './tree/namespaceTree.ts';
import { UserNames } from './tree/userNames.ts';

/** Set by esbuild to the version in package.json. */
declare const NSLAB_VERSION: string;

/** What tests in a real VS Code look at; nobody else gets it. */
export interface TestApi {
  readonly live: HelperHost;
  readonly shown: ShownHost;
  readonly tree: NamespaceTree;
  readonly comparisons: Comparisons;
}

let running: HelperHost | undefined;
const evaluation = between(began, now());

/** Constructs and registers; the helper and what speaks to it are loaded when a view or a command needs them. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const called = now();
  const log = vscode.window.createOutputChannel('Namespace Lab', { log: true });
  const live = new HelperHost({
    file: path.join(context.extensionPath, 'dist', 'helper.mjs'), version: NSLAB_VERSION, log,
    settings: () => ({ intervalMs: setting('refreshInterval'), slowScan: setting('slowScan') }),
  });
  running = live;
  const shown = new ShownHost(live);
  const tree = registerNamespaceTree(context, shown, log);
  const details = new NamespaceDetails(tree, shown);
  const users = new UserNames();
  const comparisons = registerComparison(context, {
    extensionUri: context.extensionUri, host: shown, log, users, reveal: (wanted) => tree.reveal(wanted),
  });
  const snapshots = async () => new (await import('./snapshot/snapshotCommands.ts')).SnapshotCommands({
    shown, live, picture: () => ({ model: tree.picture.model, at: tree.picture.frozen?.at ?? null }),
  });
  const compare = (pids: readonly number[]): void => {
    void comparisons.show(pids);
  };
  const enter = enterCommands({ tree, host: shown, memory: context.globalState });
  const lessons = new Lessons(context, log);
  const notebooks = new NotebookEditor(context.extensionUri, context.workspaceState, log);
  context.subscriptions.push(
    vscode.window.registerTerminalProfileProvider('nslab.namespace', enter.profile), vscode.window.registerTerminalLinkProvider(namespaceLinks(tree, shown)),
    vscode.window.registerCustomEditorProvider(NOTEBOOK_VIEW, notebooks, { webviewOptions: { retainContextWhenHidden: true } }),
    log, live, shown, details, new StatusBar(shown, tree.onDidSelect), ...keepHostContext(shown, live),
    registerCommands({ ...hostCommands(shown, snapshots, log), ...treeCommands({ tree, host: shown, details, compare }), ...enter.handlers, ...notebookCommands(context.extensionUri, notebooks, tree, shown), ...lessons.handlers }, log),
    onDidChangeSetting(['refreshInterval', 'slowScan'], () => { live.settingsChanged(); }),
  );
  const activation = between(called, now(), evaluation);
  log.debug(`activated in ${activation.wall.toFixed(1)} ms (${activation.cpu.toFixed(1)} ms of the processor)`);
  return context.extensionMode === vscode.ExtensionMode.Test ? { live, shown, tree, comparisons } : undefined;
}

/** VS Code waits for this: no helper outlives its window. */
export async function deactivate(): Promise<void> {
  await running?.end();
}
