import * as vscode from 'vscode';
import type { HostSource } from '../host/hostSource.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';
import type { Entering } from '../tree/nsenter.ts';
import { enterNamespace, enterProcess } from '../tree/nsenter.ts';
import { quoteCommand } from '../tree/shell.ts';
import { visible } from '../../helper/model/text.ts';
import type { Subject } from './argument.ts';
import { namespaceOf, processOf, subjectOf } from './argument.ts';

const SHOWN_MS = 4000;

/** Copies and says so, where it disturbs least. */
export async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', visible(text, 120)), SHOWN_MS);
}

export async function copyInode(tree: NamespaceTree, argument: unknown): Promise<void> {
  await copy(String(namespaceOf(tree, argument).inode));
}

export async function copyPid(tree: NamespaceTree, argument: unknown): Promise<void> {
  await copy(String(processOf(tree, argument).pid));
}

/** Copies an `nsenter` command; runs nothing. */
export async function copyNsenterCommand(tree: NamespaceTree, host: HostSource, argument: unknown): Promise<void> {
  const subject = subjectOf(tree, argument);
  if (!subject) throw new Error(vscode.l10n.t('Select a namespace, a process or a container in the tree first; the one that was meant may have ended.'));
  const entering = enter(tree, host, subject);
  if ('error' in entering) throw new Error(entering.error);
  await copy(quoteCommand(entering.argv));
}

function enter(tree: NamespaceTree, host: HostSource, subject: Subject): Entering {
  const { model, scene } = tree.picture;
  switch (subject.kind) {
    case 'namespace': return enterNamespace(model, scene.holders, subject.namespace, host.hello);
    case 'process': return enterProcess(subject.process, host.hello);
    case 'container': {
      const { init, key } = subject.container;
      const first = init === null ? undefined : model.processes.get(init);
      const process = first ?? [...model.processes.values()].filter((p) => p.container === key && p.state !== 'Z').sort((a, b) => a.pid - b.pid)[0];
      return process ? enterProcess(process, host.hello) : { error: vscode.l10n.t('No process of this container is left to enter through.') };
    }
  }
}
