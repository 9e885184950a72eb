import * as vscode from 'vscode';
import type { Handlers, NotebookCommand } from '../contribution/commands.ts';
import type { HostSource } from '../host/hostSource.ts';
import type { Packaged } from '../packaged.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';
import type { NotebookEditor } from './notebookEditor.ts';

/** What those commands work on. */
export interface HandlerNeeds { readonly extensionUri: vscode.Uri; readonly packaged: Packaged; readonly editor: NotebookEditor; readonly tree: NamespaceTree; readonly host: HostSource }

/** Handlers of the commands about notebooks; loaded when one of them is used. */
export function notebookCommands({ extensionUri, packaged, editor, tree, host }: HandlerNeeds): Handlers<NotebookCommand> {
  const act = (action: string) => (): void => { editor.act(action); };
  return {
    newNotebook: async () => { await (await import('./notebookCommands.ts')).newNotebook(); },
    openExample: async () => { await (await import('./notebookCommands.ts')).openExample(packaged); },
    openCFile: async (argument) => { await (await import('./notebookCommands.ts')).openCFile(argument); },
    openStep: async (argument) => { await (await import('./notebookCommands.ts')).openStep(editor, argument); },
    showInSimulator: async (argument) => { await (await import('./livePanel.ts')).showInSimulator(extensionUri, tree, host, argument); },
    reopenAsText: async () => { await vscode.commands.executeCommand('workbench.action.reopenWithEditor'); },
    notebookRun: act('run'), notebookPlay: act('play'), notebookInto: act('into'), notebookOver: act('over'), notebookOut: act('out'), notebookBack: act('back'), notebookBackOut: act('backOut'),
    notebookToStart: act('start'), notebookToEnd: act('end'), notebookBreakpoint: act('breakpoint'), notebookNextStop: act('nextStop'), notebookPreviousStop: act('previousStop'),
    notebookToCursor: act('toCursor'), notebookNextCall: act('nextCall'), notebookPreviousCall: act('previousCall'), notebookKeys: act('help'),
  };
}
