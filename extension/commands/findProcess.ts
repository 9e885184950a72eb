import * as vscode from 'vscode';
import type { Process } from '../../helper/protocol.ts';
import { processKey } from '../../helper/model/model.ts';
import type { HostSource } from '../host/hostSource.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';
import { subjectOf } from './argument.ts';
import { pickProcesses } from './processPick.ts';

/** Lets a person choose a process by pid, name, command line or container, and shows it in the tree. */
export async function findProcess(tree: NamespaceTree, host: HostSource, argument: unknown): Promise<void> {
  await host.load('find a process');
  const subject = argument === undefined ? undefined : subjectOf(tree, argument);
  const process = subject?.kind === 'process' ? subject.process
    : (await pickProcesses(() => tree.picture.model, { title: vscode.l10n.t('Show Process in Tree'), placeholder: vscode.l10n.t('A pid, a name, a container or a part of the command line'), many: false }))?.[0];
  if (process) await tree.reveal({ kind: 'process', key: processKey(process) });
}

/** Compares processes: the one that was pointed at, with others that are chosen. */
export async function compareProcesses(tree: NamespaceTree, host: HostSource, show: (pids: readonly number[]) => void, argument: unknown): Promise<void> {
  await host.load('compare processes');
  const subject = subjectOf(tree, argument);
  const first: Process[] = subject?.kind === 'process' ? [subject.process] : [];
  const chosen = await pickProcesses(() => tree.picture.model, {
    title: vscode.l10n.t('Compare Processes'), placeholder: vscode.l10n.t('Tick two or more: by pid, name, container or command line'), many: true, chosen: first,
  });
  if (chosen && chosen.length > 0) show(chosen.map((process) => process.pid));
}
