import * as vscode from 'vscode';
import { NamespaceDetails } from './commands/details.ts';
import { treeCommands } from './commands/treeCommands.ts';
import type { Comparisons } from './compare/panel.ts';
import { registerComparison } from './compare/panel.ts';
import { onDidChangeSetting } from './contribution/configuration.ts';
import { registerCommands } from './contribution/registerCommands.ts';
import { namespaceLinks } from './enter/links.ts';
import { hostCommands } from './host/hostCommands.ts';
import { keepHostContext } from './host/hostContext.ts';
import { ShownHost } from './host/shownHost.ts';
import { Lessons } from './lessons/lessons.ts';
import { NOTEBOOK_VIEW, NotebookEditor } from './notebook/notebookEditor.ts';
import { notebookCommands } from './notebook/handlers.ts';
import { Packaged } from './packaged.ts';
import type { Platform } from './platform.ts';
import { StatusBar } from './status/statusBar.ts';
import type { NamespaceTree } from './tree/namespaceTree.ts';
import { registerNamespaceTree } from './tree/namespaceTree.ts';

/** What was made; tests look at it. */
export interface Parts { readonly shown: ShownHost; readonly tree: NamespaceTree; readonly comparisons: Comparisons }

/** Constructs and registers all that both hosts have: `main.ts` (a machine with Node) and `browser/main.ts` (none) say what their platform can do. */
export function construct(context: vscode.ExtensionContext, platform: Platform, log: vscode.LogOutputChannel): Parts {
  const { live, users, home, real } = platform;
  const shown = new ShownHost(live);
  const tree = registerNamespaceTree(context, shown, users(), log);
  const details = new NamespaceDetails(tree, shown);
  const comparisons = registerComparison(context, {
    extensionUri: context.extensionUri, host: shown, log, users: users(), reveal: (wanted) => tree.reveal(wanted),
  });
  const snapshots = async () => new (await import('./snapshot/snapshotCommands.ts')).SnapshotCommands({
    shown, live, home, picture: () => ({ model: tree.picture.model, at: tree.picture.frozen?.at ?? null }),
  });
  const compare = (pids: readonly number[]): void => {
    void comparisons.show(pids);
  };
  const packaged = new Packaged(context.extensionUri);
  const enter = platform.enter({ tree, host: shown, memory: context.globalState });
  const lessons = new Lessons({ context, packaged, check: platform.check, log });
  const notebooks = new NotebookEditor({ extensionUri: context.extensionUri, memory: context.workspaceState, real, log });
  context.subscriptions.push(
    vscode.window.registerTerminalProfileProvider('nslab.namespace', enter.profile), vscode.window.registerTerminalLinkProvider(namespaceLinks(tree, shown)),
    vscode.window.registerCustomEditorProvider(NOTEBOOK_VIEW, notebooks, { webviewOptions: { retainContextWhenHidden: true } }),
    log, live, shown, details, new StatusBar(shown, tree.onDidSelect), ...keepHostContext(shown, live),
    registerCommands({ ...hostCommands(shown, snapshots, log, platform.elevate), ...treeCommands({ tree, host: shown, details, compare }), ...enter.handlers, ...notebookCommands({ extensionUri: context.extensionUri, packaged, editor: notebooks, tree, host: shown }), ...lessons.handlers }, log),
    onDidChangeSetting(['refreshInterval', 'slowScan'], () => { live.settingsChanged(); }),
  );
  return { shown, tree, comparisons };
}
