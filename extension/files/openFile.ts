import * as vscode from 'vscode';
import { visible } from '../../helper/model/text.ts';
import type { Process } from '../../helper/protocol.ts';
import { subjectOf } from '../commands/argument.ts';
import { firstProcess, pickTarget } from '../enter/target.ts';
import type { EnterNeeds } from '../enter/enterNamespace.ts';
import { authorityOf, FILE_SCHEME } from './address.ts';
import { NamespaceFiles } from './namespaceFiles.ts';

/** "Open File from Namespace…": a file as a process sees it, in an editor that cannot change it. VS Code's own file dialog asks which. */
export async function openFileFromNamespace({ tree, host, memory }: EnterNeeds, argument: unknown): Promise<void> {
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Reading the namespaces of this host…'), cancellable: true },
    (_, token) => host.load('open a file', token));
  if (host.source.kind !== 'live') throw new Error(vscode.l10n.t('A saved snapshot is shown; only files of processes that are alive can be opened.'));
  const subject = argument === undefined ? undefined : subjectOf(tree, argument);
  if (argument !== undefined && !subject) throw new Error(vscode.l10n.t('What was meant has ended.'));
  let process: Process | undefined;
  if (subject) {
    const { model } = host;
    process = subject.kind === 'process' ? subject.process : subject.kind === 'container' ? firstProcess(subject.container, model) : model.members(subject.namespace)[0];
  } else {
    const found = await pickTarget(host, memory.get<readonly string[]>('nslab.enter.recent', []), vscode.l10n.t('Open File from Namespace'));
    if (!found) return;
    const { target } = found.chosen;
    process = target.kind === 'process' ? host.model.processes.get(target.pid) : undefined;
  }
  if (!process) throw new Error(vscode.l10n.t('Files are reached through a process, and none is in it. Enter the namespace, and look from a terminal.'));
  const root = vscode.Uri.from({ scheme: FILE_SCHEME, authority: authorityOf(process), path: '/' });
  // what cannot work is said before anything is asked
  await vscode.workspace.fs.readDirectory(root);
  const chosen = await vscode.window.showOpenDialog({
    defaultUri: root, canSelectFiles: true, canSelectFolders: false, canSelectMany: true,
    title: vscode.l10n.t('A file as {0} sees it (read-only)', `${visible(process.comm, 40)} ${process.pid}`), openLabel: vscode.l10n.t('Open Read-Only'),
  });
  const files = new NamespaceFiles(host);
  for (const uri of chosen ?? []) {
    await files.tryToOpen(uri);
    await vscode.commands.executeCommand('vscode.open', uri);
  }
}
