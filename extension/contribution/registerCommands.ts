import * as vscode from 'vscode';
import { visible } from '../../helper/model/text.ts';
import type { Log } from '../log.ts';
import type { CommandName, Handlers } from './commands.ts';
import { COMMANDS } from './commands.ts';

/** Registers every command. What a handler throws becomes an error message with a way to the log, never an unhandled rejection. */
export function registerCommands(handlers: Handlers, log: Log): vscode.Disposable {
  return vscode.Disposable.from(...(Object.keys(COMMANDS) as CommandName[]).map((name) =>
    vscode.commands.registerCommand(COMMANDS[name], async (...args: unknown[]) => {
      try {
        return await handlers[name](...args);
      } catch (error) {
        if (error instanceof vscode.CancellationError) return undefined;
        const message = visible(error instanceof Error ? error.message : String(error), 1000);
        const trace = error instanceof Error ? error.stack ?? error.message : String(error);
        log.error(`${COMMANDS[name]}: ${trace.split('\n', 20).map((line) => visible(line.trim(), 500)).join('\n    ')}`);
        void offerLog(message);
        return undefined;
      }
    })));
}

async function offerLog(message: string): Promise<void> {
  const show = vscode.l10n.t('Show Log');
  if (await vscode.window.showErrorMessage(message, show) === show) await vscode.commands.executeCommand(COMMANDS.showLog);
}
