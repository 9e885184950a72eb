import * as vscode from 'vscode';
import type { EnterCommand, Handlers } from '../contribution/commands.ts';
import type { Enter, EnterNeeds } from './enterNamespace.ts';

/** Handlers of the commands about entering and making namespaces. What they need is loaded when one of them is used for the first time. */
export function enterCommands(needs: EnterNeeds): { readonly handlers: Handlers<EnterCommand>; readonly profile: vscode.TerminalProfileProvider } {
  let loaded: Promise<Enter> | undefined;
  const enter = (): Promise<Enter> => loaded ??= import('./enterNamespace.ts').then(({ Enter }) => new Enter(needs));
  return {
    handlers: {
      enterNamespace: async (argument) => await (await enter()).enter(argument),
      runInNamespace: async (argument) => await (await enter()).run(argument),
      openFileFromNamespace: async (argument) => await (await import('../files/openFile.ts')).openFileFromNamespace(needs, argument),
      newNamespaceTerminal: async () => await (await import('./newNamespace.ts')).newNamespaceTerminal(needs.host),
      keepNamespace: async (argument) => await (await import('./keep.ts')).keepNamespace(needs.tree, needs.host, argument),
      deleteKeptNamespace: async (argument) => await (await import('./keep.ts')).deleteKeptNamespace(needs.tree, needs.host, argument),
    },
    profile: {
      provideTerminalProfile: async () => {
        const options = await (await enter()).profile();
        return options && new vscode.TerminalProfile(options);
      },
    },
  };
}
