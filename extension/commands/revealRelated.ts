import * as vscode from 'vscode';
import type { HostSource } from '../host/hostSource.ts';
import { explain } from '../../helper/model/explain.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';
import { namespaceOf } from './argument.ts';

/** Shows the user namespace that owns this one. */
export function revealOwner(tree: NamespaceTree, host: HostSource, argument: unknown): Promise<void> {
  return revealRelated(tree, host, argument, 'owner');
}

/** Shows the pid or user namespace that this one is a child of. */
export function revealParent(tree: NamespaceTree, host: HostSource, argument: unknown): Promise<void> {
  return revealRelated(tree, host, argument, 'parent');
}

async function revealRelated(tree: NamespaceTree, host: HostSource, argument: unknown, field: 'owner' | 'parent'): Promise<void> {
  const namespace = namespaceOf(tree, argument);
  const inode = namespace[field];
  const type = field === 'owner' ? 'user' : namespace.type;
  const name = `${namespace.type} ${namespace.inode}`;
  if (inode === null) {
    const errno = namespace.unread[field];
    const why = errno && host.hello ? explain(field, errno, host.hello) : vscode.l10n.t('Its {0} is not known yet.', field);
    void vscode.window.showInformationMessage(`${name}: ${why}`);
    return;
  }
  const related = tree.picture.model.find(type, inode);
  if (!related) throw new Error(`The ${field} of ${name} is ${type} ${inode}, which cannot be seen from here.`);
  await tree.reveal({ kind: 'namespace', key: related.key });
}
