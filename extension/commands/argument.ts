import * as vscode from 'vscode';
import type { Container, Namespace, Process } from '../../helper/protocol.ts';
import { processKey } from '../../helper/model/model.ts';
import { Entry } from '../tree/forest.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';
import { asWanted } from '../tree/reveal.ts';

/** What a command is about. */
export type Subject =
  | { readonly kind: 'namespace'; readonly namespace: Namespace }
  | { readonly kind: 'process'; readonly process: Process }
  | { readonly kind: 'container'; readonly container: Container };

/**
 * What a command was called with: a row from a menu, `{kind, key}` from a link, or nothing, which means the selected row.
 * Undefined when it is none of these or has ended.
 */
export function subjectOf(tree: NamespaceTree, argument: unknown): Subject | undefined {
  const from = argument ?? tree.view.selection[0];
  const { model } = tree.picture;
  const target = from instanceof Entry ? from.node.target : asWanted(from);
  switch (target?.kind) {
    case 'namespace':
    case 'reference': {
      const namespace = tree.picture.namespace(target.key);
      return namespace && { kind: 'namespace', namespace };
    }
    case 'process': {
      const pid = Number(target.key.slice(0, target.key.indexOf('@')));
      const process = model.processes.get(pid);
      return process && processKey(process) === target.key ? { kind: 'process', process } : undefined;
    }
    case 'container': {
      const container = model.containers.get(target.key);
      return container && { kind: 'container', container };
    }
    default: return undefined;
  }
}

/** As `subjectOf`, for commands that need a namespace. Throws what a person can read. */
export function namespaceOf(tree: NamespaceTree, argument: unknown): Namespace {
  const subject = subjectOf(tree, argument);
  if (subject?.kind !== 'namespace') throw new Error(vscode.l10n.t('Select a namespace in the tree first; the one that was meant may have ended.'));
  return subject.namespace;
}

export function processOf(tree: NamespaceTree, argument: unknown): Process {
  const subject = subjectOf(tree, argument);
  if (subject?.kind !== 'process') throw new Error(vscode.l10n.t('Select a process in the tree first; the one that was meant may have ended.'));
  return subject.process;
}
