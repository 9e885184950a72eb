import * as vscode from 'vscode';
import { construct } from '../activate.ts';
import { setContext } from '../contribution/setContext.ts';
import { Checker } from './checker.ts';
import { NoHost } from './noHost.ts';
import { noEntering, noMachine, noRealRun } from './reasons.ts';

/**
 * The extension in a browser without a machine behind it (vscode.dev): notebooks, lessons and saved snapshots as everywhere, over whatever file system
 * VS Code has; what needs a Linux machine says so. Entry of `dist/extension.web.js`, in which there is no Node.
 */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Namespace Lab', { log: true });
  const checker = new Checker(context.extensionUri);
  const refuse = (): never => { throw new Error(noEntering()); };
  setContext('nslab.browser', true);
  context.subscriptions.push(checker);
  construct(context, {
    live: new NoHost(), users: () => ({ get: () => null, load: () => Promise.resolve(false) }), home: undefined,
    enter: () => ({
      handlers: { enterNamespace: refuse, runInNamespace: refuse, openFileFromNamespace: refuse, newNamespaceTerminal: refuse, keepNamespace: refuse, deleteKeptNamespace: refuse },
      profile: { provideTerminalProfile: refuse },
    }),
    elevate: () => Promise.reject(new Error(noMachine())),
    // offered all the same: whoever looks for it finds why it is not here
    real: { offered: () => true, run: (_program, tell) => { tell({ phase: 'refused', output: '', ending: noRealRun() }); return Promise.resolve(); } },
    check: (lesson, folder) => checker.check(lesson, folder),
  }, log);
}
