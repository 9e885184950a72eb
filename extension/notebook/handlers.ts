import type * as vscode from 'vscode';
import type { Handlers, NotebookCommand } from '../contribution/commands.ts';

/** Handlers of the commands about notebooks; loaded when one of them is used. */
export function notebookCommands(extensionUri: vscode.Uri): Handlers<NotebookCommand> {
  return {
    newNotebook: async () => { await (await import('./notebookCommands.ts')).newNotebook(); },
    openExample: async () => { await (await import('./notebookCommands.ts')).openExample(extensionUri); },
    openCFile: async (argument) => { await (await import('./notebookCommands.ts')).openCFile(argument); },
  };
}
