import * as vscode from 'vscode';
import { namespaceOf, subjectOf } from '../commands/argument.ts';
import type { HostSource } from '../host/hostSource.ts';
import { openedBy } from '../tree/nsenter.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';
import { typeName } from './sentences.ts';

/** Where `ip netns` looks for net namespaces; the others have a place of their own beside it. */
const NETNS = '/run/netns';
const OTHERS = '/run/nslab';

/** Names of files: no slashes, no dots first, nothing that a terminal would act on. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;

/** Does it by a command that can be seen: the extension itself changes nothing on the host. */
const KEEP_SCRIPT = 'set -e; mkdir -p "$(dirname "$2")"; touch "$2"; mount --bind "$1" "$2"; echo "kept: $2"';
const DELETE_SCRIPT = 'set -e; umount "$1"; rm "$1"; echo "deleted: $1"';

/** "Keep This Namespace…": mounts its file under a name, so that it lives on without processes. Runs in a terminal. */
export async function keepNamespace(tree: NamespaceTree, host: HostSource, argument: unknown): Promise<vscode.Terminal | undefined> {
  const namespace = namespaceOf(tree, argument);
  const [member] = host.model.members(namespace);
  const source = member ? `/proc/${member.pid}/ns/${namespace.type}` : openedBy(tree.picture.scene.holders, namespace, host.hello);
  if (source === null) throw new Error(vscode.l10n.t('No file that can be opened from here leads to this namespace.'));
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Keep {0} {1}', typeName(namespace.type), namespace.inode), prompt: vscode.l10n.t('A name for it. It then lives until it is deleted, and leads to it for nsenter{0}.', namespace.type === 'net' ? vscode.l10n.t(' and ip netns') : ''),
    validateInput: (text) => (NAME.test(text) ? undefined : vscode.l10n.t('Letters, digits, ".", "_" and "-", at most 64.')),
  });
  if (name === undefined) return undefined;
  const path = namespace.type === 'net' ? `${NETNS}/${name}` : `${OTHERS}/${namespace.type}-${name}`;
  return run(vscode.l10n.t('keep {0}', name), KEEP_SCRIPT, [source, path], host);
}

/** "Delete Kept Namespace…": takes the mount away, after asking. */
export async function deleteKeptNamespace(tree: NamespaceTree, host: HostSource, argument: unknown): Promise<vscode.Terminal | undefined> {
  await host.load('delete a kept namespace');
  const here = host.hello?.ns[2];
  const subject = argument === undefined ? undefined : subjectOf(tree, argument);
  const all = subject?.kind === 'namespace' ? [subject.namespace] : [...host.model.namespaces.values()];
  const items = all.flatMap((namespace) => namespace.heldBy.flatMap((holder) => (holder.kind === 'bind mount' && holder.mountNamespace === here
    ? [{ label: holder.path, description: `${typeName(namespace.type)} ${namespace.inode}`, path: holder.path }] : [])));
  if (items.length === 0) throw new Error(vscode.l10n.t('No namespace is kept by a mount that is seen from here.'));
  const chosen = items.length === 1 && subject ? items[0] : await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Delete Kept Namespace') });
  if (!chosen) return undefined;
  const yes = vscode.l10n.t('Delete');
  const answer = await vscode.window.showWarningMessage(vscode.l10n.t('Delete {0}?', chosen.path), { modal: true, detail: vscode.l10n.t('Its mount is removed. The namespace ends when nothing else holds it.') }, yes);
  return answer === yes ? run(vscode.l10n.t('delete'), DELETE_SCRIPT, [chosen.path], host) : undefined;
}

/** A script of ours with what it is about as arguments; with sudo where that is needed, visibly. */
function run(name: string, script: string, words: readonly string[], host: HostSource): vscode.Terminal {
  const root = host.hello?.uid === 0;
  const argv = ['sh', '-c', `${script}; echo; read -r _`, 'sh', ...words];
  const [shellPath = 'sh', ...shellArgs] = root ? argv : ['sudo', ...argv];
  const terminal = vscode.window.createTerminal({ name, shellPath, shellArgs, isTransient: true, message: [script, ...words].join('\r\n  ') });
  terminal.show();
  return terminal;
}
